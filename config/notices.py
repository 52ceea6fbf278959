"""Files of directives: a notice, its instructions, and the facts it states.

A directive that cannot be read yields findings with their lines; the others of the file go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.areas import repeated, validated
from config.yamlfile import Path_, YamlFile, load, plain
from domain.directive import Directive, Notice
from domain.figures import read_value
from domain.findings import Finding, Severity
from domain.ledger import Entry
from domain.metric import Metric
from domain.vietnamese import UnreadableError


@dataclass(frozen=True)
class Placed:
    """A directive and where it stands, for findings of later checks."""

    directive: Directive
    file: YamlFile
    place: Path_


@dataclass(frozen=True)
class Fact:
    """What the notice states as already so: a ledger entry that waits for the moment it is recorded."""

    body: dict[str, Any]

    def entry(self, recorded_at: datetime) -> Entry:
        """The entry, written down at `recorded_at` by the system."""
        return Entry(**self.body, recorded_at=recorded_at, actor="dondoc")


@dataclass(frozen=True)
class NoticeFile:
    """What one file of config/directives holds."""

    notice: Notice | None
    directives: tuple[Placed, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    """Faults of the file, and contradictions of the source it names."""


def read_notices(folder: Path) -> tuple[NoticeFile, ...]:
    """Every `directives/*.yaml` of the configuration folder, by name."""
    return tuple(
        read_notice(path, f"directives/{path.name}", folder) for path in sorted((folder / "directives").glob("*.yaml"))
    )


def read_notice(path: Path, name: str, folder: Path) -> NoticeFile:
    """One file."""
    file, findings = load(path, name)
    if file is None:
        return NoticeFile(None, (), (), findings)
    if "notice" not in file.data or not isinstance(file.data.get("directives"), list):
        return NoticeFile(None, (), (), (file.error((), "tệp phải có notice và danh sách directives"),))
    notice, refused = validated(file, ("notice",), Notice)
    if notice is None:
        return NoticeFile(None, (), (), refused)
    found = list(_text_findings(file, notice, folder))
    placed = []
    for index in range(len(file.data["directives"])):
        directive, faults = _directive(file, index, notice)
        found += faults
        if directive:
            placed.append(Placed(directive, file, ("directives", index)))
    twice = repeated(file, ("directives",)) if not found else ()
    facts, faults = _facts(file, {one.directive.code: one.directive for one in placed})
    return NoticeFile(notice, tuple(placed), facts, (*found, *twice, *faults, *_contradictions(file)))


def _text_findings(file: YamlFile, notice: Notice, folder: Path) -> Iterator[Finding]:
    text = (folder / notice.file).resolve()
    if not text.is_relative_to(folder.resolve()) or not text.is_file():
        yield file.error(("notice", "file"), f"không có tệp văn bản {notice.file} trong thư mục cấu hình")
    elif hashlib.sha256(text.read_bytes()).hexdigest() != notice.sha256:
        yield file.error(("notice", "sha256"), f"tệp {notice.file} đã khác với bản được ghi nhận")
    for field, label in (("number", "số ký hiệu"), ("issued", "ngày ban hành")):
        if getattr(notice, field) is None:
            message = f"văn bản không ghi {label}; chỉ các hạn tính từ {label} phải chờ"
            line = file.line(("notice", field))
            yield Finding(severity=Severity.NOTE, message=message, file=file.name, line=line, field=f"notice.{field}")


def _directive(file: YamlFile, index: int, notice: Notice) -> tuple[Directive | None, list[Finding]]:
    place: Path_ = ("directives", index)
    raw = file.data["directives"][index]
    if not isinstance(raw, dict):
        return None, [file.error(place, "mỗi nhiệm vụ phải là một bảng khoá: giá trị")]
    body = plain(file.data.get("defaults") or {}) | plain(raw) | {"notice": notice}
    faults = list(_read_targets(file, place, body))
    if faults:
        return None, faults
    try:
        return Directive.model_validate(body), []
    except ValidationError as error:
        return None, list(file.errors(place, error))


def _read_targets(file: YamlFile, place: Path_, body: dict[str, Any]) -> Iterator[Finding]:
    """Turn the written target of each milestone into a value, in place; unreadable ones become findings."""
    metrics = {}
    for raw in body.get("metrics") or ():
        try:
            metric = Metric.model_validate(raw)
        except ValidationError:
            continue  # the directive's own validation reports it, with its line
        metrics[metric.id] = metric
    for index, milestone in enumerate(body.get("milestones") or ()):
        written, metric_id = milestone.get("target"), milestone.get("metric")
        if written is None or metric_id not in metrics:
            continue
        try:
            milestone["target"] = read_value(str(written), metrics[metric_id])
        except UnreadableError as error:
            yield file.error((*place, "milestones", index, "target"), str(error))


def _facts(file: YamlFile, directives: dict[str, Directive]) -> tuple[tuple[Fact, ...], list[Finding]]:
    facts, faults = [], []
    for index, raw in enumerate(file.data.get("facts") or ()):
        body, place = plain(raw), ("facts", index)
        directive = directives.get(str(body.get("directive")))
        if directive is None:
            faults.append(file.error((*place, "directive"), f"không có nhiệm vụ “{body.get('directive')}” đọc được"))
            continue
        try:
            body["value"] = read_value(str(body["value"]), directive.metric(body["metric"]))
            fact = Fact(body)
            fact.entry(datetime.fromisoformat("2000-01-01T00:00:00+07:00"))
            facts.append(fact)
        except KeyError as error:
            faults.append(file.error(place, f"không có trường hoặc chỉ tiêu {error}"))
        except UnreadableError as error:
            faults.append(file.error((*place, "value"), str(error)))
        except ValidationError as error:
            faults += file.errors(place, error)
    return tuple(facts), faults


def _contradictions(file: YamlFile) -> Iterator[Finding]:
    """What the source says against itself: told, never corrected."""
    for index, raw in enumerate(file.data.get("findings") or ()):
        yield Finding(
            severity=Severity(raw["severity"]),
            message=f"{raw['message']} — “{raw['quote']}”",
            file=file.name,
            line=file.line(("findings", index)),
            field=f"findings.{index}",
        )
