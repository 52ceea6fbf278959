"""Signed addresses: whoever holds one may fill in exactly one form for exactly one person, until it expires.

The signature covers the form's own address, so that changing the address to another form's breaks it.

Kept here because messages carry links and the pages read them, and neither may know the other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from config.pages import ENTRANCE, LINKED
from config.secret import SHORTEST, long_enough

LASTS = timedelta(days=45)
"""How long the link of a message opens its form: past the next rung of any ladder."""
DEMO_LASTS = timedelta(days=366)
"""A demo's clock stands at the end of its year, and the letters of the whole year are there to be tried."""

_SALT = "dondoc.link.2"


class LinkForgedError(ValueError):
    """The token was not signed by this office, or was changed on its way."""


class LinkExpiredError(ValueError):
    """The token was good once."""


@dataclass(frozen=True)
class Links:
    """The addresses that one message to one person carries."""

    home: str
    """Of the pages, without a trailing slash."""
    secret: str = field(repr=False)
    person: str
    at: datetime
    """From when on they open."""

    @property
    def front(self) -> str:
        """Where all that is theirs is, for who is signed in; others sign in there."""
        return f"{self.home}{ENTRANCE}"

    def opened(self, path: str) -> str:
        """A page for who is signed in."""
        return f"{self.home}{path}"

    def form(self, form: str) -> str:
        """One form (config/pages.py), for whoever holds this address. Raises as `sign` does."""
        return f"{self.home}{LINKED}/{sign(self.secret, self.person, form, self.at)}{form}"


def sign(secret: str, person: str, form: str, at: datetime) -> str:
    """A token for one form of the person's, valid from `at` on; letters, digits, `-`, `_` and `.` only.

    Raises ValueError for a naive instant or a secret under 32 characters.
    """
    return str(_serializer(secret, form, at).dumps(person))


def read(secret: str, token: str, form: str, max_age: timedelta, at: datetime) -> str:
    """The person whose form the token opens at `at`. Raises LinkForgedError, LinkExpiredError, or as `sign` does."""
    try:
        person, signed = _serializer(secret, form, at).loads(token, int(max_age.total_seconds()), return_timestamp=True)
    except SignatureExpired as error:
        raise LinkExpiredError("đường dẫn đã hết hạn") from error
    except BadSignature as error:
        raise LinkForgedError("đường dẫn không hợp lệ") from error
    # base64 leaves spare bits in its last letter: only the one spelling that was sent out is taken.
    if not isinstance(person, str) or sign(secret, person, form, signed) != token:
        raise LinkForgedError("đường dẫn không hợp lệ")
    return person


def _serializer(secret: str, form: str, at: datetime) -> URLSafeTimedSerializer:
    if at.tzinfo is None:
        raise ValueError("thời điểm phải có múi giờ")
    if not long_enough(secret):
        raise ValueError(f"khoá ký đường dẫn phải dài ít nhất {SHORTEST} ký tự")

    class Signer(TimestampSigner):
        """The library reads the machine's clock; ours is an argument."""

        def get_timestamp(self) -> int:
            return int(at.timestamp())

    strong = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(secret, salt=f"{_SALT}:{form}", signer=Signer, signer_kwargs=strong)
