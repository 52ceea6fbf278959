"""Answers from a person's page besides a result: read, and a later day, please. A look at either changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fastapi import FastAPI

from config import pages
from config.link import sign
from tests.channels.digests import DAU_MOI, NEW_PROJECTS, THEO_DOI
from tests.web.books import NOW, MemoryBook, at_home, own_page
from tests.web.browsing import Browser, FormOnPage, Reading
from web.app import create_app
from web.book import Asked, Read

SECRET = "một bí mật chỉ dùng trong kiểm thử, đủ dài"
CODE = NEW_PROJECTS.code
RECEIPT_OF, PLEA_OF = pages.acknowledging("", CODE), pages.extending("", CODE, "giai-ngan-40")


def linked(form: str, person: str = DAU_MOI.code, age: timedelta = timedelta(days=1)) -> str:
    return f"/p/{sign(SECRET, person, form, NOW - age)}{form}"


RECEIPT, PLEA = linked(RECEIPT_OF), linked(PLEA_OF)
RECORD = linked(pages.sheet("", CODE))


def browser(book: MemoryBook) -> Browser:
    return Browser(create_app(book, SECRET, timedelta(days=30), rooms=[at_home(book, SECRET)]))


def form(book: MemoryBook, path: str) -> FormOnPage:
    (found,) = Reading(browser(book).get(path).text).forms
    return found


def wish(book: MemoryBook, **typed: str) -> dict[str, str]:
    return {
        **form(book, PLEA).fields,
        "subject": "da-1",
        "day": "15/10/2024",
        "reason": "Vướng giải phóng mặt bằng",
        **typed,
    }


# ------------------------------------------------------------------------------------------------------------- receipt


def test_an_urging_is_acknowledged_with_one_button_that_says_what_it_means() -> None:
    book = MemoryBook()
    page = Reading(browser(book).get(RECEIPT).text)
    for words in (NEW_PROJECTS.title, "Trong 5 ngày làm việc tới", "Tiếp nhận không phải là hoàn thành"):
        assert words in page.words
    answer = browser(book).post(RECEIPT, page.forms[0].fields)
    ((read, noted),) = book.answers.values()
    assert isinstance(read, Read)
    assert (answer.status_code, read.person, read.directive) == (200, DAU_MOI.code, CODE)
    assert noted.hash[:16] in answer.text
    assert "Đã ghi nhận việc tiếp nhận" in Reading(answer.text).words


def test_who_is_not_told_has_nothing_to_acknowledge() -> None:
    book = MemoryBook()
    for path in (linked(RECEIPT_OF, THEO_DOI.code), linked(pages.acknowledging("", "khong-co"))):
        answer = browser(book).get(path)
        assert answer.status_code == 409
        assert "không thuộc diện được nhắc" in answer.text
        assert Reading(answer.text).forms == []


# ------------------------------------------------------------------------------------------------------------ later day


def test_a_later_day_is_asked_for_a_subject_with_a_reason() -> None:
    book = MemoryBook()
    answer = browser(book).post(PLEA, wish(book, evidence="Công văn 12"))
    ((asked, _),) = book.answers.values()
    assert isinstance(asked, Asked)
    assert (asked.directive, asked.milestone, asked.subject, asked.occurrence) == (CODE, "giai-ngan-40", "da-1", None)
    assert (asked.day, asked.reason, asked.evidence) == (
        date(2024, 10, 15),
        "Vướng giải phóng mặt bằng",
        "Công văn 12",
    )
    assert answer.status_code == 200
    assert "Đơn vị theo dõi sẽ quyết định" in answer.text


def test_the_form_says_the_due_who_decides_and_for_what_it_may_be_asked() -> None:
    page = Reading(browser(MemoryBook()).get(PLEA).text)
    for words in ("Giải ngân 40%", "hết ngày 30/9/2024", "Văn phòng UBND tỉnh", "Dự án minh hoạ số 1", "Toàn bộ dự án"):
        assert words in page.words
    assert {"ticket", "subject", "day", "reason", "evidence"} == page.forms[0].fields.keys()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "30/0/2024"}, "chưa đọc được ngày “30/0/2024”"),
        ({"day": " "}, "chưa ghi ngày đề nghị"),
        ({"reason": "  "}, "chưa nêu lý do"),
        ({"reason": "x" * 2001}, "tối đa 2000 ký tự"),
        ({"subject": "Dự án 1"}, "chưa chọn đối tượng"),
        ({"day": "01/7/2024"}, "ngày đề nghị phải sau hạn hiện tại"),
    ],
)
def test_what_will_not_do_is_shown_again_with_what_was_typed(typed: dict[str, str], said: str) -> None:
    book = MemoryBook()
    fields = wish(book, **typed)
    answer = browser(book).post(PLEA, fields)
    page = Reading(answer.text)
    assert (answer.status_code, book.answers) == (422, {})
    assert said in page.words
    (shown,) = page.forms
    assert (shown.fields["ticket"], shown.fields["day"]) == (fields["ticket"], fields["day"])
    mended = {**shown.fields, "subject": "da-1", "day": "15/10/2024", "reason": "Vướng mặt bằng"}
    assert browser(book).post(PLEA, mended).status_code == 200


def test_what_is_late_may_not_be_asked_for_and_the_page_says_why() -> None:
    answer = browser(MemoryBook()).get(linked(pages.extending("", CODE, "khoi-cong")))
    assert answer.status_code == 409
    assert "hạn đã qua" in answer.text


def test_a_form_of_a_milestone_that_is_gone_meanwhile_is_refused_without_a_form() -> None:
    book = MemoryBook()
    fields = wish(book, reason=" ")
    book.sections = {}
    answer = browser(book).post(PLEA, fields)
    assert (answer.status_code, Reading(answer.text).forms) == (409, [])


# ------------------------------------------------------------------------------------------------------------- of both


def test_looking_a_hundred_times_changes_nothing() -> None:
    book = MemoryBook()
    client = browser(book)
    for path in (RECEIPT, PLEA):
        query = "&".join(f"{name}={value}" for name, value in form(book, path).fields.items())
        for n in range(50):
            assert client.request("HEAD" if n % 3 == 0 else "GET", f"{path}&{query}").status_code == 200
    assert book.answers == {}


def test_sent_twice_is_noted_once() -> None:
    book = MemoryBook()
    for path, fields in ((RECEIPT, form(book, RECEIPT).fields), (PLEA, wish(book))):
        book.answers.clear()
        browser(book).post(path, fields)
        again = browser(book).post(path, fields)
        assert len(book.answers) == 1
        assert "Phiếu này đã được ghi trước đó" in again.text


def test_a_form_of_one_kind_or_another_page_passes_for_no_other() -> None:
    book = MemoryBook()
    client = browser(book)
    record = Reading(client.get(RECORD).text).forms[0].fields["ticket"]
    receipt, plea = form(book, RECEIPT).fields["ticket"], form(book, PLEA).fields["ticket"]
    for path, ticket in (
        (RECEIPT, record),
        (RECEIPT, plea),
        (PLEA, receipt),
        (PLEA, record),
        (RECORD, receipt),
        (RECORD, plea),
        (linked(RECEIPT_OF, THEO_DOI.code), receipt),
        (linked(PLEA_OF, THEO_DOI.code), plea),
        (RECEIPT, ""),
        (PLEA, plea[:-2] + "xx"),
    ):
        answer = client.post(path, {**wish(book), "value": "xong", "as_of": "01/7/2024", "ticket": ticket})
        assert answer.status_code == 403, path
        assert "Phiếu ghi không hợp lệ" in answer.text
    assert (book.answers, book.ledger) == ({}, {})


def test_a_forged_or_old_link_opens_neither() -> None:
    client = browser(MemoryBook())
    for form in (RECEIPT_OF, PLEA_OF):
        old = linked(form, age=timedelta(days=31))
        for path, status in ((f"/p/x{form}", 403), (old, 410)):
            assert client.get(path).status_code == status
            assert client.post(path, {}).status_code == status


def test_the_pages_need_no_script_and_nothing_from_elsewhere() -> None:
    for path in (RECEIPT, PLEA):
        page = Reading(browser(MemoryBook()).get(path).text)
        assert not set(page.tags) & {"script", "style", "iframe", "img"}
        assert [value for name, value in page.attributes if name in {"href", "src", "action"} and "://" in value] == []


# ---------------------------------------------------------------------------------------------- links to exactly a form


def test_a_link_to_a_milestone_shows_its_forms_alone() -> None:
    client = browser(MemoryBook())
    page = Reading(client.get(linked(pages.sheet("", CODE, "giai-ngan-40"))).text)
    assert len(page.forms) == 2
    assert "Giải ngân 40%" in page.words
    assert "QUÁ HẠN" not in page.words
    whole = Reading(client.get(RECORD).text)
    assert len(whole.forms) == 4


@pytest.mark.parametrize("about", [{"milestone": "xong-roi"}, {"occurrence": date(2020, 1, 1)}])
def test_the_address_of_what_is_done_says_so_and_shows_the_rest_to_who_is_signed_in(about: dict[str, object]) -> None:
    answer = browser(MemoryBook()).get(pages.sheet(own_page(), CODE, **about))  # type: ignore[arg-type]
    assert "không còn chờ đồng chí ghi kết quả" in answer.text
    assert len(Reading(answer.text).forms) == 4
    assert "không còn chờ đồng chí" not in browser(MemoryBook()).get(own_page()).text


def test_the_page_links_to_both_answers_where_they_can_be_given() -> None:
    links = [value for name, value in Reading(browser(MemoryBook()).get(own_page()).text).attributes if name == "href"]
    assert own_page() + RECEIPT_OF in links
    assert own_page() + PLEA_OF in links
    assert pages.extending(own_page(), CODE, "khoi-cong") not in links  # late


@pytest.mark.parametrize("zalo", [True, False])
def test_the_page_points_to_zalo_where_the_office_is_there(zalo: bool) -> None:
    app = FastAPI()
    app.include_router(at_home(MemoryBook(), SECRET, zalo=zalo))
    page = Reading(Browser(app).get(own_page()).text)
    assert (("href", f"{own_page()}/zalo") in page.attributes) is zalo
