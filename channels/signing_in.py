"""The message that carries a link to sign in by."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from domain import vietnamese as vn


class SignInWords(NamedTuple):
    """Subject, text and HTML of the message."""

    subject: str
    text: str
    html: str


def sign_in_words(name: str, link: str, minutes: int, *, illustrative: bool) -> SignInWords:
    """The message to the person of that name (NFC); the link is good for so many minutes."""
    text = vn.nfc(_template().render(name=name, link=link, minutes=minutes, illustrative=illustrative)).strip() + "\n"
    mark = "[MINH HOẠ] " if illustrative else ""
    anchor = f'<a href="{html.escape(link)}">{html.escape(link)}</a>'
    body = html.escape(text).replace(html.escape(link), anchor)
    page = f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><div style="{_STYLE}">{body}</div></html>'
    return SignInWords(f"{mark}[Đôn đốc] Đường dẫn đăng nhập", text, page)


_STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;white-space:pre-wrap"


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent / "wording")
    plain = Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701 - a text
    return plain.get_template("sign_in.j2")
