"""The proof pack against the store: nothing missing, nothing twice, nothing told that must not be."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from actions.deliver import deliver
from actions.proof import UnknownScopeError, prove
from channels.letter import Accepted, Outcome, Previewed, RefusedPermanently, TryLater
from config.areas import Area, People
from config.reading import Configuration
from domain.directive import Restriction
from domain.ledger import EntryKind
from domain.outbox import Delivery, Key, Reason, State
from reports.proof import Pack, Scope
from store import Store, open_store, reading, session, upgrade
from store.configuration import adopt, remove
from store.outbox import insert_new
from tests.actions.offices import (
    ALONE,
    STARTS,
    Postman,
    configured,
    courier,
    known,
    log,
    looked,
    messages,
    rows,
)
from tests.world import FOOTNOTE_8, NOTICE, PROJECTS, UNDATED, entry, instant, rules, started, variant

LEAD = "dau-moi-huyen"
OFFICE = configured(ALONE)
NOW = instant("31/7/2024 17:00")
WHOLE = Scope(directive=ALONE.code)
ANSWERS = (
    Accepted(code=250),
    Accepted(code=250),
    Previewed(),
    RefusedPermanently(code=550, detail="no such user"),
    TryLater(code=451, detail="greylisted"),
    TryLater(code=None, detail="connection lost", perhaps_arrived=True),
)
MORNINGS = [f"{day} 07:30" for day in ("31/5/2024", "14/6/2024", "21/6/2024", "28/6/2024", "1/7/2024", "4/7/2024")]


def proof(store: Store, scope: Scope = WHOLE, office: Configuration = OFFICE) -> Pack:
    with reading(store) as opened:
        return prove(opened, office, scope, NOW, timedelta(0), illustrative=False)


def lived(store: Store, mornings: list[str], *answers: Outcome) -> Postman:
    """The directive from its start, looked at on these mornings; the lead's letters are answered so, one by one."""
    postman = Postman({LEAD: list(answers)})
    for morning in [STARTS, *map(instant, mornings)]:
        looked(store, OFFICE, morning)
        for minutes in (0, 10):
            deliver(courier(store, postman), OFFICE, morning + timedelta(minutes=minutes))
    return postman


@contextmanager
def empty_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        opened = open_store(f"sqlite:///{folder}/dondoc.sqlite", Path(folder) / "ledger.head")
        upgrade(opened)
        yield opened
        opened.engine.dispose()


# ------------------------------------------------------------------------------------------------- nothing missing


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    mornings=st.lists(st.sampled_from(MORNINGS), unique=True).map(lambda days: sorted(days, key=instant)),
    answers=st.lists(st.sampled_from(ANSWERS), max_size=8),
)
def test_every_row_of_the_store_is_in_the_pack_once_whatever_became_of_it(
    mornings: list[str], answers: list[Outcome]
) -> None:
    with empty_store() as store:
        lived(store, mornings, *answers)
        pack, kept = proof(store), rows(store)
        assert [one.number for one in pack.urgings] == list(range(1, len(kept) + 1))
        told = Counter((u.milestone, u.rung, u.person, u.channel, u.state, u.note) for u in pack.urgings)
        assert told == Counter(
            (r.key.milestone, r.key.rung, r.key.person, r.key.channel, r.state.value, r.note) for r in kept
        )
        for one in pack.urgings:
            assert (one.spoken_by is not None) == (one.state == State.COALESCED)
        stored = {one.id: one for one in messages(store)}
        carrying = {one.message for one in pack.urgings if one.message}
        assert len(pack.messages) == len({one.id for one in pack.messages})
        assert carrying <= {one.id for one in pack.messages} <= stored.keys()
        for copy in pack.messages:
            assert (copy.subject, copy.text, copy.address) == (
                stored[copy.id].subject,
                stored[copy.id].text,
                stored[copy.id].address,
            )
            tried = [(t.number, t.at, t.outcome, t.code) for t in pack.transmissions if t.message == copy.id]
            assert tried == [(line.number, line.at, line.outcome.value, line.code) for line in log(store, copy.id)]


def test_a_letter_put_off_and_its_successor_are_both_in_the_pack(store: Store) -> None:
    lived(store, [], TryLater(code=451, detail="greylisted"))
    pack = proof(store, Scope(directive=ALONE.code, person=LEAD))
    first, second = pack.messages
    assert {one.message for one in pack.urgings} == {second.id}
    assert first.urgings == second.urgings == tuple(one.number for one in pack.urgings)
    assert [(t.message, t.outcome, t.code, t.detail) for t in pack.transmissions] == [
        (first.id, "deferred", "451", "greylisted"),
        (second.id, "accepted", "250", None),
    ]
    assert (first.sent_at, second.sent_at is not None) == (None, True)


