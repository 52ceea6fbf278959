"""The demonstration's mailbox: what is sent to it is on disk, on its page, and nowhere else."""

from __future__ import annotations

import re
import smtplib
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from html import unescape
from pathlib import Path

import httpx
import pytest

from channels.letter import Accepted, Letter
from channels.render import render
from channels.seam import send
from channels.smtp import Smtp
from config.channel import Channel, ChannelKind
from demo.mailbox import Mailbox, start
from domain.digest import Digest
from domain.office import Person
from domain.picture import Picture
from tests.channels.digests import ASSIGNED, BEHIND, CHART, DAU_MOI, FRONT, LINKS, OFFICE, THEO_DOI, URGED, WATCHED
from web.serve import PortBusyError

EMAIL = Channel(code="email", kind=ChannelKind.EMAIL, name="Thư điện tử", sending=True)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Mailbox]:
    with start(tmp_path, 0, 0, "http://127.0.0.1:8480/") as mailbox:
        yield mailbox


def post(box: Mailbox, digest: Digest, reader: Person, number: int, *pictures: Picture) -> Letter:
    subject, text, html = render(digest, OFFICE, LINKS, True)
    letter = Letter(
        to=reader.email or "",
        subject=subject,
        text=text,
        html=html,
        message_id=f"<thu-{number}@langson.example>",
        written=digest.as_of,
        pictures=pictures,
    )
    smtp = Smtp(host="127.0.0.1", port=box.smtp_port, sender="dondoc@langson.example", timeout=5)
    assert send(EMAIL, reader, letter, smtp) == Accepted(code=250)
    return letter


def page(box: Mailbox, path: str = "") -> httpx.Response:
    return httpx.get(box.pages.address + path)


def words(box: Mailbox, path: str = "") -> str:
    answer = page(box, path)
    assert answer.status_code == 200
    return unescape(answer.text)


def paths(source: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="/(thu/[^"]+)"', source)]


def test_every_letter_is_a_file_of_its_own_with_its_message_id(box: Mailbox, tmp_path: Path) -> None:
    letters = [post(box, URGED, DAU_MOI, 1), post(box, WATCHED, THEO_DOI, 2), post(box, URGED, DAU_MOI, 1)]
    files = sorted((tmp_path / "mail" / "new").iterdir())
    kept = [message_from_bytes(path.read_bytes(), policy=SMTP_POLICY) for path in files]
    assert sorted(str(one["Message-ID"]) for one in kept) == sorted(letter.message_id for letter in letters)
    assert sorted(str(one["Delivered-To"]) for one in kept) == sorted(letter.to for letter in letters)
    assert {str(one["Subject"]) for one in kept} == {letter.subject for letter in letters}


def test_the_list_is_newest_first_and_can_be_read_per_person(box: Mailbox) -> None:
    later, earliest, middle = (
        post(box, WATCHED, THEO_DOI, 1),
        post(box, ASSIGNED, DAU_MOI, 2),
        post(box, URGED, DAU_MOI, 3),
    )
    shown = words(box)
    assert "3 thư" in shown
    assert "MINH HOẠ" in shown
    places = [shown.index(one.subject) for one in (later, middle, earliest)]
    assert places == sorted(places)
    own = words(box, f"?nguoi={DAU_MOI.email}")
    assert f"2 thư gửi {DAU_MOI.email}" in own
    assert later.subject not in own


def test_a_long_list_has_pages(box: Mailbox) -> None:
    for number in range(52):
        message = EmailMessage()
        message["To"], message["Subject"] = "a@b.example", f"Thư thứ {number}"
        message["Date"] = URGED.as_of + timedelta(minutes=number)
        message.set_content("nội dung")
        with smtplib.SMTP("127.0.0.1", box.smtp_port) as server:
            server.sendmail("c@d.example", ["a@b.example"], message.as_bytes(policy=SMTP_POLICY))
    assert len(paths(words(box))) == 50
    assert "Thư thứ 51" in words(box)
    assert "Thư thứ 0\n" in re.sub(r"</span>", "\n", words(box, "?trang=2"))
    assert len(paths(words(box, "?trang=2"))) == 2


