"""A small office for spreadsheets: two projects of two communes, a metric of each kind that is misread easily."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from actions.sheet_lines import Fate, Line, Sender
from actions.sheet_saving import Preview, preview
from config.reading import Configuration
from domain.metric import Metric, MetricKind
from store import Store, open_store, reading, upgrade
from tests.actions.offices import ALONE, configured, known
from tests.world import FOOTNOTE_8, PROJECTS, TINH_HINH, UNDATED, instant
from tests.xlsx_forge import Raw, Row, book

BINH_QUAN = Metric(id="binh-quan", kind=MetricKind.AVERAGE, name="Bình quân tiêu chí")
WORDS = UNDATED.model_copy(update={"metrics": (TINH_HINH, BINH_QUAN)})
OFFICE: Configuration = configured(ALONE, WORDS)
NOW = instant("04/7/2024 08:00")
HEAD = Sender("dau-moi-huyen", NOW)
HEADING: Row = ("Nhiệm vụ", "Chỉ tiêu", "Dự án", "Kết quả", "Tính đến ngày", "Căn cứ", "Ghi chú")
TITLE = FOOTNOTE_8.title


def prepared(folder: Path) -> Path:
    """The folder with a store of the two projects, to be copied: tables take long to make."""
    made = _opened(folder)
    upgrade(made)
    known(made, *PROJECTS)
    made.engine.dispose()
    return folder


def copied(folder: Path, to: Path) -> Store:
    """A store of one's own."""
    shutil.copytree(folder, to, dirs_exist_ok=True)
    return _opened(to)


def _opened(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder / 'dondoc.sqlite'}", folder / "ledger.head")


def row(value: Raw | str | None, day: Raw | str | None = "01/7/2024", subject: str | None = "cau") -> Row:
    """A row on the start of a project."""
    return (TITLE, "Khởi công", subject, value, day)


def seen(store: Store, content: bytes, sender: Sender = HEAD) -> Preview:
    with reading(store) as opened:
        return preview(opened, OFFICE, content, sender)


def lines(
    store: Store, *rows: Row, heading: Sequence[Row] = (HEADING,), merged: Sequence[str] = ()
) -> tuple[Line, ...]:
    return seen(store, book(*heading, *rows, merged=merged)).lines


def told(found: Sequence[Line]) -> list[tuple[str, str]]:
    """Cell and message of everything that is wrong or doubtful."""
    return [(fault.cell, fault.message) for line in found for fault in line.faults]


def fates(found: Sequence[Line]) -> list[Fate]:
    return [line.fate for line in found]
