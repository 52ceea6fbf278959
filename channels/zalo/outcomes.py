"""What Zalo answered, as outcomes of a channel: each is one of channels/letter.py and says a little more."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from channels.letter import Accepted, Outcome, RefusedPermanently, TryLater, Unauthorised
from channels.zalo.codes import Meaning, Verdict
from channels.zalo.night import push_opens
from domain.clocktime import at, local_date
from domain.frozen import Instant

NEXT_MINUTE = timedelta(minutes=1)
"""Zalo counts calls by the minute."""


class Taken(Accepted):
    """Zalo has taken the message over."""

    message_id: str
    """Zalo's own name for it: receipts come back under it."""


class Deferred(TryLater):
    """Not taken now, and it is known when asking again makes sense."""

    verdict: Verdict
    """LATER or NIGHT: wait. QUOTA: used up until `not_before`; what is urgent goes by e-mail today."""
    not_before: Instant


class NotForThem(RefusedPermanently):
    """Refused for good: PERSON on this channel, or MESSAGE as it is made."""

    verdict: Verdict


def refused(code: int | None, meaning: Meaning, said: str, as_of: datetime) -> Outcome:
    """The outcome of an answer other than yes. `said`: Zalo's words, without secrets; `as_of`: now."""
    detail = f"{meaning.text} ({said})" if said else meaning.text
    match meaning.verdict:
        case Verdict.ADMIN | Verdict.TOKEN:
            return Unauthorised(code=code, detail=detail)
        case Verdict.PERSON | Verdict.MESSAGE:
            return NotForThem(code=code, detail=detail, verdict=meaning.verdict)
        case Verdict.QUOTA | Verdict.NIGHT:
            until = next_day(as_of) if meaning.verdict is Verdict.QUOTA else push_opens(as_of)
            return Deferred(code=code, detail=detail, verdict=meaning.verdict, not_before=until)
        case Verdict.LATER:
            return Deferred(code=code, detail=detail, verdict=meaning.verdict, not_before=as_of + NEXT_MINUTE)
        case _:
            return TryLater(code=code, detail=detail, perhaps_arrived=True)


def not_made(why: str) -> NotForThem:
    """The message could not even be asked for."""
    return NotForThem(code=None, detail=why, verdict=Verdict.MESSAGE)


def no_such_person(why: str) -> NotForThem:
    """The person has no usable address on this channel."""
    return NotForThem(code=None, detail=why, verdict=Verdict.PERSON)


def next_day(as_of: datetime) -> datetime:
    """When daily quotas are full again, and a template may be pushed (channels/zalo/night.py)."""
    return at(local_date(as_of) + timedelta(days=1), time(6, 5))
