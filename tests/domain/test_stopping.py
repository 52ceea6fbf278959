"""Suspending, going on and cancelling: what may follow what."""

from __future__ import annotations

import pytest

from domain.directive import Quantifier
from domain.ledger import Entry, EntryKind
from domain.state import WHOLE
from domain.stopping import why_not_stop
from tests.world import CAU, DUONG, FORTY, PROJECTS, START, changed, disbursed, entry, on, started, variant

SUSPEND, RESUME, CANCEL = EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.CANCEL
ALONE = variant(START)


def after(*known: Entry, kind: EntryKind, subject: str = WHOLE) -> str | None:
    return why_not_stop(on("20/6/2024 09:00", (*PROJECTS, *known), ALONE), kind, subject)


def stop(kind: EntryKind, clock: str, subject: str | None = None) -> Entry:
    return entry(kind, f"10/6/2024 {clock}", subject=subject)


@pytest.mark.parametrize("subject", [WHOLE, CAU])
def test_what_runs_is_suspended_or_cancelled_but_does_not_go_on(subject: str) -> None:
    assert after(kind=SUSPEND, subject=subject) is None
    assert after(kind=CANCEL, subject=subject) is None
    named = "dự án Dự án cau" if subject else "nhiệm vụ khoi-cong-moi"
    assert after(kind=RESUME, subject=subject) == f"{named} không bị tạm dừng, không có gì để tiếp tục"


@pytest.mark.parametrize("subject", [WHOLE, CAU])
def test_what_stands_still_goes_on_or_is_cancelled_but_is_not_suspended_again(subject: str) -> None:
    suspended = stop(SUSPEND, "09:00", subject or None)
    assert after(suspended, kind=RESUME, subject=subject) is None
    assert after(suspended, kind=CANCEL, subject=subject) is None
    assert "đang tạm dừng; muốn tiếp tục thì dùng dondoc resume" in str(after(suspended, kind=SUSPEND, subject=subject))
    resumed = stop(RESUME, "10:00", subject or None)
    assert after(suspended, resumed, kind=SUSPEND, subject=subject) is None


@pytest.mark.parametrize("kind", [SUSPEND, RESUME, CANCEL])
@pytest.mark.parametrize("subject", [WHOLE, CAU])
def test_a_cancellation_is_final(kind: EntryKind, subject: str) -> None:
    said = str(after(stop(CANCEL, "09:00", subject or None), kind=kind, subject=subject))
    assert "đã bị huỷ, không" in said
    assert said.endswith("ghi danh lại bằng mã dự án mới" if subject else "lập một nhiệm vụ mới trong tệp nhiệm vụ")


def test_a_part_follows_the_whole() -> None:
    whole = stop(SUSPEND, "09:00")
    assert after(whole, kind=SUSPEND, subject=CAU) == (
        "nhiệm vụ khoi-cong-moi đang tạm dừng; muốn tiếp tục thì dùng dondoc resume"
    )
    assert "cho tiếp tục cả nhiệm vụ (bỏ --subject)" in str(after(whole, kind=RESUME, subject=CAU))
    assert "nhiệm vụ khoi-cong-moi đã bị huỷ" in str(after(stop(CANCEL, "09:00"), kind=RESUME, subject=CAU))


def test_the_whole_does_not_follow_a_part() -> None:
    part = stop(SUSPEND, "09:00", CAU)
    assert after(part, kind=SUSPEND) is None
    assert after(part, kind=SUSPEND, subject=DUONG) is None
    assert str(after(part, kind=RESUME)).endswith("không có gì để tiếp tục; đang tạm dừng: cau")
    assert after(stop(CANCEL, "09:00", CAU), kind=CANCEL) is None


def test_a_subject_that_is_named_has_been_enrolled() -> None:
    assert str(after(kind=RESUME, subject="nha-may")).startswith("không có dự án “nha-may”")


def test_what_is_done_is_neither_suspended_nor_cancelled() -> None:
    done = started("5/6/2024", CAU)
    for kind, verb in ((SUSPEND, "tạm dừng"), (CANCEL, "huỷ")):
        said = "dự án Dự án cau không còn mốc nào chưa hoàn thành, không có gì để"
        assert after(done, kind=kind, subject=CAU) == f"{said} {verb}"
        assert after(done, kind=kind) is None
        assert "nhiệm vụ khoi-cong-moi không còn mốc nào" in str(after(done, started("6/6/2024", DUONG), kind=kind))


def test_a_subject_that_only_counts_in_a_total_is_judged_by_the_total() -> None:
    total = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
    now = on("20/6/2024 09:00", PROJECTS, total)
    assert why_not_stop(now, CANCEL, CAU) is None
    done = (disbursed("2 tỷ/2 tỷ", "5/6/2024", CAU), disbursed("2 tỷ/2 tỷ", "5/6/2024", DUONG))
    assert why_not_stop(on("20/6/2024 09:00", (*PROJECTS, *done), total), CANCEL, CAU) is not None
