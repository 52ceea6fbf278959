"""One question to one of Zalo's servers: JSON or a form goes out, an answer comes back, or how far it got.

No redirect is followed: the library would carry our tokens to wherever it leads. Nothing is asked twice here.
"""

from __future__ import annotations

import time
from functools import cache

import httpx

from channels.zalo.replies import Question, Reply, lost, read
from channels.zalo.secrecy import quieten
from domain.frozen import Frozen

LARGEST = 256 * 1024
"""Bytes of an answer; Zalo's have a few hundred."""


class Patience(Frozen):
    """Seconds. `overall` ends an answer that drips; it stays well below the leases of messages and tokens."""

    connect: float = 5.0
    read: float = 20.0
    overall: float = 30.0


def ask(question: Question, patience: Patience) -> Reply:
    """Ask once. Whatever a network or a server may do comes back as a reply; nothing is raised."""
    quieten()
    limits = httpx.Timeout(patience.read, connect=patience.connect)
    try:
        request = _client().build_request(
            "POST",
            question.url,
            headers=dict(question.headers),
            json=question.json,
            data=question.form,
            timeout=limits,
        )
        answer = _client().send(request, stream=True, follow_redirects=False)
        try:
            return read(question, answer.status_code, _content(answer, patience.overall))
        finally:
            answer.close()
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        return lost(question, error)


@cache
def _client() -> httpx.Client:
    """One for the process: the machine's certificates are read once; connections are kept for a round, not for long."""
    return httpx.Client(follow_redirects=False, limits=httpx.Limits(keepalive_expiry=5.0))


def _content(answer: httpx.Response, overall: float) -> bytes:
    """Raises httpx.ReadTimeout for an answer that never ends."""
    begun, read = time.monotonic(), b""
    for piece in answer.iter_bytes():
        read += piece
        if len(read) > LARGEST or time.monotonic() - begun > overall:
            raise httpx.ReadTimeout("câu trả lời quá dài hoặc quá chậm", request=answer.request)
    return read
