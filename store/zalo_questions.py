"""Questions put to users of the Official Account before something is recorded, and what became of each.

    waiting ── yes ──> recorded, as the entry of the same id
       ├── no, refused ──> closed, nothing recorded
       └── replaced by the next question

One that was asked too long ago counts no more; nothing is written down for that.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, insert, select, update

from domain.frozen import Code, Frozen, Instant
from domain.ledger import EntryId
from store.tables import ZaloQuestionRow


class Answered(StrEnum):
    """How a question ended."""

    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    """They said yes, and the ledger would not have it."""
    REPLACED = "replaced"
    """They wrote something else before they answered."""


class ZaloQuestion(Frozen):
    """What would be recorded if its author says yes."""

    id: EntryId
    """Of the entry it becomes: however often the yes is told, it is one entry."""
    oa_id: str
    user_id: str
    person: Code
    directive: Code
    milestone: Code
    metric: Code
    subject: Code | None
    occurrence: date | None
    written: str
    """The value as `record` takes it."""
    said: str
    """What they wrote."""
    as_of: date
    asked_at: Instant
    answer: Answered | None = None
    """None while it waits."""
    answered_at: Instant | None = None


def ask(session: Session, question: ZaloQuestion) -> None:
    """Put the question; the one that waited is replaced: a yes is an answer to one thing."""
    waiting = update(ZaloQuestionRow).where(
        col(ZaloQuestionRow.oa_id) == question.oa_id,
        col(ZaloQuestionRow.user_id) == question.user_id,
        col(ZaloQuestionRow.answer).is_(None),
    )
    session.exec(waiting.values(answer=Answered.REPLACED.value, answered_at=question.asked_at))
    session.exec(insert(ZaloQuestionRow).values(**question.model_dump()))


def newest(session: Session, oa_id: str, user_id: str) -> ZaloQuestion | None:
    """The last question this user was asked, whatever became of it."""
    query = select(ZaloQuestionRow).where(ZaloQuestionRow.oa_id == oa_id, ZaloQuestionRow.user_id == user_id)
    waiting_first = query.order_by(col(ZaloQuestionRow.answer).is_not(None), col(ZaloQuestionRow.asked_at).desc())
    row = session.exec(waiting_first.limit(1)).first()
    return None if row is None else ZaloQuestion.model_validate(row.model_dump())


def close(session: Session, question_id: str, answer: Answered, at: datetime) -> bool:
    """Whether the question was still waiting and now has this answer: true once."""
    waiting = update(ZaloQuestionRow).where(
        col(ZaloQuestionRow.id) == question_id, col(ZaloQuestionRow.answer).is_(None)
    )
    return session.exec(waiting.values(answer=answer.value, answered_at=at)).rowcount == 1
