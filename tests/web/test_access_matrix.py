"""Every address × everybody who may call it: who is let in, who is led to the entrance, who is refused; nothing else.

A new address fails the first test until it is written into the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from actions.sign_in import hashed
from config.link import DEMO_LASTS, sign
from domain.access import Part
from store import session
from store.web_sessions import begin
from tests.stories.town import CODE
from tests.web.browsing import Browser
from tests.web.town_hall import ADMIN, FORMER, LEAD, LEADER, MOMENT, MONITOR, NTM, SETTINGS, VIEWER, TownHall, town_hall

PUBLIC, LINK, TICKET = "anybody", "whoever holds the link", "who may, with a ticket"
Whose = Part | str

PAGES: Mapping[str, tuple[str, Whose]] = {
    "/": ("/", PUBLIC),
    "/song": ("/song", PUBLIC),
    "/vao": ("/vao", PUBLIC),
    "/vao/{token}": ("/vao/" + "A" * 43, PUBLIC),
    "/p/{link}": (f"/p/LINK?nhiem-vu={CODE}", LINK),
    "/p/{link}/tiep-nhan": (f"/p/LINK/tiep-nhan?nhiem-vu={CODE}", LINK),
    "/p/{link}/gia-han": (f"/p/LINK/gia-han?nhiem-vu={CODE}&moc=giai-ngan-100", LINK),
    "/viec": ("/viec", Part.OWN),
    "/viec/tiep-nhan": (f"/viec/tiep-nhan?nhiem-vu={CODE}", Part.OWN),
    "/viec/gia-han": (f"/viec/gia-han?nhiem-vu={CODE}&moc=giai-ngan-100", Part.OWN),
    "/nhiem-vu": ("/nhiem-vu", Part.LOOK),
    "/nhiem-vu/{code}": (f"/nhiem-vu/{CODE}", Part.LOOK),
    "/nhiem-vu/{code}/ghi": (f"/nhiem-vu/{CODE}/ghi", Part.LOOK),
    "/nhiem-vu/{code}/tep/{digest}": (f"/nhiem-vu/{CODE}/tep/{'0' * 64}", Part.LOOK),
    "/nhiem-vu/{code}/bieu-do/{milestone}.{kind}": (f"/nhiem-vu/{CODE}/bieu-do/giai-ngan-100.svg", Part.LOOK),
    "/don-vi": ("/don-vi", Part.LOOK),
    "/don-vi/{code}": ("/don-vi/ubnd-huyen-bac-son", Part.LOOK),
    "/tim": ("/tim?q=khoi+cong", Part.LOOK),
    "/lanh-dao": ("/lanh-dao", Part.LEADER),
    "/theo-doi": ("/theo-doi", Part.MONITOR),
    "/theo-doi/{entry}": ("/theo-doi/khong-co", Part.MONITOR),
    "/bang-tinh": ("/bang-tinh", Part.OWN),
    "/bang-tinh/tai": ("/bang-tinh/tai", Part.OWN),
    "/quan-tri": ("/quan-tri", Part.ADMIN),
    "/quan-tri/tuan-tra": ("/quan-tri/tuan-tra", Part.ADMIN),
    "/quan-tri/kenh": ("/quan-tri/kenh", Part.ADMIN),
    "/quan-tri/can-bo": ("/quan-tri/can-bo", Part.ADMIN),
    "/quan-tri/don-vi": ("/quan-tri/don-vi", Part.ADMIN),
    "/quan-tri/cau-hinh": ("/quan-tri/cau-hinh", Part.ADMIN),
    "/quan-tri/cau-hinh/tep": ("/quan-tri/cau-hinh/tep", Part.ADMIN),
    "/quan-tri/chinh-sach": ("/quan-tri/chinh-sach", Part.ADMIN),
    "/quan-tri/lich": ("/quan-tri/lich", Part.ADMIN),
    "/quan-tri/nhat-ky": ("/quan-tri/nhat-ky", Part.ADMIN),
    "/quan-tri/khoa": ("/quan-tri/khoa", Part.ADMIN),
    "/quan-tri/ban-giao": ("/quan-tri/ban-giao", Part.ADMIN),
    "/quan-tri/ban-giao/{proposal}": ("/quan-tri/ban-giao/khong-co", Part.ADMIN),
}
FORMS: Mapping[str, tuple[str, Whose]] = {
    "/vao": ("/vao", PUBLIC),
    "/vao/{token}": ("/vao/" + "A" * 43, PUBLIC),
    "/ra": ("/ra", PUBLIC),
    "/p/{link}": (f"/p/LINK?nhiem-vu={CODE}", TICKET),
    "/p/{link}/tiep-nhan": (f"/p/LINK/tiep-nhan?nhiem-vu={CODE}", TICKET),
    "/p/{link}/gia-han": (f"/p/LINK/gia-han?nhiem-vu={CODE}&moc=giai-ngan-100", TICKET),
    "/viec": ("/viec", Part.OWN),
    "/viec/tiep-nhan": ("/viec/tiep-nhan", Part.OWN),
    "/viec/gia-han": ("/viec/gia-han", Part.OWN),
    "/nhiem-vu/{code}/ghi": (f"/nhiem-vu/{CODE}/ghi", Part.LOOK),
    "/theo-doi/{verdict}": ("/theo-doi/xac-nhan", Part.MONITOR),
    "/bang-tinh": ("/bang-tinh", Part.OWN),
    "/bang-tinh/luu": ("/bang-tinh/luu", Part.OWN),
    "/quan-tri/kenh/thu": ("/quan-tri/kenh/thu", Part.ADMIN),
    "/quan-tri/kenh/dung": ("/quan-tri/kenh/dung", Part.ADMIN),
    "/quan-tri/kenh/gui-lai": ("/quan-tri/kenh/gui-lai", Part.ADMIN),
    "/quan-tri/can-bo/ket-thuc-phien": ("/quan-tri/can-bo/ket-thuc-phien", Part.ADMIN),
    "/quan-tri/cau-hinh/ap-dung": ("/quan-tri/cau-hinh/ap-dung", Part.ADMIN),
    "/quan-tri/cau-hinh/tep": ("/quan-tri/cau-hinh/tep", Part.ADMIN),
    "/quan-tri/nhat-ky/kiem-chung": ("/quan-tri/nhat-ky/kiem-chung", Part.ADMIN),
    "/quan-tri/khoa/cap": ("/quan-tri/khoa/cap", Part.ADMIN),
    "/quan-tri/khoa/thu-hoi": ("/quan-tri/khoa/thu-hoi", Part.ADMIN),
    "/quan-tri/ban-giao": ("/quan-tri/ban-giao", Part.ADMIN),
    "/quan-tri/ban-giao/{proposal}/chon": ("/quan-tri/ban-giao/x/chon", Part.ADMIN),
    "/quan-tri/ban-giao/{proposal}/{verdict}": ("/quan-tri/ban-giao/x/xac-nhan", Part.ADMIN),
}
PARTS = {
    LEAD: {Part.LOOK, Part.OWN},
    MONITOR: {Part.LOOK, Part.OWN, Part.MONITOR},
    LEADER: {Part.LOOK, Part.LEADER},
    ADMIN: {Part.LOOK, Part.ADMIN, Part.MONITOR},
    VIEWER: {Part.LOOK, Part.MONITOR},
}
"""What each of them may open; an admin or viewer of the monitoring unit looks into the monitor's room as well."""
OUTSIDE = ("nobody", "forged", "expired", "former")


