"""Receipts and requests from a page against a real ledger: who may, once, and refusals that name no command."""

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
from store.ledger import entries
from tests.stories.town import CODE, LEAD, MONITOR, drafted
from tests.web.browsing import Browser, Reading
from web.app import create_app
from web.office_book import OfficeBook
from web.plainly import plainly

SECRET = "of-tests-only-" * 3
NOW = at(date(2024, 5, 2), time(9))
OWNER, OTHER = "dau-moi-xa-tan-thanh-bac-son", "dau-moi-xa-hung-vu-bac-son"
FORTY = "giai-ngan-40"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Footnote 8 with a bridge of xã Tân Thành and a road of the same xã, on the second of May."""
    yield from opened(tmp_path, NOW)


def opened(folder: Path, clock: datetime) -> Iterator[Office]:
    ours = Settings(home=folder, demo=True, clock=clock)
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    there = Office(ours, store)
    with session(store) as writing:
        adopt(writing, drafted(CODE), at(date(2024, 4, 22)), by="quan-tri")
    for project in ("cau", "duong"):
        said(there, EntryKind.ENROL, subject=project, name=f"Dự án {project}", unit="ubnd-xa-tan-thanh-bac-son")
    yield there
    store.engine.dispose()


def said(office: Office, kind: EntryKind, moment: datetime = NOW - timedelta(days=1), **fields: object) -> None:
    known = {"kind": kind, "directive": CODE, "actor": LEAD, "source": "trang web", "as_of": moment.date()}
    name = f"b-{kind.value}-{fields.get('subject') or ''}".rstrip("-")
    entry = Entry.model_validate({"id": name, "recorded_at": moment, **known, **fields})
    with session(office.store) as writing:
        record(writing, office.configuration(), entry)


def of_kind(office: Office, kind: EntryKind) -> list[Entry]:
    with reading(office.store) as looked:
        return [entry for entry in entries(looked, CODE) if entry.kind is kind]


def linked(person: str, office: Office, form: str) -> str:
    return f"/p/{sign(SECRET, person, form, office.moment() - timedelta(hours=1))}{form}"


def browser(office: Office) -> Browser:
    return Browser(create_app(OfficeBook(office), SECRET, timedelta(days=45)))


def plea(person: str, office: Office, milestone: str = FORTY) -> str:
    return linked(person, office, pages.extending("", CODE, milestone))


def asked(office: Office, person: str = OWNER, **typed: str) -> tuple[int, str]:
    """Status and words after asking for the bridge's 40%."""
    path = plea(person, office)
    (form,) = Reading(browser(office).get(path).text).forms
    fields = {**form.fields, "subject": "cau", "day": "15/10/2024", "reason": "Vướng mặt bằng", **typed}
    answer = browser(office).post(path, fields)
    return answer.status_code, " ".join(Reading(answer.text).words.split())


# ------------------------------------------------------------------------------------------------------------- receipt


@pytest.mark.parametrize("person", [LEAD, OWNER, MONITOR])
def test_whoever_may_be_told_may_say_that_they_have_read_it(office: Office, person: str) -> None:
    path = linked(person, office, pages.acknowledging("", CODE))
    (form,) = Reading(browser(office).get(path).text).forms
    for _ in range(2):
        assert browser(office).post(path, form.fields).status_code == 200
    (entry,) = of_kind(office, EntryKind.ACKNOWLEDGE)
    assert (entry.actor, entry.source, entry.recorded_at) == (person, "trang web", NOW)


def test_whoever_is_not_told_and_what_is_not_there_are_refused(office: Office) -> None:
    for person, code, why in (
        (OTHER, CODE, "không thuộc diện được nhắc"),
        (LEAD, "khong-co", "Nhiệm vụ này không còn hiệu lực"),
    ):
        answer = browser(office).get(linked(person, office, pages.acknowledging("", code)))
        assert (answer.status_code, Reading(answer.text).forms) == (409, [])
        assert why in answer.text


def test_what_was_cancelled_meanwhile_has_nothing_to_acknowledge(office: Office) -> None:
    path = linked(LEAD, office, pages.acknowledging("", CODE))
    (form,) = Reading(browser(office).get(path).text).forms
    said(office, EntryKind.CANCEL, NOW)
    answer = browser(office).post(path, form.fields)
    assert (answer.status_code, of_kind(office, EntryKind.ACKNOWLEDGE)) == (409, [])
    assert "không còn mốc nào phải nhắc" in answer.text


# ----------------------------------------------------------------------------------------------------------- later day


