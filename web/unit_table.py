"""The comparison of units as a table: to sort, to read and to take home."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from domain import vietnamese as vn
from domain.comparison import OF_ALL, OF_DUE, Load, Tally, added
from domain.office import Office
from domain.standing import Official
from reports.sheet import Column, Table, Value

WORST = "xau"
"""The order that is shown first: most late first, then the smaller share in time."""


@dataclass(frozen=True)
class Compared:
    """One unit."""

    code: str
    name: str
    tally: Tally


Key = Callable[[Compared], object]
_COUNTS = {
    "dung-han": Official.DONE_ON_TIME,
    "xong-muon": Official.DONE_LATE,
    "trong-han": Official.OPEN_IN_TIME,
    "qua-han": Official.OPEN_OVERDUE,
    "khong-han": Official.NO_DUE,
    "tam-dung": Official.SUSPENDED,
    "bi-huy": Official.CANCELLED,
}
ORDERS: Mapping[str, str] = {
    WORST: "kém nhất trước",
    "ten": "tên đơn vị",
    "tong": "tổng số",
    **{name: vn.OFFICIAL[official.value] for name, official in _COUNTS.items()},
    "tren-tong": "tỷ lệ đúng hạn trên tổng số",
    "tren-den-han": "tỷ lệ đúng hạn trên số đã xong hoặc đến hạn",
}
"""What an address may sort by, and what that is called."""


def compared(tallies: Mapping[str, Tally], office: Office) -> tuple[Compared, ...]:
    """The units with their names."""
    return tuple(Compared(code, office.name_of(code), one) for code, one in tallies.items())


def in_order(found: Iterable[Compared], by: str, *, reverse: bool) -> tuple[Compared, ...]:
    """Sorted; units that are alike by name. Numbers begin with the largest, shares with the smallest."""
    by_name = sorted(found, key=lambda one: one.name)
    ordered = sorted(by_name, key=_key(by))  # type: ignore[arg-type]  # keys of one order compare
    return tuple(reversed(ordered)) if reverse else tuple(ordered)


def _key(by: str) -> Key:
    if by in _COUNTS:
        return lambda one: -one.tally.of(_COUNTS[by])
    keys: dict[str, Key] = {
        "ten": lambda one: one.name,
        "tong": lambda one: -one.tally.total,
        "tren-tong": lambda one: _last(one.tally.share_of_all),
        "tren-den-han": lambda one: _last(one.tally.share_of_due),
    }
    return keys.get(by, lambda one: (-one.tally.of(Official.OPEN_OVERDUE), _last(one.tally.share_of_due)))


def _last(share: Decimal | None) -> Decimal:
    """A share of nothing comes after every other."""
    return Decimal(1000) if share is None else share


class Cell(NamedTuple):
    """A cell of the comparison."""

    text: str
    urgent: bool = False


def cells(one: Tally) -> tuple[Cell, ...]:
    """The cells of a row: how many there are, how many of each class, and the shares in time."""
    counts = (Cell(str(one.of(it)), it is Official.OPEN_OVERDUE and one.of(it) > 0) for it in _COUNTS.values())
    on_time = one.of(Official.DONE_ON_TIME)
    return (Cell(str(one.total)), *counts, Cell(share(on_time, one.total)), Cell(share(on_time, one.due)))


class Heat(NamedTuple):
    """A cell of the picture of loads."""

    shade: str
    late: str
    due: str


def heat(load: Load) -> Heat:
    """What falls due in a week: “2 qh + 3”, “3”, or a dash."""
    if load.late:
        return Heat("late", f"{load.late} qh", f" + {load.due}" if load.due else "")
    if not load.due:
        return Heat("none", "", "–")
    return Heat("h3" if load.due > 5 else "h2" if load.due > 2 else "h1", "", str(load.due))


def share(part: int, whole: int) -> str:
    """`66,7% (2/3)`: a share is never said without what it is a share of."""
    return f"{vn.number(Decimal(part * 100) / whole, 1)}% ({part}/{whole})" if whole else "– (0)"


def table(found: Sequence[Compared]) -> Table:
    """The units as they are ordered, and their sum."""
    total = Compared("", f"Cộng {len(found)} đơn vị", added(one.tally for one in found))
    return Table("Đơn vị", _COLUMNS, [_row(one) for one in (*found, total)])


_COLUMNS = (
    Column("Mã", 28),
    Column("Đơn vị", 40),
    Column("Tổng số nhiệm vụ", 12),
    *(Column(vn.OFFICIAL[official.value], 14) for official in _COUNTS.values()),
    Column(f"Tỷ lệ đúng hạn {OF_ALL}", 24),
    Column(f"Tỷ lệ đúng hạn {OF_DUE}", 24),
)


def _row(one: Compared) -> tuple[Value, ...]:
    on_time = one.tally.of(Official.DONE_ON_TIME)
    counts = (one.tally.of(official) for official in _COUNTS.values())
    return (
        one.code,
        one.name,
        one.tally.total,
        *counts,
        share(on_time, one.tally.total),
        share(on_time, one.tally.due),
    )
