"""Ten thousand milestones: looking and deciding without a store, and the patrol over a store, against its two seconds.

Every directive is footnote 8 of the shipped notice under a code of its own: three milestones after one another, two
reports each, asked on the first morning after the second due, the busiest of its year.
"""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from sqlmodel import SQLModel

from actions.adopt import adopt
from actions.check import as_written
from actions.office import Office
from actions.patrol import patrol
from bench.common.measured import Figure, Ratio, seconds, show
from config.areas import Area
from config.reading import Draft, read
from config.settings import ROOT, Settings
from domain.clocktime import at
from domain.directive import Directive
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from domain.reminders import decide
from domain.situation import Rules, Situation, look, next_moment
from store import open_store, session, upgrade
from store.ledger import append, head
from store.moments import set_next

DIRECTIVES = 3_334
MILESTONES = 3 * DIRECTIVES
SAMPLE = 200
"""Directives whose memory is traced; tracing slows everything down."""
ADOPTED = at(date(2024, 4, 22))
MORNING = at(date(2024, 10, 1), time(7, 30))
PATROL_SECONDS = 2.0
"""The promise at ten thousand milestones."""


def copies(of: Directive) -> list[Directive]:
    """The directive under as many codes."""
    return [of.model_copy(update={"code": f"viec-{number:04}"}) for number in range(DIRECTIVES)]


def reports(directive: Directive) -> tuple[Entry, ...]:
    """Ground was broken late, and 35% of the money is out."""
    said = (("khoi-cong", "xong", date(2024, 7, 15)), ("giai-ngan", "35%", date(2024, 9, 25)))
    return tuple(
        Entry(
            id=f"{directive.code}-{metric}",
            kind=EntryKind.REPORT,
            directive=directive.code,
            metric=metric,
            value=read_value(value, directive.metric(metric)),
            as_of=day,
            recorded_at=at(day, time(16)),
            actor="dau-moi-ubnd-huyen-bac-son",
            source="bench",
        )
        for metric, value, day in said
    )


def look_at(directives: Sequence[Directive], rules: Rules) -> list[Situation]:
    """A look at each."""
    return [look(one, reports(one), rules, MORNING, ADOPTED) for one in directives]


def bytes_per_milestone(directives: Sequence[Directive], rules: Rules) -> float:
    """What the situations of a sample hold, directives, reports and rules aside."""
    tracemalloc.start()
    held = look_at(directives[:SAMPLE], rules)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / (3 * len(held))


@contextmanager
def office_of(draft: Draft, directives: Sequence[Directive], found: Sequence[Situation]) -> Iterator[Office]:
    """An office in a throw-away home that has adopted the directives, recorded the reports and looked at them."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        settings = Settings(home=Path(folder))
        store = open_store(settings.database, settings.head_file)
        upgrade(store)
        with session(store) as opened:
            adopt(opened, replace(draft, notices=()), ADOPTED, by="bench")
            # Adopting one by one compares each with all: minutes at this size.
            opened.connection().execute(SQLModel.metadata.tables["config_version"].insert(), versions(directives))
            for directive, situation in zip(directives, found, strict=True):
                for entry in reports(directive):
                    append(opened, entry)
                set_next(opened, directive.code, next_moment(situation), MORNING, head(opened).count)
        yield Office(settings, store)
        store.engine.dispose()


def versions(directives: Sequence[Directive]) -> list[dict[str, object]]:
    """The rows that adopting the directives would write."""
    said = {"area": Area.DIRECTIVE, "adopted_at": ADOPTED, "adopted_by": "bench", "sha256": "", "removed": False}
    return [{**said, "code": one.code, "body": one.model_dump_json(by_alias=True)} for one in directives]


def patrolled(office: Office, moment: datetime) -> float:
    """Seconds of a patrol that finds nothing wrong."""
    findings: list[object] = []
    taken = seconds(lambda: findings.extend(patrol(office, moment)))
    assert not findings, findings[:3]
    return taken


def main() -> None:
    """Measure and print."""
    draft = read(ROOT / "config")
    written = as_written(draft)
    directives, rules = copies(written.directives["bac-son-khoi-cong-moi"]), written.rules
    found: list[Situation] = []
    looking = seconds(lambda: found.extend(look_at(directives, rules)))
    rows: list[int] = []
    deciding = seconds(lambda: rows.extend(len(decide(situation, ()).new) for situation in found))
    with office_of(draft, directives, found) as office:
        patrolling = patrolled(office, MORNING)
    show(
        "situation",
        f"{MILESTONES:,} milestones of {DIRECTIVES:,} directives",
        [
            Figure("looks_per_second", "milestones looked at", MILESTONES / looking, "/s"),
            Figure("decisions_per_second", "milestones decided on, no reminder sent yet", MILESTONES / deciding, "/s"),
            Figure("rows_decided", "deliveries decided", sum(rows), ""),
            Figure("bytes_per_milestone", "memory", bytes_per_milestone(directives, rules), "bytes/milestone"),
            Figure("patrol_seconds", "patrol of the whole office, from SQLite", patrolling, "s"),
        ],
        [Ratio("patrol_against_limit", "patrol against its limit of 2 s", patrolling / PATROL_SECONDS, at_most=1)],
    )


if __name__ == "__main__":
    main()
