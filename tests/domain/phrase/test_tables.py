"""Every phrase of the tables gets its answer, however it is typed."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest

from domain.findings import Severity
from domain.phrase.lexicon import unaccented
from domain.phrase.senses import Kind
from tests.domain.phrase.tables import Row, ask, differs, rows, score, shown

PHRASES, NOTICES, REGULATION = rows("phrases.tsv"), rows("notices.tsv"), rows("regulation.tsv")
EVERY = [*PHRASES, *NOTICES, *REGULATION]


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.phrase[:60])
def test_a_phrase_gets_its_answer(row: Row) -> None:
    assert differs(row, row.asked()) == ""


def test_the_tables_are_whole() -> None:
    assert len(PHRASES) == 117
    assert len(REGULATION) >= 600
    assert len(NOTICES) >= 90


def test_the_score_of_the_117_phrases() -> None:
    """Asked are those their source itself calls ambiguous, fuzzy or invalid, and those of an unknown year."""
    assert score(PHRASES) == [
        "absolute: 37 exact, 12 asked, 0 wrong of 49",
        "none: 19 exact, 2 asked, 0 wrong of 21",
        "recurring: 19 exact, 2 asked, 0 wrong of 21",
        "relative: 25 exact, 1 asked, 0 wrong of 26",
    ]


@pytest.mark.parametrize("row", [row for row in EVERY if row.kind == Kind.ABSOLUTE], ids=lambda row: row.phrase[:60])
def test_the_late_instant_follows_from_the_day_and_the_bound(row: Row) -> None:
    """The table against itself, without the engine."""
    first = row.nominal.split()[0]
    next_day = (date.fromisoformat(first) + timedelta(days=1)).isoformat()
    late_day, _, clock = row.late_or_recurrence.partition("T")
    assert late_day == (next_day if row.bound == "inclusive" else first)
    assert (row.bound == "at") or clock == "00:00"


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.phrase[:60])
def test_form_changes_no_answer(row: Row) -> None:
    """Decomposed letters, doubled spaces and line breaks mean nothing."""
    expected = shown(row.asked())[3:7]
    spaced = row.phrase.replace(" ", " \r\n ")
    assert shown(row.asked(unicodedata.normalize("NFD", row.phrase)))[3:7] == expected
    assert shown(row.asked(f"  {spaced}\t"))[3:7] == expected


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.phrase[:60])
def test_capitals_and_missing_marks_give_the_same_days_or_none(row: Row) -> None:
    """Without marks `năm` may be a year, a five or the south: a question then, never another day."""
    expected = shown(row.asked())[3:7]
    for phrase in (row.phrase.upper(), unaccented(row.phrase)):
        got = shown(row.asked(phrase))[3:7]
        assert got == expected or not got[1]


def test_no_answer_is_without_its_reason() -> None:
    for row in EVERY:
        answer = row.asked()
        assert answer.source
        assert answer.steps or answer.findings or answer.recurrence
        assert answer.phrase[answer.start : answer.end] == answer.phrase[answer.start : answer.end].strip()
        if answer.kind is Kind.QUESTION:
            assert any(finding.severity is Severity.WARNING for finding in answer.findings)


def test_the_day_of_writing_settles_what_the_phrase_leaves_open() -> None:
    assert ask("trước ngày 30/6").kind is Kind.QUESTION
    assert ask("trước ngày 30/6", "2024-04-22").nominal == date(2024, 6, 30)
