"""The picture of a year: sound XML, every day in it, the letters named, and nothing beyond the paper's edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, sync_playwright

from actions.draw import draw_year
from domain.workdays import OutsideCalendarError, Special, layered
from tests.chromium import find_chromium
from tests.world import CALENDAR

SVG = "{http://www.w3.org/2000/svg}"
AWKWARD = Special(date(2026, 6, 10), works=False, name="Nghỉ <bù> & “hoán đổi”", source='số 1 & "2"')


def elements(year: int) -> ET.Element:
    return ET.fromstring(draw_year(CALENDAR, year).encode())  # noqa: S314 - our own text


def words(root: ET.Element, class_: str) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text") if (one.get("class") or "").split()[0] == class_]


def test_every_day_month_and_quarter_is_there() -> None:
    root = elements(2024)
    assert len(words(root, "day")) == 366
    assert words(root, "month") == [f"Tháng {number}" for number in range(1, 13)]
    assert words(root, "count")[:2] == ["22 ngày làm việc", "16 ngày làm việc"]
    assert words(root, "quarter") == ["Quý I · 59 ngày", "Quý II · 62 ngày", "Quý III · 64 ngày", "Quý IV · 66 ngày"]
    assert words(root, "total") == ["251"]
    assert words(root, "year") == ["Năm Giáp Thìn · mùng 1 Tết: 10/02/2024"]


def test_a_screen_reader_is_told_what_the_picture_shows() -> None:
    root = elements(2024)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title description"
    title, description = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert description is not None
    assert (title.get("id"), title.text) == ("title", "Lịch làm việc năm 2024")
    assert (description.text or "").startswith("251 ngày làm việc. 01/01: Tết Dương lịch, nghỉ. 08–14/02: Nghỉ Tết")
    assert "04/5: Làm bù cho ngày 29/4/2024, làm việc" in (description.text or "")


def test_swapped_days_differ_by_shape_and_carry_their_letter() -> None:
    root = elements(2026)
    cells = [one.get("class") for one in root.iter(f"{SVG}rect")]
    assert cells.count("made_up-cell") == 1 + 2 + 2  # the legend, 10/01 and 22/8, and their lines below
    assert cells.count("tet-cell") == 2
    assert "12729/VPCP-KGVX ngày 25/12/2025" in words(root, "source")
    tips = [one.findtext(f"{SVG}title") for one in root.iter(f"{SVG}g")]
    assert "22/8/2026: Làm bù cho ngày 31/8/2026" in tips


def test_days_beyond_the_letters_are_hatched() -> None:
    def hatched(year: int) -> int:
        return sum(
            one.get("class") == "hatch" and one.get("width") == "32" for one in elements(year).iter(f"{SVG}rect")
        )

    assert (hatched(2023), hatched(2024), hatched(2026), hatched(2027)) == (365, 0, 38, 365)


def test_what_people_write_is_escaped() -> None:
    calendar = replace(CALENDAR, specials=layered(CALENDAR.specials, [AWKWARD]))
    root = ET.fromstring(draw_year(calendar, 2026).encode())  # noqa: S314 - our own text
    assert AWKWARD.name in words(root, "name")
    assert AWKWARD.source in words(root, "source")


def test_a_year_the_calendar_does_not_cover_is_refused() -> None:
    with pytest.raises(OutsideCalendarError):
        draw_year(CALENDAR, 2042)


# ------------------------------------------------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 900, "height": 1300})
        browser.close()


OUTSIDE = """() => {
  const paper = document.querySelector("svg").getBoundingClientRect();
  return [...document.querySelectorAll("svg text")]
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([_, box]) => box.left < paper.left || box.right > paper.right || box.bottom > paper.bottom || !box.width)
    .map(([words]) => words);
}"""


@pytest.mark.browser
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027, 2035])
def test_no_word_leaves_the_paper(page: Page, year: int) -> None:
    page.set_content(draw_year(CALENDAR, year).partition("?>")[2])
    assert page.locator("svg").count() == 1
    assert page.evaluate(OUTSIDE) == []
