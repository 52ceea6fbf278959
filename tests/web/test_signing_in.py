"""Coming in by a link to one's own address, and going out: through the real application and a real mail server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.sign_in import GOOD_FOR, PER_ORIGIN, PER_PERSON
from store import reading
from store.web_sessions import sessions_of
from tests.channels.postoffice import Script, post_office
from tests.web.browsing import Browser, Reading
from tests.web.town_hall import ADMIN, FORMER, LEAD, MONITOR, TownHall, town_hall
from web.callers import LASTS
from web.signing_in import inside

ADDRESS = f"{LEAD}@bacson.langson.example"


@pytest.fixture
def mail() -> Script:
    return Script()


@pytest.fixture
def hall(prepared_home: Path, tmp_path: Path, mail: Script) -> Iterator[TownHall]:
    with post_office(mail) as port, town_hall(prepared_home, tmp_path / "home", smtp_port=str(port)) as opened:
        yield opened


def address_of(hall: TownHall, person: str) -> str:
    found = hall.office.configuration().rules.office.person(person)
    assert found is not None
    assert found.email is not None
    return found.email


def knock(hall: TownHall, address: str, to: str = "") -> Browser:
    """A browser that has asked for a link."""
    browser = hall.anybody()
    answer = browser.post("/vao", {"dia-chi": address, "den": to})
    assert answer.status_code == 200, answer.text
    return browser


def sent_link(mail: Script) -> str:
    """The path of the link in the last letter."""
    text = mail.letters()[-1].get_body(("plain",))
    assert text is not None
    (found,) = re.findall(r"http://127\.0\.0\.1:8480(/vao/\S+)", text.get_content())
    return str(found)


def come_in(hall: TownHall, mail: Script, person: str, to: str = "") -> Browser:
    browser = knock(hall, address_of(hall, person), to)
    link = sent_link(mail)
    form = Reading(browser.get(link).text).forms[0]
    answer = browser.post(link, form.fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == (to or "/")
    return browser


def test_a_link_sent_to_ones_own_address_lets_its_reader_in(hall: TownHall, mail: Script) -> None:
    browser = come_in(hall, mail, LEAD)
    (letter,) = mail.letters()
    assert (letter["To"], letter["Subject"]) == (address_of(hall, LEAD), "[MINH HOẠ] [Đôn đốc] Đường dẫn đăng nhập")
    assert "Set-Cookie" not in letter
    assert browser.get("/").headers["location"] == "/viec"
    assert "Khởi công" in browser.get("/viec").text
    with reading(hall.office.store) as opened:
        (session,) = sessions_of(opened, hall.wall())
    assert (session.person, session.way) == (LEAD, "đường dẫn đăng nhập")


def test_the_cookie_is_for_this_server_alone_and_out_of_reach_of_scripts(hall: TownHall, mail: Script) -> None:
    browser = knock(hall, address_of(hall, LEAD))
    cookie = browser.post(sent_link(mail), {}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie  # this office is reached without TLS


def test_over_tls_the_cookie_stays_there(prepared_home: Path, tmp_path: Path, mail: Script) -> None:
    secure = {"public_url": "https://dondoc.langson.example"}
    with post_office(mail) as port, town_hall(prepared_home, tmp_path / "tls", smtp_port=str(port), **secure) as hall:
        browser = knock(hall, address_of(hall, LEAD))
        text = mail.letters()[-1].get_body(("plain",))
        assert text is not None
        (path,) = re.findall(r"https://dondoc\.langson\.example(/vao/\S+)", text.get_content())
        cookie = browser.post(path, {}).headers["set-cookie"]
    assert cookie.startswith("__Host-dondoc=")
    assert "Secure" in cookie


def test_opening_the_link_uses_nothing_up_and_the_button_works_once(hall: TownHall, mail: Script) -> None:
    knock(hall, address_of(hall, LEAD))
    link = sent_link(mail)
    for _ in range(3):  # a scanner of mail, and its reader
        assert hall.anybody().get(link).status_code == 200
    assert hall.anybody().post(link, {}).status_code == 303
    again = hall.anybody().post(link, {})
    assert again.status_code == 410
    assert "đã dùng hoặc đã hết hạn" in Reading(again.text).words


def test_a_link_dies_after_its_quarter_of_an_hour(hall: TownHall, mail: Script) -> None:
    knock(hall, address_of(hall, LEAD))
    hall.wall.moment += GOOD_FOR
    assert hall.anybody().post(sent_link(mail), {}).status_code == 410


def test_a_forged_link_opens_nothing(hall: TownHall) -> None:
    assert hall.anybody().post("/vao/" + "A" * 43, {}).status_code == 410


@pytest.mark.parametrize("address", ["khong-ai@langson.example", f"{FORMER}@langson.example", "'; DROP TABLE sign_in"])
def test_an_address_of_nobody_is_answered_the_same_and_nothing_is_sent(
    hall: TownHall, mail: Script, address: str
) -> None:
    theirs = Reading(knock(hall, address_of(hall, LEAD)).post("/vao", {"dia-chi": ADDRESS}).text).words
    sent = len(mail.letters())
    nobody = Reading(hall.anybody().post("/vao", {"dia-chi": address}).text).words
    assert nobody.replace(address, "…") == theirs.replace(ADDRESS, "…")
    assert len(mail.letters()) == sent


def test_a_phone_number_is_an_address_too(hall: TownHall, mail: Script) -> None:
    found = hall.office.configuration().rules.office.person(ADMIN)
    assert found is not None
    knock(hall, f"+{found.phone}")
    assert mail.letters()[-1]["To"] == found.email


def test_nobody_is_flooded_with_links(hall: TownHall, mail: Script) -> None:
    for _ in range(PER_PERSON + 2):
        knock(hall, address_of(hall, LEAD))
    assert len(mail.letters()) == PER_PERSON
    hall.wall.moment += GOOD_FOR + timedelta(seconds=1)
    knock(hall, address_of(hall, LEAD))
    assert len(mail.letters()) == PER_PERSON + 1


def test_who_tries_address_after_address_is_held_off(hall: TownHall) -> None:
    for number in range(PER_ORIGIN):
        knock(hall, f"thu-{number}@langson.example")
    answer = hall.anybody().post("/vao", {"dia-chi": "them@langson.example"})
    assert answer.status_code == 429
    assert "thử lại sau 15 phút" in Reading(answer.text).words


def test_whoever_is_not_in_is_led_in_and_on_to_where_they_wanted(hall: TownHall, mail: Script) -> None:
    answer = hall.anybody().get("/viec?nhiem-vu=bac-son-khoi-cong-moi")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/vao?den=%2Fviec%3Fnhiem-vu%3Dbac-son-khoi-cong-moi"
    come_in(hall, mail, LEAD, "/viec?nhiem-vu=bac-son-khoi-cong-moi")


@pytest.mark.parametrize(
    "to", ["https://xau.example/", "//xau.example", "/\\xau.example", "viec", "javascript:alert(1)", "/ra", "/a\nb"]
)
def test_nobody_is_led_elsewhere(to: str) -> None:
    assert inside(to) == ""


def test_who_leaves_is_out(hall: TownHall, mail: Script) -> None:
    browser = come_in(hall, mail, MONITOR)
    kept = dict(browser.cookies)
    assert browser.post("/ra", {}).headers["location"] == "/vao"
    browser.cookies.update(kept)  # the browser may forget; the server must not rely on it
    assert browser.get("/viec").status_code == 303


def test_a_session_ends_when_it_was_not_used_for_long_and_lasts_while_it_is(hall: TownHall, mail: Script) -> None:
    browser = come_in(hall, mail, LEAD)
    for _ in range(3):
        hall.wall.moment += LASTS - timedelta(days=1)
        assert browser.get("/viec").status_code == 200
    hall.wall.moment += LASTS
    assert browser.get("/viec").status_code == 303


def test_who_lost_their_post_is_out_at_once(hall: TownHall) -> None:
    assert hall.signed_in(FORMER).get("/viec").status_code == 303


def test_what_is_kept_of_links_and_sessions_opens_nothing(hall: TownHall, mail: Script) -> None:
    browser = come_in(hall, mail, LEAD)
    token, key = sent_link(mail).rsplit("/", 1)[1], browser.cookies["dondoc"]
    stored = (hall.office.settings.home / "dondoc.sqlite").read_bytes()
    stored += b"".join(file.read_bytes() for file in hall.office.settings.home.glob("dondoc.sqlite-*"))
    assert token.encode() not in stored
    assert key.encode() not in stored
