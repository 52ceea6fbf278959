"""The base of every value of the domain: frozen, strict about unknown fields, aware about time."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Frozen(BaseModel):
    """A value: compared by content, never changed, refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("thời điểm phải có múi giờ, ví dụ 2024-06-30T17:00:00+07:00")
    return moment


def _zoneless(clock: time) -> time:
    if clock.tzinfo is not None:
        raise ValueError("giờ là giờ Việt Nam, không ghi múi giờ")
    return clock


class MisfitError(ValueError):
    """Fields that are fine by themselves but not together; `place` is the one to look at, seen from their model."""

    def __init__(self, message: str, *place: str | int) -> None:
        super().__init__(message)
        self.place = place


Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""An identifier: `[a-z0-9-]+`, safe in URLs, Prefect names and file names."""

Clock = Annotated[time, AfterValidator(_zoneless)]
"""A time of day on Vietnamese clocks."""

Instant = Annotated[datetime, AfterValidator(_aware)]
"""An aware datetime. Naive ones are refused at birth: a lost zone is seven silent hours."""
