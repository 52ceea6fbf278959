"""Make the configuration current: what is sound is adopted, what is broken keeps its own last good version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from config.areas import MODELS, Area
from config.crossing import crossed, sound
from config.reading import Configuration, Draft, IncompleteError, configuration
from domain.directive import Directive
from domain.findings import Finding, Severity
from domain.frozen import Frozen
from store import Session
from store.configuration import adopt as adopt_version
from store.configuration import current as current_versions
from store.configuration import remove
from store.ledger import append, head
from store.moments import set_next


@dataclass(frozen=True)
class Adopted:
    """What an adoption changed. Directives by code, other parts by file name."""

    adopted: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    findings: tuple[Finding, ...]


def adopt(session: Session, draft: Draft, as_of: datetime, by: str) -> Adopted:
    """Adopt every sound part of the draft at `as_of`; facts stated by the notices enter the ledger.

    A directive is removed only when every file of directives could be read: a fault never counts as a wish.
    Raises IncompleteError where a whole-file area is broken and was never adopted before.
    """
    by_directive, others = crossed(draft)
    faults = tuple(fault for found in by_directive.values() for fault in found)
    findings = (*draft.findings, *faults, *others)
    spoilt = {finding.file for finding in others if finding.severity is Severity.ERROR}
    good = {area: model for area, model in draft.areas.items() if model is not None and f"{area}.yaml" not in spoilt}
    _refuse_incomplete(session, good, findings)
    taken = {placed.directive.code: placed.directive for placed in sound(draft)}
    changes = list(_changes(session, good, taken, as_of, by))
    whole = draft.directives_whole and not by_directive
    removed = tuple(_remove(session, taken, as_of, by)) if whole else ()
    for fact in draft.facts:
        if fact.body["directive"] in taken:
            append(session, fact.entry(as_of))
    _look_again(session, good, dict(changes), as_of)
    return Adopted(
        adopted=tuple(name for name, changed in changes if changed),
        unchanged=tuple(name for name, changed in changes if not changed),
        removed=removed,
        findings=findings,
    )


def current(session: Session) -> Configuration:
    """The adopted configuration. Raises IncompleteError before the first adoption."""
    areas: dict[Area, Frozen | None] = {}
    directives: dict[str, Directive] = {}
    for version in current_versions(session):
        if version.area in MODELS:
            areas[Area(version.area)] = MODELS[Area(version.area)].model_validate_json(version.body)
        elif version.area == Area.DIRECTIVE:
            directives[version.code] = Directive.model_validate_json(version.body)
    return configuration(areas, directives)


def _refuse_incomplete(session: Session, good: dict[Area, Frozen], findings: tuple[Finding, ...]) -> None:
    adopted = {version.area for version in current_versions(session)}
    missing = [area for area in MODELS if area not in good and area not in adopted]
    if missing:
        raise IncompleteError(missing, findings)


def _changes(
    session: Session, good: dict[Area, Frozen], taken: dict[str, Directive], as_of: datetime, by: str
) -> Iterator[tuple[str, bool]]:
    for area, model in good.items():
        yield f"{area}.yaml", adopt_version(session, area, area, model.model_dump_json(by_alias=True), as_of, by)
    for code, directive in taken.items():
        body = directive.model_dump_json(by_alias=True)
        yield code, adopt_version(session, Area.DIRECTIVE, code, body, as_of, by)


def _look_again(session: Session, good: dict[Area, Frozen], changes: dict[str, bool], as_of: datetime) -> None:
    """Whatever changed has to be looked at now; a changed rule concerns every directive."""
    everything = any(changes[f"{area}.yaml"] for area in good)
    for version in current_versions(session, Area.DIRECTIVE):
        if everything or changes.get(version.code):
            set_next(session, version.code, as_of, as_of, head(session).count)


def _remove(session: Session, taken: dict[str, Directive], as_of: datetime, by: str) -> Iterator[str]:
    for version in current_versions(session, Area.DIRECTIVE):
        if version.code not in taken:
            remove(session, Area.DIRECTIVE, version.code, as_of, by)
            set_next(session, version.code, None, as_of, head(session).count)
            yield version.code
