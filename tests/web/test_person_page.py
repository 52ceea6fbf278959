"""A person's page: what it shows, what it records, and what it never does."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from config import pages
from config.link import sign
from domain.clocktime import at
from domain.digest import Section
from domain.due import Bound
from tests.channels.digests import DAU_MOI, NEW_PROJECTS, NOTE_8, QUOTE, START, START_LATE, THEO_DOI, UNDATED
from tests.web.books import NOW, SECTIONS, WORD, MemoryBook, at_home, own_page
from tests.web.browsing import Browser, FormOnPage, Reading
from web.app import create_app

SECRET = "một bí mật chỉ dùng trong kiểm thử, đủ dài"
MONTH = timedelta(days=30)


PAGE = own_page()
WORD_OF = pages.sheet("", UNDATED[0].code)
"""The form that says how an undated directive is going."""


def link(
    person: str = DAU_MOI.code, age: timedelta = timedelta(days=1), secret: str = SECRET, form: str = WORD_OF
) -> str:
    return f"/p/{sign(secret, person, form, NOW - age)}{form}"


def browser(book: MemoryBook, **further: Any) -> Browser:
    return Browser(create_app(book, SECRET, MONTH, rooms=[at_home(book, SECRET)], **further))


def forms(book: MemoryBook, path: str) -> list[FormOnPage]:
    return Reading(browser(book).get(path).text).forms


# -------------------------------------------------------------------------------------------------------- what it shows


def test_the_page_shows_what_was_ordered_what_is_missing_and_by_when() -> None:
    answer = browser(MemoryBook()).get(PAGE)
    page = Reading(answer.text)
    assert answer.status_code == 200
    for words in (
        DAU_MOI.name,
        "Tính đến 09:15 ngày 04/7/2024",
        QUOTE,
        NOTE_8,
        "Thông báo kết luận kiểm tra huyện Bắc Sơn năm 2024, mục II.1.2, gạch đầu dòng 1",
        "QUÁ HẠN 4 ngày làm việc",
        "hết ngày 30/6/2024",
        "chậm nhất trong tháng 6/2024",
        "Dự án minh hoạ số 2",
        "còn thiếu 16 điểm phần trăm, tương đương 0,8 tỷ đồng",
        "Giải ngân 40%, hạn hết ngày 30/9/2024",
        START_LATE.reading or "",
        UNDATED[0].title,
    ):
        assert words in page.words, words


def test_every_subject_has_a_form_and_every_field_a_label() -> None:
    page = Reading(browser(MemoryBook()).get(PAGE).text)
    assert len(page.forms) == 2 + 2
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert all(form.labels <= set(ids) for form in page.forms)
    assert all({"ticket", "value", "as_of", "evidence"} <= form.fields.keys() for form in page.forms)
    assert {form.fields["as_of"] for form in page.forms} == {"04/7/2024"}


def test_a_due_with_a_clock_time_asks_for_the_time() -> None:
    due = START.model_copy(update={"bound": Bound.AT, "overdue_after": at(date(2024, 7, 30), time(10))})
    item = START_LATE.model_copy(update={"due": due, "late": False})
    book = MemoryBook(sections={DAU_MOI.code: (Section(directive=NEW_PROJECTS, items=(item,)),)})
    form = forms(book, PAGE)[0]
    assert "as_of_time" in form.fields
    browser(book).post(PAGE, {**form.fields, "as_of_time": "09:30"})
    ((statement, _),) = book.ledger.values()
    assert statement.as_of_time == time(9, 30)


def test_somebody_without_work_is_told_so() -> None:
    answer = browser(MemoryBook()).get(own_page(THEO_DOI.code))
    assert answer.status_code == 200
    assert "không còn nhiệm vụ nào" in Reading(answer.text).words
    assert QUOTE not in answer.text


def test_an_illustrative_page_says_so_everywhere() -> None:
    book = MemoryBook()
    marked = browser(book, illustrative=True)
    for path in ("/", link(), "/khong-co", "/p/gia-mao"):
        assert "MINH HOẠ" in Reading(marked.get(path).text).words
        assert "MINH HOẠ" not in Reading(browser(book).get(path).text).words


def test_an_undated_directive_is_opened_from_its_title() -> None:
    client = browser(MemoryBook())
    page = Reading(client.get(PAGE).text)
    assert "Mục II.1.1.a: 2 nhiệm vụ" in " ".join(page.words.split())
    assert UNDATED[0].quote not in page.words
    assert ("href", f"?nhiem-vu={UNDATED[0].code}") in page.attributes
    opened = Reading(client.get(f"{PAGE}?nhiem-vu={UNDATED[0].code}").text)
    assert UNDATED[0].quote in opened.words
    assert UNDATED[1].title not in opened.words
    assert len(opened.forms) == 1
    assert QUOTE in client.get(f"{PAGE}?nhiem-vu=khong-co").text


def test_seventy_undated_directives_and_twelve_projects_stay_under_a_hundred_kilobytes() -> None:
    subjects = tuple(START_LATE.subjects[0].model_copy(update={"code": f"da-{n}"}) for n in range(12))
    items = [item.model_copy(update={"subjects": subjects}) for item in SECTIONS[0].items]
    dated = Section(directive=NEW_PROJECTS, items=tuple(items))
    many = [
        Section(directive=UNDATED[0].model_copy(update={"code": f"d-{n}", "title": "t" * 80}), items=(WORD,))
        for n in range(70)
    ]
    answer = browser(MemoryBook(sections={DAU_MOI.code: (dated, *many)})).get(PAGE)
    assert len(Reading(answer.text).forms) == 24
    assert len(answer.content) < 100_000


def test_more_forms_than_a_poor_line_carries_have_pages_of_their_own() -> None:
    subjects = tuple(
        START_LATE.subjects[0].model_copy(update={"code": f"da-{n}", "name": f"Dự án {n}"}) for n in range(40)
    )
    items = tuple(item.model_copy(update={"subjects": subjects}) for item in SECTIONS[0].items)
    many = [Section(directive=NEW_PROJECTS.model_copy(update={"code": f"viec-{n}"}), items=items) for n in range(10)]
    book = MemoryBook(sections={DAU_MOI.code: tuple(many)})
    answer = browser(book).get(PAGE)
    page = Reading(answer.text)
    assert (page.forms, len(answer.content) < 100_000) == ([], True)
    assert "và 34 dự án khác" in page.words
    (address,) = {value for name, value in page.attributes if name == "href" and "viec-3&moc=khoi-cong" in value}
    opened = Reading(browser(book).get(address).text)
    assert len(opened.forms) == 40
    assert browser(book).post(PAGE, opened.forms[7].fields).status_code == 200
    assert [one.subject for one, _ in book.ledger.values()] == ["da-7"]


# ----------------------------------------------------------------------------------------------------- what it records


def test_a_form_becomes_one_entry_and_says_what_was_recorded() -> None:
    book = MemoryBook()
    form = forms(book, PAGE)[2]
    answer = browser(book).post(PAGE, {**form.fields, "value": "2,3 tỷ/5 tỷ", "evidence": "Báo cáo số 12"})
    page = Reading(answer.text)
    assert answer.status_code == 200
    ((statement, recorded),) = book.ledger.values()
    assert (statement.person, statement.directive, statement.metric, statement.subject) == (
        DAU_MOI.code,
        NEW_PROJECTS.code,
        "giai-ngan",
        "da-1",
    )
    assert (statement.value, statement.as_of, statement.evidence) == ("2,3 tỷ/5 tỷ", date(2024, 7, 4), "Báo cáo số 12")
    assert "Đã ghi vào sổ" in page.words
    assert "46% (2,3 tỷ đồng/5 tỷ đồng)" in page.words
    assert recorded.entry in page.words
    assert recorded.hash[:16] in page.words


def test_an_event_is_recorded_with_its_button_and_its_day() -> None:
    book = MemoryBook()
    form = forms(book, PAGE)[0]
    assert form.fields["value"] == "xong"
    browser(book).post(PAGE, {**form.fields, "as_of": "28/6/2024"})
    ((statement, _),) = book.ledger.values()
    assert (statement.metric, statement.value, statement.as_of) == ("khoi-cong", "xong", date(2024, 6, 28))


@pytest.mark.parametrize("written", ["3/7/2024", "03/07/2024", "3-7-2024", "3.7.2024", "3 7 2024", "2024-07-03"])
def test_a_day_is_read_as_vietnamese_write_it(written: str) -> None:
    book = MemoryBook()
    browser(book).post(PAGE, {**forms(book, PAGE)[2].fields, "value": "45%", "as_of": written})
    ((statement, _),) = book.ledger.values()
    assert statement.as_of == date(2024, 7, 3)


def test_a_directive_without_subjects_is_recorded_as_a_whole() -> None:
    book = MemoryBook()
    (form,) = forms(book, f"{PAGE}?nhiem-vu={UNDATED[-1].code}")
    browser(book).post(PAGE, {**form.fields, "value": "Đã ban hành kế hoạch."})
    ((statement, _),) = book.ledger.values()
    assert (statement.directive, statement.subject) == (UNDATED[-1].code, None)


def test_sent_twice_is_recorded_once_and_says_so() -> None:
    book = MemoryBook()
    form = forms(book, PAGE)[2]
    browser(book).post(PAGE, {**form.fields, "value": "45%"})
    again = browser(book).post(PAGE, {**form.fields, "value": "60%"})
    assert len(book.ledger) == 1
    words = Reading(again.text).words
    assert "Phiếu này đã được ghi trước đó" in words
    assert "45%" in words
    assert "60%" not in words


def test_two_views_of_the_page_make_two_entries() -> None:
    book = MemoryBook()
    for value in ("45%", "46%"):
        browser(book).post(PAGE, {**forms(book, PAGE)[2].fields, "value": value})
    assert len(book.ledger) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "40"}, "tính bằng phần trăm"),
        ({"value": "  "}, "chưa ghi kết quả"),
        ({"as_of": "30/0/2024"}, "chưa đọc được ngày “30/0/2024”"),
        ({"as_of": ""}, "chưa đọc được ngày"),
        ({"as_of_time": "25 giờ"}, "chưa đọc được giờ"),
        ({"value": "9" * 2001}, "tối đa 2000 ký tự"),
    ],
)
def test_what_cannot_be_read_is_shown_again_with_what_was_typed(typed: dict[str, str], said: str) -> None:
    book = MemoryBook()
    form = forms(book, PAGE)[2]
    fields = {**form.fields, "value": "45%", "evidence": "Báo cáo số 12", **typed}
    answer = browser(book).post(PAGE, fields)
    page = Reading(answer.text)
    assert answer.status_code == 422
    assert book.ledger == {}
    assert said in page.words
    assert "Giải ngân 40% — Dự án minh hoạ số 1 — Dự án khởi công mới năm 2024" in page.words
    (shown,) = page.forms
    assert {name: shown.fields[name] for name in ("ticket", "value", "as_of", "evidence")} == {
        name: fields[name] for name in ("ticket", "value", "as_of", "evidence")
    }
    mended = browser(book).post(PAGE, {**shown.fields, "value": "45%", "as_of": "2024-07-03"})
    assert mended.status_code == 200
    assert len(book.ledger) == 1


# -------------------------------------------------------------------------------------------------- what it never does


def test_reading_a_hundred_times_changes_nothing() -> None:
    book = MemoryBook()
    client = browser(book)
    form = forms(book, PAGE)[2]
    query = "&".join(f"{name}={value}" for name, value in {**form.fields, "value": "45%"}.items())
    for n in range(100):
        answer = client.request("HEAD" if n % 3 == 0 else "GET", f"{link()}&{query}" if n % 2 else PAGE)
        assert answer.status_code == 200
    assert book.ledger == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_method_is_known(method: str) -> None:
    assert browser(MemoryBook()).request(method, link(), content=b"").status_code in {405, 411}


def test_a_forged_link_opens_nothing() -> None:
    good = link()
    client = browser(MemoryBook())
    others = [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "/p/x",
        link(secret="một bí mật khác, cũng đủ dài như thế"),
        link(form=""),
        link().replace(UNDATED[0].code, UNDATED[1].code),
        link().partition("?")[0],
        link().replace("?", "/tiep-nhan?"),
    ]
    others += [link("nguoi-khong-co"), "/p/" + "a" * 4000, "/p/%00", f"/p/{DAU_MOI.code}"]
    for path in others:
        answer = client.get(path)
        assert answer.status_code == 403, path
        assert "Đường dẫn không hợp lệ" in answer.text
        assert DAU_MOI.name not in answer.text
        assert QUOTE not in answer.text


def test_an_expired_link_says_so_and_shows_nothing() -> None:
    book = MemoryBook()
    client = browser(book)
    assert client.get(link(age=MONTH)).status_code == 200
    old = link(age=MONTH + timedelta(seconds=1))
    for answer in (client.get(old), client.post(old, forms(book, link())[0].fields)):
        assert answer.status_code == 410
        assert "Đường dẫn đã hết hạn" in answer.text
        assert DAU_MOI.name not in answer.text
    assert book.ledger == {}


def test_a_link_from_the_future_is_not_taken() -> None:
    assert browser(MemoryBook()).get(link(age=timedelta(days=-1))).status_code == 410


def test_a_link_opens_one_form_and_nothing_else_of_its_owners_work() -> None:
    book = MemoryBook()
    client = browser(book)
    for path, forms_there in (
        (link(), 1),
        (link(form=pages.sheet("", NEW_PROJECTS.code, "khoi-cong")), 2),
        (f"{link()}&utm_source=zalo&zarsrc=31", 1),
    ):
        page = Reading(client.get(path).text)
        assert len(page.forms) == forms_there
        assert ("href", "/viec") in page.attributes
        assert not {value for name, value in page.attributes if name == "href" and value.startswith(("/p/", "?"))}
    (form,) = Reading(client.get(link()).text).forms
    assert client.post(link(), {**form.fields, "value": "Đã ban hành kế hoạch."}).status_code == 200
    assert [statement.directive for statement, _ in book.ledger.values()] == [UNDATED[0].code]


def test_a_link_to_what_is_done_meanwhile_shows_nothing_instead() -> None:
    book = MemoryBook(sections={DAU_MOI.code: SECTIONS[:1]})
    answer = browser(book).get(link())
    page = Reading(answer.text)
    assert (answer.status_code, page.forms) == (200, [])
    assert "không còn chờ đồng chí ghi kết quả" in page.words
    assert "Dưới đây" not in page.words
    assert NEW_PROJECTS.title not in page.words


def test_a_form_belongs_to_the_page_that_showed_it() -> None:
    book = MemoryBook()
    client = browser(book)
    form = {**forms(book, PAGE)[2].fields, "value": "45%"}
    other_day = link(age=timedelta(days=2))
    for path, ticket in (
        (link(THEO_DOI.code), form["ticket"]),
        (other_day, form["ticket"]),
        (own_page(THEO_DOI.code), form["ticket"]),
        (PAGE, ""),
        (PAGE, form["ticket"][:-2] + "xx"),
        (PAGE, "WyJhIl0.chu-ky"),
    ):
        answer = client.post(path, {**form, "ticket": ticket})
        assert answer.status_code == 403
        assert "Phiếu ghi không hợp lệ" in answer.text
    assert book.ledger == {}


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7777*7777 }}"


def test_markup_in_any_text_stays_text() -> None:
    lines = tuple(
        line.model_copy(update={"name": ATTACK, "have": ATTACK, "missing": ATTACK}) for line in START_LATE.subjects
    )
    marked = {"phrase": ATTACK, "legal": date(2025, 1, 1), "legal_source": ATTACK, "chosen_by": ATTACK}
    due = START.model_copy(update={**marked, "original": date(2024, 6, 1)})
    item = START_LATE.model_copy(
        update={"name": ATTACK, "target": ATTACK, "summary": ATTACK, "reading": ATTACK, "subjects": lines, "due": due}
    )
    notice = NEW_PROJECTS.notice.model_copy(update={"short": ATTACK})
    metrics = tuple(metric.model_copy(update={"name": ATTACK, "unit": ATTACK}) for metric in NEW_PROJECTS.metrics)
    directive = NEW_PROJECTS.model_copy(
        update={"title": ATTACK, "quote": ATTACK, "section": ATTACK, "notice": notice, "metrics": metrics}
    )
    person = DAU_MOI.model_copy(update={"name": ATTACK})
    book = MemoryBook(
        people={DAU_MOI.code: person}, sections={DAU_MOI.code: (Section(directive=directive, items=(item,)),)}
    )
    client = browser(book)
    shown = client.get(PAGE)
    form = Reading(shown.text).forms[0].fields
    answers = [
        shown,
        client.post(PAGE, {**form, "value": ATTACK, "as_of": ATTACK, "evidence": ATTACK}),
        client.post(PAGE, form),
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 200]
    for answer in answers:
        page = Reading(answer.text)
        assert not set(page.tags) & {"script", "img"}
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
        assert "<script>" in page.words
        assert "60481729" not in page.words


@pytest.mark.parametrize("path", ["/", "/song", "/static/dondoc.css", "/khong-co", "/p/gia-mao", link()])
def test_every_answer_is_locked_down(path: str) -> None:
    headers = browser(MemoryBook()).get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_pages_need_neither_script_nor_another_server() -> None:
    book = MemoryBook()
    form = forms(book, PAGE)[2].fields
    client = browser(book)
    for answer in (
        client.get(PAGE),
        client.post(PAGE, {**form, "value": "45%"}),
        client.get("/x"),
    ):
        page = Reading(answer.text)
        assert not set(page.tags) & {"script", "style", "iframe", "img"}
        outside = [value for name, value in page.attributes if name in {"href", "src", "action"} and "://" in value]
        assert outside == []
        assert ("lang", "vi") in page.attributes


def test_too_much_is_refused_before_it_is_read() -> None:
    client = browser(MemoryBook())
    assert client.post(link(), {"value": "9" * 12_000_000}).status_code == 413


def test_a_file_in_place_of_a_word_is_refused_in_plain_words() -> None:
    files = {"value": ("a.txt", b"45%", "text/plain")}
    answer = browser(MemoryBook()).request("POST", PAGE, files=files)
    assert answer.status_code == 400
    assert "Không đọc được" in answer.text


def test_a_failure_inside_leaks_nothing_and_advises_to_send_again() -> None:
    class BrokenBook(MemoryBook):
        def items(self, person: str) -> tuple[Section, ...]:
            raise RuntimeError(f"mật khẩu cơ sở dữ liệu {person}")

    answer = browser(BrokenBook()).get(PAGE)
    assert answer.status_code == 500
    assert "gửi lại không bị ghi trùng" in answer.text
    assert "mật khẩu" not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


# ----------------------------------------------------------------------------------------------------- the other pages


def test_a_sign_of_life() -> None:
    answer = browser(MemoryBook()).get("/song")
    assert (answer.status_code, answer.text) == (200, "sống\n")


def test_the_sections_of_this_file_are_real_milestones() -> None:
    for section in SECTIONS:
        for item in section.items:
            assert section.directive.milestone(item.milestone).id == item.milestone
