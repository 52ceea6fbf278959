"""Letters through Apprise to a real HTTP server that behaves like Zalo: what goes out, and what is never risked."""

from __future__ import annotations

import hashlib
import hmac
import http.server
import json
import logging
import socket
import threading
import time
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from apprise import Apprise
from apprise.manager_plugins import NotificationManager
from pydantic import SecretStr

from channels.letter import Accepted, Outcome, RefusedPermanently, TryLater, Unauthorised
from channels.zalo.access import AccessBusyError, NoAccessError
from channels.zalo.bot import ZaloBot
from channels.zalo.form import Button, Form
from channels.zalo.oa import ZaloOa
from channels.zalo.speaker import Speaker, ZaloParcel
from channels.zalo.zbs import ZaloTemplate, tracking_id
from demo.zalo.faults import Fault
from demo.zalo.people import Kind
from domain.clocktime import at
from tests.channels.postoffice import certificate, free_port, silent_server
from tests.channels.zalo_office import (
    AS_TEMPLATE,
    DATA,
    LETTER,
    MORNING,
    PERSON,
    PHONE,
    SILENT,
    STRANGER,
    TEMPLATE,
    USER,
    Clock,
    Held,
    said,
    server_that,
    zalo,
    zalo_office,
)

EVENING = at(MORNING.date()) + timedelta(hours=21, minutes=45)
ALL_DOORS: list[tuple[type[Speaker], str]] = [
    (ZaloOa, USER),
    (ZaloTemplate, PHONE),
    (ZaloTemplate, USER),
    (ZaloBot, USER),
]
doors = pytest.mark.parametrize(("speaker", "to"), ALL_DOORS, ids=["oa", "zbs-phone", "zbs-user", "bot"])


class Recorder(http.server.BaseHTTPRequestHandler):
    """Takes everything down and says yes."""

    requests: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}, raw))
        answer = b'{"error": 0, "message": "Success", "data": {"message_id": "m1"}}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def recorded(speaker: type[Speaker], *, proof: str = "", development: bool = False, **letter: Any) -> dict[str, Any]:
    """The one request that a letter became: path, headers, body."""
    Recorder.requests.clear()
    with server_that(Recorder) as address, zalo_office() as standin:
        ours = zalo(standin, oa_url=address, zbs_url=address, app_secret=SecretStr(proof), development=development)
        assert isinstance(said(speaker, ours, **letter), Accepted)
        token = standin.grants.access
    ((path, headers, raw),) = Recorder.requests
    return {"path": path, "headers": headers, "body": json.loads(raw), "raw": raw, "token": token}


# ------------------------------------------------------------------------------------------------------- what goes out


def test_a_consultation_arrives_with_its_buttons() -> None:
    form = Form(buttons=(Button(title="Ghi tiến độ", url="https://a.example/p"), Button(title="Đã nhận", payload="#x")))
    with zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin), html=form.frozen())
        (bubble,) = standin.account.bubbles.of(USER)
    assert outcome == Accepted(code=0, provider_id=bubble.id)
    assert isinstance(outcome, Accepted)
    assert (bubble.kind, bubble.text) == (Kind.OA, LETTER.text)
    assert [(one.title, one.url, one.payload) for one in bubble.presses] == [
        ("Ghi tiến độ", "https://a.example/p", ""),
        ("Đã nhận", "", "#x"),
    ]


def test_the_token_travels_in_zalos_own_header_and_text_is_composed() -> None:
    sent = recorded(ZaloOa, text=unicodedata.normalize("NFD", "Đề nghị báo cáo"))
    assert sent["path"] == "/v3.0/oa/message/cs"
    assert sent["headers"]["access_token"] == sent["token"]
    assert "authorization" not in sent["headers"]
    assert "appsecret_proof" not in sent["headers"]
    assert sent["body"] == {"recipient": {"user_id": USER}, "message": {"text": "Đề nghị báo cáo"}}


def test_an_application_that_asks_for_it_gets_its_proof() -> None:
    sent = recorded(ZaloOa, proof="bi-mat")
    proof = hmac.new(b"bi-mat", sent["token"].encode(), hashlib.sha256).hexdigest()
    assert sent["headers"]["appsecret_proof"] == proof


def test_a_template_by_phone_carries_our_name_for_it() -> None:
    sent = recorded(ZaloTemplate, to="+84 912 345 678", html=AS_TEMPLATE)
    assert sent["path"] == "/message/template"
    assert sent["body"] == {
        "phone": "84912345678",
        "template_id": TEMPLATE,
        "template_data": DATA,
        "tracking_id": tracking_id(LETTER.message_id),
        "sending_mode": "1",
    }


