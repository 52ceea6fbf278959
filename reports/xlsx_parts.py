"""What the sheets of an XLSX share: their names and files, the formats of numbers, the texts cells refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS

from reports.xlsx_file import UnusableFileError, parse


def sheet_names(archive: ZipFile) -> list[tuple[str, str]]:
    """Name and relationship of each sheet, in order. Raises UnusableFileError."""
    found: list[tuple[str, str]] = []

    def start(tag: str, given: Mapping[str, str]) -> None:
        if tag == "workbookPr" and given.get("date1904") in ("1", "true"):
            raise UnusableFileError(
                "tệp dùng hệ ngày 1904 của Excel cho Mac đời cũ, ngày sẽ lệch bốn năm; hãy chép sang bảng tính mới"
            )
        if tag == "sheet":
            related = next((value for key, value in given.items() if key.endswith(" id")), "")
            found.append((given.get("name", ""), related))

    parse(archive, "xl/workbook.xml", start, _nothing, _nothing)
    return found


def targets(archive: ZipFile) -> dict[str, str]:
    """Relationship → part."""
    found: dict[str, str] = {}

    def start(tag: str, given: Mapping[str, str]) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            found[given.get("Id", "")] = normpath(target[1:] if target.startswith("/") else f"xl/{target}")

    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        parse(archive, "xl/_rels/workbook.xml.rels", start, _nothing, _nothing)
    return found


def formats(archive: ZipFile) -> list[str]:
    """Number format of each style."""
    own: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(tag: str, given: Mapping[str, str]) -> None:
        inside.append(tag)
        if tag == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "General")
        if tag == "xf" and "cellXfs" in inside:
            styles.append(given.get("numFmtId", "0"))

    if "xl/styles.xml" in archive.namelist():
        parse(archive, "xl/styles.xml", start, lambda _tag: inside.__delitem__(-1), _nothing)
    builtin = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    return [own.get(one) or builtin.get(one, "General") for one in styles]


@dataclass
class Words:
    """Collects the text of `t` elements, without the readings (rPh) of East Asian scripts."""

    pieces: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def start(self, tag: str) -> None:
        """An element begins."""
        self.inside.append(tag)

    def end(self) -> None:
        """The last element ends."""
        self.inside.pop()

    def text(self, piece: str) -> None:
        """A piece of text within it."""
        if self.inside and self.inside[-1] == "t" and "rPh" not in self.inside:
            self.pieces.append(piece)

    def taken(self) -> str:
        """What was collected; it begins anew."""
        whole = "".join(self.pieces)
        self.pieces.clear()
        return whole


def strings(archive: ZipFile) -> list[str]:
    """The texts cells refer to by number."""
    found: list[str] = []
    words = Words()

    def end(tag: str) -> None:
        words.end()
        if tag == "si":
            found.append(words.taken())

    if "xl/sharedStrings.xml" in archive.namelist():
        parse(archive, "xl/sharedStrings.xml", lambda tag, _given: words.start(tag), end, words.text)
    return found


def _nothing(*_of: object) -> None:
    """Not looked at."""
