"""What Zalo tells us: believed only with its signature, once, and up to two hours late."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from channels.zalo.events import Happening, What
from channels.zalo.linking import link_code, who_links
from channels.zalo.webhook import Probe, Signing, Stranger, mac, receive
from domain.clocktime import local_date
from tests.channels.zalo_office import MORNING, USER

SIGNING = Signing(app_id="4215558810", oa_secret=SecretStr("OaSecretDemo"))
STAMP = str(int(MORNING.timestamp() * 1000))
OA = "1000000000000000001"
SECRET = "khoa-ky-cua-don-vi-dai-hon-ba-muoi-hai"


def signed(event: dict[str, object]) -> tuple[bytes, str]:
    raw = json.dumps(event, ensure_ascii=False).encode()
    return raw, f"mac={mac(raw, str(event.get('timestamp', '')), SIGNING)}"


def told(event: dict[str, object], as_of: datetime = MORNING) -> Happening:
    found = receive(*signed({"timestamp": STAMP, **event}), SIGNING, as_of)
    assert isinstance(found, Happening)
    return found


def text(said: str, **further: object) -> dict[str, object]:
    who = {"sender": {"id": USER}, "recipient": {"id": OA}}
    return {"event_name": "user_send_text", **who, "message": {"msg_id": "m1", "text": said}, **further}


# ----------------------------------------------------------------------------------------------------- who speaks


def test_the_signature_is_the_one_zalo_makes() -> None:
    raw = b'{"app_id":"4215558810","event_name":"user_send_text","timestamp":"1795364400123"}'
    expected = "2dfdfea3602b0acfb2c910ce3fccf7108b4befcd706e7f906264c77612674217"
    assert mac(raw, "1795364400123", SIGNING) == expected
    at = datetime.fromtimestamp(1795364400.123, UTC)
    for header in (f"mac={expected}", expected, expected.upper()):
        assert isinstance(receive(raw, header, SIGNING, at), Happening)


def test_it_is_made_over_the_bytes_as_they_came() -> None:
    raw, signature = signed({"timestamp": STAMP, **text("45%")})
    assert isinstance(receive(raw, signature, SIGNING, MORNING), Happening)
    again = json.dumps(json.loads(raw), separators=(",", ":")).encode()
    with pytest.raises(Stranger, match="chữ ký"):
        receive(again, signature, SIGNING, MORNING)


@pytest.mark.parametrize(
    "signature",
    ["", "mac=", "mac=00", "đ", hashlib.sha256(b"x").hexdigest()],
)
def test_anybody_else_is_turned_away(signature: str) -> None:
    raw, _ = signed({"timestamp": STAMP, **text("45%")})
    with pytest.raises(Stranger, match="chữ ký"):
        receive(raw, signature, SIGNING, MORNING)


def test_another_applications_secret_is_not_ours() -> None:
    raw, signature = signed({"timestamp": STAMP, **text("45%")})
    other = Signing(app_id="4215558810", oa_secret=SecretStr("AppSecret"))
    with pytest.raises(Stranger, match="chữ ký"):
        receive(raw, signature, other, MORNING)
    assert "AppSecret" not in repr(other)


@pytest.mark.parametrize("raw", [b"{}", b" {} \n"])
def test_the_probe_needs_no_signature_and_does_nothing(raw: bytes) -> None:
    assert isinstance(receive(raw, "", SIGNING, MORNING), Probe)


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"null", b"{", b"\xff", b'{"a": 1}', b'{"timestamp": "bay gio"}', b"[" * 100_000, b"x" * 300_000],
)
def test_what_is_no_event_is_turned_away(raw: bytes) -> None:
    with pytest.raises(Stranger):
        receive(raw, "mac=00", SIGNING, MORNING)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=2), timedelta(minutes=-4)])
def test_repetitions_of_two_hours_are_taken(late: timedelta) -> None:
    assert told(text("45%"), MORNING + late).at == MORNING


@pytest.mark.parametrize("late", [timedelta(hours=2, minutes=11), timedelta(days=1), timedelta(minutes=-6)])
def test_older_ones_and_those_of_tomorrow_are_not(late: timedelta) -> None:
    with pytest.raises(Stranger, match="thời gian"):
        told(text("45%"), MORNING + late)


# ---------------------------------------------------------------------------------------------------- what happened


def test_a_text_is_composed_and_names_who_said_it() -> None:
    found = told(text("Đã khởi công"))
    assert (found.what, found.user, found.text, found.messages) == (What.SAID, USER, "Đã khởi công", ("m1",))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("user_send_image", What.SENT_OTHER),
        ("user_send_location", What.SENT_OTHER),
        ("user_send_sticker", What.STICKER),
        ("oa_send_text", What.NOTHING),
        ("user_send_group_text", What.NOTHING),
        ("change_oa_daily_quota", What.NOTHING),
        ("", What.NOTHING),
    ],
)
def test_other_events_say_what_they_are(name: str, what: What) -> None:
    assert told(text("x", event_name=name)).what is what


@pytest.mark.parametrize(("name", "what"), [("follow", What.FOLLOWED), ("unfollow", What.UNFOLLOWED)])
def test_followers_stand_apart(name: str, what: What) -> None:
    event: dict[str, object] = {"event_name": name, "oa_id": OA, "follower": {"id": USER}}
    found = told(event)
    assert (found.what, found.user) == (what, USER)
    assert told({"event_name": name, "oa_id": OA}).what is What.NOTHING


def test_receipts_name_the_message_by_zalos_name_and_ours() -> None:
    message = {"msg_id": "m9", "tracking_id": "dondocabc", "delivery_time": STAMP}
    who = {"sender": {"id": OA}, "recipient": {"id": "8400000000001"}}
    found = told({"event_name": "user_received_message", **who, "message": message})
    assert (found.what, found.user, found.messages, found.tracking) == (
        What.RECEIVED,
        "8400000000001",
        ("m9",),
        "dondocabc",
    )


def test_seen_messages_come_as_a_list() -> None:
    who = {"sender": {"id": USER}, "recipient": {"id": OA}}
    found = told({"event_name": "user_seen_message", **who, "message": {"msg_ids": ["m1", "m2"]}})
    assert (found.what, found.messages) == (What.SEEN, ("m1", "m2"))


def test_a_pressed_button_brings_its_data() -> None:
    who = {"sender": {"id": USER}, "recipient": {"id": OA}}
    message = {"msg_id": "m1", "data": "#da-nhan", "tracking_id": "dondocabc"}
    found = told({"event_name": "user_click_response_button", **who, "message": message})
    assert (found.what, found.text, found.tracking) == (What.PRESSED, "#da-nhan", "dondocabc")


def test_a_repetition_has_the_same_id_and_nothing_else_has() -> None:
    events: list[dict[str, object]] = [
        text("45%"),
        text("45%", message={"msg_id": "m2", "text": "45%"}),
        text("45%", event_name="user_send_image"),
        {"event_name": "follow", "follower": {"id": USER}},
        {"event_name": "follow", "follower": {"id": "khac"}},
        {"event_name": "follow", "follower": {"id": USER}, "timestamp": str(int(STAMP) + 1)},
    ]
    assert len({told(event).id for event in events}) == len(events)
    assert told(events[0]).id == told(text("46%", message={"message_id": "m1", "text": "46%"})).id


# ------------------------------------------------------------------------------------------------------ who it is


def test_a_code_links_its_person_for_two_days() -> None:
    people, day = ["truong-ban", "dau-moi"], local_date(MORNING)
    code = link_code(SECRET, OA, "dau-moi", day)
    for said in (code, f"Mã của tôi: {code.lower()}.", f"{code}\n"):
        assert who_links(said, SECRET, OA, people, MORNING) == "dau-moi"
    assert who_links(code, SECRET, OA, people, MORNING + timedelta(days=1)) == "dau-moi"
    assert who_links(code, SECRET, OA, people, MORNING + timedelta(days=2)) is None


@pytest.mark.parametrize("said", ["", "45%", "AAAAAAAAAA", "x" * 2000])
def test_no_code_links_nobody(said: str) -> None:
    assert who_links(said, SECRET, OA, ["dau-moi"], MORNING) is None


def test_a_code_is_of_one_account_one_person_one_secret() -> None:
    day = local_date(MORNING)
    codes = {
        link_code(SECRET, OA, "dau-moi", day),
        link_code(SECRET, "khac", "dau-moi", day),
        link_code(SECRET, OA, "truong-ban", day),
        link_code(SECRET + "x", OA, "dau-moi", day),
        link_code(SECRET, OA, "dau-moi", day + timedelta(days=1)),
    }
    assert len(codes) == 5
    with pytest.raises(ValueError, match="khoá ký"):
        link_code("", OA, "dau-moi", day)