def test_a_template_by_user_id_goes_in_at_the_other_door_without_it() -> None:
    sent = recorded(ZaloTemplate, html=AS_TEMPLATE, development=True)
    assert sent["path"] == "/v3.0/oa/message/template"
    body = {"user_id": USER, "template_id": TEMPLATE, "template_data": DATA, "mode": "development"}
    assert sent["body"] == body


def test_our_name_for_a_message_fits_zalos_rules() -> None:
    name = tracking_id(LETTER.message_id)
    assert name.isalnum()
    assert len(name) <= 48
    assert name == tracking_id(LETTER.message_id)
    assert name != tracking_id("<dondoc.2@langson.example>")


@doors
def test_every_door_takes_a_letter_and_says_zalos_name_for_it(speaker: type[Speaker], to: str) -> None:
    with zalo_office() as standin:
        outcome = said(speaker, zalo(standin), to=to, html=AS_TEMPLATE)
        (bubble,) = standin.account.bubbles.of(USER)
    assert outcome == Accepted(code=0, provider_id=bubble.id)


def test_the_bot_writes_pages_under_its_text() -> None:
    form = Form(buttons=(Button(title="Ghi tiến độ", url="https://a.example/p"), Button(title="Đã nhận", payload="#x")))
    with zalo_office() as standin:
        said(ZaloBot, zalo(standin), html=form.frozen())
        (bubble,) = standin.account.bubbles.of(USER)
    assert bubble.text == f"{LETTER.text}\nGhi tiến độ: https://a.example/p"


def test_messages_of_development_reach_admins_alone() -> None:
    with zalo_office() as standin:
        outcome = said(ZaloTemplate, zalo(standin, development=True), to=PHONE, html=AS_TEMPLATE)
        standin.account.readers[USER].admin = True
        taken = said(ZaloTemplate, zalo(standin, development=True), to=PHONE, html=AS_TEMPLATE)
    assert isinstance(outcome, RefusedPermanently)
    assert outcome.code == -127
    assert isinstance(taken, Accepted)


# ------------------------------------------------------------------------------------------------ who is not written to


@pytest.mark.parametrize(("to", "code"), [(STRANGER, -230), (SILENT, -230), ("8841002233445500000", -201)])
def test_who_did_not_interact_within_seven_days_is_not_consulted(to: str, code: int) -> None:
    with zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin), to=to)
        assert isinstance(outcome, RefusedPermanently)
        assert outcome.code == code
        assert standin.account.bubbles.everything() == ()


@pytest.mark.parametrize(
    ("speaker", "to"),
    [
        (ZaloOa, PHONE),
        (ZaloOa, "dau-moi@bacson.example"),
        (ZaloOa, ""),
        (ZaloTemplate, "12345"),
        (ZaloTemplate, "0123"),
        (ZaloBot, "a b"),
        (ZaloBot, "../x"),
    ],
)
def test_what_is_nobodys_address_is_refused_without_asking(speaker: type[Speaker], to: str) -> None:
    with zalo_office() as standin:
        outcome = said(speaker, zalo(standin, oa_url="http://127.0.0.1:9", zbs_url="http://127.0.0.1:9"), to=to)
    assert isinstance(outcome, RefusedPermanently)
    assert (outcome.address, outcome.code) == (True, None)


@pytest.mark.parametrize(
    ("speaker", "wrong"),
    [
        (ZaloOa, {"text": "x" * 2001}),
        (ZaloOa, {"text": "   "}),
        (ZaloOa, {"html": "<p>xin chào</p>"}),
        (ZaloOa, {"html": '{"buttons": [{"title": "a", "url": "javascript:alert(1)"}]}'}),
        (ZaloTemplate, {"html": "{}"}),
        (ZaloTemplate, {"html": '{"template": "abc"}'}),
    ],
)
def test_a_message_that_cannot_be_made_is_not_asked_for(speaker: type[Speaker], wrong: dict[str, str]) -> None:
    with zalo_office() as standin:
        outcome = said(speaker, zalo(standin), **wrong)
        assert isinstance(outcome, RefusedPermanently)
        assert (outcome.address, outcome.code) == (False, None)
        assert standin.account.bubbles.everything() == ()


