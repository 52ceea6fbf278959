"""The seal of a form on a signed-in page: without the one of this very session a POST does nothing (CSRF)."""

from __future__ import annotations

import hashlib
import hmac

from fastapi import Request

FIELD = "dau"
"""The hidden field that carries it."""


class SealBrokenError(Exception):
    """The form does not come from a page of this session."""


def seal(secret: str, binding: str) -> str:
    """The seal of every form of that session or proxy user."""
    return hmac.new(secret.encode(), f"dondoc.seal.1:{binding}".encode(), hashlib.sha256).hexdigest()


async def check(request: Request, secret: str, binding: str) -> None:
    """Raises SealBrokenError: another site's form, a forged one, or one of a session that is over."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise SealBrokenError
    form = await request.form()
    shown = form.get(FIELD)
    if not isinstance(shown, str) or not hmac.compare_digest(shown.encode(), seal(secret, binding).encode()):
        raise SealBrokenError
