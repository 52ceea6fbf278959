"""What an admin is told when the system itself needs a person."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from domain import vietnamese as vn


class Alarm(NamedTuple):
    """The words of one alarm."""

    subject: str
    text: str
    html: str


def alarm(name: str, texts: Sequence[str], *, illustrative: bool) -> Alarm:
    """The alarm for the admin of that name (NFC); `texts` are whole sentences."""
    text = vn.nfc(_template().render(name=name, texts=texts, illustrative=illustrative)).strip() + "\n"
    mark = "[MINH HOẠ] " if illustrative else ""
    subject = f"{mark}[Đôn đốc] Sự cố gửi lời nhắc: {len(texts)} việc cần quản trị viên xem"
    page = (
        f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><pre style="{_STYLE}">{html.escape(text)}</pre></html>'
    )
    return Alarm(subject, text, page)


_STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;white-space:pre-wrap"


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent / "wording")
    plain = Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701 - a text
    return plain.get_template("alarm.j2")
