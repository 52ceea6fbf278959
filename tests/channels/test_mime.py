"""The message as it goes over the line, read again as mail programs of both kinds read it."""

from __future__ import annotations

import unicodedata
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import SMTP as STANDARD
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from channels.attachment import Attachment
from channels.bounce import envelope_sender, returned
from channels.letter import Accepted, Letter
from channels.mime import mime, wire
from channels.seam import send
from channels.smtp import Smtp
from domain.picture import Picture
from tests.channels.postoffice import Script, post_office
from tests.channels.test_send import EMAIL, LETTER, READER, smtp

NAMES = [
    "bao-cao.pdf",
    "Báo cáo tiến độ giải ngân quý III năm 2024.docx",
    "Kết luận “kiểm tra” của Phó Chủ tịch - 50% kế hoạch; lần 2 'sửa'.pdf",
    'Công văn "hoả tốc".pdf',
    "Phụ lục 1 (danh mục các dự án khởi công mới), bản đã rà soát, dùng cho họp giao ban tháng 6.xlsx",
    "a" * 95 + ".pdf",
    "=?utf-8?q?gia?=.pdf",
]
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệ ABCĐ0123456789.-()[]%'\"=?;,&"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attached(*names: str) -> Letter:
    files = tuple(Attachment(name=name, media_type=DOCX, content=b"\x00\xff" + name.encode()) for name in names)
    return LETTER.model_copy(update={"attachments": files})


def read(letter: Letter, **further: object) -> EmailMessage:
    content = wire(mime(letter, READER.code, smtp(25, **further)))
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    message = message_from_bytes(content, policy=STANDARD)
    assert isinstance(message, EmailMessage)
    assert all(part.defects == [] for part in message.walk())
    return message


def old_name(part: Message) -> str:
    """The name as a program reads it that knows encoded words and nothing of RFC 2231."""
    name = part.get_param("name")
    assert isinstance(name, str)
    return str(make_header(decode_header(name)))


# ------------------------------------------------------------------------------------------------------- attachments


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_attachment_arrives_in_new_programs_and_in_old_ones(name: str) -> None:
    letter = attached(name)
    (part,) = read(letter).iter_attachments()
    assert part.get_filename() == name
    assert part.get_content_disposition() == "attachment"
    assert part.get_content() == letter.attachments[0].content
    (old,) = [one for one in message_from_bytes(wire(mime(letter, "x", smtp(25)))).walk() if one.get_filename()]
    assert old_name(old) == name
    assert max(map(len, old.as_bytes().splitlines())) <= 130


@given(st.text(VIETNAMESE, min_size=1, max_size=100).filter(lambda name: name.strip() == name and name[0] != "."))
def test_any_vietnamese_name_arrives(name: str) -> None:
    written = unicodedata.normalize("NFC", name)
    (part,) = read(attached(name)).iter_attachments()
    assert part.get_filename() == written


def test_attachments_stand_beside_the_text_in_both_its_forms() -> None:
    message = read(attached(*NAMES))
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_filename() for part in message.iter_attachments()] == NAMES
    for kind, said in (("plain", LETTER.text), ("html", LETTER.html)):
        body = message.get_body((kind,))
        assert body is not None
        assert str(body.get_content()).replace("\r\n", "\n") == said


@pytest.mark.parametrize("name", ["", "a\r\nBcc: x.pdf", "a\u2028.pdf", "../a.pdf", "a\\b.pdf", ".an", "a" * 101])
def test_a_name_that_could_do_harm_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Attachment(name=name, media_type="application/pdf", content=b"")


def test_a_media_type_is_one_and_nothing_more() -> None:
    with pytest.raises(ValidationError):
        Attachment(name="a.pdf", media_type='application/pdf; name="b"', content=b"")


def test_a_name_typed_on_a_mac_is_sent_composed() -> None:
    file = Attachment(name=unicodedata.normalize("NFD", "Tiến độ.pdf"), media_type="application/pdf", content=b"")
    assert file.name == "Tiến độ.pdf"


def test_an_attachment_travels_through_apprise_and_a_server() -> None:
    script = Script()
    with post_office(script) as port:
        assert send(EMAIL, READER, attached(NAMES[1]), smtp(port)) == Accepted(code=250)
    (message,) = script.letters()
    assert [part.get_filename() for part in message.iter_attachments()] == [NAMES[1]]


