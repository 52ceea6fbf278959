"""Taken, and come back: a report of RFC 3464 finds its message by the address it was sent to, and Zalo speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from actions.bounce import bounce
from actions.ways_out import smtp_of
from channels.returned import Returned, read_returned
from store import session
from tests.reliability_channels.hall import BRIDGE, DAY, HOUR, HUYEN, MINUTE, READERS, ROAD, START, Hall, Scene
from tests.reliability_channels.mailserver import Copy

SETTINGS: Mapping[str, object] = {"bounce_domain": "tra-lai.langson.example"}
ACCEPTED = frozenset(f"{reader} email accepted" for reader in READERS)
BY_MAIL = "Thư điện tử: quan tri"


@dataclass(frozen=True)
class Row:
    """What the other server reports, and how things stand after the next look."""

    status: str
    action: str
    said: str
    scene: Scene
    next_matter: str


def back(*stops: str) -> Scene:
    """The huyện is told on Zalo, an admin by e-mail."""
    rows = {f"{HUYEN} email bounced", f"{HUYEN} zalo accepted", f"{BRIDGE} email accepted", f"{ROAD} email accepted"}
    return Scene(mail=READERS, zalo=(HUYEN,), rows=frozenset(rows), stops=frozenset(stops), told=(BY_MAIL,))


UNHARMED = Scene(mail=READERS, rows=ACCEPTED)
TABLE = {
    "no such mailbox": Row("5.1.1", "failed", "550 user unknown", back(f"email/{HUYEN} refused -"), "zalo"),
    "mailbox full for good": Row("5.2.2", "failed", "552 mailbox full", back(), "email"),
    "refused for its content": Row("5.7.1", "failed", "554 spam", back(), "email"),
    "merely late": Row("4.4.1", "delayed", "connection timed out", UNHARMED, "email"),
    "arrived": Row("2.0.0", "delivered", "250 ok", UNHARMED, "email"),
}


REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.bacson.example (Mail Delivery System)
To: {back}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4W.17/mx"

--4W.17/mx
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.bacson.example.

--4W.17/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.bacson.example
Arrival-Date: Mon, 22 Apr 2024 07:30:01 +0700 (ICT)

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--4W.17/mx
Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: {id}
To: {to}

--4W.17/mx--
"""


def report(copy: Copy, status: str, action: str, said: str) -> bytes:
    """What the other server sends back, to where the envelope of the copy said."""
    filled = REPORT.format(back=copy.sender, to=copy.to, id=copy.id, action=action, status=status, said=said)
    return filled.replace("\n", "\r\n").encode()


def read(hall: Hall, content: bytes) -> Returned | None:
    return read_returned(content, smtp_of(hall.home_settings.model_copy(update=SETTINGS)))


def came_back(hall: Hall, content: bytes) -> bool:
    """Whether that report changed anything, half an hour after the letters went out."""
    found = read(hall, content)
    assert found is not None
    with session(hall.store) as opened:
        return bounce(opened, hall.configuration, found, hall.desk.domain, START + HOUR / 2)


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_a_report_of_another_server_comes_to(row: Row, hall: Hall) -> None:
    hall.smtp = dict(SETTINGS)
    hall.tick(START)
    content = report(hall.bag[0], row.status, row.action, row.said)
    assert came_back(hall, content) is (row.scene != UNHARMED)
    assert came_back(hall, content) is False
    hall.tick(START + HOUR)
    assert hall.scene() == row.scene
    assert hall.next_matter_goes(START + DAY) == row.next_matter


def test_a_report_to_an_address_nobody_signed_is_nobodys(hall: Hall) -> None:
    hall.smtp = dict(SETTINGS)
    hall.tick(START)
    sent = hall.bag[0]
    key = sent.sender.removeprefix("bounces+")
    another = f"bounces+{'1' if key.startswith('0') else '0'}{key[1:]}"
    for address in ("dondoc@vanphong.langson.example", another):
        forged = Copy(sent.to, sent.id, sent.content, address)
        assert read(hall, report(forged, "5.1.1", "failed", "550 user unknown")) is None


def test_a_letter_that_came_back_is_told_on_zalo_at_the_next_round_and_not_again(hall: Hall) -> None:
    hall.smtp = dict(SETTINGS)
    hall.tick(START)
    came_back(hall, report(hall.bag[0], "5.1.1", "failed", "550 user unknown"))
    hall.tick(START + HOUR)
    hall.tick(START + HOUR + MINUTE)
    assert hall.scene().zalo == (HUYEN,)
