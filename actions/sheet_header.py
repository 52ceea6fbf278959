"""Where a sheet's columns are: found by the words above them, in whatever row and order, beside columns of others."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from actions.sheet_values import written
from reports.xlsx_cells import Sheet, place
from reports.xlsx_file import UnusableFileError

_NUMBERED = re.compile(r"\(?\d{1,2}\)?")
"""`(1)`: many tables number their columns under the heading."""


class Field(StrEnum):
    """What a column is about; the value is the heading of our own sheets."""

    NOTICE = "Văn bản"
    SECTION = "Mục"
    DIRECTIVE = "Nhiệm vụ"
    MILESTONE = "Mốc"
    METRIC = "Chỉ tiêu"
    SUBJECT = "Đối tượng"
    UNIT = "Đơn vị"
    DUE = "Hạn"
    LATEST = "Số liệu gần nhất"
    LATEST_DAY = "Ngày của số liệu gần nhất"
    VALUE = "Kết quả"
    DAY = "Tính đến ngày"
    ESTIMATE = "Số ước (ghi x)"
    EVIDENCE = "Căn cứ"
    NOTE = "Ghi chú"
    OCCURRENCE = "Kỳ"
    KEY = "Mã dòng (không sửa)"


_ALSO: Mapping[Field, tuple[str, ...]] = {
    Field.DIRECTIVE: ("mã nhiệm vụ", "tên nhiệm vụ", "nội dung nhiệm vụ", "nội dung chỉ đạo"),
    Field.METRIC: ("mã chỉ tiêu", "tên chỉ tiêu"),
    Field.SUBJECT: ("mã đối tượng", "tên đối tượng"),
    Field.VALUE: ("kết quả mới", "kết quả thực hiện", "giá trị", "số liệu", "số liệu mới"),
    Field.DAY: ("ngày", "ngày số liệu", "số liệu đến ngày", "đến ngày", "đúng đến ngày", "thời điểm số liệu"),
    Field.ESTIMATE: ("ước", "ước tính", "ước thực hiện"),
    Field.EVIDENCE: ("văn bản căn cứ", "tài liệu căn cứ", "minh chứng"),
    Field.NOTE: ("ghi chú của đơn vị",),
    Field.OCCURRENCE: ("kỳ báo cáo", "ngày của kỳ"),
    Field.KEY: ("mã dòng",),
}
_SAID = frozenset(
    {
        Field.DIRECTIVE,
        Field.METRIC,
        Field.SUBJECT,
        Field.VALUE,
        Field.DAY,
        Field.ESTIMATE,
        Field.EVIDENCE,
        Field.NOTE,
        Field.OCCURRENCE,
        Field.KEY,
    }
)
"""What is read; the other columns of our sheets only show."""
_SEARCHED = 40
"""Rows in which a heading is looked for."""
_DEEPEST = 3
"""Rows one heading may be spread over."""


@dataclass(frozen=True)
class Header:
    """Where the columns are, and the first row below."""

    columns: Mapping[Field, int]
    below: int


def header(sheet: Sheet, subject_words: Collection[str] = ()) -> Header | None:
    """The heading of a sheet that reports something; None for any other. Raises UnusableFileError for a doubtful one.

    `subject_words`: what subjects are called here (dự án, xã).
    """
    known = _known(subject_words)
    top = [row for row in sheet.rows if row <= _SEARCHED]
    found = [(row, _labels(sheet, row, known)) for row in top]
    complete = [(row, labels) for row, labels in found if _reports(labels)]
    if not complete:
        return None
    row, labels = complete[0]
    for _ in range(_DEEPEST):
        if _continues(sheet, row, known):
            row += 1
            labels = _labels(sheet, row, known)
    return Header({field: columns[0] for field, columns in _once(sheet, row, labels).items()}, row + 1)


def plain(text: str) -> str:
    """Headings and names as they are compared: small letters, single spaces, without remarks in brackets."""
    return " ".join(re.sub(r"\([^)]*\)|[*:]", " ", text).casefold().split())


def _known(subject_words: Collection[str]) -> dict[str, Field]:
    ours = {plain(word): field for field in _SAID for word in (field.value, *_ALSO.get(field, ()))}
    theirs = {plain(f"{before}{word}") for word in subject_words for before in ("", "tên ", "mã ")}
    return dict.fromkeys(theirs, Field.SUBJECT) | ours


def _labels(sheet: Sheet, row: int, known: Mapping[str, Field]) -> dict[Field, list[int]]:
    """Field → its columns, as the row says, or the rows above where it says nothing of its own."""
    found: dict[Field, list[int]] = {}
    rows = range(max(row - _DEEPEST + 1, 1), row + 1)
    for column in sorted({column for one in rows for column in (*sheet.rows.get(one, {}), *sheet.merged.get(one, {}))}):
        texts = (plain(written(sheet.seen(one, column))) for one in reversed(rows))
        field = next((known[text] for text in texts if text in known), None)
        if field:
            found.setdefault(field, []).append(column)
    return found


def _reports(labels: Collection[Field]) -> bool:
    return Field.VALUE in labels and Field.DAY in labels and (Field.KEY in labels or Field.DIRECTIVE in labels)


def _continues(sheet: Sheet, row: int, known: Mapping[str, Field]) -> bool:
    """Whether the next row still belongs to the heading: it names fields, numbers the columns, or hangs on this one."""
    texts = [written(cell) for cell in sheet.rows.get(row + 1, {}).values()]
    named = [text for text in texts if plain(text) in known]
    numbered = len(texts) > 2 and all(_NUMBERED.fullmatch(text) for text in texts)
    hangs = any(top <= row for top, _ in sheet.merged.get(row + 1, {}).values())
    return len(named) > 1 or numbered or hangs


def _once(sheet: Sheet, row: int, labels: Mapping[Field, list[int]]) -> Mapping[Field, list[int]]:
    for field in (Field.VALUE, Field.DAY, Field.KEY):
        columns = labels.get(field, [])
        if len(columns) > 1:
            where = ", ".join(place(row, column) for column in columns)
            raise UnusableFileError(
                f"trang “{sheet.name}” có nhiều cột “{field.value}” ({where}); hãy giữ một cột, đổi tên các cột còn lại"
            )
    return labels
