"""Files are kept once, never changed, and told missing or altered."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from domain.evidence import Kind, examined
from store import Store, reading, session
from store.evidence import about, altered, get, missing, put
from store.ledger import append, lock
from store.verification import verify, verify_files
from tests.domain.files import DOCX, PDF, PNG
from tests.store.builders import MORNING, entry

FILE = examined("Biên bản.pdf", PDF)
OTHER = examined("anh.png", PNG)


@pytest.fixture
def kept(office: Store) -> Store:
    with session(office) as opened:
        lock(opened)
        put(opened, FILE, "dau-moi", MORNING)
        append(opened, entry(1).model_copy(update={"attachments": (FILE.hash,)}))
        append(opened, entry(2))
    return office


def test_a_file_is_kept_as_it_was_first_brought(kept: Store) -> None:
    with session(kept) as opened:
        put(opened, examined("tên khác.pdf", PDF), "nguoi-khac", MORNING)
        put(opened, OTHER, "nguoi-khac", MORNING)
    with reading(kept) as opened:
        assert get(opened, FILE.hash) == FILE
        assert get(opened, "0" * 64) is None
        assert missing(opened, (FILE.hash, "0" * 64, OTHER.hash)) == ("0" * 64,)
        found = about(opened, (FILE.hash, OTHER.hash))
        assert [(found[one.hash].name, found[one.hash].kind, found[one.hash].person) for one in (FILE, OTHER)] == [
            ("Biên bản.pdf", Kind.PDF, "dau-moi"),
            ("anh.png", Kind.PNG, "nguoi-khac"),
        ]
        assert (found[FILE.hash].size, found[FILE.hash].at) == (len(PDF), MORNING)


@pytest.mark.parametrize("change", ["UPDATE evidence SET name = 'khác'", "DELETE FROM evidence"])
def test_the_database_refuses_to_change_one(kept: Store, change: str) -> None:
    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), session(kept) as opened:
        opened.execute(text(change))


def test_a_whole_store_has_nothing_to_find(kept: Store) -> None:
    with reading(kept) as opened:
        assert verify(opened, kept.head_file) == ()
        assert verify_files(opened) == ()


def unguarded(store: Store, change: str, **values: object) -> None:
    """As somebody with the database in their hands would."""
    with store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("evidence_refuses_update", "evidence_refuses_delete"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE evidence DISABLE TRIGGER ALL"))
        connection.execute(text(change), values)


def test_an_altered_file_is_found(kept: Store) -> None:
    unguarded(kept, "UPDATE evidence SET content = :content", content=DOCX)
    with reading(kept) as opened:
        assert list(altered(opened)) == [FILE.hash]
        (finding,) = verify_files(opened)
    assert finding.message == f"tệp {FILE.hash[:8]}… đã bị sửa: nội dung không còn khớp mã băm"


def test_a_file_that_is_gone_is_missed_by_the_entry_that_names_it(kept: Store) -> None:
    unguarded(kept, "DELETE FROM evidence")
    with reading(kept) as opened:
        (finding,) = verify_files(opened)
    assert (finding.field, finding.message) == (
        entry(1).id,
        f"không còn tệp {FILE.hash[:8]}… đính kèm bút toán này",
    )


def test_words_that_look_like_attachments_are_none(office: Store) -> None:
    with session(office) as opened:
        append(opened, entry(1).model_copy(update={"text": '"attachments":["x"]'}))
    with reading(office) as opened:
        assert verify_files(opened) == ()
