"""One directive: its words marked, its numbers those of the ledger, now and on a day that has gone."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest

from actions.evaluate import situation
from actions.status import status_rows
from domain import vietnamese as vn
from domain.clocktime import last_instant
from domain.situation import Situation
from store import reading
from store.directive_book import sealed_entries
from tests.stories.town import CODE, PLAN
from tests.web.browsing import Reading
from tests.web.town_hall import HUNG_VU, LEAD, MONITOR, TAN_THANH, UNDATED, VIEWER, TownHall
from tests.world import day
from web.marking import marked
from web.steps import steps

HERE = f"/nhiem-vu/{CODE}"


def shown(hall: TownHall, path: str = HERE, person: str = MONITOR) -> str:
    answer = hall.signed_in(person).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def rows_of(hall: TownHall, query: str = "") -> list[dict[str, str]]:
    content = hall.signed_in(MONITOR).get(f"{HERE}?dang=csv{query}").content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def then(hall: TownHall, written: str, known: str = "") -> Situation:
    with reading(hall.office.store) as opened:
        known_at = last_instant(day(known or written))
        return situation(opened, hall.office.configuration(), CODE, last_instant(day(written)), known_at)


Told = Counter[tuple[str, str, str, str]]
"""Subject, standing, due and confirmation of rows."""


def counted(rows: list[dict[str, str]], found: Situation) -> tuple[Told, Told]:
    """As the file has them, and as the status command has them."""
    names = {subject.code: subject.name for subject in found.state.subjects}
    word = {"recorded": "chờ xác nhận", "confirmed": "đã xác nhận", "open": ""}
    said = Counter((row["Dự án"], row["Tình trạng"], row["Hạn"], row["Xác nhận"]) for row in rows)
    known = Counter(
        (
            names.get(one["subject"], "(cả nhiệm vụ)"),
            vn.OFFICIAL[one["official"]],
            vn.day(day("/".join(reversed(one["due"].split("-"))))),
            word[one["completion"]],
        )
        for one in status_rows([found])
    )
    return said, known


def test_the_words_a_due_was_read_from_are_marked(looked_at: TownHall) -> None:
    source = shown(looked_at)
    assert re.findall(r"<mark>(.*?)</mark>", source) == [
        "chậm nhất trong tháng 6/2024",
        "đến hết ngày 30/9/2024",
        "đến hết ngày 31/12/2024",
    ]
    assert "Chú thích 8: “Yêu cầu mốc thời gian" in source


def test_marks_go_over_case_and_spaces_and_never_within_a_word() -> None:
    assert marked("Xong Trước  ngày 5, trước ngày 55", ["trước ngày 5"]) == (
        ("Xong ", False),
        ("Trước  ngày 5", True),
        (", trước ngày 55", False),
    )
    assert marked("đến hết ngày 30/9", ["hết ngày 30/9", "đến hết ngày"]) == (("đến hết ngày 30/9", True),)
    assert marked("axb", ["a.b", "", "x"]) == (("axb", False),)
    assert marked("", ["x"]) == ()


def test_every_row_is_as_the_status_command_has_it(looked_at: TownHall) -> None:
    found = looked_at.office.overlook().situation(CODE)
    said, known = counted(rows_of(looked_at), found)
    assert said == known
    assert sum(known.values()) == len(status_rows([found])) == 40


@pytest.mark.parametrize(("query", "written", "known"), [
    ("&ngay=15/7/2024", "15/7/2024", ""),
    ("&ngay=2024-08-15&biet-den=20/9/2024", "15/8/2024", "20/9/2024"),
])  # fmt: skip
def test_a_day_that_has_gone_is_shown_as_it_was_known(
    looked_at: TownHall, query: str, written: str, known: str
) -> None:
    said, expected = counted(rows_of(looked_at, query), then(looked_at, written, known))
    assert said == expected
    source = shown(looked_at, f"{HERE}?{query[1:]}")
    assert "Đang xem lại" in source
    assert f"tính đến 23:59 ngày {vn.day(day(written))}" in source
    assert f"ghi sổ đến 23:59 ngày {vn.day(day(known or written))}" in source
    assert 'class="answer"' not in source, "nothing is offered of a day that has gone"
    assert "hôm nay" not in source


def test_what_was_recorded_later_is_not_known_before(looked_at: TownHall) -> None:
    """The same day, by what is known now, and by what was known then."""
    before, since = rows_of(looked_at, "&ngay=14/8/2024&biet-den=13/8/2024"), rows_of(looked_at, "&ngay=14/8/2024")
    assert before != since
    late = {row["Dự án"] for row in since if row["Tình trạng"] == "Hoàn thành quá hạn"}
    assert "Đường trục thôn xã Tân Thành" in late
    assert "Đường trục thôn xã Tân Thành" not in {row["Dự án"] for row in before if row["Ngày đạt"]}


@pytest.mark.parametrize(
    ("query", "said"),
    [("ngay=hom-qua", "chưa đọc được"), ("ngay=31/12/2024", "phía trước"), ("biet-den=2024-13-01", "chưa đọc được")],
)
def test_a_moment_that_cannot_be_shown_is_said_and_now_is_shown(looked_at: TownHall, query: str, said: str) -> None:
    source = shown(looked_at, f"{HERE}?{query}")
    assert said in Reading(source).words
    assert "Đang xem lại" not in source
    assert "Tính đến 08:00 ngày 27/9/2024" in source


def test_an_instant_in_an_address_is_read_to_the_minute(looked_at: TownHall) -> None:
    source = shown(looked_at, f"{HERE}?ngay=2024-09-27T07:00:00%2B07:00")
    assert "tính đến 07:00 ngày 27/9/2024" in source
    assert "tình hình tính đến 08:00 ngày 27/9/2024" in shown(looked_at, f"{HERE}?ngay=27/9/2024"), "until now"


def test_the_ledger_of_the_directive_stands_there_whole(looked_at: TownHall) -> None:
    with reading(looked_at.office.store) as opened:
        sealed = sealed_entries(opened, CODE, looked_at.office.moment())
    content = looked_at.signed_in(MONITOR).get(f"{HERE}?dang=csv&bang=so").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["Mã băm"] for row in rows] == [one.hash for one in sealed]
    assert [row["Mã bút toán"] for row in rows] == [one.entry.id for one in sealed]
    assert {row["Người ghi"] for row in rows}.isdisjoint({one.entry.actor for one in sealed}), "people, not codes"
    newest = sealed[-1]
    first_page = shown(looked_at)
    assert newest.hash in first_page
    assert sealed[0].hash not in first_page
    assert sealed[0].hash in shown(looked_at, f"{HERE}?so=99")


def test_units_and_forms_are_linked_for_who_may_use_them(looked_at: TownHall) -> None:
    source = shown(looked_at, person=LEAD)
    for address in (
        "/don-vi/ubnd-huyen-bac-son",
        f"{HERE}/ghi",
        f"/viec?nhiem-vu={CODE}",
        f"/viec/tiep-nhan?nhiem-vu={CODE}",
        f"/viec/gia-han?nhiem-vu={CODE}&amp;moc=giai-ngan-40",
    ):
        assert f'href="{address}"' in source, address
    assert f"gia-han?nhiem-vu={CODE}&amp;moc=khoi-cong" not in source, "nobody asks for what is late already"
    monitor, viewer = shown(looked_at, person=MONITOR), shown(looked_at, person=VIEWER)
    assert f'href="{HERE}/ghi"' not in monitor
    assert f'href="/viec/tiep-nhan?nhiem-vu={CODE}"' in monitor
    assert 'class="answer"' not in viewer


def test_the_forms_that_are_linked_open(looked_at: TownHall) -> None:
    for href in [value for name, value in Reading(shown(looked_at, person=LEAD)).attributes if name == "href"]:
        if href.startswith(("/viec", f"{HERE}/ghi")):
            assert looked_at.signed_in(LEAD).get(href).status_code == 200, href


@pytest.mark.parametrize(
    "below",
    [
        "",
        "?dang=csv",
        "?dang=xlsx",
        "?dang=csv&bang=so",
        "?ngay=15/7/2024",
        "/ghi",
        "/bieu-do/giai-ngan-100.svg",
        "/bieu-do/giai-ngan-100.png",
    ],
)
def test_who_may_not_see_a_directive_sees_nothing_of_it(looked_at: TownHall, below: str) -> None:
    stranger = looked_at.signed_in(HUNG_VU)
    assert stranger.get(f"/nhiem-vu/{PLAN}{below}").status_code == 403
    assert stranger.get(f"/nhiem-vu/khong-co{below}").status_code == 404
    answer = looked_at.anybody().get(f"/nhiem-vu/{PLAN}{below}")
    assert (answer.status_code, answer.headers["location"][:4]) == (303, "/vao")


def test_the_pictures_are_the_content_and_cached_by_it(looked_at: TownHall) -> None:
    browser = looked_at.signed_in(MONITOR)
    (source,) = re.findall(r'<img[^>]* src="([^"]+)"', shown(looked_at))
    answer = browser.get(source.replace("&amp;", "&"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert "<title>Giải ngân kế hoạch vốn</title>" in answer.text
    again = browser.request("GET", source, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    past = browser.request("GET", f"{source}?ngay=15/7/2024", headers={"If-None-Match": answer.headers["etag"]})
    assert past.status_code == 200
    png = browser.get(source.replace(".svg", ".png"))
    assert png.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["khoi-cong.svg", "khong-co.svg", "giai-ngan-40.gif", "giai-ngan-40.svg?muc=9",
    "giai-ngan-40.svg?muc=x", "giai-ngan-40.svg?don-vi=so-noi-vu"])  # fmt: skip
def test_a_picture_that_is_not_there_is_not_found(looked_at: TownHall, name: str) -> None:
    assert looked_at.signed_in(MONITOR).get(f"{HERE}/bieu-do/{name}").status_code == 404


def test_the_picture_of_a_unit_adds_up_its_own_subjects(looked_at: TownHall) -> None:
    source = looked_at.signed_in(MONITOR).get(f"{HERE}/bieu-do/giai-ngan-100.svg?don-vi=ubnd-xa-tan-thanh-bac-son").text
    assert "2 dự án thuộc UBND xã Tân Thành" in source


def test_each_due_of_a_milestone_is_a_step_that_says_for_whom(looked_at: TownHall) -> None:
    found = steps(looked_at.office.overlook().situation(CODE))
    assert [(one.name, one.whose, one.late) for one in found] == [
        ("Khởi công", "", True),
        ("Giải ngân 40% kế hoạch vốn", "11 dự án", False),
        ("Giải ngân 40% kế hoạch vốn", "Đường trục thôn xã Tân Thành", False),
        ("Giải ngân 100% kế hoạch vốn", "", False),
    ]
    source = shown(looked_at)
    assert source.count("<svg ") == 2
    assert "Bảng các mốc" in source


def test_a_directive_without_a_date_has_no_pictures_and_says_so(looked_at: TownHall) -> None:
    source = shown(looked_at, f"/nhiem-vu/{UNDATED}", TAN_THANH)
    assert "<svg" not in source
    assert "văn bản không ấn định" in source
    assert "Chưa có hạn" in source


@pytest.mark.parametrize("path", ["/nhiem-vu", HERE, "/don-vi", "/don-vi/ubnd-huyen-bac-son", "/tim?q=giai"])
def test_a_first_look_is_light(looked_at: TownHall, path: str) -> None:
    """The page with its style and its pictures."""
    browser, source = looked_at.signed_in(MONITOR), shown(looked_at, path)
    further = ["/static/dondoc.css", "/static/dondoc.svg", *re.findall(r'<img[^>]* src="([^"]+)"', source)]
    weight = len(source.encode()) + sum(len(browser.get(one.replace("&amp;", "&")).content) for one in further)
    assert weight < 100_000


def test_a_forecast_that_has_gone_is_not_looked_forward_to(looked_at: TownHall) -> None:
    for row in rows_of(looked_at):
        for words, day_said in re.findall(r"(dự báo|lẽ ra) đạt (\S+?)(?:;|$)", row["Nhịp độ"]):
            assert (words == "dự báo") is (day(day_said) >= day("27/9/2024")), row
    assert any("lẽ ra" in row["Nhịp độ"] for row in rows_of(looked_at))
