"""Hand-overs under review: proposed, changed row by row, then confirmed or withdrawn, once.

Nothing here is the ledger: until it is confirmed a proposal changes nothing, and may be taken back without a trace in
the work of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, insert, select, update

from domain.frozen import Code, Frozen
from domain.handing import Outcome, Proposal, Row
from store.tables_files import HandOverRow


class _Body(Frozen):
    """What is kept as JSON."""

    units: tuple[Code, ...]
    rows: tuple[Row, ...]


def propose(session: Session, proposal: Proposal) -> None:
    """Keep a new proposal; its id is free (the caller holds the ledger's lock, and looked)."""
    session.exec(
        insert(HandOverRow).values(
            id=proposal.id,
            body=_body(proposal),
            reason=proposal.reason,
            day=proposal.day.isoformat(),
            proposed_by=proposal.proposed_by,
            proposed_at=proposal.proposed_at,
        )
    )


def find(session: Session, proposal_id: str) -> Proposal | None:
    """The proposal of that id, whatever became of it."""
    row = session.exec(select(HandOverRow).where(HandOverRow.id == proposal_id)).one_or_none()
    return None if row is None else _proposal(row)


def listed(session: Session, *, waiting: bool = False) -> tuple[Proposal, ...]:
    """Every proposal, or those that wait for a decision, the oldest first."""
    query = select(HandOverRow).order_by(col(HandOverRow.proposed_at), HandOverRow.id)
    if waiting:
        query = query.where(col(HandOverRow.outcome).is_(None))
    return tuple(_proposal(row) for row in session.exec(query))


def change(session: Session, proposal: Proposal, rows: Iterable[Row]) -> bool:
    """Put these rows in the place of the proposal's; whether it was still under review."""
    changed = proposal.model_copy(update={"rows": tuple(rows)})
    under_review = update(HandOverRow).where(col(HandOverRow.id) == proposal.id, col(HandOverRow.outcome).is_(None))
    return session.exec(under_review.values(body=_body(changed))).rowcount == 1


def decide(session: Session, proposal_id: str, outcome: Outcome, by: str, at: datetime) -> bool:
    """End the review; true once."""
    under_review = update(HandOverRow).where(col(HandOverRow.id) == proposal_id, col(HandOverRow.outcome).is_(None))
    decided = under_review.values(outcome=outcome.value, decided_by=by, decided_at=at)
    return session.exec(decided).rowcount == 1


def _body(proposal: Proposal) -> str:
    return _Body(units=proposal.units, rows=proposal.rows).model_dump_json()


def _proposal(row: HandOverRow) -> Proposal:
    body = _Body.model_validate_json(row.body)
    return Proposal(
        id=row.id,
        units=body.units,
        day=date.fromisoformat(row.day),
        reason=row.reason,
        rows=body.rows,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
