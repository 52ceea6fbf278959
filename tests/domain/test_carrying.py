"""Who carried the work on which day: as the notice says, then as it was handed over."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.carrying import Span, carried_by, led_by, members, spans
from domain.directive import LeadMode
from domain.ledger import Entry, EntryKind
from domain.situation import Situation
from domain.state import WHOLE, fold
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    HUYEN,
    OFFICE,
    PROJECTS,
    SO_Y_TE,
    TAI_CHINH,
    TAN_THANH,
    VU_LE,
    day,
    entry,
    instant,
    on,
    variant,
)


def handed(recorded: str, unit: str, former: str | None = None, subject: str | None = None) -> Entry:
    return entry(EntryKind.HAND_OVER, recorded, unit=unit, former=former, subject=subject)


def carried(found: Situation, when: str, subject: str = WHOLE) -> tuple[str, ...]:
    return carried_by(found.directive, found.state, found.rules.office, day(when), subject)


def split(found: Situation, subject: str = WHOLE) -> list[tuple[tuple[str, ...], date | None, date | None]]:
    pieces = spans(found.directive, found.state, found.rules.office, subject)
    return [(one.units, one.first, one.last) for one in pieces]


TWO = variant(lead=(HUYEN, TAN_THANH))


def test_the_part_of_one_of_two_leads_passes_and_the_other_keeps_its_own() -> None:
    found = on("1/8/2024", [handed("1/7/2024", VU_LE, HUYEN)], TWO)
    assert found.lead == found.leads == (VU_LE, TAN_THANH)
    assert carried(found, "30/6/2024") == (HUYEN, TAN_THANH)
    assert carried(found, "1/7/2024") == (VU_LE, TAN_THANH)


def test_several_receive_the_part_of_one_and_it_merges_with_what_one_had() -> None:
    both = [handed("1/7/2024", VU_LE, HUYEN), handed("1/7/2024", TAN_THANH, HUYEN)]
    assert on("1/8/2024", both).lead == (VU_LE, TAN_THANH)
    assert on("1/8/2024", both[1:], TWO).lead == (TAN_THANH,)


def test_who_is_not_named_gives_all_of_it() -> None:
    assert on("1/8/2024", [handed("1/7/2024", VU_LE)], TWO).lead == (VU_LE,)


def test_of_a_group_one_member_is_replaced() -> None:
    directive = variant(lead=("cac-xa", HUYEN))
    found = on("1/8/2024", [handed("1/7/2024", SO_Y_TE, VU_LE)], directive)
    assert found.lead == (TAN_THANH, SO_Y_TE, HUYEN)
    assert members(OFFICE, ("cac-xa", HUYEN)) == (TAN_THANH, VU_LE, HUYEN)
    assert led_by(("cac-xa",), (), OFFICE) == ("cac-xa",)


def test_a_subject_is_carried_by_its_own_unit_from_its_enrolment_on() -> None:
    entries = [*PROJECTS, handed("1/7/2024", VU_LE, subject=CAU), handed("1/8/2024", HUYEN, subject=CAU)]
    found = on("1/9/2024", entries)
    assert [carried(found, when, CAU) for when in ("30/6/2024", "1/7/2024", "1/8/2024")] == [
        (TAN_THANH,),
        (VU_LE,),
        (HUYEN,),
    ]
    assert carried(found, "1/8/2024", DUONG) == (VU_LE,)
    assert carried(found, "1/8/2024", "khong-co") == ()
    assert split(found, CAU) == [
        ((TAN_THANH,), None, day("30/6/2024")),
        ((VU_LE,), day("1/7/2024"), day("31/7/2024")),
        ((HUYEN,), day("1/8/2024"), None),
    ]
    assert split(found) == [((HUYEN,), None, None)]
    assert found.lead == (HUYEN,)


def test_a_lead_that_is_a_subject_itself_stays_one_once_it_was_handed_over() -> None:
    directive = variant(lead=(HUYEN, TAN_THANH), lead_mode=LeadMode.EACH)
    found = on("1/8/2024", [handed("1/7/2024", VU_LE, subject=HUYEN)], directive)
    assert {one.code: one.unit for one in found.state.subjects} == {HUYEN: VU_LE, TAN_THANH: TAN_THANH}
    assert carried(found, "30/6/2024", HUYEN) == (HUYEN,)
    assert carried(found, "1/7/2024", HUYEN) == (VU_LE,)
    assert carried(found, "1/7/2024", TAN_THANH) == (TAN_THANH,)


def test_handed_back_it_is_one_span_where_nothing_changed() -> None:
    found = on("1/9/2024", [handed("1/7/2024", HUYEN, HUYEN)])
    assert split(found) == [((HUYEN,), None, None)]


_UNITS = st.sampled_from((HUYEN, TAN_THANH, VU_LE, TAI_CHINH))
_FIRST = date(2024, 5, 1)


@given(
    st.lists(st.tuples(st.integers(0, 60), _UNITS), max_size=6).map(lambda some: sorted(some, key=lambda one: one[0]))
)
def test_the_spans_cover_every_day_once_and_agree_with_a_diary(passed: list[tuple[int, str]]) -> None:
    """The oracle keeps a diary: a unit written down for each day in turn."""
    entries = [handed(f"{(_FIRST + timedelta(offset)):%d/%m/%Y}", unit, subject=CAU) for offset, unit in passed]
    state = fold([*PROJECTS, *entries], instant("1/9/2024"))
    diary, unit = {}, TAN_THANH
    for number in range(-5, 70):
        for offset, after in passed:
            unit = after if offset == number else unit
        diary[_FIRST + timedelta(number)] = unit
    found = spans(FOOTNOTE_8, state, OFFICE, CAU)
    assert (found[0].first, found[-1].last) == (None, None)
    for one, other in pairwise(found):
        assert one.last is not None
        assert other.first == one.last + timedelta(1)
        assert one.units != other.units
    for when, expected in diary.items():
        assert [span.units for span in found if _holds(span, when)] == [(expected,)]
        assert carried_by(FOOTNOTE_8, state, OFFICE, when, CAU) == (expected,)


def _holds(span: Span, when: date) -> bool:
    return (span.first is None or span.first <= when) and (span.last is None or when <= span.last)
