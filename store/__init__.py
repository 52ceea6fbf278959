"""What happened: which facts are kept, and how are they read and written?

Functions take a `Session` and domain values and give domain values back; the transaction is opened by the caller:

    office = open_store(url, head_file)
    with session(office) as opened:
        append(opened, entry)
"""

from __future__ import annotations

from sqlmodel import Session

from store.engine import MissingStoreError, MissingTablesError, Store, open_store, reading, require, session
from store.failures import UnusableStoreError
from store.upgrade import upgrade

__all__ = [
    "MissingStoreError",
    "MissingTablesError",
    "Session",
    "Store",
    "UnusableStoreError",
    "open_store",
    "reading",
    "require",
    "session",
    "upgrade",
]
