"""A file is what its content says, is called by a harmless name, and is refused with a sentence."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import evidence
from domain.evidence import LIMIT, LONGEST_NAME, Kind, UnfitEvidenceError, clean_name, examined
from tests.domain.files import DOCX, JPEG, PDF, PNG, XLSX, archive


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (PDF, Kind.PDF, ".pdf"),
        (PNG, Kind.PNG, ".png"),
        (JPEG, Kind.JPEG, ".jpg"),
        (DOCX, Kind.DOCX, ".docx"),
        (XLSX, Kind.XLSX, ".xlsx"),
    ],
)
def test_what_it_is_called_follows_from_what_it_is(content: bytes, kind: Kind, ending: str) -> None:
    kept = examined(f"Biên bản{ending.upper()}", content)
    assert (kept.kind, kept.name) == (kind, f"Biên bản{ending.upper()}")
    assert (kept.hash, kept.content) == (sha256(content).hexdigest(), content)
    assert examined("trang.html", content).name == f"trang.html{ending}"


def test_a_jpeg_may_be_called_either_way() -> None:
    assert examined("anh.jpeg", JPEG).name == "anh.jpeg"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "trống"),
        (b"<html><script>alert(1)</script></html>", "không đúng loại"),
        (b"MZ\x90\0", "không đúng loại"),
        (PDF[:-7], "không đúng loại hoặc bị hỏng"),
        (b"GIF89a" + PDF, "không đúng loại"),
        (PNG[:40], "không đúng loại hoặc bị hỏng"),
        (JPEG[:-2], "không đúng loại hoặc bị hỏng"),
        (DOCX[:60], "bị hỏng"),
        (archive("ghi chú.txt"), "là tệp nén"),
        (archive("word/document.xml"), "là tệp nén"),
        (archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), "là tệp nén"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "có macro"),
        (archive("[Content_Types].xml", "word/document.xml", "../../etc/passwd"), "đường dẫn không hợp lệ"),
        (archive("[Content_Types].xml", "word/document.xml", "/etc/passwd"), "đường dẫn không hợp lệ"),
        (archive("[Content_Types].xml", "word/document.xml", "a\\b"), "đường dẫn không hợp lệ"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes, why: str) -> None:
    for name in ("bien-ban.pdf", "bien-ban.docx"):
        with pytest.raises(UnfitEvidenceError, match=why):
            examined(name, content)


def test_ten_megabytes_and_one_byte_are_too_much() -> None:
    full = PDF[:-6] + b" " * (LIMIT - len(PDF)) + PDF[-6:]
    assert len(full) == LIMIT
    assert examined("day.pdf", full).kind is Kind.PDF
    with pytest.raises(UnfitEvidenceError, match="lớn hơn 10 MB"):
        examined("day.pdf", PDF[:-6] + b" " * (LIMIT + 1 - len(PDF)) + PDF[-6:])


def test_a_bomb_is_known_by_its_list_of_members(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive("[Content_Types].xml", "word/document.xml", content=b"\0" * 1_000_000)
    assert len(bomb) < 10_000
    assert examined("to.docx", bomb).kind is Kind.DOCX
    monkeypatch.setattr(evidence, "_UNPACKED", 1_999_999)
    with pytest.raises(UnfitEvidenceError, match="bung ra quá lớn"):
        examined("bom.docx", bomb)
    monkeypatch.setattr(evidence, "_MEMBERS", 2)
    with pytest.raises(UnfitEvidenceError, match="bung ra quá lớn"):
        examined("nhieu.docx", DOCX)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Biên bản.pdf", "Biên bản.pdf"),
        (unicodedata.normalize("NFD", "Biên bản.pdf"), "Biên bản.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\A\\anh.png", "anh.png"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ('"<b>?.pdf', "b.pdf"),
        ("..", "tệp"),
        ("", "tệp"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a" * 300, "a" * 120),
        ("a" * 100 + "." + "b" * 100, "a" * 100 + "." + "b" * 19),
    ],
)
def test_names_are_cleaned(written: str, clean: str) -> None:
    assert clean_name(written) == clean


@settings(max_examples=40)
@given(st.text(max_size=140))
def test_no_name_holds_a_path_or_a_control_character(written: str) -> None:
    name = clean_name(written)
    assert 1 <= len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp"} for one in name)
    assert len(examined(written, PDF).name) <= LONGEST_NAME
