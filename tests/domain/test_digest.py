"""What a message knows of itself: who may answer what, which pictures it shows."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.compose import digest
from domain.digest import PICTURES, Digest, LedgerHead
from domain.ledger import Entry
from domain.outbox import Delivery, Key, Reason
from tests.world import CAU, OFFICE, PROJECTS, disbursed, instant, on, plan, started

KNOWN = (*PROJECTS, plan("6 tỷ", "22/4/2024", CAU), started("5/6/2024", CAU), disbursed("4%", "20/8/2024", CAU))


def said(when: str, reason: Reason, *known: Entry, rung: str = "before-7") -> Digest:
    """What somebody is told of 40%."""
    person = OFFICE.people[0]
    key = Key(
        directive="khoi-cong-moi",
        milestone="giai-ngan-40",
        rung=rung,
        occurrence="2024-09-30",
        person=person.code,
        channel="email",
    )
    at = instant(when)
    row = Delivery(key=key, reason=reason, subjects=(CAU,), rung_at=at, not_before=at)
    return digest(person, "email", (row,), {"khoi-cong-moi": on(when, known)}, at)


@pytest.mark.parametrize(
    ("reason", "when", "theirs", "extendable"),
    [
        (Reason.RESPONSIBLE, "23/9/2024 07:30", True, True),
        (Reason.LEAD, "23/9/2024 07:30", True, True),
        (Reason.HEAD, "4/10/2024 07:30", True, False),
        (Reason.RESPONSIBLE, "4/10/2024 07:30", True, False),
        (Reason.COORDINATING, "23/9/2024 07:30", False, False),
        (Reason.MONITOR, "4/10/2024 07:30", False, False),
    ],
)
def test_who_carries_it_out_may_record_and_while_the_due_runs_ask_for_a_later_day(
    reason: Reason, when: str, theirs: bool, extendable: bool
) -> None:
    (item,) = said(when, reason, *KNOWN).items
    assert (item.theirs, item.extendable) == (theirs, extendable)


def test_a_figure_that_is_behind_is_a_picture_and_what_is_only_listed_has_none() -> None:
    (chart,) = said("23/9/2024 07:30", Reason.RESPONSIBLE, *KNOWN).charts
    assert (chart.whose, chart.said(chart.have)) == ("Dự án cau", "4%")
    listed = said("23/9/2024 07:30", Reason.MONITOR, *KNOWN, rung="watch")
    assert [item.chart for section in listed.watched for item in section.items] == [None]
    assert listed.charts == ()


def test_equal_pictures_are_shown_once_and_not_more_than_a_few() -> None:
    found = said("23/9/2024 07:30", Reason.RESPONSIBLE, *KNOWN)
    (section,) = found.urged
    (item,) = section.items
    assert item.chart is not None
    others = [item.chart.model_copy(update={"whose": f"Dự án {n}"}) for n in range(PICTURES)]
    items = [item, item, *(item.model_copy(update={"chart": one}) for one in others)]
    many = found.model_copy(update={"urged": (section.model_copy(update={"items": tuple(items)}),)})
    assert many.charts == (item.chart, *others)[:PICTURES]


def test_the_end_of_the_ledger_is_a_count_and_the_first_letters_of_a_hash() -> None:
    assert LedgerHead(count=0, mark="00000000").count == 0
    with pytest.raises(ValidationError):
        LedgerHead(count=1, mark="0" * 64)
