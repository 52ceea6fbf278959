"""One named world for tests of rules: a huyện with its đầu mối and head, two communes, a monitor, an outsider.

The directive is footnote 8 of the notice, the calendar and the policy are the shipped ones. Days are written as people
write them: `30/9/2024`, or `30/9/2024 07:30` for an instant on Vietnamese clocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from config.areas import Area, CalendarFile, read_area
from domain.clocktime import at, last_instant
from domain.directive import Directive, Footnote, Milestone, Notice
from domain.due import DueSpec, EndOf
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from domain.metric import DONE, Metric, MetricKind, Value
from domain.office import Group, Interval, Office, Person, Post, Role, Unit
from domain.outbox import Delivery
from domain.outbox import State as OutboxState
from domain.plan import Track
from domain.policy import Policy
from domain.reminders import Decision, decide
from domain.situation import Rules, Situation, look
from domain.standing import Standing
from domain.vietnamese import read_money
from domain.workdays import Calendar

CONFIG = Path(__file__).parent.parent / "config"


def day(written: str) -> date:
    """`30/9/2024`"""
    return datetime.strptime(written, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone


def instant(written: str) -> datetime:
    """`30/9/2024 07:30`, or the last instant of `30/9/2024`."""
    written_day, _, clock = written.partition(" ")
    return at(day(written_day), time.fromisoformat(clock)) if clock else last_instant(day(written_day))


def shipped_calendar() -> Calendar:
    read = read_area(CONFIG, Area.CALENDAR)
    assert isinstance(read.model, CalendarFile), read.findings
    return read.model.calendar()


def shipped_policy() -> Policy:
    read = read_area(CONFIG, Area.POLICY)
    assert isinstance(read.model, Policy), read.findings
    return read.model


CALENDAR = shipped_calendar()
POLICY = shipped_policy()

# --------------------------------------------------------------------------------------------------------------- people

HUYEN, TAN_THANH, VU_LE = "huyen-bac-son", "xa-tan-thanh", "xa-vu-le"
VAN_PHONG, TAI_CHINH, SO_Y_TE = "van-phong-tinh", "phong-tai-chinh", "so-y-te"


def unit(code: str, name: str, valid: Interval = Interval()) -> Unit:  # noqa: B008 - frozen
    return Unit(code=code, name=name, valid=valid)


def person(code: str, *posts: tuple[str, Role] | Post, channels: tuple[str, ...] = ("email", "zalo")) -> Person:
    held = tuple(post if isinstance(post, Post) else Post(unit=post[0], role=post[1]) for post in posts)
    return Person(code=code, name=code.replace("-", " "), posts=held, channels=channels)


UNITS = (
    unit(HUYEN, "UBND huyện Bắc Sơn"),
    unit(TAN_THANH, "UBND xã Tân Thành"),
    unit(VU_LE, "UBND xã Vũ Lễ"),
    unit(VAN_PHONG, "Văn phòng UBND tỉnh"),
    unit(TAI_CHINH, "Phòng Tài chính - Kế hoạch"),
    unit(SO_Y_TE, "Sở Y tế"),
)
PEOPLE = (
    person("dau-moi-huyen", (HUYEN, Role.FOCAL)),
    person("chu-tich-huyen", (HUYEN, Role.HEAD)),
    person("dau-moi-tan-thanh", (TAN_THANH, Role.FOCAL)),
    person("chu-tich-tan-thanh", (TAN_THANH, Role.HEAD)),
    person("dau-moi-vu-le", (VU_LE, Role.FOCAL)),
    person("chu-tich-vu-le", (VU_LE, Role.HEAD)),
    person("theo-doi", (VAN_PHONG, Role.FOCAL)),
    person("lanh-dao-tinh", (VAN_PHONG, Role.LEADER)),
    person("tai-chinh", (TAI_CHINH, Role.FOCAL)),
    person("nguoi-ngoai", (SO_Y_TE, Role.FOCAL)),
)
OFFICE = Office(
    units=UNITS, groups=(Group(code="cac-xa", name="UBND các xã", members=(TAN_THANH, VU_LE)),), people=PEOPLE
)
RULES = Rules(office=OFFICE, calendar=CALENDAR, policy=POLICY)


def rules(*, people: Iterable[Person] = PEOPLE, units: Iterable[Unit] = UNITS, **policy: object) -> Rules:
    """The shipped rules with other people, units, or fields of the policy."""
    office = Office(units=tuple(units), groups=OFFICE.groups, people=tuple(people))
    return Rules(office=office, calendar=CALENDAR, policy=POLICY.model_copy(update=policy))


# ----------------------------------------------------------------------------------------------------------- directives

NOTICE = Notice(
    code="2024-bac-son",
    kind="Thông báo",
    issuer="UBND tỉnh Lạng Sơn",
    title="Kết luận kiểm tra huyện Bắc Sơn",
    short="Thông báo kết luận kiểm tra huyện Bắc Sơn",
    file="notices/2024-bac-son.txt",
    sha256="0" * 64,
)
KHOI_CONG = Metric(id="khoi-cong", kind=MetricKind.EVENT, name="Khởi công")
GIAI_NGAN = Metric(
    id="giai-ngan",
    kind=MetricKind.PERCENT,
    name="Giải ngân kế hoạch vốn",
    numerator="vốn đã giải ngân",
    denominator="kế hoạch vốn được giao",
    basis="kế hoạch vốn năm 2024 của từng dự án",
)
TINH_HINH = Metric(id="tinh-hinh", kind=MetricKind.NARRATIVE, name="Tình hình thực hiện")


def percent(number: str) -> Value:
    return Value(number=Decimal(number))


START = Milestone(
    id="khoi-cong",
    name="Khởi công",
    metric="khoi-cong",
    target=DONE,
    due=DueSpec(phrase="chậm nhất trong tháng 6/2024", end_of=EndOf(month="2024-06")),
)
FORTY = Milestone(
    id="giai-ngan-40",
    name="Giải ngân 40%",
    metric="giai-ngan",
    target=percent("40"),
    due=DueSpec(phrase="đến hết ngày 30/9/2024", date=day("30/9/2024")),
    follows=("khoi-cong",),
)
HUNDRED = Milestone(
    id="giai-ngan-100",
    name="Giải ngân 100%",
    metric="giai-ngan",
    target=percent("100"),
    due=DueSpec(phrase="đến hết ngày 31/12/2024", date=day("31/12/2024")),
    follows=("giai-ngan-40",),
)
FOOTNOTE_8 = Directive(
    code="khoi-cong-moi",
    title="Dự án khởi công mới năm 2024",
    notice=NOTICE,
    section="II.1.2",
    quote="Tập trung cao độ, bám sát công việc trong tổ chức thực hiện",
    footnotes=(Footnote(mark=8, text="khởi công chậm nhất trong tháng 6/2024"),),
    lead=(HUYEN,),
    coordinating=(TAI_CHINH,),
    monitor=VAN_PHONG,
    starts=day("22/4/2024"),
    subject_word="dự án",
    metrics=(KHOI_CONG, GIAI_NGAN),
    milestones=(START, FORTY, HUNDRED),
)
UNDATED = FOOTNOTE_8.model_copy(
    update={
        "code": "bao-cao-tinh-hinh",
        "title": "Báo cáo tình hình",
        "coordinating": (),
        "metrics": (TINH_HINH,),
        "milestones": (Milestone(id="tinh-hinh", name="Tình hình thực hiện", metric="tinh-hinh"),),
    }
)


def variant(*milestones: Milestone, metrics: tuple[Metric, ...] | None = None, **fields: object) -> Directive:
    """Footnote 8 with other milestones (all of its own if none are given), metrics or fields; validated anew."""
    known = dict(FOOTNOTE_8)
    if milestones:
        known |= {"milestones": milestones, "metrics": metrics or FOOTNOTE_8.metrics}
    return Directive.model_validate(known | fields)


def changed(milestone: Milestone, **fields: object) -> Milestone:
    """The milestone with other fields; validated anew."""
    return Milestone.model_validate(dict(milestone) | fields)


# --------------------------------------------------------------------------------------------------------------- ledger

_ids = count(1)


def entry(kind: EntryKind, recorded: str, **fields: Any) -> Entry:
    """An entry recorded at 16:00 of a day, or at an instant; true of that day unless `as_of` says otherwise."""
    recorded_at = instant(recorded if " " in recorded else f"{recorded} 16:00")
    fields = {"actor": "dau-moi-huyen", "as_of": recorded_at.date(), **fields}
    return Entry(
        id=f"b{next(_ids)}", kind=kind, directive=FOOTNOTE_8.code, recorded_at=recorded_at, source="web", **fields
    )


def report(metric: Metric, value: str, as_of: str, subject: str | None = None, *, recorded: str = "") -> Entry:
    """What somebody reports; `as_of` may carry a clock time."""
    true_of, _, clock = as_of.partition(" ")
    return entry(
        EntryKind.REPORT,
        recorded or as_of,
        metric=metric.id,
        subject=subject,
        value=read_value(value, metric),
        as_of=day(true_of),
        as_of_time=time.fromisoformat(clock) if clock else None,
    )


def started(as_of: str, subject: str | None = None, *, recorded: str = "") -> Entry:
    return report(KHOI_CONG, "xong", as_of, subject, recorded=recorded)


def disbursed(value: str, as_of: str, subject: str | None = None, *, recorded: str = "") -> Entry:
    return report(GIAI_NGAN, value, as_of, subject, recorded=recorded)


def plan(money: str, as_of: str, subject: str | None = None, *, recorded: str = "") -> Entry:
    amount = Value(number=read_money(money))
    return entry(
        EntryKind.PLAN, recorded or as_of, metric=GIAI_NGAN.id, subject=subject, value=amount, as_of=day(as_of)
    )


def enrol(subject: str, unit_code: str | None, recorded: str, **fields: Any) -> Entry:
    return entry(EntryKind.ENROL, recorded, subject=subject, name=f"Dự án {subject}", unit=unit_code, **fields)


def grant(milestone: str, until: str, recorded: str, subject: str | None = None) -> Entry:
    return entry(EntryKind.EXTENSION_GRANT, recorded, milestone=milestone, day=day(until), subject=subject)


def decided(kind: EntryKind, about: Entry, recorded: str) -> Entry:
    """The monitor's CONFIRM or RETURN of a report."""
    return entry(kind, recorded, refers_to=about.id, subject=about.subject, actor="theo-doi")


