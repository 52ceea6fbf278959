"""A scenario: illustrative entries that may be replayed in a demo home or rehearsed, never recorded anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from config.yamlfile import YamlFile, load, plain
from domain.directive import Directive
from domain.figures import read_value
from domain.findings import Finding
from domain.ledger import Entry, EntryKind
from domain.metric import Metric, MetricKind
from domain.vietnamese import UnreadableError

SOURCE = "minh hoạ"


def read_scenario(path: Path, directives: dict[str, Directive]) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Its entries by recorded_at, and what could not be read."""
    file, findings = load(path, path.name)
    if file is None:
        return (), findings
    entries: list[Entry] = []
    faults: list[Finding] = []
    if not isinstance(file.data.get("entries"), list):
        faults.append(file.error(("entries",), "thiếu danh sách entries"))
    for index, raw in enumerate(file.listed("entries")):
        entry, refused = _entry(file, index, plain(raw) if isinstance(raw, Mapping) else {}, directives)
        faults += refused
        if entry and any(entry.id == earlier.id for earlier in entries):
            faults.append(file.error(("entries", index, "id"), f"trùng mã bút toán “{entry.id}”"))
        elif entry:
            entries.append(entry)
    return tuple(sorted(entries, key=lambda entry: entry.recorded_at)), tuple(faults)


def _entry(
    file: YamlFile, index: int, body: dict[str, object], directives: dict[str, Directive]
) -> tuple[Entry | None, tuple[Finding, ...]]:
    place = ("entries", index)
    directive = directives.get(str(body.get("directive")))
    if directive is None:
        return None, (file.error((*place, "directive"), f"không có nhiệm vụ “{body.get('directive')}”"),)
    try:
        if body.get("value") is not None:
            body["value"] = read_value(str(body["value"]), _metric(directive, body))
        return Entry.model_validate({"source": SOURCE, **body}), ()
    except KeyError:
        return None, (file.error((*place, "metric"), f"nhiệm vụ không có chỉ tiêu “{body.get('metric')}”"),)
    except UnreadableError as error:
        return None, (file.error((*place, "value"), str(error)),)
    except ValidationError as error:
        return None, file.errors(place, error)


def _metric(directive: Directive, body: dict[str, object]) -> Metric:
    metric = directive.metric(str(body.get("metric")))
    if body.get("kind") == EntryKind.PLAN:
        return metric.model_copy(update={"kind": MetricKind.AMOUNT})
    return metric
