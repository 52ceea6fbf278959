"""What every answer carries, and what no request may exceed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from config.pages import LINKED, OWN

LARGEST_FORM = 64 * 1024
"""Bytes. A statement is a few lines."""
ROOMY = {"/quan-tri/cau-hinh/tep": 512 * 1024, "/bang-tinh": 11 * 2**20, OWN: 11 * 2**20}
"""Forms that carry a whole file: of directives, a spreadsheet, what proves a statement."""
LINK = re.compile(f"{LINKED}/[^/]+")
"""The form behind a signed link, which carries proof as well."""
WEBHOOK = "/zalo/su-kien"
"""Where Zalo tells its events, with or without saying how long they are; it counts what it reads itself."""
API = "/api/v1/"
"""What programs call; it counts what it reads itself, and refuses in JSON."""

HEADERS = {
    # Nothing from elsewhere, no script at all: what somebody typed can at worst look odd.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    # The address of a page is its key: it must not travel on in a Referer, a cache or a search index.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse what is too large before reading it; mark every answer. A header that a page set itself stays."""
    answer = _too_large(request) or await call_next(request)
    if request.url.path.startswith("/static/"):
        answer.headers["Cache-Control"] = "no-cache"  # kept, and asked about each time
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def _too_large(request: Request) -> Response | None:
    path = request.url.path
    if request.method in {"GET", "HEAD"} or path == WEBHOOK or path.startswith(API):
        return None
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        return Response("Thiếu Content-Length.", status_code=411, media_type="text/plain")
    largest = ROOMY[OWN] if LINK.fullmatch(path) else ROOMY.get(path, LARGEST_FORM)
    if int(length) > largest:
        return Response("Nội dung gửi lên quá lớn.", status_code=413, media_type="text/plain")
    return None
