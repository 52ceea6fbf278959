"""The message by which an admin tries out a channel: it says what it is, and urges nobody to do anything."""

from __future__ import annotations

import html
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from domain import vietnamese as vn


class TrialWords(NamedTuple):
    """Subject, text and HTML of the message."""

    subject: str
    text: str
    html: str


def trial_words(name: str, channel: str, at: datetime, *, illustrative: bool) -> TrialWords:
    """The message to the admin of that name (NFC), over the channel of that name."""
    said = _template().render(name=name, channel=channel, at=vn.moment(at), illustrative=illustrative)
    text = vn.nfc(said).strip() + "\n"
    mark = "[MINH HOẠ] " if illustrative else ""
    page = (
        f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><div style="{_STYLE}">{html.escape(text)}</div></html>'
    )
    return TrialWords(f"{mark}[Đôn đốc] TIN THỬ kênh gửi", text, page)


_STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;white-space:pre-wrap"


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent / "wording")
    plain = Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701 - a text
    return plain.get_template("trial.j2")
