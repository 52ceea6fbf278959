"""Every way in which Zalo says no, and what it comes to; the stand-in answers as documented, the tokens are real.

Three readers wait, the huyện's first; each has Zalo and then e-mail. Nothing is ever sent twice on Zalo, and whoever it
does not take is told by e-mail in the same round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

import pytest

from channels.zalo.events import What
from channels.zalo.phone import normalised
from config.channel import Hours
from demo.zalo.faults import Fault
from demo.zalo.setup import give_tokens
from demo.zalo.standin import OA_ID
from domain.policy import Window
from store import reading, session
from store.messages import MessageState, all_messages
from store.receipts import delivered
from store.zalo_contacts import unlink
from tests.actions.offices import EMAIL
from tests.channels.postoffice import free_port, silent_server
from tests.channels.test_zalo_send import Recorder
from tests.channels.zalo_office import server_that
from tests.reliability_channels.hall import (
    BRIDGE,
    BY_PHONE,
    DAY,
    HOUR,
    HUYEN,
    MINUTE,
    READERS,
    ROAD,
    START,
    Hall,
    Scene,
    rows_of,
)
from tests.world import instant

BY_MAIL, ON_ZALO = "Thư điện tử: quan tri", "Zalo: quan tri"
TOKENS, CONSULTATION = "/access_token", "/message/cs"
SENT = Scene(zalo=READERS, rows=rows_of(zalo="accepted"))
E_MAIL_SPEAKS = rows_of(zalo="obsolete", email="accepted")


@pytest.fixture
def ways() -> tuple[str, ...]:
    return ("zalo", "email")


@dataclass(frozen=True)
class Row:
    """A line of the table: what Zalo answers to the first message, and how things stand after the round."""

    fault: Fault
    scene: Scene
    asked: int = 3
    """How often Zalo was asked to take a reminder in the round."""
    renewed: int = 0
    """How often it was asked for another token."""
    next_matter: str = "zalo"
    """By which channel the huyện is told of something new the next morning, Zalo being well."""


def said(code: int) -> Fault:
    return Fault(code=code, path=CONSULTATION)


def stopped(kind: str, until: str) -> Scene:
    """The channel is stopped at the first message; e-mail speaks to all in the same round, and tells an admin."""
    return Scene(mail=READERS, rows=E_MAIL_SPEAKS, stops=frozenset({f"zalo {kind} {until}"}), told=(BY_MAIL,))


def gone_round(state: str, *stops: str, told: bool = False) -> Scene:
    """The first reader is told by e-mail in the same round, the others by Zalo as ever; so is an admin: Zalo works."""
    first = {f"{HUYEN} zalo {state}", f"{HUYEN} email accepted"}
    return Scene(
        mail=(HUYEN,),
        zalo=(BRIDGE, ROAD),
        rows=frozenset(first | {f"{BRIDGE} zalo accepted", f"{ROAD} zalo accepted"}),
        stops=frozenset(stops),
        told=(ON_ZALO,) if told else (),
    )


def later(hour: str) -> Scene:
    """The first reader's message waits for that hour; nobody else speaks."""
    others = {f"{BRIDGE} zalo accepted", f"{ROAD} zalo accepted"}
    return Scene(zalo=(BRIDGE, ROAD), rows=frozenset({f"{HUYEN} zalo planned {hour}"} | others))


NOT_LET_IN = stopped("unauthorised", "08:30")
USED_UP = stopped("quota", "23/4 06:05")
PERSON_FULL = gone_round("obsolete", f"zalo/{HUYEN} quota 23/4 06:05")
NO_SUCH_READER = gone_round("failed", f"zalo/{HUYEN} refused -", told=True)
HELD = gone_round("held")
MESSAGE_REFUSED = gone_round("failed", told=True)