def test_two_thousand_characters_are_counted_after_composition() -> None:
    text = "ễ" * 2000
    with zalo_office() as standin:
        assert isinstance(said(ZaloOa, zalo(standin), text=unicodedata.normalize("NFD", text)), Accepted)
        assert standin.account.bubbles.of(USER)[0].text == text


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (EVENING, False),
        (EVENING - timedelta(seconds=1), True),
        (at(MORNING.date()) + timedelta(hours=6, minutes=5), True),
        (at(MORNING.date()) + timedelta(hours=6, minutes=4, seconds=59), False),
    ],
)
def test_templates_sleep_at_night_and_consultations_do_not(moment: datetime, goes: bool) -> None:
    with zalo_office(Clock(moment)) as standin:
        outcome = said(ZaloTemplate, zalo(standin), to=PHONE, html=AS_TEMPLATE)
        assert isinstance(outcome, Accepted) is goes
        if not goes:
            assert isinstance(outcome, TryLater)
            assert outcome.not_before is not None
            assert outcome.not_before.astimezone(moment.tzinfo).strftime("%H:%M") == "06:05"
            assert outcome.not_before > moment
        assert isinstance(said(ZaloOa, zalo(standin)), Accepted)


# ---------------------------------------------------------------------------------------------- tokens on the way


def test_a_token_replaced_meanwhile_is_read_again_and_the_letter_goes_once() -> None:
    with zalo_office() as standin:
        old = standin.grants.access
        fresh, _ = standin.grants.grant()
        held = Held(SecretStr(old), next=SecretStr(fresh))
        assert isinstance(said(ZaloOa, zalo(standin, access=held)), Accepted)
        assert held.refused == [old]
        assert len(standin.account.bubbles.everything()) == 1


def test_a_token_that_is_refused_again_stops_the_channel_after_two_requests() -> None:
    with zalo_office() as standin:
        standin.grants.revoke()
        held = Held(SecretStr("at-cu"))
        outcome = said(ZaloTemplate, zalo(standin, access=held), to=PHONE, html=AS_TEMPLATE)
    assert isinstance(outcome, Unauthorised)
    assert outcome.code == -124
    assert held.refused == ["at-cu"]


@pytest.mark.parametrize(
    ("error", "kind"), [(NoAccessError("cấp quyền lại"), Unauthorised), (AccessBusyError("đang làm mới"), TryLater)]
)
def test_without_a_token_nothing_is_asked(error: Exception, kind: type[Outcome]) -> None:
    class Nobody(Held):
        def token(self) -> SecretStr:
            raise error

    with zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin, access=Nobody(SecretStr(""))))
        assert isinstance(outcome, kind)
        assert not getattr(outcome, "perhaps_arrived", False)
        assert str(error) in getattr(outcome, "detail", "")


def test_a_fault_of_the_store_is_not_taken_for_a_message_on_its_way(expected_errors: list[str]) -> None:
    expected_errors.append("không lấy được mã truy cập Zalo")

    class Broken(Held):
        def token(self) -> SecretStr:
            raise OSError("cơ sở dữ liệu tắt")

    with zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin, access=Broken(SecretStr(""))))
    assert isinstance(outcome, TryLater)
    assert not outcome.perhaps_arrived


# --------------------------------------------------------------------------------------------------- lines that break


@doors
def test_a_redirect_is_not_followed_and_no_token_goes_with_it(speaker: type[Speaker], to: str) -> None:
    Recorder.requests.clear()
    with server_that(Recorder) as elsewhere, zalo_office() as standin:
        for status in (301, 302, 303, 307, 308):
            standin.faults.add(Fault(status=status, to=f"{elsewhere}/lay-ma"))
            outcome = said(speaker, zalo(standin), to=to, html=AS_TEMPLATE)
            assert isinstance(outcome, Unauthorised)
            assert "chuyển hướng" in outcome.detail
    assert Recorder.requests == []


@doors
def test_an_answer_that_does_not_come_leaves_it_open(speaker: type[Speaker], to: str) -> None:
    with zalo_office() as standin:
        standin.faults.add(Fault(seconds=0.8, late=True))
        outcome = said(speaker, zalo(standin), to=to, html=AS_TEMPLATE)
        assert isinstance(outcome, TryLater)
        assert outcome.perhaps_arrived
        assert len(standin.account.bubbles.everything()) == 1  # it did arrive: a second one would be a copy


