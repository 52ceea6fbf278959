"""Keeping tokens out of what is written down: words of the other side, errors, and the log of the HTTP library."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

HIDDEN = "***"
_BOT_IN_URL = re.compile(r"(/bot)[^/\s\"']+")
_LONGEST = 300


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """The text on one line, cut, every secret of four letters or more replaced."""
    for secret in sorted(filter(lambda one: len(one) >= 4, secrets), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return " ".join(_BOT_IN_URL.sub(rf"\1{HIDDEN}", text).split())[:_LONGEST]


class _Scrub(logging.Filter):
    """httpx logs the address of each request, and the address of a bot holds its token."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _BOT_IN_URL.sub(rf"\1{HIDDEN}", record.getMessage()), ()
        return True


def quieten() -> None:
    """Let no log line of httpx show a bot's token; again and again without harm."""
    logger = logging.getLogger("httpx")
    if not any(isinstance(one, _Scrub) for one in logger.filters):
        logger.addFilter(_Scrub())
