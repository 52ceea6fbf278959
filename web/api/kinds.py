"""Kinds of values in requests: days and instants written in one way only."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from domain.clocktime import last_instant
from domain.frozen import Code
from domain.ledger import EntryId

YEARS = range(1900, 2200)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def _day(given: object) -> date:
    try:
        found = date.fromisoformat(given) if isinstance(given, str) and _DAY.fullmatch(given) else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise ValueError(f"cần ngày có thật, dạng 2024-09-30, từ năm {YEARS.start} đến {YEARS.stop - 1}")
    return found


def _instant(given: object) -> datetime:
    """A bare day means its last instant, as everywhere."""
    if isinstance(given, str) and _DAY.fullmatch(given):
        return last_instant(_day(given))
    try:
        if isinstance(given, str) and _INSTANT.fullmatch(given):
            _day(given[: len("2024-12-31")])
            return datetime.fromisoformat(given)
    except ValueError:
        pass
    raise ValueError("cần ngày (2024-12-31) hoặc thời điểm có múi giờ (2024-12-31T17:00:00+07:00)")


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2024-09-26"]}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "maxLength": 40, "examples": ["2024-12-31", "2024-12-31T17:00:00+07:00"]}),
]
"""An instant, or a day for its last one."""
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
"""What a person would write in one field of a form."""
Number = Annotated[int, Field(ge=0, le=2**53)]
"""A place in the ledger; beyond 2^53 not every reader of JSON counts exactly."""

__all__ = ["Code", "Day", "EntryId", "Moment", "Number", "Sentence"]
