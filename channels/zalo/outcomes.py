"""What Zalo answered, as outcomes of a channel (channels/letter.py)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from channels.letter import Outcome, RefusedPermanently, TryLater, Unauthorised, UsedUp
from channels.zalo.codes import Meaning, Verdict
from channels.zalo.night import push_opens
from domain.clocktime import at, local_date

NEXT_MINUTE = timedelta(minutes=1)
"""Zalo counts calls by the minute."""


def refused(code: int | None, meaning: Meaning, said: str, as_of: datetime) -> Outcome:
    """The outcome of an answer other than yes. `said`: Zalo's words, without secrets; `as_of`: now."""
    detail = f"{meaning.text} ({said})" if said else meaning.text
    match meaning.verdict:
        case Verdict.ADMIN | Verdict.TOKEN:
            return Unauthorised(code=code, detail=detail)
        case Verdict.PERSON | Verdict.MESSAGE:
            return RefusedPermanently(code=code, detail=detail, address=meaning.verdict is Verdict.PERSON)
        case Verdict.QUOTA | Verdict.FULL:
            used_up = UsedUp.CHANNEL if meaning.verdict is Verdict.QUOTA else UsedUp.PERSON
            return TryLater(code=code, detail=detail, not_before=next_day(as_of), used_up=used_up)
        case Verdict.NIGHT:
            return TryLater(code=code, detail=detail, not_before=push_opens(as_of))
        case Verdict.LATER:
            return TryLater(code=code, detail=detail, not_before=as_of + NEXT_MINUTE)
        case _:
            return TryLater(code=code, detail=detail, perhaps_arrived=True)


def not_made(why: str) -> Outcome:
    """The message could not even be asked for."""
    return RefusedPermanently(code=None, detail=why)


def no_such_person(why: str) -> Outcome:
    """The person has no usable address on this channel."""
    return RefusedPermanently(code=None, detail=why, address=True)


def next_day(as_of: datetime) -> datetime:
    """When daily quotas are full again, and a template may be pushed (channels/zalo/night.py)."""
    return at(local_date(as_of) + timedelta(days=1), time(6, 5))