def test_a_server_that_takes_the_request_and_never_speaks_leaves_it_open() -> None:
    with silent_server() as port, zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin, oa_url=f"http://127.0.0.1:{port}"))
    assert isinstance(outcome, TryLater)
    assert outcome.perhaps_arrived


def test_a_server_that_hangs_up_after_the_request_leaves_it_open() -> None:
    class HangsUp(Recorder):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

    with server_that(HangsUp) as address, zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin, oa_url=address))
    assert isinstance(outcome, TryLater)
    assert outcome.perhaps_arrived


def test_an_answer_that_drips_is_cut_off() -> None:
    class Drips(Recorder):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            try:
                for _ in range(40):
                    self.wfile.write(b" ")
                    time.sleep(0.2)
            except OSError:
                self.close_connection = True

    begun = time.monotonic()
    with server_that(Drips) as address, zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin, oa_url=address))
        assert time.monotonic() - begun < 6
    assert isinstance(outcome, TryLater)
    assert outcome.perhaps_arrived


def test_where_nobody_listens_nothing_was_sent() -> None:
    with zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin, oa_url=f"http://127.0.0.1:{free_port()}"))
    assert isinstance(outcome, TryLater)
    assert (outcome.perhaps_arrived, outcome.code) == (False, None)


def test_a_certificate_nobody_trusts_stops_the_channel(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as front, zalo_office() as standin:

        def shake() -> None:
            line, _ = front.accept()
            try:
                context.wrap_socket(line, server_side=True).close()
            except OSError:
                line.close()

        thread = threading.Thread(target=shake, daemon=True)
        thread.start()
        outcome = said(ZaloOa, zalo(standin, oa_url=f"https://127.0.0.1:{front.getsockname()[1]}"))
        thread.join(5)
    assert isinstance(outcome, Unauthorised)
    assert "chứng thư số" in outcome.detail


def test_a_token_that_cannot_be_a_header_stops_the_channel_and_is_not_shown() -> None:
    with zalo_office() as standin:
        outcome = said(ZaloOa, zalo(standin, access=Held(SecretStr("bí\nmật-dài"))))
    assert isinstance(outcome, Unauthorised)
    assert "mật-dài" not in outcome.detail


# ------------------------------------------------------------------------------------------------------------ secrets


@doors
def test_no_secret_is_in_a_log_an_outcome_an_address_or_a_repr(
    speaker: type[Speaker], to: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with zalo_office() as standin:
        proof = "bi-mat-cua-ung-dung"
        ours = zalo(standin, app_secret=SecretStr(proof))
        secrets = (proof, standin.bot_token if speaker is ZaloBot else standin.grants.access)
        outcomes = [said(speaker, ours, to=to, html=AS_TEMPLATE)]
        for echo in secrets:
            standin.faults.add(Fault(status=500, body=f"token {echo} is odd".encode()))
            outcomes.append(said(speaker, ours, to=to, html=AS_TEMPLATE))
        standin.faults.add(Fault(seconds=0.8))
        outcomes.append(said(speaker, ours, to=to, html=AS_TEMPLATE))
        lost = zalo(standin, oa_url="http://127.0.0.1:9", zbs_url="http://127.0.0.1:9", bot_url="http://127.0.0.1:9")
        outcomes.append(said(speaker, lost, to=to, html=AS_TEMPLATE))
        smtp: Any = None
        parcel = ZaloParcel(PERSON, LETTER.model_copy(update={"to": to}), smtp, ours)
        shown = [caplog.text, repr(outcomes), repr(ours), speaker.address(parcel)]
    assert len(caplog.records) > 4
    for text in shown:
        assert not [secret for secret in secrets if secret in text]


def test_the_url_leads_back_to_the_same_plugin_and_hides_its_reader() -> None:
    manager: Any = NotificationManager
    with zalo_office() as standin:
        for speaker, to in ALL_DOORS:
            said(speaker, zalo(standin), to=to, html=AS_TEMPLATE)
            smtp: Any = None
            parcel = ZaloParcel(PERSON, LETTER.model_copy(update={"to": to}), smtp, zalo(standin))
            apprise = Apprise(asset=parcel)
            assert apprise.add(speaker.address(parcel))
            plugin: Any = apprise[0]
            assert type(plugin) is speaker
            assert plugin.url() == speaker.address(parcel)
            assert to not in plugin.url(privacy=True)
    schemas = {speaker.secure_protocol for speaker, _ in ALL_DOORS}
    assert schemas == {"zalooa", "zbs", "zalobot"}
    assert all(schema in manager() for schema in schemas)
