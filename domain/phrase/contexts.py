"""What the words around a limit make of it: a due, a figure's day, a document's date, a horizon, or nothing at all.

The same words stand in orders and in reports: "đến hết ngày 30/9/2024 đạt tối thiểu 40%" orders, "đến hết ngày
31/3/2024 đạt 18,2 triệu đồng" reports. What tells them apart is said here, rule by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from domain.due import Bound
from domain.phrase.cyclic import begun, begun_each, bounded, each_with_days, repeating
from domain.phrase.grammar import Level, Matched, Rule, symbol
from domain.phrase.senses import Kind, Sense, asking, due, is_year
from domain.phrase.values import Anchored, Days, Feast, Limit, Stretch

Build = Callable[[Matched], Sense | None]
_EVENTLESS = {
    symbol(name) for name in ("when", "depends", "condition", "progress", "on", "within", "day", "urgent", "before")
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
        named = rule == "ngay-van-ban" and is_year(limit)
        return Sense(Kind.NONE, rule, limit) if limit.plain and not named else None

    return build


def _horizon(taken: Matched) -> Sense | None:
    """`đến năm 2030` in the name of a plan; "đến hết năm 2030" is a limit."""
    limit: Limit = taken.all("limit")[-1]
    if limit.bound is not Bound.INCLUSIVE or not is_year(limit):
        return None
    return Sense(Kind.NONE, "tam-nhin", limit)


def _figure(taken: Matched) -> Sense | None:
    """A figure behind the limit: ordered where a word says so, reported where it is broken to decimals."""
    limit: Limit = taken.one("limit")
    if taken.has("ordered") or taken.has("at_least"):
        return due(limit)
    if taken.has("decimal") or taken.has("numeric") or taken.has("past"):
        return Sense(Kind.NONE, "so-lieu", limit)
    return due(limit)._replace(note="nếu đây là số liệu đã đạt được thì ngày này không phải là hạn")


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
    if not limit.plain or not isinstance(target, Stretch) or target.unit == "day" or is_year(limit):
        return None
    return asking(limit, "ky-bao-cao", "đây là kỳ của báo cáo hay hạn gửi báo cáo? Cần hỏi")


def _half_read(taken: Matched) -> Sense | None:
    """A bound, a time of day or a part of a period that has found no day: what is not understood decides the day."""
    limit: Limit = taken.one("limit")
    said = "chưa hiểu hết phần chữ đứng ngay trước; đề nghị hỏi lại ngày, giờ cụ thể"
    return asking(limit, "chua-hieu-het", said) if limit.plain and not is_year(limit) else None


def _half_read_day(taken: Matched) -> Sense | None:
    """`ngày 05 (sau) tháng 6`: a number that may be repeated in words."""
    return _half_read(taken) if isinstance(taken.one("limit").targets[0], Days) else None


def _half_read_hour(taken: Matched) -> Sense:
    """`2024-05-15T17:00`: an hour that stands behind its day, and is not understood."""
    return asking(taken.one("limit"), "chua-hieu-het", "có giờ đứng sau ngày mà chưa hiểu được; cần hỏi giờ cụ thể")


def _run_on(taken: Matched) -> Sense | None:
    """Signs and digits grown to a date: `15/6/2024/5`, `…/6/2024`."""
    glued = any(one.end == then.start for one, then in pairwise(taken.tokens))
    said = "chữ số, dấu dính liền với ngày; đề nghị đối chiếu với bản gốc"
    return asking(taken.one("limit"), "chua-hieu-het", said) if glued else None


def _blank(taken: Matched) -> Sense:
    """`ngày … tháng … năm 2024`: a form nobody has filled in."""
    return asking(taken.one("limit"), "thieu-ngay", "ngày, tháng còn để trống; cần hỏi ngày")


def _unread(_: Matched) -> Sense:
    """A limit begins here, and nothing in it has been understood."""
    said = "có nói về thời hạn mà chưa đọc được; đề nghị ghi rõ ngày/tháng/năm"
    return asking(Limit(Bound.INCLUSIVE, ()), "khong-doc-duoc", said)


def _unclear_cycle(taken: Matched) -> Sense:
    """`trước tháng 6 hằng năm`: what comes again cannot be told."""
    return asking(taken.one("limit"), "dinh-ky-chua-ro", "chưa rõ ngày nào của mỗi kỳ; cần ghi ngày cụ thể")


def _irregular(_: Matched) -> Sense:
    said = "“định kỳ” nhưng không nói tuần, tháng, quý hay năm; cần hỏi kỳ và ngày"
    return asking(Limit(Bound.INCLUSIVE, ()), "dinh-ky-chua-ro", said)


def _capital(taken: Matched) -> Sense | None:
    limit: Limit = taken.one("limit")
    if not (limit.plain and is_year(limit)):
        return None
    return Sense(Kind.QUESTION, "giai-ngan-ca-nam", limit)


def _in_practice(taken: Matched) -> Sense | None:
    """`trước ngày 30/6 để đến ngày 1/7 …`: the sentence itself takes 30/6 in."""
    first, _ = taken.all("limit")
    if first.bound is not Bound.EXCLUSIVE:
        return None
    note = "câu văn coi ngày đứng sau “trước” là ngày cuối còn kịp, nên tính cả ngày đó"
    return Sense(Kind.ABSOLUTE, "truoc-ngay-tinh-ca-ngay", first._replace(bound=Bound.INCLUSIVE), note=note)


def _feast_named(taken: Matched) -> Sense | None:
    """Tết spoken of, not set as a limit."""
    limit: Limit = taken.one("limit")
    target = limit.targets[0]
    named = limit.plain and isinstance(target, Feast) and target.name == "tet"
    return Sense(Kind.NONE, "le-tet-neu-ten", limit) if named else None


def _limit(taken: Matched) -> Sense | None:
    return due(taken.one("limit"))


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


_WORDS = "[^ limit anchored stop colon each open comma]"
_FIGURE = "(decimal | number | numeric) [percent counted]*"
_TIME = "[day workday week month quarter year hour minute weekday numeral number]"
_PART = "[half_of head middle tail first_half second_half decade month quarter numeric]"
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
    Rule("sense", "limit comma? since? limit (comma? limit)?", bounded),
    Rule("sense", f"since? day? limit comma? {_WORDS}* limit", begun),
    Rule("sense", "limit [^ limit anchored stop each]* each ((comma | and)? each)*", begun),
    Rule("sense", "limit so_that limit", _in_practice),
    Rule("sense", "since day? limit", _plain_only("ngay-bat-dau")),
    Rule("sense", "after day? limit", _plain_only("dieu-kien")),
    Rule("sense", "past limit", _plain_only("da-qua")),
    Rule("sense", "past limit | limit comma? past", _reached_already),
    Rule("sense", f"(docno comma? | document numbered? | citing document) {_CITED} limit", _plain_only("ngay-van-ban")),
    Rule("sense", "^ [word noise]{1,4} comma limit [stop close]* $", _signing_place),
    Rule("sense", "each comma? since limit comma limit", begun_each),
    Rule("sense", f"each {_WORDS}* [comma open]? {_WORDS}* limit close? (comma? since? limit)?", each_with_days),
    Rule("sense", f"each {_WORDS}* [comma open]? {_WORDS}* limit close?", each_with_days),
    Rule("sense", f"limit {_WORDS}* each", each_with_days),
    Rule("sense", "limit each", _unclear_cycle),
    Rule("sense", f"reached? past? ({_FIGURE})? capital limit", _capital),
    Rule("sense", f"limit past? reached+ [past ordered at_least since]* {_FIGURE} {_WORDS}{{0,4}} ordered?", _figure),
    Rule("sense", f"(on | within | upto | before)? meeting {_WORDS}* (nearest | limit)", _event("cuoc-hop")),
    Rule("sense", f"before meeting {_WORDS}*", _event("truoc-su-kien")),
    Rule("sense", f"(on | within)? meeting {_WORDS}* each", repeating),
    Rule("sense", "reporting [word noise of issued]{0,6} limit", _reported_period),
    Rule("sense", "[before clock misclock] [^ limit anchored stop each comma]{0,3} limit", _half_read),
    Rule("sense", f"{_PART} limit", _half_read),
    Rule("sense", "limit [word comma open on]? [clock misclock]", _half_read_hour),
    Rule("sense", "limit open [^ limit anchored stop]{1,2} close limit", _half_read_day),
    Rule("sense", "limit", _feast_named),
    Rule("sense", "limit", _limit),
    Rule("sense", "anchored", _anchored),
    Rule("sense", "each ((comma | and)? each)*", repeating),
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
