"""Texts that end up in a header: one line, nothing hidden."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """The text itself. Raises ValueError for what could start a header of its own or hide part of the line.

    Line breaks and control characters: RFC 5322, 2.2.
    """
    if text.isprintable():  # nearly every text, and known at once
        return text
    if any(unicodedata.category(mark) in {"Cc", "Zl", "Zp"} for mark in text):
        raise ValueError("không được chứa dấu xuống dòng hoặc ký tự điều khiển")
    return text
