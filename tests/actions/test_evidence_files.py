"""A statement names the files that prove it: kept in the same transaction, refused otherwise, verified ever after."""

from __future__ import annotations

import pytest

from actions.evidence import MOST, attached, keep
from actions.record import RefusedError, record
from actions.verify import verified
from domain.ledger import Entry
from store import Store, reading, session
from store.chain import canonical
from store.evidence import get
from tests.actions.offices import ALONE, configured, known
from tests.domain.files import PDF, PNG
from tests.world import CAU, PROJECTS, disbursed, instant

OFFICE = configured(ALONE)
SAID = disbursed("20%", "1/8/2024", CAU)


OTHER_PDF = PDF + b" "


def recorded_with(store: Store, said: Entry) -> None:
    """With another file, in one transaction."""
    with session(store) as opened:
        hashes = keep(opened, attached([("khác.pdf", OTHER_PDF)]), "dau-moi-huyen", said.recorded_at)
        record(opened, OFFICE, said.model_copy(update={"attachments": hashes}))


def test_the_files_stand_beside_the_entry_or_neither_does(store: Store) -> None:
    known(store, *PROJECTS)
    files = attached([("Biên bản.pdf", PDF), ("ảnh.png", PNG), ("bản sao.pdf", PDF)])
    assert [one.name for one in files] == ["Biên bản.pdf", "ảnh.png"]
    with session(store) as opened:
        hashes = keep(opened, files, "dau-moi-huyen", instant("1/8/2024 09:00"))
        sealed = record(opened, OFFICE, SAID.model_copy(update={"attachments": hashes}))
    assert sealed.entry.attachments == tuple(one.hash for one in files)
    with reading(store) as opened:
        assert get(opened, files[0].hash) == files[0]
    assert verified(store, store.head_file).findings == ()
    over = disbursed("140%", "2/8/2024", CAU)
    with pytest.raises(RefusedError, match="vượt 100%"):
        recorded_with(store, over)
    with reading(store) as opened:
        assert get(opened, attached([("khác.pdf", OTHER_PDF)])[0].hash) is None


def test_a_file_nobody_kept_is_refused(store: Store) -> None:
    known(store, *PROJECTS)
    named = SAID.model_copy(update={"attachments": ("e" * 64,)})
    with pytest.raises(RefusedError, match="tệp đính kèm chưa được lưu: eeeeeeee…"), session(store) as opened:
        record(opened, OFFICE, named)


def test_no_files_leave_the_text_of_an_entry_as_it_was(store: Store) -> None:
    with session(store) as opened:
        assert keep(opened, (), "dau-moi-huyen", instant("1/8/2024 09:00")) is None
    written = canonical(SAID)
    for name in ("attachments", "former", "estimate", "basis"):
        assert name not in written
    with pytest.raises(ValueError, match="attachments"):
        Entry.model_validate({**SAID.model_dump(), "attachments": ()})


def test_what_is_no_evidence_is_refused_by_name_and_too_many_are_too() -> None:
    with pytest.raises(RefusedError, match=r"tệp “trang\.pdf” không đúng loại"):
        attached([("trang.pdf", b"<html>")])
    with pytest.raises(RefusedError, match=f"nhiều nhất {MOST} tệp"):
        attached([(f"{number}.pdf", PDF + b"\n" * number) for number in range(MOST + 1)])
