"""Record a statement: check it against the directive, append it to the ledger, and see when to look again."""

from __future__ import annotations

from actions.admitting import Admission, illustrative
from actions.evaluate import NoSuchDirectiveError, reschedule, situation
from config.reading import Configuration
from domain.admissible import doubts
from domain.findings import Finding
from domain.ledger import Entry, SealedEntry
from domain.plausible import questions
from store import Session
from store.evidence import missing
from store.ledger import append, find, lock
from store.marks import read_mark

DEMO_MARK = "demo"
"""The mark of a store that may hold illustrative entries."""


class RefusedError(ValueError):
    """A statement that cannot stand in the ledger; the message says why and what would."""


def record(session: Session, configuration: Configuration, entry: Entry) -> SealedEntry:
    """Append the entry, or return the one already recorded under its id.

    Raises NoSuchDirectiveError, RefusedError, and store.ledger.EntryConflictError.
    """
    if entry.directive not in configuration.directives:
        raise NoSuchDirectiveError(entry.directive)
    before = lock(session).count  # first: what is checked below must still hold when it is appended
    _refuse(session, configuration, entry)
    sealed = append(session, entry)
    if sealed.seq > before:
        reschedule(session, configuration, entry.directive, entry.recorded_at)
    return sealed


def doubted(session: Session, configuration: Configuration, entry: Entry) -> tuple[Finding, ...]:
    """What whoever recorded the entry should look at twice; it stands all the same. Raises NoSuchDirectiveError."""
    return doubts(situation(session, configuration, entry.directive, entry.recorded_at), entry)


def ask_before(session: Session, configuration: Configuration, entry: Entry) -> tuple[Finding, ...]:
    """What to ask whoever is about to record the entry; callers save it only after an explicit yes.

    `record` does not ask. What it would refuse is refused here first, but for files that are yet to be kept; of what
    stands already nothing is asked. Raises NoSuchDirectiveError and RefusedError.
    """
    if entry.directive not in configuration.directives:
        raise NoSuchDirectiveError(entry.directive)
    if find(session, entry.id) is not None:
        return ()
    _refuse(session, configuration, entry.model_copy(update={"attachments": None}))
    return questions(situation(session, configuration, entry.directive, entry.recorded_at), entry)


def _refuse(session: Session, configuration: Configuration, entry: Entry) -> None:
    """Raise RefusedError where the statement cannot stand."""
    demo = read_mark(session, DEMO_MARK) is not None
    found = situation(session, configuration, entry.directive, entry.recorded_at)
    about = find(session, entry.refers_to) if entry.refers_to else None
    if why := illustrative(entry, demo=demo) or Admission(found).why_not(entry, about) or _unkept(session, entry):
        raise RefusedError(why)


def _unkept(session: Session, entry: Entry) -> str | None:
    gone = missing(session, entry.attachments or ())
    return f"tệp đính kèm chưa được lưu: {', '.join(one[:8] for one in gone)}…; hãy gửi lại tệp" if gone else None
