"""Sealing what must not be readable at rest: whoever copies the database gets nothing without the key."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr


class BrokenSealError(ValueError):
    """What is kept cannot be opened with the key of today."""

    def __init__(self) -> None:
        super().__init__("không mở được mã đã lưu: khoá mã hoá đã đổi, hoặc dữ liệu bị sửa; cần cấp quyền lại")


class Vault:
    """Fernet (AES-128-CBC with HMAC-SHA256). The first key seals; all of them open, so that a key can be changed."""

    def __init__(self, keys: Sequence[SecretStr]) -> None:
        """Raises ValueError, with the way out, where a key is none."""
        try:
            self._keys = MultiFernet([Fernet(key.get_secret_value()) for key in keys])
        except ValueError:
            raise ValueError("khoá mã hoá không dùng được: cần 32 byte viết dưới dạng base64 (Fernet)") from None

    def seal(self, secret: SecretStr) -> str:
        """The secret as it may be kept."""
        return self._keys.encrypt(secret.get_secret_value().encode()).decode()

    def open(self, sealed: str) -> SecretStr:
        """The secret again. Raises BrokenSealError."""
        try:
            return SecretStr(self._keys.decrypt(sealed.encode()).decode())
        except InvalidToken:
            raise BrokenSealError from None
