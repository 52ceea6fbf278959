"""Sentences of the rules as a page says them: they name commands and options, which only operators have."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"\s*\([^()]*(?:dondoc |--)[^()]*\)")
"""`(dondoc record)`, `(--reason)`."""
_BY_OPTION = re.compile(r"\s*(?:bằng|hoặc ghi từng [^,;:()]+ bằng) --[a-z-]+")


def plainly(sentence: str) -> str:
    """The sentence without what an operator would type."""
    return _BY_OPTION.sub("", _ASIDE.sub("", sentence))
