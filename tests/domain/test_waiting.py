"""What waits for the monitor: the newest report on each thing until somebody confirms it, and silence."""

from __future__ import annotations

from domain.ledger import EntryKind
from domain.metric import Value
from domain.waiting import unheard, unjudged
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    PROJECTS,
    TINH_HINH,
    UNDATED,
    changed,
    decided,
    disbursed,
    on,
    report,
    started,
    variant,
)


def waiting(*entries: object, when: str = "3/7/2024") -> list[str]:
    return [one.figure.entry for one in unjudged(on(when, (*PROJECTS, *entries)))]  # type: ignore[arg-type]


def test_a_report_waits_until_it_is_confirmed_or_sent_back() -> None:
    said = started("20/6/2024", CAU)
    assert waiting(said) == [said.id]
    assert waiting(said, decided(EntryKind.CONFIRM, said, "21/6/2024")) == []
    assert waiting(said, decided(EntryKind.RETURN, said, "21/6/2024")) == []


def test_of_one_thing_only_the_newest_report_waits_and_each_thing_waits_for_itself() -> None:
    old, new = disbursed("10%", "3/6/2024", CAU), disbursed("20%", "20/6/2024", CAU)
    other = disbursed("15%", "10/6/2024", DUONG)
    assert waiting(old, other, new) == [other.id, new.id]
    assert waiting(old, decided(EntryKind.CONFIRM, old, "4/6/2024"), other, new) == [other.id, new.id]
    found = unjudged(on("3/7/2024", (*PROJECTS, new)))
    assert [(one.metric.id, one.subject and one.subject.code) for one in found] == [("giai-ngan", CAU)]


def test_a_report_on_the_whole_has_no_subject() -> None:
    (found,) = unjudged(on("3/7/2024", (started("20/6/2024"),)))
    assert found.subject is None


def test_an_estimate_waits_for_its_actual_figure() -> None:
    said = disbursed("20%", "20/6/2024", CAU)
    assert said.value is not None
    guess = said.model_copy(update={"value": said.value.model_copy(update={"estimate": True})})
    assert isinstance(guess.value, Value)
    assert waiting(guess) == []


def test_what_the_directive_no_longer_measures_is_not_asked_about() -> None:
    said = report(TINH_HINH, "đang làm", "20/6/2024")
    assert unjudged(on("3/7/2024", (said,))) == ()
    assert unjudged(on("3/7/2024", (started("20/6/2024", "khong-ghi-danh"),))) == ()


def test_an_open_dated_milestone_is_unheard_of_without_a_fresh_report() -> None:
    silent = {standing.track.milestone.id: newest for standing, newest in unheard(on("3/7/2024", PROJECTS))}
    assert silent == {"khoi-cong": None, "giai-ngan-40": None, "giai-ngan-100": None}
    said = disbursed("20%", "20/6/2024", CAU)
    assert [one.track.milestone.id for one, _ in unheard(on("3/7/2024", (*PROJECTS, said)))] == ["khoi-cong"]
    late = dict.fromkeys(["giai-ngan-40", "giai-ngan-100"], said.as_of)
    found = {one.track.milestone.id: newest for one, newest in unheard(on("3/9/2024", (*PROJECTS, said)))}
    assert found == {"khoi-cong": None, **late}


def test_what_is_done_or_has_no_date_is_not_missed() -> None:
    done = (started("20/6/2024", CAU), started("20/6/2024", DUONG))
    assert "khoi-cong" not in {one.track.milestone.id for one, _ in unheard(on("3/9/2024", (*PROJECTS, *done)))}
    assert unheard(on("3/9/2024", (), UNDATED)) == ()
    undated = variant(changed(FOOTNOTE_8.milestones[0], due=None))
    assert unheard(on("3/9/2024", (), undated)) == ()
