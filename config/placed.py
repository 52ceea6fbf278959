"""Directives and facts as they stand in a file: each is read by itself, and remembers its place for later findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from config.refusals import place as within
from config.refusals import refusals, sentence
from config.yamlfile import Path_, YamlFile, plain
from domain.directive import Directive, Notice
from domain.figures import read_value
from domain.findings import Finding
from domain.ledger import Entry
from domain.metric import Metric
from domain.vietnamese import UnreadableError


@dataclass(frozen=True)
class Placed:
    """A directive and where it stands."""

    directive: Directive
    file: YamlFile
    place: Path_


@dataclass(frozen=True)
class Fact:
    """What the notice states as already so: a ledger entry that waits for the moment it is recorded."""

    body: dict[str, Any]
    file: YamlFile
    place: Path_

    def entry(self, recorded_at: datetime) -> Entry:
        """The entry, written down at `recorded_at` by the system."""
        return Entry(**self.body, recorded_at=recorded_at, actor="dondoc")


def read_directive(
    file: YamlFile, index: int, defaults: Mapping[str, Any], notice: Notice
) -> tuple[Placed | None, tuple[Finding, ...]]:
    """The directive at that place of the list, or None and why not."""
    place: Path_ = ("directives", index)
    raw = file.data["directives"][index]
    if not isinstance(raw, Mapping):
        return None, (file.error(place, "mỗi nhiệm vụ phải là một bảng khoá: giá trị"),)
    own = plain(raw)
    body = plain(defaults) | own | {"notice": notice}
    faults = tuple(_read_targets(file, place, body))
    if faults:
        return None, faults
    try:
        return Placed(Directive.model_validate(body), file, place), ()
    except ValidationError as error:
        return None, tuple(_refused(file, place, own, error))


def _refused(file: YamlFile, place: Path_, own: Mapping[str, Any], error: ValidationError) -> Iterator[Finding]:
    """Each refusal at its line: what the directive does not say itself was said among the defaults."""
    for detail in refusals(error):
        where = within(detail)
        shared = bool(where) and where[0] not in own and where[0] in file.data.get("defaults", ())
        yield file.error(("defaults", *where) if shared else (*place, *where), sentence(detail))


def _read_targets(file: YamlFile, place: Path_, body: dict[str, Any]) -> Iterator[Finding]:
    """Turn the written target of each milestone into a value, in place; unreadable ones become findings.

    What is not even a list or a map is left for the directive's own validation, which knows its line.
    """
    metrics = dict(_metrics(body.get("metrics")))
    for index, milestone in _maps(body.get("milestones")):
        written, metric = milestone.get("target"), metrics.get(str(milestone.get("metric")))
        milestone["target"] = None
        if written is None or metric is None:
            continue
        try:
            milestone["target"] = read_value(str(written), metric)
        except UnreadableError as error:
            yield file.error((*place, "milestones", index, "target"), str(error))


def _metrics(written: object) -> Iterator[tuple[str, Metric]]:
    for _, raw in _maps(written):
        try:
            metric = Metric.model_validate(raw)
        except ValidationError:
            continue  # the directive's own validation reports it, with its line
        yield metric.id, metric


def _maps(written: object) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(written, list):
        yield from ((index, raw) for index, raw in enumerate(written) if isinstance(raw, dict))


def read_facts(
    file: YamlFile, directives: Mapping[str, Directive], unread: Collection[str]
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """The facts of the file, and what is wrong with the others; `unread`: directives whose own faults are told."""
    facts: dict[str, Fact] = {}
    faults: list[Finding] = []
    for index, raw in enumerate(file.listed("facts")):
        place = ("facts", index)
        body = plain(raw) if isinstance(raw, Mapping) else {}
        if str(body.get("directive")) in unread:
            continue
        found = tuple(_faults(file, place, body, directives))
        faults += found
        if found:
            continue
        if body["id"] in facts:
            faults.append(file.error((*place, "id"), f"trùng mã số liệu “{body['id']}”"))
        facts.setdefault(body["id"], Fact(body, file, place))
    return tuple(facts.values()), tuple(faults)


def _faults(
    file: YamlFile, place: Path_, body: dict[str, Any], directives: Mapping[str, Directive]
) -> Iterator[Finding]:
    """What is wrong with a fact; its written value becomes one that is read, in place."""
    directive = directives.get(str(body.get("directive")))
    if directive is None:
        yield file.error((*place, "directive"), f"không có nhiệm vụ “{body.get('directive')}” trong tệp")
        return
    metric = next((metric for metric in directive.metrics if metric.id == body.get("metric")), None)
    if metric is None:
        yield file.error((*place, "metric"), f"nhiệm vụ không có chỉ tiêu “{body.get('metric')}”")
        return
    try:
        body["value"] = read_value(str(body.get("value", "")), metric)
        Fact(body, file, place).entry(_ANY)
    except UnreadableError as error:
        yield file.error((*place, "value"), str(error))
    except ValidationError as error:
        yield from file.errors(place, error)


_ANY = datetime.fromisoformat("2000-01-01T00:00:00+07:00")
"""A fact is checked before the moment of its recording is known."""
