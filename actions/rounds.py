"""When a round may be made: one made under a wrong clock would use up the reminders of the days in between."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.office import Office
from actions.regression import RestoredError, held_because, note_sent
from domain import vietnamese as vn
from domain.clocktime import iso
from store import reading, session
from store.marks import read_mark, set_mark
from store.moments import last_look

LAST_ROUND = "last_round"
"""The mark of the instant, by the office's clock, at which somebody last made a round."""
LONGEST_SILENCE = timedelta(days=30)
"""A clock that runs farther ahead of the last round is doubted; a real outage of that length is rare."""


class FutureError(ValueError):
    """A round was asked for at an instant that has not come."""

    def __init__(self, as_of: datetime, now: datetime) -> None:
        super().__init__(
            f"{vn.moment(as_of)} còn ở phía trước đồng hồ của máy ({vn.moment(now)}); rà soát trước giờ sẽ làm mất các "
            "lần nhắc ở giữa. Hãy bỏ --as-of để rà soát bây giờ, hoặc xem trước bằng lệnh dondoc rehearse"
        )


class HeldError(RuntimeError):
    """The clock stands so far beyond the last round that it may be wrong; nothing was looked at and nothing sent."""

    def __init__(self, last: datetime, now: datetime) -> None:
        super().__init__(
            f"lượt rà soát gần nhất vào {vn.moment(last)}, đồng hồ của máy chỉ {vn.moment(now)}: hơn "
            f"{LONGEST_SILENCE.days} ngày, nên tạm dừng rà soát và gửi. Nếu đồng hồ sai, hãy chỉnh lại; nếu hệ thống "
            f"đã dừng lâu như vậy, hãy chạy: dondoc tick --as-of {iso(now)}"
        )


def moment_of_round(office: Office, as_of: datetime | None = None) -> datetime:
    """The instant at which to look and deliver: `as_of`, or the office's clock. Any instant is fine in a demo home.

    Raises FutureError and, where the instant is the clock's word alone, HeldError; RestoredError where the database is
    behind what is remembered of it.
    """
    if behind := held_because(office.store):
        raise RestoredError(behind)
    note_sent(office.store)
    now = office.moment()
    if office.settings.demo:
        return as_of or now
    if as_of is not None:
        if as_of > now:
            raise FutureError(as_of, now)
        return as_of
    last = last_round(office)
    if last is not None and now - last > LONGEST_SILENCE:
        raise HeldError(last, now)
    return now


def last_round(office: Office) -> datetime | None:
    """When somebody last made a round or, before the first, last set a directive's moment; None in an empty office."""
    with reading(office.store) as opened:
        mark = read_mark(opened, LAST_ROUND)
        return datetime.fromisoformat(mark) if mark else last_look(opened)


def note_round(office: Office) -> None:
    """Remember that a round is made now, whatever instant it is about: the office lives, and its clock is believed."""
    with session(office.store) as opened:
        set_mark(opened, LAST_ROUND, iso(office.moment()))
