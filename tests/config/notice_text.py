"""The text of the shipped notice as a person reads it: lines joined, footnotes apart, their marks located."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CONFIG = Path(__file__).parents[2] / "config"
NOTICE = CONFIG / "notices" / "2024-bac-son.txt"
_RULE = re.compile(r" {20,}")
"""The line of blanks above the footnotes of a page; the next page starts with a line that begins with one blank."""


@dataclass(frozen=True)
class NoticeText:
    """Body without footnote marks and bodies; where each mark stood; what each footnote says."""

    body: str
    marks: dict[int, int]
    """Mark → offset in `body` just after the word it was glued to."""
    footnotes: dict[int, str]


def joined(text: str) -> str:
    """White space of any kind as single blanks."""
    return " ".join(text.split())


def read_notice_text(path: Path = NOTICE) -> NoticeText:
    """Take the pages apart and put the sentences together again."""
    lines, notes = _pages(path.read_text(encoding="utf-8"))
    footnotes = _footnotes(notes)
    body, marks = _without_marks(joined(" ".join(lines)), sorted(footnotes))
    return NoticeText(body, marks, footnotes)


def _pages(text: str) -> tuple[list[str], list[str]]:
    lines: list[str] = []
    notes: list[str] = []
    below = False
    for line in text.split("\n"):
        if _RULE.fullmatch(line):
            below = True
        elif below and line and not line.startswith(" "):
            notes.append(line)
        elif line:
            below = False
            lines.append(line)
    return lines, notes


def _footnotes(lines: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for line in lines:
        begins = re.match(rf"{len(found) + 1}\s+(?=\S)", line)
        if begins:
            found[len(found) + 1] = joined(line[begins.end() :])
        else:
            found[len(found)] = joined(f"{found[len(found)]} {line}")
    return found


def _without_marks(text: str, marks: list[int]) -> tuple[str, dict[int, int]]:
    """Marks come in order, glued to a letter ("ngay8") or to a year ("4/20247")."""
    at: dict[int, int] = {}
    position = 0
    for mark in marks:
        glued = re.compile(rf"(?:(?<=[^\W\d_])|(?<=/20\d\d)){mark}(?!\d)").search(text, position)
        assert glued, f"no mark {mark}"
        position = at[mark] = glued.start()
        text = text[:position] + text[glued.end() :]
    return text, at
