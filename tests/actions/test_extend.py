"""A later day is asked for, refused, granted: each decision once, each refusal with its reason and without a trace."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from actions.evaluate import NoSuchDirectiveError
from actions.extend import Extended, extend, grant, refuse_request, request
from actions.record import RefusedError
from actions.requests import request_rows
from actions.stating import Said
from actions.status import status_rows
from domain.findings import Severity
from domain.laterday import Wish
from domain.ledger import EntryKind
from domain.outbox import State
from store import Store, reading, session
from store.ledger import EntryConflictError, find
from store.moments import looks
from store.verification import verify
from tests.actions.offices import ALONE, STARTS, configured, known, looked, rows
from tests.actions.saying import CODE, LEAD, MONITOR, OFFICE, count, ids, said, standing_at, wish
from tests.world import CAU, HUNDRED, PROJECTS, changed, day, enrol, entry, instant, started, variant

SEPTEMBER = "10/9/2024 10:00"


def ask(store: Store, about: Wish, words: Said, when: str = SEPTEMBER) -> Extended:
    with session(store) as opened:
        return request(opened, OFFICE, CODE, about, words, instant(when))


def give(store: Store, words: Said, when: str = "18/9/2024 14:40", until: str = "", asked: str = "xin-1") -> Extended:
    with session(store) as opened:
        return grant(opened, OFFICE, asked, words, instant(when), day(until) if until else None)


def deny(store: Store, words: Said, when: str = "18/9/2024 14:40", asked: str = "xin-1") -> Extended:
    with session(store) as opened:
        return refuse_request(opened, OFFICE, asked, words, instant(when))


def decree(store: Store, about: Wish, words: Said, when: str = "18/9/2024 14:40") -> Extended:
    with session(store) as opened:
        return extend(opened, OFFICE, CODE, about, words, instant(when))


def waiting(store: Store, when: str) -> list[str]:
    with reading(store) as opened:
        return [row["request"] for row in request_rows(opened, OFFICE, instant(when))]


@pytest.fixture
def asked(store: Store) -> Store:
    """A request for the end of October, made on 10/9."""
    ask(store, wish("31/10/2024"), said("xin-1", LEAD))
    return store


# ---------------------------------------------------------------------------------------------------- asked and decided


def test_a_request_stands_in_the_ledger_and_moves_nothing(store: Store) -> None:
    done = ask(store, wish("31/10/2024"), said("xin-1", LEAD, evidence="Công văn số 12"))
    entered = done.sealed.entry
    assert (entered.kind, entered.milestone, entered.subject) == (EntryKind.EXTENSION_REQUEST, "giai-ngan-40", None)
    assert (entered.day, entered.text, entered.evidence) == (day("31/10/2024"), "vướng mặt bằng", "Công văn số 12")
    assert (entered.as_of, entered.recorded_at) == (day("10/9/2024"), instant(SEPTEMBER))
    assert done.findings == ()
    assert due(store, "11/9/2024 09:00") == ("2024-09-30", None, 0)
    assert waiting(store, "11/9/2024 09:00") == ["xin-1"]


def due(store: Store, when: str, milestone: str = "giai-ngan-40") -> tuple[object, object, object]:
    (row,) = [row for row in status_rows([standing_at(store, when)]) if row["milestone"] == milestone]
    return row["due"], row["original_due"], row["extensions"]


def test_granting_moves_the_due_that_is_judged_and_keeps_the_original_beside_it(asked: Store) -> None:
    done = give(asked, said("dong-y", MONITOR, None))
    assert (done.sealed.entry.refers_to, done.sealed.entry.day) == ("xin-1", day("31/10/2024"))
    assert due(asked, "18/9/2024 14:39") == ("2024-09-30", None, 0)
    assert due(asked, "18/9/2024 14:40") == ("2024-10-31", "2024-09-30", 1)
    assert waiting(asked, "18/9/2024 14:40") == []
    with reading(asked) as opened:
        assert verify(opened, asked.head_file) == ()


def test_another_day_than_asked_may_be_granted(asked: Store) -> None:
    give(asked, said("dong-y", MONITOR), until="15/10/2024")
    assert due(asked, "20/9/2024 09:00") == ("2024-10-15", "2024-09-30", 1)


def test_the_original_stays_through_every_extension(asked: Store) -> None:
    give(asked, said("dong-y", MONITOR))
    ask(asked, wish("30/11/2024"), said("xin-2", LEAD), when="20/10/2024 09:00")
    give(asked, said("dong-y-2", MONITOR), when="21/10/2024 09:00", asked="xin-2")
    assert due(asked, "22/10/2024 09:00") == ("2024-11-30", "2024-09-30", 2)


def test_refusing_says_why_and_leaves_the_due(asked: Store) -> None:
    done = deny(asked, said("tu-choi", MONITOR, "  chưa có nguyên nhân khách quan "))
    entered = done.sealed.entry
    assert (entered.kind, entered.refers_to, entered.text) == (
        EntryKind.EXTENSION_REFUSAL,
        "xin-1",
        "chưa có nguyên nhân khách quan",
    )
    assert due(asked, "20/9/2024 09:00") == ("2024-09-30", None, 0)
    assert waiting(asked, "20/9/2024 09:00") == []
    ask(asked, wish("15/10/2024"), said("xin-2", LEAD), when="20/9/2024 09:00")
    assert waiting(asked, "20/9/2024 10:00") == ["xin-2"]


def test_a_document_of_the_issuer_extends_without_a_request(store: Store) -> None:
    decree(store, wish("31/10/2024"), said("van-ban", MONITOR, None, evidence="Công văn số 99", day=day("16/9/2024")))
    assert due(store, "20/9/2024 09:00") == ("2024-10-31", "2024-09-30", 1)
    with reading(store) as opened:
        entered = find(opened, "van-ban")
    assert entered is not None
    assert (entered.as_of, entered.refers_to) == (day("16/9/2024"), None)


def test_one_project_is_extended_by_itself(store: Store) -> None:
    known(store, *PROJECTS)
    ask(store, wish("31/10/2024", CAU), said("xin-1", "dau-moi-tan-thanh"))
    give(store, said("dong-y", MONITOR))
    found = standing_at(store, "20/9/2024 09:00")
    dues = {
        (row["subject"], row["due"], row["extensions"])
        for row in status_rows([found])
        if row["milestone"] == "giai-ngan-40" and row["subject"]
    }
    assert dues == {("cau", "2024-10-31", 1), ("duong", "2024-09-30", 0)}


def test_beyond_the_law_is_granted_with_a_warning(store: Store) -> None:
    assert HUNDRED.due is not None
    legal = {"legal": day("31/1/2025"), "legal_source": "Luật Đầu tư công 2019, điều 68"}
    office = configured(variant(changed(HUNDRED, due=dict(HUNDRED.due) | legal, follows=())))
    with session(store) as opened:
        about = wish("28/2/2025", milestone="giai-ngan-100")
        words = said("van-ban", MONITOR, evidence="Công văn số 99")
        done = extend(opened, office, CODE, about, words, instant(SEPTEMBER))
    assert [one.severity for one in done.findings] == [Severity.WARNING]
    assert "sau ngày muộn nhất pháp luật cho phép 31/01/2025" in done.findings[0].message


# ------------------------------------------------------------------------------------------------------------ refusals


def refusal(store: Store, act: Callable[..., Extended], *about: object, **more: str) -> str:
    """Why the action is refused; nothing changes."""
    with reading(store) as opened:
        before = looks(opened)
    entered = ids(store)
    with pytest.raises(RefusedError) as why:
        act(store, *about, **more)
    assert ids(store) == entered
    with reading(store) as opened:
        assert looks(opened) == before
    return str(why.value)


def test_what_may_not_be_asked(asked: Store) -> None:
    waiting = refusal(asked, ask, wish("15/11/2024"), said("xin-2", LEAD))
    assert re.search("đề nghị xin-1 .* đang chờ quyết định", waiting)
    outsider = refusal(asked, ask, wish("31/10/2024"), said("xin-2", "nguoi-ngoai"))
    assert "chỉ đầu mối hoặc thủ trưởng" in outsider
    another = wish("31/1/2025", milestone="giai-ngan-100")
    assert "cần nêu lý do" in refusal(asked, ask, another, said("xin-2", LEAD, "  "))
    assert "còn ở phía trước" in refusal(asked, ask, another, said("xin-2", LEAD, day=day("11/9/2024")))
    assert "hạn đã qua" in refusal(asked, ask, wish("1/10/2024", milestone="khoi-cong"), said("xin-2", LEAD))


def test_what_may_not_be_decided(asked: Store) -> None:
    yes, no = said("dong-y", MONITOR), said("tu-choi", MONITOR)
    assert "không có đề nghị gia hạn “xin-9”" in refusal(asked, give, yes, asked="xin-9")
    for act in (give, deny):
        assert "chỉ cán bộ của đơn vị theo dõi" in refusal(asked, act, said("cua-ai-do", "chu-tich-huyen"))
        assert "không tự quyết định" in refusal(asked, act, said("cua-ai-do", LEAD))
    assert "cần nêu lý do" in refusal(asked, deny, said(no.id, MONITOR, None))
    assert "phải sau hạn hiện tại 30/9/2024" in refusal(asked, give, yes, until="30/9/2024")
    assert "mốc “Giải ngân 100%” đi sau mốc này" in refusal(asked, give, yes, until="31/1/2025")
    known(asked, enrol("nha", "xa-tan-thanh", "11/9/2024"))
    assert "không có đề nghị gia hạn" in refusal(asked, give, yes, asked=ids(asked)[-1])


def test_a_decided_request_is_not_decided_again(asked: Store) -> None:
    deny(asked, said("tu-choi", MONITOR))
    assert re.search("đã có quyết định tu-choi .*: từ chối", refusal(asked, give, said("dong-y", MONITOR)))
    assert "đã có quyết định tu-choi" in refusal(asked, deny, said("tu-choi-2", MONITOR))


def test_a_document_is_named_and_does_not_pass_by_a_request(asked: Store) -> None:
    words = said("van-ban", MONITOR, evidence="Công văn số 99")
    assert "dondoc decide xin-1" in refusal(asked, decree, wish("31/10/2024"), words)
    later = wish("31/1/2025", milestone="giai-ngan-100")
    assert "cần nêu số, ngày văn bản gia hạn" in refusal(asked, decree, later, said("van-ban", MONITOR))
    of_the_lead = said("van-ban", LEAD, evidence="Công văn số 99")
    assert "chỉ cán bộ của đơn vị theo dõi" in refusal(asked, decree, later, of_the_lead)


def test_a_directive_nobody_adopted_takes_no_request(store: Store) -> None:
    with pytest.raises(NoSuchDirectiveError), session(store) as opened:
        request(opened, OFFICE, "khac", wish("31/10/2024"), said("xin-1", LEAD), instant(SEPTEMBER))


def test_a_day_beyond_what_can_be_reckoned_is_refused_by_the_grant_too(asked: Store) -> None:
    assert "nằm ngoài lịch làm việc" in refusal(asked, give, said("dong-y", MONITOR), until="1/1/2120")


# -------------------------------------------------------------------------------------------------------------- retries


def test_the_same_statement_sent_again_is_the_one_that_stands(asked: Store) -> None:
    again = ask(asked, wish("31/10/2024"), said("xin-1", LEAD), when="11/9/2024 08:00")
    assert again.sealed.seq == 1
    first = give(asked, said("dong-y", MONITOR))
    assert give(asked, said("dong-y", MONITOR), when="19/9/2024 08:00").sealed == first.sealed
    assert count(asked) == 2


def test_an_id_is_not_taken_for_another_statement(asked: Store) -> None:
    with pytest.raises(EntryConflictError, match="xin-1"):
        ask(asked, wish("15/11/2024"), said("xin-1", LEAD))
    with pytest.raises(EntryConflictError, match="xin-1"):
        ask(asked, wish("31/10/2024"), said("xin-1", LEAD, day=day("9/9/2024")))
    with pytest.raises(EntryConflictError, match="xin-1"):
        give(asked, said("xin-1", MONITOR))
    assert count(asked) == 1


# --------------------------------------------------------------------------------------------------------- what follows


def test_a_grant_is_looked_at_and_takes_the_rungs_of_the_old_due_away(store: Store) -> None:
    looked(store, OFFICE, STARTS)
    known(store, started("20/6/2024"))
    looked(store, OFFICE, instant("30/8/2024 07:30"))
    looked(store, OFFICE, instant("16/9/2024 07:30"))
    ask(store, wish("31/10/2024"), said("xin-1", LEAD), when="17/9/2024 09:00")
    give(store, said("dong-y", MONITOR))
    with reading(store) as opened:
        assert looks(opened)[CODE][1] == instant("1/10/2024 07:30")  # thirty days before 31/10
    looked(store, OFFICE, instant("1/10/2024 07:30"))
    ladder = {
        (row.key.rung, row.key.occurrence): row.state
        for row in rows(store)
        if row.key.milestone == "giai-ngan-40" and row.key.person == LEAD and row.key.on_ladder
    }
    assert ladder == {
        ("before-30", "2024-09-30"): State.OBSOLETE,
        ("before-14", "2024-09-30"): State.OBSOLETE,
        ("before-30", "2024-10-31"): State.PLANNED,
    }


# ---------------------------------------------------------------------------------------------------------- the waiting


def test_a_waiting_request_is_told_with_all_that_a_decision_needs(store: Store) -> None:
    known(store, *PROJECTS)
    ask(store, wish("31/10/2024", CAU), said("xin-1", "dau-moi-tan-thanh", evidence="Công văn số 12"))
    with reading(store) as opened:
        (row,) = request_rows(opened, OFFICE, instant("11/9/2024 09:00"))
    assert row == {
        "request": "xin-1",
        "directive": CODE,
        "milestone": "giai-ngan-40",
        "subject": "cau",
        "occurrence": None,
        "due": "2024-09-30",
        "day": "2024-10-31",
        "by": "dau-moi-tan-thanh",
        "asked_at": "2024-09-10T10:00:00+07:00",
        "reason": "vướng mặt bằng",
        "evidence": "Công văn số 12",
    }


def test_what_need_not_be_done_any_more_waits_for_nothing(asked: Store) -> None:
    cancelled = entry(EntryKind.CANCEL, "12/9/2024 08:00", actor=MONITOR)
    known(asked, cancelled)
    assert waiting(asked, "11/9/2024 09:00") == ["xin-1"]
    assert waiting(asked, "12/9/2024 09:00") == []
    with reading(asked) as opened:
        assert request_rows(opened, configured(ALONE.model_copy(update={"code": "khac"})), instant(SEPTEMBER)) == []


def test_a_request_made_before_the_milestone_lost_its_due_still_shows(asked: Store) -> None:
    undated = [one.model_copy(update={"due": None}) for one in ALONE.milestones]
    office = configured(ALONE.model_copy(update={"milestones": tuple(undated)}))
    with reading(asked) as opened:
        (row,) = request_rows(opened, office, instant("11/9/2024 09:00"))
    assert row["due"] is None
