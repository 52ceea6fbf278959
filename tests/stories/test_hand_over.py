"""The huyện ends on 30/6/2025 and its open work passes to the communes of 1/7/2025: reviewed, confirmed, told.

Two directives of the notice as shipped: footnote 8, led by the huyện with a project of xã Tân Thành, and one that the
huyện and xã Tân Thành lead together.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from actions.evaluate import situation
from actions.hand_over import choose, propose, withdraw
from actions.hand_over_confirm import confirm
from actions.record import RefusedError
from actions.stating import Said
from domain.carrying import carried_by, spans
from domain.clocktime import at
from domain.handing import Outcome, Proposal
from domain.ledger import EntryKind
from domain.situation import Situation
from domain.standing import Official
from store import open_store, reading, session
from store.hand_overs import find
from store.ledger import entries, head
from tests.stories.town import CODE, LEAD, MONITOR, MORNING, Town, drafted, when

TOGETHER = "tan-thanh-ntm-2024"
HUYEN, TAN_THANH = "ubnd-huyen-bac-son", "ubnd-xa-tan-thanh-bac-son"
BAC_SON, NHAT_HOA = "ubnd-xa-bac-son-2025", "ubnd-xa-nhat-hoa-2025"
ADMIN = "quan-tri-he-thong"
PROJECT = "duong-lang-chieu"
ID = "ban-giao-huyen"
ENDED = date(2025, 7, 1)


def said(by: str, reason: str = "Nghị quyết 1672/NQ-UBTVQH15") -> Said:
    return Said(ID, by, "trang web", reason)


def instant(month: int, day: int, hour: int) -> datetime:
    return at(date(2025, month, day), time(hour))


@pytest.fixture(scope="module")
def as_june_ends(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Bắc Sơn at the end of June 2025: nothing was ever reported."""
    made = Town(tmp_path_factory.mktemp("bac-son"), drafted(CODE, TOGETHER), at(date(2024, 4, 22)))
    project: dict[str, Any] = {"subject": PROJECT, "name": "Đường Làng Chiêu", "unit": TAN_THANH}
    made.say(when(4, 22, 8), EntryKind.ENROL, **project)
    made.tick(at(date(2025, 6, 25), MORNING))
    made.taken()
    made.store.engine.dispose()
    return made


@pytest.fixture
def town(as_june_ends: Town, tmp_path: Path) -> Iterator[Town]:
    """A copy of it, for one story."""
    folder = as_june_ends.store.head_file.parent
    shutil.copytree(folder, tmp_path / "town")
    moved = copy.copy(as_june_ends)
    moved.store = open_store(f"sqlite:///{tmp_path}/town/dondoc.sqlite", tmp_path / "town" / "ledger.head")
    moved.letters = []
    moved.courier = replace(as_june_ends.courier, store=moved.store, post=moved.post)
    yield moved
    moved.store.engine.dispose()
    assert moved.taken() == [], "thư không ai chờ"


def within(town: Town, act: Callable[..., Any], *given: object) -> Any:
    with session(town.store) as opened:
        return act(opened, town.configuration, *given)


def proposed(town: Town) -> Proposal:
    found: Proposal = within(town, propose, (HUYEN,), ENDED, said(ADMIN), instant(6, 26, 9)).proposal
    return found


def looked(town: Town, code: str, moment: datetime) -> Situation:
    with reading(town.store) as opened:
        return situation(opened, town.configuration, code, moment)


def ledger(town: Town) -> int:
    with reading(town.store) as opened:
        return head(opened).count


def test_the_open_work_of_the_huyen_is_listed_with_who_could_take_it(town: Town) -> None:
    before = ledger(town)
    rows = proposed(town).rows
    assert [(row.directive, row.subject, row.former, len(row.choices), row.receivers) for row in rows] == [
        (CODE, None, HUYEN, 6, ()),
        (CODE, PROJECT, TAN_THANH, 1, (NHAT_HOA,)),
        (TOGETHER, None, HUYEN, 6, ()),
        (TOGETHER, None, TAN_THANH, 1, (NHAT_HOA,)),
    ]
    assert ledger(town) == before
    assert proposed(town).rows == rows  # sent again it is the same proposal


def chosen(town: Town, moment: datetime) -> Proposal:
    """Xã Bắc Sơn takes footnote 8 together with xã Nhất Hòa; of the other directive xã Nhất Hòa takes all."""
    proposed(town)
    within(town, choose, ID, 1, (BAC_SON, NHAT_HOA), MONITOR, moment)
    found: Proposal = within(town, choose, ID, 3, (NHAT_HOA,), ADMIN, moment).proposal
    return found


