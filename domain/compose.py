"""From the rows one person is to be sent, to what the message says: grouped by directive, worst first.

A milestone that waits for an unmet predecessor stands inside its item ("kéo theo"), until it is itself late. Overdue
occurrences of one milestone make one item, which gives their dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from domain import vietnamese as vn
from domain.chart import chart
from domain.clocktime import local_date
from domain.digest import Carried, Digest, Item, Resumption, Section, SubjectLine
from domain.directive import Directive
from domain.due import Due
from domain.figures import say, say_missing, say_target
from domain.metric import MetricKind
from domain.office import Person
from domain.outbox import Delivery, Key, Reason
from domain.plan import RungKind, Track
from domain.situation import Situation
from domain.standing import Standing
from domain.state import WHOLE, Subject


@dataclass(frozen=True)
class _Call:
    """A track one or more rows speak about, to one person."""

    situation: Situation
    track: Track
    subjects: tuple[str, ...]
    reasons: tuple[Reason, ...]
    later: tuple[Track, ...] = ()
    """The overdue occurrences of the same milestone after this one."""
    resumed: str = ""
    """The day (ISO) on which it went on, where that is what there is to say."""


def digest(
    person: Person, channel: str, rows: Sequence[Delivery], situations: Mapping[str, Situation], as_of: datetime
) -> Digest:
    """The message of one window. `situations` has one for every directive in `rows`, all at `as_of`."""
    by_kind = {kind: [row for row in rows if row.key.rung.split("-")[0] == kind] for kind in _KINDS}
    ladder = [*by_kind["before"], *by_kind["overdue"]]
    urged = _sections(_calls([*ladder, *by_kind["resumed"]], situations), merged=True)
    told = {(section.directive.code, item.milestone) for section in urged for item in section.items}
    watched = [row for row in by_kind["watch"] if (row.key.directive, row.key.milestone) not in told]
    newly = [*by_kind["assigned"], *by_kind["enrolled"]]
    assigned = _sections(_calls([row for row in newly if _dated(row, situations)], situations))
    shown = {section.directive.code for section in assigned}
    undated = [row for row in newly if not _dated(row, situations) and row.key.directive not in shown]
    return Digest(
        person=person,
        channel=channel,
        as_of=as_of,
        urged=urged,
        watched=_sections(_calls(watched, situations)),
        assigned=assigned,
        assigned_undated=_directives(undated, situations),
        words=_directives(by_kind["word"], situations),
        rows=tuple(row.key for row in rows),
    )


def answered_for(person: Person, situations: Iterable[Situation]) -> tuple[Section, ...]:
    """Every open milestone the person's units have to carry out, with the subjects that are theirs; worst first."""
    sections = []
    for situation in situations:
        if calls := _answered_calls(person, situation):
            items = sorted((_item(call, []) for call in _together(calls)), key=_worst)
            sections.append(Section(directive=situation.directive, items=tuple(items)))
    return tuple(sorted(sections, key=lambda section: _worst(section.items[0])))


def open_work(person: Person, channel: str, situations: Iterable[Situation]) -> tuple[Delivery, ...]:
    """Rows that would urge the person about all they answer for now, whether a rung has come or not."""
    return tuple(
        _open_row(person, channel, situation, call)
        for situation in situations
        for call in _answered_calls(person, situation)
    )


def _open_row(person: Person, channel: str, situation: Situation, call: _Call) -> Delivery:
    track = call.track
    late = situation.whole(track).overdue
    key = Key(
        directive=situation.directive.code,
        milestone=track.milestone.id,
        rung=f"{RungKind.OVERDUE if late else RungKind.BEFORE}-0" if track.due else RungKind.WORD,
        occurrence=track.occurrence,
        person=person.code,
        channel=channel,
    )
    as_of = situation.as_of
    return Delivery(key=key, reason=call.reasons[0], subjects=call.subjects, rung_at=as_of, not_before=as_of)


def _answered_calls(person: Person, situation: Situation) -> list[_Call]:
    if situation.carriers.isdisjoint(post.unit for post in person.posts):
        return []  # most often: of a thousand directives a unit has ten
    day = local_date(situation.as_of)
    units = {post.unit for post in person.posts if post.valid.holds(day)}
    leads = bool(units.intersection(situation.leads))
    return [call for track in situation.tracks if (call := _answered(situation, track, units, leads=leads))]


def _answered(situation: Situation, track: Track, units: set[str], *, leads: bool) -> _Call | None:
    """What of a track these units answer for: the lead for everything, a subject's own unit for the subject."""
    if not situation.whole(track).open:
        return None
    theirs = tuple(s.code for s in situation.unmet(track) if leads or s.unit in units)
    if theirs or (leads and not situation.singles(track)):
        return _Call(situation, track, theirs, (Reason.RESPONSIBLE,))
    return None


_KINDS = ("assigned", "enrolled", "before", "overdue", "resumed", "word", "watch")


