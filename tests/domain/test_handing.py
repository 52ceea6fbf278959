"""What is open in the hands of a unit that ends, and who could take it: put forward, chosen, or found to be missing."""

from __future__ import annotations

import pytest

from domain.directive import Directive, LeadMode, Quantifier
from domain.handing import Row, carries, elsewhere, ending, rows, successors, unsettled, why_not_receive
from domain.ledger import Entry, EntryKind
from domain.office import Group, Interval, Office, Unit
from domain.situation import Rules, Situation
from tests.world import (
    CALENDAR,
    CAU,
    DUONG,
    FORTY,
    HUYEN,
    PEOPLE,
    POLICY,
    PROJECTS,
    SO_Y_TE,
    START,
    TAI_CHINH,
    TAN_THANH,
    UNDATED,
    VAN_PHONG,
    VU_LE,
    changed,
    day,
    disbursed,
    enrol,
    entry,
    on,
    started,
    variant,
)

GONE, JULY = Interval(to=day("30/6/2025")), day("1/7/2025")
NEW = Interval.model_validate({"from": JULY})
NHAT_HOA, XA_VU_LE, BAC_SON = "xa-nhat-hoa-2025", "xa-vu-le-2025", "xa-bac-son-2025"


def unit(code: str, valid: Interval = GONE, *, within: str | None = None, to: tuple[str, ...] = ()) -> Unit:
    return Unit(code=code, name=f"UBND {code}", valid=valid, within=within, successors=to)


UNITS = (
    unit(HUYEN, to=(NHAT_HOA, XA_VU_LE, BAC_SON)),
    unit(TAN_THANH, within=HUYEN, to=(NHAT_HOA,)),
    unit(VU_LE, within=HUYEN),
    unit(TAI_CHINH, within=HUYEN),
    unit("doi-quan-ly", Interval(), within=TAI_CHINH),
    *(unit(code, NEW) for code in (NHAT_HOA, XA_VU_LE, BAC_SON)),
    unit(VAN_PHONG, Interval()),
    unit(SO_Y_TE, Interval(to=day("28/2/2025")), to=("so-y-te-2025", "khong-co")),
    unit("so-y-te-2025", Interval(to=day("30/4/2025")), to=(BAC_SON, SO_Y_TE, "so-y-te-2026")),
    unit("so-y-te-2026", NEW),
)
GROUPS = (
    Group(code="cac-xa", name="UBND các xã", members=(TAN_THANH, VU_LE)),
    Group(code="cac-xa-moi", name="UBND các xã mới", members=(NHAT_HOA, XA_VU_LE)),
)
OFFICE = Office(units=UNITS, groups=GROUPS, people=PEOPLE)
RULES = Rules(office=OFFICE, calendar=CALENDAR, policy=POLICY)


def at_end(entries: tuple[Entry, ...] = PROJECTS, directive: Directive | None = None) -> Situation:
    return on("1/7/2025 09:00", entries, directive, RULES) if directive else on("1/7/2025 09:00", entries, given=RULES)


def said(found: tuple[Row, ...]) -> list[tuple[int, str | None, str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.number, one.subject, one.former, one.choices, one.receivers) for one in found]


def test_a_unit_takes_along_what_belongs_to_it_and_ends() -> None:
    assert ending(OFFICE, (HUYEN,), JULY) == (HUYEN, TAN_THANH, VU_LE, TAI_CHINH)
    assert ending(OFFICE, (HUYEN,), day("30/6/2025")) == (HUYEN,)
    assert ending(OFFICE, ("cac-xa", SO_Y_TE), JULY) == (TAN_THANH, VU_LE, SO_Y_TE)


def test_successors_of_successors_that_have_ended_too() -> None:
    assert successors(OFFICE, SO_Y_TE, day("1/3/2025")) == ("so-y-te-2025",)
    assert successors(OFFICE, SO_Y_TE, JULY) == (BAC_SON, "so-y-te-2026")
    assert successors(OFFICE, VU_LE, JULY) == ()
    assert successors(OFFICE, "khong-co", JULY) == ()


def test_lead_and_subjects_become_rows_and_one_successor_is_put_forward() -> None:
    found = rows([at_end()], (HUYEN, TAN_THANH, VU_LE), JULY)
    assert said(found) == [
        (1, None, HUYEN, (NHAT_HOA, XA_VU_LE, BAC_SON), ()),
        (2, CAU, TAN_THANH, (NHAT_HOA,), (NHAT_HOA,)),
        (3, DUONG, VU_LE, (), ()),
    ]
    assert [one.message for one in unsettled(OFFICE, found)] == [
        f"dòng 1: UBND {HUYEN} có 3 đơn vị kế nhiệm trong units.yaml; hãy chọn đơn vị nhận",
        f"dòng 3: UBND {VU_LE} không có đơn vị kế nhiệm trong units.yaml; hãy chọn đơn vị nhận",
    ]
    settled = [one.model_copy(update={"left_out": True}) for one in found]
    assert unsettled(OFFICE, settled) == ()
    assert said(rows([at_end()], (VU_LE,), JULY)) == [(1, DUONG, VU_LE, (), ())]


