r"""Tables of phrases with the answers they must get: one phrase a line, columns parted by tabs, `#` begins a heading.

Columns: phrase (a line break as `\n`); day of issue, day of receipt; kind; written days (the first occurrences of a
recurring limit); bound; the first late instant, or the recurrence (several lines joined by ` + `); the anchor of a
relative limit, or the rule by which there is none or a question; a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from domain.clocktime import iso
from domain.due import Reading
from domain.phrase.explaining import explain
from domain.phrase.explanation import Explanation
from domain.phrase.senses import Kind
from tests.world import CALENDAR, POLICY

FOLDER = Path(__file__).parent
READING: Reading = POLICY.reading()


class Row(NamedTuple):
    """A phrase and the answer it must get."""

    phrase: str
    issued: str
    received: str
    kind: str
    nominal: str
    bound: str
    late_or_recurrence: str
    anchor_or_rule: str
    note: str

    def asked(self, phrase: str | None = None) -> Explanation:
        """The engine's answer, for the row's own phrase or for another spelling of it."""
        return ask(self.phrase if phrase is None else phrase, self.issued, self.received)


def ask(phrase: str, issued: str = "", received: str = "") -> Explanation:
    """The engine's answer by the shipped calendar; days ISO, empty where unknown."""
    return explain(phrase, CALENDAR, READING, _day(issued), _day(received))


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def rows(name: str) -> list[Row]:
    """The rows of a table beside this file."""
    return list(_rows(FOLDER / name))


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            row = Row(*line.split("\t"))
            yield row._replace(phrase=row.phrase.replace("\\n", "\n"))


def shown(answer: Explanation) -> Row:
    """The answer in the shape of a row, without the day of issue and the note."""
    days = answer.occurrences[:3] or ((answer.nominal,) if answer.nominal else ())
    late = iso(answer.overdue_after)[:16] if answer.overdue_after else ""
    dateless = answer.kind in (Kind.NONE, Kind.QUESTION)
    return Row(
        answer.phrase,
        "",
        "",
        answer.kind.value,
        " ".join(day.isoformat() for day in days),
        answer.bound.value if answer.bound else "",
        answer.recurrence.replace("\n", " + ") if answer.recurrence else late,
        answer.rule if dateless else answer.anchor or "",
        "",
    )


def differs(row: Row, answer: Explanation) -> str:
    """What is wrong with the answer; empty when it is the row's."""
    expected, got = row[3:8], shown(answer)[3:8]
    if expected != got:
        return f"{row.phrase!r} of {row.issued or 'no day'}: expected {expected}, got {got}"
    if answer.kind is Kind.QUESTION and not answer.findings:
        return f"{row.phrase!r}: a question without a sentence"
    return ""


def score(table: list[Row]) -> list[str]:
    """`absolute: 37 exact, 12 asked, 0 wrong of 49`, by the kind the source of the phrase gives it (its note)."""
    counted: dict[str, Counter[str]] = {}
    for row in table:
        kind = row.note.partition(":")[0] if row.note.partition(":")[0] in set(Kind) else row.kind
        asked = row.kind == Kind.QUESTION and kind != Kind.QUESTION
        outcome = "wrong" if differs(row, row.asked()) else "asked" if asked else "exact"
        counted.setdefault(kind, Counter())[outcome] += 1
    return [
        f"{kind}: {its['exact']} exact, {its['asked']} asked, {its['wrong']} wrong of {its.total()}"
        for kind, its in sorted(counted.items())
    ]
