"""What people do with the pages in a real browser: from the link in a reminder to the leader's page, and back again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from actions.compose import Desk
from actions.message import show_message
from config import pages
from config.link import Links
from domain.clocktime import at, iso
from domain.ledger import EntryKind
from domain.standing import Official, Standing
from store import reading
from store.ledger import entries
from store.verification import verify
from tests.chromium import find_chromium
from tests.stories.town import CODE
from tests.web.admin_folder import NEW, made, new_notice
from tests.web.town_hall import ADMIN, HUNG_VU, LEADER, MOMENT, MONITOR, SETTINGS, TownHall, town_hall
from web.serve import Served

pytestmark = pytest.mark.browser
STADIUM = "Sân thể thao trung tâm xã Hưng Vũ"
FORTY = "giai-ngan-40"
SUCCESSOR = "ubnd-xa-bac-son-2025"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(hall: TownHall) -> Iterator[str]:
    with Served(hall.app, 0, "DONDOC_WEB_PORT") as served:
        yield served.address.rstrip("/")


@contextmanager
def sitting(chromium: Browser, hall: TownHall, address: str, person: str = "", *, width: int = 1280) -> Iterator[Page]:
    """A browser of its own, on which the person is signed in."""
    with chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False) as context:
        if person:
            key = hall.signed_in(person).cookies["dondoc"]
            context.add_cookies([{"name": "dondoc", "value": key, "url": address}])
        yield context.new_page()


def stands(hall: TownHall, milestone: str, subject: str = "da-12") -> Standing:
    found = hall.office.overlook().situation(CODE)
    return next(
        one
        for one in found.standings
        if one.track.milestone.id == milestone and one.subject and one.subject.code == subject
    )


def digest(hall: TownHall, person: str) -> str:
    """What the person would be told now."""
    office, configuration = hall.office, hall.office.configuration()
    reader = configuration.rules.office.person(person)
    assert reader is not None
    (mail,) = [channel for channel in configuration.channels if channel.code == "email"]
    with reading(office.store) as opened:
        shown = show_message(opened, configuration, Desk.rehearsing(office.settings), reader, mail, MOMENT)
    return shown.message.text if shown.message else ""


def record(page: Page, address: str, value: str) -> None:
    """From the link of a reminder to the entry, on a phone."""
    page.goto(Links(address, SETTINGS["secret"], HUNG_VU, MOMENT).form(pages.sheet("", CODE, FORTY)))
    page.get_by_label("Giải ngân kế hoạch vốn").fill(value)
    page.get_by_role("button", name="Ghi vào sổ").click()


def test_from_the_reminder_to_the_dashboard_and_the_next_digest_and_back_when_it_is_returned(
    chromium: Browser, hall: TownHall, address: str
) -> None:
    assert STADIUM in digest(hall, HUNG_VU)
    with sitting(chromium, hall, address, width=360) as phone:
        record(phone, address, "45%")
        expect(phone.get_by_role("heading", name="Đã ghi vào sổ")).to_be_visible()
        expect(phone.get_by_text(STADIUM)).to_be_visible()
    assert stands(hall, FORTY).official is Official.DONE_ON_TIME
    assert "Giải ngân 40%" not in digest(hall, HUNG_VU)
    with sitting(chromium, hall, address, LEADER) as desk:
        desk.goto(f"{address}/lanh-dao")
        expect(desk.get_by_text("3/11 dự án chưa đạt").first).to_be_visible()

    with sitting(chromium, hall, address, MONITOR) as monitor:
        monitor.goto(f"{address}/theo-doi")
        monitor.get_by_role("link", name=re.compile(f"trả lại.*Giải ngân.*{STADIUM}")).click()
        monitor.get_by_label("Lý do trả lại").fill("chưa có xác nhận của Kho bạc")
        monitor.get_by_role("button", name="Trả lại kết quả").click()
        expect(monitor.get_by_role("heading", name="Đã trả lại kết quả")).to_be_visible()
    assert stands(hall, FORTY).official is Official.OPEN_IN_TIME
    assert STADIUM in digest(hall, HUNG_VU)
    with sitting(chromium, hall, address, LEADER) as desk:
        desk.goto(f"{address}/lanh-dao")
        expect(desk.get_by_text("4/11 dự án chưa đạt").first).to_be_visible()
    with reading(hall.office.store) as opened:
        assert verify(opened, hall.office.settings.head_file) == ()


def test_a_later_day_is_asked_for_refused_with_a_reason_asked_again_and_granted(
    chromium: Browser, hall: TownHall, address: str
) -> None:
    with sitting(chromium, hall, address, HUNG_VU, width=360) as phone:
        for reason in ("vướng mặt bằng", "vướng mặt bằng, có biên bản"):
            phone.goto(f"{address}/viec/gia-han?nhiem-vu={CODE}&moc={FORTY}")
            phone.get_by_label("Đến hết ngày").fill("31/10/2024")
            phone.get_by_label("Lý do").fill(reason)
            phone.get_by_role("button", name="Gửi đề nghị gia hạn").click()
            expect(phone.get_by_role("heading", name="Đã ghi đề nghị gia hạn")).to_be_visible()
            with sitting(chromium, hall, address, MONITOR) as monitor:
                monitor.goto(f"{address}/theo-doi")
                expect(monitor.get_by_text(reason, exact=True)).to_be_visible()
                if "biên bản" in reason:
                    monitor.get_by_text("Đồng ý gia hạn").click()
                    monitor.get_by_role("button", name="Gia hạn").click()
                    expect(monitor.get_by_role("heading", name="Đã gia hạn")).to_be_visible()
                else:
                    monitor.get_by_text("Từ chối", exact=False).first.click()
                    monitor.get_by_label("Lý do từ chối").fill("chưa có căn cứ")
                    monitor.get_by_role("button", name="Từ chối gia hạn").click()
                    expect(monitor.get_by_role("heading", name="Đã từ chối gia hạn")).to_be_visible()
    due = stands(hall, FORTY).due
    assert due is not None
    assert (due.nominal, due.original) == (date(2024, 10, 31), date(2024, 9, 30))


def test_the_huyens_open_work_passes_to_its_successors_on_the_first_of_july(
    chromium: Browser, prepared_home: Path, tmp_path: Path
) -> None:
    july = iso(at(date(2025, 7, 1), time(9, 0)))
    with town_hall(prepared_home, tmp_path / "july", clock=july) as hall, Served(hall.app, 0, "-") as served:
        address = served.address.rstrip("/")
        with sitting(chromium, hall, address, ADMIN) as admin:
            admin.goto(f"{address}/quan-tri/ban-giao")
            admin.locator("#b-unit").select_option("ubnd-huyen-bac-son")
            admin.locator("#b-day").fill("01/7/2025")
            admin.locator("#b-reason").fill("Nghị quyết 1672/NQ-UBTVQH15")
            admin.get_by_role("button", name="Lập đề xuất").click()
            for chooser, other in zip(
                admin.locator("select[name=choice]").all(), admin.locator("input[name=other]").all(), strict=True
            ):
                offered = [one.get_attribute("value") or "" for one in chooser.locator("option").all()]
                successors = [one for one in offered if one.startswith("ubnd-xa-")]
                if successors:
                    chooser.select_option(successors[0])
                else:  # the projects' board ends with the huyện, and no document names who follows it
                    other.fill(SUCCESSOR)
            admin.get_by_role("button", name="Lưu lựa chọn").click()
            admin.get_by_role("button", name="Xác nhận bàn giao").click()
            expect(admin.get_by_text("Đã ghi").first).to_be_visible()
        with reading(hall.office.store) as opened:
            handed = entries(opened, kinds=[EntryKind.HAND_OVER])
        assert handed
        assert {one.unit[:8] for one in handed if one.unit} == {"ubnd-xa-"}
        assert all(
            "ubnd-huyen-bac-son" not in one.lead for one in hall.office.overlook().situations.values() if one.tracks
        )


def test_an_admin_sees_the_plan_of_a_new_directive_before_it_is_adopted(
    chromium: Browser, prepared_home: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made(tmp_path / "template"), tmp_path / "config"))
    with (
        town_hall(prepared_home, tmp_path / "home-2", config_dir=str(folder)) as hall,
        Served(hall.app, 0, "-") as served,
    ):
        address = served.address.rstrip("/")
        with sitting(chromium, hall, address, ADMIN) as admin:
            admin.goto(f"{address}/quan-tri/cau-hinh/tep")
            admin.locator("[name=name]").fill(NEW)
            admin.locator("[name=text]").fill(new_notice(folder))
            admin.get_by_role("button", name="Kiểm tra").click()
            expect(admin.get_by_text("Tệp không có lỗi")).to_be_visible()
            expect(admin.get_by_text("Huyện Bắc Sơn báo cáo kết quả trước ngày 15/12/2024").first).to_be_visible()
            assert "bao-cao-giao-ban" not in hall.office.configuration().directives
            admin.get_by_role("button", name="Ghi tệp và áp dụng").click()
            expect(admin.get_by_text("bao-cao-giao-ban").first).to_be_visible()
            admin.goto(f"{address}/nhiem-vu/bao-cao-giao-ban")
            expect(admin.get_by_role("heading", name="Báo cáo kết quả giao ban")).to_be_visible()
        assert "bao-cao-giao-ban" in hall.office.configuration().directives
