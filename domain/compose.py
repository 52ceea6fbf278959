"""From the rows one person is to be sent, to what the message says: grouped by directive, worst first.

A milestone that waits for an unmet predecessor stands inside its item ("kéo theo"), until it is itself late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clocktime import local_date
from domain.digest import Carried, Digest, Item, Section, SubjectLine
from domain.directive import Directive
from domain.figures import say, say_missing, say_target
from domain.metric import MetricKind
from domain.office import Person
from domain.outbox import Delivery, Reason
from domain.plan import Track
from domain.situation import Situation
from domain.standing import Standing
from domain.state import WHOLE


@dataclass(frozen=True)
class _Call:
    """A track one or more rows speak about, to one person."""

    situation: Situation
    track: Track
    subjects: tuple[str, ...]
    reasons: tuple[Reason, ...]


def digest(
    person: Person, channel: str, rows: Sequence[Delivery], situations: Mapping[str, Situation], as_of: datetime
) -> Digest:
    """The message of one window. `situations` has one for every directive in `rows`, all at `as_of`."""
    by_kind = {kind: [row for row in rows if row.key.rung.split("-")[0] == kind] for kind in _KINDS}
    urged = _sections(_calls([*by_kind["before"], *by_kind["overdue"]], situations))
    told = {(section.directive.code, item.milestone) for section in urged for item in section.items}
    watched = [row for row in by_kind["watch"] if (row.key.directive, row.key.milestone) not in told]
    assigned = [*by_kind["assigned"], *by_kind["enrolled"]]
    return Digest(
        person=person,
        channel=channel,
        as_of=as_of,
        urged=urged,
        watched=_sections(_calls(watched, situations)),
        assigned=_sections(_calls([row for row in assigned if _dated(row, situations)], situations)),
        assigned_undated=_directives(
            [row for row in assigned if not situations[row.key.directive].directive.has_dates()], situations
        ),
        words=_directives(by_kind["word"], situations),
        rows=tuple(row.key for row in rows),
    )


def answered_for(person: Person, situations: Iterable[Situation]) -> tuple[Section, ...]:
    """Every open milestone the person's units have to carry out, with the subjects that are theirs; worst first."""
    sections = []
    for situation in situations:
        day = local_date(situation.as_of)
        units = {post.unit for post in person.posts if post.valid.holds(day)}
        leads = bool(units.intersection(situation.rules.office.expand(situation.directive.lead, day)))
        calls = [call for track in situation.tracks if (call := _answered(situation, track, units, leads=leads))]
        if calls:
            items = sorted((_item(call, []) for call in calls), key=_worst)
            sections.append(Section(directive=situation.directive, items=tuple(items)))
    return tuple(sorted(sections, key=lambda section: _worst(section.items[0])))


def _answered(situation: Situation, track: Track, units: set[str], *, leads: bool) -> _Call | None:
    """What of a track these units answer for: the lead for everything, a subject's own unit for the subject."""
    if not situation.whole(track).open:
        return None
    theirs = tuple(s.code for s in situation.unmet(track) if leads or s.unit in units)
    if theirs or (leads and not situation.singles(track)):
        return _Call(situation, track, theirs, (Reason.RESPONSIBLE,))
    return None


_KINDS = ("assigned", "enrolled", "before", "overdue", "word", "watch")


def _dated(row: Delivery, situations: Mapping[str, Situation]) -> bool:
    return situations[row.key.directive].directive.milestone(row.key.milestone).due is not None


def _directives(rows: Iterable[Delivery], situations: Mapping[str, Situation]) -> tuple[Directive, ...]:
    codes = dict.fromkeys(row.key.directive for row in rows)
    return tuple(situations[code].directive for code in codes)


def _calls(rows: Iterable[Delivery], situations: Mapping[str, Situation]) -> list[_Call]:
    """One call per track and person, subjects and reasons of its rows joined; only what is still unmet."""
    joined: dict[tuple[str, int], tuple[Situation, Track, dict[str, None], dict[Reason, None]]] = {}
    for row in rows:
        situation = situations[row.key.directive]
        for place, track in enumerate(situation.tracks):
            if track.milestone.id != row.key.milestone or not situation.whole(track).open:
                continue
            unmet = {subject.code for subject in situation.unmet(track)}
            subjects = [code for code in row.subjects if code in unmet]
            if track.subjects and row.subjects and not subjects:
                continue
            _, _, codes, reasons = joined.setdefault((row.key.directive, place), (situation, track, {}, {}))
            codes.update(dict.fromkeys(subjects))
            reasons[row.reason] = None
    return [_Call(s, t, tuple(codes), tuple(reasons)) for s, t, codes, reasons in joined.values()]


def _sections(calls: list[_Call]) -> tuple[Section, ...]:
    by_directive: dict[str, list[_Call]] = {}
    for call in calls:
        by_directive.setdefault(call.situation.directive.code, []).append(call)
    sections = [
        Section(directive=group[0].situation.directive, items=tuple(sorted(_items(group), key=_worst)))
        for group in by_directive.values()
    ]
    return tuple(sorted(sections, key=lambda section: min(_worst(item) for item in section.items)))


def _worst(item: Item) -> tuple[bool, bool, int, date]:
    """Late ones first, the latest of them first; then by nearness of the due; those without one last."""
    nominal = item.due.nominal if item.due else date.max
    return not item.late, item.due is None, -item.working_days if item.late else item.working_days, nominal


