"""Signed envelope senders: a returned message says by its address alone which one came back, and nobody can forge it.

`bounces+<left side of the Message-ID><signature>@<bounce domain>`, lower-case letters and digits, since servers on the
way may change case. A letter that came back to such an address is about that message; one to any other, or with
another signature, is somebody's invention.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from channels.smtp import Smtp

_KEY = re.compile(r"<([a-z0-9]{1,40})@[^@]+>")
"""A Message-ID that fits, with a signature, into the 64 characters that a local part may have (RFC 5321, 4.5.3.1.1)."""
_SIGNATURE = 16
"""Characters of base32: 80 bits."""
_ADDRESS = re.compile(rf"bounces\+([a-z0-9]{{1,40}})([a-z2-7]{{{_SIGNATURE}}})@(.+)")


def envelope_sender(smtp: Smtp, message_id: str) -> str:
    """Where a server returns the message to; the plain sender without a bounce domain, or for a Message-ID too long."""
    fits = _KEY.fullmatch(message_id)
    if not smtp.bounce_domain or fits is None:
        return smtp.sender
    key = fits.group(1)
    return f"bounces+{key}{_signature(smtp, key)}@{smtp.bounce_domain}"


def returned(smtp: Smtp, address: str) -> str | None:
    """The left side of the Message-ID that `address` was signed for; None for an address that is not one of ours."""
    parts = _ADDRESS.fullmatch(address.lower())
    if not smtp.bounce_domain or parts is None or parts.group(3) != smtp.bounce_domain.lower():
        return None
    key, signature = parts.group(1), parts.group(2)
    return key if hmac.compare_digest(signature, _signature(smtp, key)) else None


def _signature(smtp: Smtp, key: str) -> str:
    said = f"dondoc.bounce.1\n{key}@{smtp.bounce_domain.lower()}".encode()
    digest = hmac.digest(smtp.bounce_secret.get_secret_value().encode(), said, hashlib.sha256)
    return base64.b32encode(digest).decode("ascii").lower()[:_SIGNATURE]