# ----------------------------------------------------------------------------------------------------------- headers


def test_every_header_is_there_once() -> None:
    message = read(LETTER)
    names = [name.lower() for name in message.keys()]  # noqa: SIM118 - a message is no dictionary: names may repeat
    assert len(set(names)) == len(names)
    assert {"message-id", "auto-submitted", "list-unsubscribe", "date", "from", "to", "subject"} <= set(names)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"].addresses[0].display_name == "Hệ thống Đôn Đốc"


def test_the_wish_to_be_spared_goes_to_a_human_by_letter() -> None:
    for further, address in (
        ({}, "dondoc@langson.example"),
        ({"unsubscribe": "quan-tri@x.example"}, "quan-tri@x.example"),
    ):
        wish = read(LETTER, **further)["List-Unsubscribe"]
        assert wish.startswith("<mailto:")
        assert wish.endswith(">")
        link = urlsplit(wish[1:-1])
        assert link.path == address
        assert unquote(link.query) == f"subject=Đề nghị ngừng gửi thư đôn đốc: {READER.code}"


def test_the_same_letter_is_the_same_to_the_last_byte() -> None:
    letter = attached(*NAMES)
    assert wire(mime(letter, "x", smtp(25))) == wire(mime(letter, "x", smtp(25)))


@pytest.mark.parametrize("name", ["List-Unsubscribe", "X-Dondoc", "Return-Path", "Message-Id", "content-type"])
def test_what_is_set_here_cannot_be_set_by_a_letter(name: str) -> None:
    with pytest.raises(ValidationError):
        Letter.model_validate({**LETTER.model_dump(), "headers": [[name, "x"]]})


@pytest.mark.parametrize("subject", ["=?utf-8?q?Gi=E1=BA=A3?=", "Dự án =?x?= mới", "a" * 150, " ".join(["tám"] * 37)])
def test_a_subject_that_looks_encoded_or_is_long_is_read_as_written(subject: str) -> None:
    assert read(LETTER.model_copy(update={"subject": subject}))["Subject"] == subject


def test_a_senders_name_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValidationError):
        smtp(25, sender_name="Đôn Đốc\r\nBcc: x@y.example")


@pytest.mark.parametrize("name", ["Van phong, UBND (tinh)", "Văn phòng UBND tỉnh Lạng Sơn, bộ phận theo dõi, đôn đốc"])
def test_a_sender_is_read_as_named(name: str) -> None:
    content = wire(mime(LETTER, "x", smtp(25, sender_name=name)))
    # Python's newer parser puts a space between two encoded words of a name (3.11); mail programs do not.
    shown, address = parseaddr(message_from_bytes(content)["From"])
    assert (str(make_header(decode_header(shown))), address) == (name, "dondoc@langson.example")


def test_encryption_is_one_kind_or_the_other() -> None:
    with pytest.raises(ValidationError, match="một trong hai"):
        smtp(25, starttls=True, implicit_tls=True)


# ----------------------------------------------------------------------------------------------------------- bounces

KEY = "5f0c2f9e1b7d4a635f0c2f9e1b7d4a635f0c2f9e"
MESSAGE_ID = f"<{KEY}@vanphong.langson.example>"
SECRET = "bi-mat-cua-van-phong-dai-du-ba-muoi-hai-ky-tu"


def bouncing(port: int = 25, **further: str) -> Smtp:
    return smtp(port, **{"bounce_domain": "tra.langson.example", "bounce_secret": SECRET, **further})


def test_without_a_bounce_domain_returned_mail_goes_to_the_sender() -> None:
    assert envelope_sender(smtp(25), MESSAGE_ID) == "dondoc@langson.example"
    assert returned(smtp(25), envelope_sender(bouncing(), MESSAGE_ID)) is None


def test_a_returned_message_is_known_by_its_address_alone() -> None:
    address = envelope_sender(bouncing(), MESSAGE_ID)
    local_part, _, domain = address.rpartition("@")
    assert domain == "tra.langson.example"
    assert len(local_part) <= 64
    assert returned(bouncing(), address) == KEY
    assert returned(bouncing(), address.upper()) == KEY


