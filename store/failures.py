"""A database that cannot be used at all, told in a sentence for whoever can mend it."""

from __future__ import annotations

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError

_DAMAGED = ("file is not a database", "database disk image is malformed")
_FORBIDDEN = ("unable to open database file", "disk I/O error", "database or disk is full")


class UnusableStoreError(RuntimeError):
    """The server does not answer, or the file is damaged or may not be written."""


def unusable(error: DBAPIError, url: URL) -> UnusableStoreError | None:
    """What is wrong with the database itself; None where a single statement failed."""
    where, said = f"cơ sở dữ liệu {url.render_as_string()}", str(error.orig)
    if said.startswith(_DAMAGED):
        return UnusableStoreError(f"{where} bị hỏng hoặc không phải của Đôn Đốc; hãy khôi phục từ bản sao lưu")
    if said.startswith(_FORBIDDEN):
        return UnusableStoreError(f"không mở hoặc không ghi được {where}; kiểm tra quyền và dung lượng ổ đĩa")
    unanswered = url.get_backend_name() == "postgresql" and isinstance(error, OperationalError)
    if unanswered and getattr(error.orig, "sqlstate", None) is None:
        said = said.splitlines()[0]
        return UnusableStoreError(f"không kết nối được {where}; kiểm tra máy chủ và DONDOC_DATABASE_URL ({said})")
    return None
