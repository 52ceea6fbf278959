"""The ledger on SQLite: entries appended one transaction each with the head file behind them, against a bare INSERT.

The peer keeps the same text in one table, with the same durability and a commit per row: no chain, no head, no file.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from bench.common.measured import Figure, Ratio, seconds, show
from domain.clocktime import at
from domain.ledger import Entry, EntryKind
from domain.metric import Value
from store import Store, open_store, reading, session, upgrade
from store.chain import canonical
from store.ledger import append, entries
from store.verification import verify

SINGLY = 500
"""Entries appended in a transaction of their own, as officials do."""
TOGETHER = 5_000
"""Entries appended in one transaction, as a file of figures would be."""
DIRECTIVES = 60
START = at(date(2024, 4, 22))


def statements(first: int, count: int) -> list[Entry]:
    """Reports, over sixty directives in turn, a minute apart."""
    return [_statement(number) for number in range(first, first + count)]


def _statement(number: int) -> Entry:
    recorded_at = START + timedelta(minutes=number)
    return Entry(
        id=f"b-{number}",
        kind=EntryKind.REPORT,
        directive=f"viec-{number % DIRECTIVES}",
        metric="giai-ngan",
        subject="da-01",
        value=Value.model_validate({"number": "40.5"}),
        as_of=recorded_at.date(),
        recorded_at=recorded_at,
        actor="dau-moi-ubnd-huyen-bac-son",
        source="bench",
        evidence="Báo cáo số 12/BC-UBND",
    )


def append_singly(store: Store, said: Iterable[Entry]) -> None:
    """A transaction and a head file for each."""
    for entry in said:
        with session(store) as opened:
            append(opened, entry)


def append_together(store: Store, said: Iterable[Entry]) -> None:
    """One transaction, one head file."""
    with session(store) as opened:
        for entry in said:
            append(opened, entry)


def insert_bare(file: Path, said: Iterable[Entry]) -> None:
    """The peer: a commit per row in a table without a chain."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)")
        for number, entry in enumerate(said):
            connection.execute("INSERT INTO entry VALUES (?, ?, ?)", (number, entry.id, canonical(entry)))


def read_all(store: Store) -> int:
    """Every entry as a value."""
    with reading(store) as opened:
        return len(entries(opened))


def verify_all(store: Store) -> None:
    """The whole chain, which must be sound."""
    with reading(store) as opened:
        assert verify(opened, store.head_file) == ()


def main() -> None:
    """Measure and print."""
    singly, together = statements(0, SINGLY), statements(SINGLY, TOGETHER)
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        store = open_store(f"sqlite:///{folder}/dondoc.sqlite", Path(folder) / "ledger.head")
        upgrade(store)
        alone = SINGLY / seconds(lambda: append_singly(store, singly))
        batch = TOGETHER / seconds(lambda: append_together(store, together))
        read = (SINGLY + TOGETHER) / seconds(lambda: read_all(store))
        verified = (SINGLY + TOGETHER) / seconds(lambda: verify_all(store))
        store.engine.dispose()
        bare = SINGLY / seconds(lambda: insert_bare(Path(folder) / "bare.sqlite", singly))
    show(
        "ledger",
        f"The ledger on SQLite, {SINGLY + TOGETHER:,} entries",
        [
            Figure("appends_per_second", "entries appended singly, head file included", alone, "/s"),
            Figure("appends_per_second_together", "entries appended in one transaction", batch, "/s"),
            Figure("inserts_per_second_sqlite3", "rows inserted singly, bare sqlite3", bare, "/s"),
            Figure("entries_read_per_second", "entries read as values", read, "/s"),
            Figure("entries_verified_per_second", "entries verified", verified, "/s"),
        ],
        [Ratio("against_sqlite3", "an append against a bare insert", bare / alone)],
    )


if __name__ == "__main__":
    main()
