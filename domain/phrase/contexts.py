"""What the words around a limit make of it: a due, a figure's day, a document's date, a horizon, or nothing at all.

The same words stand in orders and in reports: "đến hết ngày 30/9/2024 đạt tối thiểu 40%" orders, "đến hết ngày
31/3/2024 đạt 18,2 triệu đồng" reports. What tells them apart is said here, rule by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from domain.due import Bound
from domain.phrase.grammar import Level, Matched, Rule, symbol
from domain.phrase.values import Anchored, Cycle, Days, Deictic, Doubt, Feast, Limit, Range, Stretch, Weekdays
from domain.recurrence import Frequency


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


Build = Callable[[Matched], Sense | None]
_EVENTLESS = {
    symbol(name)
    for name in ("when", "then", "depends", "condition", "progress", "on", "within", "day", "urgent", "before")
}


def _none(rule: str) -> Build:
    return lambda taken: Sense(Kind.NONE, rule, taken.one("limit"))


def _event(rule: str) -> Build:
    def build(taken: Matched) -> Sense:
        words = [token for token in taken.tokens if token.symbol not in _EVENTLESS] or list(taken.tokens)
        return Sense(Kind.RELATIVE, rule, event=(words[0].start, words[-1].end))

    return build


def _plain_only(rule: str) -> Build:
    """A date that stands without any word of limit."""

    def build(taken: Matched) -> Sense | None:
        limit: Limit = taken.all("limit")[-1]
        named = rule == "ngay-van-ban" and _is_year(limit)
        return Sense(Kind.NONE, rule, limit) if limit.plain and not named else None

    return build


def _horizon(taken: Matched) -> Sense | None:
    """`đến năm 2030` in the name of a plan; "đến hết năm 2030" is a limit."""
    limit: Limit = taken.all("limit")[-1]
    if limit.bound is not Bound.INCLUSIVE or not _is_year(limit):
        return None
    return Sense(Kind.NONE, "tam-nhin", limit)


def _is_year(limit: Limit) -> bool:
    target = limit.targets[0]
    if isinstance(target, Range):
        return isinstance(target.last, Stretch) and target.last.unit == "year"
    return isinstance(target, Stretch) and target.unit == "year" and target.rule == "cuoi-nam"


def _figure(taken: Matched) -> Sense | None:
    """A figure behind the limit: ordered where a word says so, reported where it is broken to decimals."""
    limit: Limit = taken.one("limit")
    if taken.has("ordered") or taken.has("at_least"):
        return _due(limit)
    if taken.has("decimal") or taken.has("numeric") or taken.has("past"):
        return Sense(Kind.NONE, "so-lieu", limit)
    return _due(limit)._replace(note="nếu đây là số liệu đã đạt được thì ngày này không phải là hạn")


def _reached_already(taken: Matched) -> Sense | None:
    """`đến ngày 31/3/2024 đã …`, `đã … trong tháng 3/2024`: what has been done."""
    limit: Limit = taken.one("limit")
    return Sense(Kind.NONE, "so-lieu", limit) if limit.bound is Bound.INCLUSIVE else None


def _signing_place(taken: Matched) -> Sense | None:
    """`Lạng Sơn, ngày 22 tháng 4 năm 2024`, alone: the head of a document."""
    limit: Limit = taken.one("limit")
    target = limit.targets[0]
    dated = limit.plain and isinstance(target, Stretch) and target.unit == "day" and target.year is not None
    return Sense(Kind.NONE, "ngay-van-ban", limit) if dated else None


def _reported_period(taken: Matched) -> Sense | None:
    """`báo cáo tình hình quý II/2024`: the period reported on, or the one to report in."""
    limit: Limit = taken.one("limit")
    target = limit.targets[0]
    if not limit.plain or not isinstance(target, Stretch) or target.unit == "day" or _is_year(limit):
        return None
    return _asking(limit, "ky-bao-cao", "đây là kỳ của báo cáo hay hạn gửi báo cáo? Cần hỏi")


def _half_read(taken: Matched) -> Sense | None:
    """A bound, a time of day or a part of a period that has found no day: what is not understood decides the day."""
    limit: Limit = taken.one("limit")
    said = "chưa hiểu hết phần chữ đứng ngay trước; đề nghị hỏi lại ngày, giờ cụ thể"
    return _asking(limit, "chua-hieu-het", said) if limit.plain and not _is_year(limit) else None


def _run_on(taken: Matched) -> Sense | None:
    """Signs and digits grown to a date: `15/6/2024/5`, `…/6/2024`."""
    glued = any(one.end == then.start for one, then in pairwise(taken.tokens))
    said = "chữ số, dấu dính liền với ngày; đề nghị đối chiếu với bản gốc"
    return _asking(taken.one("limit"), "chua-hieu-het", said) if glued else None


def _blank(taken: Matched) -> Sense:
    """`ngày … tháng … năm 2024`: a form nobody has filled in."""
    return _asking(taken.one("limit"), "thieu-ngay", "ngày, tháng còn để trống; cần hỏi ngày")


def _unread(_: Matched) -> Sense:
    """A limit begins here, and nothing in it has been understood."""
    said = "có nói về thời hạn mà chưa đọc được; đề nghị ghi rõ ngày/tháng/năm"
    return _asking(Limit(Bound.INCLUSIVE, ()), "khong-doc-duoc", said)


def _asking(limit: Limit, rule: str, question: str) -> Sense:
    return Sense(Kind.QUESTION, rule, limit._replace(targets=(Doubt(rule, question),)))


def _irregular(_: Matched) -> Sense:
    said = "“định kỳ” nhưng không nói tuần, tháng, quý hay năm; cần hỏi kỳ và ngày"
    return _asking(Limit(Bound.INCLUSIVE, ()), "dinh-ky-chua-ro", said)


def _capital(taken: Matched) -> Sense | None:
    limit: Limit = taken.one("limit")
    if not (limit.plain and _is_year(limit)):
        return None
    return Sense(Kind.QUESTION, "giai-ngan-ca-nam", limit)


def _in_practice(taken: Matched) -> Sense | None:
    """`trước ngày 30/6 để đến ngày 1/7 …`: the sentence itself takes 30/6 in."""
    first, _ = taken.all("limit")
    if first.bound is not Bound.EXCLUSIVE:
        return None
    note = "câu văn coi ngày đứng sau “trước” là ngày cuối còn kịp, nên tính cả ngày đó"
    return Sense(Kind.ABSOLUTE, "truoc-ngay-tinh-ca-ngay", first._replace(bound=Bound.INCLUSIVE), note=note)


def _each_with_days(taken: Matched) -> Sense | None:
    """`hằng tháng, báo cáo trước ngày 25`; `ngày 06 tháng 6 đối với báo cáo định kỳ 06 tháng`; with edges behind."""
    limits: list[Limit] = taken.all("limit")
    every, target = taken.one("each"), limits[0].targets[0]
    misfit = (isinstance(target, Days) and every not in _OF_MONTHS) or (
        isinstance(target, Weekdays) and every is not Frequency.WEEK
    )
    if misfit or isinstance(target, Doubt):
        return _due(limits[0])
    repeated = _repeated(limits[0], every)
    return _edged(repeated, limits[1:], since=taken.has("since")) if repeated else None


def _repeated(limit: Limit, every: Frequency) -> Limit | None:
    """The limit as one that comes again in every period."""
    target = limit.targets[0]
    if isinstance(target, Cycle):
        return limit
    if isinstance(target, Weekdays) and every is Frequency.WEEK:
        return limit._replace(targets=(Cycle(every, target.days, clock=target.clock),))
    if isinstance(target, Deictic) and target.day and target.unit == "month" and target.offset == 1:
        return limit._replace(targets=(Cycle(every, (target.day,), clock=target.clock, following=True),))
    if isinstance(target, Days) and every in _OF_MONTHS:
        note = None if every is Frequency.MONTH or target.opening else _OF_LAST_MONTH
        cycle = Cycle(every, target.days, clock=target.clock, following=target.opening, note=note)
        return limit._replace(targets=(cycle,))
    stretches = [t for t in limit.targets if isinstance(t, Stretch) and t.unit == "day" and t.year is None]
    if len(stretches) == len(limit.targets) and every in (Frequency.YEAR, Frequency.HALF, Frequency.QUARTER):
        dates = tuple(stretch.last for stretch in stretches)
        return limit._replace(targets=(Cycle(Frequency.YEAR, dates=dates, clock=stretches[0].clock),))
    return None


def _begun_each(taken: Matched) -> Sense | None:
    """`hằng tháng từ tháng 5/2024, trước ngày 20`."""
    edge, limit = taken.all("limit")
    repeated = _repeated(limit, taken.one("each"))
    return _edged(repeated, [edge], since=True) if repeated else None


def _bounded(taken: Matched) -> Sense | None:
    """A cycle with a first or a last day: `hằng tháng, từ tháng 5/2024 đến hết năm 2025`."""
    cycle, *others = taken.all("limit")
    return _edged(cycle, others, since=taken.has("since")) if isinstance(cycle.targets[0], Cycle) else None


def _begun(taken: Matched) -> Sense | None:
    """The edge first: `từ tháng 6/2024, trước ngày 20 hằng tháng`, `từ nay đến hết năm, … hằng tuần, hằng tháng`."""
    edge, *others = taken.all("limit")
    every = [Cycle(each) for each in taken.all("each")]
    cycle = others[0] if others else Limit(Bound.INCLUSIVE, tuple(every))
    if not (isinstance(cycle.targets[0], Cycle) and (taken.has("since") or isinstance(edge.targets[0], Range))):
        return None
    sense = _edged(cycle, [edge], since=taken.has("since"))
    return sense and (sense if others else sense._replace(rule="dinh-ky-khong-ngay"))


def _edged(cycle: Limit, others: list[Limit], *, since: bool) -> Sense | None:
    sense = _due(cycle)
    for limit in others:
        target = limit.targets[0]
        if isinstance(target, Cycle | Days | Weekdays):
            return None
        if isinstance(target, Range):
            first = Limit(Bound.INCLUSIVE, (target.first,)) if target.first else None
            sense = sense._replace(starts=first, until=Limit(Bound.INCLUSIVE, (target.last,)))
        elif since:
            sense = sense._replace(starts=limit)
        else:
            sense = sense._replace(until=limit)
    return sense


def _due(limit: Limit) -> Sense:
    """A limit as a due, by what it bounds."""
    target = limit.targets[0]
    doubt = next((target for target in limit.targets if isinstance(target, Doubt)), None)
    if doubt:
        return Sense(Kind.QUESTION, doubt.rule, limit)
    if isinstance(target, Cycle):
        note = "ngày chốt số liệu, không phải hạn gửi báo cáo" if target.cutoff else target.note
        return Sense(Kind.RECURRING, target.rule, limit, note=note)
    if isinstance(target, Days):
        return _asking(limit, "thieu-thang", "chỉ có ngày, không có tháng; cần hỏi tháng nào, hay hằng tháng")
    if isinstance(target, Weekdays):
        return _asking(limit, "thu-khong-tuan", "chỉ có thứ, không nói tuần nào; cần hỏi ngày nào, hay hằng tuần")
    if isinstance(target, Range):
        return Sense(Kind.ABSOLUTE, "khoang-thoi-gian", limit)
    return Sense(Kind.ABSOLUTE, getattr(target, "rule", "ngay-theo-ngu-canh"), limit)


def _feast_named(taken: Matched) -> Sense | None:
    """Tết spoken of, not set as a limit."""
    limit: Limit = taken.one("limit")
    target = limit.targets[0]
    named = limit.plain and isinstance(target, Feast) and target.name == "tet"
    return Sense(Kind.NONE, "le-tet-neu-ten", limit) if named else None


def _limit(taken: Matched) -> Sense | None:
    return _due(taken.one("limit"))


def _anchored(taken: Matched) -> Sense:
    what: Anchored = taken.one("anchored")
    rule = "truoc-su-kien" if what.before else "sau-su-kien" if what.length is None else "thoi-han"
    if what.least:
        rule = "khoang-cach-toi-thieu"
    return Sense(Kind.RELATIVE, rule, what, what.event)


def _effect(taken: Matched) -> Sense:
    what = taken.one("anchored") or Anchored(None, None, anchor="issued")
    return Sense(Kind.RELATIVE, "hieu-luc", what, what.event, effect=True)


def _anniversary(taken: Matched) -> Sense:
    limits: list[Limit] = taken.all("limit")
    targets = tuple(target for limit in limits for target in limit.targets)
    return Sense(Kind.RELATIVE, "ngay-ky-niem", Limit(Bound.INCLUSIVE, targets))


def _repeating(taken: Matched) -> Sense:
    every = tuple(Cycle(each) for each in taken.all("each"))
    rule = "cuoc-hop-dinh-ky" if taken.has("meeting") else "dinh-ky-khong-ngay"
    return Sense(Kind.RECURRING, rule, Limit(Bound.INCLUSIVE, every))


_OF_MONTHS = {Frequency.MONTH, Frequency.QUARTER, Frequency.HALF}
_OF_LAST_MONTH = "hiểu là ngày của tháng cuối kỳ; đề nghị xác nhận"
_WORDS = "[^ limit anchored stop colon each open comma]"
_FIGURE = "(decimal | number | numeric) [percent counted]*"
_TIME = "[day workday week month quarter year hour minute weekday numeral number]"
_PART = "[head middle tail first_half second_half decade month quarter numeric]"
_CITED = "[word noise of docno on and numbered]{0,8} (open [word noise]{1,4} comma)?"
_BLANK = "[ellipsis slash dash other]*"
_STRAY = "[slash dash other ellipsis number numeric]"
SENSES = Level(
    Rule("sense", f"day {_BLANK} month {_BLANK} limit", _blank),
    Rule("sense", f"{_STRAY}+ limit | limit [slash dash other]+ [number numeric]", _run_on),
    Rule("sense", "anniversary (length? day? limit (comma | and)?)+", _anniversary),
    Rule("sense", "(asof | estimate) day? limit | estimate limit", _none("so-lieu")),
    Rule("sense", "limit comma? and? estimate (limit (comma | and)? estimate?)*", _none("so-lieu")),
    Rule("sense", "era (number dash number | limit | number)", _none("giai-doan")),
    Rule("sense", f"limit comma? (title {_WORDS}* limit)", _horizon),
    Rule("sense", f"title {_WORDS}* limit", _horizon),
    Rule("sense", "limit and ongoing", _none("thuong-xuyen")),
    Rule("sense", "effect since? anchored | effect since day? [issued signed]", _effect),
    Rule("sense", "limit comma? since? limit (comma? limit)?", _bounded),
    Rule("sense", f"since? day? limit comma? {_WORDS}* limit", _begun),
    Rule("sense", "limit [^ limit anchored stop each]* each ((comma | and)? each)*", _begun),
    Rule("sense", "limit so_that limit", _in_practice),
    Rule("sense", "since day? limit", _plain_only("ngay-bat-dau")),
    Rule("sense", "after day? limit", _plain_only("dieu-kien")),
    Rule("sense", "past limit", _plain_only("da-qua")),
    Rule("sense", "past limit | limit comma? past", _reached_already),
    Rule("sense", f"(docno comma? | document numbered? | citing document) {_CITED} limit", _plain_only("ngay-van-ban")),
    Rule("sense", "^ [word noise]{1,4} comma limit [stop close]* $", _signing_place),
    Rule("sense", "each comma? since limit comma limit", _begun_each),
    Rule("sense", f"each {_WORDS}* [comma open]? {_WORDS}* limit close? (comma? since? limit)?", _each_with_days),
    Rule("sense", f"each {_WORDS}* [comma open]? {_WORDS}* limit close?", _each_with_days),
    Rule("sense", f"limit {_WORDS}* each", _each_with_days),
    Rule("sense", f"reached? past? ({_FIGURE})? capital limit", _capital),
    Rule("sense", f"limit past? reached+ [past ordered at_least since]* {_FIGURE} {_WORDS}{{0,4}} ordered?", _figure),
    Rule("sense", f"(on | within | upto | before)? meeting {_WORDS}* (nearest | limit)", _event("cuoc-hop")),
    Rule("sense", f"before meeting {_WORDS}*", _event("truoc-su-kien")),
    Rule("sense", f"(on | within)? meeting {_WORDS}* each", _repeating),
    Rule("sense", "reporting [word noise of issued]{0,6} limit", _reported_period),
    Rule("sense", "[before clock misclock] [^ limit anchored stop each comma]{0,3} limit", _half_read),
    Rule("sense", f"{_PART} limit | day number open [^ limit]{{1,3}} close limit", _half_read),
    Rule("sense", "limit", _feast_named),
    Rule("sense", "limit", _limit),
    Rule("sense", "anchored", _anchored),
    Rule("sense", "each ((comma | and)? each)*", _repeating),
    Rule("sense", f"urgent? when {_WORDS}+", _event("sau-su-kien")),
    Rule("sense", f"condition {_WORDS}+", _event("dieu-kien")),
    Rule("sense", f"depends {_WORDS}+", _event("phu-thuoc")),
    Rule("sense", f"progress {_WORDS}+", _event("kip-moc-khac")),
    Rule("sense", "progress", _none("dan-chieu")),
    Rule("sense", "periodic", _irregular),
    Rule("sense", "overdue word* number urgings", _event("so-lan-don-doc")),
    Rule("sense", f"asof {_WORDS}*", _none("so-lieu")),
    Rule("sense", "reference", _none("dan-chieu")),
    Rule("sense", "urgent", _none("khan-truong")),
    Rule("sense", "ongoing", _none("thuong-xuyen")),
    Rule("sense", "horizon", _none("thoi-gian-toi")),
)
"""Level 12."""

LEFT = Level(Rule("sense", f"[latest not_over since within] [^ stop]{{0,3}} {_TIME}", _unread))
"""Where no sense has been found at all."""
