"""Take in the files that prove a statement, so that an entry can name them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from actions.record import RefusedError
from domain.evidence import Evidence, UnfitEvidenceError, examined
from store import Session
from store.evidence import put
from store.ledger import lock

MOST = 10
"""Files of one statement."""


def attached(files: Iterable[tuple[str, bytes]]) -> tuple[Evidence, ...]:
    """The files (name, content) as they can be kept, the same one once. Raises RefusedError."""
    found: dict[str, Evidence] = {}
    try:
        for name, content in files:
            one = examined(name, content)
            found.setdefault(one.hash, one)
    except UnfitEvidenceError as error:
        raise RefusedError(str(error)) from error
    if len(found) > MOST:
        raise RefusedError(f"mỗi lần ghi đính kèm nhiều nhất {MOST} tệp; hãy gộp các trang vào một tệp PDF")
    return tuple(found.values())


def keep(session: Session, files: Iterable[Evidence], person: str, as_of: datetime) -> tuple[str, ...] | None:
    """Store the files in this transaction, before the entry that names them; their hashes as the entry has them."""
    lock(session)
    hashes = []
    for one in files:
        put(session, one, person, as_of)
        hashes.append(one.hash)
    return tuple(hashes) or None
