"""A spreadsheet goes out, is filled in and comes back: 5,000 rows, 50 of them wrong, each named by its cell."""

from __future__ import annotations

import time
from pathlib import Path

from actions.sheet_lines import Fate, Sender
from actions.sheet_making import sheet_for
from actions.sheet_saving import save
from store import Store, open_store, reading, session, upgrade
from store.appending import append_all
from store.ledger import entries
from store.uploads import uploads
from store.verification import verify
from tests.actions.offices import configured
from tests.world import FOOTNOTE_8, HUYEN, KHOI_CONG, START, TAN_THANH, enrol, instant, variant
from tests.xlsx_forge import filled

ROWS, FAULTS = 5_000, 50
ONLY_START = variant(START, metrics=(KHOI_CONG,), coordinating=())
"""One row for each project."""
NOW = instant("04/7/2024 08:00")
HEAD = Sender("dau-moi-huyen", NOW)
WRONG = ("chưa", "45%", "1", "XONG RỒI", "12/19")


def large_office(folder: Path) -> Store:
    opened = open_store(f"sqlite:///{folder / 'dondoc.sqlite'}", folder / "ledger.head")
    upgrade(opened)
    with session(opened) as writing:
        append_all(writing, [enrol(f"da-{number}", TAN_THANH, "19/4/2024 09:00") for number in range(ROWS)])
    return opened


def test_of_5000_rows_with_faults_in_50_the_4950_are_saved_and_the_50_named_by_cell(tmp_path: Path) -> None:
    store, office = large_office(tmp_path), configured(ONLY_START)
    with reading(store) as opened:
        ours = sheet_for(opened, office, {HUYEN}, "UBND huyện Bắc Sơn", NOW)
    wrong = {f"L{row}": WRONG[row % len(WRONG)] for row in range(2, ROWS + 2) if row % (ROWS // FAULTS) == 7}
    typed = {f"L{row}": "xong" for row in range(2, ROWS + 2)} | {f"M{row}": "01/7/2024" for row in range(2, ROWS + 2)}
    content = filled(ours, {**typed, **wrong})
    began = time.process_time()
    done = save(store, office, content, "bac-son.xlsx", HEAD)
    took = time.process_time() - began
    refused = done.of(Fate.REFUSED)
    assert {fault.cell for line in refused for fault in line.faults} == set(wrong)
    assert len(refused) == FAULTS
    assert len(done.of(Fate.RECORDED)) == ROWS - FAULTS
    with reading(store) as opened:
        reported = [entry for entry in entries(opened, FOOTNOTE_8.code) if entry.metric]
        (kept,) = uploads(opened, HEAD.person)
        assert verify(opened, store.head_file) == ()
    assert len(reported) == ROWS - FAULTS == len({entry.subject for entry in reported})
    assert (kept.hash, len(kept.saved)) == (done.hash, ROWS - FAULTS)
    assert took < 40, f"well under a minute of one processor, however busy the others: {took:.1f} s"
    store.engine.dispose()
