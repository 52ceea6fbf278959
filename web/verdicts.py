"""The four decisions of a monitor, as forms ask for them: each a statement in the ledger by the rules of its action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from actions.confirm import confirm, send_back
from actions.extend import Extended, grant, refuse_request
from actions.record import RefusedError
from actions.stating import Said
from config.reading import Configuration
from domain.ledger import Entry, SealedEntry
from store import Session
from web.callers import Caller
from web.form import read_day

SOURCE = "trang web"


@dataclass(frozen=True)
class Decided:
    """What a form asks for."""

    about: str
    """Id of the report or request it is about."""
    said: Said
    day: str
    """As typed; of a grant alone."""


Deed = Callable[[Session, Caller, Decided], SealedEntry | Extended]


@dataclass(frozen=True)
class Verdict:
    """One decision: what it does, and the heading that says it is done."""

    deed: Deed
    heading: str


def _accept(opened: Session, caller: Caller, one: Decided) -> SealedEntry:
    return confirm(opened, caller.configuration, one.about, one.said, caller.moment)


def _give_back(opened: Session, caller: Caller, one: Decided) -> SealedEntry:
    return send_back(opened, caller.configuration, one.about, one.said, caller.moment)


def _agree(opened: Session, caller: Caller, one: Decided) -> Extended:
    day = read_day(one.day)
    if day is None:
        raise RefusedError("ngày gia hạn phải ghi dạng ngày/tháng/năm, ví dụ 30/9/2024")
    return grant(opened, caller.configuration, one.about, one.said, caller.moment, day)


def _decline(opened: Session, caller: Caller, one: Decided) -> Extended:
    return refuse_request(opened, caller.configuration, one.about, one.said, caller.moment)


VERDICTS: Mapping[str, Verdict] = {
    "xac-nhan": Verdict(_accept, "Đã xác nhận kết quả"),
    "tra-lai": Verdict(_give_back, "Đã trả lại kết quả"),
    "dong-y": Verdict(_agree, "Đã gia hạn"),
    "tu-choi": Verdict(_decline, "Đã từ chối gia hạn"),
}
"""By the last step of the form's address."""


def about(configuration: Configuration, entry: Entry) -> str:
    """What a decision was on, in words: milestone or metric, and the directive."""
    directive = configuration.directives[entry.directive]
    what = [directive.metric(entry.metric).name] if entry.metric else []
    what += [directive.milestone(entry.milestone).name] if entry.milestone else []
    return " — ".join((*what, directive.title))
