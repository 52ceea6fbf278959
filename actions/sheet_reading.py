"""What a spreadsheet would record: each row that says something as a report to be, or what is wrong with it by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from actions.sheet_header import Field, Header, header, plain
from actions.sheet_lines import (
    SOURCE,
    Fate,
    Fault,
    Line,
    Sender,
    digest,
    entry_id,
    without_contradictions,
)
from actions.sheet_places import Cells, LostError, Place, Places
from actions.sheet_typed import Typed, typed
from actions.sheet_values import short, written
from domain import vietnamese as vn
from domain.directive import Directive
from domain.figures import say
from domain.ledger import Entry, EntryKind
from domain.metric import Metric, Value
from domain.situation import Situation
from domain.state import Figure
from reports.xlsx_cells import Cell, CellKind, Sheet, place
from reports.xlsx_file import UnusableFileError
from reports.xlsx_sheets import sheets

_TOTAL = re.compile(r"(tổng|cộng|tổng cộng|tổng số|cộng dồn)( toàn \w+)?")
_TYPED = (Field.VALUE, Field.DAY, Field.EVIDENCE, Field.ESTIMATE)
"""Columns that make a row a statement; a note alone is its writer's own."""
_SHARED = (Field.DIRECTIVE, Field.METRIC, Field.SUBJECT, Field.OCCURRENCE, Field.DAY, Field.EVIDENCE)
"""Columns whose merged cells speak for every row they cover."""


def read_lines(
    content: bytes, directives: Mapping[str, Directive], look: Callable[[str], Situation], sender: Sender
) -> tuple[Line, ...]:
    """Every row of every sheet that says something, in order. Raises UnusableFileError where there is no such sheet."""
    subject_words = {one.subject_word for one in directives.values()}
    found = [(number, sheet, header(sheet, subject_words)) for number, sheet in enumerate(sheets(content), start=1)]
    several = len([head for _, _, head in found if head]) > 1
    reporting = [_Table(number, sheet, head, several) for number, sheet, head in found if head]
    if not reporting:
        raise UnusableFileError(
            "không thấy dòng tiêu đề có đủ các cột “Nhiệm vụ” (hoặc “Mã dòng”), “Kết quả”, “Tính đến ngày”"
        )
    reader = _Reader(Places(directives, look), look, digest(content), sender)
    return without_contradictions(line for table in reporting for line in reader.lines(table))


@dataclass(frozen=True)
class _Table:
    """A sheet that reports something."""

    number: int
    sheet: Sheet
    head: Header
    several: bool
    """Whether the sheet has to be named beside the cell."""

    def rows(self) -> Iterator[int]:
        """Rows in which something was typed."""
        columns = [self.head.columns[field] for field in _TYPED if field in self.head.columns]
        for row, own in self.sheet.rows.items():
            if row >= self.head.below and any(_says(own.get(column)) for column in columns):
                yield row

    def cells(self, row: int) -> Cells:
        """What stands under the headings."""
        own = self.sheet.rows[row]
        found = {
            field: self.sheet.seen(row, column) if field in _SHARED else own.get(column)
            for field, column in self.head.columns.items()
        }
        return {field: cell for field, cell in found.items() if cell is not None and _says(cell)}

    def name(self, row: int, field: Field) -> str:
        """The cell of a field; where there is no such column, that of the row's figure."""
        found = place(row, self.head.columns.get(field, self.head.columns[Field.VALUE]))
        return f"{self.sheet.name}!{found}" if self.several else found

    def adds_up(self, row: int) -> bool:
        """Whether the row looks like the total of those above."""
        return any(_TOTAL.fullmatch(plain(written(cell))) for cell in self.sheet.rows[row].values())

    def shared_figure(self, row: int) -> bool:
        """Whether its figure is merged with another row's: nobody knows of which it is."""
        return self.sheet.spread(row, self.head.columns[Field.VALUE])


def _says(cell: Cell | None) -> bool:
    return cell is not None and (cell.kind is CellKind.UNCOMPUTED or written(cell) != "")


@dataclass(frozen=True)
class _Reader:
    places: Places
    look: Callable[[str], Situation]
    file: str
    sender: Sender

    def lines(self, table: _Table) -> Iterator[Line]:
        for row in table.rows():
            line = self._line(table, row)
            if line:
                yield line

    def _line(self, table: _Table, row: int) -> Line | None:
        cells = table.cells(row)
        at, text = table.name(row, Field.VALUE), short(written(cells.get(Field.VALUE)))
        line = Line(f"{table.number}-{row}", at, "", "", text, Fate.REFUSED)
        try:
            about = self.places.find(cells)
        except LostError as lost:
            return None if table.adds_up(row) else line.refused(Fault(table.name(row, lost.field), str(lost)))
        if table.shared_figure(row):
            return line.refused(Fault(at, "ô gộp nhiều dòng, không rõ số liệu của dòng nào; hãy bỏ gộp ô"))
        metric = self.look(about.directive).directive.metric(about.metric)
        said = typed(cells, metric, lambda field: table.name(row, field))
        return self._judged(line, about, metric, said, table.name(row, Field.DAY))

    def _judged(self, line: Line, about: Place, metric: Metric, said: Typed, day_cell: str) -> Line:
        known = self._known(about)
        before = _told(metric, known[-1].stated, known[-1]) if known else ""
        line = replace(line, what=self._words(about, metric), before=before)
        if said.faults or said.value is None:
            return line.refused(*said.faults)
        if said.day is None and known and _same(known[-1].stated, said.value):
            return line.unchanged()
        if said.day is None:
            return line.refused(Fault(day_cell, "chưa ghi ngày của số liệu (tính đến ngày nào)"))
        entry = self._entry(line.row, about, said)
        line = replace(line, after=_told(metric, said.value, entry), entry=entry, fate=Fate.NEW)
        repeats = any(one.as_of == said.day and _same(one.stated, said.value) for one in known)
        return line.unchanged() if repeats else line

    def _known(self, about: Place) -> tuple[Figure, ...]:
        """What the ledger has of it, oldest first."""
        figures = self.look(about.directive).state.of(about.metric, about.subject)
        return tuple(one for one in figures if about.occurrence is None or one.occurrence in (None, about.occurrence))

    def _words(self, about: Place, metric: Metric) -> str:
        subject, directive = self.places.subject(about), self.look(about.directive).directive
        occurrence = f"kỳ {vn.day(about.occurrence)}" if about.occurrence else ""
        return " — ".join(filter(None, (directive.title, metric.name, subject.name if subject else "", occurrence)))

    def _entry(self, row: str, about: Place, said: Typed) -> Entry:
        assert said.day is not None  # asked before
        return Entry(
            id=entry_id(self.file, row),
            kind=EntryKind.REPORT,
            directive=about.directive,
            metric=about.metric,
            subject=about.subject or None,
            occurrence=about.occurrence,
            value=said.value,
            as_of=said.day,
            as_of_time=said.clock,
            recorded_at=self.sender.moment,
            actor=self.sender.person,
            source=SOURCE,
            evidence=said.evidence,
            text=said.note,
        )


def _told(metric: Metric, value: Value, of: Figure | Entry) -> str:
    return f"{say(metric, value)}, {vn.day(of.as_of)}"


def _same(one: Value, other: Value) -> bool:
    return one.model_copy(update={"derived": False}) == other.model_copy(update={"derived": False})
