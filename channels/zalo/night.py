"""When a template message may go out.

Zalo pushes them from 06:00 to 21:59 alone: later ones arrive without a sound, or are refused (-133, -234). The edges
are left alone by five and fifteen minutes. Consultation messages know no night.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from domain.clocktime import at, local

OPENS = time(6, 5)
CLOSES = time(21, 45)
"""Vietnamese clocks; the first minute that is too late."""


def may_push(moment: datetime) -> bool:
    """Whether a template message may go out at this moment. Raises ValueError for a naive one."""
    return OPENS <= local(moment).time() < CLOSES


def push_opens(moment: datetime) -> datetime:
    """The first moment from then on at which a template message may go out."""
    if may_push(moment):
        return moment
    here = local(moment)
    return at(here.date() + timedelta(days=here.time() >= CLOSES), OPENS)
