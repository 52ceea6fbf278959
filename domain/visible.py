"""Characters that a reader cannot see and that change what is seen: they do not belong into a ledger."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of writing: “fdp.exe” is shown as “exe.pdf”."""
_LAYOUT = frozenset("\t\n\r")


def hidden_mark(text: str) -> str | None:
    """The first such character, as `U+202E`; None where there is none. Halves of characters (surrogates) count too."""
    for mark in text:
        if mark in _TURNING or (unicodedata.category(mark) in {"Cc", "Cs"} and mark not in _LAYOUT):
            return f"U+{ord(mark):04X}"
    return None