def test_what_a_suspension_silenced_is_spoken_for_when_the_work_goes_on(store: Store) -> None:
    looked(store, OFFICE, STARTS)
    known(
        store,
        entry(EntryKind.SUSPEND, "30/5/2024 10:00", actor="theo-doi"),
        entry(EntryKind.RESUME, "14/6/2024 10:00", actor="theo-doi"),
    )
    looked(store, OFFICE, instant("14/6/2024 11:00"))
    urgings = {one.rung: one for one in proof(store, Scope(directive=ALONE.code, milestone="khoi-cong")).urgings}
    assert urgings["before-30"].state == State.COALESCED
    assert urgings["before-30"].spoken_by == urgings["resumed"].number


# ----------------------------------------------------------------------------------------------- what must not be told


def test_a_restricted_document_is_referred_to_and_its_entries_say_nothing(store: Store) -> None:
    notice = NOTICE.model_copy(update={"restriction": Restriction.RESTRICTED})
    secret = configured(variant(notice=notice, coordinating=()))
    known(store, *PROJECTS, started("3/6/2024"))
    looked(store, secret, STARTS)
    pack = proof(store, WHOLE, secret)
    told = repr(pack)
    for word in (FOOTNOTE_8.title, FOOTNOTE_8.quote, "Khởi công", "Dự án", "chậm nhất trong tháng 6/2024"):
        assert word not in told
    assert pack.tasks[0].title == "Nhiệm vụ giao tại Thông báo kết luận kiểm tra huyện Bắc Sơn"
    assert {line.text for line in pack.lines} == {"Nội dung không nêu: văn bản hạn chế phổ biến."}
    assert {one.name for one in pack.urgings} == {"Mốc công việc"}


# ------------------------------------------------------------------------------------------------ what was, and is not


def test_a_directive_no_longer_in_force_keeps_its_proof(store: Store) -> None:
    with session(store) as opened:
        adopt(opened, Area.DIRECTIVE, ALONE.code, ALONE.model_dump_json(by_alias=True), STARTS, "quan-tri")
    lived(store, [])
    with session(store) as opened:
        remove(opened, Area.DIRECTIVE, ALONE.code, NOW, "quan-tri")
    pack = proof(store, WHOLE, configured())
    assert len(pack.urgings) == len(rows(store))
    assert {one.title for one in pack.urgings} == {task.title for task in pack.tasks} == {ALONE.title}
    assert {one.name for one in pack.urgings} == {one.name for one in ALONE.milestones}


def test_a_person_who_left_the_list_keeps_their_proof(store: Store) -> None:
    lived(store, [])
    people = tuple(one for one in OFFICE.rules.office.people if one.code != LEAD)
    gone = configured(ALONE, given=rules(people=people))
    pack = proof(store, Scope(person=LEAD), gone)
    assert {(one.person_name, one.post) for one in pack.urgings} == {(LEAD, "")}
    body = People(people=OFFICE.rules.office.people).model_dump_json(by_alias=True)
    with session(store) as opened:
        adopt(opened, Area.PEOPLE, Area.PEOPLE, body, STARTS, "quan-tri")
    pack = proof(store, Scope(person=LEAD), gone)
    assert {(one.person_name, one.post) for one in pack.urgings} == {("dau moi huyen", "đầu mối UBND huyện Bắc Sơn")}


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        (Scope(directive="khong-co"), "không có nhiệm vụ “khong-co”; xem danh sách bằng dondoc plan"),
        (Scope(directive=ALONE.code, milestone="x"), f"nhiệm vụ “{ALONE.code}” không có mốc “x”"),
        (Scope(person="khong-ai"), "không có cán bộ “khong-ai” trong people.yaml"),
    ],
)
def test_what_never_was_is_refused(store: Store, scope: Scope, says: str) -> None:
    with pytest.raises(UnknownScopeError, match=says):
        proof(store, scope)


def test_nothing_urged_yet_is_an_empty_pack(store: Store) -> None:
    pack = proof(store, Scope(directive=UNDATED.code), configured(UNDATED))
    assert (pack.urgings, pack.messages, pack.transmissions, pack.lines) == ((), (), (), ())
    assert (pack.head_count, [task.code for task in pack.tasks]) == (0, [UNDATED.code])


# --------------------------------------------------------------------------------------------------------------- scale


def test_ten_thousand_deliveries_are_read_in_a_handful_of_statements(store: Store) -> None:
    people = [one.code for one in OFFICE.rules.office.people]
    with session(store) as opened:
        insert_new(opened, (_row(number, people[number % len(people)]) for number in range(10_000)), STARTS)
    statements: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    pack = proof(store)
    assert len(pack.urgings) == 10_000
    assert len(statements) < 20


def _row(number: int, person: str) -> Delivery:
    key = Key(
        directive=ALONE.code,
        milestone="khoi-cong",
        rung=f"overdue-{number + 1}",
        occurrence="2024-06-30",
        person=person,
        channel="email",
    )
    at = instant("1/7/2024 07:30") + timedelta(minutes=number)
    state = State.COALESCED if number % 3 else State.BEFORE_START
    return Delivery(key=key, reason=Reason.LEAD, subjects=(), rung_at=at, not_before=at, state=state)
