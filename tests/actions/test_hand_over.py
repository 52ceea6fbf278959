"""Who may prepare a hand-over, who may confirm it, and what is refused on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from actions.hand_over import choose, propose, withdraw
from actions.hand_over_confirm import confirm
from actions.record import RefusedError
from actions.stating import Said
from domain.directive import LeadMode
from domain.office import Interval, Role
from store import Store, reading, session
from store.hand_overs import listed
from store.ledger import entries
from tests.actions.offices import ALONE, configured, known
from tests.actions.saying import LEAD, MONITOR, count
from tests.world import (
    CAU,
    HUYEN,
    PEOPLE,
    PROJECTS,
    SO_Y_TE,
    TAN_THANH,
    UNITS,
    VAN_PHONG,
    VU_LE,
    day,
    disbursed,
    instant,
    person,
    rules,
    started,
)

NEW = "xa-moi"
ENDING = tuple(
    one.model_copy(update={"successors": (NEW,), "valid": Interval(to=day("30/6/2024"))})
    if one.code in {HUYEN, TAN_THANH}
    else one
    for one in UNITS
)
STAFF = (*PEOPLE, person("quan-tri", (VAN_PHONG, Role.ADMIN)), person("y-te", (SO_Y_TE, Role.FOCAL)))
RULES = rules(people=STAFF, units=(*ENDING, UNITS[0].model_copy(update={"code": NEW, "name": "UBND xã mới"})))
ELSEWHERE = ALONE.model_copy(update={"code": "viec-khac", "monitor": SO_Y_TE, "starts": day("22/4/2024")})
OFFICE = configured(ALONE, ELSEWHERE, given=RULES)
ADMIN, JULY = "quan-tri", day("1/7/2024")
BEFORE, AFTER = instant("26/6/2024 09:00"), instant("1/7/2024 09:00")
ID = "ban-giao"


def said(by: str = ADMIN, reason: str | None = "Nghị quyết 1672", entry: str = ID) -> Said:
    return Said(entry, by, "web", reason)


def within(store: Store, act: Callable[..., Any], *given: object) -> Any:
    with session(store) as opened:
        return act(opened, OFFICE, *given)


@pytest.fixture
def office(store: Store) -> Store:
    known(store, *PROJECTS)
    return store


def refused(store: Store, act: Callable[..., Any], *given: object) -> str:
    """Why it is refused."""
    with pytest.raises(RefusedError) as why:
        within(store, act, *given)
    return str(why.value)


@pytest.mark.parametrize("by", [ADMIN, MONITOR, LEAD, "chu-tich-tan-thanh"])
def test_an_admin_a_monitor_and_who_works_there_propose(office: Store, by: str) -> None:
    found = within(office, propose, (HUYEN, TAN_THANH), JULY, said(by), BEFORE)
    assert [(row.directive, row.subject, row.receivers) for row in found.proposal.rows] == [
        (ALONE.code, None, (NEW,)),
        (ALONE.code, CAU, (NEW,)),
        (ELSEWHERE.code, None, (NEW,)),
    ]
    assert count(office) == 2


def test_what_is_no_proposal(office: Store) -> None:
    for codes, who, why in (
        ((HUYEN,), said("dau-moi-vu-le"), "chỉ quản trị viên, cán bộ của đơn vị bàn giao hoặc của đơn vị theo dõi"),
        ((HUYEN,), said(reason=" "), "cần nêu lý do"),
        (("khong-co",), said(), "không có đơn vị hoặc nhóm đơn vị “khong-co”"),
        ((LEAD,), said(), "là cán bộ: việc đi theo vị trí"),
        ((SO_Y_TE,), said(), "không có việc nào đang mở của Sở Y tế"),
    ):
        assert re.search(why, refused(office, propose, codes, JULY, who, BEFORE))
    within(office, propose, (HUYEN,), JULY, said(), BEFORE)
    assert "đã dùng cho đề xuất khác" in refused(office, propose, (TAN_THANH,), JULY, said(), BEFORE)
    with reading(office) as opened:
        assert len(listed(opened)) == 1


def test_a_row_is_set_by_who_could_decide_on_it(office: Store) -> None:
    within(office, propose, (HUYEN,), JULY, said(LEAD), BEFORE)
    for number, receivers, by, why in (
        (9, (VU_LE,), ADMIN, "chỉ có các dòng từ 1 đến 2"),
        (1, ("khong-co",), ADMIN, "không có đơn vị “khong-co”"),
        (1, (VU_LE,), "dau-moi-vu-le", "chỉ quản trị viên"),
        (1, (VU_LE,), "y-te", "chỉ quản trị viên"),
    ):
        assert re.search(why, refused(office, choose, ID, number, receivers, by, BEFORE))
    for by in (LEAD, ADMIN, MONITOR):
        found = within(office, choose, ID, 1, (VU_LE,), by, BEFORE)
        assert found.proposal.rows[0].receivers == (VU_LE,)
    assert within(office, choose, ID, 2, (), "y-te", BEFORE).proposal.rows[1].left_out
    assert "không có đề xuất bàn giao “khac”" in refused(office, choose, "khac", 1, (VU_LE,), ADMIN, BEFORE)


def test_who_gives_work_away_does_not_decide_that_others_have_it(office: Store) -> None:
    within(office, propose, (HUYEN,), JULY, said(LEAD), BEFORE)
    assert "chỉ cán bộ của đơn vị theo dõi" in refused(office, confirm, ID, said(LEAD), AFTER)
    assert re.search(
        "viec-khac: chỉ cán bộ của đơn vị theo dõi .*quản trị viên", refused(office, confirm, ID, said(MONITOR), AFTER)
    )
    within(office, choose, ID, 2, (), ADMIN, BEFORE)
    (sealed,) = within(office, confirm, ID, said(MONITOR), AFTER)
    assert (sealed.entry.id, sealed.entry.unit, sealed.entry.actor) == (f"{ID}-1", NEW, MONITOR)


def test_with_everything_left_out_there_is_nothing_to_confirm(office: Store) -> None:
    within(office, propose, (TAN_THANH,), JULY, said(), BEFORE)
    within(office, choose, ID, 1, (), ADMIN, BEFORE)
    assert "hãy rút lại đề xuất" in refused(office, confirm, ID, said(), AFTER)
    assert "chỉ quản trị viên" in refused(office, withdraw, ID, LEAD, AFTER)
    within(office, withdraw, ID, MONITOR, AFTER)
    assert "đã được rút lại lúc 09:00 ngày 01/7/2024" in refused(office, withdraw, ID, ADMIN, AFTER)
    assert count(office) == 2


def test_a_directive_that_is_gone_holds_the_whole_back(office: Store) -> None:
    within(office, propose, (HUYEN,), JULY, said(), BEFORE)
    fewer = configured(ALONE, given=RULES)
    with pytest.raises(RefusedError, match="nhiệm vụ viec-khac không còn hiệu lực"), session(office) as opened:
        confirm(opened, fewer, ID, said(), AFTER)
    with pytest.raises(RefusedError, match="viec-khac: nhiệm vụ không còn hiệu lực"), session(office) as opened:
        confirm(opened, fewer, ID, said(MONITOR), AFTER)
    assert count(office) == 2


def test_a_lead_that_is_a_subject_passes_even_after_it_has_ended(store: Store) -> None:
    directive = ALONE.model_copy(update={"lead": (HUYEN, VU_LE), "lead_mode": LeadMode.EACH})
    each = configured(directive, given=RULES)
    with session(store) as opened:
        found = propose(opened, each, (HUYEN,), JULY, said(), AFTER).proposal
        confirm(opened, each, ID, said(), AFTER)
    assert [(row.subject, row.former) for row in found.rows] == [(HUYEN, HUYEN)]
    with reading(store) as opened:
        (entry,) = entries(opened, ALONE.code)
    assert (entry.subject, entry.unit) == (HUYEN, NEW)


def test_work_that_is_done_is_left_where_it_is(office: Store) -> None:
    known(office, started("20/6/2024", CAU), disbursed("100%", "21/6/2024", CAU))
    assert "không có việc nào đang mở" in refused(office, propose, (TAN_THANH,), JULY, said(), BEFORE)
