"""A database that went back in time: yesterday's backup would urge everybody once more for a whole day.

What was sent cannot be known from it any more, so nothing is sent until a person has said that this is the book to go
on with. Two files outside the database remember how far it had come: the head of the ledger, and the last line of the
log of transmissions. They must not be restored along with it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from domain.clocktime import iso
from store import Session, Store, reading, session
from store.head import BrokenHeadError, Head, read_head, write_head
from store.highwater import last_attempt, still_there
from store.ledger import continues, head
from store.marks import set_mark

CONFIRMED = "restored"
"""The mark of who said, and when, that the restored database is the one to go on with."""


class RestoredError(RuntimeError):
    """The database is older than what is remembered outside it; nothing was looked at and nothing sent."""


def held_because(store: Store) -> str | None:
    """Why nothing may be sent (Vietnamese): the database is behind what is remembered of it. None: all is well."""
    # Files first: what is sent meanwhile can then only make the database seem ahead.
    ledger, sent = _kept(store.head_file), _kept(sent_file(store))
    with reading(store) as opened:
        behind = [*_ledger_behind(opened, ledger), *_log_behind(opened, sent)]
    if not behind:
        return None
    return (
        f"{'; '.join(behind)}: cơ sở dữ liệu đã lùi về trước, có thể do khôi phục bản sao lưu. Tạm dừng gửi để không "
        "gửi lại những gì đã gửi; hãy kiểm tra rồi xác nhận bằng lệnh dondoc doctor --restored"
    )


def note_sent(store: Store) -> None:
    """Let the file follow the log of transmissions: at the beginning and at the end of every round."""
    kept = _kept(sent_file(store))
    with reading(store) as opened:
        now = last_attempt(opened)
        follows = kept is None or (isinstance(kept, Head) and kept.count < now.count and still_there(opened, kept))
    if follows:
        write_head(sent_file(store), now)


def confirm_restored(store: Store, at: datetime, by: str) -> None:
    """A person has looked: what the database says now is what counts. What was remembered is kept beside it."""
    with session(store) as opened:
        set_mark(opened, CONFIRMED, f"{iso(at)} {by}")
        standing = {store.head_file: head(opened), sent_file(store): last_attempt(opened)}
    for file, stands in standing.items():
        if file.exists():
            file.rename(file.with_name(f"{file.name}.{at:%Y%m%dT%H%M%S}"))
        write_head(file, stands)


def sent_file(store: Store) -> Path:
    """Where the last line of the log of transmissions is remembered."""
    return store.head_file.with_name("sent.head")


def _kept(file: Path) -> Head | BrokenHeadError | None:
    try:
        return read_head(file)
    except BrokenHeadError as broken:
        return broken


def _ledger_behind(opened: Session, kept: Head | BrokenHeadError | None) -> list[str]:
    """A file that is broken or gone is the patrol's matter: it says nothing of the database."""
    if not isinstance(kept, Head) or continues(opened, kept):
        return []
    return [f"sổ từng có {kept.count} bút toán, nay còn {head(opened).count} hoặc đã khác"]


def _log_behind(opened: Session, kept: Head | BrokenHeadError | None) -> list[str]:
    if isinstance(kept, BrokenHeadError):
        return ["tệp ghi nhớ lượt gửi bị hỏng"]
    if kept is None or still_there(opened, kept):
        return []
    return [f"nhật ký gửi từng đến dòng {kept.count}, nay đến dòng {last_attempt(opened).count}"]
