"""Why a form from an older view of the page counts no more."""

from __future__ import annotations

from datetime import date

from domain.ledger import EntryKind
from domain.situation import Situation
from domain.state import WHOLE

_STOPPED = {
    EntryKind.SUSPEND: "Việc này đang tạm dừng.",
    EntryKind.CANCEL: "Việc này đã bị huỷ, không còn phải thực hiện.",
}


def why_gone(found: Situation | None, milestone: str, subject: str | None, occurrence: date | None = None) -> str:
    """A sentence for the person who sent the form; `found` is None where the directive is no longer in force."""
    if found is None:
        return "Nhiệm vụ này không còn hiệu lực."
    stopped = found.state.stopped or found.state.stops.get(subject or WHOLE)
    if stopped:
        return _STOPPED[stopped]
    if _done(found, milestone, subject, occurrence):
        return "Việc này đã hoàn thành. Nếu số liệu cần sửa, đề nghị báo đơn vị theo dõi."
    return "Việc này không còn do đồng chí phụ trách."


def _done(found: Situation, milestone: str, subject: str | None, occurrence: date | None) -> bool:
    tracks = [
        track
        for track in found.tracks_of(milestone)
        if occurrence is None or (track.due and track.due.occurrence == occurrence)
    ]
    standings = [found.whole(track) for track in tracks]
    if subject is not None:
        singles = [single for track in tracks for single in found.singles(track)]
        standings = [one for one in singles if one.subject is not None and one.subject.code == subject]
    return bool(standings) and all(one.met is not None for one in standings)
