"""The pair of tokens of an Official Account, and the lease under which it is renewed.

    ready ── begin ──> renewing ── save ──> ready (the next generation)
                          │ ── put_back ──> ready: the refresh token was not used
                          │ ── leave_open ──> renewing without a holder: may be asked once more
                          └── bury ──> dead: an admin has to give a new pair

A refresh token works once, so one worker at a time may use it. No transaction stays open across the network: the row
carries a lease instead, longer than any request may take, and nobody begins while it runs. Each change names the
generation it speaks of. A new pair counts as long as no newer one is there, whoever holds the lease: since the token
works once, there is only one. That it is dead may be said by the holder alone, who has seen the refusal.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Update
from sqlmodel import Session, and_, col, or_, select, update

from domain.frozen import Frozen, Instant
from store.statements import insert_into
from store.tables import ZaloTokenRow

ASKED_AT_MOST = 2
"""How often one refresh token is sent: once more after an answer that was lost, then a person has to look."""


class TokenState(StrEnum):
    """What may be done with a pair."""

    READY = "ready"
    RENEWING = "renewing"
    DEAD = "dead"


class SealedPair(Frozen):
    """Both tokens as they are kept (store/vault.py)."""

    access: str
    refresh: str
    obtained_at: Instant
    expires_at: Instant


class Tokens(SealedPair):
    """The row as it stands."""

    oa_id: str
    generation: int
    state: TokenState
    asked: int
    lease_until: Instant | None
    not_before: Instant | None
    note: str | None
    alarmed_at: Instant | None


def read(session: Session, oa_id: str) -> Tokens | None:
    """The pair of the account; None where nobody gave one."""
    row = session.exec(select(ZaloTokenRow).where(ZaloTokenRow.oa_id == oa_id)).one_or_none()
    return None if row is None else Tokens.model_validate(row.model_dump(exclude={"holder"}))


def enter(session: Session, oa_id: str, pair: SealedPair) -> None:
    """A pair that an admin brought: it is the next generation, whatever became of the last."""
    fresh = _rested() | pair.model_dump()
    insertion = insert_into(session, ZaloTokenRow).values(oa_id=oa_id, generation=1, **fresh)
    again = fresh | {"generation": ZaloTokenRow.generation + 1}
    session.exec(insertion.on_conflict_do_update(index_elements=["oa_id"], set_=again))


def begin(session: Session, tokens: Tokens, holder: str, at: datetime, lease: timedelta) -> bool:
    """Whether this holder may now send that refresh token; written down before it goes out."""
    free = or_(
        col(ZaloTokenRow.state) == TokenState.READY,
        and_(col(ZaloTokenRow.state) == TokenState.RENEWING, col(ZaloTokenRow.lease_until) <= at),
    )
    due = or_(col(ZaloTokenRow.not_before).is_(None), col(ZaloTokenRow.not_before) <= at)
    change = _of(tokens).where(free, due, col(ZaloTokenRow.asked) < ASKED_AT_MOST)
    taken = {"state": TokenState.RENEWING.value, "holder": holder, "lease_until": at + lease}
    return session.exec(change.values(asked=ZaloTokenRow.asked + 1, not_before=None, **taken)).rowcount == 1


def save(session: Session, oa_id: str, generation: int, pair: SealedPair) -> bool:
    """Whether the pair that followed `generation` is now the one in force; not if a newer one is."""
    change = update(ZaloTokenRow).where(col(ZaloTokenRow.oa_id) == oa_id, col(ZaloTokenRow.generation) == generation)
    values = _rested() | pair.model_dump() | {"generation": generation + 1}
    return session.exec(change.values(values)).rowcount == 1


def put_back(session: Session, tokens: Tokens, holder: str, not_before: datetime, note: str) -> bool:
    """The refresh token was not used; it may be sent again from `not_before` on."""
    rested = {"state": TokenState.READY.value, "holder": "", "lease_until": None}
    change = _held(tokens, holder).values(asked=ZaloTokenRow.asked - 1, not_before=not_before, note=note, **rested)
    return session.exec(change).rowcount == 1


def leave_open(session: Session, tokens: Tokens, holder: str, not_before: datetime, note: str) -> bool:
    """Nobody knows whether the refresh token was used: it may be sent once more from `not_before` on."""
    change = _held(tokens, holder).values(holder="", lease_until=not_before, note=note)
    return session.exec(change).rowcount == 1


def bury(session: Session, tokens: Tokens, holder: str, note: str) -> bool:
    """The refresh token was refused: only an admin can go on."""
    return session.exec(_held(tokens, holder).values(**_dead(note))).rowcount == 1


def bury_lost(session: Session, tokens: Tokens, at: datetime, note: str) -> bool:
    """Whether the pair was lost for good just now: its token went out as often as it may, and no end is known."""
    change = _of(tokens).where(
        col(ZaloTokenRow.state) == TokenState.RENEWING,
        col(ZaloTokenRow.lease_until) <= at,
        col(ZaloTokenRow.asked) >= ASKED_AT_MOST,
    )
    return session.exec(change.values(**_dead(note))).rowcount == 1


def ring(session: Session, oa_id: str, at: datetime) -> bool:
    """Whether the alarm about this dead pair is the caller's to give: true once for each pair."""
    silent = update(ZaloTokenRow).where(
        col(ZaloTokenRow.oa_id) == oa_id,
        col(ZaloTokenRow.state) == TokenState.DEAD,
        col(ZaloTokenRow.alarmed_at).is_(None),
    )
    return session.exec(silent.values(alarmed_at=at)).rowcount == 1


def dead(session: Session) -> tuple[Tokens, ...]:
    """The accounts that nobody can write through until an admin gives a new pair."""
    query = select(ZaloTokenRow).where(col(ZaloTokenRow.state) == TokenState.DEAD).order_by(ZaloTokenRow.oa_id)
    return tuple(Tokens.model_validate(row.model_dump(exclude={"holder"})) for row in session.exec(query))


def _of(tokens: Tokens) -> Update:
    """A change of that generation alone."""
    return update(ZaloTokenRow).where(
        col(ZaloTokenRow.oa_id) == tokens.oa_id, col(ZaloTokenRow.generation) == tokens.generation
    )


def _held(tokens: Tokens, holder: str) -> Update:
    """A change by who is renewing it."""
    return _of(tokens).where(col(ZaloTokenRow.state) == TokenState.RENEWING, col(ZaloTokenRow.holder) == holder)


def _rested() -> dict[str, object]:
    """Nobody is renewing, nothing is wrong."""
    blank = dict.fromkeys(("lease_until", "not_before", "note", "alarmed_at"))
    return {"state": TokenState.READY.value, "asked": 0, "holder": "", **blank}


def _dead(note: str) -> dict[str, object]:
    return {"state": TokenState.DEAD.value, "holder": "", "lease_until": None, "note": note}
