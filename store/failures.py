"""A database that cannot be used at all, told in a sentence for whoever can mend it."""

from __future__ import annotations

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError

_DAMAGED = ("file is not a database", "database disk image is malformed")
_READ_ONLY = "25006"
"""How PostgreSQL says that it may only be read: a standby, or a server set so after a failover."""
_READ_ONLY_FILE = "attempt to write a readonly database"
_FORBIDDEN = ("unable to open database file", "disk I/O error", "database or disk is full")


class UnusableStoreError(RuntimeError):
    """The server does not answer, or the file is damaged or may not be written."""


def read_only(error: DBAPIError, url: URL) -> UnusableStoreError | None:
    """What is wrong where a writing transaction was refused for being one; None where it failed for another reason."""
    refused = getattr(error.orig, "sqlstate", None) == _READ_ONLY or str(error.orig).startswith(_READ_ONLY_FILE)
    where = f"cơ sở dữ liệu {url.render_as_string()}"
    told = f"{where} chỉ cho đọc: không ghi được, nên cũng không gửi gì; kiểm tra máy chủ hoặc quyền của tệp"
    return UnusableStoreError(told) if refused else None


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
