"""The office's own rules on reminding: every number here is data (config/policy.yaml), none is law."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.clocktime import at, last_instant, local
from domain.due import BeforeDay, Reading
from domain.frozen import Clock, Frozen, MisfitError
from domain.workdays import Calendar, Roll

Positive = Annotated[int, Field(ge=1, le=3660)]
"""Days (or a count): up to ten years, beyond which no date could be computed with it."""


class Completion(StrEnum):
    """From when a result counts."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"


class Visibility(StrEnum):
    """What somebody sees of the work of other units."""

    OWN = "own"
    """Nothing: a directive is seen by the units it names, and by those these units belong to."""
    OFFICE = "office"
    """Everything."""


class Ladder(Frozen):
    """When an open milestone is urged."""

    before: tuple[Annotated[int, Field(ge=0, le=3660)], ...]
    """Calendar days before the last day in time, rolled back to a working day."""
    overdue: tuple[Positive, ...]
    """Working days late."""
    then_every: Positive
    """Working days between later urgings."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if list(self.before) != sorted(set(self.before), reverse=True):
            raise MisfitError("ladder.before phải giảm dần, không trùng, ví dụ [30, 14, 7, 3, 1, 0]", "before")
        if not self.overdue or list(self.overdue) != sorted(set(self.overdue)):
            raise MisfitError("ladder.overdue phải có ít nhất một số và tăng dần, ví dụ [1, 4, 9]", "overdue")
        return self


class Window(Frozen):
    """When messages may go out: working days between two hours of Vietnam."""

    opens: Clock
    closes: Clock

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.opens >= self.closes:
            raise MisfitError("window.opens phải trước window.closes", "opens")
        return self

    def opening(self, moment: datetime, calendar: Calendar) -> datetime:
        """`moment` if the window is open then, else its next opening. Raises OutsideCalendarError."""
        clock = local(moment)
        day = clock.date()
        if calendar.is_working(day) and clock.time() < self.closes:
            return max(clock, at(day, self.opens))
        return at(calendar.add(day, 1), self.opens)

    def is_open(self, moment: datetime, calendar: Calendar) -> bool:
        """Whether a message may go out at `moment`. Raises OutsideCalendarError."""
        clock = local(moment)
        return calendar.is_working(clock.date()) and self.opens <= clock.time() < self.closes

    def open_since(self, moment: datetime, span: timedelta, calendar: Calendar) -> datetime:
        """The latest instant from which until `moment` the window was open for `span`. Raises OutsideCalendarError."""
        until, left = local(moment), span
        while True:
            day = until.date()
            opened = min(until, at(day, self.closes)) - at(day, self.opens)
            if calendar.is_working(day) and opened >= left:
                return at(day, self.opens) + (opened - left)
            if calendar.is_working(day):
                left -= max(opened, timedelta())
            until = last_instant(calendar.add(day, -1))


class Escalation(Frozen):
    """Who joins when an overdue milestone goes on, counted in overdue rungs."""

    head_from: Positive
    monitor_from: Positive


class Policy(Frozen):
    """Everything an office decides about urging."""

    ladder: Ladder
    window: Window
    escalation: Escalation
    coordinating_rungs: tuple[str, ...]
    """The only rungs at which coordinating units are told."""
    monitor_weekday: Annotated[int, Field(ge=0, le=6)]
    """0 = Monday; a day that is not worked moves to the next that is."""
    monitor_horizon: Positive
    """Calendar days ahead that the monitor's weekly list looks."""
    word_day: Annotated[int, Field(ge=1, le=28)]
    """The day of a quarter's last month on which undated directives are asked for a word."""
    acknowledged_days: Positive
    """Working days for which an acknowledgement silences the person who gave it."""
    stale_days: Positive
    """Calendar days after which the newest figure is stale."""
    forecast_days: Positive
    """Calendar days of history a forecast rests on."""
    blocking_days: Positive
    """An open (not overdue) predecessor blocks nothing within so many calendar days of the successor's due."""
    completion: Completion
    truoc_ngay: BeforeDay
    cap_per_person: Positive
    """Messages per person, channel and day."""
    fallback_monitor: str
    """The unit that monitors where the notice names none."""
    visibility: Visibility = Visibility.OWN
    """What the pages show of other units' work."""

    @model_validator(mode="after")
    def _coordinating_rungs_exist(self) -> Self:
        known = {
            "assigned",
            *(f"before-{n}" for n in self.ladder.before),
            *(f"overdue-{n}" for n in self.ladder.overdue),
        }
        for index, rung in enumerate(self.coordinating_rungs):
            if rung not in known:
                raise MisfitError(f"không có nấc nhắc “{rung}” trong ladder", "coordinating_rungs", index)
        return self

    def reading(self) -> Reading:
        """The choices that dates depend on."""
        return Reading(closing=self.window.closes, before_day=self.truoc_ngay)

    def opening_of(self, day: date, calendar: Calendar, roll: Roll) -> datetime:
        """The hour the window opens on `day`, or on the working day it rolls to."""
        return at(calendar.roll(day, roll), self.window.opens)
