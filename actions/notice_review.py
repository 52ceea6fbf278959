"""A file of directives before it is written: what is wrong with it, what it plans, and what adopting it would change.

A broken file is never written, and nothing is written that was not looked at as it would stand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.adopt import Adopted, adopt
from actions.changes import Difference
from actions.check import as_written, situations_as_written, working
from actions.configuring import ChangedMeanwhileError, Looked, look, mark
from actions.notice_texts import alone, place, put, stands
from actions.office import Office
from actions.plan import Json, plan_rows
from config.reading import Draft, IncompleteError
from domain.findings import Finding, Severity
from domain.workdays import OutsideCalendarError
from store import session

AFTER = timedelta(days=60)
"""How far past the last due rungs are shown: enough to see how lateness is urged."""


class BrokenTextError(RuntimeError):
    """The text would not come into force; nothing was written."""


@dataclass(frozen=True)
class Review:
    """What becomes of the office if the text stood under that name."""

    findings: tuple[Finding, ...]
    """Of the file, by line; and errors that it would bring to others."""
    plan: tuple[Json, ...]
    """Its directives, as actions/plan.py tells them."""
    difference: Difference | None
    seen: str
    """A mark of the text and of everything beside it."""

    @property
    def sound(self) -> bool:
        """Whether it may be written."""
        return self.difference is not None and not any(one.severity is Severity.ERROR for one in self.findings)


def review(office: Office, name: str, text: str, at: datetime) -> Review:
    """Look at the text as if it stood there; nothing is written. Raises UnfitTextError."""
    return _reviewed(office, name, text, at)[0]


def keep(office: Office, name: str, text: str, *, base: str, seen: str, by: str, at: datetime) -> Adopted:
    """Write the text and adopt the folder.

    `base`: digest of the file it started from; `seen`: of its review. Raises ChangedMeanwhileError, BrokenTextError and
    UnfitTextError, having written nothing.
    """
    folder = office.settings.config_dir
    place(folder, name)
    with alone(folder):
        if stands(folder, name).digest != base:
            raise ChangedMeanwhileError(f"tệp {name} vừa được người khác sửa; hãy mở lại tệp rồi ghi phần của mình")
        found, draft = _reviewed(office, name, text, at)
        if not found.sound:
            raise BrokenTextError("tệp còn lỗi nên chưa ghi; bản đang có hiệu lực giữ nguyên")
        if found.seen != seen:
            raise ChangedMeanwhileError("nội dung hoặc các tệp khác đã đổi sau lần kiểm tra; hãy xem lại rồi ghi")
        put(folder, name, text)
        with session(office.store) as opened:
            return adopt(opened, draft, at, by)


def _reviewed(office: Office, name: str, text: str, at: datetime) -> tuple[Review, Draft]:
    folder = office.settings.config_dir
    place(folder, name)
    with TemporaryDirectory() as aside:
        written = Path(aside, name)
        written.write_text(text, encoding="utf-8", newline="\n")
        found, file = look(office, at, written), f"directives/{name}"
        told = _own(office, _told(found), file, at)
        seen = hashlib.sha256("\0".join((mark(folder), name, text)).encode()).hexdigest()
        plan = _plan(found.draft, file, at)
        return Review(told, plan, found.difference, seen), found.draft


def _told(found: Looked) -> tuple[Finding, ...]:
    """What is said of the files, and of what would not come into force beside them."""
    more = found.difference.findings if found.difference else (_error(found.why),)
    return tuple(dict.fromkeys((*found.findings, *more)))


def _own(office: Office, told: tuple[Finding, ...], file: str, at: datetime) -> tuple[Finding, ...]:
    """What is said of the file, and the errors elsewhere that were not there without it."""
    foreign = [one for one in told if one.file != file and one.severity is Severity.ERROR]
    lasting = {(one.file, one.message) for one in _told(look(office, at))} if foreign else set()
    return tuple(one for one in told if one.file == file or (one in foreign and (one.file, one.message) not in lasting))


def _plan(draft: Draft, file: str, at: datetime) -> tuple[Json, ...]:
    try:
        written = as_written(draft)
    except IncompleteError:
        return ()
    own = {placed.directive.code for placed in draft.placed if placed.file.name == file}
    try:
        found = [one for one in situations_as_written(written, draft, at) if one.directive.code in own]
    except OutsideCalendarError:
        return ()  # a finding says which date no calendar reaches
    dues = [track.due.overdue_after for one in found for track in one.tracks if track.due]
    return tuple(plan_rows(found, max([at, *dues]) + AFTER, working(written.channels)))


def _error(message: str) -> Finding:
    return Finding(severity=Severity.ERROR, message=message)
