"""A yes on Zalo: what was asked about is recorded, once, if it still can be."""

from __future__ import annotations

from datetime import datetime

from actions.evaluate import NoSuchDirectiveError
from actions.record import RefusedError, ask_before, doubted, record
from actions.zalo_asked import Figure, Wanted, wanted_in
from actions.zalo_words import NOT_YOURS, recorded, refused
from config.reading import Configuration
from domain import vietnamese as vn
from domain.clocktime import local
from domain.figures import read_value, say
from domain.ledger import Entry, EntryKind
from domain.metric import MetricKind, Value
from domain.office import Person
from store import Session
from store.ledger import EntryConflictError
from store.zalo_questions import Answered, ZaloQuestion, close

SOURCE = "Zalo"


def settle(session: Session, configuration: Configuration, person: Person, asked: ZaloQuestion, now: datetime) -> str:
    """Record what the person said yes to, and say so; or why not."""
    one = still_wanted(session, configuration, person, asked, now)
    if one is None:
        close(session, asked.id, Answered.REFUSED, now)
        return NOT_YOURS
    try:
        value = read_value(asked.written, one.asked.metric)
        sealed = record(session, configuration, _entry(asked, one, value, now))
    except (RefusedError, NoSuchDirectiveError, EntryConflictError, vn.UnreadableError) as error:
        close(session, asked.id, Answered.REFUSED, now)
        return refused(str(error))
    close(session, asked.id, Answered.YES, now)
    words = "đã hoàn thành" if one.asked.metric.kind is MetricKind.EVENT else say(one.asked.metric, value)
    return recorded(one.asked.title, words, sealed, doubted(session, configuration, sealed.entry))


def odd(session: Session, configuration: Configuration, asked: ZaloQuestion, one: Wanted, now: datetime) -> str:
    """What looks wrong in what they wrote, to stand before the question; empty where nothing does.

    What the ledger would refuse is told after the yes, as for any other reason that may come up until then.
    """
    try:
        entry = _entry(asked, one, read_value(asked.written, one.asked.metric), now)
        findings = ask_before(session, configuration, entry)
    except RefusedError:
        return ""
    return "".join(f"Lưu ý: {finding.message}.\n" for finding in findings)


def still_wanted(
    session: Session, configuration: Configuration, person: Person, asked: ZaloQuestion, now: datetime
) -> Wanted | None:
    """What the question is about, as long as the person answers for it and it is open."""
    if asked.directive not in configuration.directives:
        return None
    figure = Figure(directive=asked.directive, metric=asked.metric, subject=asked.subject, occurrence=asked.occurrence)
    wanted = wanted_in(session, configuration, person, [asked.directive], now)
    return next((one for one in wanted if one.figure == figure), None)


def _entry(asked: ZaloQuestion, one: Wanted, value: Value, now: datetime) -> Entry:
    """True of the day on which it was written, or of the minute where the due has one."""
    minute = local(asked.asked_at).time().replace(second=0, microsecond=0)
    return Entry(
        id=asked.id,
        kind=EntryKind.REPORT,
        directive=asked.directive,
        metric=asked.metric,
        subject=asked.subject,
        occurrence=asked.occurrence,
        value=value,
        as_of=asked.as_of,
        as_of_time=minute if one.timed else None,
        recorded_at=now,
        actor=asked.person,
        source=SOURCE,
        evidence=f"Tin nhắn Zalo lúc {vn.moment(asked.asked_at)}: “{asked.said}”, đã được người gửi xác nhận",
    )
