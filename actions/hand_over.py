"""Prepare a hand-over of open work: proposed, looked through row by row, perhaps withdrawn.

Until it is confirmed (actions/hand_over_confirm.py) nothing of it is in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from actions.evaluate import situations
from actions.hand_over_rights import refuse_proposer, refuse_stranger
from actions.record import RefusedError
from actions.stating import Said
from config.reading import Configuration
from domain import vietnamese as vn
from domain.findings import Finding
from domain.handing import (
    Outcome,
    Proposal,
    elsewhere,
    ending,
    rows,
    unsettled,
    why_not_receive,
)
from store import Session
from store.hand_overs import change, decide, find
from store.hand_overs import propose as keep
from store.ledger import lock

_ENDED = {Outcome.CONFIRMED: "đã được xác nhận", Outcome.WITHDRAWN: "đã được rút lại"}


@dataclass(frozen=True)
class Proposed:
    """A proposal, and what its makers should see to."""

    proposal: Proposal
    findings: tuple[Finding, ...]


def propose(
    session: Session, configuration: Configuration, codes: tuple[str, ...], day: date, said: Said, as_of: datetime
) -> Proposed:
    """What is open in the hands of these units or groups, and who could take it. Raises RefusedError.

    By an admin, by who works in one of the units, or by who monitors one of the directives. Sent again under its id it
    is the proposal that stands.
    """
    lock(session)
    office, reason = configuration.rules.office, _reason(said)
    units = ending(office, _units(configuration, codes), day)
    known = find(session, said.id)
    if known is None:
        book = tuple(situations(session, configuration, as_of).values())
        found = rows(book, units, day)
        refuse_proposer(session, configuration, said.by, units, found, as_of)
        if not found:
            raise RefusedError(f"không có việc nào đang mở của {_names(configuration, codes)} để bàn giao")
        known = Proposal(
            id=said.id,
            units=units,
            day=day,
            reason=reason,
            rows=found,
            proposed_by=said.by,
            proposed_at=as_of,
        )
        keep(session, known)
        return Proposed(known, (*unsettled(office, found), *elsewhere(book, units)))
    if (known.proposed_by, known.units, known.day, known.reason) != (said.by, units, day, reason):
        raise RefusedError(f"mã bàn giao {said.id} đã dùng cho đề xuất khác; hãy dùng mã mới")
    return Proposed(known, unsettled(office, known.rows))


def choose(
    session: Session,
    configuration: Configuration,
    proposal_id: str,
    number: int,
    receivers: tuple[str, ...],
    by: str,
    as_of: datetime,
) -> Proposed:
    """Set who takes a row; nobody: the row is left out, its work stays where it is. Raises RefusedError."""
    lock(session)
    proposal = reviewed(session, proposal_id)
    row = next((one for one in proposal.rows if one.number == number), None)
    if row is None:
        raise RefusedError(f"đề xuất bàn giao {proposal_id} chỉ có các dòng từ 1 đến {len(proposal.rows)}")
    refuse_stranger(session, configuration, by, proposal, (row,), as_of)
    office = configuration.rules.office
    if why := why_not_receive(office, row, receivers, proposal.day):
        raise RefusedError(why)
    chosen = row.model_copy(update={"receivers": receivers, "left_out": not receivers})
    now = tuple(chosen if one.number == number else one for one in proposal.rows)
    change(session, proposal, now)
    return Proposed(proposal.model_copy(update={"rows": now}), unsettled(office, now))


def withdraw(session: Session, configuration: Configuration, proposal_id: str, by: str, as_of: datetime) -> Proposal:
    """Take the proposal back: nothing of it was ever in the ledger. Raises RefusedError."""
    lock(session)
    proposal = reviewed(session, proposal_id)
    refuse_stranger(session, configuration, by, proposal, proposal.rows, as_of)
    decide(session, proposal_id, Outcome.WITHDRAWN, by, as_of)
    return found_proposal(session, proposal_id)


def reviewed(session: Session, proposal_id: str) -> Proposal:
    """The proposal, as long as it is under review. Raises RefusedError."""
    proposal = found_proposal(session, proposal_id)
    if proposal.outcome is not None and proposal.decided_at is not None:
        raise RefusedError(
            f"đề xuất bàn giao {proposal_id} {_ENDED[proposal.outcome]} lúc {vn.moment(proposal.decided_at)}; "
            "muốn thay đổi thì lập đề xuất bàn giao mới"
        )
    return proposal


def found_proposal(session: Session, proposal_id: str) -> Proposal:
    """The proposal, whatever became of it. Raises RefusedError."""
    proposal = find(session, proposal_id)
    if proposal is None:
        raise RefusedError(f"không có đề xuất bàn giao “{proposal_id}”; xem: dondoc hand-over list")
    return proposal


def _units(configuration: Configuration, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes, if they are those of units or groups. Raises RefusedError."""
    office = configuration.rules.office
    known = {unit.code for unit in office.units} | {group.code for group in office.groups}
    for code in codes:
        if office.person(code) is not None and code not in known:
            raise RefusedError(
                f"“{code}” là cán bộ: việc đi theo vị trí, hãy ghi ngày kết thúc vị trí và người kế nhiệm trong "
                "people.yaml rồi dondoc adopt"
            )
        if code not in known:
            raise RefusedError(f"không có đơn vị hoặc nhóm đơn vị “{code}” trong units.yaml")
    return codes


def _names(configuration: Configuration, codes: tuple[str, ...]) -> str:
    return ", ".join(configuration.rules.office.name_of(code) for code in codes)


def _reason(said: Said) -> str:
    if reason := vn.nfc(said.reason or "").strip():
        return reason
    raise RefusedError("cần nêu lý do, văn bản làm căn cứ (--reason)")
