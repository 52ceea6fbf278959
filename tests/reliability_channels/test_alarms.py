"""An admin hears of every trouble, once, and never by the channel that is in it."""

from __future__ import annotations

import http.server
import json
from typing import ClassVar

import pytest
from pydantic import SecretStr

from tests.channels.zalo_office import server_that
from tests.reliability_channels.faults import LOGIN, taken_off
from tests.reliability_channels.hall import ADMIN, HOUR, HUYEN, MINUTE, START, Hall
from tests.reliability_channels.mailserver import Mailserver

NIGHT = START + 15 * HOUR


class Bell(http.server.BaseHTTPRequestHandler):
    """Takes alarms, unless it is broken."""

    rung: ClassVar[list[dict[str, str]]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.status == 200:
            self.rung.append(json.loads(content))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(autouse=True)
def bell(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    monkeypatch.setattr(Bell, "rung", [])
    monkeypatch.setattr(Bell, "status", 200)
    return Bell.rung


def locked_out(hall: Hall, server: Mailserver) -> None:
    """The password is wrong."""
    hall.smtp, server.offers = {**hall.smtp, **LOGIN}, ("AUTH PLAIN",)
    server.moods = {"AUTH": "535 5.7.8 authentication failed"}


def by_bell(hall: Hall, address: str) -> None:
    hall.smtp["alarm_urls"] = SecretStr(address.replace("http://", "json://"))


def test_an_admin_is_told_by_the_channel_that_works_in_words(hall: Hall, server: Mailserver) -> None:
    locked_out(hall, server)
    hall.tick(START)
    (text,) = hall.phone(ADMIN)
    assert "Kênh Thư điện tử: không cho đăng nhập" in text
    assert "535 5.7.8 authentication failed" in text
    assert server.steps["AUTH"] == 1


def test_an_admin_by_e_mail_alone_is_not_told_by_the_mail_server_in_question(hall: Hall, server: Mailserver) -> None:
    hall.person(ADMIN, channels=("email",))
    locked_out(hall, server)
    hall.tick(START)
    hall.tick(NIGHT)  # the hour of the stop is over: even so
    assert hall.scene().told == ("-",)
    assert server.steps["AUTH"] == 1


def test_without_an_admin_the_offices_own_address_is_called(hall: Hall, server: Mailserver) -> None:
    hall.person(ADMIN, posts=())
    with server_that(Bell) as address:
        by_bell(hall, address)
        locked_out(hall, server)
        hall.tick(START)
        hall.tick(START + MINUTE)
    assert hall.scene().told == ("địa chỉ báo động",)
    (rung,) = Bell.rung
    assert "Sự cố gửi lời nhắc" in rung["title"]
    assert "535 5.7.8 authentication failed" in rung["message"]


def test_an_address_that_does_not_answer_is_called_again_in_the_next_round(hall: Hall, server: Mailserver) -> None:
    hall.person(ADMIN, posts=())
    with server_that(Bell) as address:
        by_bell(hall, address)
        locked_out(hall, server)
        Bell.status = 503
        hall.tick(START)
        assert hall.scene().told == ("-",)
        Bell.status = 200
        hall.tick(START + 5 * MINUTE)
    assert hall.scene().told == ("địa chỉ báo động",)


def test_an_alarm_waits_for_a_way_and_for_no_window(hall: Hall, server: Mailserver) -> None:
    hall.person(ADMIN, channels=("email",))
    locked_out(hall, server)
    hall.tick(START)
    hall.person(ADMIN, channels=("zalo",))
    hall.tick(NIGHT)
    assert hall.scene().told == ("Zalo: quan tri",)


def test_what_works_again_before_anybody_could_be_told_is_not_told_any_more(hall: Hall, server: Mailserver) -> None:
    hall.person(ADMIN, posts=())
    locked_out(hall, server)
    hall.tick(START)
    taken_off(hall, server)
    assert hall.next_matter_goes(START + HOUR) == "email"
    assert hall.scene().told == ("gửi được trở lại",)


def test_both_channels_in_trouble_are_told_by_the_third_way_and_the_readers_wait(
    hall: Hall, server: Mailserver
) -> None:
    hall.standin.grants.revoke()
    with server_that(Bell) as address:
        by_bell(hall, address)
        locked_out(hall, server)
        hall.tick(START)
    assert set(hall.scene().told) == {"địa chỉ báo động"}
    assert len(Bell.rung) == 2  # one about each channel
    assert (hall.scene().mail, hall.scene().zalo) == ((), ())
    assert {row.split()[2] for row in hall.scene().rows} <= {"planned", "obsolete"}
    hall.smtp = {}
    taken_off(hall, server)
    hall.tick(START + HOUR)
    assert set(hall.scene().mail) | set(hall.scene().zalo) >= {HUYEN}
    assert len(set(hall.scene().mail)) == 3
