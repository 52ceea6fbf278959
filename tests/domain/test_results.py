"""Accepting a result, or sending it back."""

from __future__ import annotations

import pytest

from domain.ledger import Entry, EntryKind
from domain.results import why_not_judge
from tests.world import corrected, decided, disbursed, entry

CONFIRM, RETURN = EntryKind.CONFIRM, EntryKind.RETURN
REPORT = disbursed("45%", "20/9/2024")


def judged(kind: EntryKind, *others: Entry, report: Entry = REPORT, who: str = "theo-doi") -> str | None:
    return why_not_judge(kind, report, (REPORT, *others), who)


@pytest.mark.parametrize("kind", [CONFIRM, RETURN])
def test_a_report_that_stands_is_judged_by_somebody_else(kind: EntryKind) -> None:
    assert judged(kind) is None
    said = str(judged(kind, who="dau-moi-huyen"))
    assert said.startswith(f"người báo cáo không tự {'xác nhận' if kind is CONFIRM else 'trả lại'} báo cáo {REPORT.id}")


def test_only_results_are_judged() -> None:
    note = entry(EntryKind.NOTE, "20/9/2024")
    assert "không phải báo cáo kết quả" in str(judged(CONFIRM, note, report=note))


def test_a_corrected_report_is_judged_by_its_correction() -> None:
    fresh = corrected(REPORT, "42%", "20/9/2024", "23/9/2024")
    assert judged(CONFIRM, fresh) == (
        f"báo cáo {REPORT.id} đã được thay bằng {fresh.id}; hãy xem xét bút toán {fresh.id}"
    )
    assert judged(CONFIRM, fresh, report=fresh) is None


def test_a_verdict_may_change_but_is_not_repeated() -> None:
    confirmed = decided(CONFIRM, REPORT, "23/9/2024 08:15")
    assert judged(CONFIRM, confirmed) == (
        f"báo cáo {REPORT.id} đã được xác nhận lúc 08:15 ngày 23/9/2024 (bút toán {confirmed.id})"
    )
    assert judged(RETURN, confirmed) is None
    returned = decided(RETURN, REPORT, "24/9/2024")
    assert "đã được trả lại" in str(judged(RETURN, confirmed, returned))
    assert judged(CONFIRM, confirmed, returned) is None


def test_verdicts_on_other_reports_are_theirs() -> None:
    other = disbursed("46%", "21/9/2024")
    assert judged(CONFIRM, decided(CONFIRM, other, "23/9/2024")) is None