TABLE = {
    **{f"{code} renews the token, one copy": Row(said(code), SENT, asked=4, renewed=1) for code in (-124, -216, -220)},
    "401 of HTTP renews the token": Row(Fault(status=401, path=CONSULTATION), SENT, asked=4, renewed=1),
    **{f"{code} quota of the account": Row(said(code), USED_UP, asked=1) for code in (-211, -144)},
    **{f"{code} quota of the person": Row(said(code), PERSON_FULL) for code in (-218, -1472)},
    **{
        f"{code} the person is not to be reached": Row(said(code), NO_SUCH_READER, next_matter="email")
        for code in (-213, -217, -244, -141)
    },
    "-230 as a surprise": Row(said(-230), NO_SUCH_READER, next_matter="email"),
    "-32 too many calls": Row(said(-32), later("07:31")),
    "-200 could not be sent": Row(said(-200), later("07:31")),
    "a code nobody documented": Row(said(-99999), later("07:31")),
    "429 of HTTP": Row(Fault(status=429, path=CONSULTATION), later("07:31")),
    "503 of HTTP": Row(Fault(status=503, path=CONSULTATION), later("07:31")),
    **{f"{status} of HTTP": Row(Fault(status=status, path=CONSULTATION), HELD) for status in (500, 502, 504)},
    "an answer nobody can read": Row(Fault(body=b"<html>gateway</html>", path=CONSULTATION), HELD),
    "an empty answer": Row(Fault(body=b"", path=CONSULTATION), HELD),
    "taken, and no answer in time": Row(Fault(seconds=1.0, late=True, path=CONSULTATION), replace(HELD, zalo=READERS)),
    **{f"{code} needs an admin": Row(said(code), NOT_LET_IN, asked=1) for code in (-224, -321)},
    "403 of HTTP": Row(Fault(status=403, path=CONSULTATION), NOT_LET_IN, asked=1),
    "-210 the message": Row(said(-210), MESSAGE_REFUSED),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_an_answer_of_zalo_comes_to(row: Row, hall: Hall) -> None:
    if row.fault.seconds:
        hall.hurry_zalo()
    hall.standin.faults.add(row.fault)
    assert hall.tick(START).faults == 0
    assert hall.scene() == row.scene
    assert hall.asked[CONSULTATION] == row.asked + row.scene.told.count(ON_ZALO)
    assert hall.asked[TOKENS] == row.renewed
    assert len({copy.to for copy in hall.bag}) == len(hall.bag)
    assert hall.next_matter_goes(START + DAY) == row.next_matter
    assert [one for one in hall.scene().stops if "/" not in one] == []


def test_a_redirect_is_not_followed_and_the_channel_stops(hall: Hall) -> None:
    with server_that(Recorder) as elsewhere:
        hall.standin.faults.add(Fault(status=302, to=f"{elsewhere}/lay-ma", path=CONSULTATION))
        hall.tick(START)
    assert Recorder.requests == []
    assert hall.scene() == NOT_LET_IN
    assert hall.asked[CONSULTATION] == 1


# -------------------------------------------------------------------------------------------------------------- tokens


def test_a_dead_grant_stops_the_channel_with_one_alarm_and_e_mail_speaks_in_the_same_round(hall: Hall) -> None:
    hall.standin.grants.revoke()
    hall.tick(START)
    assert hall.scene() == replace(NOT_LET_IN, told=(BY_MAIL, BY_MAIL))
    (alarm,) = hall.alarms()
    assert "cấp quyền lại" in alarm
    assert hall.next_matter_goes(START + HOUR + MINUTE) == "email"
    assert hall.next_matter_goes(START + 3 * HOUR) == "email"
    assert (len(hall.alarms()), hall.standin.grants.asked) == (1, 1)
    assert hall.asked[CONSULTATION] == 1


def test_a_pair_from_the_admin_brings_zalo_back_at_the_next_probe(hall: Hall) -> None:
    hall.standin.grants.revoke()
    hall.tick(START)
    hall.standin.grants.grant()
    hall.clock.moment = START + HOUR / 2
    give_tokens(hall.standin, hall.store, hall.home, hall.clock())
    assert hall.next_matter_goes(START + HOUR / 2) == "email"  # stopped until the hour is over, or somebody resumes it
    assert hall.next_matter_goes(START + HOUR) == "zalo"
    assert hall.scene().stops == frozenset()


def test_a_token_service_that_is_busy_costs_a_minute_and_no_message(hall: Hall) -> None:
    hall.clock.moment = START + 2 * DAY
    hall.standin.faults.add(Fault(status=503, path=TOKENS))
    hall.tick(START + 2 * DAY)
    assert hall.scene().zalo == ()
    assert hall.scene().told == ()
    hall.tick(START + 2 * DAY + MINUTE)
    assert hall.scene().zalo == READERS
    assert hall.scene().stops == frozenset()
    assert hall.bag == []


# ------------------------------------------------------------------------------------------------ servers that are away


def test_zalo_that_cannot_be_reached_hands_over_after_ten_minutes(hall: Hall) -> None:
    hall.hurry_zalo(oa_url=f"http://127.0.0.1:{free_port()}")
    hall.tick(START)
    waiting = {f"{HUYEN} zalo planned 07:31", f"{BRIDGE} zalo planned 07:31", f"{ROAD} zalo planned 07:30"}
    assert hall.scene() == Scene(rows=frozenset(waiting), stops=frozenset({"zalo silent 07:30"}))
    hall.tick(START + 11 * MINUTE)
    assert hall.scene() == stopped("silent", "07:51")


def test_a_silent_zalo_holds_each_message_and_e_mail_speaks(hall: Hall) -> None:
    with silent_server() as port:
        hall.hurry_zalo(oa_url=f"http://127.0.0.1:{port}")
        hall.tick(START)
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(zalo="held", email="accepted"))


