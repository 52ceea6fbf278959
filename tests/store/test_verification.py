"""Whoever changes the ledger behind the program's back is found out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from domain.findings import Finding, Severity
from store import Store, reading, session
from store.chain import link
from store.head import EMPTY, read_head, write_head
from store.ledger import append, entries, head
from store.verification import verify
from tests.store.builders import entry

ROOT = Path(__file__).parents[2]


def written(office: Store, count: int = 5) -> None:
    for number in range(1, count + 1):
        with session(office) as opened:
            append(opened, entry(number))


def found(office: Store) -> tuple[Finding, ...]:
    with reading(office) as opened:
        return verify(opened, office.head_file)


def tamper(office: Store, change: Callable[[Connection], object]) -> None:
    """Change the ledger as someone with the database's password would: the triggers go first."""
    with office.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER entry_refuses_update"))
            connection.execute(text("DROP TRIGGER entry_refuses_delete"))
        else:
            connection.execute(text("DROP TRIGGER entry_refuses_change ON entry"))
        change(connection)


def statements(*written_by_hand: str) -> Callable[[Connection], object]:
    return lambda connection: [connection.execute(text(statement)) for statement in written_by_hand]


CUT_TO_THREE = statements(
    "DELETE FROM entry WHERE seq > 3",
    "UPDATE chain_head SET count = 3, hash = (SELECT hash FROM entry WHERE seq = 3)",
)
"""The tail removed, and the head row made to agree."""


def rewrite(connection: Connection) -> None:
    """Change the second entry, and every hash from there on: from inside, the chain is whole."""
    rows = connection.execute(text("SELECT seq, body, hash FROM entry ORDER BY seq")).all()
    previous = rows[0].hash
    for row in rows[1:]:
        body = row.body.replace('"40.5"', '"99"') if row.seq == 2 else row.body
        seal = {"seq": row.seq, "body": body, "previous": previous, "hash": link(row.seq, body, previous)}
        connection.execute(text("UPDATE entry SET body=:body, previous=:previous, hash=:hash WHERE seq=:seq"), seal)
        previous = seal["hash"]
    connection.execute(text("UPDATE chain_head SET hash = :hash"), {"hash": previous})


CHANGES = {
    "the text of an entry": (
        statements("""UPDATE entry SET body = replace(body, '"40.5"', '"99"') WHERE seq = 2"""),
        ["b2: bút toán số 2 đã bị sửa hoặc bị đổi chỗ: nội dung không còn khớp mã băm"],
    ),
    "the directive it is found under": (
        statements("UPDATE entry SET directive = 'khac' WHERE seq = 2"),
        ["b2: bút toán số 2 bị sửa ở cột tra cứu: cột không còn khớp nội dung"],
    ),
    "the instant it was recorded": (
        statements("UPDATE entry SET recorded_at = '2024-06-01 00:00:00' WHERE seq = 2"),
        ["b2: bút toán số 2 bị sửa ở cột tra cứu: cột không còn khớp nội dung"],
    ),
    "a removed entry": (
        statements("DELETE FROM entry WHERE seq = 3"),
        ["b4: thiếu bút toán từ số 3 đến số 3"],
    ),
    "a removed beginning": (
        statements("DELETE FROM entry WHERE seq < 3"),
        ["b3: thiếu bút toán từ số 1 đến số 2"],
    ),
    "two entries in each other's place": (
        statements(
            "UPDATE entry SET seq = 99 WHERE seq = 2",
            "UPDATE entry SET seq = 2 WHERE seq = 3",
            "UPDATE entry SET seq = 3 WHERE seq = 99",
        ),
        [
            "b3: bút toán số 2 không nối tiếp bút toán đứng trước",
            "b3: bút toán số 2 đã bị sửa hoặc bị đổi chỗ: nội dung không còn khớp mã băm",
            "b2: bút toán số 3 không nối tiếp bút toán đứng trước",
            "b2: bút toán số 3 đã bị sửa hoặc bị đổi chỗ: nội dung không còn khớp mã băm",
            "b4: bút toán số 4 không nối tiếp bút toán đứng trước",
        ],
    ),
    "a cut tail": (
        statements("DELETE FROM entry WHERE seq > 3"),
        [
            "phần cuối sổ không khớp với dòng đầu sổ trong cơ sở dữ liệu: sổ bị cắt hoặc bị nối",
            "ledger.head: tệp giữ đầu sổ ghi 5 bút toán, sổ chỉ còn 3: phần cuối sổ đã bị cắt",
        ],
    ),
    "a cut tail, the head row made to agree": (
        CUT_TO_THREE,
        ["ledger.head: tệp giữ đầu sổ ghi 5 bút toán, sổ chỉ còn 3: phần cuối sổ đã bị cắt"],
    ),
    "everything removed": (
        lambda connection: [
            connection.execute(text("DELETE FROM entry")),
            connection.execute(text("UPDATE chain_head SET count = :count, hash = :hash"), EMPTY.model_dump()),
        ],
        ["ledger.head: tệp giữ đầu sổ ghi 5 bút toán, sổ chỉ còn 0: phần cuối sổ đã bị cắt"],
    ),
    "a chain written anew from an edit on": (
        rewrite,
        ["ledger.head: bút toán số 5 không phải bút toán mà tệp giữ đầu sổ đã ghi: sổ đã bị viết lại"],
    ),
}


