"""The spreadsheet a unit or a person fills in: what can be recorded now, one row each, and how it is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import chain

from actions.evaluate import situations
from actions.sheet_header import Field
from actions.sheet_rows import Recordable, recordable
from config.reading import Configuration
from domain import vietnamese as vn
from domain.metric import Metric, MetricKind
from reports.sheet import Column, Prompt, Table, Value
from reports.workbook import workbook
from store import Session

SHEET = "Số liệu"

_COLUMNS: Mapping[Field, Column] = {
    Field.NOTICE: Column(Field.NOTICE, 24),
    Field.SECTION: Column(Field.SECTION, 12),
    Field.DIRECTIVE: Column(Field.DIRECTIVE, 36),
    Field.MILESTONE: Column(Field.MILESTONE, 22),
    Field.OCCURRENCE: Column(Field.OCCURRENCE, 12),
    Field.METRIC: Column(Field.METRIC, 22),
    Field.SUBJECT: Column(Field.SUBJECT, 30),
    Field.UNIT: Column(Field.UNIT, 24),
    Field.DUE: Column(Field.DUE, 12),
    Field.LATEST: Column(Field.LATEST, 24),
    Field.LATEST_DAY: Column(Field.LATEST_DAY, 14),
    Field.VALUE: Column(Field.VALUE, 22, typed=True),
    Field.DAY: Column(Field.DAY, 14, typed=True),
    Field.ESTIMATE: Column(Field.ESTIMATE, 10, typed=True),
    Field.EVIDENCE: Column(Field.EVIDENCE, 30, typed=True),
    Field.NOTE: Column(Field.NOTE, 24, typed=True),
    Field.KEY: Column(Field.KEY, 40, hidden=True),
}
EXAMPLES: Mapping[MetricKind, str] = {
    MetricKind.EVENT: "xong (khi đã diễn ra; ngày diễn ra ghi ở cột bên)",
    MetricKind.PERCENT: "45% hoặc 2,3 tỷ/5,1 tỷ",
    MetricKind.AMOUNT: "2,3 tỷ đồng",
    MetricKind.COUNT: "12/19",
    MetricKind.AVERAGE: "14,3",
    MetricKind.RATE: "8,7%",
    MetricKind.RANK: "8",
    MetricKind.NARRATIVE: "nêu ngắn gọn kết quả, khó khăn, kiến nghị",
}
_KINDS = {
    MetricKind.EVENT: "Sự kiện",
    MetricKind.PERCENT: "Phần trăm kế hoạch",
    MetricKind.AMOUNT: "Số tiền",
    MetricKind.COUNT: "Số đếm",
    MetricKind.AVERAGE: "Bình quân",
    MetricKind.RATE: "Tỷ lệ",
    MetricKind.RANK: "Thứ hạng",
    MetricKind.NARRATIVE: "Tình hình",
}
_KEPT = (
    f"Cột “{Field.KEY}” (đang ẩn) nhận ra từng dòng. Được sắp xếp, lọc, thêm cột, thêm trang tính riêng; "
    "các cột và trang thêm không được đọc."
)
_AGAIN = (
    "Tải tệp này lên trang của mình, hoặc gửi cho quản trị viên. Trước khi lưu sẽ thấy từng dòng đổi gì, ô nào sai; "
    "gửi hai lần cùng một tệp cũng chỉ ghi một lần."
)
_HOW = (
    ("Điền ở đâu", f"Trang “{SHEET}”, các cột có tiêu đề xanh, ô nền vàng. Dòng nào chưa có số liệu mới thì để trống."),
    ("Không sửa", _KEPT),
    ("Ngày", "Ghi ngày/tháng/năm, ví dụ 30/9/2024: số liệu đúng đến hết ngày nào, không phải ngày ghi bảng."),
    ("Số ước", "Ghi x nếu là số ước thực hiện. Số ước không được tính là hoàn thành."),
    ("Gửi lại", _AGAIN),
)


def sheet_for(
    session: Session, configuration: Configuration, units: Collection[str], whose: str, as_of: datetime
) -> bytes:
    """An XLSX of everything the units may record now; `whose` names them on its cover."""
    found = situations(session, configuration, as_of)
    return fill_in(tuple(chain.from_iterable(recordable(one, units) for one in found.values())), whose, as_of)


def fill_in(rows: Sequence[Recordable], whose: str, as_of: datetime) -> bytes:
    """The workbook of the rows: how to fill it in, and the sheet to be filled in, at which it opens."""
    kinds = dict.fromkeys(row.metric.kind for row in rows)
    examples = [(f"Cách ghi: {_KINDS[kind]}", EXAMPLES[kind]) for kind in kinds]
    about = (("Của", whose), ("Lập lúc", vn.moment(as_of)), ("Số dòng", len(rows)))
    table = Table(
        SHEET,
        list(_COLUMNS.values()),
        [[values.get(field) for field in _COLUMNS] for values in map(_values, rows)],
        prompts=_prompts(rows),
    )
    return workbook("Bảng ghi kết quả thực hiện", (*about, *_HOW, *examples), [table], "Hướng dẫn", opens_at=1)


def _values(row: Recordable) -> Mapping[Field, Value]:
    directive = row.directive
    return {
        Field.NOTICE: directive.notice.reference(),
        Field.SECTION: directive.section,
        Field.DIRECTIVE: directive.title,
        Field.MILESTONE: row.milestone.name,
        Field.METRIC: row.metric.name,
        Field.SUBJECT: row.subject.name if row.subject else None,
        Field.UNIT: row.unit,
        Field.DUE: row.due,
        Field.LATEST: row.latest or None,
        Field.LATEST_DAY: row.latest_day,
        Field.OCCURRENCE: row.place.occurrence,
        Field.KEY: row.place.key(),
    }


def _prompts(rows: Sequence[Recordable]) -> list[Prompt]:
    """How each kind of figure is written, and how a day is."""
    if not rows:
        return []
    places = list(_COLUMNS)
    by_hint: dict[str, list[int]] = {}
    metrics: dict[str, Metric] = {}
    for number, row in enumerate(rows):
        hint = f"{row.metric.name}: {EXAMPLES[row.metric.kind]}"
        by_hint.setdefault(hint, []).append(number)
        metrics[hint] = row.metric
    figures = [
        Prompt(
            places.index(Field.VALUE),
            numbers,
            "Cách ghi kết quả",
            hint,
            ("xong",) if metrics[hint].kind is MetricKind.EVENT else (),
        )
        for hint, numbers in by_hint.items()
    ]
    every = range(len(rows))
    days = Prompt(places.index(Field.DAY), every, "Tính đến ngày", "Ngày/tháng/năm, ví dụ 30/9/2024")
    estimates = Prompt(places.index(Field.ESTIMATE), every, "Số ước", "Ghi x nếu là số ước thực hiện", ("x",))
    return [*figures, days, estimates]
