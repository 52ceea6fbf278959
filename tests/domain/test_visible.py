"""What cannot be seen is found; what Vietnamese people write is not."""

from __future__ import annotations

import pytest

from domain.visible import hidden_mark


@pytest.mark.parametrize("text", ["", "Báo cáo số 12/BC-UBND ngày 30/9/2024", "dòng một\r\n\tdòng hai", "🙂 “đã xong”"])
def test_what_people_write_is_left_alone(text: str) -> None:
    assert hidden_mark(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\x00b", "U+0000"),
        ("a\x1b[31m", "U+001B"),
        ("\u202egnp.exe", "U+202E"),
        ("\u2066a", "U+2066"),
        ("\ud800", "U+D800"),
    ],
)
def test_what_hides_or_turns_text_is_named(text: str, found: str) -> None:
    assert hidden_mark(text) == found
