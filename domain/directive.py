"""A notice and the directives it gives: what was ordered, of whom, measured how, by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self, TypeVar

from pydantic import Field, StrictBool, model_validator

from domain import vietnamese as vn
from domain.due import DueSpec
from domain.frozen import Code, Frozen, MisfitError
from domain.metric import SUMMED, Metric, MetricKind, Value


class Restriction(StrEnum):
    """How widely the document may be told. Secret documents are refused at intake."""

    NONE = "none"
    RESTRICTED = "restricted"


class Notice(Frozen):
    """A văn bản: number and date may be missing in the source, and block only what depends on them."""

    code: Code
    kind: str
    number: str | None = None
    issued: date | None = None
    received: date | None = None
    issuer: str
    title: str
    short: str
    """How messages name the document when it has no number."""
    file: str
    """Path of the text, relative to the configuration folder."""
    sha256: str
    restriction: Restriction = Restriction.NONE

    def reference(self) -> str:
        """How the document is cited: số ký hiệu and date where known, else its short title."""
        if self.number is None:
            return self.short
        issued = f" ngày {vn.day(self.issued)}" if self.issued else ""
        return f"{self.kind} số {self.number}{issued}"


class Footnote(Frozen):
    """A footnote, attached to the sentence that carries its mark, wherever the page prints it."""

    mark: int
    text: str


class Quantifier(StrEnum):
    """How a milestone is counted over the subjects of its directive."""

    EACH = "each"
    """Every subject has to reach the target; met on the last subject's date."""
    TOTAL = "total"
    """Sum over the subjects in force at the due: of numerators over plans, of đồng, of things."""
    SHARE = "share"
    """At least `at_least` percent of the subjects in force at the due."""
    COUNT = "count"
    """At least `at_least` subjects."""


class Milestone(Frozen):
    """A mốc: metric, target, due, and the milestones it follows."""

    id: Code
    name: str
    metric: Code
    target: Value | None = None
    """None for a narrative: nothing is ordered in numbers."""
    quantifier: Quantifier = Quantifier.EACH
    at_least: Decimal | None = None
    """Percent for `share`, number of subjects for `count`."""
    due: DueSpec | None = None
    follows: tuple[Code, ...] = ()
    reading: str | None = None
    """How the admin read a sentence that leaves something open; shown beside the quote."""

    @property
    def recurring(self) -> bool:
        """Whether it comes again and again: each occurrence has its own due and standing."""
        return self.due is not None and self.due.every is not None

    @model_validator(mode="after")
    def _share_and_count_say_how_many(self) -> Self:
        counted = self.quantifier in (Quantifier.SHARE, Quantifier.COUNT)
        if counted != (self.at_least is not None):
            raise MisfitError("at_least đi cùng quantifier share hoặc count, và chỉ với hai loại này", "quantifier")
        return self


class LeadMode(StrEnum):
    """What several lead units mean."""

    JOINT = "joint"
    """One standing, all of them told."""
    EACH = "each"
    """Every lead unit is a subject of its own."""


class Tracking(StrEnum):
    """Whether a directive without a date is asked for a word from time to time."""

    PERIODIC = "periodic"
    NONE = "none"


