"""Rows of a spreadsheet become entries: once, each checked by itself, and only of those who answer for the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.admitting import Admission
from actions.evaluate import situation
from actions.record import RefusedError, record
from actions.record_many import record_many
from actions.sheet_lines import Fate, Sender
from actions.sheet_saving import Preview, responsible, save, shown_name
from config.scenario import SOURCE as ILLUSTRATIVE
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from domain.metric import Value
from store import Store, reading, session
from store.ledger import entries, head
from store.moments import looks
from store.uploads import content_of, uploads
from store.verification import verify
from tests.actions.offices import known
from tests.actions.sheet_office import HEAD, HEADING, NOW, OFFICE, TITLE, copied, fates, prepared, row, seen, told
from tests.world import CAU, DUONG, FOOTNOTE_8, GIAI_NGAN, PROJECTS, decided, disbursed, plan
from tests.xlsx_forge import Raw, book

LATER = NOW.replace(day=5)
VU_LE_HEAD = Sender("dau-moi-vu-le", NOW)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("office"))


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[Store]:
    opened = copied(folder, tmp_path / "own")
    yield opened
    opened.engine.dispose()


def saved(store: Store, content: bytes, sender: Sender = HEAD, chosen: set[str] | None = None) -> Preview:
    return save(store, OFFICE, content, "bang.xlsx", sender, chosen)


def reported(store: Store) -> list[Entry]:
    with reading(store) as opened:
        return [entry for entry in entries(opened) if entry.kind is EntryKind.REPORT]


PERCENT = (TITLE, "giai-ngan")
BOTH = book(HEADING, row("xong"), row("xong", subject=DUONG))


def test_nothing_is_saved_by_looking(store: Store) -> None:
    assert fates(seen(store, BOTH).lines) == [Fate.NEW, Fate.NEW]
    with reading(store) as opened:
        assert (len(entries(opened)), uploads(opened)) == (len(PROJECTS), ())


def test_every_good_row_is_saved_and_one_bad_stops_no_other(store: Store) -> None:
    done = saved(store, book(HEADING, row("xong"), row("chưa", subject=DUONG), (*PERCENT, DUONG, "5%", "30/6/2024")))
    assert fates(done.lines) == [Fate.RECORDED, Fate.REFUSED, Fate.RECORDED]
    assert [(entry.metric, entry.subject) for entry in reported(store)] == [("khoi-cong", CAU), ("giai-ngan", DUONG)]
    with reading(store) as opened:
        assert verify(opened, store.head_file) == ()
        assert FOOTNOTE_8.code in looks(opened)


def test_chosen_rows_alone_are_saved_and_the_others_later(store: Store) -> None:
    assert fates(saved(store, BOTH, chosen={"1-3"}).lines) == [Fate.NEW, Fate.RECORDED]
    assert [entry.subject for entry in reported(store)] == [DUONG]
    assert fates(saved(store, BOTH).lines) == [Fate.RECORDED, Fate.UNCHANGED]
    with reading(store) as opened:
        (kept,) = uploads(opened, HEAD.person)
    assert sorted(kept.saved) == ["1-2", "1-3"]


def test_the_same_file_twice_saves_nothing_new_whatever_happened_meanwhile(store: Store) -> None:
    saved(store, BOTH)
    first = reported(store)
    known(store, *(decided(EntryKind.RETURN, entry, "04/7/2024 15:00") for entry in first))
    for sender in (Sender(HEAD.person, LATER), Sender("chu-tich-huyen", LATER)):
        assert set(fates(saved(store, BOTH, sender).lines)) <= {Fate.RECORDED, Fate.UNCHANGED}
    assert reported(store) == first


def test_the_file_is_kept_as_it_came(store: Store) -> None:
    done = save(store, OFFICE, BOTH, "C:\\Tài liệu\\..\\Bắc Sơn\u202e.xlsx", HEAD)
    with reading(store) as opened:
        (kept,) = uploads(opened)
        assert content_of(opened, done.hash, HEAD.person) == BOTH
    assert (kept.name, kept.person, kept.at, kept.saved_at) == ("Bắc Sơn.xlsx", HEAD.person, NOW, NOW)
    assert sorted(kept.saved.values()) == sorted(entry.id for entry in reported(store))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\x00b\r\n.xlsx", "ab.xlsx"),
        ("", "bảng tính"),
        ("/", "bảng tính"),
        ("x" * 300 + ".xlsx", "x" * 195 + ".xlsx"),
    ],
)
def test_hostile_file_names_are_shown_harmless(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_odd_figures_are_saved_only_where_they_are_chosen(store: Store) -> None:
    known(store, disbursed("28,6%", "28/6/2024", CAU))
    content = book(HEADING, (*PERCENT, CAU, "18,6%", "30/6/2024"))
    assert fates(saved(store, content).lines) == [Fate.UNSURE]
    assert len(reported(store)) == 1
    assert fates(saved(store, content, chosen={"1-2"}).lines) == [Fate.RECORDED]


# ------------------------------------------------------------------------------------------------------------ by whom


@pytest.mark.parametrize("person", ["theo-doi", "tai-chinh", "nguoi-ngoai", "lanh-dao-tinh"])
def test_nobody_records_what_they_do_not_answer_for(store: Store, person: str) -> None:
    assert fates(seen(store, BOTH, Sender(person, NOW)).lines) == [Fate.REFUSED, Fate.REFUSED]
    done = saved(store, BOTH, Sender(person, NOW))
    assert fates(done.lines) == [Fate.REFUSED, Fate.REFUSED]
    assert "chỉ đầu mối hoặc thủ trưởng của đơn vị phải thực hiện" in told(done.lines)[0][1]
    assert reported(store) == []


def test_a_commune_records_its_own_projects_alone(store: Store) -> None:
    done = saved(store, BOTH, VU_LE_HEAD)
    assert fates(done.lines) == [Fate.REFUSED, Fate.RECORDED]
    assert told(done.lines)[0][0] == "D2"


def test_who_answers_is_asked_again_when_it_is_saved(store: Store) -> None:
    """Between the look and the saving the work may have passed to others."""
    entry = disbursed("20%", "01/7/2024", CAU).model_copy(update={"actor": "dau-moi-vu-le", "recorded_at": NOW})
    with session(store) as opened:
        why = record_many(opened, OFFICE, FOOTNOTE_8.code, [entry], NOW, responsible)[entry.id]
    assert str(why).startswith("chỉ đầu mối hoặc thủ trưởng")
    assert reported(store) == []


# -------------------------------------------------------------------------------------------------- as a single report


def odd(**fields: object) -> Entry:
    """A report that is fine but for these fields."""
    fine = disbursed("20%", "01/7/2024", CAU).model_copy(update={"recorded_at": NOW})
    return fine.model_copy(update=fields)


@pytest.mark.parametrize(
    "entry",
    [
        odd(),
        odd(subject="nha"),
        odd(subject=None),
        odd(metric="nuoc"),
        odd(milestone="nuoc"),
        odd(metric=None),
        odd(value=None),
        odd(value=read_value("120%", GIAI_NGAN)),
        odd(value=read_value("2 tỷ/3 tỷ", GIAI_NGAN)),
        odd(value=Value(text="a\u202eb")),
        odd(evidence="a\x07"),
        odd(as_of=date(2024, 7, 9)),
        odd(as_of=date(1024, 7, 1)),
        odd(occurrence=date(2024, 7, 1)),
        odd(source=ILLUSTRATIVE),
        odd(attachments=("a" * 64,)),
        odd(kind=EntryKind.CORRECTION, refers_to="b0"),
    ],
)
def test_many_are_refused_by_the_very_sentence_that_refuses_one(store: Store, entry: Entry) -> None:
    known(store, plan("1 tỷ", "22/4/2024", CAU))
    with session(store) as opened:
        many = record_many(opened, OFFICE, FOOTNOTE_8.code, [entry], NOW, lambda _: lambda _: None)[entry.id]
        opened.rollback()
    with session(store) as opened:
        try:
            one: object = record(opened, OFFICE, entry)
        except RefusedError as refused:
            one = str(refused)
    assert many == one


def test_what_is_recorded_is_bit_for_bit_what_single_recording_gives(store: Store) -> None:
    reports = [odd(id=f"b-{number}", subject=(CAU, DUONG)[number % 2]) for number in range(4)]
    with session(store) as opened:
        before = head(opened)
        many = record_many(opened, OFFICE, FOOTNOTE_8.code, reports, NOW, lambda _: lambda _: None)
        opened.rollback()
    with session(store) as opened:
        assert head(opened) == before
        assert [record(opened, OFFICE, entry) for entry in reports] == [many[entry.id] for entry in reports]


# ------------------------------------------------------------------------------------------------------ whatever comes

TEXTS = st.text(max_size=12) | st.sampled_from(
    ["xong", "45%", "13,7", "13.7", "1.234", "12/19", "30/9/2024", "01/7/2024", "2,3 tỷ/5,1 tỷ", "=1+1", CAU, TITLE]
)
LEGAL = TEXTS.map(lambda text: "".join(mark for mark in text if mark.isprintable() or mark == "\n"))
CELL = (
    st.none()
    | LEGAL
    | st.builds(
        Raw,
        LEGAL,
        st.sampled_from(["n", "s", "b", "e", "str", "d", "inlineStr", "?"]),
        st.integers(0, 3),
        st.none() | LEGAL,
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=4))
def test_no_cell_ever_raises_or_records_something_else_than_it_says(
    store: Store, rows: list[tuple[Raw | str | None, ...]]
) -> None:
    content = book(
        HEADING, *rows, *[(TITLE, metric, CAU, one[3], one[4]) for metric in ("khoi-cong", "giai-ngan") for one in rows]
    )
    found = seen(store, content)
    with reading(store) as opened:
        admission = Admission(situation(opened, OFFICE, FOOTNOTE_8.code, NOW))
    for line in found.lines:
        assert (line.entry is None) == (line.fate in {Fate.REFUSED, Fate.UNCHANGED})
        assert all(fault.cell and fault.message for fault in line.faults)
        if line.entry and line.entry.directive == FOOTNOTE_8.code:
            assert admission.why_not(line.entry) is None
            assert line.entry.value in said(rows, line.entry)


def said(rows: list[tuple[Raw | str | None, ...]], entry: Entry) -> list[Value | None]:
    """What the record command would make of the figures written, and of percentages as they are shown."""
    metric = FOOTNOTE_8.metric(entry.metric or "")
    values: list[Value | None] = []
    for cell in (one[3] for one in rows):
        text = cell.value if isinstance(cell, Raw) else cell or ""
        shown = f"{float(text) * 100:.10g}%" if isinstance(cell, Raw) and (cell.kind, cell.style) == ("n", 1) else text
        try:
            values.append(read_value(shown, metric))
        except ValueError:
            continue
    return values
