"""The version of a calendar names its days: who edits them cannot forget to raise it."""

from __future__ import annotations

from datetime import date

import pytest

from config.areas import CalendarDay, CalendarFile
from domain.workdays import Calendar

OFF = CalendarDay(day=date(2026, 8, 31), works=False, name="Nghỉ hoán đổi với ngày 22/8/2026", source="9859/VPCP-KGVX")
FILE = CalendarFile(
    version="2026-11-22",
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    confirmed_through=date(2026, 11, 23),
    days=(OFF,),
)


def calendar(**changes: object) -> Calendar:
    return CalendarFile.model_validate(dict(FILE) | changes).calendar()


def test_the_version_is_the_one_written_with_a_digest_behind() -> None:
    written, plus, digest = FILE.calendar().version.partition("+")
    assert (written, plus, len(digest)) == ("2026-11-22", "+", 8)
    assert FILE.calendar().version == calendar().version


@pytest.mark.parametrize(
    "changes",
    [
        {"days": ()},
        {"days": (OFF.model_copy(update={"works": True}),)},
        {"days": (OFF.model_copy(update={"day": date(2026, 9, 3)}),)},
        {"days": (OFF.model_copy(update={"source": "số khác"}),)},
        {"confirmed_through": date(2026, 12, 31)},
        {"confirmed_from": date(2026, 2, 1)},
        {"last": date(2027, 12, 31)},
    ],
    ids=["a day less", "worked", "another day", "another letter", "confirmed longer", "confirmed later", "longer"],
)
def test_whatever_is_edited_makes_another_version_although_nobody_raised_it(changes: dict[str, object]) -> None:
    assert calendar(**changes).version != FILE.calendar().version
    assert calendar(**changes).version.startswith("2026-11-22+")


def test_without_a_first_confirmed_day_all_from_the_beginning_is_confirmed() -> None:
    assert calendar().confirms(date(2026, 1, 1))
    assert not calendar(confirmed_from=date(2026, 2, 1)).confirms(date(2026, 1, 31))
