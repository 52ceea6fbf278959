"""A statement names the occurrence it has to name, and one that there is."""

from __future__ import annotations

import pytest

from domain.ledger import Entry, EntryKind
from domain.naming import why_not_occurrence
from tests.domain.test_occurrences import MONTHLY, REPORTS, every, word
from tests.world import FOOTNOTE_8, day, entry, grant, on, started

NOW = "30/6/2024"


def why_not(said: Entry, occurrence: str | None = None) -> str | None:
    named = said.model_copy(update={"occurrence": day(occurrence)}) if occurrence else said
    return why_not_occurrence(on(NOW, (), REPORTS), named)


LATER = grant("bao-cao", "31/7/2024", NOW)


@pytest.mark.parametrize(
    ("said", "occurrence"),
    [
        (word(NOW), None),
        (word(NOW), "20/5/2024"),
        (word(NOW), "20/7/2024"),
        (word(NOW), "20/12/2025"),
        (LATER, "20/6/2024"),
        (entry(EntryKind.NOTE, NOW), None),
    ],
)
def test_what_may_be_said(said: Entry, occurrence: str | None) -> None:
    assert why_not(said, occurrence) is None


@pytest.mark.parametrize(
    ("said", "occurrence", "why"),
    [
        (word(NOW), "21/5/2024", "không có kỳ ngày 21/5/2024; các kỳ gần nhất: 20/5/2024, 20/6/2024, 20/7/2024"),
        (word(NOW), "20/4/2024", "không có kỳ ngày 20/4/2024"),
        (word(NOW), "21/7/2024", "không có kỳ ngày 21/7/2024"),
        (LATER, None, "mốc “Báo cáo” lặp lại: ghi rõ kỳ nào; các kỳ gần nhất: 20/5/2024, 20/6/2024, 20/7/2024"),
        (entry(EntryKind.NOTE, NOW), "20/5/2024", "nội dung này không lặp lại theo kỳ; bỏ kỳ ngày 20/5/2024"),
    ],
)
def test_what_may_not(said: Entry, occurrence: str | None, why: str) -> None:
    refused = why_not(said, occurrence)
    assert refused is not None
    assert refused.startswith(why)


def test_a_milestone_that_comes_once_has_no_occurrences() -> None:
    named = started("28/6/2024").model_copy(update={"occurrence": day("30/6/2024")})
    assert (
        why_not_occurrence(on(NOW, (), FOOTNOTE_8), named) == "nội dung này không lặp lại theo kỳ; bỏ kỳ ngày 30/6/2024"
    )


def test_where_none_has_come_that_is_said() -> None:
    over = every(MONTHLY.model_copy(update={"until": day("31/3/2024")}))
    refused = why_not_occurrence(on(NOW, (), over), word(NOW, "20/3/2024"))
    assert refused == "không có kỳ ngày 20/3/2024; chưa có kỳ nào"
