"""The patrol finds what would let a milestone be forgotten: looks that were lost, and letters that did not get out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actions.adopt import adopt
from actions.deliver import deliver
from actions.evaluate import evaluate_each
from actions.office import Office
from actions.patrol import patrol
from channels.letter import Outcome, RefusedPermanently, TryLater, Unauthorised
from config.areas import Area, Channels
from config.settings import Settings
from domain.findings import Severity
from store import open_store, reading, session, upgrade
from store.ledger import head
from store.moments import due_for_look, set_next
from tests.actions.offices import DESK, Postman
from tests.stories.town import CODE, LEAD, drafted
from tests.world import instant

STARTS = instant("22/4/2024 07:30")
HOUR = timedelta(hours=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The shipped configuration with footnote 8 alone, sending switched on, adopted on the day of the inspection."""
    ours = Settings(home=tmp_path, demo=True, clock=STARTS)
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    draft = drafted(CODE)
    shipped = draft.areas[Area.CHANNELS]
    assert isinstance(shipped, Channels)
    on = Channels(channels=tuple(channel.model_copy(update={"sending": True}) for channel in shipped.channels))
    with session(store) as opened:
        adopt(opened, replace(draft, areas={**draft.areas, Area.CHANNELS: on}), STARTS, by="quan-tri")
    yield Office(ours, store)
    store.engine.dispose()


def swept(office: Office, when: str, post: Postman) -> None:
    """A look at what is due, and a round of delivery."""
    moment, configuration = instant(when), office.configuration()
    with reading(office.store) as opened:
        codes = due_for_look(opened, moment)
    assert evaluate_each(office.store, configuration, codes, moment).faults == ()
    courier = replace(office.courier(), desk=DESK, post=post)
    deliver(courier, configuration, moment)


def answering(outcome: Outcome, times: int = 1) -> Postman:
    return Postman({LEAD: [outcome] * times})


def found(office: Office, when: str) -> list[tuple[Severity, str]]:
    """What the patrol says, apart from the calendar and the like, which are not this test's."""
    said = patrol(office, instant(when))
    heard = [one for one in said if one.severity is Severity.ERROR or "chưa rõ thư" in one.message]
    return [(one.severity, one.message) for one in heard]


# -------------------------------------------------------------------------------------------------------- the outbox


def test_when_all_went_out_there_is_nothing_to_find(office: Office) -> None:
    swept(office, "22/4/2024 07:30", Postman())
    assert found(office, "22/4/2024 16:00") == []


def test_rows_that_nobody_sends_are_found_after_an_hour_of_the_window(office: Office) -> None:
    with reading(office.store) as opened:
        codes = due_for_look(opened, STARTS)
    evaluate_each(office.store, office.configuration(), codes, STARTS)
    assert found(office, "22/4/2024 08:29") == []
    ((severity, message),) = found(office, "22/4/2024 08:30")
    assert severity is Severity.ERROR
    assert "lượt nhắc đã đến giờ mà chưa gửi được, lập sớm nhất lúc 07:30 ngày 22/4/2024" in message


def test_a_server_that_puts_us_off_all_morning_is_found(office: Office) -> None:
    greylisted = TryLater(code=451, detail="greylisted")
    for when in ("07:30", "07:35", "07:45", "08:30"):
        swept(office, f"22/4/2024 {when}", answering(greylisted))
    assert [severity for severity, _ in found(office, "22/4/2024 08:31")] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("outcome", "severity", "says"),
    [
        (RefusedPermanently(code=550, detail="no such user"), Severity.ERROR, "bị từ chối hẳn (550 no such user)"),
        (Unauthorised(code=535, detail="bad password"), Severity.ERROR, "không cho đăng nhập (535 bad password)"),
        (TryLater(code=None, detail="lost", perhaps_arrived=True), Severity.WARNING, "chưa rõ thư lúc 07:30"),
    ],
)
def test_a_bad_end_is_found_until_a_later_letter_arrives(
    office: Office, outcome: Outcome, severity: Severity, says: str
) -> None:
    swept(office, "22/4/2024 07:30", answering(outcome))
    *untold, (gravity, message) = found(office, "22/4/2024 07:40")
    assert (gravity, says in message) == (severity, True), message
    shut = isinstance(outcome, Unauthorised)  # of the rest the admin was told by a letter
    assert ["chưa báo được cho quản trị viên" in said for _, said in untold] == [True] * shut
    swept(office, "31/5/2024 07:30", Postman())
    assert found(office, "31/5/2024 07:31") == []


# ------------------------------------------------------------------------------------------------------- the moments


def test_a_look_under_a_clock_that_ran_ahead_is_found_and_the_next_round_mends_it(office: Office) -> None:
    swept(office, "22/4/2024 07:30", Postman())
    with session(office.store) as opened:
        set_next(opened, CODE, instant("2/1/2025 07:30"), instant("31/12/2024 07:30"), head(opened).count)
    ((_, message),) = found(office, "30/5/2024 08:00")
    assert "là lúc chưa đến: đồng hồ máy" in message
    swept(office, "31/5/2024 07:30", Postman())
    assert found(office, "31/5/2024 07:31") == []


@pytest.mark.parametrize("lost", ["2/1/2025 07:30", None])
def test_a_next_look_that_passes_a_rung_over_is_found(office: Office, lost: str | None) -> None:
    swept(office, "22/4/2024 07:30", Postman())
    with session(office.store) as opened:
        set_next(opened, CODE, instant(lost) if lost else None, STARTS, head(opened).count)
    ((_, message),) = found(office, "30/5/2024 08:00")
    assert "bỏ qua lần nhắc lúc 07:30 ngày 31/5/2024" in message
