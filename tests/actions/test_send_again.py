"""What waits is looked at again before it is sent: the hour, the matter, the reader and the reader's address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from actions.courier import Courier, Delivered
from actions.deliver import AT_ONCE, deliver
from actions.evaluate import evaluate_each
from channels.letter import Accepted, Letter, Outcome, TryLater, Unauthorised
from config.channel import Channel, ChannelKind
from config.reading import Configuration
from domain.ledger import Entry, EntryKind
from domain.office import Interval, Person, Post, Role
from domain.outbox import State
from domain.workdays import Calendar, Special
from store import Store, reading
from store.messages import MessageState
from store.moments import due_for_look
from tests.actions.offices import (
    ALONE,
    DESK,
    RULES,
    STARTS,
    Postman,
    by_mail,
    configured,
    courier,
    known,
    looked,
    messages,
    rows,
)
from tests.world import (
    CALENDAR,
    CAU,
    DUONG,
    PEOPLE,
    PROJECTS,
    TAN_THANH,
    day,
    entry,
    instant,
    person,
    rules,
    started,
)

OFFICE = configured(ALONE)
LEAD, OF_BRIDGE, OF_ROAD = "dau-moi-huyen", "dau-moi-tan-thanh", "dau-moi-vu-le"
FRIDAY = instant("28/6/2024 07:30")
"""The last working day in time: the due is Sunday 30/6."""
MONDAY = instant("1/7/2024 07:30")
GREYLISTED = TryLater(code=451, detail="greylisted")


def swept(store: Store, office: Configuration, when: str) -> Delivered:
    """A look at whatever is due, and a round of delivery."""
    with reading(store) as opened:
        codes = due_for_look(opened, instant(when))
    assert evaluate_each(store, office, codes, instant(when)).faults == ()
    return deliver(courier(store, Postman()), office, instant(when))


def planned(store: Store) -> set[str]:
    return {row.key.person for row in rows(store) if row.state is State.PLANNED}


# ----------------------------------------------------------------------------------------------------------- the window


@pytest.mark.parametrize(
    "shut",
    ["28/6/2024 17:00", "28/6/2024 22:00", "29/6/2024 10:00", "1/7/2024 07:29"],
    ids=["closing", "night", "saturday", "before-opening"],
)
def test_what_nobody_sent_in_the_window_waits_for_the_next(store: Store, shut: str) -> None:
    postman = Postman()
    looked(store, OFFICE, FRIDAY)
    assert deliver(courier(store, postman), OFFICE, instant(shut)) == Delivered()
    assert postman.given == []
    assert {row.not_before for row in rows(store) if row.state is State.PLANNED} == {MONDAY}
    deliver(courier(store, postman), OFFICE, MONDAY)
    assert postman.readers.count(LEAD) == 1


def test_a_day_declared_off_after_planning_brings_no_letters(store: Store) -> None:
    typhoon = Special(FRIDAY.date(), works=False, name="nghỉ tránh bão", source="Công điện")
    closed = Calendar("bao", CALENDAR.first, CALENDAR.last, CALENDAR.confirmed_through, (*CALENDAR.specials, typhoon))
    looked(store, OFFICE, FRIDAY)
    office = configured(ALONE, given=type(RULES)(office=RULES.office, calendar=closed, policy=RULES.policy))
    postman = Postman()
    assert deliver(courier(store, postman), office, FRIDAY) == Delivered()
    assert postman.given == []


def test_what_was_done_in_the_evening_is_dropped_in_the_evening(store: Store) -> None:
    looked(store, OFFICE, FRIDAY)
    known(store, started("28/6/2024", recorded="28/6/2024 18:00"))
    deliver(courier(store, Postman()), OFFICE, instant("28/6/2024 20:00"))
    assert {row.state for row in rows(store) if row.key.rung == "before-0"} == {State.OBSOLETE}


# ------------------------------------------------------------------------------------------------------ after a crash


def crashed(store: Store, office: Configuration = OFFICE, *, at: str = "28/6/2024 16:59") -> None:
    """The process dies with the bridge's letter on its way; everybody else has theirs."""

    def die(reader: str) -> None:
        if reader == OF_BRIDGE:
            raise KeyboardInterrupt

    known(store, *PROJECTS)
    looked(store, office, instant("27/6/2024 08:00"))
    deliver(courier(store, Postman()), office, instant("27/6/2024 08:00"))
    looked(store, office, instant(at))
    with pytest.raises(KeyboardInterrupt):
        deliver(courier(store, Postman(before=die)), office, instant(at))
    deliver(courier(store, Postman()), office, instant(at))


def bridge(store: Store) -> MessageState:
    """How far the bridge's last letter came."""
    return [one.state for one in messages(store) if one.person == OF_BRIDGE][-1]


def test_a_broken_off_letter_is_sent_again_in_the_window_alone(store: Store) -> None:
    crashed(store)
    postman = Postman()
    assert deliver(courier(store, postman), OFFICE, instant("29/6/2024 23:00")).unknown == 1
    assert (postman.given, bridge(store)) == ([], MessageState.UNKNOWN)
    deliver(courier(store, postman), OFFICE, MONDAY)
    assert (OF_BRIDGE in postman.readers, bridge(store)) == (True, MessageState.ACCEPTED)


@pytest.mark.parametrize(
    "since",
    [
        started("28/6/2024", CAU, recorded="28/6/2024 18:00"),
        entry(EntryKind.CANCEL, "28/6/2024 18:00", subject=CAU),
        entry(EntryKind.HAND_OVER, "28/6/2024 18:00", subject=CAU, unit="so-y-te"),
    ],
    ids=["done", "cancelled", "handed-over"],
)
def test_a_broken_off_letter_whose_matter_is_settled_is_not_sent_again(store: Store, since: Entry) -> None:
    crashed(store)
    known(store, since)
    postman = Postman()
    deliver(courier(store, postman), OFFICE, MONDAY)
    assert (OF_BRIDGE in postman.readers, bridge(store)) == (False, MessageState.UNKNOWN)


