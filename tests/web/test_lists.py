"""Nhiệm vụ: numbers as the ledger has them, each filter by itself, files of exactly what is filtered."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from actions.status import status_rows
from domain.comparison import WORST_FIRST
from tests.stories.town import CODE, PLAN
from tests.web.browsing import Reading
from tests.web.town_hall import HUNG_VU, LEAD, LEADER, MONITOR, NTM, TAN_THANH, UNDATED, VIEWER, TownHall
from web.filters import read_filters
from web.lines import Lines

EVERY = {CODE, PLAN, NTM, UNDATED}


def linked(source: str) -> list[str]:
    """Codes of the directives the page lists, in order."""
    return [
        value.removeprefix("/nhiem-vu/")
        for name, value in Reading(source).attributes
        if name == "href" and value.startswith("/nhiem-vu/")
    ]


def listed(hall: TownHall, query: str = "", person: str = MONITOR) -> list[str]:
    answer = hall.signed_in(person).get(f"/nhiem-vu?{query}")
    assert answer.status_code == 200, answer.text
    return linked(answer.text)


def test_everything_is_listed_worst_first(looked_at: TownHall) -> None:
    assert listed(looked_at)[0] == CODE, "the only one that is overdue"
    assert listed(looked_at)[-1] == UNDATED
    assert set(listed(looked_at)) == EVERY


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=giai+ngan", {CODE, PLAN}),
        ("q=GI%E1%BA%A2I+NG%C3%82N", {CODE, PLAN}),
        ("q=khoi+cong+moi", {CODE}),
        ("q=khong-co-gi-nhu-the", set()),
        ("don-vi=ubnd-xa-tan-thanh-bac-son", {CODE, NTM, UNDATED}),
        ("don-vi=ubnd-xa-hung-vu-bac-son", {CODE}),
        ("don-vi=khong-co", set()),
        ("tinh-trang=open_overdue", {CODE}),
        ("tinh-trang=open_in_time", {PLAN, NTM}),
        ("tinh-trang=no_due", {UNDATED}),
        ("tinh-trang=done_late", set()),
        ("van-ban=khong-co", set()),
        ("tu=30/9/2024&den=30/9/2024", {CODE}),
        ("tu=15/10/2024", {CODE, PLAN, NTM}),
        ("den=30/6/2024", {CODE}),
        ("tu=2024-10-15&den=2024-12-30", set()),
        ("cu=1", {CODE, NTM, UNDATED}),
        ("cham=1&don-vi=ubnd-huyen-bac-son&q=giai+ngan", {CODE, PLAN}),
        ("cham=1&tinh-trang=no_due", set()),
    ],
)
def test_each_filter_keeps_what_it_says(looked_at: TownHall, query: str, found: set[str]) -> None:
    assert set(listed(looked_at, query)) == found


@pytest.mark.parametrize(("query", "said"), [("tu=hom+qua", "hom qua"), ("tinh-trang=xong", "xong")])
def test_a_filter_that_cannot_be_read_filters_nothing_and_is_said(looked_at: TownHall, query: str, said: str) -> None:
    answer = looked_at.signed_in(MONITOR).get(f"/nhiem-vu?{query}")
    assert set(linked(answer.text)) == EVERY
    assert 'role="alert"' in answer.text
    assert f"“{said}”" in Reading(answer.text).words


def test_the_standings_are_those_of_the_status_command(looked_at: TownHall) -> None:
    """The class of a directive is the worst of its milestones as wholes, and the pages count exactly those."""
    book = looked_at.office.overlook()
    order = [one.value for one in WORST_FIRST]
    wholes: dict[str, list[str]] = {}
    for row in status_rows(book.situations.values()):
        if row["subject"] is None:
            wholes.setdefault(row["directive"], []).append(row["official"])
    by_status = {code: min(found, key=order.index) for code, found in wholes.items()}
    lines = Lines().of(book, tuple(book.situations.values()))
    assert {line.directive.code: line.official.value for line in lines} == by_status
    counts = read_filters({}).counts(lines)
    assert {official.value: count for official, count in counts.items()} == Counter(by_status.values())
    assert sum(counts.values()) == len(lines) == len(EVERY)


@pytest.mark.parametrize("query", ["", "q=giai+ngan", "tinh-trang=no_due", "tinh-trang=no_due&q=giai+ngan"])
def test_counts_by_standing_add_up_to_what_the_other_filters_keep(looked_at: TownHall, query: str) -> None:
    book = looked_at.office.overlook()
    lines = Lines().of(book, tuple(book.situations.values()))
    filters = read_filters(dict(part.split("=") for part in query.replace("+", " ").split("&") if part))
    others = read_filters({name: value for name, value in filters.asked.items() if name != "tinh-trang"})
    assert sum(filters.counts(lines).values()) == len(others.keep(lines))


@pytest.mark.parametrize("query", ["", "q=giai+ngan", "tinh-trang=open_in_time", "q=khong-co-gi-nhu-the"])
def test_files_hold_exactly_what_is_filtered(looked_at: TownHall, query: str) -> None:
    browser = looked_at.signed_in(MONITOR)
    shown = listed(looked_at, query)
    answer = browser.get(f"/nhiem-vu?{query}&dang=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Mã"] for row in rows] == shown
    sheet = load_workbook(io.BytesIO(browser.get(f"/nhiem-vu?{query}&dang=xlsx").content)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == shown


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (HUNG_VU, {CODE}),
        (TAN_THANH, {CODE, NTM, UNDATED}),
        (LEAD, EVERY),
        (LEADER, EVERY),
        (VIEWER, EVERY),
    ],
)
def test_nobody_is_listed_what_is_not_theirs_to_see(looked_at: TownHall, person: str, seen: set[str]) -> None:
    assert set(listed(looked_at, person=person)) == seen
    rows = looked_at.signed_in(person).get("/nhiem-vu?dang=csv").content.decode("utf-8-sig").splitlines()
    assert {row.split(",")[0] for row in rows[1:]} == seen


def test_a_page_that_is_not_there_is_the_nearest(looked_at: TownHall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.lists.ON_A_PAGE", 3)
    first = looked_at.signed_in(MONITOR).get("/nhiem-vu?tinh-trang=&q=").text
    assert len(linked(first)) == 3
    assert 'href="/nhiem-vu?trang=2"' in first
    assert listed(looked_at, "trang=2") == listed(looked_at, "trang=99") == [UNDATED]
    assert listed(looked_at, "trang=-1") == listed(looked_at, "trang=x") == linked(first)


@contextmanager
def statements(hall: TownHall) -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_of: object) -> None:
        said.append(statement)

    event.listen(hall.office.store.engine, "before_cursor_execute", note)
    yield said
    event.remove(hall.office.store.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "path", ["/nhiem-vu", "/nhiem-vu?q=giai", "/don-vi", "/tim?q=giai", "/don-vi/ubnd-huyen-bac-son"]
)
def test_no_page_over_everything_asks_for_directives_one_by_one(looked_at: TownHall, path: str) -> None:
    browser = looked_at.signed_in(MONITOR)
    browser.get(path)
    with statements(looked_at) as said:
        assert browser.get(path).status_code == 200
    assert not [one for one in said if "directive" in one]
    assert sum(one.startswith("SELECT") for one in said) < 6
