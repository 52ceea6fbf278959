"""What may go wrong between us and Apprise: a channel it cannot open, a plugin that breaks down.

Nothing of that is ever taken for sent, and it touches no message but the one in hand.
"""

from __future__ import annotations

import pytest

from actions.courier import Post
from channels.email import DondocMail
from channels.letter import Letter, Outcome
from channels.parcel import Parcel
from channels.seam import _CARRIERS
from config.channel import Channel, ChannelKind
from domain.office import Person
from tests.reliability_channels.hall import BRIDGE, HUYEN, MINUTE, READERS, ROAD, START, Hall, Scene, rows_of

ON_ZALO = "Zalo: quan tri"


def breaking_down_for(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the plugin does for that reader ends in an error it does not know."""
    carry = DondocMail.carry

    def broken(self: DondocMail, parcel: Parcel) -> Outcome:
        if parcel.person.code == reader:
            raise RuntimeError("hỏng giữa chừng")
        return carry(self, parcel)

    monkeypatch.setattr(DondocMail, "carry", broken)


def test_a_plugin_that_cannot_be_opened_has_sent_nothing_and_hands_over(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, expected_errors: list[str]
) -> None:
    def unopened(_self: DondocMail, **_: object) -> None:
        raise TypeError("không mở được")

    expected_errors.append("Could not load URL|dondocmail")
    monkeypatch.setattr(DondocMail, "__init__", unopened)
    assert hall.tick(START).sent == 0
    assert {row.partition(" email ")[2].split()[0] for row in hall.scene().rows} == {"planned"}
    hall.tick(START + 11 * MINUTE)
    taken_over = rows_of(email="obsolete", zalo="accepted")
    assert hall.scene() == Scene(
        zalo=READERS, rows=taken_over, stops=frozenset({"email silent 07:51"}), told=(ON_ZALO,)
    )


def test_a_kind_of_channel_without_a_plugin_sends_nothing_and_keeps_nobody_from_being_told(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, expected_errors: list[str]
) -> None:
    expected_errors.append("không gửi được thông điệp")
    monkeypatch.delitem(_CARRIERS, ChannelKind.ZALOOA)
    hall.person(HUYEN, channels=("zalo", "email"))
    done = hall.tick(START)
    assert (done.sent, done.faults) == (2, 1)
    assert hall.scene().mail == (BRIDGE, ROAD)
    assert f"{HUYEN} zalo transmitting" in hall.scene().rows
    hall.tick(START + 3 * MINUTE)  # its lease is over: of unknown end, so held, and e-mail speaks
    assert hall.scene().mail == READERS
    assert f"{HUYEN} zalo held" in hall.scene().rows


def test_a_plugin_that_breaks_down_leaves_its_message_open_and_the_others_go_out(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, expected_errors: list[str]
) -> None:
    expected_errors += ["hỏng giữa chừng", "Unhandled Exception", "lỗi khi gửi"]
    with monkeypatch.context() as while_broken:
        breaking_down_for(HUYEN, while_broken)
        done = hall.tick(START)
    assert (done.sent, done.unknown, done.faults) == (2, 1, 0)
    assert hall.scene() == Scene(
        mail=(BRIDGE, ROAD),
        rows=frozenset({f"{HUYEN} email unknown", f"{BRIDGE} email accepted", f"{ROAD} email accepted"}),
    )
    hall.tick(START + MINUTE)
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(email="accepted"))


def test_a_way_out_that_raises_costs_its_message_a_lease_and_no_other_anything(
    hall: Hall, expected_errors: list[str]
) -> None:
    expected_errors.append("không gửi được thông điệp")

    def breaking(post: Post) -> Post:
        def broken(channel: Channel, person: Person, letter: Letter) -> Outcome:
            if person.code == HUYEN:
                raise RuntimeError("hỏng")
            return post(channel, person, letter)

        return broken

    hall.wrap = breaking
    assert hall.tick(START).faults == 1
    assert hall.scene().mail == (BRIDGE, ROAD)
    hall.wrap = lambda post: post
    hall.tick(START + 3 * MINUTE)
    assert hall.scene() == Scene(mail=READERS, rows=rows_of(email="accepted"))


def test_an_office_without_zalos_settings_tells_everybody_by_the_other_channel(hall: Hall) -> None:
    hall.people("zalo", "email")
    hall.zalo = None
    hall.tick(START)
    assert hall.scene() == Scene(
        mail=READERS,
        rows=rows_of(zalo="obsolete", email="accepted"),
        stops=frozenset({"zalo unauthorised 08:30"}),
        told=("Thư điện tử: quan tri",),
    )