def test_a_whole_ledger_has_no_findings(office: Store) -> None:
    assert found(office) == ()
    written(office)
    assert found(office) == ()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found(office: Store, name: str) -> None:
    change, expected = CHANGES[name]
    written(office)
    assert found(office) == ()
    tamper(office, change)
    findings = found(office)
    assert [str(finding) for finding in findings] == expected
    assert {finding.severity for finding in findings} == {Severity.ERROR}


def test_an_entry_added_from_outside_is_found(office: Store) -> None:
    written(office, 2)
    forged = (
        "INSERT INTO entry (seq, kind, id, directive, subject, metric, as_of, recorded_at, body, previous, hash) "
        "SELECT 3, kind, 'lạ', directive, subject, metric, as_of, recorded_at, body, previous, hash "
        "FROM entry WHERE seq = 2"
    )
    with office.engine.begin() as connection:
        connection.execute(text(forged))
    assert [finding.field for finding in found(office)] == ["lạ", "lạ", None]


def test_writing_on_after_a_cut_does_not_hide_it(office: Store) -> None:
    written(office, 5)
    kept = read_head(office.head_file)
    tamper(office, CUT_TO_THREE)
    for number in range(11, 15):  # the chain is longer now than it ever was
        with session(office) as opened:
            append(opened, entry(number))
    assert read_head(office.head_file) == kept
    assert [str(finding) for finding in found(office)] == [
        "ledger.head: bút toán số 5 không phải bút toán mà tệp giữ đầu sổ đã ghi: sổ đã bị viết lại"
    ]


def test_a_lost_file_is_found_and_not_replaced(office: Store) -> None:
    written(office, 2)
    office.head_file.unlink()
    written(office, 3)
    assert [str(finding) for finding in found(office)] == [
        "ledger.head: không thấy tệp giữ đầu sổ: không biết được phần cuối sổ có bị cắt hay không"
    ]
    assert not office.head_file.exists()


@pytest.mark.parametrize("content", ["", "5", "năm " + "0" * 64 + "\n", "5 " + "0" * 64])
def test_a_broken_file_is_found_and_not_replaced(office: Store, content: str) -> None:
    written(office, 2)
    office.head_file.write_text(content, encoding="utf-8")
    written(office, 3)
    assert [str(finding) for finding in found(office)] == [
        "ledger.head: không đọc được tệp giữ đầu sổ: nội dung không còn là một số đếm và một mã băm"
    ]
    assert office.head_file.read_text(encoding="utf-8") == content


def test_a_file_that_lags_behind_is_brought_up(office: Store) -> None:
    written(office, 2)
    kept = read_head(office.head_file)
    written(office, 4)
    assert kept is not None
    write_head(office.head_file, kept)
    assert found(office) == ()
    with reading(office) as opened:
        assert read_head(office.head_file) == head(opened)


@pytest.mark.parametrize(("death", "survives"), [("die_after", True), ("die_before", False)])
def test_a_kill_around_the_commit_is_no_alarm(office: Store, url: str, death: str, *, survives: bool) -> None:
    written(office, 2)
    before = read_head(office.head_file)
    command = [sys.executable, "-m", "tests.store.worker", death, url, str(office.head_file), "3"]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -9
    assert read_head(office.head_file) == before
    assert found(office) == ()
    with reading(office) as opened:
        assert len(entries(opened)) == (3 if survives else 2)
        assert read_head(office.head_file) == head(opened)
