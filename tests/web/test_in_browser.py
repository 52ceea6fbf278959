"""The person's page in a real browser: on a phone, without scripts, and with nothing to complain about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from config.link import sign
from tests.channels.digests import DAU_MOI, UNDATED
from tests.chromium import find_chromium
from tests.web.books import NOW, MemoryBook
from web.app import create_app
from web.serve import Served

pytestmark = pytest.mark.browser
SECRET = "một bí mật chỉ dùng trong kiểm thử, đủ dài"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def book() -> MemoryBook:
    return MemoryBook()


@pytest.fixture
def address(book: MemoryBook) -> Iterator[str]:
    with Served(create_app(book, SECRET, timedelta(days=30)), 0, "DONDOC_WEB_PORT") as served:
        yield f"{served.address}p/{sign(SECRET, DAU_MOI.code, NOW)}"


def phone(chromium: Browser, *, scripts: bool) -> BrowserContext:
    return chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts)


def test_a_word_is_recorded_on_a_phone_without_scripts(chromium: Browser, address: str, book: MemoryBook) -> None:
    with phone(chromium, scripts=False) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_text("Mục II.1.1.a").click()
        page.get_by_role("link", name=UNDATED[0].title).click()
        page.get_by_label("Tình hình thực hiện").fill("Đã phân bổ xong.")
        page.get_by_role("button", name="Ghi vào sổ").click()
        assert page.get_by_role("heading", name="Đã ghi vào sổ").is_visible()
        page.go_back()
        page.get_by_role("button", name="Ghi vào sổ").click()
        page.get_by_role("link", name="Về danh sách nhiệm vụ").click()
        assert page.get_by_role("heading", name=DAU_MOI.name).is_visible()
    ((statement, _),) = book.ledger.values()
    assert (statement.directive, statement.value) == (UNDATED[0].code, "Đã phân bổ xong.")


def test_nothing_is_wider_than_the_phone_and_the_browser_has_no_complaint(chromium: Browser, address: str) -> None:
    complaints: list[str] = []
    with phone(chromium, scripts=True) as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(address)
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        small = page.eval_on_selector_all(
            "button, input:not([type=hidden]), summary", "all => all.filter(e => e.offsetHeight < 40).length"
        )
        assert small == 0
    assert complaints == []
