"""Bounds with what they bound: the level at which a due comes to be.

đến, đến hết, chậm nhất, không quá, trong take their day in; "trước ngày X" leaves it out; a clock time is a limit of
its own. Lengths are joined with what they run from: "ký", "ban hành" name the document's issue, "nhận được" its
receipt, anything else is an event that has to be recorded.
"""

from __future__ import annotations

from domain.due import Bound
from domain.phrase.grammar import Level, Matched, Rule, symbol
from domain.phrase.values import Anchored, Cycle, Days, Doubt, Length, Limit, Point, Range, Stretch, Weekdays

_BEFORE, _LENGTH, _POINT = symbol("before"), symbol("length"), symbol("point")
_LEADS = {
    symbol(name)
    for name in (
        "within",
        "not_over",
        "latest",
        "after",
        "at_least",
        "since",
        "upto",
        "on",
        "before",
        "when",
        "day",
        "length",
        "coming",
        "depends",
        "urgent",
        "effect",
        "comma",
        "is",
    )
}


def _limit(taken: Matched) -> Limit:
    targets = _dayless(taken) or _targets(taken)
    exclusive = taken.has("before") and not (taken.has("and") or taken.has("either"))
    bound = Bound.EXCLUSIVE if exclusive else Bound.INCLUSIVE
    if any(getattr(target, "clock", None) for target in targets):
        bound = Bound.AT
    elif any(getattr(target, "through", False) for target in targets):
        bound = Bound.INCLUSIVE
    return Limit(bound, targets, fuzzy=taken.has("around"))


def _dayless(taken: Matched) -> tuple[Point, ...]:
    """`trước ngày … tháng 6/2024`: the word for the day stands there, and no day."""
    target = taken.one("point")
    whole = isinstance(target, Stretch) and target.unit != "day" and target.first != target.last
    if not (whole and taken.has("day")):
        return ()
    return (Doubt("thieu-ngay", "có chữ “ngày” mà không ghi ngày nào; cần hỏi ngày"),)


def _to_its_end(taken: Matched) -> Limit:
    """`trước khi hết năm 2024`."""
    return Limit(Bound.INCLUSIVE, (taken.one("point"),))


_TARGETS = ("points", "cycle", "range", "point", "days", "weekdays")


def _targets(taken: Matched) -> tuple[Point | Range | Days | Weekdays | Cycle, ...]:
    found = next(value for name in _TARGETS if (value := taken.one(name)) is not None)
    return tuple(found) if taken.has("points") else (found,)


def _plain(taken: Matched) -> Limit:
    return _limit(taken)._replace(plain=True)


def _anchored(taken: Matched) -> Anchored:
    """A length, and the words or the day it runs from."""
    length: Length | None = taken.one("length")
    event = [token for token in taken.tokens if token.symbol not in _LEADS]
    event = [] if all(token.symbol == _POINT for token in event) else event
    after_length = taken.tokens[[t.symbol for t in taken.tokens].index(_LENGTH) :] if length else taken.tokens
    before = any(token.symbol == _BEFORE for token in (after_length if length else taken.tokens)) or (
        taken.tokens[0].symbol == _BEFORE
    )
    start: Point | None = None if event else taken.one("point")
    return Anchored(
        length,
        event=(event[0].start, event[-1].end) if event else None,
        anchor=None if start or before else anchor_of([token.symbol for token in event]),
        start=start,
        before=before,
        least=taken.has("at_least") and not before,
    )


_ISSUED, _RECEIVED, _SIGNED = symbol("issued"), symbol("received"), symbol("signed")


def anchor_of(symbols: list[str]) -> str | None:
    """What an event's words name: the document's issue, its receipt, or an event of its own (None)."""
    if _RECEIVED in symbols:
        return "received"
    if _SIGNED in symbols or (_ISSUED in symbols and len(symbols) <= 3):
        return "issued"
    return None


def _next_workday(_: Matched) -> Anchored:
    return Anchored(Length("workday", 1), event=None)


def _coming(taken: Matched) -> Anchored:
    return Anchored(taken.one("coming"), event=None, anchor="issued")


_EVENT = "[^ comma stop colon open close latest not_over length coming points range cycle so_that]"
_WORDS = "[^ comma stop colon open close latest not_over length coming point points range cycle so_that number numeric]"
_BOUNDS = "(latest | not_over | upto | within | on | around | before (and | either) (within | on | upto) | before)"
_INTRODUCED = "(latest | not_over | within | upto | after | at_least | on)"
_BEGUN = f"(?! [ellipsis slash dash other month quarter year decimal upto]) {_WORDS}"
LIMITS = Level(
    Rule("limit", "before when upto point", _to_its_end),
    Rule("limit", f"{_BOUNDS}+ colon? (day | all_of)* (points | range | cycle | point)", _limit),
    Rule("anchored", f"{_INTRODUCED}* coming", _coming),
    Rule("anchored", f"{_INTRODUCED}* length comma? since (day | when)* point", _anchored),
    Rule("anchored", f"{_INTRODUCED}* length comma? (since | after | when | upto) (day | when)* {_EVENT}+", _anchored),
    Rule("anchored", f"{_INTRODUCED}* length before (day | when)* (point | {_WORDS}+)", _anchored),
    Rule("anchored", f"before (day | when) {_BEGUN} {_WORDS}* at_least? length", _anchored),
    Rule("anchored", f"(after | when) (when | day)* {_WORDS}+ comma? {_INTRODUCED}* length", _anchored),
    Rule("limit", "within? length open? range close?", _plain),
    Rule("anchored", "(within | not_over | latest | after) at_least? length", _anchored),
    Rule("anchored", "(within | latest | not_over | on)+ next_workday", _next_workday),
    Rule("anchored", f"before (day | when) {_BEGUN} {_WORDS}* | urgent? after (when | day) {_WORDS}+", _anchored),
    Rule("limit", f"{_BOUNDS}+ colon? (days | day? weekdays)", _limit),
    Rule("limit", "points | range | cycle | point | days | weekdays", _plain),
)
"""Level 10."""
