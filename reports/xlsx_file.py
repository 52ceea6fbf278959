"""An XLSX that somebody sent: looked over before anything of it is unpacked, and read by a parser that expands nothing.

A workbook is a ZIP of XML parts. What a small file would unpack to, what holds macros or a password, and any part that
declares entities is refused in a sentence. Nothing is ever written to disk, no link is followed, no formula run.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

LARGEST = 10 * 2**20
"""Bytes of a file."""
UNPACKED = 64 * 2**20
"""Bytes of all its parts together: twenty thousand rows of thirty columns need less."""
MEMBERS = 2_000
RATIO = 200
"""How far a part may shrink; ordinary sheets stay under 50."""
SMALL = 2**20
"""Bytes of a part below which its ratio says nothing."""

_CHUNK = 2**16
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, ValueError, KeyError, OSError, EOFError)
_DAMAGED = (*_BROKEN, struct.error, zlib.error)


class UnusableFileError(ValueError):
    """A file that is not read at all; the message says why, and what to do."""


def opened(content: bytes) -> ZipFile:
    """The workbook's parts. Raises UnusableFileError."""
    if len(content) > LARGEST:
        raise UnusableFileError(f"tệp lớn hơn {LARGEST // 2**20} MB; hãy bỏ bớt hình, trang tính không cần rồi gửi lại")
    if content.startswith(_OLD_FORMAT):
        raise UnusableFileError("tệp dạng .xls cũ hoặc có mật khẩu; hãy lưu lại dạng .xlsx, không đặt mật khẩu")
    try:
        archive = ZipFile(BytesIO(content))
    except _DAMAGED as error:
        raise UnusableFileError("tệp không phải bảng tính .xlsx hoặc đã hỏng; hãy mở bằng Excel rồi lưu lại") from error
    _refuse_bomb(archive)
    names = {info.filename.lower() for info in archive.infolist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnusableFileError("tệp có macro; hãy lưu lại dạng .xlsx (Excel Workbook) rồi gửi")
    if "xl/workbook.xml" not in names:
        raise UnusableFileError("tệp không phải bảng tính .xlsx; hãy lưu lại bằng Excel hoặc LibreOffice")
    return archive


def _refuse_bomb(archive: ZipFile) -> None:
    """By the sizes the file declares: the parser never reads more of a part than that."""
    parts = archive.infolist()
    shrunk = any(part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1) for part in parts)
    if len(parts) > MEMBERS or sum(part.file_size for part in parts) > UNPACKED or shrunk:
        raise UnusableFileError("tệp nén bất thường, bung ra quá lớn; hãy chép dữ liệu sang một bảng tính mới")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or part.flag_bits & 1 for part in parts):
        raise UnusableFileError("tệp nén hoặc mã hoá theo kiểu không đọc được; hãy lưu lại dạng .xlsx")


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(archive: ZipFile, name: str, start: Start, end: End, text: Text) -> None:
    """Call back for every element of the part, by local names; attributes as expat has them, `namespace name`.

    Raises UnusableFileError.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.StartElementHandler = lambda tag, given: start(_local(tag), given)
    parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = text
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except UnusableFileError:
        raise
    except (*_DAMAGED, expat.ExpatError) as error:
        raise UnusableFileError(f"phần {name} của tệp đã hỏng; hãy mở bằng Excel rồi lưu lại") from error


def _refuse_entities(*_declared: Any) -> None:
    """No spreadsheet program writes a DOCTYPE; whoever does wants entities to be expanded."""
    raise UnusableFileError("tệp chứa khai báo XML lạ (DOCTYPE); hãy chép dữ liệu sang một bảng tính mới")


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]
