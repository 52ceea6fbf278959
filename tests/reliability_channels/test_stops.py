"""Stops outlive the round and the process, are tried again when their time has come, and go with the first success."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.switching import Scope, switch_off, switch_on
from store import reading, session
from store.stops import open_stops
from tests.reliability_channels.faults import LOGIN, taken_off
from tests.reliability_channels.hall import (
    BRIDGE,
    DAY,
    HOUR,
    HUYEN,
    MINUTE,
    READERS,
    START,
    Hall,
    Scene,
    rows_of,
)
from tests.reliability_channels.mailserver import Mailserver

SECOND = timedelta(seconds=1)
OFF = frozenset({"all switched_off -"})
WAITING = frozenset(f"{reader} email planned 07:30" for reader in READERS)


def locked_out(hall: Hall, server: Mailserver) -> None:
    """The password is wrong."""
    hall.smtp, server.offers = dict(LOGIN), ("AUTH PLAIN",)
    server.moods = {"AUTH": "535 5.7.8 authentication failed"}


def test_a_channel_that_lets_nobody_in_is_probed_with_one_message_an_hour(hall: Hall, server: Mailserver) -> None:
    locked_out(hall, server)
    hall.tick(START)
    for minutes in (5, 30, 59):
        assert hall.next_matter_goes(START + minutes * MINUTE) == "zalo"
    assert server.steps["AUTH"] == 1
    assert hall.next_matter_goes(START + HOUR) == "zalo"  # one is tried in vain, and told by Zalo in the same round
    assert server.steps["AUTH"] == 2
    assert hall.scene().stops == frozenset({"email unauthorised 09:30"})
    assert hall.next_matter_goes(START + HOUR + MINUTE) == "zalo"
    assert server.steps["AUTH"] == 2
    taken_off(hall, server)
    assert hall.next_matter_goes(START + 2 * HOUR) == "email"
    assert hall.scene().stops == frozenset()
    assert hall.next_matter_goes(START + 2 * HOUR + MINUTE) == "email"


def test_the_same_trouble_is_told_once_a_day(hall: Hall, server: Mailserver) -> None:
    locked_out(hall, server)
    hall.tick(START)
    for hours in (1, 3, 5):
        hall.next_matter_goes(START + hours * HOUR)
    assert len(hall.scene().told) == 1
    hall.next_matter_goes(START + DAY + HOUR)
    assert len(hall.scene().told) == 2


def test_a_success_right_after_a_lost_line_leaves_no_silence_behind(hall: Hall, server: Mailserver) -> None:
    server.moods = {"greeting": lambda number, _to: "421 4.3.2 busy" if number == 1 else ""}
    hall.tick(START)
    assert len(hall.scene().mail) == 2
    assert hall.scene().stops == frozenset()


def test_two_lost_lines_in_a_row_shut_the_channel_and_a_success_between_them_does_not(
    hall: Hall, server: Mailserver
) -> None:
    server.moods = {"greeting": lambda number, _to: "421 4.3.2 busy" if number in (1, 3) else "", "said": "(hangs up)"}
    hall.tick(START)
    assert hall.scene().mail == (BRIDGE,)
    assert server.steps["greeting"] == 3


# ----------------------------------------------------------------------------------------------------------- the switch


def switched(hall: Hall, scope: Scope, *, off: bool) -> None:
    with session(hall.store) as opened:
        if off:
            assert switch_off(opened, hall.configuration, scope, "thử", hall.clock())
        else:
            assert switch_on(opened, hall.configuration, scope, hall.clock(), "quản trị")


def test_while_sending_is_off_nothing_goes_out_and_all_of_it_once_it_is_on(hall: Hall, server: Mailserver) -> None:
    switched(hall, Scope(), off=True)
    assert hall.tick(START).stopped == "thử"
    assert hall.scene() == Scene(rows=WAITING, stops=OFF)
    assert server.steps["greeting"] == hall.asked.total() == 0
    switched(hall, Scope(), off=False)
    hall.tick(START + HOUR)
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(email="accepted"))


def test_switched_off_in_the_middle_of_a_round_the_message_on_its_way_is_the_last(
    hall: Hall, server: Mailserver
) -> None:
    def switching(step: str) -> None:
        if step == "dot" and not server.bag[1:]:
            switched(hall, Scope(), off=True)

    server.before = switching
    hall.tick(START)
    scene = hall.scene()
    assert (scene.mail, scene.stops) == ((HUYEN,), OFF)
    assert scene.rows == {f"{HUYEN} email accepted", *(row for row in WAITING if HUYEN not in row)}
    server.before = lambda _step: None
    switched(hall, Scope(), off=False)
    hall.tick(START + MINUTE)
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(email="accepted"))


def test_a_channel_switched_off_in_the_middle_of_a_round_hands_over(hall: Hall, server: Mailserver) -> None:
    def switching(step: str) -> None:
        if step == "dot" and not server.bag[1:]:
            switched(hall, Scope("email"), off=True)

    server.before = switching
    hall.tick(START)
    assert hall.scene().mail == (HUYEN,)
    hall.tick(START + MINUTE)
    assert hall.scene().mail == (HUYEN,)
    assert hall.scene().zalo == READERS[1:]
    assert hall.scene().told == ()


def test_what_somebody_switched_off_is_lifted_by_no_message(hall: Hall) -> None:
    switched(hall, Scope("email", HUYEN), off=True)
    hall.tick(START)
    assert (hall.scene().zalo, hall.scene().mail) == ((HUYEN,), READERS[1:])
    hall.tick(START + DAY)
    assert hall.next_matter_goes(START + 2 * DAY) == "zalo"
    switched(hall, Scope("email", HUYEN), off=False)
    assert hall.next_matter_goes(START + 3 * DAY) == "email"


def test_a_channel_switched_off_while_its_probe_is_on_the_way_stays_off_when_that_goes_through(
    hall: Hall, server: Mailserver
) -> None:
    locked_out(hall, server)
    hall.tick(START)
    taken_off(hall, server)
    server.before = lambda step: switched(hall, Scope("email"), off=True) if step == "dot" else None
    assert hall.next_matter_goes(START + HOUR) == "email"
    assert hall.scene().stops == frozenset({"email switched_off -"})


def test_who_is_switched_off_on_their_only_channel_gets_nothing(hall: Hall) -> None:
    hall.person(HUYEN, channels=("email",))
    switched(hall, Scope("email", HUYEN), off=True)
    hall.tick(START)
    assert hall.scene().mail == READERS[1:]
    assert f"{HUYEN} email planned 07:30" in hall.scene().rows
    switched(hall, Scope("email", HUYEN), off=False)
    hall.tick(START + HOUR)
    assert hall.scene().mail == READERS


def test_an_admin_resumes_before_the_hour_is_over(hall: Hall, server: Mailserver) -> None:
    locked_out(hall, server)
    hall.tick(START)
    taken_off(hall, server)
    switched(hall, Scope(), off=False)
    with reading(hall.store) as opened:
        assert open_stops(opened) == ()
    assert hall.next_matter_goes(START + 5 * MINUTE) == "email"


@pytest.mark.parametrize("again", [START + MINUTE - SECOND, START + MINUTE])
def test_a_row_put_off_is_not_tried_before_its_minute(again: object, hall: Hall, server: Mailserver) -> None:
    server.moods = {"RCPT": "451 4.7.1 greylisted"}
    hall.tick(START)
    taken_off(hall, server)
    hall.tick(again)  # type: ignore[arg-type]
    assert len(hall.scene().mail) == (3 if again == START + MINUTE else 0)
