"""Đơn vị: units beside each other with numbers that add up, sorted as asked, and one unit by itself."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from actions.status import status_rows
from domain.comparison import compared, loads, weeks
from domain.standing import Official
from tests.stories.town import CODE
from tests.web.browsing import Reading
from tests.web.town_hall import HUNG_VU, LEAD, LEADER, MONITOR, TAN_THANH, TownHall
from tests.world import day
from web import unit_pages
from web.unit_pages import AFTER, BEFORE

HUYEN, XA = "ubnd-huyen-bac-son", "ubnd-xa-tan-thanh-bac-son"


def rows_of(hall: TownHall, query: str = "", person: str = MONITOR) -> list[dict[str, str]]:
    content = hall.signed_in(person).get(f"/don-vi?dang=csv&{query}").content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def codes(hall: TownHall, query: str = "") -> list[str]:
    return [row["Mã"] for row in rows_of(hall, query)[:-1]]


def test_the_classes_of_each_unit_add_up_to_its_total_and_all_to_the_sum(looked_at: TownHall) -> None:
    *units, total = rows_of(looked_at)
    classes = ["Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Đang thực hiện, trong hạn", "Quá hạn", "Chưa có hạn"]
    classes += ["Tạm dừng", "Bị huỷ"]
    for row in (*units, total):
        assert sum(int(row[one]) for one in classes) == int(row["Tổng số nhiệm vụ"]), row
    for column in (*classes, "Tổng số nhiệm vụ"):
        assert sum(int(row[column]) for row in units) == int(total[column]), column


def test_a_unit_that_carries_out_its_part_is_judged_by_its_own_rows(looked_at: TownHall) -> None:
    """Hưng Vũ has one project, and only that is late; its row is what the status command says of the project."""
    book = looked_at.office.overlook()
    found = compared(book.situations.values())["ubnd-xa-hung-vu-bac-son"]
    assert dict(found.counts) == {Official.OPEN_OVERDUE: 1}
    (project,) = (one.code for one in book.situation(CODE).state.subjects if one.unit == "ubnd-xa-hung-vu-bac-son")
    its = [row["official"] for row in status_rows([book.situation(CODE)]) if row["subject"] == project]
    assert sorted(its) == ["open_in_time", "open_in_time", "open_overdue"]


def test_shares_say_what_they_are_shares_of(looked_at: TownHall) -> None:
    words = Reading(looked_at.signed_in(MONITOR).get("/don-vi").text).words
    assert "trên tổng số nhiệm vụ được giao" in words
    assert "trên số nhiệm vụ đã hoàn thành hoặc đã đến hạn" in words
    first = rows_of(looked_at)[0]
    assert first["Tỷ lệ đúng hạn trên tổng số nhiệm vụ được giao"] == "0% (0/4)"
    assert first["Tỷ lệ đúng hạn trên số nhiệm vụ đã hoàn thành hoặc đã đến hạn"] == "0% (0/1)"


def test_the_worst_unit_comes_first_and_every_column_sorts(looked_at: TownHall) -> None:
    assert codes(looked_at)[:2] == [HUYEN, "ubnd-xa-hung-vu-bac-son"]
    assert codes(looked_at, "xep=khong-co") == codes(looked_at)
    names = [row["Đơn vị"] for row in rows_of(looked_at, "xep=ten")[:-1]]
    assert names == sorted(names)
    for by, column in (
        ("tong", "Tổng số nhiệm vụ"),
        ("qua-han", "Quá hạn"),
        ("trong-han", "Đang thực hiện, trong hạn"),
    ):
        values = [int(row[column]) for row in rows_of(looked_at, f"xep={by}")[:-1]]
        assert values == sorted(values, reverse=True)
        assert codes(looked_at, f"xep={by}&chieu=nguoc") == codes(looked_at, f"xep={by}")[::-1]
    for by in ("tren-tong", "tren-den-han", "dung-han", "xong-muon", "khong-han", "tam-dung", "bi-huy"):
        assert set(codes(looked_at, f"xep={by}")) == set(codes(looked_at))
    assert codes(looked_at, "xep=tren-den-han")[:2] == [HUYEN, "ubnd-xa-hung-vu-bac-son"], "a share of nothing is last"


def test_many_units_come_page_by_page_in_one_order_and_with_one_sum(
    looked_at: TownHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_pages, "ON_A_PAGE", 3)
    every, browser = codes(looked_at, "xep=ten"), looked_at.signed_in(MONITOR)
    assert len(every) > 3
    pages = [browser.get(f"/don-vi?xep=ten&trang={number}").text for number in range(1, -(-len(every) // 3) + 1)]
    tables = [page.split("<tbody>")[1].split("</tbody>")[0] for page in pages]
    assert [code for table in tables for code in re.findall(r'href="/don-vi/([a-z0-9-]+)"', table)] == every
    assert len({page.split("<tfoot>")[1].split("</tfoot>")[0] for page in pages}) == 1
    assert f"Chung {len(every)} đơn vị" in pages[0]
    assert "/don-vi?xep=ten&amp;trang=2" in pages[0]
    for number, page in enumerate(pages, 1):
        assert f"Bảng này gồm các đơn vị ở trang {number}/{len(pages)}." in Reading(page).words


def test_the_order_stands_in_the_address_and_at_the_column(looked_at: TownHall) -> None:
    source = looked_at.signed_in(MONITOR).get("/don-vi?xep=tong&chieu=nguoc").text
    assert 'aria-sort="ascending"' in source
    assert "/don-vi?xep=tong&chieu=nguoc&dang=xlsx" in unescape(source), "the file is of what is shown"
    assert 'aria-sort="descending"' in looked_at.signed_in(MONITOR).get("/don-vi?xep=tong").text


def test_what_falls_due_is_said_in_every_cell(looked_at: TownHall) -> None:
    source = looked_at.signed_in(MONITOR).get("/don-vi").text
    heat = source[source.index('<table class="heat">') :]
    cells = [re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", heat)]
    known = loads(looked_at.office.overlook().situations.values(), weeks(day("27/9/2024"), BEFORE, AFTER))
    due = sum(load.due for row in known.values() for load in row)
    late = sum(load.late for row in known.values() for load in row)
    assert len(cells) == len(known) * (BEFORE + AFTER + 1)
    assert sum(int(cell) for cell in cells if cell.isdigit()) == due > 0
    assert sum(int(cell.removesuffix(" qh")) for cell in cells if cell.endswith(" qh")) == late == 2
    assert set(cells) <= {"–", *(str(n) for n in range(9)), "1 qh"}


@pytest.mark.parametrize(
    ("person", "seen"), [(HUNG_VU, {"ubnd-xa-hung-vu-bac-son"}), (TAN_THANH, {XA}), (LEADER, None), (LEAD, None)]
)
def test_only_their_own_units_are_compared_for_who_does_not_see_all(
    looked_at: TownHall, person: str, seen: set[str] | None
) -> None:
    found = {row["Mã"] for row in rows_of(looked_at, person=person)[:-1]}
    assert found == (seen if seen is not None else set(codes(looked_at)))


@pytest.mark.parametrize("below", ["", "?dang=csv", "?dang=xlsx"])
def test_the_page_of_a_unit_is_for_who_may_see_its_work(looked_at: TownHall, below: str) -> None:
    stranger = looked_at.signed_in(HUNG_VU)
    assert stranger.get(f"/don-vi/{XA}{below}").status_code == 403
    assert stranger.get(f"/don-vi/khong-co{below}").status_code == 404
    assert stranger.get(f"/don-vi/ubnd-xa-hung-vu-bac-son{below}").status_code == 200
    assert looked_at.signed_in(LEAD).get(f"/don-vi/{XA}{below}").status_code == 200, "a commune within the district"


def test_a_unit_shows_its_work_its_figures_and_its_people(looked_at: TownHall) -> None:
    source = looked_at.signed_in(MONITOR).get(f"/don-vi/{XA}").text
    words = Reading(source).words
    assert "Đầu mối UBND xã Tân Thành" in words
    assert "đầu mối" in words
    assert "UBND xã Tân Thành" in words
    assert f'href="/nhiem-vu/{CODE}"' in source
    charts = [unescape(one) for one in re.findall(r'<img[^>]* src="([^"]+)"', source)]
    assert any(one.startswith(f"/nhiem-vu/{CODE}/bieu-do/") and f"don-vi={XA}" in one for one in charts)
    assert "của 2 dự án thuộc UBND xã Tân Thành" in words, "both add up, though one has a later day"
    rows = list(csv.DictReader(io.StringIO(looked_at.signed_in(MONITOR).get(f"/don-vi/{XA}?dang=csv").text[1:])))
    shown = re.search(r"<dt>Tổng số nhiệm vụ</dt><dd>(\d+)</dd>", source)
    assert shown is not None
    assert int(shown[1]) == len(rows) == 3


def test_a_unit_that_ended_says_where_its_work_went(looked_at: TownHall) -> None:
    words = Reading(looked_at.signed_in(MONITOR).get("/don-vi/so-tai-chinh").text).words
    assert "Hoạt động đến hết ngày 28/02/2025, việc chuyển sang" in words
    assert "Đơn vị chưa có nhiệm vụ nào." in words
