"""Every fault of a mail server, and what it comes to.

Copies, rows, the hour of the next attempt, what is stopped and until when, who else speaks, and who tells the admin.

Three readers wait, the huyện's first; each has e-mail and then Zalo. A row of the table is a fault and its story: how
things stand after each round, while the fault lasts and once it is over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from domain.office import Role
from tests.reliability_channels.faults import LOGIN, Fault, late, taken_off, to
from tests.reliability_channels.hall import BRIDGE, DAY, HUYEN, READERS, ROAD, START, Hall, Scene, rows_of
from tests.reliability_channels.mailserver import HANG_UP, SILENCE, Mailserver
from tests.world import HUYEN as UNIT
from tests.world import instant, person

ON_ZALO, BY_MAIL = "Zalo: quan tri", "Thư điện tử: quan tri"


@dataclass(frozen=True)
class Round:
    """One round, and how things stand after it."""

    at: datetime
    ill: bool
    scene: Scene


def ill(clock: str, scene: Scene) -> Round:
    return Round(instant(f"22/4/2024 {clock}"), ill=True, scene=scene)


def well(clock: str, scene: Scene) -> Round:
    return Round(instant(f"22/4/2024 {clock}"), ill=False, scene=scene)


def waiting(*hours: str) -> frozenset[str]:
    """The rows of the three readers, each planned for its hour."""
    return frozenset(f"{reader} email planned {hour}" for reader, hour in zip(READERS, hours, strict=True))


SENT = Scene(mail=READERS, rows=rows_of(email="accepted"))
TAKEN_OVER = rows_of(email="obsolete", zalo="accepted")

UNREACHABLE = (
    # Two are tried, then the round leaves the server alone. Nobody else speaks before ten minutes have passed.
    ill("07:30", Scene(rows=waiting("07:31", "07:31", "07:30"), stops=frozenset({"email silent 07:30"}))),
    ill("07:39", Scene(rows=waiting("07:44", "07:31", "07:40"), stops=frozenset({"email silent 07:39"}))),
    ill(
        "07:41",
        Scene(zalo=READERS, rows=TAKEN_OVER, stops=frozenset({"email silent 07:51"}), told=(ON_ZALO,)),
    ),
)
UNREACHABLE_FOR_A_MINUTE = (UNREACHABLE[0], well("07:31", SENT))
NOT_LET_IN = (
    # One is tried. The channel stops for an hour, Zalo speaks and tells the admin: all in the same round.
    ill(
        "07:30",
        Scene(zalo=READERS, rows=TAKEN_OVER, stops=frozenset({"email unauthorised 08:30"}), told=(ON_ZALO,)),
    ),
    well("07:45", Scene(zalo=READERS, rows=TAKEN_OVER, stops=frozenset({"email unauthorised 08:30"}), told=(ON_ZALO,))),
)
PUT_OFF = (ill("07:30", Scene(rows=waiting("07:31", "07:31", "07:31"))), well("07:31", SENT))
PUT_OFF_FOR_LONG = (
    # After six minutes in vain the readers' next channel takes over; the server answers, so no admin is needed.
    ill("07:30", Scene(rows=waiting("07:31", "07:31", "07:31"))),
    ill("07:31", Scene(rows=waiting("07:36", "07:36", "07:36"))),
    ill(
        "07:36",
        Scene(zalo=READERS, rows=TAKEN_OVER, stops=frozenset(f"email/{reader} silent 08:36" for reader in READERS)),
    ),
)
MESSAGE_REFUSED = (
    # The message is at fault, not the address: nothing is stopped. The server refuses the alarm, too: Zalo carries it.
    ill("07:30", Scene(zalo=READERS, rows=rows_of(email="failed", zalo="accepted"), told=(ON_ZALO,))),
)
LINE_BROKEN = (
    # It may have arrived: once more under the same Message-ID, and no other channel speaks.
    ill("07:30", Scene(rows=rows_of(email="unknown"))),
    well("07:31", SENT),
)
ARRIVED_UNHEARD = (
    ill("07:30", Scene(mail=READERS, rows=rows_of(email="unknown"))),
    well("07:31", Scene(mail=tuple(sorted(READERS * 2)), rows=rows_of(email="accepted"))),
)
UNHARMED = (ill("07:30", SENT),)


def one_refused(reader: str, *, address: bool = True) -> tuple[Round, ...]:
    """That reader is told on Zalo, the others as ever; an admin is told by e-mail, which works."""
    rows = frozenset(f"{one} email {'failed' if one == reader else 'accepted'}" for one in READERS)
    scene = Scene(
        mail=tuple(one for one in READERS if one != reader),
        zalo=(reader,),
        rows=rows | {f"{reader} zalo accepted"},
        stops=frozenset({f"email/{reader} refused -"} if address else set()),
        told=(BY_MAIL,),
    )
    return (ill("07:30", scene), well("07:45", scene))


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    fault: Fault
    story: tuple[Round, ...]
    tries: tuple[str, int] = ("greeting", 0)
    """Which step the server saw how often in the first round."""
    next_matter: str = "email"
    """By which channel the huyện is told of something new the next morning, the server being well."""


GREETINGS_2, GREETINGS_3 = ("greeting", 2), ("greeting", 3)
TABLE = {
    "connection refused": Row(Fault(away=True), UNREACHABLE),
    "connection refused for a minute": Row(Fault(away=True), UNREACHABLE_FOR_A_MINUTE),
    "no such host": Row(Fault(settings={"smtp_host": "may-chu-thu.invalid"}), UNREACHABLE),
    "TLS handshake fails": Row(Fault(settings={"smtp_tls": True}, silent=True), UNREACHABLE, GREETINGS_2),
    "certificate nobody trusts": Row(Fault(certificate="untrusted"), NOT_LET_IN),
    "certificate expired": Row(Fault(certificate="expired"), NOT_LET_IN),
    "banner comes too late": Row(Fault({"greeting": late}, silent=True), UNREACHABLE, GREETINGS_2),
    "accepts and says nothing": Row(Fault({"greeting": SILENCE}, silent=True), UNREACHABLE, GREETINGS_2),
    "silent after EHLO": Row(Fault({"EHLO": SILENCE}, silent=True), UNREACHABLE, GREETINGS_2),
    "silent after RCPT": Row(Fault({"RCPT": SILENCE}, silent=True), UNREACHABLE, GREETINGS_2),
    "silent after the message": Row(Fault({"dot": SILENCE}, silent=True), ARRIVED_UNHEARD, GREETINGS_3),
    "one byte at a time": Row(Fault(drips="greeting", silent=True), UNREACHABLE, GREETINGS_2),
    "one byte at a time after the message": Row(Fault(drips="dot", silent=True), ARRIVED_UNHEARD, GREETINGS_3),
    "STARTTLS missing": Row(Fault(settings={"smtp_starttls": True}), NOT_LET_IN, ("greeting", 1)),
    "STARTTLS not to be had now": Row(
        Fault({"STARTTLS": "454 4.7.0 TLS not available"}, ("STARTTLS",), settings={"smtp_starttls": True}),
        UNREACHABLE,
        GREETINGS_2,
    ),
    "421 at the banner": Row(Fault({"greeting": "421 4.3.2 too busy"}), UNREACHABLE, GREETINGS_2),
    "554 at the banner": Row(Fault({"greeting": "554 5.7.1 go away"}), UNREACHABLE, GREETINGS_2),
    "421 at MAIL": Row(Fault({"MAIL": "421 4.3.2 shutting down"}), UNREACHABLE, GREETINGS_2),
    "421 at the banner for a minute": Row(Fault({"greeting": "421 4.3.2 too busy"}), UNREACHABLE_FOR_A_MINUTE),
    "450 greylisted": Row(Fault({"RCPT": "450 4.2.0 greylisted"}), PUT_OFF, ("RCPT", 3)),
    "451 greylisted": Row(Fault({"RCPT": "451 4.7.1 greylisted"}), PUT_OFF, ("RCPT", 3)),
    "451 for long": Row(Fault({"RCPT": "451 4.7.1 greylisted"}), PUT_OFF_FOR_LONG, ("RCPT", 3)),
    "452 storage": Row(Fault({"MAIL": "452 4.3.1 no storage"}), PUT_OFF, ("MAIL", 5)),
    "451 after the message": Row(Fault({"dot": "451 4.3.0 try again"}), PUT_OFF, ("dot", 3)),
    "535 wrong password": Row(
        Fault({"AUTH": "535 5.7.8 authentication failed"}, ("AUTH PLAIN",), settings=LOGIN), NOT_LET_IN, ("AUTH", 1)
    ),
    "454 login fails for now": Row(
        Fault({"AUTH": "454 4.7.0 temporary failure"}, ("AUTH PLAIN",), settings=LOGIN), NOT_LET_IN, ("AUTH", 1)
    ),
    "530 login required": Row(Fault({"MAIL": "530 5.7.0 authenticate first"}), NOT_LET_IN, ("MAIL", 1)),
    "login not offered": Row(Fault(settings=LOGIN), NOT_LET_IN, ("greeting", 1)),
    "501 at DATA": Row(Fault({"DATA": "501 5.5.4 bad parameters"}), MESSAGE_REFUSED, ("DATA", 4)),
    "552 too big": Row(Fault({"dot": "552 5.3.4 too big"}), MESSAGE_REFUSED, ("dot", 4)),
    "554 spam": Row(Fault({"dot": "554 5.7.1 looks like spam"}), MESSAGE_REFUSED, ("dot", 4)),
    "550 user unknown": Row(
        Fault({"RCPT": to(HUYEN, "550 5.1.1 user unknown")}), one_refused(HUYEN), next_matter="zalo"
    ),
    "553 one of three": Row(Fault({"RCPT": to(BRIDGE, "553 5.1.3 no such mailbox")}), one_refused(BRIDGE)),
    "550 policy at RCPT": Row(Fault({"RCPT": to(ROAD, "550 5.7.1 not from you")}), one_refused(ROAD, address=False)),
    "hangs up after 250": Row(Fault({"said": HANG_UP}), UNHARMED, GREETINGS_3),
    "hangs up in the message": Row(Fault({"middle": HANG_UP}), LINE_BROKEN, GREETINGS_3),
    "hangs up after the message": Row(Fault({"dot": HANG_UP}), ARRIVED_UNHEARD, GREETINGS_3),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_a_fault_of_the_mail_server_comes_to(row: Row, hall: Hall, server: Mailserver, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for number, round_ in enumerate(row.story):
        if round_.ill:
            row.fault.put_on(hall, server, tmp_path)
        else:
            taken_off(hall, server)
        assert hall.tick(round_.at).faults == 0
        assert hall.scene() == round_.scene
        seen = seen if number else server.steps.copy()
    step, times = row.tries
    assert not times or seen[step] == times
    assert len({copy.id for copy in hall.bag}) == len({(copy.to, b"Subject" in copy.content) for copy in hall.bag})
    taken_off(hall, server)
    assert hall.next_matter_goes(START + DAY) == row.next_matter
    assert [one for one in hall.scene().stops if "/" not in one] == []


# ----------------------------------------------------------------------------------- too many messages, at the fiftieth

CROWD = tuple(person(f"can-bo-{n:02}", (UNIT, Role.FOCAL)) for n in range(52))


def test_a_server_with_enough_of_us_at_the_fiftieth_message_gets_the_rest_in_the_next_minutes(
    hall: Hall, server: Mailserver
) -> None:
    hall.people("email", "zalo", more=(one.model_copy(update={"email": f"{one.code}@bacson.example"}) for one in CROWD))
    server.moods = {"MAIL": lambda number, _to: "421 4.7.0 too many messages" if number >= 50 else ""}
    done = hall.tick(START)
    assert (done.sent, done.failed) == (49, 2)
    assert server.steps["MAIL"] == 52  # once more over a new line, and one more reader: the others are spared
    server.moods = {"RCPT": "452 4.7.1 too many messages"}
    done = hall.tick(instant("22/4/2024 07:31"))
    assert (done.sent, done.failed) == (0, 6)
    taken_off(hall, server)
    assert hall.tick(instant("22/4/2024 07:36")).sent == 6
    scene = hall.scene()
    assert (scene.zalo, scene.stops, scene.told) == ((), frozenset(), ())
    assert set(Counter(scene.mail).values()) == {1}
    assert len(scene.mail) == 55


# ------------------------------------------------------------------------------------------- an address that is refused


def test_changing_the_address_lifts_the_stop(hall: Hall, server: Mailserver) -> None:
    server.moods = {"RCPT": to(HUYEN, "550 5.1.1 user unknown")}
    hall.tick(START)
    assert hall.next_matter_goes(START + DAY) == "zalo"
    hall.person(HUYEN, email="dau-moi-huyen-moi@bacson.example")
    assert hall.next_matter_goes(START + 2 * DAY) == "email"
    assert hall.bag[-1].to == "dau-moi-huyen-moi@bacson.example"
    assert server.steps["RCPT"] == 5  # three readers, the admin, and the new address: the old one never again
    assert hall.scene().stops == frozenset()


def test_a_refused_address_without_another_channel_is_left_alone_until_it_is_changed(
    hall: Hall, server: Mailserver
) -> None:
    hall.person(HUYEN, channels=("email",))
    server.moods = {"RCPT": to(HUYEN, "550 5.1.1 user unknown")}
    hall.tick(START)
    assert hall.next_matter_goes(START + DAY) == ""
    assert server.steps["RCPT"] == 4
    hall.person(HUYEN, email="dau-moi-huyen-moi@bacson.example")
    hall.tick(START + DAY + DAY / 24)
    assert [copy.to for copy in hall.bag][-1] == "dau-moi-huyen-moi@bacson.example"


def test_an_office_by_e_mail_alone_is_told_of_a_refused_address_by_e_mail(hall: Hall, server: Mailserver) -> None:
    hall.people("email")
    server.moods = {"RCPT": to(HUYEN, "550 5.1.1 user unknown")}
    hall.tick(START)
    assert hall.scene().told == (BY_MAIL,)
    assert hall.bag[-1].to == "quan-tri@bacson.example"


def test_a_refused_message_is_told_even_when_another_goes_through_after_it(hall: Hall, server: Mailserver) -> None:
    hall.people("email")
    hall.person("quan-tri", email=None)
    server.moods = {"dot": lambda number, _to: "554 5.6.0 bad content" if number == 1 else ""}
    hall.tick(START)
    assert hall.next_matter_goes(START + DAY) == "email"
    assert hall.scene().told == ("-",)
    hall.person("quan-tri", email="quan-tri@bacson.example")
    hall.tick(START + 2 * DAY)
    assert hall.scene().told == (BY_MAIL,)
    assert "554 5.6.0 bad content" in hall.notices()[0]
