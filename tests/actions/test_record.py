"""A statement is checked before it stands in the ledger, stands there once, and is looked at the next morning."""

from __future__ import annotations

import pytest

from actions.evaluate import NoSuchDirectiveError
from actions.record import DEMO_MARK, RefusedError, doubted, record
from domain.ledger import Entry, EntryKind, SealedEntry
from store import Store, reading, session
from store.ledger import EntryConflictError, head
from store.marks import set_mark
from store.moments import due_for_look, looks
from store.verification import verify
from tests.actions.offices import ALONE, STARTS, configured, known, looked
from tests.world import CAU, DUONG, PROJECTS, decided, disbursed, enrol, entry, grant, instant, plan, started

OFFICE = configured(ALONE)
CODE = ALONE.code
PLAN = plan("5000000000", "22/4/2024", CAU, recorded="23/4/2024 09:00")


def recorded(store: Store, one: Entry) -> SealedEntry:
    with session(store) as opened:
        return record(opened, OFFICE, one)


def count(store: Store) -> int:
    with reading(store) as opened:
        return head(opened).count


def test_statements_follow_each_other_in_the_chain(store: Store) -> None:
    sealed = [recorded(store, one) for one in (*PROJECTS, started("28/6/2024", CAU))]
    assert [one.seq for one in sealed] == [1, 2, 3]
    assert [one.previous for one in sealed[1:]] == [one.hash for one in sealed[:-1]]
    with reading(store) as opened:
        assert verify(opened, store.head_file) == ()


def test_a_statement_sent_again_is_the_one_that_stands(store: Store) -> None:
    known(store, *PROJECTS)
    said = started("28/6/2024", CAU)
    first = recorded(store, said)
    looked(store, OFFICE, instant("29/6/2024 07:30"))
    with reading(store) as opened:
        before = looks(opened)
    again = recorded(store, said.model_copy(update={"recorded_at": instant("30/6/2024 08:00")}))
    assert again == first
    assert count(store) == 3
    with reading(store) as opened:
        assert looks(opened) == before


def test_an_id_cannot_be_taken_for_another_statement(store: Store) -> None:
    known(store, *PROJECTS)
    said = started("28/6/2024", CAU)
    recorded(store, said)
    with pytest.raises(EntryConflictError, match=said.id):
        recorded(store, said.model_copy(update={"subject": DUONG}))


def test_a_day_of_recording_calls_for_one_look_the_next_morning_of_work(store: Store) -> None:
    looked(store, OFFICE, STARTS)
    for number, clock in enumerate(("08:05", "11:30", "16:40")):
        recorded(store, enrol(f"da-{number}", "xa-tan-thanh", f"26/4/2024 {clock}"))
    with reading(store) as opened:
        assert due_for_look(opened, instant("26/4/2024 23:59")) == ()
        # Saturday and Sunday, then three days off around the first of May.
        assert looks(opened)[CODE][1] == instant("2/5/2024 07:30")
        assert due_for_look(opened, instant("2/5/2024 07:30")) == (CODE,)


REFUSED = [
    pytest.param(
        started("28/6/2024", recorded="27/6/2024 09:00"),
        r"28/6/2024 còn ở phía trước ngày ghi sổ 27/6/2024",
        id="ahead",
    ),
    pytest.param(started("27/6/2024 10:00", recorded="27/6/2024 09:00"), "phía trước", id="an hour ahead"),
    pytest.param(
        started("20/6/2024", CAU).model_copy(update={"metric": "san-luong"}),
        "không có chỉ tiêu “san-luong”; các chỉ tiêu: khoi-cong, giai-ngan",
        id="unknown metric",
    ),
    pytest.param(
        grant("ban-giao", "31/7/2024", "20/6/2024"),
        "không có mốc “ban-giao”; các mốc: khoi-cong",
        id="unknown milestone",
    ),
    pytest.param(
        started("20/6/2024", "nha-may"), "không có dự án “nha-may”; đã ghi danh: cau, duong", id="unknown subject"
    ),
    pytest.param(started("20/6/2024"), "tính theo từng dự án; hãy ghi rõ dự án", id="no subject named"),
    pytest.param(disbursed("101%", "20/6/2024", CAU), "vượt 100% kế hoạch", id="over one hundred percent"),
    pytest.param(disbursed("5,1 tỷ/5 tỷ", "20/6/2024", CAU), "vượt 100% kế hoạch", id="more than the plan"),
    pytest.param(
        started("20/6/2024", CAU).model_copy(update={"source": "minh hoạ"}),
        "chỉ được ghi vào sổ của bản minh hoạ",
        id="illustrative, in a real office",
    ),
]


