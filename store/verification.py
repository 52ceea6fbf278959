"""Whether the ledger is still what was written: no entry edited, removed, moved or cut off.

Inside, each entry is held by the hash of the one before; the end is held by the head row, and by a file outside the
database. A file that lags behind, as after a crash between commit and writing, is brought up; that is no finding.
Files that entries name are held by their hashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, SQLModel

from domain.findings import Finding, Severity
from store.chain import link, utc_text
from store.evidence import altered, missing
from store.head import EMPTY, BrokenHeadError, Head, read_head, write_head
from store.ledger import continues, head

ENTRY = SQLModel.metadata.tables["entry"]


def verify(session: Session, head_file: Path) -> tuple[Finding, ...]:
    """Everything wrong with the chain, none if it is whole. Reads the whole ledger once, row by row.

    The session is a fresh one of `reading`: the file is read before the database, which is then seen as of one
    moment, so that entries appended meanwhile cannot make the file seem ahead.
    """
    kept, findings = _kept(head_file)
    last = EMPTY
    for row in session.connection().execute(ENTRY.select().order_by(ENTRY.c.seq).execution_options(yield_per=1000)):
        findings += _of_row(row, last)
        last = Head(count=row.seq, hash=row.hash)
    if head(session) != last:
        findings.append(_wrong("phần cuối sổ không khớp với dòng đầu sổ trong cơ sở dữ liệu: sổ bị cắt hoặc bị nối"))
    if kept is not None and not continues(session, kept):
        findings.append(_beyond(kept, last, head_file))
    if kept not in {None, last} and not findings and read_head(head_file) == kept:
        write_head(head_file, last)
    return tuple(findings)


def verify_files(session: Session) -> tuple[Finding, ...]:
    """Every file that an entry names is kept, and every file kept still hashes to its name."""
    wrong = [_wrong(f"tệp {digest[:8]}… đã bị sửa: nội dung không còn khớp mã băm") for digest in altered(session)]
    for entry, digests in _attachments(session):
        wrong += [
            _wrong(f"không còn tệp {digest[:8]}… đính kèm bút toán này", entry=entry)
            for digest in missing(session, digests)
        ]
    return tuple(wrong)


def _attachments(session: Session) -> Iterator[tuple[str, list[str]]]:
    """Entries that name files, and the files; those without are left in the database."""
    query = select(ENTRY.c.id, ENTRY.c.body).where(ENTRY.c.body.contains('"attachments":'))
    for entry, body in session.connection().execute(query.order_by(ENTRY.c.seq)).all():
        if found := json.loads(body).get("attachments"):
            yield entry, found


def _kept(head_file: Path) -> tuple[Head | None, list[Finding]]:
    try:
        kept = read_head(head_file)
    except (BrokenHeadError, OSError) as error:
        return None, [_wrong(f"không đọc được tệp giữ đầu sổ: {error}", file=head_file.name)]
    if kept is None:
        message = "không thấy tệp giữ đầu sổ: không biết được phần cuối sổ có bị cắt hay không"
        return None, [_wrong(message, file=head_file.name)]
    return kept, []


def _of_row(row: Row[Any], last: Head) -> Iterator[Finding]:
    """What is wrong with one entry, given the end of the chain before it."""
    if row.seq != last.count + 1:
        yield _wrong(f"thiếu bút toán từ số {last.count + 1} đến số {row.seq - 1}", entry=row.id)
    elif row.previous != last.hash:
        yield _wrong(f"bút toán số {row.seq} không nối tiếp bút toán đứng trước", entry=row.id)
    if row.hash != link(row.seq, row.body, row.previous):
        yield _wrong(f"bút toán số {row.seq} đã bị sửa hoặc bị đổi chỗ: nội dung không còn khớp mã băm", entry=row.id)
    elif not _repeats(row):
        yield _wrong(f"bút toán số {row.seq} bị sửa ở cột tra cứu: cột không còn khớp nội dung", entry=row.id)


def _repeats(row: Row[Any]) -> bool:
    """Whether the columns searched by say what the text says."""
    said = json.loads(row.body)
    columns = {
        **{name: getattr(row, name) for name in ("id", "kind", "directive", "subject", "metric")},
        "as_of": row.as_of.isoformat(),
        "recorded_at": utc_text(row.recorded_at),
    }
    return columns == {name: said.get(name) for name in columns}


def _beyond(kept: Head, last: Head, head_file: Path) -> Finding:
    if kept.count > last.count:
        message = f"tệp giữ đầu sổ ghi {kept.count} bút toán, sổ chỉ còn {last.count}: phần cuối sổ đã bị cắt"
    else:
        message = f"bút toán số {kept.count} không phải bút toán mà tệp giữ đầu sổ đã ghi: sổ đã bị viết lại"
    return _wrong(message, file=head_file.name)


def _wrong(message: str, *, file: str | None = None, entry: str | None = None) -> Finding:
    return Finding(severity=Severity.ERROR, message=message, file=file, field=entry)
