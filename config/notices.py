"""Files of directives: a notice, its instructions, and the facts it states.

A directive that cannot be read yields findings with their lines; the others of the file go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.areas import validated
from config.placed import Fact, Placed, read_directive, read_facts
from config.yamlfile import YamlFile, load
from domain.directive import Notice
from domain.findings import Finding, Severity, has_errors
from domain.frozen import Frozen


class SourceFinding(Frozen):
    """A contradiction of the source: told, never corrected."""

    severity: Severity
    quote: str
    message: str


class Shape(Frozen):
    """The parts of the file, before anything in them is read."""

    notice: dict[str, Any]
    directives: list[Any]
    facts: tuple[Any, ...] | None = None
    defaults: dict[str, Any] | None = None
    findings: tuple[Any, ...] = ()


@dataclass(frozen=True)
class NoticeFile:
    """What one file of config/directives holds."""

    notice: Notice | None
    directives: tuple[Placed, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    """Faults of the file, and contradictions of the source it names."""
    ends: bool = False
    """Whether it has its last part, `facts`, be it empty: a file without it may have been cut off."""


def read_notices(folder: Path, instead: Path | None = None) -> tuple[NoticeFile, ...]:
    """Every `directives/*.yaml` of the configuration folder, by name; `instead`: read in the place of its namesake."""
    paths = {path.name: path for path in (folder / "directives").glob("*.yaml")}
    if instead is not None:
        paths[instead.name] = instead
    return tuple(read_notice(paths[name], f"directives/{name}", folder) for name in sorted(paths))


def read_notice(path: Path, name: str, folder: Path) -> NoticeFile:
    """One file."""
    file, findings = load(path, name)
    if file is None:
        return NoticeFile(None, (), (), findings)
    _, misshapen = validated(file, (), Shape)
    if {"notice", "directives", "defaults"}.intersection(str(finding.field) for finding in misshapen):
        return NoticeFile(None, (), (), misshapen)
    notice, refused = validated(file, ("notice",), Notice)
    found = refused if notice is None else tuple(_text_findings(file, notice, folder))
    if notice is None or has_errors(found):
        return NoticeFile(None, (), (), (*misshapen, *found))
    return _contents(file, notice, (*misshapen, *found))


def _contents(file: YamlFile, notice: Notice, found: tuple[Finding, ...]) -> NoticeFile:
    defaults, written = file.data.get("defaults") or {}, file.data["directives"]
    read = [read_directive(file, index, defaults, notice) for index in range(len(written))]
    placed = tuple(one for one, _ in read if one)
    # What is wrong among the defaults is wrong with every directive, and told once.
    faults = dict.fromkeys(fault for _, faults in read for fault in faults)
    directives = {one.directive.code: one.directive for one in placed}
    unread = {str(raw.get("code")) for raw in written if isinstance(raw, Mapping)} - directives.keys()
    facts, wrong = read_facts(file, directives, unread)
    told = (*found, *faults, *wrong, *_contradictions(file))
    return NoticeFile(notice, placed, facts, told, ends="facts" in file.data)


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


def _contradictions(file: YamlFile) -> Iterator[Finding]:
    """What the source says against itself: told, never corrected."""
    for index in range(len(file.listed("findings"))):
        place = ("findings", index)
        told, refused = validated(file, place, SourceFinding)
        yield from refused
        if told:
            message, field = f"{told.message} — “{told.quote}”", f"findings.{index}"
            line = file.line(place)
            yield Finding(severity=told.severity, message=message, file=file.name, line=line, field=field)
