"""References between files: every code that is named must exist; who names an unknown one does not come into force."""

from __future__ import annotations

from collections.abc import Iterator

from config.areas import MODELS
from config.placed import Placed
from config.reading import Draft
from config.references import of_area, of_directive
from domain.findings import Finding


def crossed(draft: Draft) -> tuple[dict[str, tuple[Finding, ...]], tuple[Finding, ...]]:
    """Faults by directive code, and faults of the other files. A broken file is not held against those that name it."""
    by_directive: dict[str, tuple[Finding, ...]] = {}
    for placed in draft.placed:
        lacks = of_directive(placed.directive, draft.areas)
        faults = tuple(placed.file.error((*placed.place, *lack.place), lack.message) for lack in lacks)
        if faults:
            by_directive[placed.directive.code] = faults
    for code, faults in _twice_between_files(draft):
        by_directive[code] = by_directive.get(code, ()) + faults
    return by_directive, tuple(_of_areas(draft))


def sound(draft: Draft) -> tuple[Placed, ...]:
    """The directives that may be adopted: readable, naming only what exists."""
    faults, _ = crossed(draft)
    return tuple(placed for placed in draft.placed if placed.directive.code not in faults)


def _of_areas(draft: Draft) -> Iterator[Finding]:
    for area in MODELS:
        file = draft.files[area]
        if file is not None:
            yield from (file.error(lack.place, lack.message) for lack in of_area(area, draft.areas))


def _twice_between_files(draft: Draft) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    first: dict[str, Placed] = {}
    for placed in draft.placed:
        code = placed.directive.code
        earlier = first.setdefault(code, placed)
        if earlier is not placed:
            where = f"{earlier.file.name}:{earlier.file.line(earlier.place)}"
            yield code, (placed.file.error((*placed.place, "code"), f"trùng mã nhiệm vụ “{code}” đã có ở {where}"),)
