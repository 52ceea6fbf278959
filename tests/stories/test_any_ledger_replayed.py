"""Whatever is said, in whatever order: any beginning of the ledger gives what was shown when it was the whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actions.confirm import confirm, send_back
from actions.correct import correct
from actions.extend import extend
from actions.record import RefusedError, record
from actions.stating import Said
from actions.suspend import cancel, resume, suspend
from config.settings import Settings
from domain.clocktime import at
from domain.laterday import Wish
from domain.ledger import Entry, EntryKind
from domain.metric import Value
from store import Session, Store, open_store, reading, session
from store.ledger import entries, head
from tests.stories.kept_pictures import Clock, Shown, Travelling, look, replayed
from tests.stories.town import CODE, HEAD, LEAD, MONITOR, Town, drafted, when

BEGUN = at(date(2024, 9, 27))
"""The working day before the last of 40%."""
GAPS = [timedelta(0), timedelta(hours=3), timedelta(days=1), timedelta(days=9), timedelta(days=70)]
PROJECTS = ("nha-van-hoa", "duong-xa")


@dataclass(frozen=True)
class Move:
    """Somebody says something, some time after the move before."""

    what: str
    subject: str | None
    figure: int
    gap: timedelta
    ahead: bool
    """By a clock that is ten minutes ahead."""


MOVES = st.builds(
    Move,
    st.sampled_from(["report", "report", "correct", "confirm", "return", "extend", "suspend", "resume", "cancel"]),
    st.sampled_from([*PROJECTS, None]),
    st.integers(0, 100),
    st.sampled_from(GAPS),
    st.booleans(),
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Footnote 8 with two projects, of which nothing was reported yet."""
    town = Town(tmp_path_factory.mktemp("bat-ky") / "town", drafted(CODE), at(date(2024, 4, 22)))
    for number, project in enumerate(PROJECTS):
        about: dict[str, Any] = {"subject": project, "unit": "ubnd-xa-tan-thanh-bac-son", "id": f"ghi-danh-{number}"}
        town.say(when(4, 22, 8), EntryKind.ENROL, name=f"Dự án {project}", **about)
    town.store.engine.dispose()
    return town


def copied(town: Town, folder: Path) -> Store:
    shutil.copytree(town.store.head_file.parent, folder)
    return open_store(f"sqlite:///{folder}/dondoc.sqlite", folder / "ledger.head")


def said(move: Move, opened: Session, town: Town, number: int, moment: datetime) -> None:
    """One move. Raises RefusedError."""
    conf, words = town.configuration, Said(f"loi-{number}", MONITOR, "trang web", "Theo văn bản", "Văn bản số 1")
    whole = move.subject or ""
    if move.what == "report":
        record(opened, conf, reported(move, number, moment))
    elif move.what == "extend":
        wish = Wish("giai-ngan-40", whole, moment.date() + timedelta(days=move.figure + 1))
        extend(opened, conf, CODE, wish, words, moment)
    elif move.what in {"suspend", "resume", "cancel"}:
        stop = {"suspend": suspend, "resume": resume, "cancel": cancel}[move.what]
        stop(opened, conf, CODE, words, moment, move.subject)
    elif reports := [one.id for one in entries(opened, CODE, kinds=[EntryKind.REPORT, EntryKind.CORRECTION])]:
        about = reports[move.figure % len(reports)]
        if move.what == "correct":
            mine = Said(words.id, LEAD, "trang web", "Gõ nhầm")
            correct(opened, conf, about, Value(number=Decimal(move.figure)), mine, moment)
        else:
            {"confirm": confirm, "return": send_back}[move.what](opened, conf, about, words, moment)


def reported(move: Move, number: int, moment: datetime) -> Entry:
    """A figure of a day some days ago."""
    return Entry(
        id=f"loi-{number}",
        kind=EntryKind.REPORT,
        directive=CODE,
        metric="giai-ngan",
        subject=move.subject,
        value=Value(number=Decimal(move.figure)),
        as_of=moment.date() - timedelta(days=move.figure % 7),
        recorded_at=moment,
        actor=HEAD,
        source="trang web",
    )


def lived(town: Town, store: Store, moves: list[Move]) -> Iterator[Shown]:
    """What the pages show after each move; a move that is refused moves nothing."""
    clock = Clock(BEGUN)
    office = Travelling(Settings(home=store.head_file.parent, demo=True), store, clock=clock)
    for number, move in enumerate(moves):
        clock.moment += move.gap
        with suppress(RefusedError), session(store) as opened:
            said(move, opened, town, number, clock.moment + timedelta(minutes=10 * move.ahead))
        yield office.shown()


def test_any_beginning_of_any_ledger_gives_what_was_shown_then(begun: Town, tmp_path: Path) -> None:
    numbers, written = count(), []

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],  # an example takes half a second: none is made smaller
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(MOVES, min_size=4, max_size=9))
    def replay(moves: list[Move]) -> None:
        folder = tmp_path / str(next(numbers))
        store, other = copied(begun, folder / "that"), copied(begun, folder / "lai")
        shown = list(lived(begun, store, moves))
        with reading(store) as opened:
            ledger, end = entries(opened), head(opened)
        with reading(other) as opened:
            so_far = head(opened).count
        pictures = list(replayed(other, begun.configuration, ledger, shown))
        assert pictures == [one.standings for one in shown]
        with reading(other) as opened:
            assert head(opened) == end
        assert look(other, begun.configuration, shown[-1].moment) == shown[-1].standings
        written.append(end.count - so_far)
        store.engine.dispose()
        other.engine.dispose()

    replay()
    assert max(written) >= 5, "most moves are refused"
