"""Record many reports on one directive at once: one look, one stretch of the chain, one appointment to look again.

Every report passes the checks that a single one passes, and one that is refused stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from actions.admitting import Admission, illustrative
from actions.evaluate import reschedule, situation
from actions.record import DEMO_MARK
from config.reading import Configuration
from domain.ledger import Entry, SealedEntry
from domain.situation import Situation
from store import Session
from store.appending import append_all
from store.evidence import missing
from store.ledger import EntryConflictError, lock
from store.marks import read_mark

Rule = Callable[[Entry], str | None]
"""Why an entry may not be recorded, as a sentence; None where it may."""


def record_many(
    session: Session,
    configuration: Configuration,
    directive: str,
    reports: Sequence[Entry],
    moment: datetime,
    rule: Callable[[Situation], Rule],
) -> Mapping[str, SealedEntry | str]:
    """Id → the report where it stands in the ledger, or the sentence that refuses it.

    `rule` is made of the one look, and says what is refused besides. What already stands under its id is given back.
    Raises NoSuchDirectiveError.
    """
    before = lock(session).count  # first: what is checked below must still hold when it is appended
    found = situation(session, configuration, directive, moment)
    admission, refuse, demo = Admission(found), rule(found), read_mark(session, DEMO_MARK) is not None
    refused = {}
    for entry in reports:
        why = illustrative(entry, demo=demo) or admission.why_not(entry) or unkept(session, entry) or refuse(entry)
        if why:
            refused[entry.id] = why
    sealed = append_all(session, [entry for entry in reports if entry.id not in refused])
    if any(isinstance(one, SealedEntry) and one.seq > before for one in sealed.values()):
        reschedule(session, configuration, directive, moment)
    said = {entry: str(one) if isinstance(one, EntryConflictError) else one for entry, one in sealed.items()}
    return {**refused, **said}


def unkept(session: Session, entry: Entry) -> str | None:
    """Files that prove it have to be there first."""
    gone = missing(session, entry.attachments or ())
    return f"tệp đính kèm chưa được lưu: {', '.join(one[:8] for one in gone)}…; hãy gửi lại tệp" if gone else None
