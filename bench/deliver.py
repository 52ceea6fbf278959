"""Rows of the outbox per second that are claimed, rendered and accepted: 10,000 of them, by one worker and by four.

On SQLite and on PostgreSQL, both so that a claim outlives a power cut. The peer is one persistent `smtplib` connection
that is given the same letters, made beforehand, right afterwards: it renders nothing and writes nothing down. The
server, in a process of its own, does nothing but say yes. Every row must be accepted exactly once, by the outbox's
account and by the server's.
"""

from __future__ import annotations

import smtplib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import SQLModel

from bench.common.crew import Crew, at_work
from bench.common.crowd import PEOPLE, ROWS, full_outbox
from bench.common.databases import new_database, postgres
from bench.common.measured import Figure, Ratio, seconds, show
from bench.common.swift import HOST, Server, Taken, swift_server
from channels.letter import Letter
from channels.mime import mime, wire
from channels.smtp import Smtp
from config.settings import Settings
from domain.outbox import State
from store import Session, open_store, reading
from store.messages import NewMessage, all_messages, pictures_of

CREWS = (1, 4)
SENDER = "dondoc@vanphong.example"
Post = Sequence[tuple[str, bytes]]
"""Addresses, and what is sent there."""


class Measured(NamedTuple):
    """A crew on one engine, and the peer right after it."""

    engine: str
    crew: Crew
    peer: float
    """Seconds."""
    peer_cpu: float
    """Seconds of the processor."""
    size: float
    """Bytes of a letter."""

    @property
    def key(self) -> str:
        """Its name in the JSON."""
        return f"{self.engine.lower()}_{len(self.crew.workers)}"

    @property
    def label(self) -> str:
        """Its name in the table."""
        workers = len(self.crew.workers)
        return f"{self.engine}, {workers} {'worker' if workers == 1 else 'workers'}"


def measured(engine: str, workers: int, database_url: str, server: Server) -> Measured:
    """Let the crew deliver everything, then the peer the same letters."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        settings = full_outbox(Path(folder), database_url, server.port)
        crew = at_work(settings, workers)
        post = accepted_once(settings, crew, server.taken())
    begun = process_time()
    peer = seconds(lambda: give(post, server.port))
    cpu = process_time() - begun
    assert server.taken() == Taken(PEOPLE, PEOPLE)
    return Measured(engine, crew, peer, cpu, sum(len(content) for _, content in post) / len(post))


def accepted_once(settings: Settings, crew: Crew, taken: Taken) -> Post:
    """The letters that went out. Raises AssertionError unless each row was accepted once, in one message per person."""
    assert taken == Taken(PEOPLE, PEOPLE), taken
    assert (sum(one.sent for one in crew.workers), sum(one.not_sent for one in crew.workers)) == (PEOPLE, 0), crew
    store = open_store(settings.database, settings.head_file)
    with reading(store) as opened:
        for table, kind, expected in (
            ("delivery", {"state": State.ACCEPTED, "attempt": 1}, ROWS),
            ("message", {"state": State.ACCEPTED, "attempts": 1, "unknowns": 0}, PEOPLE),
            ("attempt", {"outcome": State.ACCEPTED, "number": 1}, PEOPLE),
        ):
            found = _counted(opened, table, tuple(kind))
            assert found == {tuple(kind.values()): expected}, (table, found)
        post = list(_sent(opened))
    store.engine.dispose()
    return post


def _counted(opened: Session, table: str, by: tuple[str, ...]) -> dict[tuple[object, ...], int]:
    """How many rows there are of each kind."""
    columns = [SQLModel.metadata.tables[table].c[column] for column in by]
    found = opened.connection().execute(select(*columns, func.count()).group_by(*columns))
    return {tuple(kind): count for *kind, count in found}


def _sent(opened: Session) -> Iterator[tuple[str, bytes]]:
    """Every message as it was on the wire."""
    for message in all_messages(opened):
        pictures = pictures_of(opened, message.id)
        yield message.address, _on_the_wire(message.model_copy(update={"pictures": pictures}))


def _on_the_wire(message: NewMessage) -> bytes:
    letter = Letter(
        to=message.address,
        subject=message.subject,
        text=message.text,
        html=message.html or "",
        message_id=message.id,
        written=message.at,
        pictures=message.pictures,
    )
    return wire(mime(letter, message.person, Smtp(host=HOST, port=25, sender=SENDER)))


def give(post: Post, port: int) -> None:
    """The peer: nothing but `smtplib` and bytes."""
    with smtplib.SMTP(HOST, port, local_hostname="bench.example") as connection:
        for address, content in post:
            connection.sendmail(SENDER, [address], content)


def figures(one: Measured) -> Iterator[Figure]:
    """What is said of one crew."""
    processor = sum(worker.cpu for worker in one.crew.workers) / PEOPLE
    memory = max(worker.memory for worker in one.crew.workers)
    yield Figure(f"{one.key}_rows", f"{one.label}: rows", ROWS / one.crew.seconds, "/s")
    yield Figure(f"{one.key}_messages", f"{one.label}: messages", PEOPLE / one.crew.seconds, "/s")
    yield Figure(f"{one.key}_peer", f"{one.label}: smtplib right after", PEOPLE / one.peer, "messages/s")
    yield Figure(f"{one.key}_processor", f"{one.label}: processor", 1000 * processor, "ms/message")
    yield Figure(f"{one.key}_memory", f"{one.label}: peak memory of a worker", memory, "MB")


def ratios(found: Sequence[Measured]) -> Iterator[Ratio]:
    """Each crew against its peer, and four workers against one."""
    for one in found:
        yield Ratio(f"{one.key}_against_smtplib", f"{one.label}: speed against smtplib", one.peer / one.crew.seconds)
        cost = sum(worker.cpu for worker in one.crew.workers) / one.peer_cpu
        yield Ratio(f"{one.key}_processor_against_smtplib", f"{one.label}: processor against smtplib", cost)
    for single, several in zip(found[::2], found[1::2], strict=True):
        speedup = single.crew.seconds / several.crew.seconds
        yield Ratio(f"{single.engine.lower()}_4_against_1", f"{single.engine}: four workers against one", speedup)


def main() -> None:
    """Measure and print."""
    with swift_server("PIPELINING") as server, postgres() as host:
        found = [measured("SQLite", workers, "", server) for workers in CREWS]
        found += [measured("PostgreSQL", many, new_database(host, f"crew_{many}"), server) for many in CREWS]
    show(
        "deliver",
        f"{ROWS:,} rows in {PEOPLE:,} messages of {found[0].size / 1000:.0f} KB, loopback",
        [figure for one in found for figure in figures(one)],
        list(ratios(found)),
    )


if __name__ == "__main__":
    main()
