"""What the machine refused, in a sentence."""

from __future__ import annotations

import errno

_WHY = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EEXIST: "đã có một tệp trùng tên",
    errno.EISDIR: "đây là thư mục, không phải tệp",
}


def unwritable(error: OSError) -> str:
    """Which file or folder could not be used, why, and the setting that names another."""
    why = _WHY.get(error.errno or 0, error.strerror or str(error))
    where = f"“{error.filename}”" if error.filename else "tệp hoặc kết nối"
    return f"không dùng được {where}: {why}; kiểm tra quyền, hoặc đặt DONDOC_HOME sang nơi khác"
