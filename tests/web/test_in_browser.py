"""The person's page in a real browser: on a phone, without scripts, and with nothing to complain about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from channels.render import render
from config import pages
from domain.digest import Digest
from tests.channels.digests import ASSIGNED, BEHIND, DAU_MOI, LINKS, NEW_PROJECTS, OFFICE, UNDATED, WATCHED
from tests.chromium import find_chromium
from tests.web.books import MemoryBook, at_home, own_page
from web.app import create_app
from web.book import Asked
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
    app = create_app(book, SECRET, timedelta(days=30), rooms=[at_home(book, SECRET)])
    with Served(app, 0, "DONDOC_WEB_PORT") as served:
        yield served.address.rstrip("/") + own_page()


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
            # What is ticked is touched by its label.
            "button, input:not([type=hidden], [type=checkbox]), label:has([type=checkbox]), summary",
            "all => all.filter(e => e.offsetHeight < 40).length",
        )
        assert small == 0
    assert complaints == []


@pytest.mark.parametrize("digest", [BEHIND, ASSIGNED, WATCHED])
def test_a_digest_is_read_on_a_phone_without_moving_sideways(chromium: Browser, digest: Digest) -> None:
    html = render(digest, OFFICE, LINKS, True).html.replace("cid:", "data:image/png;base64,")
    with phone(chromium, scripts=True) as context:
        page = context.new_page()
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        buttons = "a => a.filter(e => e.style.display === 'inline-block' && e.offsetHeight < 40).length"
        assert page.eval_on_selector_all("a", buttons) == 0
        if digest is BEHIND:
            # The first screen says what is late; what was ordered, in many words, follows.
            late, quote = (page.get_by_text(words).first.bounding_box() for words in ("QUÁ HẠN", "“Tập trung cao độ"))
            assert late is not None
            assert quote is not None
            assert late["y"] < 740 < quote["y"]


def test_an_urging_is_acknowledged_on_a_phone_without_scripts(
    chromium: Browser, address: str, book: MemoryBook
) -> None:
    with phone(chromium, scripts=False) as context:
        page = context.new_page()
        page.goto(pages.acknowledging(address, NEW_PROJECTS.code))
        assert book.answers == {}
        page.get_by_role("button", name="Đã tiếp nhận").click()
        assert page.get_by_role("heading", name="Đã ghi nhận việc tiếp nhận").is_visible()
    assert len(book.answers) == 1


def test_a_later_day_is_asked_for_on_a_phone_without_scripts(chromium: Browser, address: str, book: MemoryBook) -> None:
    with phone(chromium, scripts=False) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("link", name="Xin gia hạn").click()
        page.get_by_label("Dự án minh hoạ số 2").check()
        page.get_by_label("Đến hết ngày").fill("15/10/2024")
        page.get_by_label("Lý do").fill("Vướng giải phóng mặt bằng")
        page.get_by_role("button", name="Gửi đề nghị gia hạn").click()
        assert page.get_by_role("heading", name="Đã ghi đề nghị gia hạn").is_visible()
    ((asked, _),) = book.answers.values()
    assert isinstance(asked, Asked)
    assert (asked.subject, asked.reason) == ("da-2", "Vướng giải phóng mặt bằng")


def test_the_two_forms_are_no_wider_than_the_phone(chromium: Browser, address: str) -> None:
    with phone(chromium, scripts=True) as context:
        page = context.new_page()
        for path in (
            pages.acknowledging(address, NEW_PROJECTS.code),
            pages.extending(address, NEW_PROJECTS.code, "giai-ngan-40"),
        ):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            small = "all => all.filter(e => e.offsetHeight < 40).length"
            assert page.eval_on_selector_all("button, label.choice, input:not([type=hidden], [type=radio])", small) == 0
