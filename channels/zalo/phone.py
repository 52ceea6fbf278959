"""A phone number as Zalo wants it: 84 and nine or ten figures."""

from __future__ import annotations

import re

_SPACED = re.compile(r"[\s.()-]")
_NUMBER = re.compile(r"(?:\+?84|0084|0)?(\d{9,10})")
_PLACEHOLDER = re.compile(r"8400\d{9}")


def normalised(text: str) -> str | None:
    """`0912 345 678`, `+84912345678`, `84912345678`, `912345678` → `84912345678`; None for what is no such number.

    Numbers of examples, 8400 and nine figures, stay as they are.
    """
    plain = _SPACED.sub("", text)
    if _PLACEHOLDER.fullmatch(plain.removeprefix("+")):
        return plain.removeprefix("+")
    found = _NUMBER.fullmatch(plain)
    return f"84{found[1]}" if found and not found[1].startswith("0") else None