def test_confirmed_on_the_day_it_passes_in_one_go_and_the_communes_are_told(town: Town) -> None:
    chosen(town, instant(6, 26, 10))
    with pytest.raises(RefusedError, match="chưa đến ngày bàn giao 01/7/2025"):
        within(town, confirm, ID, said(ADMIN), instant(6, 30, 17))
    before = ledger(town)
    sealed = within(town, confirm, ID, said(MONITOR), instant(7, 1, 8))
    assert [(one.entry.id, one.entry.unit, one.entry.former) for one in sealed] == [
        (f"{ID}-1", BAC_SON, HUYEN),
        (f"{ID}-1-2", NHAT_HOA, HUYEN),
        (f"{ID}-2", NHAT_HOA, TAN_THANH),
        (f"{ID}-3", NHAT_HOA, HUYEN),
        (f"{ID}-4", NHAT_HOA, TAN_THANH),
    ]
    assert {one.entry.as_of for one in sealed} == {ENDED}
    assert ledger(town) == before + 5
    assert within(town, confirm, ID, said(ADMIN), instant(7, 2, 9)) == sealed
    assert ledger(town) == before + 5
    assert looked(town, CODE, instant(7, 1, 9)).lead == (BAC_SON, NHAT_HOA)
    assert looked(town, TOGETHER, instant(7, 1, 9)).lead == (NHAT_HOA,)
    town.live(date(2025, 7, 2), date(2025, 7, 16))
    told = {person for _, person in town.taken()}
    assert {"dau-moi-xa-bac-son-2025", "dau-moi-xa-nhat-hoa-2025"} <= told
    assert told.isdisjoint({LEAD, "dau-moi-xa-tan-thanh-bac-son"})


def test_figures_split_where_the_work_changed_hands_and_lateness_stays(town: Town) -> None:
    chosen(town, instant(6, 26, 10))
    within(town, confirm, ID, said(ADMIN), instant(7, 1, 8))
    now = looked(town, CODE, instant(7, 1, 9))
    office = town.configuration.rules.office
    assert carried_by(now.directive, now.state, office, date(2025, 6, 30)) == (HUYEN,)
    assert carried_by(now.directive, now.state, office, ENDED) == (BAC_SON, NHAT_HOA)
    assert [(span.units, span.first, span.last) for span in spans(now.directive, now.state, office, PROJECT)] == [
        ((TAN_THANH,), None, date(2025, 6, 30)),
        ((NHAT_HOA,), ENDED, None),
    ]
    assert {one.official for one in now.standings if one.due} == {Official.OPEN_OVERDUE}
    assert looked(town, CODE, instant(6, 30, 9)).lead == (HUYEN,)


def test_withdrawn_nothing_was_ever_there(town: Town) -> None:
    before = ledger(town)
    proposed(town)
    gone = within(town, withdraw, ID, ADMIN, instant(6, 27, 9))
    assert (gone.outcome, ledger(town)) == (Outcome.WITHDRAWN, before)
    for act in (
        lambda: within(town, confirm, ID, said(ADMIN), instant(7, 1, 8)),
        lambda: chosen(town, instant(7, 1, 8)),
    ):
        with pytest.raises(RefusedError, match="đã được rút lại"):
            act()
    assert ledger(town) == before


def test_all_or_nothing(town: Town) -> None:
    proposed(town)
    before = ledger(town)
    with pytest.raises(RefusedError, match="dòng 1: UBND huyện Bắc Sơn có 6 đơn vị kế nhiệm"):
        within(town, confirm, ID, said(ADMIN), instant(7, 1, 8))
    chosen(town, instant(6, 26, 10))
    taken: dict[str, Any] = {"unit": BAC_SON, "id": "ban-giao-le", "former": HUYEN, "actor": MONITOR}
    town.say(instant(7, 1, 7), EntryKind.HAND_OVER, TOGETHER, **taken)
    with pytest.raises(RefusedError, match=r"không còn do đơn vị cũ giữ \(dòng 3\)"):
        within(town, confirm, ID, said(ADMIN), instant(7, 1, 8))
    assert ledger(town) == before + 1
    within(town, choose, ID, 3, (), ADMIN, instant(7, 1, 8))
    assert len(within(town, confirm, ID, said(ADMIN), instant(7, 1, 9))) == 4
    with reading(town.store) as opened:
        kept = find(opened, ID)
        last = entries(opened, CODE)[-1]
    assert kept is not None
    assert (kept.outcome, kept.decided_by) == (Outcome.CONFIRMED, ADMIN)
    assert (last.text, last.actor) == ("Nghị quyết 1672/NQ-UBTVQH15", ADMIN)


def test_after_the_confirmation_only_another_hand_over_gives_it_back(town: Town) -> None:
    chosen(town, instant(6, 26, 10))
    within(town, confirm, ID, said(ADMIN), instant(7, 1, 8))
    again = Said("ban-giao-tiep", ADMIN, "trang web", "Công văn số 5")
    found = within(town, propose, (NHAT_HOA,), date(2025, 8, 1), again, instant(8, 1, 8)).proposal
    assert [(row.directive, row.subject) for row in found.rows] == [(CODE, None), (CODE, PROJECT), (TOGETHER, None)]
    for row in found.rows:
        within(town, choose, again.id, row.number, (BAC_SON,), ADMIN, instant(8, 1, 8))
    within(town, confirm, again.id, again, instant(8, 1, 9))
    assert looked(town, CODE, instant(8, 1, 10)).lead == (BAC_SON,)
    assert looked(town, TOGETHER, instant(8, 1, 10)).lead == (BAC_SON,)
