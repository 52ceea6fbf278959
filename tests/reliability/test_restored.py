"""Yesterday's backup is put back: nobody is urged once more for a day before a person has said so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from actions.office import opened_office
from actions.regression import confirm_restored, held_because, note_sent
from config.settings import load
from domain.clocktime import iso
from store import session
from store.ledger import append
from tests.reliability.conftest import Settle
from tests.reliability.homes import a_note, round_at
from tests.reliability.nursery import Nursery
from tests.reliability.sink import Sink

DATABASE = "dondoc.sqlite"


def held(home: Path) -> str | None:
    with opened_office(load(home)) as office:
        return held_because(office.store)


def noted(home: Path) -> None:
    with opened_office(load(home)) as office:
        note_sent(office.store)


@pytest.fixture
def restored(nursery: Nursery, sink: Sink, settle: Settle) -> Path:
    """An office that has sent a morning's letters and then got its database of the evening before."""
    home = settle(2, 3)
    noted(home)
    shutil.copy(home / DATABASE, home / "backup")
    assert nursery.ticked(home)["sent"] == 3
    noted(home)
    assert held(home) is None
    shutil.copy(home / "backup", home / DATABASE)
    assert len(sink.taken) == 3
    return home


def test_a_log_that_went_back_is_seen(restored: Path) -> None:
    said = held(restored)
    assert said is not None
    assert "nhật ký gửi từng đến dòng 3, nay đến dòng 0" in said


def test_the_doctor_is_red_about_it(nursery: Nursery, restored: Path) -> None:
    doctor = nursery.run(restored, "doctor", "--as-of", iso(round_at(0)), "--format", "json")
    assert (doctor.code, "khôi phục bản sao lưu" in doctor.out) == (1, True)


def test_a_person_confirms_and_what_was_remembered_is_kept(restored: Path) -> None:
    with opened_office(load(restored)) as office:
        confirm_restored(office.store, office.moment(), "quan-tri")
    assert held(restored) is None
    assert [file.read_text().split()[0] for file in restored.glob("sent.head.*")] == ["3"]
    noted(restored)
    assert held(restored) is None


def test_a_ledger_that_went_back_is_seen(settle: Settle) -> None:
    home = settle(2, 1)
    shutil.copy(home / DATABASE, home / "backup")
    with opened_office(load(home)) as office, session(office.store) as opened:
        append(opened, a_note(7, "bac-son-phan-bo-nguon-von"))
    shutil.copy(home / "backup", home / DATABASE)
    said = held(home)
    assert said is not None
    assert "sổ từng có 3 bút toán, nay còn 2" in said


def test_a_crash_before_the_file_was_written_holds_nothing(nursery: Nursery, settle: Settle) -> None:
    home = settle(2, 3)
    noted(home)
    assert nursery.ticked(home)["sent"] == 3
    assert held(home) is None


def test_an_office_that_never_remembered_anything_is_not_held(nursery: Nursery, settle: Settle) -> None:
    home = settle(2, 3)
    assert nursery.ticked(home)["sent"] == 3
    for file in home.glob("sent.head*"):
        file.unlink()
    assert held(home) is None


def test_a_file_that_cannot_be_read_holds(settle: Settle) -> None:
    home = settle(2, 1)
    noted(home)
    (home / "sent.head").write_text("không phải số")
    assert "bị hỏng" in (held(home) or "")
    noted(home)
    assert (home / "sent.head").read_text() == "không phải số"


def test_no_round_is_made_before_a_person_has_confirmed(nursery: Nursery, sink: Sink, restored: Path) -> None:
    refused = nursery.run(restored, "tick", "--as-of", iso(round_at(0)))
    assert (refused.code, "dondoc doctor --restored" in refused.err, len(sink.taken)) == (1, True, 3)
    nursery.run(restored, "doctor", "--as-of", iso(round_at(0)), "--restored")
    assert nursery.ticked(restored)["sent"] == 3
    assert len(sink.taken) == 6
