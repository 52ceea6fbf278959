"""Why a planned row must not be sent any more: done, moved, cancelled, acknowledged, or somebody else's by now."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.clocktime import local_date
from domain.outbox import Delivery
from domain.plan import Track
from domain.recipients import SILENCED, acknowledged, addressed
from domain.situation import Situation

ADDRESSED_NO_MORE = "việc này không còn phải nhắc người nhận"
"""Why a row is overtaken whose matter stands: posts or subjects have changed hands."""
CHANNEL_GIVEN_UP = "người nhận không còn dùng kênh này"
"""Why a row is overtaken whose matter stands: it is said on a channel the person has now."""


def overtaken_by(situation: Situation, row: Delivery) -> str | None:
    """Why a planned row must not be sent any more, None while it is still wanted."""
    if not any(situation.whole(track).open for track in situation.tracks_of(row.key.milestone)):
        return "mốc đã hoàn thành hoặc không còn phải thực hiện"
    same = situation.tracks_of(row.key.milestone, row.key.occurrence if row.key.on_ladder else None)
    moved = _moved_away(situation, same, row) if row.key.on_ladder else None
    return moved or _nothing_left(situation, same, row) or _not_for_them(situation, same, row)


def _not_for_them(situation: Situation, tracks: tuple[Track, ...], row: Delivery) -> str | None:
    """Whether the person is not to be told, not on this channel, or not any more."""
    if not _still_addressed(situation, tracks, row):
        return ADDRESSED_NO_MORE
    person = situation.rules.office.person(row.key.person)
    if person and row.key.channel not in person.channels:
        return CHANNEL_GIVEN_UP
    return "người nhận đã báo tiếp nhận" if silenced(situation, row, situation.as_of) else None


def silenced(situation: Situation, row: Delivery, at: datetime) -> bool:
    """Whether, as known now, the recipient has said that they had read the urging, and that still holds `at` then."""
    urges = row.key.on_ladder and row.reason in SILENCED
    return urges and acknowledged(situation, row.key.person, at, situation.as_of) is not None


def _nothing_left(situation: Situation, tracks: tuple[Track, ...], row: Delivery) -> str | None:
    """Whether what the row urges is done although the milestone is not: its subjects, or its occurrence."""
    unmet = {subject.code for track in tracks for subject in situation.unmet(track)}
    if row.subjects and not unmet.intersection(row.subjects):
        return "các đối tượng của lượt nhắc này đã hoàn thành"
    if not any(situation.whole(track).open for track in tracks):
        return "kỳ này đã hoàn thành hoặc không còn phải thực hiện"
    return None


_AHEAD = timedelta(days=30)
"""How far ahead a rung that was put off is looked for: farther than any holiday is long."""


def _moved_away(situation: Situation, tracks: tuple[Track, ...], row: Delivery) -> str | None:
    """Whether its due has moved, or its rung lies ahead by now on another day: it will be said then."""
    if not tracks:
        return "hạn đã thay đổi"
    if any(rung.id == row.key.rung_id for track in tracks for rung in situation.passed(track)):
        return None
    until = situation.as_of + _AHEAD
    ahead = [rung.at for track in tracks for rung in situation.rungs(track, until) if rung.id == row.key.rung_id]
    put_off = bool(ahead) and all(local_date(at) != local_date(row.rung_at) for at in ahead)
    return "thời điểm nhắc đã dời sang ngày khác" if put_off else None


def _still_addressed(situation: Situation, tracks: tuple[Track, ...], row: Delivery) -> bool:
    """Whether the rung, if it still stands, would name this person today: posts and subjects change hands."""
    rungs = [
        (track, rung)
        for track in tracks
        for rung in situation.passed(track)
        if (rung.id, rung.occurrence) == (row.key.rung_id, row.key.occurrence)
    ]
    return not rungs or any(row.key.person in addressed(situation, track, rung) for track, rung in rungs)
