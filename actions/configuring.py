"""The files of the configuration folder beside what is in force: what is wrong with them, and what adopting would do.

Whoever adopts has looked at these very files: a mark of them travels with the form, and another mark is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from actions.adopt import Adopted, adopt
from actions.changes import Difference, difference
from actions.check import check
from actions.office import Office
from config.reading import Draft, IncompleteError, read
from domain.findings import Finding
from domain.workdays import OutsideCalendarError
from store import reading, session


class ChangedMeanwhileError(RuntimeError):
    """The files are not those that were looked at; the message says so."""


@dataclass(frozen=True)
class Looked:
    """A configuration folder, or what would stand there, at one moment."""

    draft: Draft
    findings: tuple[Finding, ...]
    difference: Difference | None
    """None where nothing could be adopted; `why` says why."""
    why: str
    mark: str
    """Of every file that was read."""


def look(office: Office, at: datetime, instead: Path | None = None) -> Looked:
    """The office's folder; `instead`: with that file of directives in the place of its namesake."""
    folder = office.settings.config_dir
    seen = mark(folder)
    draft = read(folder, instead)
    findings = check(draft, at)
    try:
        with reading(office.store) as opened:
            return Looked(draft, findings, difference(opened, draft, at), "", seen)
    except (IncompleteError, OutsideCalendarError) as error:
        return Looked(draft, findings, None, str(error), seen)


def mark(folder: Path) -> str:
    """A digest of all that `read` would read there, and of nothing else."""
    whole = hashlib.sha256()
    paths = [*folder.glob("*.yaml"), *(folder / "directives").glob("*.yaml"), *(folder / "notices").glob("*")]
    for path in sorted(path for path in paths if path.is_file()):
        whole.update(f"{path.relative_to(folder)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def adopt_seen(office: Office, seen: str, by: str, at: datetime) -> Adopted:
    """Adopt the folder, if it is still what was looked at. Raises ChangedMeanwhileError, IncompleteError."""
    folder = office.settings.config_dir
    draft = read(folder)
    if mark(folder) != seen:
        raise ChangedMeanwhileError("các tệp cấu hình vừa được sửa sau khi mở trang này; hãy xem lại các thay đổi")
    with session(office.store) as opened:
        return adopt(opened, draft, at, by)
