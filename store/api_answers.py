"""What programs were answered under an idempotency key: the same request sent again gets the very same answer."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, insert, select

from domain.frozen import Frozen, Instant
from store.tables_access import ApiAnswerRow


class KeptAnswer(Frozen):
    """An answer, and the request it was given to."""

    digest: str
    """SHA-256 of the request, hex."""
    status: int
    body: str
    at: Instant


def keep(session: Session, key: str, idempotency: str, answer: KeptAnswer) -> None:
    """Keep the answer; call it in the transaction that records what the answer tells of."""
    session.exec(insert(ApiAnswerRow).values(key=key, idempotency=idempotency, **answer.model_dump()))


def find(session: Session, key: str, idempotency: str, since: datetime) -> KeptAnswer | None:
    """What the program of that API key was answered since then."""
    asked = (ApiAnswerRow.key == key, ApiAnswerRow.idempotency == idempotency, ApiAnswerRow.at >= since)
    row = session.exec(select(ApiAnswerRow).where(*asked)).one_or_none()
    return None if row is None else KeptAnswer(**row.model_dump(exclude={"key", "idempotency"}))


def forget_before(session: Session, moment: datetime) -> int:
    """Remove what was answered before: how many."""
    return session.exec(delete(ApiAnswerRow).where(col(ApiAnswerRow.at) < moment)).rowcount
