"""Is the ledger still what was written? Its chain, the file that keeps its end, and an end noted on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.findings import Finding, Severity
from store import Store, reading
from store.head import EMPTY, Head
from store.ledger import head
from store.proof import hash_at, last_entry_at
from store.verification import verify, verify_files

_NOTED = re.compile(r"(\d{1,18})\s+([0-9a-f]{8,64})", re.IGNORECASE)


class UnreadableHeadError(ValueError):
    """What was typed is not the end of a ledger."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"không đọc được đầu sổ “{text}”; cần số bút toán và ít nhất 8 ký tự đầu của mã băm, ví dụ: 128 3f9a0c41"
        )


@dataclass(frozen=True)
class Verified:
    """The end of the ledger, and what is wrong with it."""

    head: Head
    last_entry_at: datetime | None
    noted: Head | None
    """The end that was asked about; its hash may be shortened."""
    findings: tuple[Finding, ...]


def read_noted(text: str) -> Head:
    """`128 3f9a0c41…` as printed, the hash whole or its beginning. Raises UnreadableHeadError."""
    found = _NOTED.fullmatch(text.strip())
    if found is None:
        raise UnreadableHeadError(text)
    return Head(count=int(found[1]), hash=found[2].lower())


def verified(store: Store, head_file: Path, noted: Head | None = None) -> Verified:
    """Everything wrong with the ledger; with an end that was noted, whether the chain still passes through it."""
    with reading(store) as opened:
        findings = verify(opened, head_file)  # first: it has to read the file before the database
        findings += verify_files(opened)
        end = head(opened)
        passed = EMPTY.hash if noted and noted.count == 0 else hash_at(opened, noted.count) if noted else None
        last = last_entry_at(opened)
    if noted is not None:
        findings += _missed(noted, end, passed)
    return Verified(end, last, noted, findings)


def _missed(noted: Head, end: Head, passed: str | None) -> tuple[Finding, ...]:
    if passed is not None and passed.startswith(noted.hash):
        return ()
    if noted.count > end.count:
        message = f"đầu sổ đã in ghi {noted.count} bút toán, sổ chỉ có {end.count}: phần cuối sổ đã bị cắt"
    else:
        message = f"bút toán số {noted.count} không mang mã băm đã in ({noted.hash[:8]}…): sổ đã bị viết lại"
    return (Finding(severity=Severity.ERROR, message=message),)
