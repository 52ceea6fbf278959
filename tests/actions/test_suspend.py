"""To suspend, resume, cancel, confirm, return, acknowledge, fix a day: who may, once, and to what end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.acknowledge import acknowledge
from actions.confirm import confirm, send_back
from actions.record import RefusedError
from actions.schedule import schedule
from actions.suspend import cancel, resume, suspend
from domain.due import DueSpec, MovedBy
from domain.ledger import EntryKind, SealedEntry
from domain.outbox import State
from domain.standing import Official, Recorded
from store import Store, reading, session
from store.ledger import EntryConflictError, find
from store.moments import looks
from tests.actions.offices import configured, known, looked, rows
from tests.actions.saying import CODE, LEAD, MONITOR, OFFICE, count, said, standing_at
from tests.world import CAU, FORTY, PROJECTS, START, changed, day, disbursed, instant, standing, started, variant

Stop = Callable[..., SealedEntry]
JUNE = "10/6/2024 09:00"
EVENT = configured(
    variant(
        START,
        changed(
            FORTY,
            follows=(),
            due=DueSpec(phrase="trong quý III", date=day("30/9/2024"), moved_by=MovedBy(event="khoi-cong")),
        ),
    )
)


def stop(store: Store, act: Stop, entry: str, when: str = JUNE, by: str = MONITOR, **more: str) -> SealedEntry:
    with session(store) as opened:
        return act(opened, OFFICE, CODE, said(entry, by), instant(when), **more)


def official(store: Store, when: str, milestone: str = "khoi-cong", subject: str | None = None) -> Official:
    return standing(standing_at(store, when), milestone, subject).official


# ----------------------------------------------------------------------------------------------------------- to stop


def test_suspended_it_stands_still_and_going_on_it_has_the_due_it_had(store: Store) -> None:
    sealed = stop(store, suspend, "tam-dung")
    assert (sealed.entry.kind, sealed.entry.text) == (EntryKind.SUSPEND, "vướng mặt bằng")
    assert official(store, "11/6/2024 09:00") is Official.SUSPENDED
    with reading(store) as opened:
        assert looks(opened)[CODE][1] is None
    stop(store, resume, "tiep-tuc", "5/8/2024 09:00")
    assert official(store, "6/8/2024 09:00") is Official.OPEN_OVERDUE
    with reading(store) as opened:
        assert looks(opened)[CODE][1] == instant("6/8/2024 07:30")


def test_cancelled_it_is_over(store: Store) -> None:
    stop(store, cancel, "huy")
    assert official(store, "11/6/2024 09:00") is Official.CANCELLED
    with pytest.raises(RefusedError, match="đã bị huỷ, không tiếp tục được nữa"):
        stop(store, resume, "tiep-tuc")


@pytest.mark.parametrize("act", [suspend, cancel])
def test_one_project_stops_and_the_others_go_on(store: Store, act: Stop) -> None:
    known(store, *PROJECTS)
    stop(store, act, "dung", subject=CAU)
    assert official(store, "11/6/2024 09:00", subject="duong") is Official.OPEN_IN_TIME
    assert official(store, "11/6/2024 09:00") is Official.OPEN_IN_TIME


def test_rows_that_wait_are_taken_back_when_it_stops(store: Store) -> None:
    looked(store, OFFICE, instant("31/5/2024 07:30"))
    assert State.PLANNED in {row.state for row in rows(store)}
    stop(store, suspend, "tam-dung", "31/5/2024 07:40")
    looked(store, OFFICE, instant("31/5/2024 07:45"))
    assert {row.state for row in rows(store)} <= {State.OBSOLETE, State.COALESCED, State.BEFORE_START}


@pytest.mark.parametrize("act", [suspend, resume, cancel])
def test_only_the_monitor_decides_and_says_why(store: Store, act: Stop) -> None:
    if act is resume:
        stop(store, suspend, "tam-dung")
    before = count(store)
    with pytest.raises(RefusedError, match="chỉ cán bộ của đơn vị theo dõi"):
        stop(store, act, "dung", by=LEAD)
    with pytest.raises(RefusedError, match="không có dự án “nha-may”"):
        stop(store, act, "dung", subject="nha-may")
    with pytest.raises(RefusedError, match="cần nêu lý do"), session(store) as opened:
        act(opened, OFFICE, CODE, said("dung", MONITOR, None), instant(JUNE))
    assert count(store) == before


def test_a_decision_sent_again_is_one(store: Store) -> None:
    first = stop(store, suspend, "tam-dung")
    assert stop(store, suspend, "tam-dung", "11/6/2024 08:00") == first
    with pytest.raises(EntryConflictError):
        stop(store, cancel, "tam-dung")
    assert count(store) == 1


# -------------------------------------------------------------------------------------------------------- to judge


def judge(
    store: Store, act: Stop, about: str, entry: str, by: str = MONITOR, reason: str | None = "sai"
) -> SealedEntry:
    with session(store) as opened:
        return act(opened, OFFICE, about, said(entry, by, reason), instant("1/7/2024 09:00"))


@pytest.fixture
def reported(store: Store) -> str:
    """Khởi công of the bridge was reported on 28/6; the id of the report."""
    done = started("28/6/2024", CAU)
    known(store, *PROJECTS, done)
    return done.id


def test_a_confirmed_result_says_so(store: Store, reported: str) -> None:
    sealed = judge(store, confirm, reported, "xac-nhan", reason=None)
    assert (sealed.entry.refers_to, sealed.entry.subject, sealed.entry.metric) == (reported, CAU, "khoi-cong")
    assert standing(standing_at(store, "2/7/2024 09:00"), "khoi-cong", CAU).recorded is Recorded.CONFIRMED


def test_a_returned_result_is_open_again(store: Store, reported: str) -> None:
    assert official(store, "1/7/2024 08:00", subject=CAU) is Official.DONE_ON_TIME
    judge(store, send_back, reported, "tra-lai")
    assert official(store, "2/7/2024 09:00", subject=CAU) is Official.OPEN_OVERDUE
    with reading(store) as opened:
        assert looks(opened)[CODE][1] == instant("2/7/2024 07:30")


def test_what_may_not_be_judged(store: Store, reported: str) -> None:
    before = count(store)
    for act, about, by, reason, why in (
        (confirm, reported, LEAD, "sai", "người báo cáo không tự xác nhận"),
        (send_back, reported, LEAD, "sai", "người báo cáo không tự trả lại"),
        (confirm, reported, "chu-tich-huyen", "sai", "chỉ cán bộ của đơn vị theo dõi"),
        (send_back, reported, MONITOR, " ", "cần nêu lý do"),
        (confirm, "khong-co", MONITOR, "sai", "không có bút toán “khong-co” trong sổ"),
        (confirm, PROJECTS[0].id, MONITOR, "sai", "không phải báo cáo kết quả"),
    ):
        with pytest.raises(RefusedError, match=why):
            judge(store, act, about, "phan-quyet", by, reason)
    assert count(store) == before


def test_a_verdict_sent_again_is_one(store: Store, reported: str) -> None:
    first = judge(store, confirm, reported, "xac-nhan")
    assert judge(store, confirm, reported, "xac-nhan") == first
    with pytest.raises(RefusedError, match="đã được xác nhận"):
        judge(store, confirm, reported, "xac-nhan-2")


# ------------------------------------------------------------------------------------------- to read, and to fix a day


def test_an_acknowledgement_is_never_done(store: Store) -> None:
    with session(store) as opened:
        sealed = acknowledge(opened, OFFICE, CODE, said("da-doc", LEAD, None), instant("4/7/2024 07:00"))
    assert sealed.entry.kind is EntryKind.ACKNOWLEDGE
    assert official(store, "5/7/2024 09:00") is Official.OPEN_OVERDUE
    assert standing_at(store, "5/7/2024 09:00").state.acknowledged == {LEAD: (instant("4/7/2024 07:00"),)}


def test_who_is_not_urged_or_need_not_be_acknowledges_nothing(store: Store) -> None:
    with pytest.raises(RefusedError, match="không thuộc diện được nhắc"), session(store) as opened:
        acknowledge(opened, OFFICE, CODE, said("da-doc", "nguoi-ngoai"), instant(JUNE))
    known(store, *(disbursed("100%", "7/6/2024"), started("7/6/2024")))
    with pytest.raises(RefusedError, match="không còn mốc nào phải nhắc"), session(store) as opened:
        acknowledge(opened, OFFICE, CODE, said("da-doc", LEAD), instant(JUNE))
    assert count(store) == 2


@pytest.mark.parametrize("by", [LEAD, MONITOR])
def test_the_day_of_an_event_moves_the_due_that_waits_for_it(store: Store, by: str) -> None:
    with session(store) as opened:
        schedule(opened, EVENT, CODE, "khoi-cong", day("20/6/2024"), said("ngay", by, None), instant(JUNE))
    due = standing(standing_at(store, "11/6/2024 09:00", EVENT), "giai-ngan-40").due
    assert due is not None
    assert due.overdue_after == instant("20/6/2024 00:00")
    with reading(store) as opened:
        entered = find(opened, "ngay")
    assert entered is not None
    assert (entered.metric, entered.day) == ("khoi-cong", day("20/6/2024"))


def test_a_day_is_fixed_by_those_it_concerns_and_ahead(store: Store) -> None:
    for by, until, why in (
        ("nguoi-ngoai", "20/6/2024", "chỉ đầu mối hoặc thủ trưởng của đơn vị phải thực hiện"),
        (LEAD, "9/6/2024", "ngày 09/6/2024 đã qua"),
        (LEAD, "1/1/2120", "nằm ngoài lịch làm việc"),
    ):
        with pytest.raises(RefusedError, match=why), session(store) as opened:
            schedule(opened, EVENT, CODE, "khoi-cong", day(until), said("ngay", by), instant(JUNE))
    assert count(store) == 0
