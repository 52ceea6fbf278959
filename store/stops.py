"""Where sending is stopped: altogether, on a channel, or for one person on it; since when, why, and until when.

A stop is open until it is lifted: by somebody, or by the first message that goes through again. When its `until` has
passed it holds nobody back any more, and is tried; if that fails, it is the same stop going on.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns_of
from sqlmodel import Session, SQLModel, col, update

from domain.frozen import Frozen, Instant
from store.statements import insert_into
from store.tables import StopRow


class StopKind(StrEnum):
    """Why nothing goes out."""

    SWITCHED_OFF = "switched_off"
    """Somebody said so."""
    UNAUTHORISED = "unauthorised"
    """The channel lets us in no more."""
    QUOTA = "quota"
    """What may be sent is used up for now."""
    REFUSED = "refused"
    """The person's address is refused for good."""
    SILENT = "silent"
    """The channel has put this person's messages off again and again."""


class Stop(Frozen):
    """One stop. Empty channel: all of them; empty person: everybody; empty address: whatever it is."""

    channel: str
    person: str = ""
    address: str = ""
    kind: StopKind
    reason: str
    """In Vietnamese."""
    since: Instant
    until: Instant | None = None
    """From then on it is tried again; None: until it is lifted."""

    def holds(self, at: datetime) -> bool:
        """Whether it holds messages back at that instant."""
        return self.until is None or at < self.until

    def concerns(self, channel: str, person: str, address: str | None) -> bool:
        """Whether a message to that person on that channel falls under it."""
        same = self.channel in ("", channel) and self.person in ("", person)
        return same and self.address in ("", address)


_ROW = SQLModel.metadata.tables["channel_stop"].c
_STANDING = (
    columns_of(*(_ROW[name] for name in Stop.model_fields))
    .where(_ROW["lifted_at"].is_(None))
    .order_by(_ROW["since"], _ROW["id"])
)
"""Asked with every decision: made once, and of the table itself, it takes a quarter of the time."""


def stop(session: Session, given: Stop) -> bool:
    """Write the stop down; whether it is a new one, and not the same going on."""
    row = given.model_dump() | {"kind": given.kind.value, "lifted_at": None, "lifted_by": None}
    insertion = (
        insert_into(session, StopRow)
        .values(row)
        .on_conflict_do_nothing(
            index_elements=["channel", "person", "kind"], index_where=col(StopRow.lifted_at).is_(None)
        )
    )
    if session.exec(insertion.returning(col(StopRow.id))).first() is not None:
        return True
    same = update(StopRow).where(*_open(given.channel, given.person), col(StopRow.kind) == given.kind)
    session.exec(same.values(until=given.until, reason=given.reason, address=given.address))
    return False


def lift(session: Session, channel: str, person: str, at: datetime, by: str, *, switched_off: bool = False) -> int:
    """How many stops of exactly that scope were lifted; those of a channel as a whole have an empty `person`.

    What somebody switched off stays so unless it is said: a message that still goes through lifts nothing of theirs.
    """
    meant = _open(channel, person)
    if not switched_off:
        meant = (*meant, col(StopRow.kind) != StopKind.SWITCHED_OFF)
    return session.exec(update(StopRow).where(*meant).values(lifted_at=at, lifted_by=by)).rowcount


def open_stops(session: Session) -> tuple[Stop, ...]:
    """Every stop that is not lifted, the oldest first; `holds` tells which hold messages back."""
    return tuple(Stop.model_validate(row) for row in session.execute(_STANDING).mappings().all())


def _open(channel: str, person: str) -> tuple[ColumnElement[bool], ...]:
    return (col(StopRow.channel) == channel, col(StopRow.person) == person, col(StopRow.lifted_at).is_(None))
