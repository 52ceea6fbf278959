"""Many results in one form: each row by itself, whole or not at all, once however often it is sent."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from actions.sign_in import hashed
from domain.clocktime import local_date
from domain.ledger import Entry, EntryKind
from domain.metric import Value
from store import reading
from store.ledger import entries
from tests.stories.town import CODE
from tests.web.browsing import Browser, Reading
from tests.web.town_hall import HUNG_VU, LEAD, MOMENT, MONITOR, TAN_THANH, UNDATED, VIEWER, TownHall
from web.ticket import Ticket, issue

HERE = f"/nhiem-vu/{CODE}/ghi"
METRIC = "giai-ngan"
SOMEBODY_ELSES = "da-02"
"""A project of another unit."""


def form_of(browser: Browser, path: str = HERE) -> dict[str, str]:
    """What the browser would send back untouched."""
    (form,) = [one for one in Reading(browser.get(path).text).forms if any(n.startswith("phieu-") for n in one.fields)]
    return form.fields


def numbers(browser: Browser, metric: str, path: str = HERE) -> list[int]:
    """Of the rows of a figure, in order."""
    legends = re.findall(
        r"<legend>(.*?) <span class=\"aside\">(.*?)</span></legend>.*?phieu-(\d+)", browser.get(path).text, re.DOTALL
    )
    return [int(number) for _, name, number in legends if name == metric]


def recorded(hall: TownHall, since: int) -> list[Entry]:
    with reading(hall.office.store) as opened:
        return list(entries(opened, CODE))[since:]


def so_far(hall: TownHall) -> int:
    with reading(hall.office.store) as opened:
        return len(entries(opened, CODE))


def test_rows_are_saved_each_with_its_own_day_and_evidence(hall: TownHall) -> None:
    browser, before = hall.signed_in(LEAD), so_far(hall)
    first, second = numbers(browser, "Giải ngân kế hoạch vốn")[:2]
    form = form_of(browser)
    form |= {
        "ngay": "26/9/2024",
        f"gia-tri-{first}": "60%",
        f"can-cu-{first}": "Báo cáo 12/BC",
        f"gia-tri-{second}": "61%",
    }
    form |= {f"ngay-{second}": "25/9/2024"}
    answer = browser.post(HERE, form)
    assert answer.status_code == 200
    assert "Đã ghi vào sổ 2 dòng." in Reading(answer.text).words
    one, other = recorded(hall, before)
    assert (one.kind, one.actor, one.source) == (EntryKind.REPORT, LEAD, "trang web")
    assert (one.as_of, other.as_of) == (date(2024, 9, 26), date(2024, 9, 25))
    assert (one.evidence, other.evidence) == ("Báo cáo 12/BC", None)
    assert one.value is not None
    assert one.value.number == 60
    assert one.recorded_at == MOMENT


def test_the_same_form_sent_twice_is_recorded_once(hall: TownHall) -> None:
    browser, before = hall.signed_in(LEAD), so_far(hall)
    form = form_of(browser) | {f"gia-tri-{number}": "60%" for number in numbers(browser, "Giải ngân kế hoạch vốn")[:3]}
    assert [browser.post(HERE, form).status_code for _ in range(2)] == [200, 200]
    assert len(recorded(hall, before)) == 3
    changed = form | {name: "70%" for name in form if name.startswith("gia-tri-") and form[name]}
    answer = browser.post(HERE, changed)
    assert answer.status_code == 422
    assert "đã có trong sổ với nội dung khác" in Reading(answer.text).words
    assert len(recorded(hall, before)) == 3


def test_a_bad_row_stops_no_good_one_and_comes_back_as_typed(hall: TownHall) -> None:
    browser, before = hall.signed_in(LEAD), so_far(hall)
    good, bare, over = numbers(browser, "Giải ngân kế hoạch vốn")[:3]
    form = form_of(browser) | {
        f"gia-tri-{good}": "60%",
        f"gia-tri-{bare}": "45",
        f"gia-tri-{over}": "190%",
        f"ngay-{over}": "31/12/2024",
    }
    answer = browser.post(HERE, form)
    assert answer.status_code == 422
    assert [entry.value and entry.value.number for entry in recorded(hall, before)] == [60]
    again = form_of_text(answer.text)
    assert {again[f"gia-tri-{bare}"], again[f"gia-tri-{over}"]} == {"45", "190%"}
    assert f"gia-tri-{good}" not in again
    words = Reading(answer.text).words
    assert "tính bằng phần trăm" in words
    assert "còn ở phía trước" in words
    put_right = again | {f"gia-tri-{bare}": "62%", f"gia-tri-{over}": ""}
    assert browser.post(HERE, put_right).status_code == 200
    assert [entry.value and entry.value.number for entry in recorded(hall, before)] == [60, 62]


def form_of_text(source: str) -> dict[str, str]:
    (form,) = [one for one in Reading(source).forms if any(name.startswith("phieu-") for name in one.fields)]
    return {name: value for name, value in form.fields.items() if not name.startswith("van-ghi")}


def test_an_odd_figure_is_asked_about_and_saved_on_a_yes(hall: TownHall) -> None:
    """A cumulative figure that falls."""
    browser, before = hall.signed_in(LEAD), so_far(hall)
    number = numbers(browser, "Giải ngân kế hoạch vốn")[0]
    answer = browser.post(HERE, form_of(browser) | {f"gia-tri-{number}": "10%"})
    assert answer.status_code == 422
    assert "số lũy kế giảm" in Reading(answer.text).words.lower()
    assert recorded(hall, before) == []
    assert browser.post(HERE, form_of_text(answer.text) | {f"van-ghi-{number}": "1"}).status_code == 200
    assert [entry.value for entry in recorded(hall, before)] == [Value(number=Decimal(10))]


def test_everybody_gets_the_rows_they_answer_for(looked_at: TownHall) -> None:
    lead, commune = looked_at.signed_in(LEAD), looked_at.signed_in(TAN_THANH)
    assert len(numbers(lead, "Giải ngân kế hoạch vốn")) == 12
    assert len(numbers(commune, "Giải ngân kế hoạch vốn")) == 2
    assert len(numbers(lead, "Khởi công")) == 1, "what has happened is not asked for again"
    for person in (MONITOR, VIEWER):
        assert looked_at.signed_in(person).get(HERE).status_code == 403


def test_a_row_of_somebody_else_is_refused(looked_at: TownHall) -> None:
    lead, commune, before = looked_at.signed_in(LEAD), looked_at.signed_in(TAN_THANH), so_far(looked_at)
    theirs, own = form_of(lead), form_of(commune)
    stolen = own | {name: value for name, value in theirs.items() if name.startswith("phieu-")} | {"gia-tri-3": "90%"}
    assert commune.post(HERE, stolen).status_code == 403
    assert recorded(looked_at, before) == []


def test_a_form_without_the_seal_of_the_session_does_nothing(looked_at: TownHall) -> None:
    lead, before = looked_at.signed_in(LEAD), so_far(looked_at)
    form = form_of(lead)
    number = numbers(lead, "Giải ngân kế hoạch vốn")[0]
    filled = form | {f"gia-tri-{number}": "60%"}
    assert lead.post(HERE, filled | {"dau": "0" * 64}).status_code == 403
    assert lead.post(HERE, {name: value for name, value in filled.items() if name != "dau"}).status_code == 403
    forged = filled | {f"phieu-{number}": filled[f"phieu-{number}"] + "x"}
    assert lead.post(HERE, forged).status_code == 403
    assert looked_at.anybody().post(HERE, filled).status_code == 401
    assert recorded(looked_at, before) == []


def test_a_ticket_of_another_directive_is_refused(looked_at: TownHall) -> None:
    lead = looked_at.signed_in(LEAD)
    other = form_of(lead, f"/nhiem-vu/{UNDATED}/ghi")
    mixed = form_of(lead) | {"phieu-1": other["phieu-1"], "gia-tri-1": "xong"}
    assert lead.post(HERE, mixed).status_code == 403


def test_what_is_no_longer_theirs_is_refused_at_its_row(looked_at: TownHall) -> None:
    """The form was made while it was: its ticket is whole."""
    commune, before = looked_at.signed_in(TAN_THANH), so_far(looked_at)
    ticket = Ticket("web-cu-1", CODE, "", METRIC, SOMEBODY_ELSES)
    secret, binding = looked_at.office.settings.signing_secret(), hashed(commune.cookies["dondoc"])
    form = form_of(commune) | {"phieu-1": issue(secret, binding, ticket), "gia-tri-1": "90%"}
    answer = commune.post(HERE, form)
    assert answer.status_code == 422
    assert "Chỉ đầu mối hoặc thủ trưởng của đơn vị phải thực hiện" in Reading(answer.text).words
    assert recorded(looked_at, before) == []


def test_a_form_of_one_session_is_none_of_another(looked_at: TownHall) -> None:
    form = form_of(looked_at.signed_in(TAN_THANH))
    assert looked_at.signed_in(HUNG_VU).post(HERE, form).status_code == 403


@pytest.mark.parametrize(("day", "said"), [("hôm qua", "chưa đọc được ngày"), ("", "chưa đọc được ngày")])
def test_a_day_that_cannot_be_read_is_said_at_its_row(looked_at: TownHall, day: str, said: str) -> None:
    browser, before = looked_at.signed_in(LEAD), so_far(looked_at)
    number = numbers(browser, "Giải ngân kế hoạch vốn")[0]
    answer = browser.post(HERE, form_of(browser) | {"ngay": day, f"gia-tri-{number}": "60%"})
    assert answer.status_code == 422
    assert said in Reading(answer.text).words.lower()
    assert recorded(looked_at, before) == []


def test_what_is_too_long_and_what_nobody_sees_is_refused(looked_at: TownHall) -> None:
    browser, before = looked_at.signed_in(LEAD), so_far(looked_at)
    first, second = numbers(browser, "Giải ngân kế hoạch vốn")[:2]
    form = form_of(browser) | {f"gia-tri-{first}": "60%", f"can-cu-{first}": "x" * 2001}
    form |= {f"gia-tri-{second}": "61%", f"can-cu-{second}": "b\u202ec"}
    answer = browser.post(HERE, form)
    words = Reading(answer.text).words
    assert answer.status_code == 422
    assert "tối đa 2000 ký tự" in words
    assert "không nhìn thấy được" in words
    assert recorded(looked_at, before) == []


def test_an_empty_form_records_nothing_and_says_so(looked_at: TownHall) -> None:
    browser, before = looked_at.signed_in(LEAD), so_far(looked_at)
    answer = browser.post(HERE, form_of(browser))
    assert "Chưa có dòng nào được điền." in Reading(answer.text).words
    assert recorded(looked_at, before) == []


def test_words_are_recorded_for_a_directive_without_subjects(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    form = form_of(browser, f"/nhiem-vu/{UNDATED}/ghi") | {"gia-tri-1": "Đã tuyên truyền ở 12/12 thôn."}
    answer = browser.post(f"/nhiem-vu/{UNDATED}/ghi", form)
    assert answer.status_code == 200
    with reading(hall.office.store) as opened:
        last = entries(opened, UNDATED)[-1]
    assert (last.value and last.value.text, last.subject) == ("Đã tuyên truyền ở 12/12 thôn.", None)
    assert local_date(last.recorded_at) == local_date(MOMENT)
