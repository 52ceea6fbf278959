"""Words are found as people type them: without diacritics, in any case and order."""

from __future__ import annotations

import unicodedata

import pytest

from domain.searching import finds, folded

TEXT = "Giải ngân kế hoạch vốn đầu tư công năm 2024"


@pytest.mark.parametrize(
    "query",
    [
        "giai ngan",
        "GIẢI NGÂN",
        "dau tu",
        "Đầu Tư",
        "von giai",
        "  2024   ngân ",
        unicodedata.normalize("NFD", "kế hoạch"),
        "",
    ],
)
def test_every_word_is_found_whatever_its_marks_case_and_place(query: str) -> None:
    assert finds(query, TEXT)


@pytest.mark.parametrize("query", ["giai phong", "2025", "giai ngan x"])
def test_one_word_that_is_missing_finds_nothing(query: str) -> None:
    assert not finds(query, TEXT)


def test_a_folded_text_has_no_marks_and_single_spaces() -> None:
    assert folded("  Đường\tTHÔN  Tân Thành ") == "duong thon tan thanh"
