"""Whatever is typed or scanned: an answer or a question, never an exception, never a day nobody can have meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.phrase.absolute import FAR
from domain.phrase.explaining import FIRST_YEAR, LAST_YEAR, explain
from domain.phrase.senses import Kind
from tests.domain.phrase.mutations import mutated
from tests.domain.phrase.tables import READING, ask, rows
from tests.world import CALENDAR

COUNT = 20_000
"""bench/phrases.py does 100,000."""
PHRASES = [row.phrase for name in ("phrases.tsv", "notices.tsv", "regulation.tsv") for row in rows(name)]
ISSUED = ["2024-04-22", "2025-12-28", "2020-02-29", ""]


@pytest.mark.parametrize("seed", range(4))
def test_damaged_phrases(seed: int) -> None:
    issued = ISSUED[seed]
    for phrase in mutated(PHRASES, COUNT // len(ISSUED), seed):
        answer = ask(phrase, issued, "2024-04-25")
        for day in (answer.nominal, *answer.occurrences):
            near = not issued or day is None or abs(day.year - int(issued[:4])) <= FAR
            assert near or answer.findings, phrase
        if answer.kind in (Kind.QUESTION, Kind.NONE):
            assert answer.nominal is None, phrase
            assert answer.findings, phrase


@settings(max_examples=600, deadline=None)
@given(phrase=st.text(), issued=st.none() | st.dates(), received=st.none() | st.dates())
@example(phrase="trước ngày ３０/6/2024", issued=date(2024, 4, 22), received=None)
@example(phrase="trước ngày ٣٠/٦/٢٠٢٤", issued=date(2024, 4, 22), received=None)
@example(phrase="trước 30/6", issued=date.max, received=date.min)
@example(phrase="\x00\ud800", issued=None, received=None)
def test_any_text(phrase: str, issued: date | None, received: date | None) -> None:
    answer = explain(phrase, CALENDAR, READING, issued, received)
    assert 0 <= answer.start <= answer.end <= len(answer.phrase)


WORDS = sorted({word for phrase in PHRASES for word in phrase.split()})


@settings(max_examples=1_500, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), max_size=12),
    issued=st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
)
def test_any_words_of_deadlines(words: list[str], issued: date | None) -> None:
    answer = explain(" ".join(words), CALENDAR, READING, issued, issued)
    assert answer.nominal is None or answer.overdue_after is not None


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR])
def test_a_document_of_no_known_time_is_asked_about(year: int) -> None:
    assert explain("trước ngày 30/6", CALENDAR, READING, date(year, 1, 1)).rule == "ngay-van-ban-vo-ly"


def test_a_very_long_text_is_read_at_its_beginning() -> None:
    answer = ask("trước ngày 30/6/2024 " + "và các đơn vị liên quan " * 1_000, "2024-04-22")
    assert answer.nominal == date(2024, 6, 30)
