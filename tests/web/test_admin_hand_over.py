"""An admin hands the open work of huyện Bắc Sơn over: proposed, looked through row by row, confirmed once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from domain.clocktime import at, iso
from domain.ledger import EntryKind
from store import reading
from store.ledger import entries, head
from tests.web.admin_folder import hidden, seal_of
from tests.web.browsing import Browser
from tests.web.town_hall import ADMIN, TownHall, town_hall

BASE = "/quan-tri/ban-giao"
UNIT = "ubnd-huyen-bac-son"


@pytest.fixture
def hall(prepared_home: Path, tmp_path: Path) -> Iterator[TownHall]:
    """On the first day of the communes that took over."""
    with town_hall(prepared_home, tmp_path / "home", clock=iso(at(date(2025, 7, 1), time(9, 0)))) as opened:
        yield opened


def proposed(hall: TownHall, admin: Browser) -> tuple[str, str]:
    """The address of a new proposal, and its page."""
    entry = hidden(admin.get(BASE).text, "entry")
    asked = {"unit": UNIT, "day": "01/7/2025", "reason": "Nghị quyết 1672/NQ-UBTVQH15", "entry": entry}
    page = admin.post(BASE, {"dau": seal_of(hall, admin), **asked}).text
    assert "chưa ghi gì vào sổ" in page
    return f"{BASE}/{entry}", page


def rows(page: str) -> list[str]:
    return re.findall(r'name="number" value="(\d+)"', page)


def test_work_passes_only_when_every_row_was_looked_at_and_it_was_confirmed(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    sealed = {"dau": seal_of(hall, admin)}
    with reading(hall.office.store) as opened:
        before = head(opened).count
    address, page = proposed(hall, admin)
    numbers = rows(page)
    assert numbers
    early = admin.post(f"{address}/xac-nhan", sealed)
    assert (early.status_code, "hãy chọn đơn vị nhận" in early.text) == (422, True)
    receiver = re.search(r'<option value="([a-z0-9-]+)">', page.split('name="choice"', 1)[1])
    assert receiver
    chosen = {"number": numbers, "choice": [receiver[1]] * len(numbers), "other": [""] * len(numbers)}
    saved = admin.request("POST", f"{address}/chon", data=sealed | chosen)
    assert (saved.status_code, "Đã lưu lựa chọn" in saved.text) == (200, True), saved.text
    done = admin.post(f"{address}/xac-nhan", sealed | {"evidence": "Biên bản bàn giao"})
    assert (done.status_code, f"Đã ghi {len(numbers)} bút toán" in done.text) == (200, True), done.text
    with reading(hall.office.store) as opened:
        written = [one for one in entries(opened) if one.kind is EntryKind.HAND_OVER]
        assert head(opened).count == before + len(numbers)
    assert {(one.unit, one.actor, one.evidence) for one in written} == {(receiver[1], ADMIN, "Biên bản bàn giao")}
    assert "đã xác nhận" in admin.get(BASE).text
    assert "Xác nhận bàn giao" in admin.get("/quan-tri/nhat-ky?loai=hand-over.").text


def test_a_receiver_that_cannot_be_is_refused_and_nothing_of_the_form_is_kept(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    sealed = {"dau": seal_of(hall, admin)}
    address, page = proposed(hall, admin)
    numbers = rows(page)
    other = [""] * (len(numbers) - 1) + ["khong-co-don-vi"]
    choice = ["bo-qua"] * len(numbers)
    form = {"number": numbers, "choice": choice, "other": other}
    answer = admin.request("POST", f"{address}/chon", data=sealed | form)
    assert (answer.status_code, "khong-co-don-vi" in answer.text) == (422, True)
    assert 'value="bo-qua" selected' not in admin.get(address).text


def test_a_withdrawn_proposal_leaves_the_ledger_as_it_was(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    sealed = {"dau": seal_of(hall, admin)}
    address, _ = proposed(hall, admin)
    assert "Đã rút đề xuất" in admin.post(f"{address}/rut-lai", sealed).text
    refused = admin.post(f"{address}/xac-nhan", sealed)
    assert (refused.status_code, "đã được rút lại" in refused.text) == (422, True)
    with reading(hall.office.store) as opened:
        assert not [one for one in entries(opened) if one.kind is EntryKind.HAND_OVER]
    assert admin.get(f"{BASE}/khong-co").status_code == 404
    assert admin.post(BASE, sealed | {"unit": UNIT, "day": "mai", "reason": "x"}).status_code == 422
