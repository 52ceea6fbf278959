"""From a written deadline to the first instant that is late: Bộ luật Dân sự 2015, điều 146-148."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.due import (
    Anchor,
    BeforeDay,
    Bound,
    Due,
    DueSpec,
    EndOf,
    MovedBy,
    Reading,
    Within,
    resolve,
    resolve_each,
    safe_due,
)
from domain.workdays import OutsideCalendarError, Roll
from tests.world import CALENDAR, day, instant

READING = Reading(closing=time(17))
LENIENT = Reading(closing=time(17), before_day=BeforeDay.LENIENT)


def spec(**fields: object) -> DueSpec:
    return DueSpec.model_validate({"phrase": "…", **fields})


def due_of(written: DueSpec, extended_to: date | None = None, reading: Reading = READING, **anchors: date) -> Due:
    known = {name.replace("__", ":").replace("_", "-"): when for name, when in anchors.items()}
    found = resolve(written, CALENDAR, reading, known, extended_to)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------- written days and ends of periods


def test_den_het_ngay_30_9_2024_includes_that_day() -> None:
    due = due_of(spec(phrase="đến hết ngày 30/9/2024", date="2024-09-30"))
    assert due.overdue_after == instant("1/10/2024 00:00")
    assert due.safe_due == instant("30/9/2024 17:00")
    assert (due.last_day, due.nominal, due.original) == (day("30/9/2024"), day("30/9/2024"), None)
    assert due.source == "ngày ghi trong văn bản"
    assert due.steps == ("“đến hết ngày 30/9/2024”: ngày 30/9/2024", "trễ kể từ 00:00 ngày 01/10/2024")


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ({"month": "2024-06"}, "30/6/2024"),
        ({"month": "2024-02"}, "29/2/2024"),
        ({"month": "2025-02"}, "28/2/2025"),
        ({"quarter": "2024-Q1"}, "31/3/2024"),
        ({"quarter": "2024-Q3"}, "30/9/2024"),
        ({"half": "2024-H1"}, "30/6/2024"),
        ({"half": "2024-H2"}, "31/12/2024"),
        ({"year": "2024"}, "31/12/2024"),
    ],
)
def test_months_quarters_halves_and_years_end_on_their_last_day(period: dict[str, str], last: str) -> None:
    due = due_of(spec(end_of=period))
    assert due.nominal == day(last)
    assert due.source == "Bộ luật Dân sự 2015, điều 146"


@pytest.mark.parametrize(
    "period",
    [{}, {"month": "2024-06", "year": "2024"}, {"month": "2024-13"}, {"month": "6/2024"}, {"quarter": "2024-Q5"}],
)
def test_a_period_that_is_not_one_period_is_refused(period: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="end_of"):
        EndOf.model_validate(period)


@pytest.mark.parametrize(
    ("roll", "nominal", "safe"),
    [
        ("none", "30/6/2024", "28/6/2024 17:00"),
        ("previous", "28/6/2024", "28/6/2024 17:00"),
        ("next", "1/7/2024", "1/7/2024 17:00"),
    ],
)
def test_within_june_2024_ends_on_a_sunday(roll: str, nominal: str, safe: str) -> None:
    due = due_of(spec(end_of={"month": "2024-06"}, roll=roll))
    assert due.nominal == day(nominal)
    assert due.safe_due == instant(safe)


def test_a_written_date_is_never_rolled_unless_asked() -> None:
    due = due_of(spec(date="2024-09-02"))  # Quốc khánh
    assert due.nominal == day("2/9/2024")
    assert due.safe_due == instant("30/8/2024 17:00")
    rolled = due_of(spec(date="2024-09-02", roll="next"))
    assert rolled.nominal == day("4/9/2024")
    assert "ngày 02/9/2024 là ngày nghỉ, chuyển sang 04/9/2024" in rolled.steps


def test_an_unknown_roll_is_refused() -> None:
    with pytest.raises(ValidationError, match="roll"):
        spec(date="2024-09-30", roll="nearest")


# --------------------------------------------------------------------------------------------------------------- bounds


def test_truoc_ngay_excludes_the_day_in_a_strict_office_and_includes_it_in_a_lenient_one() -> None:
    before = spec(phrase="trước ngày 30/9/2024", date="2024-09-30", bound="exclusive")
    strict, lenient = due_of(before), due_of(before, reading=LENIENT)
    assert (strict.nominal, strict.last_day) == (day("30/9/2024"), day("29/9/2024"))
    assert strict.overdue_after == instant("30/9/2024 00:00")
    assert strict.safe_due == instant("27/9/2024 17:00")  # 29/9 is a Sunday
    assert lenient.overdue_after == instant("1/10/2024 00:00")


def test_a_clock_time_is_late_from_that_instant() -> None:
    at_ten = due_of(spec(date="2024-09-30", bound="at", time="10:00"))
    assert at_ten.overdue_after == at_ten.safe_due == instant("30/9/2024 10:00")
    assert at_ten.last_day == day("30/9/2024")
    in_the_night = due_of(spec(date="2024-09-30", bound="at", time="00:00"))
    assert in_the_night.last_day == day("29/9/2024")
    assert in_the_night.safe_due == instant("27/9/2024 17:00")


def test_the_last_day_is_a_vietnamese_day_whatever_zone_the_instant_came_in() -> None:
    early = due_of(spec(date="2024-09-30", bound="at", time="05:00"))
    read_back = early.model_copy(update={"overdue_after": early.overdue_after.astimezone(UTC)})
    assert read_back == early
    assert read_back.last_day == day("30/9/2024")
    assert safe_due(datetime(2024, 9, 29, 22, tzinfo=UTC), CALENDAR, time(17)) == instant("30/9/2024 05:00")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "đúng một trong date, end_of, within"),
        ({"date": "2024-09-30", "end_of": {"year": "2024"}}, "đúng một trong date, end_of, within"),
        ({"date": "2024-09-30", "time": "10:00"}, "bound: at"),
        ({"date": "2024-09-30", "bound": "at"}, "bound: at"),
        ({"date": "2024-09-30", "bound": "at", "time": "10:00Z"}, "giờ Việt Nam"),
        ({"date": "2024-09-30", "legal": "2025-01-31"}, "legal_source"),
        ({"date": "2021-00-30"}, "date"),
    ],
)
def test_a_due_that_says_two_things_or_none_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        spec(**fields)


# -------------------------------------------------------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("length", "start", "ended"),
    [
        ({"months": 1}, "31/1/2024", "29/2/2024"),
        ({"months": 1}, "31/5/2024", "1/7/2024"),  # 30/6 is a Sunday
        ({"days": 10}, "20/6/2024", "1/7/2024"),
        ({"days": 30}, "1/8/2024", "4/9/2024"),  # 31/8 is a Saturday, then Quốc khánh
        ({"weeks": 2}, "3/6/2024", "17/6/2024"),
        ({"years": 1}, "29/2/2024", "28/2/2025"),
        ({"working_days": 47}, "22/4/2024", "28/6/2024"),
        ({"working_days": 5}, "29/6/2024", "5/7/2024"),  # received on a Saturday
        ({"days": 0}, "3/6/2024", "3/6/2024"),
    ],
)
def test_the_first_day_is_not_counted_and_the_last_is_a_working_day(
    length: dict[str, int], start: str, ended: str
) -> None:
    due = due_of(spec(within={**length, "of": "received"}), received=day(start))
    assert due.nominal == day(ended)
    assert due.overdue_after == instant(ended) + timedelta(microseconds=1)
    assert due.source == "Bộ luật Dân sự 2015, điều 147-148"


def test_the_walk_of_a_period_is_told_step_by_step() -> None:
    due = due_of(spec(within={"days": 10, "of": "issued"}), issued=day("20/6/2024"))
    assert due.steps == (
        "bắt đầu 20/6/2024, không tính ngày đầu (điều 147); hết ngày 30/6/2024",
        "ngày cuối là ngày nghỉ, kết thúc tại 01/7/2024 (điều 148 khoản 5)",
        "trễ kể từ 00:00 ngày 02/7/2024",
    )


def test_a_period_waits_for_the_day_it_starts_from() -> None:
    after = {"issued": spec(within={"days": 5, "of": "issued"}), "event": spec(within={"days": 5, "event": "don-doan"})}
    assert [resolve(one, CALENDAR, READING, {}) for one in after.values()] == [None, None]
    assert due_of(after["event"], event__don_doan=day("3/6/2024")).nominal == day("10/6/2024")


@pytest.mark.parametrize(
    ("start", "key"),
    [
        ({"of": Anchor.ISSUED}, "issued"),
        ({"of": Anchor.RECEIVED}, "received"),
        ({"event": "khoi-cong"}, "event:khoi-cong"),
        ({"milestone": "giai-ngan-40"}, "milestone:giai-ngan-40"),
    ],
)
def test_a_period_starts_from_one_named_thing(start: dict[str, str], key: str) -> None:
    assert Within.model_validate({"days": 1, **start}).anchor() == key


@pytest.mark.parametrize(
    "fields",
    [
        {"of": "issued"},
        {"days": 1, "weeks": 1, "of": "issued"},
        {"days": -1, "of": "issued"},
        {"days": 1},
        {"days": 1, "of": "issued", "event": "khoi-cong"},
    ],
)
def test_a_period_without_one_length_and_one_start_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="within cần đúng một"):
        Within.model_validate(fields)


# ---------------------------------------------------------------------------------------- what changes a due afterwards


def test_an_extension_moves_the_judged_day_and_keeps_the_original() -> None:
    due = due_of(spec(date="2024-09-30", bound="at", time="10:00"), extended_to=day("31/10/2024"))
    assert (due.nominal, due.original) == (day("31/10/2024"), day("30/9/2024"))
    assert due.overdue_after == instant("1/11/2024 00:00")
    assert "được gia hạn đến hết ngày 31/10/2024" in due.steps


def test_everything_must_be_ready_before_the_visit_once_its_day_is_fixed() -> None:
    ready = spec(date="2024-06-30", moved_by=MovedBy(event="don-doan"))
    assert due_of(ready).nominal == day("30/6/2024")
    moved = due_of(ready, event__don_doan=day("20/6/2024"))
    assert moved.overdue_after == instant("20/6/2024 00:00")
    assert moved.source == "sự kiện ghi trong sổ"


def test_the_law_and_the_admins_choice_stand_beside_the_due() -> None:
    due = due_of(
        spec(date="2024-12-31", legal="2025-01-31", legal_source="Luật Đầu tư công, điều 68", chosen_by="quản trị viên")
    )
    assert (due.legal, due.legal_source) == (day("31/1/2025"), "Luật Đầu tư công, điều 68")
    assert due.source == "do quản trị viên chọn"
    assert due.overdue_after == instant("1/1/2025 00:00")


def test_a_due_beyond_the_letters_is_flagged_and_one_beyond_the_calendar_refused() -> None:
    assert not due_of(spec(date="2026-11-23")).unconfirmed
    assert due_of(spec(date="2026-11-24")).unconfirmed
    assert due_of(spec(date="2026-11-24")).calendar == CALENDAR.version
    with pytest.raises(OutsideCalendarError):
        due_of(spec(date="2036-06-30"))


def test_a_week_ends_on_its_sunday_which_no_law_says() -> None:
    due = due_of(spec(end_of={"week": "2024-W05"}))
    assert (due.nominal, due.source) == (day("4/2/2024"), "tuần kết thúc vào Chủ nhật (ISO 8601)")
    assert due_of(spec(end_of={"week": "2026-W53"})).nominal == day("3/1/2027")


@pytest.mark.parametrize("period", [{"week": "2024-W53"}, {"week": "2024-W00"}, {"week": "5"}, {"year": "0000"}])
def test_a_week_or_year_that_does_not_exist_is_refused(period: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="không đọc được"):
        EndOf.model_validate(period)


# ---------------------------------------------------------------------------------------------------- counted back


@pytest.mark.parametrize(
    ("length", "nominal"),
    [
        ({"days": 3}, "7/6/2024"),
        ({"working_days": 3}, "5/6/2024"),
        ({"weeks": 1}, "3/6/2024"),
        ({"months": 1}, "10/5/2024"),
        ({"years": 1}, "10/6/2023"),
        ({"days": 1}, "9/6/2024"),  # a Sunday: the day before stays the day before
    ],
)
def test_so_long_before_an_event_the_day_itself_not_counted(length: dict[str, int], nominal: str) -> None:
    due = due_of(spec(within={**length, "event": "di-cong-tac", "before": True}), event__di_cong_tac=day("10/6/2024"))
    assert (due.nominal, due.last_day) == (day(nominal), day(nominal))
    assert due.steps[0].startswith("đếm lùi từ 10/6/2024, không tính ngày đầu")


def test_a_month_before_the_last_of_march_is_the_last_of_february() -> None:
    back = spec(within={"months": 1, "of": "issued", "before": True})
    assert due_of(back, issued=day("31/3/2024")).nominal == day("29/2/2024")


# ------------------------------------------------------------------------------------------------ days that come again


MONTHLY = {"every": "month", "days": [20]}


def test_each_occurrence_is_a_due_of_its_own() -> None:
    monthly = spec(phrase="trước ngày 20 hằng tháng", every=MONTHLY, bound="exclusive")
    dues = list(resolve_each(monthly, CALENDAR, READING, day("1/5/2024"), day("31/7/2024")))
    assert [due.occurrence for due in dues] == [day("20/5/2024"), day("20/6/2024"), day("20/7/2024")]
    assert [due.overdue_after for due in dues] == [
        instant("20/5/2024 00:00"),
        instant("20/6/2024 00:00"),
        instant("20/7/2024 00:00"),  # a Saturday: written days are never moved
    ]
    assert dues[0].steps == (
        "“trước ngày 20 hằng tháng”: ngày 20 hằng tháng; kỳ ngày 20/5/2024",
        "trễ kể từ 00:00 ngày 20/5/2024",
    )
    assert (dues[0].rule, dues[0].source, dues[0].key) == ("dinh-ky", "ngày định kỳ ghi trong văn bản", "2024-05-20")


def test_by_itself_a_recurring_due_has_no_date_and_a_single_one_no_occurrences() -> None:
    assert resolve(spec(every=MONTHLY), CALENDAR, READING, {}) is None
    assert spec(every=MONTHLY).written_day() is None
    assert list(resolve_each(spec(date="2024-06-30"), CALENDAR, READING, day("1/1/2024"), day("31/12/2024"))) == []


def test_an_occurrence_that_was_moved_is_known_by_both_its_days() -> None:
    rolled = next(resolve_each(spec(every=MONTHLY, roll="next"), CALENDAR, READING, day("1/7/2024"), date.max))
    assert (rolled.nominal, rolled.key) == (day("22/7/2024"), "2024-07-20/2024-07-22")
    extended = resolve(spec(every=MONTHLY), CALENDAR, READING, {}, day("31/5/2024"), day("20/5/2024"))
    assert extended is not None
    assert (extended.nominal, extended.original) == (day("31/5/2024"), day("20/5/2024"))
    assert (extended.occurrence, extended.key) == (day("20/5/2024"), "2024-05-20/2024-05-31")


def test_occurrences_are_computed_as_they_are_asked_for() -> None:
    dues = resolve_each(spec(every={"every": "year", "dates": ["12-31"]}), CALENDAR, READING, day("1/1/2035"), date.max)
    assert next(dues).occurrence == day("31/12/2035")
    with pytest.raises(OutsideCalendarError):
        next(dues)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date": "2024-06-30"}, "đúng một trong date, end_of, within, every"),
        ({"legal": "2025-01-31", "legal_source": "Luật"}, "không dùng với legal"),
        ({"moved_by": {"event": "hop"}}, "không dùng với moved_by"),
        ({"bound": "at"}, "bound: at đi cùng time"),
    ],
)
def test_what_does_not_go_with_days_that_come_again_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        spec(every=MONTHLY, **fields)


# -------------------------------------------------------------------------------------- a period counted on the fingers


def naive_end(start: date, working: int | None, calendar_days: int | None) -> date:
    """Điều 147-148 by stepping one day at a time."""
    ended = start
    for _ in range(calendar_days or 0):
        ended += timedelta(days=1)
    left = working or 0
    while left:
        ended += timedelta(days=1)
        left -= CALENDAR.is_working(ended)
    while not CALENDAR.is_working(ended):
        ended += timedelta(days=1)
    return ended


@settings(max_examples=2000, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2026, 6, 30)), st.integers(0, 120), st.booleans())
def test_a_period_agrees_with_the_fingers(start: date, length: int, working: bool) -> None:
    unit = "working_days" if working else "days"
    due = due_of(spec(within={unit: length, "of": "issued"}), issued=start)
    expected = naive_end(start, length, None) if working else naive_end(start, None, length)
    assert due.nominal == expected
    assert due.last_day == expected


@settings(max_examples=1000, deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2026, 6, 30)),
    st.sampled_from([Bound.INCLUSIVE, Bound.EXCLUSIVE]),
    st.sampled_from(list(Roll)),
)
def test_the_safe_due_is_in_time_and_on_a_working_day(written: date, bound: Bound, roll: Roll) -> None:
    due = due_of(spec(date=written, bound=bound, roll=roll))
    assert due.safe_due < due.overdue_after
    assert CALENDAR.is_working(due.safe_due.date())
    assert CALENDAR.working_days(due.safe_due.date(), due.last_day) == 0