def moved(one: Person) -> Person:
    return one.model_copy(update={"email": "noi-khac@bacson.example"}) if one.code == OF_BRIDGE else one


@pytest.mark.parametrize(
    "change", [moved, lambda one: None if one.code == OF_BRIDGE else one], ids=["address-changed", "person-gone"]
)
def test_a_broken_off_letter_is_not_sent_to_another_address(
    store: Store, change: Callable[[Person], Person | None]
) -> None:
    crashed(store)
    people = [one for one in map(change, by_mail(PEOPLE)) if one is not None]
    postman = Postman()
    deliver(courier(store, postman), configured(ALONE, given=rules(people=people)), MONDAY)
    assert (OF_BRIDGE in postman.readers, bridge(store)) == (False, MessageState.UNKNOWN)


# ------------------------------------------------------------------------------------------------------ the reader


def test_who_takes_over_a_post_gets_the_rung_that_its_last_holder_missed(store: Store) -> None:
    def holder(code: str, **valid: object) -> Person:
        return person(code, Post(unit=TAN_THANH, role=Role.FOCAL, valid=Interval.model_validate(valid)))

    others = [one for one in PEOPLE if one.code != OF_BRIDGE]
    pair = [holder("nguoi-cu", to=day("31/5/2024")), holder("nguoi-moi", **{"from": day("1/6/2024")})]
    office = configured(ALONE, given=rules(people=by_mail([*others, *pair])))
    known(store, *PROJECTS)
    for morning in ("22/4/2024 08:00", "23/4/2024 08:00"):
        swept(store, office, morning)
    looked(store, office, instant("31/5/2024 16:30"))
    refused: dict[str, list[Outcome]] = {"nguoi-cu": [GREYLISTED]}
    deliver(courier(store, Postman(refused)), office, instant("31/5/2024 16:59"))
    assert planned(store) == {"nguoi-cu"}
    swept(store, office, "3/6/2024 08:00")
    swept(store, office, "3/6/2024 08:15")
    heard = {row.key.person: row.state for row in rows(store) if row.key.rung == "before-30"}
    assert (heard["nguoi-cu"], heard["nguoi-moi"]) == (State.OBSOLETE, State.ACCEPTED)


def test_what_is_recorded_while_a_round_runs_is_known_to_its_later_letters(store: Store) -> None:
    postman = Postman()

    def meanwhile(_reader: str) -> None:
        if not postman.given:
            for one in (CAU, DUONG):
                told = started("28/6/2024", one, recorded="28/6/2024 07:30")
                known(store, told.model_copy(update={"recorded_at": FRIDAY + timedelta(microseconds=1)}))

    known(store, *PROJECTS)
    looked(store, OFFICE, instant("27/6/2024 07:30"))
    deliver(courier(store, Postman()), OFFICE, instant("27/6/2024 07:30"))
    looked(store, OFFICE, FRIDAY)
    postman.before = meanwhile
    done = deliver(courier(store, postman), OFFICE, FRIDAY)
    assert (len(postman.given), done.sent) == (1, 1)
    assert done.obsolete > 0


# ------------------------------------------------------------------------------------------------------ the channel


def crowded() -> Configuration:
    """More readers on the e-mail channel than a look takes, and after them all one on another."""
    crowd = [person(f"p-{n:04}", (TAN_THANH, Role.FOCAL), channels=("email",)) for n in range(AT_ONCE + 20)]
    last = person("z-cuoi", (TAN_THANH, Role.FOCAL), channels=("zalo",))
    office = configured(ALONE, given=rules(people=by_mail([*PEOPLE, *crowd, last])))
    zalo = Channel(code="zalo", kind=ChannelKind.EMAIL, name="Zalo", sending=True)
    return Configuration(office.rules, (*office.channels, zalo), office.directives)


def starving(answer: Callable[[str], Outcome], office: Configuration, store: Store) -> list[str]:
    """Who was handed to the other channel while e-mail answers so."""
    reached: list[str] = []

    def post(channel: Channel, reader: Person, _letter: Letter) -> Outcome:
        if channel.code == "email":
            return answer(reader.code)
        reached.append(reader.code)
        return Accepted(code=250)

    known(store, PROJECTS[0])
    looked(store, office, STARTS)
    deliver(Courier(store, DESK, post, "a"), office, STARTS)
    return reached


def test_a_channel_that_lets_nobody_in_starves_no_other(store: Store) -> None:
    shut = Unauthorised(code=535, detail="authentication failed")
    reached = starving(lambda _: shut, crowded(), store)
    assert (reached[0], set(reached[1:])) == ("z-cuoi", {OF_BRIDGE, LEAD})  # who has a second channel is told by that
    assert MessageState.UNAUTHORISED in {one.state for one in messages(store)}


def test_faults_with_many_readers_starve_no_other(store: Store, expected_errors: list[str]) -> None:
    expected_errors += ["^không gửi được thông điệp cho"]

    def broken(_reader: str) -> Outcome:
        raise RuntimeError("hỏng")

    assert starving(broken, crowded(), store) == ["z-cuoi"]


def test_rows_of_a_channel_that_is_gone_stay_and_starve_no_other(store: Store) -> None:
    office = crowded()
    assert starving(lambda _: GREYLISTED, Configuration(office.rules, office.channels[1:], office.directives), store)
    assert len(planned(store)) > AT_ONCE
