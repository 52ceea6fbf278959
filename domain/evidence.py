"""Files that prove a statement: what they are is read from their content, never from what their sender calls them."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from domain.vietnamese import nfc

LIMIT = 10 * 1024 * 1024
"""Bytes of one file."""
LONGEST_NAME = 120
"""Characters of a name, its ending included."""
_UNPACKED = 200 * 1024 * 1024
_MEMBERS = 5000
"""What a document of an office may unpack to; more is made to fill a disk."""


class UnfitEvidenceError(ValueError):
    """A file that cannot be kept as evidence; the message says why and what can be."""


class Kind(StrEnum):
    """What can be kept, by the content type it is given out under."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_ENDINGS = {
    Kind.PDF: (".pdf",),
    Kind.PNG: (".png",),
    Kind.JPEG: (".jpg", ".jpeg"),
    Kind.DOCX: (".docx",),
    Kind.XLSX: (".xlsx",),
}
_PARTS = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml"}
"""The member that makes an archive a document of its kind."""
_ACCEPTED = "chỉ nhận tệp PDF, PNG, JPEG, DOCX, XLSX"


@dataclass(frozen=True)
class Evidence:
    """A file as it is kept."""

    hash: str
    """SHA-256 of the content, hex."""
    name: str
    kind: Kind
    content: bytes


def examined(name: str, content: bytes) -> Evidence:
    """The file as it can be kept. Raises UnfitEvidenceError."""
    shown = clean_name(name)
    if not content:
        raise UnfitEvidenceError(f"tệp “{shown}” trống")
    if len(content) > LIMIT:
        raise UnfitEvidenceError(f"tệp “{shown}” lớn hơn {LIMIT // 1024 // 1024} MB; hãy nén ảnh hoặc tách tệp")
    kind = _kind(content, shown)
    ending = _ENDINGS[kind]
    if not shown.lower().endswith(ending):
        shown = f"{shown[: LONGEST_NAME - len(ending[0])]}{ending[0]}"  # what it is called is what it is
    return Evidence(sha256(content).hexdigest(), shown, kind, content)


def clean_name(name: str) -> str:
    """The last part of the path, composed, without control characters and what a file system or header trips over."""
    last = nfc(name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in last if one not in '<>:"|?*')
    words = " ".join(kept.split()).strip(". ")
    if len(words) <= LONGEST_NAME:
        return words or "tệp"
    stem, dot, ending = words.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if dot and len(ending) < 10 else words[:LONGEST_NAME]


def _kind(content: bytes, name: str) -> Kind:
    """What the content is, by its first and last bytes, and an archive by its members."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return Kind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") and b"IEND" in content[-16:]:
        return Kind.PNG
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-1024:]:
        return Kind.JPEG
    if content.startswith(b"PK\x03\x04"):
        return _document(content, name)
    raise UnfitEvidenceError(f"tệp “{name}” không đúng loại hoặc bị hỏng; {_ACCEPTED} còn nguyên")


def _document(content: bytes, name: str) -> Kind:
    """A document or spreadsheet, by the list of its members: nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise UnfitEvidenceError(f"tệp “{name}” bị hỏng, không đọc được") from error
    names = {member.filename for member in members}
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > _UNPACKED:
        raise UnfitEvidenceError(f"tệp “{name}” bung ra quá lớn")
    if any(one.startswith("/") or "\\" in one or ".." in one.split("/") for one in names):
        raise UnfitEvidenceError(f"tệp “{name}” chứa đường dẫn không hợp lệ")
    if any(one.lower().rsplit("/", 1)[-1].startswith("vbaproject") for one in names):
        raise UnfitEvidenceError(f"tệp “{name}” có macro; hãy lưu lại không kèm macro")
    found = [kind for kind, part in _PARTS.items() if part in names and "[Content_Types].xml" in names]
    if len(found) != 1:
        raise UnfitEvidenceError(f"tệp “{name}” là tệp nén; {_ACCEPTED}")
    return found[0]
