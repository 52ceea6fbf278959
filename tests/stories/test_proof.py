"""The proof of a summer: what was urged of whom, in the very words of the letters, and what came back."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from actions.proof import prove
from actions.proof_messages import MASK
from config.link import LASTS
from domain.clocktime import at
from domain.ledger import EntryKind
from domain.outbox import State
from reports.proof import Pack, Scope
from store import reading
from tests.stories.conftest import Founding
from tests.stories.town import CODE, HEAD, LEAD, MONITOR, MORNING, PLAN, Town, drafted, when

ALL_EXPIRED = timedelta(0)
NOW = when(7, 31)


def proof(town: Town, scope: Scope, links_last: timedelta = ALL_EXPIRED) -> Pack:
    with reading(town.store) as opened:
        return prove(opened, town.configuration, scope, NOW, links_last, illustrative=False)


@pytest.fixture
def summer(found: Founding) -> Town:
    """Two directives: urged, read, an outage over two rungs, late, reported and returned."""
    town = found(drafted(CODE, PLAN), at(date(2024, 4, 22)))
    for month, day in ((4, 22), (5, 31), (6, 14)):
        town.tick(at(date(2024, month, day), MORNING))
    town.say(when(6, 14), EntryKind.ACKNOWLEDGE)
    town.tick(at(date(2024, 6, 28), time(8)))  # 21/6 and 27/6 passed while the machine stood still
    for month, day in ((7, 1), (7, 4), (7, 8), (7, 11)):
        town.tick(at(date(2024, month, day), MORNING))
    town.report(when(7, 11), "khoi-cong", "xong", id="khoi-cong-1")
    town.say(when(7, 12), EntryKind.RETURN, actor=MONITOR, refers_to="khoi-cong-1", text="chưa có biên bản")
    town.tick(at(date(2024, 7, 25), MORNING))
    return town


def test_every_urging_is_named_once_and_numbered_without_gaps(summer: Town) -> None:
    pack = proof(summer, Scope(directive=CODE))
    rows = summer.history()
    assert [one.number for one in pack.urgings] == list(range(1, len(rows) + 1))
    told = sorted((one.milestone, one.rung, one.person, one.channel, one.state) for one in pack.urgings)
    kept = sorted((r.key.milestone, r.key.rung, r.key.person, r.key.channel, r.state.value) for r in rows)
    assert told == kept
    assert [one.planned_at for one in pack.urgings] == sorted(row.rung_at for row in rows)
    summer.taken()


def test_the_texts_are_the_letters_to_the_letter(summer: Town) -> None:
    packs = [proof(summer, Scope(directive=code)) for code in (CODE, PLAN)]
    told = {one.id: (one.person, one.subject, one.text) for pack in packs for one in pack.messages}
    assert told == {one.message_id: (who, one.subject, one.text) for _, who, one in summer.letters}
    carried = [(one.id, number) for one in packs[0].messages for number in one.urgings]
    assert sorted(carried) == sorted((one.message, one.number) for one in packs[0].urgings if one.message)
    assert [one.outcome for one in packs[0].transmissions] == ["accepted"] * len(packs[0].messages)
    summer.taken()


def test_a_link_that_still_opens_is_copied_without_its_key(summer: Town) -> None:
    exact, copied = (proof(summer, Scope(person=LEAD), lasts).messages for lasts in (ALL_EXPIRED, LASTS))
    masked = {one.id for one in copied if one.masked}
    assert masked == {one.id for one in exact if one.written_at >= NOW - LASTS}
    assert 0 < len(masked) < len(exact)
    for was, is_ in zip(exact, copied, strict=True):
        assert was.text_sha256 == is_.text_sha256
        assert (is_.text == was.text) != is_.masked
        assert is_.text.count(MASK) == (was.text.count("/p/") if is_.masked else 0)
    summer.taken()


def test_an_acknowledgement_stands_with_what_it_answers_and_in_the_ledger(summer: Town) -> None:
    pack = proof(summer, Scope(directive=CODE, person=LEAD))
    answered = {one.rung: one.acknowledged_at for one in pack.urgings if one.milestone == "khoi-cong"}
    assert (answered["before-30"], answered["before-14"]) == (when(6, 14), when(6, 14))
    assert answered["overdue-1"] is None
    said = [(line.kind, line.actor, line.text) for line in pack.lines if line.recorded_at > when(6, 1)]
    assert said == [
        ("acknowledge", LEAD, ""),
        ("report", LEAD, "Khởi công: đã thực hiện"),
        ("return", MONITOR, "về bút toán khoi-cong-1; chưa có biên bản"),
    ]
    assert [line.kind for line in proof(summer, Scope(directive=CODE, person=HEAD)).lines if line.actor == LEAD] == [
        "report"
    ]
    summer.taken()


def test_what_was_not_sent_by_itself_names_what_spoke_for_it(summer: Town) -> None:
    pack = proof(summer, Scope(directive=CODE, milestone="khoi-cong", person=LEAD))
    by_rung = {one.rung: one for one in pack.urgings}
    spoke = by_rung["before-1"]
    assert spoke.message in {one.id for one in pack.messages}
    silent, acknowledged = by_rung["before-3"], by_rung["before-7"]
    assert (silent.state, silent.message) == (State.COALESCED, None)
    assert (silent.spoken_by, silent.spoken_message) == (spoke.number, spoke.message)
    assert (acknowledged.state, acknowledged.message, acknowledged.spoken_by) == (State.OBSOLETE, None, None)
    assert (acknowledged.note or "").startswith("đã tiếp nhận lúc 09:00 ngày 14/6/2024")
    summer.taken()


def test_days_narrow_the_pack_and_the_voice_outside_is_still_named(summer: Town) -> None:
    whole = proof(summer, Scope(directive=CODE, person=LEAD))
    spoken = next(one for one in whole.urgings if one.rung == "before-3")
    pack = proof(summer, Scope(directive=CODE, person=LEAD, first=date(2024, 6, 15), last=date(2024, 6, 27)))
    assert [one.number for one in pack.urgings] == list(range(1, len(pack.urgings) + 1))
    assert {one.planned_at.date() for one in pack.urgings} <= {date(2024, 6, day) for day in range(14, 28)}
    narrowed = next(one for one in pack.urgings if one.rung == "before-3")
    assert (narrowed.spoken_by, narrowed.spoken_message) == (None, spoken.spoken_message)
    assert spoken.spoken_message is not None
    assert [line.kind for line in pack.lines] == []
    summer.taken()


def test_a_person_has_one_pack_over_all_directives(summer: Town) -> None:
    pack = proof(summer, Scope(person=LEAD))
    rows = [row for code in (CODE, PLAN) for row in summer.history(code) if row.key.person == LEAD]
    assert len(pack.urgings) == len(rows)
    assert {one.code for one in pack.tasks} == {CODE, PLAN}
    assert {one.address for one in pack.messages} == {letter.to for _, who, letter in summer.letters if who == LEAD}
    assert {line.actor for line in pack.lines} <= {LEAD, MONITOR}
    summer.taken()
