"""A duty that comes again: each form is of one occurrence, says which, and records for that one."""

from __future__ import annotations

from datetime import date, timedelta

from tests.channels.digests import DAU_MOI
from tests.web.books import SECTIONS, MemoryBook, at_home, own_page
from tests.web.browsing import Browser, Reading
from web.app import create_app

SECRET = "of-tests-only-" * 3
APRIL, MAY = date(2024, 4, 20), date(2024, 5, 20)
FORTY = SECTIONS[0].items[1]


def of_month(day: date, *codes: str) -> MemoryBook:
    """A book whose one item is about overdue occurrences, the oldest that of the day."""
    due = FORTY.due
    assert due is not None
    lines = tuple(one.model_copy(update={"occurrence": day}) for one in FORTY.subjects if one.code in codes)
    item = FORTY.model_copy(update={"due": due.model_copy(update={"occurrence": day}), "subjects": lines})
    return MemoryBook(sections={DAU_MOI.code: (SECTIONS[0].model_copy(update={"items": (item,)}),)})


def client(book: MemoryBook) -> tuple[Browser, str]:
    return Browser(create_app(book, SECRET, timedelta(days=45), rooms=[at_home(book, SECRET)])), own_page()


def test_a_form_says_and_records_the_occurrence_it_is_about() -> None:
    book = of_month(APRIL, "da-1")
    browser, path = client(book)
    page = Reading(browser.get(path).text)
    assert "Ghi cho kỳ hạn 20/4/2024" in page.words
    (form,) = page.forms
    assert browser.post(path, {**form.fields, "value": "45%"}).status_code == 200
    ((statement, _),) = book.ledger.values()
    assert (statement.subject, statement.occurrence) == ("da-1", APRIL)


def test_the_subjects_of_one_item_may_lack_different_occurrences() -> None:
    book = of_month(APRIL, "da-1", "da-2")
    (item,) = book.sections[DAU_MOI.code][0].items
    later = (item.subjects[0], item.subjects[1].model_copy(update={"occurrence": MAY}))
    section = SECTIONS[0].model_copy(update={"items": (item.model_copy(update={"subjects": later}),)})
    book.sections[DAU_MOI.code] = (section,)
    browser, path = client(book)
    for form in Reading(browser.get(path).text).forms:
        browser.post(path, {**form.fields, "value": "45%"})
    assert [(one.subject, one.occurrence) for one, _ in book.ledger.values()] == [("da-1", APRIL), ("da-2", MAY)]


def test_a_form_of_an_occurrence_that_is_done_does_not_record_for_the_next() -> None:
    book = of_month(APRIL, "da-1")
    browser, path = client(book)
    (form,) = Reading(browser.get(path).text).forms
    book.sections = of_month(MAY, "da-1").sections
    answer = browser.post(path, {**form.fields, "value": "45%"})
    assert (answer.status_code, book.ledger) == (409, {})


def test_what_was_wrong_is_shown_again_with_the_occurrence() -> None:
    browser, path = client(of_month(APRIL, "da-1"))
    (form,) = Reading(browser.get(path).text).forms
    answer = browser.post(path, {**form.fields, "value": "nhiều"})
    assert answer.status_code == 422
    assert "Ghi cho kỳ hạn 20/4/2024" in Reading(answer.text).words
