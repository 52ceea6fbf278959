"""Users of an Official Account: who of our people they are, when they were last heard of; and events dealt with."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, or_, select

from domain.frozen import Code, Frozen, Instant
from store.statements import insert_into
from store.tables import ZaloContactRow, ZaloEventRow


class ZaloContact(Frozen):
    """A user as one account knows them."""

    oa_id: str
    user_id: str
    person: Code | None
    follows: bool
    heard_at: Instant | None
    """Consultation messages reach them for seven days from then."""


def first_time(session: Session, event_id: str, at: datetime) -> bool:
    """Whether the event is new; it is dealt with in the same transaction, or not marked."""
    insertion = insert_into(session, ZaloEventRow).values(id=event_id, at=at).on_conflict_do_nothing()
    return session.exec(insertion.returning(col(ZaloEventRow.id))).first() is not None


def forget_events(session: Session, before: datetime) -> int:
    """How many events were forgotten: Zalo repeats none of them any more."""
    return session.exec(delete(ZaloEventRow).where(col(ZaloEventRow.at) < before)).rowcount


def heard(session: Session, oa_id: str, user_id: str, at: datetime) -> None:
    """The user did something at `at`; events come in any order, the latest counts. Whoever acts follows."""
    keys, table = ["oa_id", "user_id"], insert_into(session, ZaloContactRow)
    fresh = table.values(oa_id=oa_id, user_id=user_id, person=None, follows=True, heard_at=at)
    newer = or_(col(ZaloContactRow.heard_at).is_(None), col(ZaloContactRow.heard_at) <= at)
    session.exec(fresh.on_conflict_do_update(index_elements=keys, set_={"follows": True, "heard_at": at}, where=newer))


def left(session: Session, oa_id: str, user_id: str) -> None:
    """The user follows the account no longer."""
    table = insert_into(session, ZaloContactRow)
    gone = table.values(oa_id=oa_id, user_id=user_id, person=None, follows=False, heard_at=None)
    session.exec(gone.on_conflict_do_update(index_elements=["oa_id", "user_id"], set_={"follows": False}))


def link(session: Session, oa_id: str, user_id: str, person: str) -> bool:
    """Whether the user is now this person. Not if either is somebody else already: an admin unlinks first."""
    of_user, of_person = find_user(session, oa_id, user_id), find_person(session, oa_id, person)
    if of_user is None or (of_user.person or person) != person or (of_person and of_person.user_id != user_id):
        return False
    row = session.get_one(ZaloContactRow, (oa_id, user_id))
    row.person = person
    session.flush()
    return True


def unlink(session: Session, oa_id: str, person: str) -> bool:
    """Whether somebody was linked as this person, and is no longer."""
    rows = session.exec(
        select(ZaloContactRow).where(ZaloContactRow.oa_id == oa_id, ZaloContactRow.person == person)
    ).all()
    for row in rows:
        row.person = None
    session.flush()
    return bool(rows)


def find_user(session: Session, oa_id: str, user_id: str) -> ZaloContact | None:
    """The user of that id."""
    row = session.get(ZaloContactRow, (oa_id, user_id))
    return None if row is None else ZaloContact.model_validate(row.model_dump())


def find_person(session: Session, oa_id: str, person: str) -> ZaloContact | None:
    """The user that this person is, if they ever linked themselves."""
    row = session.exec(
        select(ZaloContactRow).where(ZaloContactRow.oa_id == oa_id, ZaloContactRow.person == person)
    ).first()
    return None if row is None else ZaloContact.model_validate(row.model_dump())


def linked(session: Session, oa_id: str) -> tuple[ZaloContact, ...]:
    """Every user who is one of our people, by the person's code."""
    query = select(ZaloContactRow).where(ZaloContactRow.oa_id == oa_id, col(ZaloContactRow.person).is_not(None))
    rows = session.exec(query.order_by(col(ZaloContactRow.person)))
    return tuple(ZaloContact.model_validate(row.model_dump()) for row in rows)
