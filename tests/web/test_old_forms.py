"""A page left open overnight: its forms count only while what they are about is still that person's to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from actions.adopt import adopt
from actions.office import Office
from actions.record import record
from config import pages
from config.link import sign
from config.settings import Settings
from domain.clocktime import at
from domain.ledger import Entry, EntryKind
from store import open_store, reading, session, upgrade
from store.ledger import head
from tests.channels.digests import DAU_MOI
from tests.stories.town import CODE, LEAD, drafted
from tests.web.books import SECTIONS, MemoryBook, at_home, own_page
from tests.web.browsing import Browser, FormOnPage, Reading
from web.app import create_app
from web.office_book import OfficeBook

SECRET = "of-tests-only-" * 3
NOW = at(date(2024, 5, 2), time(9))
PROJECT = "cau-tan-thanh"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Footnote 8 with one project of xã Tân Thành, on the second of May."""
    ours = Settings(home=tmp_path, demo=True, clock=NOW)
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    opened = Office(ours, store)
    with session(store) as writing:
        adopt(writing, drafted(CODE), at(date(2024, 4, 22)), by="quan-tri")
    said(opened, EntryKind.ENROL, subject=PROJECT, name="Cầu Tân Thành", unit="ubnd-xa-tan-thanh-bac-son")
    yield opened
    store.engine.dispose()


def said(office: Office, kind: EntryKind, moment: datetime = NOW - timedelta(days=1), **fields: object) -> None:
    known = {"kind": kind, "directive": CODE, "actor": LEAD, "source": "trang web", "as_of": moment.date()}
    entry = Entry.model_validate({"id": f"b-{kind.value}", "recorded_at": moment, **known, **fields})
    with session(office.store) as opened:
        record(opened, office.configuration(), entry)


def entries(office: Office) -> int:
    with reading(office.store) as opened:
        return head(opened).count


def browser(office: Office) -> Browser:
    return Browser(create_app(OfficeBook(office), SECRET, timedelta(days=45)))


FORM = pages.sheet("", CODE)
LINK = f"/p/{sign(SECRET, LEAD, FORM, NOW - timedelta(hours=1))}{FORM}"


def first_form(office: Office) -> FormOnPage:
    return Reading(browser(office).get(LINK).text).forms[0]


@pytest.mark.parametrize(
    ("kind", "about", "why"),
    [
        (EntryKind.CANCEL, None, "Việc này đã bị huỷ"),
        (EntryKind.CANCEL, PROJECT, "Việc này đã bị huỷ"),
        (EntryKind.SUSPEND, None, "Việc này đang tạm dừng"),
        (EntryKind.HAND_OVER, None, "Việc này không còn do đồng chí phụ trách"),
    ],
)
def test_what_was_stopped_or_handed_over_meanwhile_is_not_recorded(
    office: Office, kind: EntryKind, about: str | None, why: str
) -> None:
    form = first_form(office)
    unit = {"unit": "so-tai-chinh"} if kind is EntryKind.HAND_OVER else {}
    said(office, kind, NOW, subject=about, **unit)
    before = entries(office)
    answer = browser(office).post(LINK, form.fields)
    assert (answer.status_code, entries(office)) == (409, before)
    assert "Chưa ghi được vào sổ" in answer.text
    assert why in Reading(answer.text).words


def test_the_same_form_sent_again_is_still_the_first_entry(office: Office) -> None:
    form = first_form(office)
    assert browser(office).post(LINK, form.fields).status_code == 200  # and the milestone is met by it
    before = entries(office)
    again = browser(office).post(LINK, form.fields)
    assert (again.status_code, entries(office)) == (200, before)
    assert "Phiếu này đã được ghi trước đó" in again.text


def test_another_view_of_what_was_done_meanwhile_says_so(office: Office) -> None:
    old, form = first_form(office), first_form(office)
    browser(office).post(LINK, form.fields)
    answer = browser(office).post(LINK, old.fields)
    assert answer.status_code == 409
    assert "Việc này đã hoàn thành" in Reading(answer.text).words


def test_what_cannot_be_seen_is_not_taken_as_evidence(office: Office) -> None:
    before = entries(office)
    for hidden in ("báo cáo\x00", "\u202egnp.exe"):
        answer = browser(office).post(LINK, {**first_form(office).fields, "evidence": hidden})
        assert (answer.status_code, entries(office)) == (422, before)
        assert "ký tự không nhìn thấy được" in answer.text


def test_a_subject_that_left_the_list_takes_its_form_along() -> None:
    book = MemoryBook()
    client = Browser(create_app(book, SECRET, timedelta(days=45), rooms=[at_home(book, SECRET)]))
    path = own_page()
    form = Reading(client.get(path).text).forms[2]  # 40% of da-1
    forty = SECTIONS[0].items[1]
    rest = forty.model_copy(update={"subjects": forty.subjects[1:]})
    book.sections[DAU_MOI.code] = (SECTIONS[0].model_copy(update={"items": (rest,)}),)
    answer = client.post(path, {**form.fields, "value": "45%"})
    assert (answer.status_code, book.ledger) == (409, {})
