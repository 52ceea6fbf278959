"""The base layer of the working calendar: holidays by law and days once swapped, as the package `holidays` has them.

Law: Bộ luật Lao động 2019, điều 111 and 112, and its predecessors. Swaps are those of the Government's letters that the
package knows; the office's own lines stand above it (config/calendar.yaml).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from domain.workdays import Special

_NEW_YEAR = "Tết Nguyên Đán"
"""What the package calls mùng 1; the days around it have longer names."""


@dataclass(frozen=True)
class DaysOff:
    """What the package knows of some years."""

    specials: tuple[Special, ...]
    new_years: tuple[date, ...]
    """Mùng 1 Tết, by the Vietnamese lunar calendar (UTC+7), which now and then differs from the Chinese one."""


@lru_cache(maxsize=8)
def days_off(first: int, last: int) -> DaysOff:
    """Days off, and weekend days worked, of the years `first` to `last`."""
    known = holidays.country_holidays("VN", years=range(first, last + 1), language="vi")
    off = tuple(Special(day, works=False, name=name, source="") for day, name in sorted(known.items()))
    worked = tuple(Special(day, works=True, name="Làm bù", source="") for day in sorted(known.weekend_workdays))
    return DaysOff(off + worked, tuple(special.day for special in off if special.name == _NEW_YEAR))
