"""What of the list of directives an address asks for: every filter by itself, all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain import vietnamese as vn
from domain.comparison import WORST_FIRST
from domain.searching import folded
from domain.standing import Official
from web.form import read_day
from web.lines import Line

TEXT, UNIT, STANDING, NOTICE, SINCE, UNTIL, STALE, BEHIND = (
    "q",
    "don-vi",
    "tinh-trang",
    "van-ban",
    "tu",
    "den",
    "cu",
    "cham",
)
_NAMES = (TEXT, UNIT, STANDING, NOTICE, SINCE, UNTIL, STALE, BEHIND)
_LONGEST = 200


@dataclass(frozen=True)
class Filters:
    """The filters of an address."""

    asked: Mapping[str, str]
    """As they came, for showing them again; nothing else of the address."""
    words: tuple[str, ...] = ()
    unit: str = ""
    standing: Official | None = None
    notice: str = ""
    since: date | None = None
    until: date | None = None
    stale: bool = False
    behind: bool = False
    wrong: tuple[str, ...] = ()
    """What could not be read: it filters nothing, and is said."""

    def keep(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """The lines that pass every filter."""
        return tuple(line for line in lines if self._passes(line))

    def counts(self, lines: Iterable[Line]) -> dict[Official, int]:
        """How many of each standing pass every other filter, worst first; they add up to those."""
        found = Counter(line.official for line in replace(self, standing=None).keep(lines))
        return {official: found[official] for official in WORST_FIRST if found[official]}

    def _passes(self, line: Line) -> bool:
        return (
            all(word in line.text for word in self.words)
            and self.unit in ("", *line.units)
            and self.standing in (None, line.official)
            and self.notice in ("", line.directive.notice.code)
            and self._due(line)
            and (line.stale or not self.stale)
            and (line.behind or not self.behind)
        )

    def _due(self, line: Line) -> bool:
        """Whether something to be done falls due between the two days, both included."""
        if self.since is None and self.until is None:
            return True
        first, last = self.since or date.min, self.until or date.max
        return any(first <= day <= last for day in line.dues)


def read_filters(params: Mapping[str, str]) -> Filters:
    """The filters of an address."""
    asked = {name: vn.nfc(params.get(name, "")).strip()[:_LONGEST] for name in _NAMES}
    days = {name: read_day(asked[name]) for name in (SINCE, UNTIL)}
    standing = asked[STANDING] if asked[STANDING] in set(Official) else ""
    wrong = [
        f"chưa đọc được ngày “{asked[name]}”; cần dạng 30/9/2024" for name in days if asked[name] and not days[name]
    ]
    if asked[STANDING] and not standing:
        wrong.append(f"không có tình trạng “{asked[STANDING]}”")
    return Filters(
        asked={name: value for name, value in asked.items() if value},
        words=tuple(folded(asked[TEXT]).split()),
        unit=asked[UNIT],
        standing=Official(standing) if standing else None,
        notice=asked[NOTICE],
        since=days[SINCE],
        until=days[UNTIL],
        stale=bool(asked[STALE]),
        behind=bool(asked[BEHIND]),
        wrong=tuple(wrong),
    )
