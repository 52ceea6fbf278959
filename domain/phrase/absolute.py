"""Limits with a date of their own. A written day is never moved; of one not worked it is told what to aim at."""

from __future__ import annotations

from datetime import date

from domain import vietnamese as vn
from domain.due import BeforeDay, Bound, Due, DueSpec, first_late, resolve
from domain.findings import Severity
from domain.phrase.dating import Dated, dated
from domain.phrase.explanation import Asked, Explanation, noted, of_due, undated
from domain.phrase.senses import Kind
from domain.phrase.sources import source
from domain.phrase.values import Deictic, Doubt, Feast, Limit, Point, Range, Stretch
from domain.workdays import OutsideCalendarError

FAR = 30
"""Years from the day of writing beyond which a year is asked about."""
_FEASTS = {
    "tet": ("tet", "Tết Nguyên đán"),
    "after_tet": ("sau-ky-nghi", "kỳ nghỉ Tết"),
    "back_to_work": ("sau-ky-nghi", "kỳ nghỉ"),
}


def one_date(target: Point | Range, limit: Limit, rule: str, phrase: str, asked: Asked) -> Explanation:
    """The due that one target of a limit sets, or the question it leaves."""
    days = _of_range(target, limit, asked) if isinstance(target, Range) else dated(target, asked.issued, asked.calendar)
    if isinstance(target, Feast) and target == Feast("tet", target.year) and limit.bound is not Bound.EXCLUSIVE:
        days = Doubt("ngay-tet", "Tết có nhiều ngày; cần hỏi ngày cụ thể")
    if isinstance(days, Doubt):
        return undated(asked, Kind.QUESTION, days.rule, days.question)
    nominal = days.first if limit.bound is Bound.EXCLUSIVE else days.last
    doubt = _implausible(nominal, limit.bound, asked.issued)
    if doubt:
        return undated(asked, Kind.QUESTION, doubt.rule, doubt.question)
    answer = written(_spec(target, limit, nominal, phrase), rule, asked, (*days.steps, *_ends(days)))
    if isinstance(target, Feast):
        rule, anchor = _FEASTS[target.name]
        answer = answer._replace(kind=Kind.RELATIVE, rule=rule, source=source(rule), anchor=anchor)
    for note in days.notes:
        answer = noted(answer, note, Severity.NOTE)
    if limit.fuzzy:
        about = f"“dịp” chỉ nói khoảng ngày {vn.day(nominal)}; tính đến hết ngày đó, đề nghị xác nhận"
        answer = noted(answer, about, Severity.WARNING)
    return answer


def _ends(days: Dated) -> tuple[str, ...]:
    """Of a stretch longer than a day: where it begins and ends."""
    return () if days.first == days.last else (f"từ {vn.day(days.first)} đến hết {vn.day(days.last)}",)


def _spec(target: Point | Range, limit: Limit, nominal: date, phrase: str) -> DueSpec:
    clock = target.clock if isinstance(target, Stretch | Deictic) else None
    bound = Bound.AT if clock else Bound.INCLUSIVE if limit.bound is Bound.AT else limit.bound
    return DueSpec(phrase=phrase, date=nominal, bound=bound, time=clock)


def written(spec: DueSpec, rule: str, asked: Asked, steps: tuple[str, ...]) -> Explanation:
    """A written day by the engine's own computation; beyond the working calendar its instant alone."""
    if spec.bound is Bound.EXCLUSIVE:
        strict = asked.reading.before_day is BeforeDay.STRICT
        steps = (*steps, "“trước”: không tính ngày đó" if strict else "“trước”: cơ quan quy định tính cả ngày đó")
    try:
        due = resolve(spec, asked.calendar, asked.reading, {})
    except OutsideCalendarError as error:
        return _beyond(spec, rule, asked, steps, error)
    assert due is not None and spec.day is not None  # a written day waits for nothing
    return about(of_due(due, asked, Kind.ABSOLUTE, rule, spec, steps), due, asked)


def _beyond(spec: DueSpec, rule: str, asked: Asked, steps: tuple[str, ...], error: OutsideCalendarError) -> Explanation:
    assert spec.day is not None  # given by the caller
    late = first_late(spec.day, spec.bound, spec.clock, asked.reading.before_day)
    answer = Explanation(
        asked.text,
        Kind.ABSOLUTE,
        rule,
        source(rule),
        nominal=spec.day,
        bound=spec.bound,
        overdue_after=late,
        steps=(*steps, f"trễ kể từ {vn.moment(late)}"),
        spec=spec,
    )
    return noted(answer, f"chưa tính được ngày làm việc: {error}", Severity.WARNING)


def about(answer: Explanation, due: Due, asked: Asked) -> Explanation:
    """What a person should know of the day: that it is off, that the calendar is not confirmed."""
    last = due.last_day
    if not asked.calendar.is_working(last):
        special = asked.calendar.special(last)
        why = f" ({special.name})" if special else ""
        said = f"ngày cuối {vn.day(last)} là ngày nghỉ{why}; nên xong trước {vn.moment(due.safe_due)}"
        answer = noted(answer, said, Severity.WARNING)
    if due.unconfirmed:
        answer = noted(answer, "lịch nghỉ của thời gian này chưa có văn bản xác nhận", Severity.NOTE)
    return answer


def _of_range(target: Range, limit: Limit, asked: Asked) -> Dated | Doubt:
    """A stretch of time that lies ahead is due at its end; one already begun may as well be that of the figures."""
    last = dated(target.last, asked.issued, asked.calendar)
    if target.first is None or isinstance(last, Doubt):
        return last
    first = dated(target.first, asked.issued, asked.calendar)
    if isinstance(first, Doubt):
        return first
    if first.first > last.last:
        said = f"khoảng thời gian kết thúc ({vn.day(last.last)}) trước khi bắt đầu ({vn.day(first.first)})"
        return Doubt("khoang-nguoc", f"{said}; đề nghị hỏi lại nơi ban hành")
    if limit.plain and (asked.issued is None or first.first < asked.issued):
        said = f"từ {vn.day(first.first)} đến {vn.day(last.last)} là thời gian thực hiện hay kỳ số liệu? Cần hỏi"
        return Doubt("khoang-thoi-gian", said)
    return Dated(first.first, last.last, last.steps, last.notes)


def _implausible(nominal: date, bound: Bound, issued: date | None) -> Doubt | None:
    if issued is None:
        return None
    if nominal < issued or (bound is Bound.EXCLUSIVE and nominal == issued):
        said = f"ngày {vn.day(nominal)} không còn kịp khi ban hành văn bản ({vn.day(issued)}): hạn hay số liệu? Cần hỏi"
        return Doubt("truoc-ngay-ban-hanh", said)
    if nominal.year - issued.year > FAR:
        return Doubt("nam-qua-xa", f"năm {nominal.year} cách ngày ban hành hơn {FAR} năm; đề nghị kiểm tra")
    return None