@pytest.fixture(scope="module")
def hall(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    with town_hall(prepared_home, tmp_path_factory.mktemp("matrix") / "home") as opened:
        yield opened


def outside(hall: TownHall, who: str) -> Browser:
    """A browser of somebody who is not signed in, or not any more."""
    if who == "former":
        return hall.signed_in(FORMER)
    browser = hall.anybody()
    if who == "forged":
        browser.cookies.set("dondoc", "A" * 43)
    if who == "expired":
        with session(hall.office.store) as opened:
            ended = hall.wall() - timedelta(days=1)
            begin(opened, hashed("expired"), LEAD, "kiểm thử", ended - timedelta(days=30), ended)
        browser.cookies.set("dondoc", "expired")
    return browser


def linked(path: str, person: str = LEAD, age: timedelta = timedelta(days=1), secret: str = SETTINGS["secret"]) -> str:
    form = path.partition("LINK")[2]
    return path.replace("LINK", sign(secret, person, form, MOMENT - age))


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")  # one function answers GET and HEAD; nobody is shown this
def test_every_address_is_in_the_table(hall: TownHall) -> None:
    paths = hall.app.openapi()["paths"]
    assert {path for path, methods in paths.items() if "get" in methods} == set(PAGES)
    assert {path for path, methods in paths.items() if "post" in methods} == set(FORMS)
    assert {method for methods in paths.values() for method in methods} <= {"get", "head", "post"}


@pytest.mark.parametrize("who", OUTSIDE)
def test_who_is_not_signed_in_is_led_to_the_entrance_and_changes_nothing(hall: TownHall, who: str) -> None:
    browser = outside(hall, who)
    for path, whose in PAGES.values():
        if isinstance(whose, Part):
            answer = browser.get(path)
            assert (answer.status_code, answer.headers.get("location", "")[:9]) == (303, "/vao?den="), path
    for path, whose in FORMS.values():
        if isinstance(whose, Part):
            assert browser.post(path, {"dau": "0" * 64}).status_code == 401, path


@pytest.mark.parametrize("person", PARTS)
def test_each_opens_what_is_theirs_and_nothing_else(hall: TownHall, person: str) -> None:
    browser = hall.signed_in(person)
    for path, whose in PAGES.values():
        if isinstance(whose, Part):
            expected = {200, 404, 409} if whose in PARTS[person] else {403}
            if path.endswith("/ghi") and person != LEAD:
                expected = {403}  # nothing there is theirs to record
            assert browser.get(path).status_code in expected, path
            head = browser.request("HEAD", path)
            assert head.status_code in expected, path


@pytest.mark.parametrize("person", PARTS)
def test_no_form_counts_without_its_seal_or_ticket(hall: TownHall, person: str) -> None:
    browser = hall.signed_in(person)
    for path, whose in FORMS.values():
        if isinstance(whose, Part):
            for fields in ({}, {"dau": "0" * 64}, {"ticket": "x.y", "dau": ""}):
                assert browser.post(path, fields).status_code == 403, path


def test_a_link_opens_one_form_of_its_owner_alone(hall: TownHall) -> None:
    browser = hall.signed_in(ADMIN)  # being somebody else changes nothing
    for path, whose in PAGES.values():
        if whose == LINK:
            assert browser.get(linked(path)).status_code in {200, 409}, path
            assert browser.get(linked(path, age=DEMO_LASTS + timedelta(days=1))).status_code == 410, path
            assert browser.get(linked(path, secret="another-secret-" * 3)).status_code == 403, path
            assert browser.get(linked(path, "khong-ai")).status_code == 403, path
            assert browser.get(path).status_code == 403, path
            for other in ("", f"?nhiem-vu={NTM}", f"/gia-han?nhiem-vu={NTM}", "/zalo"):
                token = linked(path).split("/")[2].partition("?")[0]
                assert browser.get(f"/p/{token}{other}").status_code in {403, 404}, other
    for path, whose in FORMS.values():
        if whose == TICKET:
            assert browser.post(linked(path), {"ticket": "x.y"}).status_code == 403, path


def test_an_address_is_no_way_around_the_parts(hall: TownHall) -> None:
    browser = hall.signed_in(LEAD)
    for path in ("/quan-tri/", "//quan-tri", "/QUAN-TRI", "/viec/../quan-tri", "/%2e%2e/quan-tri", "/static/../../x"):
        assert browser.get(path).status_code in {303, 307, 403, 404}, path


def test_opening_pages_changes_nothing(hall: TownHall) -> None:
    for person in PARTS:
        browser = hall.signed_in(person)
        before = hall.everything()
        for path, _ in PAGES.values():
            browser.get(linked(path))
        assert hall.everything() == before, person


def test_the_proxy_names_who_calls_and_is_believed_with_its_secret_alone(prepared_home: Path, tmp_path: Path) -> None:
    with town_hall(prepared_home, tmp_path / "home", proxy_secret="of-the-proxy-" * 3) as hall:
        ours = {"X-Dondoc-Proxy": "of-the-proxy-" * 3}

        def asked(headers: dict[str, str]) -> httpx.Response:
            return hall.anybody().request("GET", "/theo-doi", headers=headers)

        assert asked(ours | {"X-Remote-User": MONITOR}).status_code == 200
        assert asked(ours | {"X-Remote-User": f"{MONITOR}@langson.example".upper()}).status_code == 200
        assert asked(ours | {"X-Remote-User": LEAD}).status_code == 403
        assert asked(ours | {"X-Remote-User": "khong-ai"}).status_code == 303
        assert asked({"X-Remote-User": MONITOR}).status_code == 303
        assert asked({"X-Remote-User": MONITOR, "X-Dondoc-Proxy": "x"}).status_code == 303
