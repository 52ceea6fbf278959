"""Which of our people the Official Account can write to, and since when they were last heard."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.tables import ZaloContactRow, ZaloTokenRow
from store.zalo_contacts import ZaloContact


def linked(session: Session) -> dict[str, ZaloContact]:
    """By person, who they are for the account whose tokens are in force; nobody where there is none."""
    newest = select(ZaloTokenRow.oa_id).order_by(col(ZaloTokenRow.obtained_at).desc()).limit(1)
    query = select(ZaloContactRow).where(
        ZaloContactRow.oa_id == newest.scalar_subquery(), col(ZaloContactRow.person).is_not(None)
    )
    contacts = (ZaloContact.model_validate(row.model_dump()) for row in session.exec(query))
    return {contact.person: contact for contact in contacts if contact.person}
