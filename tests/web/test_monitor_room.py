"""The monitor accepts results or sends them back and decides on later days: through the pages, into the ledger."""

from __future__ import annotations

import re
from datetime import date

import pytest

from actions.extend import request
from actions.stating import Said
from domain.laterday import Wish
from domain.ledger import Entry, EntryKind
from domain.standing import Official
from store import reading, session
from store.ledger import entries
from store.verification import verify
from tests.stories.town import CODE
from tests.web.browsing import Browser, FormOnPage, Reading
from tests.web.town_hall import LEAD, MOMENT, MONITOR, NTM, TownHall
from web import monitor

GAN_100 = "giai-ngan-100"


def recorded(hall: TownHall, kind: EntryKind) -> list[Entry]:
    with reading(hall.office.store) as opened:
        return [one for one in entries(opened, kinds=[kind]) if one.source == "trang web"]


def desk(browser: Browser) -> Reading:
    return Reading(browser.get("/theo-doi").text)


def waiting(browser: Browser) -> list[str]:
    """Ids of the reports that can be chosen."""
    return _chosen(browser.get("/theo-doi").text)


def form_of(browser: Browser, path: str, action: str) -> FormOnPage:
    answer = browser.get(path)
    assert answer.status_code == 200
    source = answer.text
    start = source.index(f'action="/theo-doi/{action}"')
    begin = source.rindex("<form", 0, start)
    return Reading(source[begin : source.index("</form>", start)]).forms[0]


def asked(hall: TownHall, day: date = date(2025, 1, 31)) -> str:
    """A request of the lead's for a later day; its id."""
    said = Said(id="xin-1", by=LEAD, source="kiểm thử", reason="vướng mặt bằng")
    with session(hall.office.store) as opened:
        request(opened, hall.office.configuration(), CODE, Wish(GAN_100, "da-01", day), said, MOMENT)
    return said.id


