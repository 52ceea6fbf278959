"""Which of our people the Official Account can write to, and since when they were last heard."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.tables import ZaloTokenRow
from store.zalo_contacts import ZaloContact, linked


def by_person(session: Session) -> dict[str, ZaloContact]:
    """Who each person is for the account whose tokens are in force; nobody where there is none."""
    newest = select(ZaloTokenRow.oa_id).order_by(col(ZaloTokenRow.obtained_at).desc()).limit(1)
    account = session.exec(newest).first()
    contacts = linked(session, account) if account else ()
    return {contact.person: contact for contact in contacts if contact.person}
