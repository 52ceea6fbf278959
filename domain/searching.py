"""Finding by words as people type them on a phone: without regard to case and diacritics, and in any order."""

from __future__ import annotations

from functools import lru_cache

from domain.phrase.lexicon import unaccented


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """The text without case, diacritics and odd spaces: `giai ngan` for “Giải  ngân”."""
    return " ".join(unaccented(text.lower()).split())


def finds(query: str, text: str) -> bool:
    """Whether every word of the query stands in the text, or begins, ends or is within one that does."""
    known = folded(text)
    return all(word in known for word in folded(query).split())
