"""Limits that run from something: from the document's issue or receipt, from an event, back from a day ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.due import Anchor, DueSpec, Within, resolve
from domain.findings import Severity
from domain.phrase.absolute import about
from domain.phrase.dating import Dated, dated
from domain.phrase.explanation import Asked, Explanation, noted, of_due, undated
from domain.phrase.lengths import UNSETTLED
from domain.phrase.numerals import CLASH
from domain.phrase.senses import Kind, Sense
from domain.phrase.values import Anchored, Doubt
from domain.workdays import OutsideCalendarError, Roll

_EVENT = "su-kien"
"""The code under which an event of the sentence is looked up: nobody has recorded it yet."""
_LENGTHS = {"day": "days", "workday": "working_days", "week": "weeks", "month": "months", "year": "years"}
_NAMES = {"issued": "ngày ban hành văn bản", "received": "ngày nhận được văn bản"}
LONGEST_YEARS = 100


def event(sense: Sense, asked: Asked) -> Explanation:
    """No length, only something that has to happen."""
    words = _words(sense.event, asked)
    said = f"chưa có ngày: phụ thuộc vào việc “{words}”; ghi ngày của việc đó vào sổ thì mới tính được hạn"
    return undated(asked, Kind.RELATIVE, sense.rule, said, anchor=words)


def anchored(sense: Sense, what: Anchored, phrase: str, asked: Asked) -> Explanation:
    """A length from what the sentence names, or from the receipt where it names nothing."""
    if what.length is None and not sense.effect:
        return event(sense, asked)
    start = dated(what.start, asked.issued, asked.calendar) if what.start else None
    doubt = start if isinstance(start, Doubt) else _clash(what)
    if doubt:
        return undated(asked, Kind.QUESTION, doubt.rule, doubt.question)
    words = _words(what.event, asked)
    if what.least:
        return undated(
            asked, Kind.RELATIVE, sense.rule, "đây là khoảng cách tối thiểu phải giữ, không phải thời hạn", words
        )
    begins = start.last if isinstance(start, Dated) else None
    implied = begins is None and what.anchor is None and not words
    of = "received" if implied else what.anchor
    answer = _counted(sense, what, of, phrase, asked, begins, begins.isoformat() if begins else of or words)
    if not implied:
        return answer
    said = "câu không nói tính từ ngày nào; hiểu là từ ngày nhận được văn bản, đề nghị xác nhận"
    return noted(answer, said, Severity.WARNING)


def _clash(what: Anchored) -> Doubt | None:
    if what.length and what.length.number == UNSETTLED:
        return Doubt("khoang-do-dai", "thời hạn không ghi một số nguyên ngày, tuần, tháng; cần hỏi lấy số nào")
    if what.length is None or what.length.number != CLASH:
        return None
    return Doubt("so-khong-khop", "số và chữ ghi trong ngoặc không khớp; đề nghị hỏi lại nơi ban hành")


def _counted(
    sense: Sense, what: Anchored, of: str | None, phrase: str, asked: Asked, begins: date | None, named: str
) -> Explanation:
    spec = _spec(what, of, sense, phrase)
    if spec is None:
        said = "thời hạn tính bằng giờ, hoặc quá dài: cần giờ bắt đầu cụ thể"
        return undated(asked, Kind.RELATIVE, sense.rule, said, named)
    return _computed(spec, sense, asked, _anchors(asked, begins), named)


def _words(span: tuple[int, int] | None, asked: Asked) -> str:
    return asked.text[span[0] : span[1]].strip() if span else ""


def _anchors(asked: Asked, start: date | None) -> dict[str, date]:
    known = {"issued": asked.issued, "received": asked.received, f"event:{_EVENT}": start}
    return {name: day for name, day in known.items() if day}


def _spec(what: Anchored, of: str | None, sense: Sense, phrase: str) -> DueSpec | None:
    unit, count = what.length or ("day", 0)
    if unit not in _LENGTHS or (unit == "year" and count > LONGEST_YEARS):
        return None
    within = Within(
        of=Anchor(of) if of else None,
        event=None if of else _EVENT,
        before=what.before,
        **{_LENGTHS[unit]: count},  # type: ignore[arg-type]
    )
    return DueSpec(phrase=phrase, within=within, roll=Roll.NONE if sense.effect else None)


def _computed(spec: DueSpec, sense: Sense, asked: Asked, anchors: Mapping[str, date], named: str) -> Explanation:
    try:
        due = resolve(spec, asked.calendar, asked.reading, anchors, by_day=True)
    except OutsideCalendarError as error:
        said = f"chưa tính được: {error}"
        return undated(asked, Kind.RELATIVE, sense.rule, said, named)._replace(bound=spec.bound, spec=spec)
    if due is None:
        said = f"chưa tính được: cần {_NAMES.get(named, f'ngày của việc “{named}”')}"
        return undated(asked, Kind.RELATIVE, sense.rule, said, named)._replace(bound=spec.bound, spec=spec)
    answer = of_due(due, asked, Kind.RELATIVE, sense.rule, spec)._replace(anchor=named)
    return answer if sense.effect else about(answer, due, asked)
