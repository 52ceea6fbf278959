"""A report is corrected by another entry: both stay in the ledger, one counts, and it is looked at again."""

from __future__ import annotations

from typing import Any

import pytest

from actions.correct import correct, correction, metric_of
from actions.evaluate import NoSuchDirectiveError
from actions.record import RefusedError, ask_before, record
from domain.ledger import EntryKind, SealedEntry
from domain.standing import Official
from store import Store, reading, session
from store.ledger import entries
from store.moments import looks
from tests.actions.offices import configured, known
from tests.actions.saying import CODE, LEAD, OFFICE, count, said, standing_at
from tests.world import CAU, PROJECTS, START, day, disbursed, instant, percent, plan, standing, variant

WHEN = "1/10/2024 09:00"
REPORT = disbursed("45%", "20/9/2024 10:30", CAU)


@pytest.fixture
def reported(store: Store) -> Store:
    known(store, *PROJECTS, REPORT)
    return store


def corrected(store: Store, value: str, entry: str = "dinh-chinh", by: str = LEAD, **more: Any) -> SealedEntry:
    with session(store) as opened:
        return correct(opened, OFFICE, REPORT.id, percent(value), said(entry, by, **more), instant(WHEN))


def official(store: Store, when: str = "2/10/2024 09:00") -> Official:
    return standing(standing_at(store, when), "giai-ngan-40", CAU).official


def test_the_corrected_figure_counts_and_both_stay(reported: Store) -> None:
    assert official(reported, "1/10/2024 08:00") is Official.DONE_ON_TIME
    sealed = corrected(reported, "35")
    entry = sealed.entry
    assert (entry.kind, entry.refers_to, entry.metric, entry.subject) == (
        EntryKind.CORRECTION,
        REPORT.id,
        "giai-ngan",
        CAU,
    )
    assert (entry.as_of, entry.as_of_time, entry.text) == (REPORT.as_of, REPORT.as_of_time, "vướng mặt bằng")
    assert official(reported) is Official.OPEN_OVERDUE
    with reading(reported) as opened:
        assert entries(opened, CODE)[2] == REPORT
        assert looks(opened)[CODE][1] == instant("2/10/2024 07:30")


def test_another_day_takes_the_clock_time_away(reported: Store) -> None:
    entry = corrected(reported, "45", day=day("28/9/2024")).entry
    assert (entry.as_of, entry.as_of_time) == (day("28/9/2024"), None)
    assert official(reported) is Official.DONE_ON_TIME


def test_a_correction_sent_again_is_one(reported: Store) -> None:
    first = corrected(reported, "35")
    assert corrected(reported, "35") == first
    assert count(reported) == 4


def test_what_may_not_be_corrected_leaves_no_trace(reported: Store) -> None:
    for by, value, reason, why in (
        ("dau-moi-vu-le", "35", "nhầm", "chỉ đầu mối hoặc thủ trưởng"),
        (LEAD, "35", " ", "cần nêu lý do"),
        (LEAD, "45", "nhầm", "không có gì thay đổi"),
        (LEAD, "140", "nhầm", "vượt 100% kế hoạch"),
    ):
        with pytest.raises(RefusedError, match=why), session(reported) as opened:
            correct(opened, OFFICE, REPORT.id, percent(value), said("dinh-chinh", by, reason), instant(WHEN))
    for about in ("khong-co", PROJECTS[0].id):
        with pytest.raises(RefusedError, match=f"không có báo cáo “{about}”"), session(reported) as opened:
            correct(opened, OFFICE, about, percent("35"), said("dinh-chinh", LEAD), instant(WHEN))
    assert count(reported) == 3


def test_it_is_asked_about_before_and_not_held_against_what_it_replaces(store: Store) -> None:
    earlier = disbursed("30%", "1/8/2024", CAU)
    known(store, *PROJECTS, earlier, REPORT)
    with reading(store) as opened:
        usual = correction(opened, REPORT.id, percent("35"), said("a", LEAD), instant(WHEN))
        assert ask_before(opened, OFFICE, usual) == ()
        odd = correction(opened, REPORT.id, percent("3.5"), said("a", LEAD), instant(WHEN))
        (finding,) = ask_before(opened, OFFICE, odd)
    assert finding.message.startswith("số lũy kế giảm: đến hết ngày 01/8/2024 đã ghi 30%, nay ghi 3,5%")


def test_what_stands_already_or_would_be_refused_is_not_asked_about(store: Store) -> None:
    known(store, *PROJECTS, plan("5 tỷ", "22/4/2024", CAU))
    same = disbursed("20%", "1/8/2024", CAU)
    with session(store) as opened:
        record(opened, OFFICE, same)
    with reading(store) as opened:
        assert ask_before(opened, OFFICE, same) == ()
        assert len(ask_before(opened, OFFICE, same.model_copy(update={"id": "lan-nua"}))) == 1
        with pytest.raises(RefusedError, match="vượt 100%"):
            ask_before(opened, OFFICE, disbursed("6 tỷ/5 tỷ", "2/8/2024", CAU))
        with pytest.raises(NoSuchDirectiveError):
            ask_before(opened, OFFICE, same.model_copy(update={"directive": "khac"}))


def test_the_metric_of_a_report_is_found_or_said_to_be_gone(reported: Store) -> None:
    with reading(reported) as opened:
        assert metric_of(opened, OFFICE, REPORT.id).id == "giai-ngan"
        with pytest.raises(NoSuchDirectiveError):
            metric_of(opened, configured(), REPORT.id)
        gone = configured(variant(START, metrics=OFFICE.directives[CODE].metrics[:1]))
        with pytest.raises(RefusedError, match="không còn chỉ tiêu “giai-ngan”"):
            metric_of(opened, gone, REPORT.id)
