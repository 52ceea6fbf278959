"""The annex: every word in its place, nothing that runs or loads, and on paper as an office would staple it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from reports.proof_page import proof_page
from tests.chromium import find_chromium
from tests.reports.packs import EMPTY, PACK, TEXT


def words(page: str) -> str:
    """What a reader sees, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("</style>")[2]).split())


def test_the_head_names_the_task_its_source_and_its_sentence() -> None:
    said = words(proof_page(PACK))
    assert said.startswith("Phụ lục Quá trình đôn đốc thực hiện nhiệm vụ (Kèm theo Văn bản số")
    for part in (
        "Tên nhiệm vụ Dự án khởi công mới năm 2024",
        "Căn cứ Thông báo số 12/TB-UBND ngày 22/4/2024 của UBND tỉnh Lạng Sơn, mục II.1.2",
        "“Tập trung cao độ &lt;ngay&gt;”",
        "Chú thích 8: khởi công chậm nhất trong tháng 6/2024",
        "Đơn vị chủ trì UBND huyện Bắc Sơn",
        "Các mốc Khởi công: chậm nhất trong tháng 6/2024",
        "Tính đến 17:00 ngày 31/7/2024",
    ):
        assert part in said


def test_every_urging_says_what_became_of_it() -> None:
    said = words(proof_page(PACK))
    assert "Nhắc trong lượt số 2, thông điệp 1 gộp vào lượt nhắc sau" in said
    assert "đã gửi, máy chủ của kênh đã nhận lúc 07:30 ngày 01/7/2024 (thông điệp 1)" in said
    assert "Báo đã tiếp nhận lúc 09:05 ngày 02/7/2024" in said
    assert "hạn 30/6/2024 =cầu, đường Đầu mối" in said
    many = replace(PACK.urgings[1], subjects=("cầu", "đường", "trường", "trạm", "chợ"))
    crowded = words(proof_page(replace(PACK, urgings=(many,))))
    assert "cầu, đường, trường và 2 đối tượng khác" in crowded
    assert "Đầu mối huyện Bắc Sơn – đầu mối UBND huyện Bắc Sơn – dau-moi@bacson.example; +84912345678: 3 lượt" in said


def test_every_message_is_there_word_by_word_with_its_transmissions() -> None:
    page = proof_page(PACK)
    assert page.count(f"<pre>\n{TEXT}</pre>") == 2
    said = words(page)
    assert "Lần gửi 2, 08:00 ngày 04/7/2024: bị từ chối (mã -216), @user &lt;unknown&gt;" in said
    assert "Message-ID &lt;aa@dondoc.example&gt;" in said
    assert f'dondoc verify --head "3 {"3f" * 8}"' in said
    assert "khoá của đường dẫn" not in said
    masked = replace(PACK, messages=(replace(PACK.messages[0], masked=True), PACK.messages[1]))
    assert "khoá của đường dẫn còn hiệu lực được che" in words(proof_page(masked))


def test_a_voice_outside_the_pack_is_named_by_its_message() -> None:
    silent = replace(PACK.urgings[0], spoken_by=None, spoken_message="<zz@dondoc.example>")
    assert "Nhắc trong thông điệp &lt;zz@dondoc.example&gt;" in words(proof_page(replace(PACK, urgings=(silent,))))


def test_nothing_runs_and_nothing_is_loaded() -> None:
    page = proof_page(PACK)
    assert not re.search(r"<(script|link|img|iframe|form)|\bon\w+=|src=|href=|url\(", page)
    assert "default-src 'none'" in page


def test_a_demonstration_says_so_and_an_office_does_not() -> None:
    assert "MINH HOẠ" in proof_page(replace(PACK, illustrative=True))
    assert "MINH HOẠ" not in proof_page(PACK)


def test_an_empty_pack_says_that_nothing_was_urged() -> None:
    said = words(proof_page(EMPTY))
    assert "Không có lượt nhắc nào trong phạm vi này." in said
    assert "Chưa có bút toán nào trong phạm vi này." in said
    assert "Nguyên văn các thông điệp" not in said


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Page]:
    """The page in Chromium, from disk, with sixty urgings."""
    many = tuple(replace(PACK.urgings[1], number=number) for number in range(1, 61))
    file = tmp_path / "phu-luc.html"
    file.write_text(proof_page(replace(PACK, urgings=many)), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        page.goto(file.as_uri())
        yield page
        browser.close()
    assert errors == []


@pytest.mark.browser
def test_on_paper_it_is_a4_and_nothing_is_cut_off(opened: Page) -> None:
    pdf = opened.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 3
    assert set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)) == {(b"594.95996", b"841.91998")}
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": 643, "height": 900})  # the 170 mm between the margins
    assert opened.evaluate("document.documentElement.scrollWidth") <= 643
    assert opened.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert opened.evaluate("getComputedStyle(document.querySelector('tr')).breakInside") == "avoid"
