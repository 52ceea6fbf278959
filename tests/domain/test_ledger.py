"""Entries: when a statement was true is not when it was written down."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.ledger import Entry, EntryKind, SealedEntry
from tests.world import day, entry, instant


def test_a_bare_day_means_some_moment_within_it_so_it_counts_from_its_beginning() -> None:
    said = entry(EntryKind.REPORT, "2/10/2024", as_of=day("30/9/2024"))
    assert said.happened() == instant("30/9/2024 00:00")
    assert said.recorded_at == instant("2/10/2024 16:00")


def test_a_known_clock_time_is_the_moment() -> None:
    said = entry(EntryKind.REPORT, "2/10/2024", as_of=day("30/9/2024"), as_of_time="09:15")
    assert said.happened() == instant("30/9/2024 09:15")


@pytest.mark.parametrize("broken", ["", "-a", "có dấu", "a" * 81])
def test_an_id_is_plain_and_short(broken: str) -> None:
    fields = entry(EntryKind.NOTE, "30/9/2024").model_dump() | {"id": broken}
    with pytest.raises(ValidationError):
        Entry.model_validate(fields)


def test_a_sealed_entry_survives_a_journey_through_json() -> None:
    sealed = SealedEntry(seq=1, previous="0" * 64, hash="a" * 64, entry=entry(EntryKind.NOTE, "30/9/2024"))
    assert SealedEntry.model_validate_json(sealed.model_dump_json()) == sealed
