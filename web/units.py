"""Which units somebody sees: theirs and those within them, or every unit."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from domain.access import Access
from domain.office import Office, Unit
from web.callers import NotTheirsError


def sees_unit(office: Office, access: Access, code: str) -> bool:
    """Whether the work of the unit is theirs to see: all of it then is, for a directive names its unit."""
    return access.everything or not access.units.isdisjoint(office.upwards(code))


def unit_of(office: Office, access: Access, code: str) -> Unit:
    """The unit. Raises NotTheirsError, and HTTPException (404) for a code that no unit has."""
    try:
        found = office.unit(code)
    except KeyError as error:
        raise HTTPException(404) from error
    if not sees_unit(office, access, code):
        raise NotTheirsError("Công việc của đơn vị này không thuộc phạm vi đồng chí được xem.")
    return found
