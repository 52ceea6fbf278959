"""Many entries at once stand as they would one by one; files that were sent in are kept as they came."""

from __future__ import annotations

from datetime import timedelta

from domain.ledger import SealedEntry
from store import Store, reading, session
from store.appending import append_all, recorded
from store.ledger import EntryConflictError, append, head
from store.uploads import Upload, content_of, keep, note_saved, uploads
from store.verification import verify
from tests.world import disbursed, instant

NOW = instant("04/7/2024 08:00")
ENTRIES = tuple(disbursed(f"{number}%", "30/6/2024", f"da-{number}") for number in range(3))
UPLOAD = Upload("a" * 64, "dau-moi-huyen", "bảng.xlsx", NOW, {}, None)


def test_all_at_once_is_one_after_the_other(office: Store) -> None:
    with session(office) as opened:
        one_by_one = [append(opened, entry) for entry in ENTRIES]
        opened.rollback()
    with session(office) as opened:
        found = append_all(opened, ENTRIES)
        assert list(found.values()) == one_by_one
        assert head(opened).count == len(ENTRIES)
    with reading(office) as opened:
        assert verify(opened, office.head_file) == ()
        assert recorded(opened, [ENTRIES[0].id, "khac"]) == {ENTRIES[0].id}


def test_what_stands_is_given_back_and_a_conflict_stops_no_other(office: Store) -> None:
    with session(office) as opened:
        stands = append(opened, ENTRIES[0])
        taken = append(opened, ENTRIES[1])
    again = ENTRIES[0].model_copy(update={"recorded_at": ENTRIES[0].recorded_at + timedelta(days=1)})
    other = ENTRIES[1].model_copy(update={"evidence": "khác"})
    with session(office) as opened:
        found = append_all(opened, [again, other, ENTRIES[2]])
        assert found[again.id] == stands
        assert isinstance(found[other.id], EntryConflictError)
        last = found[ENTRIES[2].id]
        assert isinstance(last, SealedEntry)
        assert (last.seq, last.previous) == (3, taken.hash)
        assert append_all(opened, []) == {}


def test_a_file_sent_again_is_one_and_its_saved_rows_add_up(office: Store) -> None:
    with session(office) as opened:
        keep(opened, UPLOAD, b"PK")
        note_saved(opened, UPLOAD.hash, UPLOAD.person, {"1-2": "b1"}, NOW)
    with session(office) as opened:
        keep(opened, Upload(UPLOAD.hash, UPLOAD.person, "khác.xlsx", NOW + timedelta(days=1), {}, None), b"PK")
        keep(opened, Upload(UPLOAD.hash, "theo-doi", "bảng.xlsx", NOW + timedelta(days=2), {}, None), b"PK")
        note_saved(opened, UPLOAD.hash, UPLOAD.person, {"1-3": "b2"}, NOW + timedelta(hours=1))
    with reading(office) as opened:
        theirs, ours = uploads(opened)
        assert (theirs.person, theirs.saved, theirs.saved_at) == ("theo-doi", {}, None)
        assert (ours.name, ours.at, ours.saved) == (UPLOAD.name, NOW, {"1-2": "b1", "1-3": "b2"})
        assert ours.saved_at == NOW + timedelta(hours=1)
        assert uploads(opened, UPLOAD.person) == (ours,)
        assert content_of(opened, UPLOAD.hash, UPLOAD.person) == b"PK"
        assert content_of(opened, UPLOAD.hash, "nguoi-ngoai") is None
