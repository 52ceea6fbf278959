"""A report before the 20th of every month: each occurrence its own due, its own standing, its own urgings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.evaluate import situation
from actions.plan import plan_rows
from actions.record import RefusedError
from actions.status import status_rows
from config.placed import Placed
from config.reading import Draft
from domain.clocktime import at
from domain.directive import Directive, Milestone
from domain.due import Bound, DueSpec
from domain.ledger import Entry, EntryKind
from domain.metric import Metric, MetricKind
from domain.outbox import State
from domain.recurrence import Frequency, Recurrence
from flows.directive import _checked
from store import reading
from store.chain import canonical
from tests.stories.conftest import Founding
from tests.stories.town import CODE, HEAD, LEAD, MONITOR, Town, drafted, when

MONTHLY = Recurrence(every=Frequency.MONTH, days=(20,), until=date(2024, 12, 31))
BY_THE_20TH = DueSpec(phrase="định kỳ trước ngày 20 hằng tháng", every=MONTHLY, bound=Bound.EXCLUSIVE)
REPORT = Milestone(id="bao-cao", name="Báo cáo tình hình", metric="tinh-hinh", due=BY_THE_20TH)
WORD = Metric(id="tinh-hinh", kind=MetricKind.NARRATIVE, name="Tình hình thực hiện")


def reporting(directive: Directive) -> Directive:
    """The directive of footnote 8, asking for a monthly report instead."""
    fields = {"title": "Báo cáo tình hình hằng tháng", "metrics": (WORD,), "milestones": (REPORT,)}
    return Directive.model_validate(dict(directive) | fields)


def monthly() -> Draft:
    draft = drafted(CODE)
    (notice,) = [one for one in draft.notices if one.directives]
    (placed,) = notice.directives
    mine = Placed(reporting(placed.directive), placed.file, placed.place)
    return replace(draft, notices=(replace(notice, directives=(mine,), facts=()),))


@pytest.fixture
def town(found: Founding) -> Town:
    return found(monthly(), at(date(2024, 4, 22)))


def report(town: Town, month: int, day: int, occurrence: date | None = None) -> None:
    town.report(when(month, day), WORD.id, f"Báo cáo ngày {day}/{month}", occurrence=occurrence)


def rows(town: Town, month: int, day: int) -> dict[str, Any]:
    """Due → official standing."""
    with reading(town.store) as opened:
        looked = situation(opened, town.configuration, CODE, when(month, day, 23))
    return {row["due"]: row["official"] for row in status_rows([looked])}


def test_on_time_late_and_missed_each_month_by_itself(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 5, 17))
    report(town, 5, 17)  # May in time
    town.live(date(2024, 5, 18), date(2024, 6, 21))
    report(town, 6, 21)  # June two working days late
    town.live(date(2024, 6, 22), date(2024, 9, 10))
    report(town, 9, 10)  # August late; July stays missed until it is named
    assert rows(town, 9, 10) == {
        "2024-05-20": "done_on_time",
        "2024-06-20": "done_late",
        "2024-07-20": "open_overdue",
        "2024-08-20": "done_late",
        "2024-09-20": "open_in_time",
    }
    report(town, 9, 11, date(2024, 7, 20))
    assert rows(town, 9, 11)["2024-07-20"] == "done_late"
    town.taken()


def test_each_month_is_urged_once_and_what_is_done_no_more(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 5, 17))
    assert town.days_of(LEAD) == ["22/04", "04/05", "10/05", "16/05", "17/05"]
    report(town, 5, 17)
    town.live(date(2024, 5, 18), date(2024, 6, 19))
    letters = [letter for _, person, letter in town.letters if person == LEAD]
    assert town.days_of(LEAD) == ["05/06", "12/06", "14/06", "18/06", "19/06"]
    assert all("Báo cáo tình hình, kỳ hạn 20/6/2024" in letter.text for letter in letters)
    assert all("20/5/2024" not in letter.text for letter in letters)
    fired = Counter((row.key.occurrence, row.key.rung, row.key.person) for row in town.history() if row.key.on_ladder)
    assert set(fired.values()) == {1}


def test_the_late_are_told_why_and_the_missed_months_stand_in_one_item(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 5, 31))
    told = [(moment[:5], person) for moment, person, _ in town.letters if moment[3:5] == "05" and person != MONITOR]
    assert told[-5:] == [("20/05", LEAD), ("23/05", HEAD), ("23/05", LEAD), ("30/05", HEAD), ("30/05", LEAD)]
    why = next(letter.text for moment, person, letter in town.letters if (moment[:5], person) == ("23/05", HEAD))
    assert "thủ trưởng đơn vị (việc đã quá hạn, đã đôn đốc đầu mối)" in why
    town.taken()
    town.live(date(2024, 6, 1), date(2024, 6, 27))
    last = next(letter for moment, person, letter in town.letters if (moment[:5], person) == ("27/06", LEAD))
    assert "2 kỳ quá hạn" in last.text
    assert "chưa hoàn thành các kỳ hạn 20/5/2024, 20/6/2024" in last.text
    assert last.text.count("   * ") == 1
    town.taken()


def test_a_month_that_is_met_before_the_letter_goes_out_is_not_urged(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 5, 15))
    town.taken()
    report(town, 5, 15)
    town.live(date(2024, 5, 16), date(2024, 5, 31))
    assert town.taken() == []
    assert State.ACCEPTED not in {row.state for row in town.history() if row.key.rung in ("before-1", "before-0")}


def test_one_month_is_given_a_later_day_by_name_only(town: Town) -> None:
    later: dict[str, Any] = {"milestone": REPORT.id, "day": date(2024, 5, 31), "actor": MONITOR}
    with pytest.raises(RefusedError, match=r"lặp lại: ghi rõ kỳ nào; các kỳ gần nhất: 20/5/2024"):
        town.say(when(5, 2), EntryKind.EXTENSION_GRANT, **later)
    with pytest.raises(RefusedError, match="không có kỳ ngày 21/5/2024"):
        town.say(when(5, 2), EntryKind.EXTENSION_GRANT, occurrence=date(2024, 5, 21), **later)
    town.say(when(5, 2), EntryKind.EXTENSION_GRANT, occurrence=date(2024, 5, 20), **later)
    assert rows(town, 5, 25) == {"2024-05-31": "open_in_time", "2024-06-20": "open_in_time"}


def test_the_plan_has_a_milestone_for_each_occurrence(town: Town) -> None:
    with reading(town.store) as opened:
        looked = situation(opened, town.configuration, CODE, when(6, 3))
    (row,) = plan_rows([looked], when(7, 31), ["email"])
    assert [(one["id"], one["due"]["nominal"]) for one in row["milestones"]] == [
        ("bao-cao", "2024-05-20"),
        ("bao-cao", "2024-06-20"),
    ]
    firsts = [next(r for r in one["rungs"] if r["rung"].startswith("before-")) for one in row["milestones"]]
    assert firsts == [
        {"rung": "before-30", "at": "2024-04-19T07:30:00+07:00"},
        {"rung": "before-14", "at": "2024-06-05T07:30:00+07:00"},
    ]


def test_prefect_gets_a_task_for_what_is_open_and_the_last_that_is_done(town: Town) -> None:
    for month in (5, 6, 7):
        report(town, month, 17)
    with reading(town.store) as opened:
        looked = situation(opened, town.configuration, CODE, when(7, 31))
    assert len(looked.tracks) == 4
    assert [track.occurrence for track in _checked(looked)] == ["2024-07-20", "2024-08-20"]


def test_a_statement_that_names_no_occurrence_has_the_text_it_always_had() -> None:
    fields: dict[str, Any] = {
        "id": "a",
        "kind": EntryKind.REPORT,
        "directive": CODE,
        "metric": WORD.id,
        "as_of": date(2024, 5, 20),
        "recorded_at": when(5, 20),
        "actor": LEAD,
        "source": "cli",
    }
    assert "occurrence" not in canonical(Entry(**fields))
    assert '"occurrence":"2024-05-20"' in canonical(Entry(**fields, occurrence=date(2024, 5, 20)))
