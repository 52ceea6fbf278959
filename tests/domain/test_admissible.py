"""What no entry may lack, and what in a report should be looked at twice."""

from __future__ import annotations

from typing import Any

import pytest

from domain.admissible import doubts, why_not_admit
from domain.directive import Quantifier
from domain.ledger import Entry, EntryKind
from domain.metric import DONE
from tests.world import (
    CAU,
    FORTY,
    NOTICE,
    PROJECTS,
    TAN_THANH,
    VU_LE,
    changed,
    corrected,
    day,
    decided,
    disbursed,
    enrol,
    entry,
    grant,
    instant,
    on,
    started,
    variant,
)

WHEN = "28/6/2024 09:00"
REPORT = started("20/6/2024", CAU)


def refused(said: Entry, about: Entry | None = None) -> str:
    return why_not_admit(on(WHEN, PROJECTS), said, about) or ""


def of(kind: EntryKind, **fields: Any) -> Entry:
    return entry(kind, WHEN, **fields)


INCOMPLETE = (
    (of(EntryKind.HAND_OVER, subject=CAU), "đơn vị nhận"),
    (of(EntryKind.EXTENSION_GRANT, milestone="khoi-cong"), "ngày"),
    (of(EntryKind.EXTENSION_REQUEST, day=day("31/7/2024")), "mốc"),
    (of(EntryKind.SCHEDULE, metric="khoi-cong"), "ngày"),
    (of(EntryKind.REPORT, metric="khoi-cong", subject=CAU), "số liệu hoặc nội dung"),
    (of(EntryKind.CORRECTION, metric="khoi-cong", subject=CAU, value=DONE), "mã báo cáo được nói đến"),
    (of(EntryKind.RETURN), "mã báo cáo được nói đến"),
    (of(EntryKind.PLAN, subject=CAU), "chỉ tiêu, số liệu hoặc nội dung"),
    (of(EntryKind.ENROL), "đối tượng"),
)


@pytest.mark.parametrize(("said", "missing"), INCOMPLETE)
def test_an_entry_says_what_it_is_about(said: Entry, missing: str) -> None:
    assert refused(said) == f"bút toán loại {said.kind.value} thiếu: {missing}"


@pytest.mark.parametrize("kind", [EntryKind.NOTE, EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.ACKNOWLEDGE])
def test_what_speaks_for_itself_needs_no_more(kind: EntryKind) -> None:
    assert refused(of(kind)) == ""


def test_a_year_before_the_calendar_is_a_slip_of_the_pen() -> None:
    said = started("3/5/2024", CAU).model_copy(update={"as_of": day("30/9/2004")})
    assert refused(said) == "ngày 30/9/2004 trước ngày đầu của lịch làm việc 01/01/2005; hãy kiểm tra lại năm"


def test_work_is_handed_to_a_unit_there_is() -> None:
    assert "không có đơn vị “khong-co”" in refused(of(EntryKind.HAND_OVER, subject=CAU, unit="khong-co"))
    assert "không có đơn vị “khong-co”" in refused(of(EntryKind.HAND_OVER, unit="khong-co"))
    assert "không có đơn vị “khong-co”" in refused(enrol("moi", "khong-co", WHEN))
    assert refused(of(EntryKind.HAND_OVER, subject=CAU, unit=VU_LE)) == ""
    assert refused(enrol("moi", TAN_THANH, WHEN)) == refused(enrol("moi", None, WHEN)) == ""


def test_a_group_may_take_over_the_whole_and_no_single_subject() -> None:
    assert refused(of(EntryKind.HAND_OVER, unit="cac-xa")) == ""
    assert "không có đơn vị “cac-xa”" in refused(of(EntryKind.HAND_OVER, subject=CAU, unit="cac-xa"))


@pytest.mark.parametrize("kind", [EntryKind.RETURN, EntryKind.CONFIRM])
def test_a_verdict_is_on_a_report_of_the_same_directive(kind: EntryKind) -> None:
    verdict = decided(kind, REPORT, WHEN)
    assert refused(verdict, REPORT) == ""
    elsewhere = REPORT.model_copy(update={"directive": "viec-khac"})
    for about in (None, elsewhere, of(EntryKind.NOTE)):
        assert "không có báo cáo" in refused(verdict, about)


def test_a_correction_is_of_a_report() -> None:
    wrong = disbursed("10%", "20/6/2024", CAU)
    right = corrected(wrong, "12%", "20/6/2024", WHEN)
    assert refused(right, wrong) == ""
    assert f"không có báo cáo “{wrong.id}”" in refused(right)


def test_a_later_day_is_of_the_calendar_and_of_a_due_of_ones_own() -> None:
    assert refused(grant("khoi-cong", "31/7/2024", WHEN, CAU)) == ""
    assert "nằm ngoài lịch làm việc" in refused(grant("khoi-cong", "31/12/2099", WHEN))
    together = on(WHEN, PROJECTS, variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=())))
    single, whole = (grant("giai-ngan-40", "31/10/2024", WHEN, who) for who in (CAU, None))
    assert "có một hạn chung cho mọi dự án" in (why_not_admit(together, single, None) or "")
    assert why_not_admit(together, whole, None) is None


def test_a_report_of_a_day_before_the_order_is_looked_at_twice() -> None:
    dated = variant(notice=NOTICE.model_copy(update={"issued": day("10/4/2024")}))
    found = on(WHEN, PROJECTS, dated)
    assert [one.message for one in doubts(found, disbursed("1%", "9/4/2024", CAU, recorded=WHEN))] == [
        "ngày 09/4/2024 trước ngày ban hành văn bản 10/4/2024; hãy kiểm tra lại ngày báo cáo"
    ]
    assert [one.message for one in doubts(found, disbursed("1%", "21/4/2024", CAU, recorded=WHEN))] == [
        "ngày 21/4/2024 trước ngày nhiệm vụ bắt đầu 22/4/2024; hãy kiểm tra lại ngày báo cáo"
    ]
    assert doubts(found, disbursed("1%", "22/4/2024", CAU)) == ()
    assert doubts(found, enrol("moi", None, WHEN, as_of=instant("1/4/2024 08:00").date())) == ()


def test_what_passes_from_a_unit_was_that_units() -> None:
    of_lead = of(EntryKind.HAND_OVER, unit=VU_LE, former="huyen-bac-son")
    assert refused(of_lead) == ""
    assert refused(of(EntryKind.HAND_OVER, unit=VU_LE, subject=CAU, former=TAN_THANH)) == ""
    assert "đơn vị “so-y-te” không giữ việc nào" in refused(of(EntryKind.HAND_OVER, unit=VU_LE, former="so-y-te"))
    assert "không giữ việc nào" in refused(of(EntryKind.NOTE, former="huyen-bac-son"))
    passed = entry(EntryKind.HAND_OVER, "27/6/2024", unit="so-y-te", former="huyen-bac-son")
    back = of(EntryKind.HAND_OVER, unit=VU_LE, former="so-y-te")
    assert why_not_admit(on(WHEN, (*PROJECTS, passed)), back, None) is None