def _dated(row: Delivery, situations: Mapping[str, Situation]) -> bool:
    return situations[row.key.directive].directive.milestone(row.key.milestone).due is not None


def _directives(rows: Iterable[Delivery], situations: Mapping[str, Situation]) -> tuple[Directive, ...]:
    codes = dict.fromkeys(row.key.directive for row in rows)
    return tuple(situations[code].directive for code in codes)


def _calls(rows: Iterable[Delivery], situations: Mapping[str, Situation]) -> list[_Call]:
    """One call per track and person, subjects and reasons of its rows joined; only what is still unmet."""
    joined: dict[tuple[str, int], tuple[Situation, Track, dict[str, None], dict[Reason, None]]] = {}
    resumed: dict[tuple[str, int], str] = {}
    for row in rows:
        situation = situations[row.key.directive]
        for place, track in enumerate(situation.tracks):
            if not _speaks_of(row, track) or not situation.whole(track).open:
                continue
            unmet = {subject.code for subject in situation.unmet(track)}
            subjects = [code for code in row.subjects if code in unmet]
            if track.subjects and row.subjects and not subjects:
                continue
            _, _, codes, reasons = joined.setdefault((row.key.directive, place), (situation, track, {}, {}))
            codes.update(dict.fromkeys(subjects))
            reasons[row.reason] = None
            if row.key.rung == RungKind.RESUMED:
                resumed[row.key.directive, place] = row.key.occurrence
    return [
        _Call(s, t, tuple(codes), tuple(reasons), resumed=resumed.get(where, ""))
        for where, (s, t, codes, reasons) in joined.items()
    ]


def _speaks_of(row: Delivery, track: Track) -> bool:
    same_due = not row.key.on_ladder or track.occurrence == row.key.occurrence
    return track.milestone.id == row.key.milestone and same_due


def _sections(calls: list[_Call], *, merged: bool = False) -> tuple[Section, ...]:
    """Worst first; `merged`: what waits for another milestone stands inside the item of that one."""
    by_directive: dict[str, list[_Call]] = {}
    for call in _together(calls):
        by_directive.setdefault(call.situation.directive.code, []).append(call)
    sections = []
    for group in by_directive.values():
        items = _merged(group) if merged else [_item(call, []) for call in group]
        sections.append(Section(directive=group[0].situation.directive, items=tuple(sorted(items, key=_worst))))
    return tuple(sorted(sections, key=lambda section: _worst(section.items[0])))


def _together(calls: list[_Call]) -> list[_Call]:
    """The calls, those about overdue occurrences of one milestone as one."""
    groups: dict[tuple[str, str, int | None], list[_Call]] = {}
    for call in calls:
        situation, track = call.situation, call.track
        late_again = track.milestone.recurring and situation.whole(track).overdue
        place = None if late_again else _place(situation, track)
        groups.setdefault((situation.directive.code, track.milestone.id, place), []).append(call)
    return [_as_one(group) if place is None else group[0] for (_, _, place), group in groups.items()]


def _as_one(calls: list[_Call]) -> _Call:
    """The oldest overdue occurrence and the later ones, whether they have a rung of their own now or not."""
    situation, milestone = calls[0].situation, calls[0].track.milestone
    codes = dict.fromkeys(code for call in calls for code in call.subjects)
    oldest, *later = (
        track
        for track in situation.tracks
        if track.milestone is milestone and situation.whole(track).overdue and _concerns(situation, track, codes)
    )
    reasons = dict.fromkeys(reason for call in calls for reason in call.reasons)
    resumed = max(call.resumed for call in calls)
    return _Call(situation, oldest, tuple(codes), tuple(reasons), tuple(later), resumed)


def _concerns(situation: Situation, track: Track, codes: Collection[str]) -> bool:
    return not codes or any(subject.code in codes for subject in situation.unmet(track))


def _worst(item: Item) -> tuple[bool, bool, int, date]:
    """Late ones first, the latest of them first; then by nearness of the due; those without one last."""
    nominal = item.due.nominal if item.due else date.max
    return not item.late, item.due is None, -item.working_days if item.late else item.working_days, nominal