def test_a_held_message_that_is_received_after_all_is_delivered(hall: Hall) -> None:
    hall.hurry_zalo()
    hall.standin.faults.add(Fault(seconds=1.0, late=True, path=CONSULTATION))
    hall.tick(START)
    assert f"{HUYEN} zalo held" in hall.scene().rows
    with reading(hall.store) as opened:
        (held,) = (one for one in all_messages(opened) if one.state is MessageState.HELD)
    with session(hall.store) as opened:
        assert delivered(opened, held.id, START + MINUTE)
    assert f"{HUYEN} zalo delivered" in hall.scene().rows
    hall.tick(START + HOUR)
    assert hall.scene().mail == (HUYEN,)


# ----------------------------------------------------------------------------------------------- who is not written to


ENDING = START - 7 * DAY + 10 * MINUTE
"""Who was heard then is written to no more at START: Zalo's seven days, less what a round may take."""


@pytest.mark.parametrize("heard", [ENDING])
def test_who_was_silent_for_a_week_is_not_even_asked(hall: Hall) -> None:
    hall.tick(START)
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(email="accepted"))
    assert hall.asked[CONSULTATION] == 0


@pytest.mark.parametrize("heard", [ENDING + MINUTE])
def test_who_was_heard_within_the_week_is_told_on_zalo(hall: Hall) -> None:
    hall.tick(START)
    assert hall.scene() == SENT


@pytest.mark.parametrize("heard", [ENDING + MINUTE])
def test_a_week_that_ends_while_the_message_waits_hands_over_at_the_next_look(hall: Hall) -> None:
    hall.look(START)
    hall.tick(START + MINUTE)
    hall.tick(START + 2 * MINUTE)
    assert hall.scene() == Scene(mail=READERS, rows=E_MAIL_SPEAKS)
    assert hall.asked[CONSULTATION] == 0


def test_who_left_is_told_by_e_mail_and_who_comes_back_by_zalo(hall: Hall) -> None:
    hall.hears(HUYEN, What.UNFOLLOWED, START - MINUTE)
    hall.tick(START)
    assert hall.scene().mail == (HUYEN,)
    assert hall.scene().stops == frozenset()
    hall.hears(HUYEN, What.FOLLOWED, START + HOUR)
    assert hall.next_matter_goes(START + DAY) == "zalo"


def test_who_blocked_the_account_and_is_heard_again_is_told_by_zalo_again(hall: Hall) -> None:
    hall.readers[HUYEN].refuses = True
    hall.tick(START)
    assert hall.scene() == NO_SUCH_READER
    assert hall.next_matter_goes(START + DAY) == "email"
    hall.readers[HUYEN].refuses = False
    hall.hears(HUYEN, What.SAID, START + DAY + HOUR)
    assert hall.scene().stops == frozenset()
    assert hall.next_matter_goes(START + 2 * DAY) == "zalo"