def _items(calls: list[_Call]) -> list[Item]:
    """Items of one directive; blocked subjects move into their predecessor's item."""
    carried: dict[int, list[Carried]] = {}
    standing_alone: list[_Call] = []
    for call in calls:
        blocked = _blocked(call)
        for predecessor, subjects in blocked.items():
            assert call.track.due is not None  # only a due can be blocked
            name, due = call.track.milestone.name, call.track.due
            carried.setdefault(predecessor, []).append(Carried(name=name, due=due, subjects=len(subjects)))
        waiting = {subject for subjects in blocked.values() for subject in subjects}
        alone = tuple(code for code in call.subjects or (WHOLE,) if code not in waiting)
        if alone:
            standing_alone.append(_Call(call.situation, call.track, tuple(c for c in alone if c), call.reasons))
    return [
        _item(call, carried.pop(_place(call.situation, call.track), []))
        for call in _with_predecessors(standing_alone, carried, calls)
    ]


def _with_predecessors(alone: list[_Call], carried: Mapping[int, object], calls: list[_Call]) -> list[_Call]:
    """Predecessors that carry something but have no rung of their own now still get an item."""
    situation = calls[0].situation
    present = {_place(call.situation, call.track) for call in alone}
    reasons = tuple(dict.fromkeys(reason for call in calls for reason in call.reasons))
    wanted = {code for call in calls for code in call.subjects}
    extra = []
    for place in carried:
        if place not in present:
            track = situation.tracks[place]
            unmet = tuple(subject.code for subject in situation.unmet(track) if subject.code in wanted)
            extra.append(_Call(situation, track, unmet, reasons))
    return alone + extra


def _blocked(call: _Call) -> dict[int, list[str]]:
    """Place of the blocking predecessor's track → this call's subjects that wait for it."""
    situation, track = call.situation, call.track
    whole = situation.whole(track)
    if track.due is None or whole.overdue:
        return {}
    found: dict[int, list[str]] = {}
    for place, other in enumerate(situation.tracks):
        if other.milestone.id not in track.milestone.follows:
            continue
        for subject in call.subjects or (WHOLE,):
            standing = _of(situation, other, subject)
            if standing and standing.open and _blocks(standing, track, situation):
                found.setdefault(place, []).append(subject)
    return found


def _blocks(predecessor: Standing, track: Track, situation: Situation) -> bool:
    assert track.due is not None
    near = timedelta(days=situation.rules.policy.blocking_days)
    return predecessor.overdue or track.due.last_day - local_date(situation.as_of) > near


def _of(situation: Situation, track: Track, subject: str) -> Standing | None:
    if subject == WHOLE:
        return situation.whole(track)
    return next((s for s in situation.singles(track) if s.subject and s.subject.code == subject), None)


def _place(situation: Situation, track: Track) -> int:
    return next(place for place, other in enumerate(situation.tracks) if other is track)


def _item(call: _Call, carried: list[Carried]) -> Item:
    situation, track = call.situation, call.track
    whole = situation.whole(track)
    shown = call.subjects if set(call.reasons) - {Reason.LEAD, Reason.COORDINATING} else ()
    lines = [_line(situation, track, code) for code in shown]
    return Item(
        milestone=track.milestone.id,
        name=track.milestone.name,
        target=say_target(whole.metric, track.milestone.target),
        due=track.due,
        late=whole.overdue,
        working_days=_distance(situation, track),
        summary=summary(situation, track),
        subjects=tuple(lines),
        carried=tuple(carried),
        reasons=call.reasons,
        reading=track.milestone.reading,
    )


def _distance(situation: Situation, track: Track) -> int:
    if track.due is None:
        return 0
    return abs(situation.rules.calendar.working_days(local_date(situation.as_of), track.due.last_day))


def summary(situation: Situation, track: Track) -> str:
    """The milestone as a whole in one line: what is known and missing, or how many subjects still are."""
    whole = situation.whole(track)
    singles = situation.singles(track)
    if not singles:
        said = say(whole.metric, whole.latest) if whole.latest else ""
        return "; ".join(
            part for part in (said, say_missing(whole.metric, whole.latest, track.milestone.target, None)) if part
        )
    unmet = len(situation.unmet(track))
    word = situation.directive.subject_word
    counts = f"{unmet}/{len(singles)} {word} chưa đạt"
    if whole.metric.kind is MetricKind.EVENT:
        counts = f"{unmet}/{len(singles)} {word} chưa {whole.metric.name[:1].lower()}{whole.metric.name[1:]}"
    return f"{counts}; tổng số {say(whole.metric, whole.latest)}" if whole.latest else counts


def _line(situation: Situation, track: Track, code: str) -> SubjectLine:
    standing = _of(situation, track, code)
    assert standing is not None and standing.subject is not None  # calls name only unmet subjects of the track
    plan = situation.state.plan(standing.metric.id, code, local_date(situation.as_of))
    have = say(standing.metric, standing.latest) if standing.latest else "chưa có báo cáo"
    return SubjectLine(
        code=code,
        name=standing.subject.name,
        have=have,
        missing=say_missing(standing.metric, standing.latest, track.milestone.target, plan),
    )
