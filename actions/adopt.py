"""Make the configuration current: what is sound is adopted, what is broken keeps its own last good version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from actions.replan import replan
from config.areas import MODELS, Area
from config.placed import Fact
from config.reading import Configuration, Draft, IncompleteError, configuration
from config.settling import InForce, Settled, settle
from domain.directive import Directive
from domain.findings import Finding
from domain.frozen import Frozen
from domain.ledger import Entry
from store import Session
from store.configuration import adopt as adopt_version
from store.configuration import current as current_versions
from store.configuration import remove
from store.ledger import EntryConflictError, append, head
from store.moments import set_next


@dataclass(frozen=True)
class Adopted:
    """What an adoption changed. Directives by code, other parts by file name."""

    adopted: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    findings: tuple[Finding, ...]
    moved: tuple[Entry, ...] = ()
    """The notes written about milestones whose due or reminders moved."""


def adopt(session: Session, draft: Draft, as_of: datetime, by: str) -> Adopted:
    """Adopt every part of the draft that settles at `as_of`; facts stated by the notices enter the ledger.

    Milestones that another calendar, policy or wording moves get a note there, one each. A directive is removed only
    when the file of its notice could be read, and every other file of directives too. Raises IncompleteError where a
    whole-file area is broken and was never adopted before.
    """
    before = in_force(session)
    settled = settle(draft, before)
    _refuse_incomplete(session, settled)
    changes = list(_changes(session, settled, as_of, by))
    for code in settled.removed:
        remove(session, Area.DIRECTIVE, code, as_of, by)
        set_next(session, code, None, as_of, head(session).count)
    conflicts = [fault for fact in draft.facts if (fault := _record(session, settled, fact, as_of))]
    complete = before.areas.keys() >= MODELS.keys()
    moved = replan(session, _configuration(before), current(session), as_of) if complete else ()
    _look_again(session, settled, dict(changes), as_of)
    return Adopted(
        adopted=tuple(name for name, changed in changes if changed),
        unchanged=tuple(name for name, changed in changes if not changed),
        removed=settled.removed,
        findings=(*settled.findings, *conflicts),
        moved=moved,
    )


def current(session: Session) -> Configuration:
    """The adopted configuration. Raises IncompleteError before the first adoption."""
    return _configuration(in_force(session))


def _configuration(found: InForce) -> Configuration:
    return configuration({area: found.areas.get(area) for area in MODELS}, found.directives)


def in_force(session: Session) -> InForce:
    """What was adopted and not removed since; nothing before the first adoption."""
    areas: dict[Area, Frozen] = {}
    directives: dict[str, Directive] = {}
    for version in current_versions(session):
        if version.area in MODELS:
            areas[version.area] = MODELS[version.area].model_validate_json(version.body)
        elif version.area == Area.DIRECTIVE:
            directives[version.code] = Directive.model_validate_json(version.body)
    return InForce(areas, directives)


def _refuse_incomplete(session: Session, settled: Settled) -> None:
    adopted = {version.area for version in current_versions(session)}
    missing = [area for area in MODELS if area not in settled.areas and area not in adopted]
    if missing:
        raise IncompleteError(missing, settled.findings)


def _changes(session: Session, settled: Settled, as_of: datetime, by: str) -> Iterator[tuple[str, bool]]:
    for area, model in settled.areas.items():
        yield f"{area}.yaml", adopt_version(session, area, area, model.model_dump_json(by_alias=True), as_of, by)
    for code, directive in settled.directives.items():
        body = directive.model_dump_json(by_alias=True)
        yield code, adopt_version(session, Area.DIRECTIVE, code, body, as_of, by)


def _record(session: Session, settled: Settled, fact: Fact, as_of: datetime) -> Finding | None:
    """Append the fact; a finding where the ledger already has another statement under its id."""
    if fact.body["directive"] not in settled.directives:
        return None
    try:
        append(session, fact.entry(as_of))
    except EntryConflictError as error:
        return fact.file.error((*fact.place, "id"), str(error))
    return None


def _look_again(session: Session, settled: Settled, changes: dict[str, bool], as_of: datetime) -> None:
    """Whatever changed has to be looked at now; a changed rule concerns every directive."""
    everything = any(changes[f"{area}.yaml"] for area in settled.areas)
    for version in current_versions(session, Area.DIRECTIVE):
        if everything or changes.get(version.code):
            set_next(session, version.code, as_of, as_of, head(session).count)
