"""The book in memory says what the ledger says, whenever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from actions.adopt import adopt
from actions.evaluate import NoSuchDirectiveError, situations
from actions.office import Office, open_office
from actions.overlook import Memory, Overlook
from actions.status import status_rows
from config.placed import Placed
from config.settings import load, write_home
from domain.due import Bound, DueSpec
from domain.ledger import EntryKind
from domain.situation import steady_until
from store import open_store, reading, session, upgrade
from store.ledger import append
from tests.stories.town import CODE, PLAN, drafted
from tests.world import day, entry, instant

ADOPTED = instant("22/4/2024 08:00")


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.moment = instant("28/6/2024 09:00")
        self.reads = 0

    def __call__(self) -> datetime:
        self.reads += 1
        return self.moment


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("overlook")
    write_home(home, {})
    ours = load(home)
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    with session(store) as opened:
        adopt(opened, drafted(CODE, PLAN), ADOPTED, by="kiem-thu")
    store.engine.dispose()
    return home


@pytest.fixture
def office(home: Path, tmp_path: Path) -> Iterator[Office]:
    copy = tmp_path / "home"
    copy.mkdir()
    for file in home.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    opened = open_office(load(copy))
    yield opened
    opened.store.engine.dispose()


def remembered(office: Office, clock: Clock) -> Overlook:
    with reading(office.store) as opened:
        return office.memory.look(opened, clock)


def both(office: Office, clock: Clock) -> tuple[object, object]:
    """Every status by what is remembered, and by the ledger read anew."""
    seen = remembered(office, clock)
    with reading(office.store) as opened:
        fresh = situations(opened, office.configuration(), clock.moment)
    return status_rows(seen.situations.values()), status_rows(fresh.values())


def enrol(office: Office, subject: str, at: datetime) -> None:
    made = entry(EntryKind.ENROL, "22/4/2024", subject=subject, name=subject, unit="ubnd-huyen-bac-son")
    said = made.model_copy(update={"directive": CODE, "id": f"e-{subject}", "recorded_at": at, "as_of": at.date()})
    with session(office.store) as opened:
        append(opened, said)


def test_it_agrees_with_the_ledger_as_time_passes_and_things_are_written(office: Office) -> None:
    clock = Clock()
    seen, fresh = both(office, clock)
    assert seen == fresh
    for number, step in enumerate(("28/6/2024 15:00", "28/6/2024 23:59", "1/7/2024 00:00", "30/9/2024 09:00")):
        clock.moment = instant(step)
        seen, fresh = both(office, clock)
        assert seen == fresh
        enrol(office, f"da-{number}", clock.moment)
        seen, fresh = both(office, clock)
        assert seen == fresh


def test_it_looks_again_only_where_something_was_written(office: Office) -> None:
    clock = Clock()
    before = remembered(office, clock)
    assert remembered(office, clock) is before
    enrol(office, "da-1", clock.moment)
    after = remembered(office, clock)
    assert after.situations[CODE] is not before.situations[CODE]
    assert after.situations[PLAN] is before.situations[PLAN]


def test_a_due_that_passes_and_midnight_make_it_look_again(office: Office) -> None:
    clock = Clock()
    before = remembered(office, clock)
    assert before.until == instant("29/6/2024 00:00")
    clock.moment = before.until - timedelta(microseconds=1)
    assert remembered(office, clock) is before
    clock.moment = before.until
    assert remembered(office, clock) is not before


def at_five(office: Office) -> Office:
    """The same with one more milestone of footnote 8: a word by 17:00 of 30/9/2024."""
    due = DueSpec(phrase="trước 17 giờ ngày 30/9/2024", date=day("30/9/2024"), bound=Bound.AT, time=time(17))
    draft = drafted(CODE, PLAN)
    notices = tuple(
        replace(one, directives=tuple(_timed(placed, due) for placed in one.directives)) for one in draft.notices
    )
    with session(office.store) as opened:
        adopt(opened, replace(draft, notices=notices), instant("23/4/2024 08:00"), by="kiem-thu")
    return office


def _timed(placed: Placed, due: DueSpec) -> Placed:
    if placed.directive.code != CODE:
        return placed
    *others, last = placed.directive.milestones
    changed = last.model_copy(update={"due": due})
    return replace(placed, directive=placed.directive.model_copy(update={"milestones": (*others, changed)}))


def test_a_due_that_passes_costs_a_look_at_its_directive_alone(office: Office) -> None:
    clock = Clock()
    clock.moment = instant("30/9/2024 09:00")
    before = remembered(at_five(office), clock)
    assert before.until == steady_until(before.situations[CODE]) == instant("30/9/2024 17:00")
    clock.moment = before.until
    after = remembered(office, clock)
    assert after.situations[CODE] is not before.situations[CODE]
    assert after.situations[PLAN] is before.situations[PLAN]
    assert after.until == instant("1/10/2024 00:00")
    seen, fresh = both(office, clock)
    assert seen == fresh


def test_a_clock_that_is_put_back_before_a_due_is_followed(office: Office) -> None:
    clock = Clock()
    clock.moment = instant("30/9/2024 09:00")
    remembered(at_five(office), clock)
    clock.moment = instant("30/9/2024 17:00")
    late, _ = both(office, clock)
    clock.moment = instant("30/9/2024 16:00")
    seen, fresh = both(office, clock)
    assert seen == fresh != late


def test_a_clock_that_is_put_back_is_followed(office: Office) -> None:
    clock = Clock()
    before = remembered(office, clock)
    clock.moment = instant("1/6/2024 09:00")
    assert remembered(office, clock).since < before.since
    seen, fresh = both(office, clock)
    assert seen == fresh


def test_what_was_written_while_a_page_was_asked_for_is_not_kept_out_until_midnight(office: Office) -> None:
    """The moment of a look is never before that of an entry it has counted: the clock is read after the ledger."""
    remembered(office, Clock())

    class Ticking(Clock):
        def __call__(self) -> datetime:
            return instant("28/6/2024 09:00:01")

    enrol(office, "da-2", instant("28/6/2024 09:00:01"))
    seen = remembered(office, Ticking())
    assert seen.entries > 0
    assert "da-2" in {one.code for one in seen.situations[CODE].state.subjects}


def test_an_entry_of_a_clock_that_goes_ahead_is_seen_when_its_moment_has_come(office: Office) -> None:
    clock = Clock()
    ahead = clock.moment + timedelta(minutes=3)
    remembered(office, clock)
    enrol(office, "da-3", ahead)
    early = remembered(office, clock)
    assert "da-3" not in {one.code for one in early.situations[CODE].state.subjects}
    assert early.until == ahead
    clock.moment = ahead
    assert "da-3" in {one.code for one in remembered(office, clock).situations[CODE].state.subjects}


def test_another_configuration_is_seen_at_once(office: Office) -> None:
    clock = Clock()
    assert PLAN in remembered(office, clock).situations
    with session(office.store) as opened:
        adopt(opened, drafted(CODE), clock.moment, by="kiem-thu")
    seen = remembered(office, clock)
    assert PLAN not in seen.situations
    with pytest.raises(NoSuchDirectiveError):
        seen.situation(PLAN)
    assert seen.situation(CODE).directive.code == CODE


def test_a_new_process_remembers_nothing(office: Office) -> None:
    clock = Clock()
    first = remembered(office, clock)
    with reading(office.store) as opened:
        again = Memory().look(opened, clock)
    assert again is not first
    assert status_rows(again.situations.values()) == status_rows(first.situations.values())
