"""What a row of a spreadsheet is about: by the key of our own sheets, or by the words of anybody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from actions.sheet_header import Field, plain
from actions.sheet_values import day, short, written
from domain.directive import Directive
from domain.metric import Metric
from domain.situation import Situation
from domain.state import WHOLE, Subject
from domain.vietnamese import UnreadableError
from reports.xlsx_cells import Cell

Cells = Mapping[Field, Cell]

_SHIFTED = "bảng có thể đã sắp xếp lệch cột; hãy tải lại bảng"


class Place(NamedTuple):
    """What a figure is recorded for."""

    directive: str
    metric: str
    subject: str
    """WHOLE: the directive itself."""
    occurrence: date | None

    def key(self) -> str:
        """`directive/metric/subject/occurrence`: codes have no slash."""
        return "/".join((*self[:3], self.occurrence.isoformat() if self.occurrence else ""))


class LostError(ValueError):
    """A row that is about nothing we know, or about nothing certain; `field` is the column to look at."""

    def __init__(self, at: Field, message: str) -> None:
        super().__init__(message)
        self.field = at


@dataclass(frozen=True)
class Places:
    """Finds what rows are about among the directives in force, each looked at when first named."""

    directives: Mapping[str, Directive]
    look: Callable[[str], Situation]
    _subjects: dict[str, Mapping[str, list[Subject]]] = field(default_factory=dict)
    _titles: dict[str, list[str]] = field(default_factory=dict)

    def find(self, cells: Cells) -> Place:
        """What the row is about. Raises LostError."""
        key = written(cells.get(Field.KEY))
        return self._by_key(key, cells) if key else self._by_words(cells)

    def subject(self, place: Place) -> Subject | None:
        """The subject of a place that was found; None for the directive as a whole."""
        known = self._known_subjects(place.directive).get(place.subject, ()) if place.subject else ()
        return next(iter(known), None)

    def _by_key(self, key: str, cells: Cells) -> Place:
        parts = key.split("/")
        directive = self.directives.get(parts[0])
        lost = LostError(Field.KEY, f"không nhận ra mã dòng “{short(key)}”; hãy chép lại từ bảng đã tải về")
        if len(parts) != 4 or directive is None or parts[1] not in {metric.id for metric in directive.metrics}:
            raise lost
        try:
            occurrence = date.fromisoformat(parts[3]) if parts[3] else None
        except ValueError as error:
            raise lost from error
        place = Place(directive.code, parts[1], parts[2], occurrence)
        if place.subject and self.subject(place) is None:
            raise LostError(Field.KEY, f"không có {directive.subject_word} “{short(place.subject)}” của nhiệm vụ này")
        self._refuse_other_words(place, directive, cells)
        return place

    def _refuse_other_words(self, place: Place, directive: Directive, cells: Cells) -> None:
        """A sheet sorted by some of its columns alone has keys beside other rows' words."""
        subject, metric = self.subject(place), directive.metric(place.metric)
        names = {
            Field.DIRECTIVE: {directive.title, directive.code},
            Field.METRIC: {metric.name, metric.id},
            Field.SUBJECT: {subject.name, subject.code} if subject else {""},
        }
        for at, known in names.items():
            seen = plain(written(cells.get(at)))
            if seen and seen not in {plain(name) for name in known}:
                said = short(written(cells[at]))
                raise LostError(at, f"“{said}” không khớp mã dòng “{place.key()}”: {_SHIFTED}")
        if Field.OCCURRENCE in cells and _occurrence(cells[Field.OCCURRENCE]) != place.occurrence:
            raise LostError(Field.OCCURRENCE, f"kỳ không khớp mã dòng “{place.key()}”: {_SHIFTED}")

    def _by_words(self, cells: Cells) -> Place:
        directive = self._directive(written(cells.get(Field.DIRECTIVE)))
        metric = _metric(directive, written(cells.get(Field.METRIC)))
        subject = self._subject(directive, written(cells.get(Field.SUBJECT)))
        return Place(directive.code, metric.id, subject, _occurrence(cells.get(Field.OCCURRENCE)))

    def _directive(self, text: str) -> Directive:
        if not self._titles:
            for code, one in self.directives.items():
                self._titles.setdefault(plain(one.title), []).append(code)
        codes = [text] if text in self.directives else self._titles.get(plain(text), [])
        if not text:
            raise LostError(Field.DIRECTIVE, "chưa ghi nhiệm vụ của dòng này")
        if len(codes) != 1:
            many = f"có {len(codes)} nhiệm vụ tên" if codes else "không có nhiệm vụ nào mã hoặc tên là"
            raise LostError(Field.DIRECTIVE, f"{many} “{short(text)}”; hãy ghi mã nhiệm vụ, xem dondoc plan")
        return self.directives[codes[0]]

    def _subject(self, directive: Directive, text: str) -> str:
        known, word = self._known_subjects(directive.code), directive.subject_word
        if not text:
            return WHOLE
        found = known.get(text) or known.get(plain(text), [])
        if len(found) != 1:
            many = f"có {len(found)} {word} tên" if found else f"không có {word} nào mã hoặc tên là"
            raise LostError(Field.SUBJECT, f"{many} “{short(text)}” của nhiệm vụ {directive.code}; hãy ghi mã {word}")
        return found[0].code

    def _known_subjects(self, directive: str) -> Mapping[str, list[Subject]]:
        """By code, and by name as names are compared."""
        if directive not in self._subjects:
            found: dict[str, list[Subject]] = {}
            for one in self.look(directive).state.subjects:
                for name in {one.code, plain(one.name)}:
                    found.setdefault(name, []).append(one)
            self._subjects[directive] = found
        return self._subjects[directive]


def _metric(directive: Directive, text: str) -> Metric:
    found = [one for one in directive.metrics if text == one.id or plain(text) == plain(one.name)]
    if not text and len(directive.metrics) == 1:
        return directive.metrics[0]
    if len(found) != 1:
        known = ", ".join(one.id for one in directive.metrics)
        missing = f"không có chỉ tiêu “{short(text)}” của" if text else "chưa ghi chỉ tiêu của"
        raise LostError(Field.METRIC, f"{missing} nhiệm vụ {directive.code}; các chỉ tiêu: {known}")
    return found[0]


def _occurrence(cell: Cell | None) -> date | None:
    if cell is None:
        return None
    try:
        return day(cell)[0]
    except UnreadableError as error:
        raise LostError(Field.OCCURRENCE, str(error)) from error
