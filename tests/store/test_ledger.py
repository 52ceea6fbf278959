"""The ledger takes statements in, in order, and never gives one up."""

from __future__ import annotations

import json
from datetime import UTC
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.ledger import Entry, EntryKind
from store import Store, reading, session
from store.chain import canonical, link
from store.head import Head, read_head
from store.ledger import EntryConflictError, append, entries, find, head
from tests.store.builders import MINUTE, MORNING, entry


def test_the_canonical_text_is_pinned() -> None:
    # Changing a letter of it breaks the chain of every office.
    assert canonical(entry(1)) == (
        '{"actor":"ke-toan","as_of":"2024-06-20","directive":"khoi-cong","id":"b1","kind":"report",'
        '"metric":"giai-ngan","recorded_at":"2024-06-21T00:30:00.000000+00:00","source":"cli","subject":"truong-hoc",'
        '"text":"đã giải ngân","value":{"derived":false,"number":"40.5"}}'
    )


def test_the_hash_is_that_of_the_canonical_json_of_entry_place_and_hash_before() -> None:
    whole = {"seq": 7, "previous": "a" * 64, "entry": json.loads(canonical(entry(1)))}
    written = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert link(7, canonical(entry(1)), "a" * 64) == sha256(written.encode()).hexdigest()


def test_the_zone_an_instant_is_written_in_does_not_change_the_text() -> None:
    assert canonical(entry(1, recorded_at=MORNING.astimezone(UTC))) == canonical(entry(1))


def test_the_canonical_text_reads_back_as_the_entry() -> None:
    assert Entry.model_validate_json(canonical(entry(1))) == entry(1)


def test_entries_come_back_in_order(office: Store) -> None:
    with session(office) as opened:
        sealed = [append(opened, entry(number)) for number in (3, 1, 2)]
    with reading(office) as opened:
        assert entries(opened) == (entry(3), entry(1), entry(2))
        assert head(opened) == Head(count=3, hash=sealed[-1].hash)
    assert [(one.seq, one.previous) for one in sealed] == [(1, "0" * 64), (2, sealed[0].hash), (3, sealed[1].hash)]
    assert read_head(office.head_file) == Head(count=3, hash=sealed[-1].hash)


def test_entries_of_one_directive_as_known_then(office: Store) -> None:
    later = MORNING + MINUTE
    with session(office) as opened:
        for one in (entry(1), entry(2, directive="moi-truong"), entry(3, recorded_at=later)):
            append(opened, one)
    with reading(office) as opened:
        assert entries(opened, "khoi-cong") == (entry(1), entry(3, recorded_at=later))
        assert entries(opened, "khoi-cong", known_at=MORNING) == (entry(1),)
        assert entries(opened, known_at=MORNING.astimezone(UTC)) == (entry(1), entry(2, directive="moi-truong"))
        assert entries(opened, known_at=MORNING - MINUTE) == ()


def test_entries_of_some_kinds_and_one_by_its_id(office: Store) -> None:
    asked = entry(2).model_copy(update={"kind": EntryKind.EXTENSION_REQUEST})
    with session(office) as opened:
        for one in (entry(1), asked, entry(3)):
            append(opened, one)
    with reading(office) as opened:
        assert entries(opened, kinds=[EntryKind.EXTENSION_REQUEST]) == (asked,)
        assert entries(opened, kinds=[EntryKind.EXTENSION_GRANT]) == ()
        assert entries(opened, "moi-truong", kinds=[EntryKind.EXTENSION_REQUEST]) == ()
        assert find(opened, "b2") == asked
        assert find(opened, "b4") is None


def test_the_same_statement_sent_again_is_the_one_first_recorded(office: Store) -> None:
    with session(office) as opened:
        first = append(opened, entry(1))
    with session(office) as opened:
        again = append(opened, entry(1, recorded_at=MORNING + MINUTE, said="40.50"))
        assert again == first
        assert entries(opened) == (entry(1),)


def test_another_statement_under_the_same_id_is_refused(office: Store) -> None:
    with session(office) as opened:
        append(opened, entry(1))
    with (
        pytest.raises(EntryConflictError, match="bút toán b1 đã có trong sổ với nội dung khác"),
        session(office) as opened,
    ):
        append(opened, entry(1, said="45"))
    with reading(office) as opened:
        assert entries(opened) == (entry(1),)


def test_nothing_is_appended_when_the_transaction_fails(office: Store) -> None:
    before = read_head(office.head_file)

    def fail_halfway() -> None:
        with session(office) as opened:
            append(opened, entry(1))
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    with reading(office) as opened:
        assert entries(opened) == ()
    assert read_head(office.head_file) == before


@pytest.mark.parametrize("statement", ["UPDATE entry SET directive = 'khac'", "DELETE FROM entry"])
def test_the_database_refuses_to_change_an_entry(office: Store, statement: str) -> None:
    with session(office) as opened:
        append(opened, entry(1))
    with pytest.raises(DBAPIError, match="entry: chỉ được ghi thêm"), office.engine.begin() as connection:
        connection.execute(text(statement))


def test_the_ways_around_update_and_delete_are_closed(office: Store) -> None:
    with session(office) as opened:
        append(opened, entry(1))
    way = {"sqlite": "INSERT OR REPLACE INTO entry SELECT * FROM entry", "postgresql": "TRUNCATE entry"}
    with pytest.raises(DBAPIError, match="entry: chỉ được ghi thêm"), office.engine.begin() as connection:
        connection.execute(text(way[office.engine.dialect.name]))


def test_a_head_file_that_cannot_be_written_does_not_undo_the_entry(
    office: Store, caplog: pytest.LogCaptureFixture
) -> None:
    office.head_file.unlink()
    office.head_file.mkdir()
    with session(office) as opened:
        append(opened, entry(1))
    with reading(office) as opened:
        assert entries(opened) == (entry(1),)
    assert "không ghi được tệp giữ đầu sổ" in caplog.text
