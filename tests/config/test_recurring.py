"""Days that come again, as an office writes them: what is read, and what is told at its line, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from config.reading import read
from config.schema import schemas
from domain.due import Bound
from domain.recurrence import Frequency, Recurrence
from tests.config.poisoning import DIRECTIVES, FOOTNOTE_8, Office, errors, office_in
from tests.config.test_poison import LEFT_IN_ENGLISH, VIETNAMESE
from tests.world import day

BEHIND = f"code: {FOOTNOTE_8}"
LAST = "date: 2024-12-31}\n        follows: [giai-ngan-40]"
"""The due of the last milestone, which nothing follows."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as opened:
        yield opened


def written(office: Office, due: str) -> int:
    """Write the due, and let the milestone follow nothing; the line of the due."""
    return office.change(DIRECTIVES, LAST, f"{due}}}", BEHIND)


@pytest.mark.parametrize(
    ("due", "recurrence"),
    [
        ("every: {every: month, days: [20]}", Recurrence(every=Frequency.MONTH, days=(20,))),
        ("every: {every: week, days: [1]}", Recurrence(every=Frequency.WEEK, days=(1,))),
        ("every: {every: quarter, days: [-1]}", Recurrence(every=Frequency.QUARTER, days=(-1,))),
        ("every: {every: day}", Recurrence(every=Frequency.DAY)),
        ("every: {every: year, dates: [06-05, 12-05]}", Recurrence(every=Frequency.YEAR, dates=("06-05", "12-05"))),
        (
            "every: {every: half, days: [14], starts: 2024-06-01, until: 2025-12-31}",
            Recurrence(every=Frequency.HALF, days=(14,), starts=day("1/6/2024"), until=day("31/12/2025")),
        ),
    ],
)
def test_a_recurring_due_is_read_as_written_and_kept_as_adopted(
    office: Office, due: str, recurrence: Recurrence
) -> None:
    written(office, f"bound: exclusive, {due}")
    assert errors(office.adopt().findings) == []
    spec = office.configuration().directives[FOOTNOTE_8].milestone("giai-ngan-100").due
    assert spec is not None
    assert (spec.every, spec.bound) == (recurrence, Bound.EXCLUSIVE)


@pytest.mark.parametrize(
    ("due", "field", "says"),
    [
        ("every: {every: month, days: [0]}", "due.every.days.0", "không có ngày 0"),
        ("every: {every: month, days: [20, 32]}", "due.every.days.1", "không có ngày 32"),
        ("every: {every: month, days: [20, 20]}", "due.every.days.1", "trùng ngày 20"),
        ("every: {every: month, days: 20}", "due.every.days", "danh sách"),
        ("every: {every: month, days: [yes]}", "due.every.days.0", "số nguyên"),
        ("every: {every: month, days: [20.5]}", "due.every.days.0", "số nguyên"),
        ("every: {every: month}", "due.every.days", "ít nhất một ngày ở days"),
        ("every: {every: week, days: [thứ Hai]}", "due.every.days.0", "số nguyên"),
        ("every: {every: week, days: [8]}", "due.every.days.0", "thứ trong tuần từ 1 (thứ Hai) đến 7 (Chủ nhật)"),
        ("every: {every: fortnight, days: [1]}", "due.every.every", "'half' hoặc 'year'"),
        ("every: {every: day, days: [1]}", "due.every.days", "every: day không có days"),
        ("every: {every: year, dates: [02-30]}", "due.every.dates.0", "không có ngày “02-30”"),
        ("every: {every: year, dates: [30/2]}", "due.every.dates.0", "cần tháng-ngày có thật"),
        ("every: {every: year, days: [5]}", "due.every.days", "ghi ngày ở dates"),
        ("every: {days: [20]}", "due.every.every", "thiếu trường bắt buộc"),
        ("every: hằng tháng", "due.every", "một bảng khoá"),
        (
            "every: {every: month, days: [20], starts: 2024-06-01, until: 2024-05-31}",
            "due.every.until",
            "trước ngày đầu 01/6/2024",
        ),
        ("every: {every: month, days: [20], until: 2024-06-31}", "due.every.until", "“2024-06-31”"),
        ("date: 2024-12-31, every: {every: month, days: [20]}", "due", "đúng một trong date, end_of, within, every"),
        ("legal: 2025-01-31, legal_source: Luật, every: {every: month, days: [20]}", "due.legal", "hạn định kỳ"),
        ("within: {days: 3, of: issued, before: trước}", "due.within.before", "true hoặc false"),
        ("end_of: {week: 2024-W53}", "due.end_of", "không đọc được “2024-W53”"),
    ],
)
def test_a_fault_is_told_at_its_line(office: Office, due: str, field: str, says: str) -> None:
    line = written(office, due)
    found = errors(read(office.folder).findings)
    fault = next(error for error in found if says in error.message)
    assert (fault.file, fault.line) == (DIRECTIVES, line)
    assert (fault.field or "").endswith(f"milestones.2.{field}")
    for error in found:
        assert VIETNAMESE.search(error.message), error
        assert not LEFT_IN_ENGLISH.search(error.message), error


@pytest.mark.parametrize(
    ("bound", "says"),
    [
        ("starts: 2004-01-01", "hạn định kỳ từ 01/01/2004 nằm ngoài lịch làm việc 2005-2035"),
        ("until: 2040-12-31", "hạn định kỳ đến 31/12/2040 nằm ngoài lịch làm việc 2005-2035"),
    ],
)
def test_its_first_and_last_day_are_days_of_the_calendar(office: Office, bound: str, says: str) -> None:
    written(office, f"every: {{every: month, days: [20], {bound}}}")
    (fault,) = errors(office.adopt().findings)
    assert says in fault.message


def test_what_follows_a_milestone_that_comes_again_is_told_where_it_says_so(office: Office) -> None:
    line = office.change(DIRECTIVES, "date: 2024-09-30}", "every: {every: month, days: [20]}}", BEHIND)
    found = errors(read(office.folder).findings)
    assert [(error.line, error.field) for error in found] == [(line + 1, "directives.2.milestones.1.follows")]
    assert found[0].message.startswith("mốc giai-ngan-40: mốc lặp lại theo kỳ không đi sau mốc khác; bỏ follows")


def test_editors_know_the_form() -> None:
    schema = schemas()["directives.json"]
    every = Draft202012Validator({**schema["$defs"]["Recurrence"], "$defs": schema["$defs"]})
    good: dict[str, Any] = {"every": "month", "days": [20], "until": "2024-12-31"}
    assert list(every.iter_errors(good)) == []
    assert list(every.iter_errors({**good, "every": "fortnight"})) != []
    assert list(every.iter_errors({**good, "day": 20})) != []
