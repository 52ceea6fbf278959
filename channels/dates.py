"""A due, and how far it is, in the words that messages and pages share."""

from __future__ import annotations

from datetime import date

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.digest import Item
from domain.due import Bound, Due


def until(due: Due) -> str:
    """`hết ngày 30/9/2024`, or `trước 10:00 ngày 30/9/2024` where a clock time is written."""
    if due.bound is Bound.AT:
        return f"trước {vn.moment(due.overdue_after)}"
    return f"hết ngày {vn.day(due.last_day)}"


def distance(item: Item, today: date) -> str:
    """`QUÁ HẠN 4 ngày làm việc`, `còn 3 ngày làm việc`. None left is not yet the day itself: a due may be a Sunday."""
    if item.due is None:
        return "chưa ấn định thời hạn"
    if item.late:
        return f"QUÁ HẠN {vn.working_days(item.working_days)}" if item.working_days else "QUÁ HẠN"
    if item.due.last_day == today:
        return "ĐẾN HẠN HÔM NAY"
    if item.working_days:
        return f"còn {vn.working_days(item.working_days)}"
    if local_date(item.due.safe_due) == today:
        return "hôm nay là ngày làm việc cuối cùng trong hạn"
    return "không còn ngày làm việc nào trong hạn"