@pytest.mark.parametrize(("said", "why"), REFUSED)
def test_what_cannot_stand_is_refused_with_its_reason_and_leaves_no_trace(store: Store, said: Entry, why: str) -> None:
    known(store, *PROJECTS, PLAN)
    looked(store, OFFICE, STARTS)
    with reading(store) as opened:
        before = looks(opened)
    with pytest.raises(RefusedError, match=why):
        recorded(store, said)
    assert count(store) == 3
    with reading(store) as opened:
        assert looks(opened) == before


def test_a_directive_nobody_adopted_takes_no_statements(store: Store) -> None:
    with pytest.raises(NoSuchDirectiveError, match="“khac”"):
        recorded(store, entry(EntryKind.NOTE, "20/6/2024", text="ghi chú").model_copy(update={"directive": "khac"}))
    assert count(store) == 0


def test_an_illustrative_statement_stands_in_the_ledger_of_a_demonstration(store: Store) -> None:
    with session(store) as opened:
        set_mark(opened, DEMO_MARK, "scenario")
    known(store, *PROJECTS)
    assert recorded(store, started("20/6/2024", CAU).model_copy(update={"source": "minh hoạ"})).seq == 3


def test_exactly_the_plan_is_not_more_than_the_plan(store: Store) -> None:
    known(store, *PROJECTS, PLAN)
    assert recorded(store, disbursed("5 tỷ/5 tỷ", "20/6/2024", CAU)).seq == 4


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (entry(EntryKind.HAND_OVER, "28/6/2024 08:00", subject=CAU, unit="khong-co"), "không có đơn vị “khong-co”"),
        (entry(EntryKind.EXTENSION_GRANT, "28/6/2024 08:00", milestone="khoi-cong"), "thiếu: ngày"),
        (entry(EntryKind.RETURN, "28/6/2024 08:00", refers_to="khong-co"), "không có báo cáo “khong-co”"),
        (started("1/1/2004", CAU, recorded="28/6/2024 08:00"), "hãy kiểm tra lại năm"),
        (started("1/1/0001", CAU, recorded="28/6/2024 08:00"), "hãy kiểm tra lại năm"),
    ],
    ids=lambda one: one.kind.value if isinstance(one, Entry) else None,
)
def test_what_makes_no_sense_is_refused_whoever_writes_it(store: Store, said: Entry, why: str) -> None:
    known(store, *PROJECTS)
    with pytest.raises(RefusedError, match=why):
        recorded(store, said)
    assert count(store) == 2


def test_a_verdict_on_what_was_reported_stands(store: Store) -> None:
    known(store, *PROJECTS)
    report = started("28/6/2024", CAU)
    recorded(store, report)
    assert recorded(store, decided(EntryKind.RETURN, report, "29/6/2024 08:00")).seq == 4


def test_a_report_of_a_day_before_the_start_stands_and_is_doubted(store: Store) -> None:
    known(store, *PROJECTS)
    early = started("20/4/2024", CAU, recorded="28/6/2024 08:00")
    assert recorded(store, early).seq == 3
    with reading(store) as opened:
        (doubt,) = doubted(opened, OFFICE, early)
    assert doubt.message.startswith("ngày 20/4/2024 trước ngày nhiệm vụ bắt đầu 22/4/2024")
