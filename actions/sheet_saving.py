"""From an uploaded spreadsheet to the ledger: first what it would change, then all or chosen rows saved.

Every row is checked by itself, under the lock, like a single report: one bad row stops no other, and the same file sent
again saves nothing new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from actions.admitting import Admission
from actions.evaluate import situation
from actions.record_many import Rule, record_many
from actions.sheet_lines import Fate, Fault, Line, Sender, digest
from actions.sheet_reading import read_lines
from config.reading import Configuration
from domain.authority import not_responsible
from domain.ledger import Entry
from domain.plausible import questions
from domain.situation import Situation
from domain.state import WHOLE
from domain.visible import hidden_mark
from store import Session, Store, reading
from store import session as in_transaction
from store.appending import recorded
from store.uploads import Upload, keep, note_saved

LONGEST_NAME = 200
"""Characters of a file's name that are kept."""


@dataclass(frozen=True)
class Preview:
    """What a file would change."""

    hash: str
    lines: tuple[Line, ...]

    def of(self, *fates: Fate) -> tuple[Line, ...]:
        """The rows with such a fate."""
        return tuple(line for line in self.lines if line.fate in fates)


def preview(session: Session, configuration: Configuration, content: bytes, sender: Sender) -> Preview:
    """Every row of the file with what it would record; nothing is saved. Raises UnusableFileError."""

    @cache
    def look(directive: str) -> Situation:
        return situation(session, configuration, directive, sender.moment)

    lines = read_lines(content, configuration.directives, look, sender)
    entries = [line.entry for line in lines if line.entry]
    known = recorded(session, (entry.id for entry in entries))
    rules = {code: _rules(look(code)) for code in {entry.directive for entry in entries}}
    return Preview(digest(content), tuple(_judged(line, known, rules, look) for line in lines))


def save(
    store: Store,
    configuration: Configuration,
    content: bytes,
    name: str,
    sender: Sender,
    chosen: Collection[str] | None = None,
) -> Preview:
    """Save the file's new rows, or the chosen ones (`Line.row`), and say what became of each. Raises UnusableFileError.

    A row that raises a question is saved only where it is chosen.
    """
    with reading(store) as opened:
        found = preview(opened, configuration, content, sender)
    wanted = {line.row: line.entry for line in found.of(Fate.NEW, Fate.UNSURE) if line.entry and _wanted(line, chosen)}
    with in_transaction(store) as opened:
        keep(opened, Upload(found.hash, sender.person, shown_name(name), sender.moment, {}, None), content)
    refused: dict[str, str] = {}
    saved: dict[str, str] = {}
    for directive, rows in _by_directive(wanted):
        with in_transaction(store) as opened:
            done = record_many(opened, configuration, directive, list(rows.values()), sender.moment, responsible)
            here = {row: entry.id for row, entry in rows.items() if not isinstance(done[entry.id], str)}
            note_saved(opened, found.hash, sender.person, here, sender.moment)
        saved |= here
        refused |= {row: why for row, entry in rows.items() if isinstance(why := done[entry.id], str)}
    return Preview(found.hash, tuple(_outcome(line, saved, refused) for line in found.lines))


def responsible(found: Situation) -> Rule:
    """Refuses what somebody reports for whom they do not answer: asked once for all subjects of one unit."""
    units = {subject.code: subject.unit for subject in found.state.subjects}
    answers: dict[tuple[str, str | None, bool], str | None] = {}

    def refuse(entry: Entry) -> str | None:
        subject = entry.subject or WHOLE
        asked = (entry.actor, units.get(subject), subject == WHOLE)
        if asked not in answers:
            answers[asked] = not_responsible(found, entry.actor, subject)
        return answers[asked]

    return refuse


def shown_name(name: str) -> str:
    """The last part of a file's name, without what a reader cannot see: it is shown, never opened."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    return "".join(mark for mark in last if not hidden_mark(mark) and mark.isprintable())[-LONGEST_NAME:] or "bảng tính"


def _rules(found: Situation) -> Rule:
    """All that refuses a report, as saving will."""
    admission, refuse = Admission(found), responsible(found)
    return lambda entry: admission.why_not(entry) or refuse(entry)


def _judged(line: Line, known: Collection[str], rules: Mapping[str, Rule], look: Callable[[str], Situation]) -> Line:
    entry = line.entry
    if entry is None:
        return line
    if entry.id in known:
        return replace(line, fate=Fate.RECORDED)
    why = rules[entry.directive](entry)
    if why:
        return line.refused(Fault(line.cell, why))
    asked = tuple(Fault(line.cell, finding.message) for finding in questions(look(entry.directive), entry))
    return replace(line, fate=Fate.UNSURE if asked else Fate.NEW, faults=asked)


def _wanted(line: Line, chosen: Collection[str] | None) -> bool:
    return line.row in chosen if chosen is not None else line.fate is Fate.NEW


def _by_directive(wanted: Mapping[str, Entry]) -> Iterable[tuple[str, dict[str, Entry]]]:
    ordered = sorted(wanted.items(), key=lambda one: one[1].directive)
    for directive, rows in groupby(ordered, key=lambda one: one[1].directive):
        yield directive, dict(rows)


def _outcome(line: Line, saved: Collection[str], refused: Mapping[str, str]) -> Line:
    if line.row in saved:
        return replace(line, fate=Fate.RECORDED)
    return line.refused(Fault(line.cell, refused[line.row])) if line.row in refused else line