def test_what_is_done_is_not_handed_over() -> None:
    done = (
        *PROJECTS,
        *(one for code in (CAU,) for one in (started("20/6/2024", code), disbursed("100%", "1/9/2024", code))),
    )
    assert [one.subject for one in rows([at_end(done)], (TAN_THANH, VU_LE), JULY)] == [DUONG]
    all_done = (*done, started("20/6/2024", DUONG), disbursed("100%", "1/9/2024", DUONG))
    assert rows([at_end(all_done)], (HUYEN, TAN_THANH, VU_LE), JULY) == ()


def test_subjects_of_a_total_pass_as_long_as_the_whole_is_open_and_they_run() -> None:
    directive = variant(changed(FORTY, follows=(), quantifier=Quantifier.TOTAL))
    cancelled = entry(EntryKind.CANCEL, "1/8/2024", subject=DUONG)
    ownerless = enrol("cong", None, "19/4/2024 09:10")
    found = rows([at_end((*PROJECTS, cancelled, ownerless), directive)], (TAN_THANH, VU_LE), JULY)
    assert [one.subject for one in found] == [CAU]


def test_lead_units_that_are_subjects_pass_as_such_even_when_they_have_ended() -> None:
    directive = variant(lead=(HUYEN, TAN_THANH), lead_mode=LeadMode.EACH)
    found = rows([at_end((), directive)], (HUYEN,), JULY)
    assert [(one.subject, one.former) for one in found] == [(HUYEN, HUYEN)]
    passed = entry(EntryKind.HAND_OVER, "1/7/2025 08:00", subject=HUYEN, former=HUYEN, unit=NHAT_HOA)
    assert rows([at_end((passed,), directive)], (HUYEN,), JULY) == ()
    assert carries(at_end((), directive), found[0])
    assert not carries(at_end((passed,), directive), found[0])


def test_a_row_is_its_units_until_it_passes() -> None:
    (row,) = rows([at_end(())], (HUYEN,), JULY)
    assert carries(at_end(()), row)
    assert not carries(at_end((entry(EntryKind.HAND_OVER, "1/7/2025 08:00", unit=NHAT_HOA),)), row)


def test_monitors_and_coordinating_units_are_changed_in_the_directive() -> None:
    others = [at_end(), at_end((), UNDATED.model_copy(update={"coordinating": (TAI_CHINH,)}))]
    (coordinating,) = elsewhere(others, (TAI_CHINH, HUYEN))
    assert coordinating.message.startswith(f"UBND {TAI_CHINH} là đơn vị phối hợp của khoi-cong-moi, bao-cao-tinh-hinh:")
    (monitor,) = elsewhere(others[:1], (VAN_PHONG,))
    assert "là đơn vị theo dõi của khoi-cong-moi: bàn giao không đổi điều này" in monitor.message
    closed = at_end((started("20/6/2024"),), variant(START))
    assert elsewhere([closed], (VAN_PHONG, TAI_CHINH)) == ()


@pytest.mark.parametrize(
    ("subject", "receivers", "why"),
    [
        (None, (NHAT_HOA,), None),
        (None, (NHAT_HOA, BAC_SON), None),
        (None, ("cac-xa-moi",), None),
        (None, (), None),
        (None, ("khong-co",), "không có đơn vị “khong-co” hoạt động ngày 01/7/2025"),
        (None, (TAN_THANH,), "không có đơn vị “xa-tan-thanh”"),
        (None, (HUYEN,), "đang giữ việc này"),
        (CAU, (NHAT_HOA,), None),
        (CAU, (NHAT_HOA, BAC_SON), "chỉ có một đơn vị"),
        (CAU, ("cac-xa-moi",), "không có đơn vị “cac-xa-moi”"),
    ],
)
def test_who_may_take_a_row(subject: str | None, receivers: tuple[str, ...], why: str | None) -> None:
    row = Row(number=1, directive="khoi-cong-moi", subject=subject, former=HUYEN, choices=())
    refused = why_not_receive(OFFICE, row, receivers, JULY)
    assert (refused is None) if why is None else (why in (refused or ""))