def corrected(about: Entry, value: str, as_of: str, recorded: str) -> Entry:
    fresh = report(GIAI_NGAN, value, as_of, about.subject, recorded=recorded)
    return fresh.model_copy(update={"kind": EntryKind.CORRECTION, "refers_to": about.id})


CAU, DUONG = "cau", "duong"
PROJECTS = (enrol(CAU, TAN_THANH, "19/4/2024 09:00"), enrol(DUONG, VU_LE, "19/4/2024 09:05"))
"""A bridge of xã Tân Thành and a road of xã Vũ Lễ, written down on the Friday before the directive starts."""


# --------------------------------------------------------------------------------------------------------------- asking


def on(
    when: str,
    entries: Iterable[Entry] = (),
    directive: Directive = FOOTNOTE_8,
    given: Rules = RULES,
    known_at: str | None = None,
) -> Situation:
    """The situation at an instant, or at the end of a day."""
    known = instant(known_at) if known_at else None
    return look(directive, entries, given, instant(when), instant("15/4/2024 08:00"), known)


def track_of(situation: Situation, milestone: str, subject: str | None = None) -> Track:
    """The milestone's only track, or the one that has the subject."""
    found = [
        track
        for track in situation.tracks
        if track.milestone.id == milestone and (subject is None or subject in {one.code for one in track.subjects})
    ]
    assert len(found) == 1
    return found[0]


def standing(situation: Situation, milestone: str, subject: str | None = None) -> Standing:
    """Of the milestone as a whole, or of one subject."""
    track = track_of(situation, milestone, subject)
    if subject is None:
        return situation.whole(track)
    return next(one for one in situation.singles(track) if one.subject and one.subject.code == subject)


def live(
    days: Iterable[str],
    entries: Iterable[Entry] = (),
    directive: Directive = FOOTNOTE_8,
    given: Rules = RULES,
) -> list[Delivery]:
    """The outbox after looking at 07:30 of each day in turn; nothing is sent in between."""
    rows: list[Delivery] = []
    known = tuple(entries)
    for one in days:
        rows += decide(on(f"{one} 07:30", known, directive, given), rows).new
    return rows


def after(rows: Iterable[Delivery], decision: Decision) -> list[Delivery]:
    """The outbox as the decision leaves it."""
    taken_back = dict(decision.overtaken)
    void = {"state": OutboxState.OBSOLETE}
    kept = {
        row.key: row.model_copy(update=void | {"note": taken_back[row.key]}) if row.key in taken_back else row
        for row in rows
    }
    return list((kept | {row.key: row for row in (*decision.revived, *decision.new)}).values())
