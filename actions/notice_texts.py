"""Files of directives as texts: which there are, what one says, and how another text takes its place at once."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.vietnamese import nfc

LARGEST = 256 * 1024
"""Bytes of a text: four times the longest notice so far."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_LONGEST_NAME = 80


class UnfitTextError(ValueError):
    """A name or text that no file of directives can have; the message says what would do."""


@dataclass(frozen=True)
class NoticeText:
    """A file as it stands."""

    name: str
    text: str
    digest: str
    """SHA-256 of its bytes, hex; empty where there is no such file yet."""


def names(folder: Path) -> tuple[str, ...]:
    """The files of directives in the configuration folder."""
    return tuple(sorted(path.name for path in (folder / "directives").glob("*.yaml")))


def stands(folder: Path, name: str) -> NoticeText:
    """What stands under the name; an empty text where nothing does. Raises UnfitTextError."""
    path = place(folder, name)
    if not path.is_file():
        return NoticeText(name, "", "")
    content = path.read_bytes()
    try:
        return NoticeText(name, content.decode("utf-8"), hashlib.sha256(content).hexdigest())
    except UnicodeDecodeError as error:
        raise UnfitTextError(f"tệp {name} không phải văn bản UTF-8; hãy sửa tệp trên máy chủ") from error


def place(folder: Path, name: str) -> Path:
    """Where the file of that name stands or would: in `directives` and nowhere else. Raises UnfitTextError."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise UnfitTextError(
            "tên tệp chỉ gồm chữ thường không dấu, số và dấu -, kết thúc bằng .yaml; ví dụ 2026-tb-15.yaml"
        )
    path = folder / "directives" / name
    if path.is_symlink() or path.is_dir():
        raise UnfitTextError(f"{name} không phải một tệp thường; hãy chọn tên khác")
    return path


def tidy(typed: str) -> str:
    """A text as files have it, whatever browsers make of lines and keyboards of letters. Raises UnfitTextError."""
    text = nfc(typed.replace("\r\n", "\n").replace("\r", "\n")).rstrip() + "\n"
    if not text.strip():
        raise UnfitTextError("chưa có nội dung tệp")
    if len(text.encode()) > LARGEST:
        raise UnfitTextError(f"nội dung quá dài: tối đa {LARGEST // 1024} KB; hãy chia thành nhiều tệp")
    return text


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While the block lasts nobody else who asks here writes into `directives`, in this process or another."""
    (folder / "directives").mkdir(exist_ok=True)
    handle = os.open(folder / "directives", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def put(folder: Path, name: str, text: str) -> None:
    """Let the text be the file, whole or not at all: nobody ever reads half of it."""
    path = place(folder, name)
    draft = path.with_name(f".{name}.new")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
