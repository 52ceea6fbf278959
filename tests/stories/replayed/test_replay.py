"""The year lived through Prefect is the year that was rehearsed, message by message, and it happens once."""

from __future__ import annotations

from collections import Counter

import pytest

from actions.compose import Desk
from actions.rehearse import rehearse
from demo.world import END, START
from domain.outbox import Delivery, State
from flows.replaying import live
from store.messages import MessageState, StoredMessage
from tests.stories.replayed.replaying import outcomes, scenario, written
from tests.stories.replayed.years import Year, prefect, runs_known

pytestmark = [pytest.mark.prefect, pytest.mark.timeout(400)]


def told(message: StoredMessage, rows: tuple[Delivery, ...]) -> tuple[object, ...]:
    """What a message says to whom, when, and for which rows."""
    keys = frozenset(row.key for row in rows)
    return keys, message.person, message.channel, message.at, message.subject, message.text


def test_the_year_is_the_one_that_was_rehearsed(year: Year) -> None:
    office = year.office
    rehearsed = rehearse(written(), (), scenario(office), Desk.of(office.settings), START, END)
    foreseen = {told(one.message, one.rows) for one in rehearsed}
    lived = {told(one, rows) for one, rows in year.kept.messages.items()}
    assert lived == foreseen
    assert len(lived) == len(year.kept.messages) == len(rehearsed) > 100


def test_every_message_arrived_once_and_as_it_was_written_down(year: Year) -> None:
    assert year.copies == {one.id: 1 for one in year.kept.messages}
    assert {tuple(log) for log in outcomes(year.office).values()} == {("accepted",)}
    assert {one.state for one in year.kept.messages} == {MessageState.ACCEPTED}
    arrived = {letter["Message-ID"].strip(): letter for letter in year.mail.letters()}
    for one in year.kept.messages:
        letter = arrived[one.id]
        body = letter.get_body(("plain",))
        assert body is not None
        assert (letter["To"], letter["Subject"]) == (one.address, one.subject)
        assert body.get_content().splitlines() == one.text.splitlines()


def test_every_row_came_to_an_end_and_is_in_one_message_if_it_was_sent(year: Year) -> None:
    ended = {State.ACCEPTED, State.COALESCED, State.OBSOLETE, State.BEFORE_START}
    assert {row.state for row in year.kept.rows} <= ended
    carried = Counter(row.key for rows in year.kept.messages.values() for row in rows)
    assert carried == Counter(row.key for row in year.kept.rows if row.state is State.ACCEPTED)


def test_nothing_went_wrong_on_the_way(year: Year) -> None:
    assert year.errors == ()


def test_it_took_no_more_than_two_hundred_flow_runs(year: Year) -> None:
    assert year.recorded == year.runs <= 200


def test_living_it_again_changes_nothing(year: Year) -> None:
    with prefect(year.office, year.user) as environment:
        before = runs_known(environment)
        assert live(year.office, scenario(year.office), START, END) == 0
        assert runs_known(environment) == before
    assert year.unchanged()