def test_the_owner_asks_for_one_project_and_the_request_waits(office: Office) -> None:
    status, words = asked(office)
    assert status == 200
    assert "Mốc “Giải ngân 40% kế hoạch vốn” của Dự án cau" in words
    (entry,) = of_kind(office, EntryKind.EXTENSION_REQUEST)
    assert (entry.actor, entry.milestone, entry.subject, entry.day) == (OWNER, FORTY, "cau", date(2024, 10, 15))
    assert (entry.text, entry.source) == ("Vướng mặt bằng", "trang web")


def test_only_what_may_be_asked_is_offered(office: Office) -> None:
    def offered(person: str) -> list[str]:
        page = Reading(browser(office).get(plea(person, office)).text)
        return [value for name, value in page.attributes if name == "value" and value in {"cau", "duong", ""}]

    assert offered(OWNER)[:2] == ["cau", "duong"]
    assert "Toàn bộ dự án" not in browser(office).get(plea(OWNER, office)).text
    assert "Toàn bộ dự án" in browser(office).get(plea(LEAD, office)).text
    asked(office)
    assert "Dự án cau" not in browser(office).get(plea(OWNER, office)).text  # its request waits already


def test_a_request_that_waits_is_not_made_twice_and_a_form_sent_again_is_the_first(office: Office) -> None:
    path = plea(OWNER, office)
    old, form = (Reading(browser(office).get(path).text).forms[0].fields for _ in range(2))
    typed = {"subject": "cau", "day": "15/10/2024", "reason": "Vướng mặt bằng"}
    assert browser(office).post(path, {**form, **typed}).status_code == 200
    again = browser(office).post(path, {**form, **typed})
    assert (again.status_code, "Phiếu này đã được ghi trước đó" in again.text) == (200, True)
    other = browser(office).post(path, {**old, **typed})
    assert other.status_code == 422
    assert "đang chờ quyết định" in other.text
    assert "dondoc" not in Reading(other.text).words
    assert len(of_kind(office, EntryKind.EXTENSION_REQUEST)) == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"day": "30/9/2024"}, "phải sau hạn hiện tại"),
        ({"day": "31/01/2025"}, "đi sau mốc này và có hạn"),
        ({"day": "01/7/2099"}, "lịch làm việc"),
        ({"subject": "khong-co"}, "ông có dự án “khong-co”"),
        ({"reason": "lý do\u202e"}, "ký tự không nhìn thấy được"),
    ],
)
def test_a_refusal_is_a_sentence_for_an_official(office: Office, typed: dict[str, str], why: str) -> None:
    status, words = asked(office, **typed)
    assert (status, of_kind(office, EntryKind.EXTENSION_REQUEST)) == (422, [])
    assert why in words
    assert "dondoc" not in words
    assert " --" not in words


@pytest.mark.parametrize(
    ("person", "milestone", "why"),
    [
        (OTHER, FORTY, "không còn do đồng chí phụ trách"),
        (MONITOR, FORTY, "không còn do đồng chí phụ trách"),
        (OWNER, "khong-co", "không còn do đồng chí phụ trách"),
    ],
)
def test_whose_work_it_is_not_gets_no_form(office: Office, person: str, milestone: str, why: str) -> None:
    answer = browser(office).get(plea(person, office, milestone))
    assert (answer.status_code, Reading(answer.text).forms) == (409, [])
    assert why in answer.text


def test_a_directive_that_is_gone_is_said_to_be(office: Office) -> None:
    answer = browser(office).get(linked(LEAD, office, pages.extending("", "khong-co", FORTY)))
    assert answer.status_code == 409
    assert "Nhiệm vụ này không còn hiệu lực" in answer.text


def test_after_the_due_the_page_says_whom_to_report_to(tmp_path: Path) -> None:
    for office in opened(tmp_path, at(date(2024, 7, 4), time(9))):
        answer = browser(office).get(plea(OWNER, office, "khoi-cong"))
        words = Reading(answer.text).words
        assert answer.status_code == 409
        assert "Hạn đã qua (30/6/2024), không nhận đề nghị gia hạn nữa; đề nghị báo cáo" in words
        assert "dondoc" not in words


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("cần nêu lý do (--reason)", "cần nêu lý do"),
        ("đề nghị báo cáo (dondoc record) để gia hạn (dondoc extend --grant)", "đề nghị báo cáo để gia hạn"),
        ("quyết định trước (dondoc decide b-1), rồi hỏi lại", "quyết định trước, rồi hỏi lại"),
        ("chọn ngày muộn hơn hoặc ghi từng dự án bằng --subject", "chọn ngày muộn hơn"),
        ("hạn đã qua (30/6/2024)", "hạn đã qua (30/6/2024)"),
    ],
)
def test_commands_and_options_are_left_out_of_a_sentence(sentence: str, plain: str) -> None:
    assert plainly(sentence) == plain
