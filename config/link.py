"""The signed address of a person's page: who holds the link acts for that person, until it expires.

Kept here because messages carry links and the pages read them, and neither may know the other.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from config.secret import SHORTEST, long_enough

LASTS = timedelta(days=45)
"""How long the link of a message opens its page: past the next rung of any ladder."""
DEMO_LASTS = timedelta(days=366)
"""A demo's clock stands at the end of its year, and the letters of the whole year are there to be tried."""

_SALT = "dondoc.link.1"


class LinkForgedError(ValueError):
    """The token was not signed by this office, or was changed on its way."""


class LinkExpiredError(ValueError):
    """The token was good once."""


def sign(secret: str, person: str, at: datetime) -> str:
    """A token for the person's page, valid from `at` on; letters, digits, `-`, `_` and `.` only.

    Raises ValueError for a naive instant or a secret under 32 characters.
    """
    return str(_serializer(secret, at).dumps(person))


def read(secret: str, token: str, max_age: timedelta, at: datetime) -> str:
    """The person whose page the token opens at `at`. Raises LinkForgedError, LinkExpiredError, or as `sign` does."""
    try:
        person, signed = _serializer(secret, at).loads(token, int(max_age.total_seconds()), return_timestamp=True)
    except SignatureExpired as error:
        raise LinkExpiredError("đường dẫn đã hết hạn") from error
    except BadSignature as error:
        raise LinkForgedError("đường dẫn không hợp lệ") from error
    # base64 leaves spare bits in its last letter: only the one spelling that was sent out is taken.
    if not isinstance(person, str) or sign(secret, person, signed) != token:
        raise LinkForgedError("đường dẫn không hợp lệ")
    return person


def _serializer(secret: str, at: datetime) -> URLSafeTimedSerializer:
    if at.tzinfo is None:
        raise ValueError("thời điểm phải có múi giờ")
    if not long_enough(secret):
        raise ValueError(f"khoá ký đường dẫn phải dài ít nhất {SHORTEST} ký tự")

    class Signer(TimestampSigner):
        """The library reads the machine's clock; ours is an argument."""

        def get_timestamp(self) -> int:
            return int(at.timestamp())

    return URLSafeTimedSerializer(
        secret, salt=_SALT, signer=Signer, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )
