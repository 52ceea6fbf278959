"""A spreadsheet goes out, comes back, is shown, and is saved: through the pages, into the ledger."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from actions.sheet_lines import SOURCE
from domain.ledger import Entry
from store import reading
from store.ledger import entries
from tests.web.browsing import Browser, Reading
from tests.web.town_hall import LEAD, LEADER, TAN_THANH, TownHall
from web.sheets import XLSX


def sheet_of(browser: Browser) -> bytes:
    answer = browser.get("/bang-tinh/tai")
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    return answer.content


def filled(content: bytes, value: str, day: str, where: str) -> bytes:
    """The sheet with a value in the first row whose text has `where` in it."""
    book = load_workbook(BytesIO(content))
    sheet = book["Số liệu"]
    titles = next(list(row) for row in sheet.iter_rows(values_only=True) if "Kết quả" in row)
    number = next(
        place
        for place, row in enumerate(sheet.iter_rows(values_only=True), 1)
        if any(where in str(cell) for cell in row)
    )
    sheet.cell(number, titles.index("Kết quả") + 1, value)
    sheet.cell(number, titles.index("Tính đến ngày") + 1, day)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def bring(browser: Browser, content: bytes, name: str = "bảng.xlsx", seal: str | None = None) -> Reading:
    fields = {"dau": seal if seal is not None else Reading(browser.get("/bang-tinh").text).forms[-1].fields["dau"]}
    answer = browser.request("POST", "/bang-tinh", data=fields, files={"file": (name, content, XLSX)})
    page = Reading(answer.text)
    page.words = " ".join(page.words.split())
    return page


def recorded(hall: TownHall) -> list[Entry]:
    with reading(hall.office.store) as opened:
        return [one for one in entries(opened) if one.source == SOURCE]


def test_a_row_filled_in_is_shown_and_then_saved_once(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    content = filled(sheet_of(browser), "62%", "26/9/2024", "Nhà văn hóa trung tâm xã Tân Thành")
    shown = bring(browser, content)
    assert "1 dòng sẽ ghi" in shown.words
    assert "62%" in shown.words
    assert recorded(hall) == []
    form = next(form for form in shown.forms if "upload" in form.fields)
    for _ in range(2):
        answer = browser.post("/bang-tinh/luu", form.fields)
        assert answer.status_code == 200, answer.text
    (entry,) = recorded(hall)
    assert (entry.actor, entry.metric) == (TAN_THANH, "giai-ngan")
    assert "đã ghi 1 dòng" in Reading(browser.get("/bang-tinh").text).words
    assert "1 dòng không đổi" in bring(browser, content).words


def test_what_raises_a_question_is_saved_only_when_chosen(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    content = filled(sheet_of(browser), "3%", "26/9/2024", "Nhà văn hóa trung tâm xã Tân Thành")
    shown = bring(browser, content)
    assert "1 dòng phải hỏi lại" in shown.words
    form = next(form for form in shown.forms if "upload" in form.fields)
    assert browser.post("/bang-tinh/luu", form.fields).status_code == 200
    assert recorded(hall) == []
    (chosen,) = form.boxes["rows"]
    browser.post("/bang-tinh/luu", form.fields | {"rows": chosen})
    assert len(recorded(hall)) == 1


def test_a_fault_is_named_by_its_cell_and_a_file_that_is_none_in_a_sentence(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    content = filled(sheet_of(browser), "nhiều", "26/9/2024", "Nhà văn hóa trung tâm xã Tân Thành")
    words = bring(browser, content).words
    assert "1 dòng không ghi được" in words
    assert "ô L" in words
    assert "không phải bảng tính .xlsx" in bring(browser, b"xin chao").words


def test_nobody_saves_the_file_of_another_or_without_the_seal(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    shown = bring(browser, filled(sheet_of(browser), "62%", "26/9/2024", "Nhà văn hóa trung tâm xã Tân Thành"))
    form = next(form for form in shown.forms if "upload" in form.fields)
    other = hall.signed_in(LEAD)
    seal = Reading(other.get("/bang-tinh").text).forms[-1].fields["dau"]
    assert other.post("/bang-tinh/luu", form.fields).status_code == 403
    assert other.post("/bang-tinh/luu", form.fields | {"dau": seal}).status_code == 404
    assert "Phiếu không hợp lệ" in bring(browser, b"x", seal="0" * 64).words
    assert hall.signed_in(LEADER).get("/bang-tinh").status_code == 403
    assert recorded(hall) == []


def test_what_is_too_large_is_refused_before_it_is_read(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    assert "lớn hơn 10 MB" in bring(browser, b"PK" + bytes(10 * 2**20)).words
    answer = browser.request(
        "POST", "/bang-tinh", content=bytes(12 * 2**20), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413
