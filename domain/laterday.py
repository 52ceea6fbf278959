"""The later day itself: after the due that is judged, not beyond a step that follows, within the working calendar.

Each rule answers with the sentence that refuses, or None; what should only be seen is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain import vietnamese as vn
from domain.clocktime import first_instant_after
from domain.directive import Directive, Milestone, Quantifier
from domain.findings import Finding, Severity
from domain.situation import Situation
from domain.standing import OPEN, Official, Standing
from domain.state import WHOLE
from domain.workdays import OutsideCalendarError

TO_DO = OPEN | {Official.SUSPENDED}
"""Still to be done, now or once it goes on."""


@dataclass(frozen=True)
class Wish:
    """A later day for a milestone, of one subject or of all."""

    milestone: str
    subject: str
    """WHOLE: all of them."""
    day: date
    """The last day in time it would have."""
    occurrence: date | None = None
    """The written day of the occurrence meant, where the milestone comes again and again."""


def day_refused(situation: Situation, wish: Wish) -> str | None:
    """Why the day itself will not do."""
    return off_calendar(situation, wish.day) or not_later(situation, wish) or beyond_successor(situation, wish)


def off_calendar(situation: Situation, day: date) -> str | None:
    """The working calendar has to cover the new day."""
    try:
        situation.rules.calendar.is_working(day)
    except OutsideCalendarError as error:
        return str(error)
    return None


def not_later(situation: Situation, wish: Wish) -> str | None:
    """The new day is later than the due that is judged; for all subjects later than that of each."""
    found = meant(situation, wish)
    dues = [one.due.nominal for one in found if one.due and one.official is not Official.CANCELLED]
    if not dues or wish.day > max(dues):
        return None
    said = f"ngày {vn.day(wish.day)} phải sau hạn hiện tại {vn.day(max(dues))}"
    if len(set(dues)) > 1:
        word = situation.directive.subject_word
        return f"{said} (có {word} đã được gia hạn riêng); hãy chọn ngày muộn hơn hoặc ghi từng {word} bằng --subject"
    return f"{said}; hãy chọn ngày muộn hơn"


def beyond_successor(situation: Situation, wish: Wish) -> str | None:
    """A step is not extended beyond the due of an open step that follows it, however many steps later."""
    for milestone in following(situation.directive, wish.milestone):
        found = judged(situation, milestone.id, wish.subject) or judged(situation, milestone.id, WHOLE)
        dues = [one.due for one in found if one.due and one.official in TO_DO]
        if dues and wish.day > min(due.last_day for due in dues):
            due = min(dues, key=lambda due: due.last_day)
            return (
                f"mốc “{milestone.name}” đi sau mốc này và có hạn {vn.day(due.nominal)}; gia hạn mốc ấy trước "
                f"(dondoc extend {situation.directive.code} {milestone.id}), hoặc chọn ngày không quá hạn ấy"
            )
    return None


def doubts(situation: Situation, wish: Wish) -> tuple[Finding, ...]:
    """What does not forbid the new day and yet should be seen: a limit of the law, a day already gone."""
    due = situation.directive.milestone(wish.milestone).due
    said = []
    if due and due.legal and wish.day > due.legal:
        latest = f"{vn.day(due.legal)} ({due.legal_source})"
        said.append(f"hạn mới {vn.day(wish.day)} sau ngày muộn nhất pháp luật cho phép {latest}")
    if first_instant_after(wish.day) <= situation.as_of:
        said.append(f"hạn mới {vn.day(wish.day)} đã qua: mốc vẫn tính là quá hạn")
    name = named(situation, wish)
    return tuple(Finding(severity=Severity.WARNING, message=f"{name}: {message}") for message in said)


def extensions(situation: Situation, standing: Standing) -> int:
    """How many times the due of the standing was moved; of a track as a whole, for the subject it was most often."""
    milestone, subject = standing.track.milestone, standing.subject
    singly = milestone.quantifier is Quantifier.EACH and standing.track.subjects
    codes = [subject.code] if subject else [one.code for one in singly or ()] or [WHOLE]
    occurrence = standing.due.occurrence if standing.due else None
    return max(situation.state.extended(milestone.id, code, occurrence) for code in codes)


def judged(situation: Situation, milestone: str, subject: str, occurrence: date | None = None) -> tuple[Standing, ...]:
    """The standings the due is judged in: the subject's own, or for all of them one for each due there is."""
    return tuple(
        one
        for one in situation.standings
        if one.track.milestone.id == milestone
        and (one.subject.code if one.subject else WHOLE) == subject
        and occurrence in (None, one.due and one.due.occurrence)
    )


def meant(situation: Situation, wish: Wish) -> tuple[Standing, ...]:
    """The standings a wish is about."""
    return judged(situation, wish.milestone, wish.subject, wish.occurrence)


def following(directive: Directive, milestone: str) -> Iterator[Milestone]:
    """The milestones that follow, directly or through others; each once, as written."""
    reached = {milestone}
    while more := {one.id for one in directive.milestones if reached.intersection(one.follows)} - reached:
        reached |= more
    yield from (one for one in directive.milestones if one.id in reached and one.id != milestone)


def named(situation: Situation, wish: Wish) -> str:
    """The milestone, and whose."""
    name = situation.directive.milestone(wish.milestone).name
    whose = [one.name for one in situation.state.subjects if one.code == wish.subject]
    return f"mốc “{name}”{f' của {whose[0]}' if whose else ''}"
