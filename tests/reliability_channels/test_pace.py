"""How fast, how much and when: a channel's minute, its day and its hours, a person's day, and whose turn it is."""

from __future__ import annotations

from collections import Counter
from datetime import time

from config.channel import Hours
from domain.office import Role
from tests.actions.offices import ALONE, EMAIL
from tests.reliability_channels.hall import (
    BRIDGE,
    DAY,
    HOUR,
    HUYEN,
    MINUTE,
    READERS,
    ROAD,
    START,
    ZALO,
    Hall,
    Scene,
    rows_of,
)
from tests.world import HUYEN as UNIT
from tests.world import UNDATED, person

MORE = tuple(
    person(f"can-bo-{n}", (UNIT, Role.FOCAL)).model_copy(update={"email": f"can-bo-{n}@bacson.example"})
    for n in range(4)
)


def limited(hall: Hall, **limits: object) -> None:
    """E-mail with limits of its own."""
    hall.channels = (EMAIL.model_copy(update=limits), ZALO)


def test_a_full_minute_is_waited_for_within_the_round(hall: Hall) -> None:
    limited(hall, per_minute=2)
    assert hall.tick(START).sent == 3
    assert hall.waited == [60.0]
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(email="accepted"))


def test_a_round_waits_four_minutes_at_the_most_and_the_next_one_goes_on(hall: Hall) -> None:
    hall.people("email", more=MORE)
    limited(hall, per_minute=1)
    assert hall.tick(START).sent == 5
    assert hall.waited == [60.0] * 4
    assert hall.tick(START + 5 * MINUTE).sent == 2
    assert set(Counter(hall.scene().mail).values()) == {1}


def test_the_other_channel_does_not_wait_for_the_crowded_one(hall: Hall) -> None:
    hall.person(ROAD, channels=("zalo",))
    limited(hall, per_minute=1)
    seen: list[tuple[int, ...]] = []
    pause = hall.waited.append

    def looking(seconds: float) -> None:
        seen.append((len(hall.scene().mail), len(hall.scene().zalo)))
        pause(seconds)

    hall.waited = Listening(looking)
    hall.tick(START)
    assert seen == [(1, 1)]
    assert (hall.scene().mail, hall.scene().zalo) == ((HUYEN, BRIDGE), (ROAD,))


class Listening(list[float]):
    """A list that says what comes."""

    def __init__(self, told: object) -> None:
        super().__init__()
        self._told = told

    def append(self, value: float) -> None:
        assert callable(self._told)
        self._told(value)


def test_a_spent_day_sends_the_rest_by_the_other_channel_and_tells_an_admin(hall: Hall) -> None:
    limited(hall, per_day=2)
    hall.tick(START)
    accepted = {f"{HUYEN} email accepted", f"{BRIDGE} email accepted", f"{ROAD} zalo accepted"}
    assert hall.scene() == Scene(
        mail=(HUYEN, BRIDGE),
        zalo=(ROAD,),
        rows=frozenset(accepted | {f"{ROAD} email obsolete"}),
        stops=frozenset({"email quota 23/4 07:30"}),
        told=("Zalo: quan tri",),
    )
    assert hall.next_matter_goes(START + HOUR) == "zalo"
    assert hall.next_matter_goes(START + DAY) == "email"
    assert hall.scene().stops == frozenset()


def test_a_spent_day_without_another_channel_waits_for_tomorrow(hall: Hall) -> None:
    hall.people("email")
    limited(hall, per_day=2)
    hall.tick(START)
    assert f"{ROAD} email planned 23/4 07:30" in hall.scene().rows
    hall.tick(START + DAY)
    assert hall.scene().mail == READERS


def test_a_channel_keeps_its_hours_and_no_other_speaks_meanwhile(hall: Hall) -> None:
    limited(hall, hours=Hours(opens=time(9, 0), closes=time(10, 0)))
    hall.tick(START)
    assert hall.scene() == Scene(rows=frozenset(f"{reader} email planned 09:00" for reader in READERS))
    hall.tick(START + 1.5 * HOUR)
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(email="accepted"))


def test_after_its_hours_a_channel_waits_for_those_of_the_next_day(hall: Hall) -> None:
    limited(hall, hours=Hours(opens=time(6, 0), closes=time(10, 0)))
    hall.tick(START + 3 * HOUR)
    assert hall.scene().rows == frozenset(f"{reader} email planned 23/4 07:30" for reader in READERS)
    hall.tick(START + DAY)
    assert hall.scene().mail == READERS


def test_who_has_had_nothing_today_comes_before_who_has_waited_longer(hall: Hall) -> None:
    hall.directives = (UNDATED,)
    hall.tick(START)
    assert [copy.to.partition("@")[0] for copy in hall.bag] == [HUYEN]
    hall.directives += (UNDATED.model_copy(update={"code": "viec-moi"}),)
    hall.look(START + MINUTE)  # the huyện's second message waits from here on, the communes' first one minute less
    hall.directives += (ALONE,)
    hall.look(START + 2 * MINUTE)
    hall.deliver(START + 3 * MINUTE)
    assert [copy.to.partition("@")[0] for copy in hall.bag] == [HUYEN, BRIDGE, ROAD, HUYEN]


def test_the_day_of_a_person_is_full_at_the_policys_count_and_goes_on_tomorrow(hall: Hall) -> None:
    hall.people("email", "zalo", cap_per_person=2)
    hall.tick(START)
    assert hall.next_matter_goes(START + HOUR) == "email"
    assert hall.next_matter_goes(START + 2 * HOUR) == ""
    assert f"{HUYEN} email planned 23/4 07:30" in hall.scene().rows
    hall.tick(START + DAY)
    assert Counter(hall.scene().mail)[HUYEN] == 3
    assert hall.scene().zalo == ()
