"""The secret that signs links and forms: where it is kept, and that nobody could guess it."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from pydantic import SecretStr

SHORTEST = 32
"""Characters."""


class UnusableSecretError(ValueError):
    """The file of the secret cannot be read or made, or holds too little."""


def long_enough(secret: str) -> bool:
    """Whether links may be signed with it."""
    return len(secret) >= SHORTEST


def kept_secret(file: Path) -> str:
    """The secret in the file, made where there is none yet; an empty file is none. Raises UnusableSecretError."""
    try:
        found = _read(file) or _made(file)
    except (OSError, UnicodeDecodeError) as error:
        why = f"không đọc hoặc tạo được tệp khoá ký {file}"
        raise UnusableSecretError(f"{why}; kiểm tra thư mục và quyền ghi, hoặc đặt DONDOC_SECRET_FILE") from error
    if not long_enough(found):
        why = f"khoá ký trong {file} ngắn hơn {SHORTEST} ký tự"
        raise UnusableSecretError(f"{why}; hãy thay bằng chuỗi dài hơn, hoặc xoá tệp để hệ thống tự tạo")
    return found


def given_or_filed(given: SecretStr | str, file: Path | None, setting: str) -> SecretStr | str:
    """What a setting gives, or what the file of `…_FILE` holds, its last line break aside. Raises ValueError."""
    if file is None:
        return given
    if given.get_secret_value() if isinstance(given, SecretStr) else given:
        raise ValueError(f"đặt cả {setting} lẫn {setting}_FILE; bỏ một trong hai")
    try:
        held = _read(file)
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"không đọc được tệp {file}; kiểm tra {setting}_FILE và quyền đọc") from error
    if not held:
        raise ValueError(f"tệp {file} không có hoặc rỗng; ghi vào đó, hoặc bỏ {setting}_FILE")
    return held


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def _made(file: Path) -> str:
    """A new secret, written aside and then linked: nobody reads half of it, and of two makers the first one counts."""
    if file.exists() and not _read(file):
        file.unlink()  # a writer died before he wrote
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}-", encoding="utf-8") as draft:
        draft.write(secrets.token_urlsafe(SHORTEST))
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):  # somebody else made it meanwhile
            os.link(draft.name, file)
    return _read(file)
