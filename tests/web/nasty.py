"""An office in which every text somebody can write is an attack on a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from actions.adopt import adopt, current
from actions.record import record
from config.areas import Area, People, Units
from config.reading import Draft
from config.settings import load, write_home
from demo.world import START
from domain.clocktime import at, iso
from domain.directive import Directive, Footnote
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from store import open_store, session, upgrade
from tests.stories.town import CODE, drafted
from tests.web.town_hall import LEAD, MONITOR

MARKS = """"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;"""
"""Ends an attribute, an element, a text; and must be shown as it stands."""
MOMENT = at(date(2024, 9, 27))
SETTINGS = {"demo": "true", "clock": iso(MOMENT), "secret": "of-tests-only-" * 3}
TITLE = f"T{MARKS}"[:80]


def nasty_home(home: Path) -> None:
    """Footnote 8 in that office, with a subject, a figure, a request and a note."""
    write_home(home, SETTINGS)
    settings = load(home)
    store = open_store(settings.database, settings.head_file)
    upgrade(store)
    with session(store) as opened:
        adopted = adopt(opened, _nasty(drafted(CODE)), START, by="kiem-thu")
        assert adopted.adopted, adopted
        configuration = current(opened)
        for entry in _entries(configuration.directives[CODE]):
            record(opened, configuration, entry)
    store.engine.dispose()


def _nasty(draft: Draft) -> Draft:
    notices = tuple(
        replace(
            notice,
            facts=(),
            directives=tuple(replace(one, directive=_attacked(one.directive)) for one in notice.directives),
        )
        for notice in draft.notices
    )
    people, units = draft.areas[Area.PEOPLE], draft.areas[Area.UNITS]
    assert isinstance(people, People)
    assert isinstance(units, Units)
    named = tuple(one.model_copy(update={"name": f"P{MARKS}"}) for one in people.people)
    called = tuple(one.model_copy(update={"name": f"U{MARKS}"}) for one in units.units)
    areas = {
        **draft.areas,
        Area.PEOPLE: people.model_copy(update={"people": named}),
        Area.UNITS: units.model_copy(update={"units": called}),
    }
    return replace(draft, notices=notices, areas=areas)


def _attacked(one: Directive) -> Directive:
    metrics = tuple(metric.model_copy(update={"name": f"M{MARKS}"}) for metric in one.metrics)
    milestones = tuple(
        step.model_copy(
            update={
                "name": f"S{MARKS}",
                "reading": f"R{MARKS}",
                "due": step.due and step.due.model_copy(update={"phrase": "<script>", "chosen_by": f"C{MARKS}"}),
            }
        )
        for step in one.milestones
    )
    texts = {"title": TITLE, "section": f"K{MARKS}", "quote": f"Q{MARKS}", "subject_word": f"w{MARKS}"}
    notice = one.notice.model_copy(update={"short": f"N{MARKS}", "title": f"N{MARKS}"})
    further = {
        "footnotes": (Footnote(mark=8, text=f"F{MARKS}"),),
        "monitor_chosen_by": MARKS,
        "starts_chosen_by": MARKS,
    }
    return one.model_copy(update={**texts, **further, "notice": notice, "metrics": metrics, "milestones": milestones})


def _entries(directive: Directive) -> list[Entry]:
    known = {"directive": directive.code, "source": f"N{MARKS}", "recorded_at": at(date(2024, 9, 20))}
    told = {**known, "as_of": date(2024, 9, 19), "evidence": f"E{MARKS}", "text": f"L{MARKS}"}
    metric = directive.metrics[1]
    value = read_value("30%", metric)
    enrolled = {"kind": EntryKind.ENROL, "subject": "da-1", "name": f"D{MARKS}", "unit": "ubnd-huyen-bac-son"}
    return [
        Entry.model_validate({"id": "x-1", "actor": MONITOR, **told, **enrolled}),
        Entry.model_validate(
            {"id": "x-2", "kind": EntryKind.REPORT, "actor": LEAD, "subject": "da-1", "metric": metric.id, **told}
            | {"value": value}
        ),
        Entry.model_validate({"id": "x-3", "kind": EntryKind.NOTE, "actor": "ai-do-la", **told}),
    ]
