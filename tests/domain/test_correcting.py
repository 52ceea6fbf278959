"""A report is corrected by another entry, as long as it is the one that counts; what was met follows."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from domain.correcting import why_not_correct
from domain.ledger import Entry, EntryKind
from domain.standing import Official
from tests.world import CAU, DUONG, PROJECTS, corrected, day, decided, disbursed, on, standing, started

REPORT = disbursed("45%", "20/9/2024", CAU)
FIXED = corrected(REPORT, "35%", "20/9/2024", "25/9/2024")


def why(report: Entry, correction: Entry, entries: Iterable[Entry] = ()) -> str | None:
    known = [*PROJECTS, report, *entries]
    return why_not_correct(on("30/9/2024", known), report, correction, known)


def test_who_reported_it_and_who_may_report_it_now_correct_it() -> None:
    assert why(REPORT, FIXED) is None
    by_successor = FIXED.model_copy(update={"actor": "dau-moi-tan-thanh"})
    assert why(REPORT, by_successor) is None
    stranger = FIXED.model_copy(update={"actor": "dau-moi-vu-le"})
    assert "chỉ đầu mối hoặc thủ trưởng của đơn vị phải thực hiện" in (why(REPORT, stranger) or "")
    gone = REPORT.model_copy(update={"actor": "dau-moi-vu-le"})
    assert why(gone, stranger) is None


def test_the_last_correction_is_the_one_to_correct() -> None:
    again = corrected(FIXED, "36%", "20/9/2024", "26/9/2024")
    assert why(FIXED, again, [FIXED]) is None
    assert f"hãy đính chính bút toán {again.id}" in (why(REPORT, FIXED, [FIXED, again]) or "")


def test_what_was_sent_back_is_reported_anew_and_what_was_confirmed_may_be_corrected() -> None:
    returned = decided(EntryKind.RETURN, REPORT, "24/9/2024")
    confirmed = decided(EntryKind.CONFIRM, REPORT, "25/9/2024")
    assert "hãy ghi báo cáo mới" in (why(REPORT, FIXED, [returned]) or "")
    assert why(REPORT, FIXED, [returned, confirmed]) is None


def test_only_reports_are_corrected_and_only_by_something_else() -> None:
    assert "không phải báo cáo" in (why(PROJECTS[0], FIXED) or "")
    same = corrected(REPORT, "45%", "20/9/2024", "25/9/2024")
    assert "không có gì thay đổi" in (why(REPORT, same) or "")
    assert why(REPORT, same.model_copy(update={"as_of": day("19/9/2024")})) is None


# ------------------------------------------------------------------------------- what the fold makes of it


def official(when: str, *entries: Entry, known_at: str | None = None) -> Official:
    return standing(on(when, [*PROJECTS, *entries], known_at=known_at), "giai-ngan-40").official


def test_each_is_open_again_when_one_subject_is_corrected_below_and_was_met_as_known_before() -> None:
    both = (REPORT, disbursed("50%", "22/9/2024", DUONG))
    assert official("30/9/2024", *both) is Official.DONE_ON_TIME
    assert official("30/9/2024", *both, FIXED) is Official.OPEN_IN_TIME
    assert official("30/9/2024", *both, FIXED, known_at="24/9/2024") is Official.DONE_ON_TIME


@pytest.mark.parametrize(
    ("value", "as_of", "expected"),
    [
        ("45%", "28/9/2024", Official.DONE_ON_TIME),
        ("45%", "2/10/2024", Official.DONE_LATE),
        ("35%", "2/10/2024", Official.OPEN_OVERDUE),
    ],
)
def test_each_is_met_on_the_day_the_correction_names(value: str, as_of: str, expected: Official) -> None:
    moved = corrected(REPORT, value, as_of, "3/10/2024")
    other = disbursed("50%", "22/9/2024", DUONG)
    assert official("4/10/2024", REPORT, other, moved) is expected
    met = standing(on("4/10/2024", [*PROJECTS, REPORT, other, moved]), "giai-ngan-40").met
    assert (met.as_of if met else None) == (day(as_of) if value == "45%" else None)


def test_a_confirmed_figure_has_to_be_confirmed_again_once_it_is_corrected() -> None:
    done = started("20/6/2024")
    confirmed = decided(EntryKind.CONFIRM, done, "21/6/2024")
    moved = done.model_copy(
        update={"id": "dinh-chinh", "kind": EntryKind.CORRECTION, "refers_to": done.id, "as_of": day("19/6/2024")}
    )
    met = standing(on("30/6/2024", [done, confirmed, moved]), "khoi-cong").met
    assert met
    assert (met.as_of, met.confirmed) == (day("19/6/2024"), False)