def test_who_has_zalo_alone_and_was_never_heard_waits_there_unasked(hall: Hall) -> None:
    hall.people("zalo")
    hall.readers = {}
    with session(hall.store) as opened:
        assert all(unlink(opened, OA_ID, reader) for reader in READERS)
    hall.tick(START)
    assert hall.asked[CONSULTATION] == 0
    assert hall.scene().rows == frozenset(f"{reader} zalo planned 07:30" for reader in READERS)
    hall.on_zalo(*READERS, at=START + HOUR)
    hall.tick(START + HOUR + MINUTE)
    assert hall.scene().zalo == READERS


# -------------------------------------------------------------------------------------- templates, which sleep at night

TO_BE_SEEN_TO = replace(NO_SUCH_READER, told=(BY_MAIL,))
"""A template has no room for an alarm."""
LATE = Window(opens=time(7, 30), closes=time(23, 30))
NIGHT = instant("22/4/2024 22:10")


def by_phone(hall: Hall, *, hours: Hours | None = None) -> None:
    """Template messages by phone number, in an office that writes until half past eleven."""
    hall.channels = (EMAIL, BY_PHONE.model_copy(update={"hours": hours}))
    hall.people("zalo", "email", window=LATE)
    with session(hall.store) as opened:
        assert all(unlink(opened, OA_ID, reader) for reader in READERS)
    for reader in READERS:
        hall.readers[reader].phone = normalised(hall.person_of(reader).phone or "") or ""


@pytest.mark.parametrize("code", [-234, -133])
def test_a_night_nobody_foresaw_is_waited_for_and_nothing_is_dropped(code: int, hall: Hall) -> None:
    hall.people("zalo", "email", window=LATE)
    hall.standin.faults.add(Fault(code=code, path=CONSULTATION))
    hall.tick(NIGHT)
    assert hall.scene() == later("23/4 07:30")
    hall.tick(START + DAY)
    assert hall.scene() == SENT


@pytest.mark.parametrize("hours", [None, Hours(opens=time(6, 5), closes=time(21, 45))], ids=["unsaid", "said"])
def test_a_template_at_night_waits_for_the_morning_and_nobody_thinks_the_server_silent(
    hours: Hours | None, hall: Hall
) -> None:
    by_phone(hall, hours=hours)
    hall.tick(NIGHT)
    hall.tick(NIGHT + 20 * MINUTE)
    assert hall.next_matter_goes(NIGHT + 30 * MINUTE) == ""
    assert hall.scene() == Scene(rows=frozenset(f"{reader} zalo planned 23/4 07:30" for reader in READERS))
    assert hall.asked["/message/template"] == 0
    hall.tick(START + DAY)
    assert hall.scene().zalo == READERS
    assert hall.bag == []


@pytest.mark.parametrize(
    ("code", "scene"),
    [
        (-144, USED_UP),
        (-1472, PERSON_FULL),
        (-141, TO_BE_SEEN_TO),
        (-118, TO_BE_SEEN_TO),
        (-115, NOT_LET_IN),
    ],
)
def test_an_answer_to_a_template_by_phone_comes_to(code: int, scene: Scene, hall: Hall) -> None:
    by_phone(hall)
    hall.standin.faults.add(Fault(code=code, path="/message/template"))
    hall.tick(START)
    assert hall.scene() == scene


def test_the_quota_that_ran_out_is_full_again_the_next_day(hall: Hall) -> None:
    by_phone(hall)
    hall.standin.account.left_today = 1
    hall.tick(START)
    scene = hall.scene()
    assert (scene.zalo, scene.mail) == ((HUYEN,), (BRIDGE, ROAD))
    assert scene.stops == frozenset({"zalo quota 23/4 06:05"})
    assert hall.next_matter_goes(START + HOUR) == "email"
    hall.standin.account.left_today = 5000
    assert hall.next_matter_goes(START + DAY) == "zalo"
    assert hall.scene().stops == frozenset()