@pytest.mark.parametrize(
    "changed",
    [
        lambda address: address.replace("5f0c", "5f0d", 1),
        lambda address: address.replace("tra.", "tro.", 1),
        lambda address: address.replace("+", "", 1),
        lambda address: address.replace("@", "a@", 1),
        lambda _: "dondoc@langson.example",
        lambda _: "",
    ],
)
def test_an_invented_address_is_nobodys(changed: object) -> None:
    assert callable(changed)
    assert returned(bouncing(), changed(envelope_sender(bouncing(), MESSAGE_ID))) is None


def test_another_office_signs_otherwise() -> None:
    address = envelope_sender(bouncing(), MESSAGE_ID)
    assert returned(bouncing(bounce_secret=SECRET[::-1]), address) is None


def test_a_message_id_that_does_not_fit_leaves_the_plain_sender() -> None:
    assert envelope_sender(bouncing(), f"<a{KEY}@x.example>") == "dondoc@langson.example"
    assert envelope_sender(bouncing(), "<A.b@x.example>") == "dondoc@langson.example"


@pytest.mark.parametrize(
    "wrong", [{"bounce_secret": "ngan"}, {"bounce_domain": "khong phai"}, {"bounce_domain": "a@b"}]
)
def test_bounces_that_could_not_be_told_from_forgeries_are_refused_at_birth(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        bouncing(25, **wrong)


def test_the_server_is_told_the_signed_address_and_the_reader_the_plain_one() -> None:
    script = Script()
    letter = LETTER.model_copy(update={"message_id": MESSAGE_ID})
    with post_office(script) as port:
        assert send(EMAIL, READER, letter, bouncing(port)) == Accepted(code=250)
    assert returned(bouncing(), str(script.taken[0].mail_from)) == KEY
    assert script.letters()[0]["From"].addresses[0].addr_spec == "dondoc@langson.example"


# ---------------------------------------------------------------------------------------------------------- pictures

PICTURES = tuple(
    Picture(cid=f"nhip-do-{n}@dondoc", content_type="image/png", content=b"\x89PNG\r\n\x00" + bytes([n]) * 400)
    for n in range(2)
)


def pictured(**further: object) -> Letter:
    html = f"<p>Tiến độ</p>{''.join(f'<img src=cid:{one.cid}>' for one in PICTURES)}"
    return LETTER.model_copy(update={"html": html, "pictures": PICTURES, **further})


def structure(part: Any) -> object:
    inside = part.get_payload()
    return (
        (part.get_content_type(), [structure(one) for one in inside])
        if isinstance(inside, list)
        else (part.get_content_type())
    )


def test_pictures_stand_beside_the_html_and_the_text_is_untouched() -> None:
    message = read(pictured())
    shown = ("multipart/related", ["text/html", "image/png", "image/png"])
    assert structure(message) == ("multipart/alternative", ["text/plain", shown])
    related = message.get_payload(1)
    assert isinstance(related, EmailMessage)
    assert related.get_param("type") == "text/html"
    text = message.get_body(("plain",))
    assert text is not None
    assert str(text.get_content()).replace("\r\n", "\n") == LETTER.text
    assert list(message.iter_attachments()) == []


def test_each_picture_is_known_by_the_name_the_html_gives_it() -> None:
    parts = [part for part in read(pictured()).walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in parts] == [f"<{one.cid}>" for one in PICTURES]
    assert {part.get_content_disposition() for part in parts} == {"inline"}
    assert [part.get_filename() for part in parts] == [None, None]
    assert [part.get_content() for part in parts] == [one.content for one in PICTURES]


def test_pictures_and_attachments_travel_together() -> None:
    message = read(pictured(attachments=attached(NAMES[0]).attachments))
    shown = ("multipart/related", ["text/html", "image/png", "image/png"])
    assert structure(message) == ("multipart/mixed", [("multipart/alternative", ["text/plain", shown]), DOCX])


def test_a_letter_with_pictures_is_the_same_to_the_last_byte() -> None:
    assert wire(mime(pictured(), "x", smtp(25))) == wire(mime(pictured(), "x", smtp(25)))


def test_pictures_travel_through_apprise_and_a_server() -> None:
    script = Script()
    with post_office(script) as port:
        assert send(EMAIL, READER, pictured(), smtp(port)) == Accepted(code=250)
    (message,) = script.letters()
    assert [part.get_content() for part in message.walk() if part.get_content_type() == "image/png"] == [
        one.content for one in PICTURES
    ]
