"""Every page by the rules of WCAG as far as a program can tell (axe-core), on a phone and not wider than it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from domain.access import Part
from tests.chromium import find_chromium
from tests.stories.town import CODE
from tests.web.town_hall import ADMIN, LEAD, LEADER, MONITOR, TAN_THANH, town_hall
from web.serve import Served
from web.shell import ROOMS, Room

pytestmark = pytest.mark.browser
NOBODY = ""
PAGES = (
    (NOBODY, "/"),
    (NOBODY, "/vao"),
    (MONITOR, "/nhiem-vu?q=khong-co-gi&tu=x"),
    (LEAD, f"/nhiem-vu/{CODE}"),
    (MONITOR, f"/nhiem-vu/{CODE}?ngay=15/7/2024"),
    (LEAD, f"/nhiem-vu/{CODE}/ghi"),
    (MONITOR, "/don-vi?xep=tong"),
    (MONITOR, "/don-vi/ubnd-huyen-bac-son"),
    (MONITOR, "/tim?q=tan+thanh"),
    (LEAD, f"/viec/gia-han?nhiem-vu={CODE}&moc=giai-ngan-40"),
    (TAN_THANH, "/nhiem-vu/khong-co"),
)
WHOSE = {Part.LOOK: MONITOR, Part.OWN: LEAD, Part.MONITOR: MONITOR, Part.LEADER: LEADER, Part.ADMIN: ADMIN}
FAILING = {"serious", "critical"}
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


class Pages(NamedTuple):
    """An office's pages, served."""

    address: str
    keys: dict[str, str]
    """Person → the cookie of their session."""


@pytest.fixture(scope="module")
def served(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with (
        town_hall(prepared_home, tmp_path_factory.mktemp("tiep-can") / "home") as opened,
        Served(opened.app, 0, "DONDOC_WEB_PORT") as pages,
    ):
        people = (ADMIN, LEAD, LEADER, MONITOR, TAN_THANH)
        keys = {person: opened.signed_in(person).cookies["dondoc"] for person in people}
        yield Pages(pages.address.rstrip("/"), keys)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def held(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context() as context:
        yield context.new_page()


@pytest.fixture
def phone(held: Page) -> Page:
    """One phone for all tests, handed on as it comes from the shop."""
    held.context.clear_cookies()
    held.emulate_media(media="screen")
    held.set_viewport_size({"width": 360, "height": 740})
    return held


def opened(page: Page, pages: Pages, person: str, path: str) -> int:
    """The page with everything folded on it unfolded; the status of the answer."""
    if person:
        page.context.add_cookies([{"name": "dondoc", "value": pages.keys[person], "url": pages.address}])
    answer = page.goto(pages.address + path)
    assert answer is not None
    assert "/vao?" not in page.url, "the way in is not the page that was meant"
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return answer.status


def faults(page: Page) -> list[str]:
    """What is seriously wrong with the page, and where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        if one["impact"] in FAILING
        for node in one["nodes"]
    ]


class Looked(NamedTuple):
    """What a look at a page on a phone finds."""

    status: int
    faults: list[str]
    width: int
    """Pixels."""


def look(page: Page, pages: Pages, person: str, path: str) -> Looked:
    status = opened(page, pages, person, path)
    return Looked(status, faults(page), page.evaluate("document.documentElement.scrollWidth"))


def fits_everybody(found: Looked) -> bool:
    return found.status < 500 and not found.faults and found.width <= 360


@pytest.mark.parametrize(("person", "path"), PAGES)
def test_a_page_is_for_everybody(served: Pages, phone: Page, person: str, path: str) -> None:
    found = look(phone, served, person, path)
    assert fits_everybody(found), found


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.path)
def test_every_room_of_the_menu_is_for_everybody(served: Pages, phone: Page, room: Room) -> None:
    found = look(phone, served, WHOSE[room.part], room.path)
    assert fits_everybody(found), found


def test_what_is_wrong_is_found(phone: Page) -> None:
    """The guard itself: a field without a name, and grey letters on grey."""
    phone.goto("about:blank")
    phone.set_content("<html lang='vi'><title>t</title><main><h1>t</h1><input><p style='color:#999'>mờ</p></main>")
    assert {one.split(":")[0] for one in faults(phone)} == {"label", "color-contrast"}


def test_a_page_is_walked_with_the_keyboard_alone(served: Pages, phone: Page) -> None:
    """The first stop leads past the menu; every stop after it is seen."""
    opened(phone, served, MONITOR, "/don-vi")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.textContent") == "Đến nội dung"
    for _ in range(25):
        phone.keyboard.press("Tab")
        shown = phone.evaluate(
            "(() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " return [one.tagName, box.width > 0 && box.height > 0, getComputedStyle(one).outlineStyle]; })()"
        )
        assert shown[1], shown
        assert shown[2] != "none", shown


@pytest.mark.parametrize("path", ["/nhiem-vu", f"/nhiem-vu/{CODE}", "/don-vi", "/don-vi/ubnd-huyen-bac-son"])
def test_a_printed_page_fits_its_paper(served: Pages, phone: Page, path: str) -> None:
    """A4, upright, at 96 dots an inch; what only a screen can do is left out."""
    phone.set_viewport_size({"width": 718, "height": 1047})
    phone.emulate_media(media="print")
    opened(phone, served, MONITOR, path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 718
    assert (
        phone.locator("nav, .take, .filters, button").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height > 0).length"
        )
        == 0
    )
