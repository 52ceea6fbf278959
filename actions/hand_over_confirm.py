"""Confirm a hand-over: every row becomes an entry in one transaction, or none does."""

from __future__ import annotations

from datetime import datetime

from actions.evaluate import situation
from actions.hand_over import found_proposal, reviewed
from actions.hand_over_rights import refuse_undecided
from actions.record import RefusedError, record
from actions.stating import Said
from config.reading import Configuration
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.handing import Outcome, Proposal, carries, unsettled, why_not_receive
from domain.ledger import Entry, EntryKind, SealedEntry
from store import Session
from store.hand_overs import decide
from store.ledger import append, lock
from store.ledger import find as find_entry


def confirm(
    session: Session, configuration: Configuration, proposal_id: str, said: Said, as_of: datetime
) -> tuple[SealedEntry, ...]:
    """Every row becomes an entry, or none does; confirmed again they are the same. Raises RefusedError.

    By an admin, who answers for the whole office, or by who monitors every directive concerned: whoever gives work
    away does not decide that others have it.
    """
    lock(session)
    proposal = found_proposal(session, proposal_id)
    made = _entries(proposal, said, as_of)
    if proposal.outcome is Outcome.CONFIRMED:
        return tuple(append(session, known) for entry in made if (known := find_entry(session, entry.id)))
    reviewed(session, proposal_id)
    _refuse_unready(session, configuration, proposal, said.by, as_of)
    sealed = tuple(record(session, configuration, entry) for entry in made)
    decide(session, proposal_id, Outcome.CONFIRMED, said.by, as_of)
    return sealed


def _entries(proposal: Proposal, said: Said, as_of: datetime) -> tuple[Entry, ...]:
    """One for each row, and one more for each further unit that is to lead; ids follow from the proposal's."""
    return tuple(
        Entry(
            id=f"{proposal.id}-{row.number}" + (f"-{place}" if place > 1 else ""),
            kind=EntryKind.HAND_OVER,
            directive=row.directive,
            subject=row.subject,
            unit=receiver,
            former=row.former,
            as_of=proposal.day,
            recorded_at=as_of,
            actor=said.by,
            source=said.source,
            text=proposal.reason,
            evidence=said.evidence,
        )
        for row in proposal.rows
        if not row.left_out
        for place, receiver in enumerate(row.receivers, 1)
    )


def _refuse_unready(
    session: Session, configuration: Configuration, proposal: Proposal, by: str, as_of: datetime
) -> None:
    office, passing = configuration.rules.office, tuple(row for row in proposal.rows if not row.left_out)
    refuse_undecided(session, configuration, by, passing, as_of)
    if proposal.day > local_date(as_of):
        raise RefusedError(f"chưa đến ngày bàn giao {vn.day(proposal.day)}; xác nhận từ ngày đó")
    if waiting := unsettled(office, passing):
        raise RefusedError("; ".join(finding.message for finding in waiting))
    if not passing:
        raise RefusedError("mọi dòng đều bị bỏ qua, không có gì để bàn giao; hãy rút lại đề xuất")
    for row in passing:
        if row.directive in configuration.directives:
            found = situation(session, configuration, row.directive, as_of)
            moved = None if carries(found, row) else "việc này không còn do đơn vị cũ giữ"
        else:
            moved = f"nhiệm vụ {row.directive} không còn hiệu lực"
        if why := moved or why_not_receive(office, row, row.receivers, local_date(as_of)):
            raise RefusedError(f"{why} (dòng {row.number}); bỏ qua dòng ấy hoặc lập đề xuất mới")