def _merged(calls: list[_Call]) -> list[Item]:
    """Items of one directive; blocked subjects move into the item of the milestone they wait for."""
    carried: dict[int, list[Carried]] = {}
    standing_alone: list[_Call] = []
    for call in calls:
        due, waiting = call.track.due, _waiting(call)
        for place, subjects in Counter(waiting.values()).items():
            assert due is not None  # only a due has something to wait for
            one = Carried(name=call.track.milestone.name, due=due, subjects=subjects)
            carried.setdefault(place, []).append(one)
        alone = tuple(code for code in call.subjects or (WHOLE,) if code not in waiting)
        if alone:
            standing_alone.append(replace(call, subjects=tuple(c for c in alone if c)))
    return [
        _urged(call, carried.get(_place(call.situation, call.track), []))
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


def _waiting(call: _Call) -> dict[str, int]:
    """The call's subjects that wait for another milestone → place of that one's track."""
    roots = {subject: _root(call.situation, call.track, subject) for subject in call.subjects or (WHOLE,)}
    return {subject: root for subject, root in roots.items() if root is not None}


def _root(situation: Situation, track: Track, subject: str) -> int | None:
    """Where the chain of unmet predecessors begins; None for what is late itself, or waits for nothing."""
    if track.due is None or situation.whole(track).overdue:
        return None
    for place, other in enumerate(situation.tracks):
        standing = _of(situation, other, subject) if other.milestone.id in track.milestone.follows else None
        if standing and standing.open and _blocks(standing, track.due, situation):
            higher = _root(situation, other, subject)
            return place if higher is None else higher
    return None


def _blocks(predecessor: Standing, due: Due, situation: Situation) -> bool:
    near = timedelta(days=situation.rules.policy.blocking_days)
    return predecessor.overdue or due.last_day - local_date(situation.as_of) > near


def _of(situation: Situation, track: Track, subject: str) -> Standing | None:
    if subject == WHOLE:
        return situation.whole(track)
    return next((s for s in situation.singles(track) if s.subject and s.subject.code == subject), None)


def _place(situation: Situation, track: Track) -> int:
    return next(place for place, other in enumerate(situation.tracks) if other is track)


def _item(call: _Call, carried: list[Carried]) -> Item:
    situation, track = call.situation, call.track
    whole = situation.whole(track)
    return Item(
        milestone=track.milestone.id,
        name=_named(call),
        target=say_target(whole.metric, track.milestone.target),
        due=track.due,
        late=whole.overdue,
        working_days=_distance(situation, track),
        summary=_listed(call) if call.later else summary(situation, track),
        subjects=_lines(situation, (track, *call.later), _shown(call)),
        carried=tuple(carried),
        reasons=call.reasons,
        reading=track.milestone.reading,
        resumed=_resumption(call) if call.resumed else None,
    )


def _urged(call: _Call, carried: list[Carried]) -> Item:
    """The item with its picture: what is only listed has none."""
    item = _item(call, carried)
    return item.model_copy(update={"chart": chart(call.situation, call.track, _shown(call))})


def _shown(call: _Call) -> tuple[str, ...]:
    """The subjects told one by one: to who answers for all of them, or helps with all, they are counts."""
    return call.subjects if set(call.reasons) - {Reason.LEAD, Reason.COORDINATING} else ()


def _resumption(call: _Call) -> Resumption | None:
    """The suspension that ended on the day, of the directive or of one of the subjects."""
    track = call.track
    subjects = (subject.stops for subject in track.subjects if subject.code in call.subjects or not call.subjects)
    ended = (
        Resumption(
            since=stop.since,
            until=stop.until,
            due_passed=track.due is not None and stop.silences(track.due.overdue_after),
        )
        for stop in chain(track.reports.halts.get(WHOLE, ()), *subjects)
        if stop.resumed_at and stop.until and local_date(stop.resumed_at).isoformat() == call.resumed
    )
    return next(ended, None)


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


_OCCURRENCES_SHOWN = 12
"""Overdue occurrences named by their dates; older ones are counted."""


def _named(call: _Call) -> str:
    if not call.later:
        return call.track.name
    return f"{call.track.milestone.name}, {len(_overdue_days(call))} kỳ quá hạn"


def _listed(call: _Call) -> str:
    """Overdue occurrences in one line, oldest first."""
    days = _overdue_days(call)
    older = len(days) - _OCCURRENCES_SHOWN
    said = ", ".join(vn.day(day) for day in days[max(older, 0) :])
    return f"chưa hoàn thành các kỳ hạn {said}{f' và {older} kỳ trước đó' if older > 0 else ''}"


def _overdue_days(call: _Call) -> list[date]:
    tracks = (call.track, *call.later)
    return sorted({track.due.occurrence for track in tracks if track.due and track.due.occurrence})


def _lines(situation: Situation, tracks: Sequence[Track], codes: Iterable[str]) -> tuple[SubjectLine, ...]:
    """`codes` are subjects in force of the tracks; of those that are in several, as the first of these has them."""
    open_ones = [one for track in reversed(tracks) for one in situation.singles(track) if one.open]
    known = {one.subject.code: (one.subject, one) for one in open_ones if one.subject}
    return tuple(_line(situation, *known[code]) for code in codes)


def _line(situation: Situation, subject: Subject, standing: Standing) -> SubjectLine:
    plan = situation.state.plan(standing.metric.id, subject.code, local_date(situation.as_of))
    return SubjectLine(
        code=subject.code,
        name=subject.name,
        have=say(standing.metric, standing.latest) if standing.latest else "chưa có báo cáo",
        missing=say_missing(standing.metric, standing.latest, standing.track.milestone.target, plan),
        occurrence=standing.due.occurrence if standing.due else None,
    )
