"""Deliveries: one row per rung, occurrence, person and channel."""

from __future__ import annotations

import pytest

from domain.outbox import FINAL, Key, State


def key(rung: str) -> Key:
    return Key(
        directive="khoi-cong-moi",
        milestone="khoi-cong",
        rung=rung,
        occurrence="2024-06-30",
        person="dau-moi-huyen",
        channel="email",
    )


@pytest.mark.parametrize(
    ("rung", "urges"),
    [("before-30", True), ("overdue-1", True), ("assigned", False), ("word-2024-q3", False), ("watch-2024-w27", False)],
)
def test_the_ladder_is_what_urges_a_due(rung: str, urges: bool) -> None:
    assert key(rung).on_ladder is urges


def test_keys_are_compared_by_content() -> None:
    assert len({key("before-7"), key("before-7"), key("before-3")}) == 2


def test_what_is_planned_claimed_transmitting_or_unknown_is_not_over() -> None:
    assert set(State) - FINAL == {State.PLANNED, State.CLAIMED, State.TRANSMITTING, State.UNKNOWN}