class Directive(Frozen):
    """A nhiệm vụ: one assigned piece of work."""

    code: Code
    title: Annotated[str, Field(min_length=1, max_length=80)]
    """A short name for lists and Prefect, in Vietnamese."""
    notice: Notice
    section: str
    """Path of headings in the document, e.g. `II.1.2`, followed by the bullet."""
    quote: str
    """Verbatim from the notice, line breaks removed, footnote marks left out."""
    footnotes: tuple[Footnote, ...] = ()
    lead: Annotated[tuple[Code, ...], Field(min_length=1)]
    """Codes of units or groups (chủ trì)."""
    lead_inherited: StrictBool = False
    """True when the sentence names nobody and the heading above it does."""
    lead_mode: LeadMode = LeadMode.JOINT
    coordinating: tuple[Code, ...] = ()
    monitor: Code
    monitor_chosen_by: str | None = None
    starts: date | None = None
    """The day from which it is urged; None: the day of adoption."""
    starts_chosen_by: str | None = None
    tracking: Tracking = Tracking.PERIODIC
    subject_word: str = "đối tượng"
    """What one subject is called in messages, e.g. `dự án`."""
    metrics: Annotated[tuple[Metric, ...], Field(min_length=1)]
    milestones: Annotated[tuple[Milestone, ...], Field(min_length=1)]

    def metric(self, metric_id: str) -> Metric:
        """The metric of that id. Raises KeyError."""
        return _find(self.metrics, metric_id)

    def milestone(self, milestone_id: str) -> Milestone:
        """The milestone of that id. Raises KeyError."""
        return _find(self.milestones, milestone_id)

    def has_dates(self) -> bool:
        """Whether any milestone has a due: undated directives are only asked for a word."""
        return any(milestone.due is not None for milestone in self.milestones)

    @model_validator(mode="after")
    def _milestones_fit_together(self) -> Self:
        _refuse_twice("metrics", "chỉ tiêu", self.metrics)
        _refuse_twice("milestones", "mốc", self.milestones)
        metrics = {metric.id: metric for metric in self.metrics}
        known = {milestone.id: milestone for milestone in self.milestones}
        for index, milestone in enumerate(self.milestones):
            for field, fault in _misfits(milestone, metrics, known):
                raise MisfitError(f"mốc {milestone.id}: {fault}", "milestones", index, field)
        in_order(self.milestones)
        return self


def _refuse_twice(field: str, word: str, things: tuple[Metric, ...] | tuple[Milestone, ...]) -> None:
    ids = [thing.id for thing in things]
    for index, one in enumerate(ids):
        if one in ids[:index]:
            raise MisfitError(f"trùng mã {word}: {one}", field, index, "id")


def _misfits(
    milestone: Milestone, metrics: Mapping[str, Metric], known: Mapping[str, Milestone]
) -> Iterator[tuple[str, str]]:
    """Fields of a milestone that do not fit its directive, and why."""
    metric = metrics.get(milestone.metric)
    if metric is None:
        yield "metric", f"không có chỉ tiêu {milestone.metric}"
    elif (metric.kind is MetricKind.NARRATIVE) != (milestone.target is None):
        yield "target", "chỉ tiêu tường thuật không có mức phải đạt, chỉ tiêu khác phải có"
    elif milestone.quantifier is Quantifier.TOTAL and metric.kind not in SUMMED:
        yield "quantifier", "total chỉ dùng với chỉ tiêu phần trăm, số tiền hoặc số đếm"
    yield from _misplaced(milestone, known)
    if milestone.due:
        unknown = sorted(milestone.due.events() - metrics.keys()) + sorted(milestone.due.milestones() - known.keys())
        yield from (("due", f"hạn tính từ {name} không tồn tại") for name in unknown)
        again = sorted(code for code in milestone.due.milestones() & known.keys() if known[code].recurring)
        yield from (("due", f"hạn không tính từ mốc {code} được vì mốc ấy lặp lại theo kỳ") for code in again)


def _misplaced(milestone: Milestone, known: Mapping[str, Milestone]) -> Iterator[tuple[str, str]]:
    """What is wrong with the milestones it follows: what comes again and again is never behind one."""
    for code in milestone.follows:
        if code not in known:
            yield "follows", f"đi sau mốc không tồn tại {code}"
        elif known[code].recurring:
            yield (
                "follows",
                f"không đi sau mốc {code} được vì mốc ấy lặp lại theo kỳ, không khi nào xong; bỏ follows",
            )
    if milestone.follows and milestone.recurring:
        yield "follows", "mốc lặp lại theo kỳ không đi sau mốc khác; bỏ follows, ghi ngày bắt đầu ở due.every.starts"


Identified = TypeVar("Identified", Metric, Milestone)


def in_order(milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """Predecessors first, otherwise as written. Raises MisfitError on a cycle."""
    placed: list[Milestone] = []
    waiting = list(milestones)
    while waiting:
        done = {milestone.id for milestone in placed}
        ready = [milestone for milestone in waiting if done.issuperset(milestone.follows)]
        if not ready:
            place = ("milestones", milestones.index(waiting[0]), "follows")
            raise MisfitError(f"các mốc đi sau nhau thành vòng: {', '.join(m.id for m in waiting)}", *place)
        placed.append(ready[0])
        waiting.remove(ready[0])
    return tuple(placed)


def _find(things: tuple[Identified, ...], key: str) -> Identified:
    for thing in things:
        if thing.id == key:
            return thing
    raise KeyError(key)
