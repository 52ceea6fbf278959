"""What a stretch of a sentence turns out to be: a limit of some kind, something else, or a question."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from domain.phrase.values import Anchored, Cycle, Days, Doubt, Limit, Range, Stretch, Weekdays


class Kind(StrEnum):
    """What a phrase turns out to be."""

    ABSOLUTE = "absolute"
    """A date of its own."""
    RELATIVE = "relative"
    """Runs from something that happens."""
    RECURRING = "recurring"
    NONE = "none"
    """Speaks of time, and sets no limit."""
    QUESTION = "question"
    """Leaves open what is meant: somebody has to say."""


class Sense(NamedTuple):
    """A stretch of the sentence, and what it is."""

    kind: Kind
    rule: str
    what: Limit | Anchored | None = None
    event: tuple[int, int] | None = None
    """Where the words of an event stand in the text."""
    note: str | None = None
    starts: Limit | None = None
    until: Limit | None = None
    effect: bool = False
    """When a document takes effect, which is not rolled over days off."""


def is_year(limit: Limit) -> bool:
    """Whether a whole year is bounded."""
    target = limit.targets[0]
    if isinstance(target, Range):
        return isinstance(target.last, Stretch) and target.last.unit == "year"
    return isinstance(target, Stretch) and target.unit == "year" and target.rule == "cuoi-nam"


def due(limit: Limit) -> Sense:
    """A limit as a due, by what it bounds."""
    target = limit.targets[0]
    doubt = next((target for target in limit.targets if isinstance(target, Doubt)), None)
    if doubt:
        return Sense(Kind.QUESTION, doubt.rule, limit)
    if isinstance(target, Cycle):
        note = "ngày chốt số liệu, không phải hạn gửi báo cáo" if target.cutoff else target.note
        return Sense(Kind.RECURRING, target.rule, limit, note=note)
    if isinstance(target, Days):
        return asking(limit, "thieu-thang", "chỉ có ngày, không có tháng; cần hỏi tháng nào, hay hằng tháng")
    if isinstance(target, Weekdays):
        return asking(limit, "thu-khong-tuan", "chỉ có thứ, không nói tuần nào; cần hỏi ngày nào, hay hằng tuần")
    if isinstance(target, Range):
        return Sense(Kind.ABSOLUTE, "khoang-thoi-gian", limit)
    return Sense(Kind.ABSOLUTE, getattr(target, "rule", "ngay-theo-ngu-canh"), limit)


def asking(limit: Limit, rule: str, question: str) -> Sense:
    """The limit as a question (in Vietnamese, with what could be meant)."""
    return Sense(Kind.QUESTION, rule, limit._replace(targets=(Doubt(rule, question),)))
