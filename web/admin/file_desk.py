"""The files of the configuration folder as a list: what each holds, how many findings, since when it is in force."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from actions.configuring import Looked
from config.areas import MODELS, Area
from domain.findings import Severity
from store import Session
from store.configuration import Version, current

_AREAS = {
    Area.UNITS: "đơn vị, nhóm đơn vị",
    Area.PEOPLE: "cán bộ, vị trí, địa chỉ",
    Area.POLICY: "quy chế nhắc việc",
    Area.CHANNELS: "kênh gửi",
    Area.CALENDAR: "lịch làm việc",
}


class FileLine(NamedTuple):
    """A file."""

    name: str
    """Within the folder."""
    edited: str
    """As the form to edit it knows it; empty: it is edited on the server."""
    what: str
    counts: Mapping[str, int]
    """Findings by gravity."""
    at: datetime | None
    """When the newest part of it that is in force was adopted; None: nothing of it is."""
    by: str


def files(opened: Session, looked: Looked) -> tuple[FileLine, ...]:
    """The whole-file areas, then the files of directives."""
    counts: dict[str, Counter[str]] = {}
    for one in looked.findings:
        counts.setdefault(one.file or "", Counter())[one.severity.value] += 1
    versions = current(opened)
    found = []
    for area in MODELS:
        name = f"{area}.yaml"
        newest = _newest(version for version in versions if version.area is area)
        found.append(_line(name, "", _AREAS[area], counts.get(name, Counter()), newest))
    for name, codes in _directives(looked).items():
        newest = _newest(one for one in versions if one.area is Area.DIRECTIVE and one.code in codes)
        file = f"directives/{name}"
        found.append(_line(file, name, f"{len(codes)} nhiệm vụ", counts.get(file, Counter()), newest))
    return tuple(found)


def notices(folder: Path) -> tuple[tuple[str, str], ...]:
    """The texts of notices, each with its SHA-256: what a file of directives has to name."""
    texts = sorted(path for path in (folder / "notices").glob("*") if path.is_file())
    return tuple((f"notices/{path.name}", hashlib.sha256(path.read_bytes()).hexdigest()) for path in texts)


def _directives(looked: Looked) -> dict[str, set[str]]:
    """Files of directives by name, those with nothing that can be read included."""
    found: dict[str, set[str]] = {}
    for one in looked.findings:
        if one.file and one.file.startswith("directives/"):
            found.setdefault(one.file.removeprefix("directives/"), set())
    for placed in looked.draft.placed:
        found.setdefault(placed.file.name.removeprefix("directives/"), set()).add(placed.directive.code)
    return dict(sorted(found.items()))


def _newest(versions: Iterable[Version]) -> Version | None:
    return max(versions, key=lambda version: version.adopted_at, default=None)


def _line(name: str, edited: str, what: str, counts: Counter[str], newest: Version | None) -> FileLine:
    ordered = {gravity.value: counts[gravity.value] for gravity in Severity if counts[gravity.value]}
    at, by = (newest.adopted_at, newest.adopted_by) if newest else (None, "")
    return FileLine(name, edited, what, ordered, at, by)