def test_one_letter_shows_both_its_parts_and_its_headers(box: Mailbox) -> None:
    letter = post(box, URGED, DAU_MOI, 1)
    (path,) = paths(words(box))
    shown = words(box, path)
    for part in (letter.subject, letter.message_id, letter.to, "07:30 ngày 04/7/2024", "auto-generated", DAU_MOI.code):
        assert part in shown
    assert "QUÁ HẠN 4 ngày làm việc" in shown
    assert f'<a href="{FRONT}" rel="noopener noreferrer" target="_blank">' in shown
    framed = page(box, f"{path}/html")
    assert framed.text.replace("\r\n", "\n").strip() == letter.html.strip()


def test_a_letter_is_shown_with_its_own_pictures_and_no_others(box: Mailbox) -> None:
    picture = Picture(cid=CHART.cid, content_type="image/png", content=b"\x89PNG" + b"0" * 40)
    post(box, BEHIND, DAU_MOI, 1, picture)
    (path,) = paths(words(box))
    framed = page(box, f"{path}/html")
    assert f'src="data:image/png;base64,{b64encode(picture.content).decode()}"' in framed.text
    assert "cid:" not in framed.text
    assert "img-src data:;" in framed.headers["Content-Security-Policy"]


def test_the_html_of_a_letter_is_shown_behind_bars(box: Mailbox) -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "<b>ai</b>@x.example", "<script>alert(1)</script>"
    message.set_content('<script>alert(2)</script> https://dondoc.example/?a=1&b="x')
    message.add_alternative("<script>alert(3)</script><img src=https://noi-khac.example/a.png>", subtype="html")
    with smtplib.SMTP("127.0.0.1", box.smtp_port) as server:
        server.sendmail("c@d.example", ["a@b.example"], message.as_bytes(policy=SMTP_POLICY))
    listed = page(box)
    (path,) = paths(listed.text)
    opened, framed = page(box, path), page(box, f"{path}/html")
    for answer in (listed, opened):
        assert "<script>" not in answer.text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in opened.text
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize("key", ["khong-co", "..%2F..%2Fsecret", "%2e%2e/secret", "../secret"])
def test_nothing_but_letters_can_be_opened(box: Mailbox, tmp_path: Path, key: str) -> None:
    (tmp_path / "secret").write_text("bí mật", encoding="utf-8")
    post(box, URGED, DAU_MOI, 1)
    for path in (f"thu/{key}", f"thu/{key}/html"):
        answer = page(box, path)
        assert answer.status_code == 404
        assert "bí mật" not in answer.text


def test_an_empty_mailbox_says_so(box: Mailbox) -> None:
    assert "Chưa có thư nào" in words(box)


def test_it_listens_on_loopback_alone(box: Mailbox) -> None:
    for server in (box.pages._socket, box._post._sorting):
        assert server.getsockname()[0] == "127.0.0.1"


def test_a_busy_port_is_said_at_once_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        started = time.monotonic()
        with pytest.raises(PortBusyError, match=f"Cổng {taken} .* DONDOC_SMTP_PORT"):
            start(tmp_path, taken, 0)
        with pytest.raises(PortBusyError, match=f"Cổng {taken} .* DONDOC_MAILBOX_PORT"):
            start(tmp_path, 0, taken)
        assert time.monotonic() - started < 2


def test_stopped_it_leaves_its_ports_and_keeps_its_letters(tmp_path: Path) -> None:
    with start(tmp_path, 0, 0) as first:
        letter = post(first, URGED, DAU_MOI, 1)
        ports = first.smtp_port, first.pages.port
    with start(tmp_path, *ports) as second:
        assert letter.subject in words(second)