def test_the_desk_lists_what_people_reported_and_not_what_the_notice_states(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    words = desk(browser).words
    assert "Giải ngân kế hoạch vốn — Cầu dân sinh xã Vũ Lễ: 43,42% (3,3 tỷ đồng/7,6 tỷ đồng)" in words
    assert "Lệnh khởi công ngày 28/5/2024" in words
    assert "12,7%" not in words
    assert f"{len(waiting(browser))} kết quả chờ xác nhận" in words


def test_chosen_results_are_confirmed_together_and_once(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    before = waiting(browser)
    form = form_of(browser, "/theo-doi", "xac-nhan")
    chosen = {"dau": form.fields["dau"], "entry": form.fields["entry"], "about": before[:3]}
    for _ in range(2):  # sent twice by an impatient finger
        answer = browser.request("POST", "/theo-doi/xac-nhan", data=chosen)
        assert answer.status_code == 200, answer.text
        assert "Đã xác nhận kết quả: 3 mục" in Reading(answer.text).words
    assert [one.refers_to for one in recorded(hall, EntryKind.CONFIRM)] == before[:3]
    assert waiting(browser) == before[3:]
    with reading(hall.office.store) as opened:
        assert verify(opened, hall.office.settings.head_file) == ()


def test_a_result_sent_back_is_open_again_and_says_why(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    situation = hall.office.overlook().situation(CODE)
    done = next(one for one in situation.standings if one.subject and one.met and not one.met.confirmed)
    (report,) = [f.entry for f in situation.state.of(done.metric.id, done.subject.code if done.subject else "")]
    form = form_of(browser, f"/theo-doi/{report}", "tra-lai")
    answer = browser.post("/theo-doi/tra-lai", form.fields | {"reason": "chưa có lệnh khởi công"})
    assert answer.status_code == 200, answer.text
    (entry,) = recorded(hall, EntryKind.RETURN)
    assert (entry.refers_to, entry.actor, entry.text) == (report, MONITOR, "chưa có lệnh khởi công")
    again = hall.office.overlook().situation(CODE)
    assert done.subject is not None
    now = next(
        one
        for one in again.standings
        if one.subject and one.subject.code == done.subject.code and one.track.milestone.id == done.track.milestone.id
    )
    assert now.official is Official.OPEN_OVERDUE
    assert report not in waiting(browser)


def test_sending_back_needs_a_reason(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    (report, *_) = waiting(browser)
    form = form_of(browser, f"/theo-doi/{report}", "tra-lai")
    answer = browser.post("/theo-doi/tra-lai", form.fields | {"reason": "  "})
    assert answer.status_code == 422
    assert "Cần nêu lý do" in Reading(answer.text).words
    assert "--reason" not in answer.text
    assert recorded(hall, EntryKind.RETURN) == []


def test_of_several_the_sound_ones_are_recorded_and_the_others_named(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    form = form_of(browser, "/theo-doi", "xac-nhan")
    first = waiting(browser)[0]
    fields = {"dau": form.fields["dau"], "entry": form.fields["entry"], "about": [first, "khong-co"]}
    answer = browser.request("POST", "/theo-doi/xac-nhan", data=fields)
    assert answer.status_code == 422
    assert "Đã xác nhận kết quả" in answer.text
    assert "không có bút toán “khong-co”" in Reading(answer.text).words.replace("Không", "không")
    assert [one.refers_to for one in recorded(hall, EntryKind.CONFIRM)] == [first]


def test_a_later_day_is_granted_as_asked_or_another(hall: TownHall) -> None:
    browser, about = hall.signed_in(MONITOR), asked(hall)
    words = desk(browser).words
    assert "vướng mặt bằng" in words
    assert "1 đề nghị gia hạn chờ quyết định" in words
    form = form_of(browser, "/theo-doi", "dong-y")
    assert form.fields["day"] == "31/01/2025"
    answer = browser.post("/theo-doi/dong-y", form.fields | {"day": "15/1/2025"})
    assert answer.status_code == 200, answer.text
    (entry,) = recorded(hall, EntryKind.EXTENSION_GRANT)
    assert (entry.refers_to, entry.day) == (about, date(2025, 1, 15))
    assert "Không có đề nghị nào chờ quyết định" in desk(browser).words


def test_a_later_day_is_refused_with_a_reason(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    asked(hall)
    form = form_of(browser, "/theo-doi", "tu-choi")
    assert browser.post("/theo-doi/tu-choi", form.fields | {"reason": ""}).status_code == 422
    answer = browser.post("/theo-doi/tu-choi", form.fields | {"reason": "đủ thời gian"})
    assert answer.status_code == 200
    (entry,) = recorded(hall, EntryKind.EXTENSION_REFUSAL)
    assert entry.text == "đủ thời gian"


def test_a_day_that_is_none_is_told(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    asked(hall)
    form = form_of(browser, "/theo-doi", "dong-y")
    answer = browser.post("/theo-doi/dong-y", form.fields | {"day": "31/2/2025"})
    assert answer.status_code == 422
    assert "ngày/tháng/năm" in answer.text


def test_silence_is_listed_with_its_last_word(hall: TownHall) -> None:
    words = desk(hall.signed_in(MONITOR)).words
    assert "Xã Tân Thành đạt chuẩn nông thôn mới năm 2024" in words
    assert "28/6/2024" in words
    assert NTM


@pytest.mark.parametrize("verdict", ["xac-nhan", "tra-lai", "dong-y", "tu-choi"])
def test_nothing_is_decided_without_the_seal_of_this_session(hall: TownHall, verdict: str) -> None:
    browser = hall.signed_in(MONITOR)
    other = form_of(hall.signed_in("lanh-dao-van-phong-ubnd-tinh"), "/theo-doi", "xac-nhan").fields["dau"]
    for seal in ("", "0" * 64, other):
        fields = {"dau": seal, "entry": "web-1", "about": waiting(browser)[0], "reason": "x", "day": "1/1/2025"}
        assert browser.post(f"/theo-doi/{verdict}", fields).status_code == 403
    kinds = [EntryKind.CONFIRM, EntryKind.RETURN, EntryKind.EXTENSION_GRANT, EntryKind.EXTENSION_REFUSAL]
    assert [one for kind in kinds for one in recorded(hall, kind)] == []


def test_a_form_of_another_site_decides_nothing(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    form = form_of(browser, "/theo-doi", "xac-nhan")
    fields = form.fields | {"about": waiting(browser)[0]}
    answer = browser.request("POST", "/theo-doi/xac-nhan", data=fields, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert recorded(hall, EntryKind.CONFIRM) == []


def test_there_is_no_fifth_decision_and_no_unknown_report(hall: TownHall) -> None:
    browser = hall.signed_in(MONITOR)
    seal = form_of(browser, "/theo-doi", "xac-nhan").fields["dau"]
    assert browser.post("/theo-doi/xoa", {"dau": seal, "about": "x"}).status_code == 404
    assert browser.get("/theo-doi/khong-co").status_code == 404


def test_a_long_desk_comes_page_by_page_and_says_how_much_there_is(
    hall: TownHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = hall.signed_in(MONITOR)
    every, silent = waiting(browser), _silent(browser.get("/theo-doi").text)
    assert len(every) > 2
    assert len(silent) == 2
    monkeypatch.setattr(monitor, "ON_A_PAGE", 1)
    pages = [browser.get(f"/theo-doi?trang={number}").text for number, _ in enumerate(every, 1)]
    assert sorted(one for page in pages for one in _chosen(page)) == sorted(every)
    assert all(f"{len(every)} kết quả chờ xác nhận" in Reading(page).words for page in pages)
    assert "/theo-doi?trang=2#xac-nhan" in pages[0]
    assert _chosen(browser.get("/theo-doi?trang=999").text) == _chosen(pages[-1])
    second = browser.get("/theo-doi?trang=2&im-lang=2").text
    assert (_silent(second), _chosen(second)) == (silent[1:], _chosen(pages[1]))
    assert "/theo-doi?trang=3&amp;im-lang=2#xac-nhan" in second


def _chosen(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('name="about" value="')[1:]]


def _silent(page: str) -> list[str]:
    return re.findall(r'<tr><th scope="row">(.+?)</th>', page)
