"""A letter through Apprise to a real SMTP server on loopback: every answer becomes the outcome it means."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from apprise import Apprise
from apprise.manager_plugins import NotificationManager
from pydantic import SecretStr, ValidationError

from channels.email import DondocMail
from channels.letter import Accepted, Letter, Outcome, Previewed, RefusedPermanently, TryLater, Unauthorised
from channels.parcel import Parcel
from channels.pool import Pool
from channels.seam import send
from channels.smtp import Smtp, tls_context
from config.channel import Channel, ChannelKind
from domain.office import Person, Post, Role
from tests.channels.postoffice import (
    Script,
    admits,
    certificate,
    free_port,
    post_office,
    refuses,
    silent_server,
)

READER = Person(
    code="dau-moi-ubnd-huyen-bac-son",
    name="Đầu mối UBND huyện Bắc Sơn, nay là UBND xã Bắc Sơn",
    email="dau-moi@bacson.example",
    posts=(Post(unit="ubnd-huyen-bac-son", role=Role.FOCAL),),
    channels=("email",),
)
SUBJECT = (
    "[Đôn đốc] QUÁ HẠN 4 ngày làm việc: Khởi công — Dự án khởi công mới năm 2024, gồm cả chuyển tiếp (và 3 việc khác)"
)
LETTER = Letter(
    to="dau-moi@bacson.example",
    subject=SUBJECT,
    text="Kính gửi: Đầu mối\n\n.một dòng bắt đầu bằng dấu chấm\n  https://dondoc.example/p/abc  \n\n",
    html='<p>Kính gửi: Đầu mối</p><p><a href="https://dondoc.example/p/abc">Xem</a></p>\n',
    message_id="<dondoc.5f0c2f9e1b7d4a63.2024-07-04@vanphong.langson.example>",
    written=datetime(2024, 7, 4, 0, 30, tzinfo=UTC),
    headers=(("X-Dondoc-Rows", "3"),),
)
EMAIL = Channel(code="email", kind=ChannelKind.EMAIL, name="Thư điện tử", sending=True)


def smtp(port: int, **further: object) -> Smtp:
    fields: dict[str, object] = {"host": "127.0.0.1", "port": port, "sender": "dondoc@langson.example", "timeout": 5}
    return Smtp.model_validate(fields | further)


def sent(script: Script, **settings: object) -> Outcome:
    with post_office(script, **settings) as port:
        return send(EMAIL, READER, LETTER, smtp(port))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


# ---------------------------------------------------------------------------------------------------- what arrives


def test_the_letter_arrives_as_written() -> None:
    script = Script()
    assert sent(script) == Accepted(code=250)
    (message,) = script.letters()
    assert message["Subject"] == SUBJECT
    assert message["From"] == "Hệ thống Đôn Đốc <dondoc@langson.example>"
    assert message["To"] == "dau-moi@bacson.example"
    assert message.get_all("Message-ID") == [LETTER.message_id]
    assert message["Date"] == "Thu, 04 Jul 2024 07:30:00 +0700"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Dondoc"] == READER.code
    assert message["X-Dondoc-Rows"] == "3"
    assert part(message, "plain").replace("\r\n", "\n") == LETTER.text
    assert part(message, "html").replace("\r\n", "\n") == LETTER.html
    (envelope,) = script.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("dondoc@langson.example", ["dau-moi@bacson.example"])


def test_the_message_is_plain_ascii_on_the_line() -> None:
    script = Script()
    sent(script)
    content = script.taken[0].content
    assert isinstance(content, bytes)
    assert content.isascii()
    assert max(map(len, content.splitlines())) <= 998


def test_sent_twice_it_is_the_same_message() -> None:
    script = Script()
    with post_office(script) as port:
        assert send(EMAIL, READER, LETTER, smtp(port)) == send(EMAIL, READER, LETTER, smtp(port))
    first, second = script.letters()
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_many_letters_are_not_slowed_down_by_apprise() -> None:
    script = Script()
    with post_office(script) as port:
        started = time.monotonic()
        for _ in range(20):
            send(EMAIL, READER, LETTER, smtp(port))
        assert time.monotonic() - started < 5
    assert len(script.taken) == 20


# -------------------------------------------------------------------------------------------------- what is answered


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        (
            Script(rcpt="550 5.1.1 khong co hop thu"),
            RefusedPermanently(code=550, detail="5.1.1 khong co hop thu", address=True),
        ),
        (Script(mail="553 5.1.8 sender"), RefusedPermanently(code=553, detail="5.1.8 sender")),
        (Script(data="554 5.7.1 content"), RefusedPermanently(code=554, detail="5.7.1 content")),
        (Script(mail="451 4.3.0 busy"), TryLater(code=451, detail="4.3.0 busy")),
        (Script(rcpt="452 4.2.2 full"), TryLater(code=452, detail="4.2.2 full")),
        (Script(data="451 4.7.1 greylisted"), TryLater(code=451, detail="4.7.1 greylisted")),
        (Script(mail="530 5.7.0 log in first"), Unauthorised(code=530, detail="5.7.0 log in first")),
        (Script(quit="554 not even goodbye"), Accepted(code=250)),
    ],
)
def test_a_servers_answer_becomes_what_it_means(script: Script, outcome: Outcome) -> None:
    assert sent(script) == outcome


def test_a_line_cut_after_the_message_leaves_open_whether_it_arrived() -> None:
    script = Script(data="")
    outcome = sent(script)
    assert isinstance(outcome, TryLater)
    assert outcome.code is None
    assert outcome.perhaps_arrived
    assert len(script.taken) == 1


def test_nobody_listening_is_a_matter_of_time() -> None:
    outcome = send(EMAIL, READER, LETTER, smtp(free_port()))
    assert isinstance(outcome, TryLater)
    assert not outcome.perhaps_arrived
    assert "127.0.0.1" in outcome.detail


def test_a_silent_server_is_given_up_after_the_timeout() -> None:
    with silent_server() as port:
        started = time.monotonic()
        outcome = send(EMAIL, READER, LETTER, smtp(port, timeout=0.3))
        assert time.monotonic() - started < 3
    assert isinstance(outcome, TryLater)
    assert not outcome.perhaps_arrived


# ------------------------------------------------------------------------------------------------ being let in


def login(reply: object) -> dict[str, object]:
    return {"authenticator": reply, "auth_require_tls": False}


@pytest.mark.parametrize("reply", ["535 5.7.8 credentials invalid", "454 4.7.0 temporary", "534 5.7.9 too weak"])
def test_a_refused_login_stops_the_channel(reply: str) -> None:
    script = Script()
    with post_office(script, **login(refuses(reply))) as port:
        outcome = send(EMAIL, READER, LETTER, smtp(port, user="dondoc", password=SecretStr("sai")))
    assert isinstance(outcome, Unauthorised)
    assert outcome.code == int(reply[:3])
    assert script.taken == []


def test_the_right_password_opens_and_stays_out_of_every_text() -> None:
    script = Script()
    with post_office(script, **login(admits("dondoc", "bi-mat"))) as port:
        server = smtp(port, user="dondoc", password=SecretStr("bi-mat"))
        assert send(EMAIL, READER, LETTER, server) == Accepted(code=250)
    assert "bi-mat" not in repr(server) + DondocMail.address(Parcel(READER, LETTER, server, Pool()))


def test_a_server_without_login_or_encryption_is_the_admins_matter() -> None:
    with post_office(Script()) as port:
        for further in ({"user": "dondoc"}, {"starttls": True}):
            outcome = send(EMAIL, READER, LETTER, smtp(port, **further))
            assert isinstance(outcome, Unauthorised)
            assert "không hỗ trợ" in outcome.detail


def test_starttls_encrypts_with_a_trusted_certificate_and_refuses_another(
    tmp_path: Path, expected_errors: list[str]
) -> None:
    expected_errors.append("SMTP session exception")  # the server's, when we hang up on its certificate
    context, trusted = certificate(tmp_path)
    script = Script()
    with post_office(script, tls_context=context, require_starttls=True) as port:
        assert send(EMAIL, READER, LETTER, smtp(port, starttls=True, ca_file=trusted)) == Accepted(code=250)
        outcome = send(EMAIL, READER, LETTER, smtp(port, starttls=True))
    assert isinstance(outcome, Unauthorised)
    assert "chứng thư số" in outcome.detail
    assert len(script.taken) == 1


def test_the_tls_context_is_built_once() -> None:
    assert tls_context(None) is tls_context(None)


# ------------------------------------------------------------------------------------------------ what is not sent


@pytest.mark.parametrize(
    "channel", [EMAIL.model_copy(update={"sending": False}), EMAIL.model_copy(update={"kind": ChannelKind.PREVIEW})]
)
def test_a_preview_writes_to_nobody(channel: Channel) -> None:
    script = Script()
    with post_office(script) as port:
        assert send(channel, READER, LETTER, smtp(port)) == Previewed()
    assert script.taken == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "khong-phai-dia-chi",
        "đầu.mối@bacson.example",
        "hai@ba@bon.example",
        "a b@x.example",
        "hai..cham@x.example",
        "thieu-ten-mien@",
        "<a@b.example>",
    ],
)
def test_what_cannot_be_an_address_is_refused_without_asking(address: str) -> None:
    outcome = send(EMAIL, READER, LETTER.model_copy(update={"to": address}), smtp(free_port()))
    assert isinstance(outcome, RefusedPermanently)
    assert outcome.code is None


def test_what_apprise_did_not_even_try_is_not_sent(expected_errors: list[str]) -> None:
    expected_errors.append("dondocmail:// is disabled")
    script = Script()
    manager: Any = NotificationManager
    with post_office(script) as port:
        send(EMAIL, READER, LETTER, smtp(port))
        manager().disable("dondocmail")
        try:
            outcome = send(EMAIL, READER, LETTER, smtp(port))
        finally:
            DondocMail.enable()
    assert isinstance(outcome, TryLater)
    assert len(script.taken) == 1


def test_an_answer_of_apprise_without_a_word_from_the_plugin_is_not_taken_for_sent() -> None:
    # Apprise refuses an empty body by itself: it answers False, and the plugin is never asked.
    outcome = send(EMAIL, READER, LETTER.model_copy(update={"text": ""}), smtp(free_port()))
    assert isinstance(outcome, TryLater)
    assert outcome.perhaps_arrived
    assert "False" in outcome.detail


def test_a_plugin_that_breaks_down_leaves_open_how_far_it_came(
    monkeypatch: pytest.MonkeyPatch, expected_errors: list[str]
) -> None:
    expected_errors.append("kênh email lỗi khi gửi")

    def break_down(_plugin: DondocMail, _parcel: Parcel) -> Outcome:
        raise RuntimeError("hỏng")

    monkeypatch.setattr(DondocMail, "carry", break_down)
    outcome = send(EMAIL, READER, LETTER, smtp(free_port()))
    assert isinstance(outcome, TryLater)
    assert outcome.perhaps_arrived


def test_a_text_no_message_can_carry_is_refused_for_good() -> None:
    outcome = send(EMAIL, READER, LETTER.model_copy(update={"text": "nửa ký tự \udc80"}), smtp(free_port()))
    assert isinstance(outcome, RefusedPermanently)
    assert "không dựng được thư" in outcome.detail


def test_a_sender_that_is_no_address_is_refused_at_birth() -> None:
    with pytest.raises(ValidationError, match="không phải là địa chỉ"):
        smtp(25, sender="khong phai dia chi")


def test_a_plugin_without_a_parcel_is_refused(expected_errors: list[str]) -> None:
    expected_errors.append("Could not load")
    send(EMAIL, READER, LETTER, smtp(free_port()))
    assert not Apprise().add("dondocmail://127.0.0.1:25/a%40b.example")


def test_the_url_leads_back_to_the_same_plugin_and_hides_its_reader() -> None:
    parcel = Parcel(READER, LETTER, smtp(2525), Pool())
    send(EMAIL, READER, LETTER, smtp(free_port()))
    apprise = Apprise(asset=parcel)
    assert apprise.add(DondocMail.address(parcel))
    plugin: Any = apprise[0]
    assert plugin.url() == "dondocmail://127.0.0.1:2525/dau-moi%40bacson.example"
    assert plugin.url(privacy=True) == "dondocmail://127.0.0.1:2525"


# ------------------------------------------------------------------------------------------------ a letter as a value


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Đôn đốc\r\nBcc: ai-do@noi-khac.example"},
        {"subject": "Đôn đốc\u2028"},
        {"subject": ""},
        {"subject": "x" * 151},
        {"to": "a@b.example\nRCPT TO:<c@d.example>"},
        {"message_id": "khong-co-ngoac@x.example"},
        {"message_id": "<a b@x.example>"},
        {"headers": [["Subject", "khác"]]},
        {"headers": [["X-A", "b\r\nBcc: c@d.example"]]},
        {"headers": [["X A", "b"]]},
        {"headers": [["Content-Type", "text/plain"]]},
        {"written": datetime(2024, 7, 4)},  # noqa: DTZ001 - naive on purpose
        {"text": ""},
    ],
)
def test_a_letter_that_could_not_be_sent_safely_does_not_exist(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Letter.model_validate({**LETTER.model_dump(), **wrong})
