"""Links to sign in by: asked for, good once and for a short while, kept as hashes alone."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, func, insert, select, update

from store.tables_access import SignInRow


def note_asked(session: Session, digest: str, person: str, origin: str, at: datetime, until: datetime) -> None:
    """Somebody at `origin` asked for a link; `person` is empty where the address belongs to nobody."""
    values = {"hash": digest, "person": person, "origin": origin, "asked_at": at, "expires_at": until, "used_at": None}
    session.exec(insert(SignInRow).values(**values))


def asked_since(session: Session, since: datetime, *, person: str = "", origin: str = "") -> int:
    """How often a link was asked for since then: for that person, or from that origin."""
    theirs = col(SignInRow.person) == person if person else col(SignInRow.origin) == origin
    return session.exec(select(func.count()).where(theirs, col(SignInRow.asked_at) > since)).one()


def holder(session: Session, digest: str, at: datetime) -> str | None:
    """Whose link it is while it may still be used."""
    good = (SignInRow.hash == digest, SignInRow.person != "", col(SignInRow.used_at).is_(None))
    return session.exec(select(SignInRow.person).where(*good, SignInRow.expires_at > at)).one_or_none()


def use(session: Session, digest: str, at: datetime) -> str | None:
    """Use the link up: whose it was, or None where it could not be used (any more). Of two at once one may."""
    person = holder(session, digest, at)
    unused = update(SignInRow).where(col(SignInRow.hash) == digest, col(SignInRow.used_at).is_(None))
    return person if person and session.exec(unused.values(used_at=at)).rowcount else None


def forget_before(session: Session, moment: datetime) -> int:
    """Remove what no rule asks for any more: how many."""
    return session.exec(delete(SignInRow).where(col(SignInRow.asked_at) < moment)).rowcount
