"""What is remembered of a directive is what a look would find: whatever was said, taken back, or came due meanwhile."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import evaluate
from actions.evaluate import situation
from actions.remembered import Known, Remembered
from config.reading import Configuration
from domain.ledger import Entry
from domain.situation import Situation, look, steady_until
from store import Session, Store, open_store, reading, session, upgrade
from store.head import EMPTY, Head
from store.ledger import append, entries, last_of
from tests.actions.offices import ALONE, RULES, configured, known
from tests.world import day, disbursed, instant, started

OFFICE, CODE = configured(ALONE), ALONE.code
MORNING = instant("28/6/2024 09:00")


class ChangedMyMindError(Exception):
    """Ends a transaction without a trace."""


def anew(opened: Session, configuration: Configuration, as_of: datetime) -> Situation:
    """Read from the first entry on, and remembered by nobody."""
    return look(ALONE, entries(opened, CODE, as_of), configuration.rules, as_of, as_of)


def seen(store: Store, as_of: datetime, configuration: Configuration = OFFICE) -> Situation:
    with reading(store) as opened:
        found = situation(opened, configuration, CODE, as_of)
        assert found == anew(opened, configuration, as_of)
        return found


def taken_back(store: Store, said: Entry, as_of: datetime) -> Situation:
    """What was seen of a statement before its transaction was rolled back."""
    with suppress(ChangedMyMindError), session(store) as opened:
        append(opened, said)
        found = situation(opened, OFFICE, CODE, as_of)
        raise ChangedMyMindError
    return found


def test_what_nothing_changed_is_not_looked_at_again(store: Store) -> None:
    first = seen(store, MORNING)
    assert seen(store, MORNING) is first
    later = seen(store, MORNING + timedelta(hours=1))
    assert later.tracks is first.tracks
    assert later.as_of == MORNING + timedelta(hours=1)


def test_it_is_looked_at_again_once_something_was_said_of_it(store: Store) -> None:
    assert not seen(store, MORNING).state.figures
    known(store, started("27/6/2024", recorded="28/6/2024 08:00"))
    assert seen(store, MORNING).state.of("khoi-cong")


def test_a_statement_that_is_rolled_back_leaves_nothing_behind(store: Store) -> None:
    """The next statement takes its number in the ledger, and its place in what is remembered."""
    said, other = (disbursed(figure, "27/6/2024", recorded="28/6/2024 08:00") for figure in ("31%", "32%"))
    assert taken_back(store, said, MORNING).state.of("giai-ngan")
    assert not seen(store, MORNING).state.figures
    known(store, other)
    assert [figure.value for figure in seen(store, MORNING).state.of("giai-ngan")] == [other.value]


def test_what_others_write_between_two_questions_is_counted_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL shows a writing transaction what others commit while it goes on."""
    said = started("27/6/2024", recorded="28/6/2024 08:00")

    def asked(opened: Session, code: str) -> Head:
        before = last_of(opened, code)
        append(opened, said)
        return before

    with session(store) as opened:
        with monkeypatch.context() as others:
            others.setattr(evaluate, "last_of", asked)
            assert not situation(opened, OFFICE, CODE, MORNING).state.figures
        assert situation(opened, OFFICE, CODE, MORNING) == anew(opened, OFFICE, MORNING)
    assert len(seen(store, MORNING).state.of("khoi-cong")) == 1


def test_a_due_that_passes_and_midnight_change_it(store: Store) -> None:
    before = seen(store, MORNING)
    assert steady_until(before) == instant("29/6/2024 00:00")
    last_day = seen(store, instant("30/6/2024 09:00"))
    assert steady_until(last_day) == min(track.due.overdue_after for track in last_day.tracks if track.due)
    assert seen(store, steady_until(last_day)).standings != last_day.standings


def test_an_entry_of_a_clock_that_goes_ahead_counts_when_its_moment_has_come(store: Store) -> None:
    known(store, started("28/6/2024", recorded="28/6/2024 09:05"))
    assert not seen(store, MORNING).state.figures
    assert not seen(store, instant("28/6/2024 09:04")).state.figures
    assert seen(store, instant("28/6/2024 09:05")).state.figures


def test_another_configuration_has_a_look_of_its_own(store: Store) -> None:
    other = configured(ALONE)
    assert seen(store, MORNING, OFFICE).tracks is not seen(store, MORNING, other).tracks


def test_a_clock_that_is_put_back_is_followed(store: Store) -> None:
    seen(store, instant("2/7/2024 09:00"))
    assert seen(store, MORNING).as_of == MORNING


def test_two_offices_in_one_process_are_not_taken_for_each_other(store: Store, tmp_path: Path) -> None:
    other = open_store(f"sqlite:///{tmp_path / 'khac.sqlite'}", tmp_path / "khac.head")
    upgrade(other)
    known(store, started("27/6/2024", recorded="28/6/2024 08:00"))
    known(other, disbursed("31%", "27/6/2024", recorded="28/6/2024 08:00"))
    assert set(seen(store, MORNING).state.figures) == {("khoi-cong", "")}
    assert set(seen(other, MORNING).state.figures) == {("giai-ngan", "")}
    other.engine.dispose()


def test_only_the_latest_are_kept(store: Store) -> None:
    kept = Remembered(1)
    found = seen(store, MORNING)
    other = ALONE.model_copy(update={"code": "khac"})
    with reading(store) as opened:
        assert last_of(opened, CODE) == EMPTY
    kept.keep(Known(found, OFFICE, (), EMPTY, steady_until(found)))
    kept.keep(Known(look(other, (), RULES, MORNING, MORNING), OFFICE, (), EMPTY, steady_until(found)))
    assert kept.recall(CODE) is None
    assert kept.recall("khac") is not None


FIRST = instant("26/6/2024 08:00")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["say", "take back", "ask", "ask another"]),
        st.integers(min_value=-30, max_value=200).map(lambda hours: FIRST + timedelta(hours=hours)),
        st.integers(min_value=0, max_value=60),
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_happens_it_is_what_a_look_would_find(steps: list[tuple[str, datetime, int]]) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/dondoc.sqlite", Path(folder) / "ledger.head")
        upgrade(store)
        for number, (step, moment, percent) in enumerate(steps):
            said = _said(number, moment, percent)
            if step == "say":
                known(store, said)
            elif step == "take back":
                taken_back(store, said, moment)
            configuration = configured(ALONE) if step == "ask another" else OFFICE
            with reading(store) as opened:
                found = situation(opened, configuration, CODE, moment)
                assert found == anew(opened, configuration, moment)
        store.engine.dispose()


def _said(number: int, moment: datetime, percent: int) -> Entry:
    made = disbursed(f"{percent}%", "25/6/2024", recorded="26/6/2024 08:00")
    return made.model_copy(update={"id": f"e-{number}", "recorded_at": moment, "as_of": day("25/6/2024")})
