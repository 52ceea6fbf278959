"""What the audit log takes from sessions, keys, hand-overs and stops: a row for each beginning and each end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, cast, func, literal, null, select
from sqlmodel import SQLModel

import store.tables_access
import store.tables_files  # noqa: F401 - both make the tables known

_TABLES = SQLModel.metadata.tables


def no_day() -> Any:
    """Where nothing is said to be true of a day."""
    return cast(null(), Date)


def sending_selects() -> tuple[Any, ...]:
    """Stops made and lifted."""
    stop = _TABLES["channel_stop"].c
    about = stop.channel + literal(" ") + stop.person
    made = _row(3, stop.since, "sending.stopped", literal(""), about, stop.reason, stop.id)
    lifted = _row(4, stop.lifted_at, "sending.lifted", func.coalesce(stop.lifted_by, ""), about, stop.reason, stop.id)
    return made, lifted.where(stop.lifted_at.is_not(None))


def people_selects() -> tuple[Any, ...]:
    """Sessions begun and ended, keys made and revoked, hand-overs proposed and decided."""
    web, key, passed = (_TABLES[name].c for name in ("web_session", "api_key", "hand_over"))
    # Of what identifies a session no part is shown: its hash only keeps two of one moment apart.
    begun = _row(5, web.began_at, "session.begun", web.person, literal(""), web.way, key=web.hash)
    ended = _row(6, web.ended_at, "session.ended", web.person, literal(""), web.way, key=web.hash)
    made = _row(7, key.made_at, "key.made", key.made_by, key.person, key.name, key=key.id)
    revoked = _row(
        8, key.revoked_at, "key.revoked", func.coalesce(key.revoked_by, ""), key.person, key.name, key=key.id
    )
    proposed = _row(
        9, passed.proposed_at, "hand-over.proposed", passed.proposed_by, passed.id, passed.reason, key=passed.id
    )
    what, decider = literal("hand-over.") + func.coalesce(passed.outcome, ""), func.coalesce(passed.decided_by, "")
    decided = _row(10, passed.decided_at, what, decider, passed.id, passed.reason, key=passed.id)
    return (
        begun,
        ended.where(web.ended_at.is_not(None)),
        made,
        revoked.where(key.revoked_at.is_not(None)),
        proposed,
        decided.where(passed.decided_at.is_not(None)),
    )


def _row(rank: int, at: Any, what: Any, who: Any, about: Any, detail: Any, number: Any = None, key: Any = None) -> Any:
    return select(
        at.label("at"),
        literal(rank).label("rank"),
        (literal(0) if number is None else number).label("number"),
        (literal("") if key is None else key).label("key"),
        (literal(what) if isinstance(what, str) else what).label("what"),
        who.label("who"),
        about.label("about"),
        no_day().label("as_of"),
        detail.label("detail"),
    )
