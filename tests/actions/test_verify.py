"""The ledger's chain: whole, cut, rewritten, and compared with an end that was printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.verify import UnreadableHeadError, read_noted, verified
from store import Store, reading, session
from store.head import Head
from store.ledger import head
from tests.actions.offices import known
from tests.world import disbursed, instant, started


@pytest.fixture
def book(store: Store, tmp_path: Path) -> tuple[Store, Path]:
    """Three entries, and the file that keeps the end."""
    known(store, started("1/6/2024"), disbursed("10%", "3/6/2024"), disbursed("20%", "5/6/2024"))
    return store, tmp_path / "ledger.head"


def end(store: Store) -> Head:
    with reading(store) as opened:
        return head(opened)


def cut(store: Store, hash_before: str) -> None:
    """Somebody with the database in hand removes the last entry, and moves the head."""
    with session(store) as opened:
        connection = opened.connection()
        connection.exec_driver_sql("DROP TRIGGER entry_refuses_delete")
        connection.exec_driver_sql("DELETE FROM entry WHERE seq = 3")
        connection.exec_driver_sql("UPDATE chain_head SET count = 2, hash = ?", (hash_before,))


def hashes(store: Store) -> list[str]:
    with reading(store) as opened:
        return [row[0] for row in opened.connection().exec_driver_sql("SELECT hash FROM entry ORDER BY seq")]


def test_a_whole_ledger_has_an_end_and_no_findings(book: tuple[Store, Path]) -> None:
    store, file = book
    found = verified(store, file)
    assert (found.head, found.noted, found.findings) == (end(store), None, ())
    assert found.last_entry_at == instant("5/6/2024 16:00")


def test_an_empty_ledger_is_whole(store: Store, tmp_path: Path) -> None:
    found = verified(store, tmp_path / "ledger.head", Head(count=0, hash="0" * 8))
    assert (found.head.count, found.last_entry_at, found.findings) == (0, None, ())


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_the_chain_passes_through_every_end_it_ever_had(book: tuple[Store, Path], seq: int) -> None:
    store, file = book
    noted = Head(count=seq, hash=hashes(store)[seq - 1][:8])
    assert verified(store, file, noted).findings == ()


def test_an_end_on_paper_tells_a_ledger_cut_together_with_its_file(book: tuple[Store, Path]) -> None:
    store, file = book
    printed = end(store)
    cut(store, hashes(store)[1])
    file.write_text(f"2 {hashes(store)[1]}\n", encoding="utf-8")
    assert verified(store, file).findings == ()
    (finding,) = verified(store, file, printed).findings
    assert finding.message == "đầu sổ đã in ghi 3 bút toán, sổ chỉ có 2: phần cuối sổ đã bị cắt"


@pytest.mark.parametrize("noted", [Head(count=2, hash="0" * 64), Head(count=0, hash="1" * 8)])
def test_another_hash_at_the_printed_place_is_a_ledger_rewritten(book: tuple[Store, Path], noted: Head) -> None:
    (finding,) = verified(*book, noted).findings
    assert finding.message.startswith(f"bút toán số {noted.count} không mang mã băm đã in")


def test_a_cut_is_found_by_the_file(book: tuple[Store, Path]) -> None:
    store, file = book
    cut(store, hashes(store)[1])
    assert ["bị cắt" in finding.message for finding in verified(store, file).findings] == [True]


def test_a_printed_end_is_read_with_its_hash_whole_or_in_part() -> None:
    assert read_noted(" 12  3F9A0C41 ") == Head(count=12, hash="3f9a0c41")
    assert read_noted(f"12 {'a' * 64}").hash == "a" * 64


@pytest.mark.parametrize("text", ["", "12", "12 3f9a0c4", "-1 3f9a0c41", "x 3f9a0c41", f"12 {'a' * 65}", "12 3f9a0c4g"])
def test_what_is_no_end_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnreadableHeadError, match="ví dụ: 128 3f9a0c41"):
        read_noted(text)
