"""What one cell says: the usual dirt is read, what could mean two things is refused, and nothing is ever guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.sheet_values import LONGEST, day, figure, words
from domain.figures import say
from domain.metric import Metric, MetricKind, Value
from domain.vietnamese import UnreadableError
from reports.xlsx_cells import Cell, CellKind
from tests.world import GIAI_NGAN, KHOI_CONG, TINH_HINH

THU = Metric(id="thu", kind=MetricKind.AMOUNT, name="Thu ngân sách")
TIEU_CHI = Metric(id="tieu-chi", kind=MetricKind.COUNT, name="Tiêu chí", unit="tiêu chí", of=19)
BINH_QUAN = Metric(id="binh-quan", kind=MetricKind.AVERAGE, name="Bình quân")
NGHEO = Metric(id="ngheo", kind=MetricKind.RATE, name="Tỷ lệ hộ nghèo")
HANG = Metric(id="hang", kind=MetricKind.RANK, name="Xếp hạng")
METRICS = (KHOI_CONG, GIAI_NGAN, TINH_HINH, THU, TIEU_CHI, BINH_QUAN, NGHEO, HANG)


def text(written: str) -> Cell:
    return Cell(written, CellKind.TEXT)


def number(written: str, number_format: str = "General") -> Cell:
    return Cell(written, CellKind.NUMBER, number_format)


def of(amount: str) -> Value:
    return Value(number=Decimal(amount))


@pytest.mark.parametrize(
    ("cell", "metric", "value"),
    [
        (text("45 %"), GIAI_NGAN, of("45")),
        (text("45\u00a0%"), GIAI_NGAN, of("45")),
        (number("0.45", "0%"), GIAI_NGAN, of("45")),
        (number("0.13699999999999998", "0.00%"), GIAI_NGAN, of("13.699999999999998")),
        (number("0.137", "0.00%"), GIAI_NGAN, of("13.7")),
        (text("13,7%"), GIAI_NGAN, of("13.7")),
        (text("13.7%"), GIAI_NGAN, of("13.7")),
        (text("8.7 %"), NGHEO, of("8.7")),
        (text("13,7"), BINH_QUAN, of("13.7")),
        (text("13.7"), BINH_QUAN, of("13.7")),
        (number("13.699999999999999"), BINH_QUAN, of("13.7")),
        (text("\ufeff14,3\u200b"), BINH_QUAN, of("14.3")),
        (text("0,234"), BINH_QUAN, of("0.234")),
        (text("1,234.5"), BINH_QUAN, of("1234.5")),
        (text("1.234,5"), BINH_QUAN, of("1234.5")),
        (number("4200000000"), THU, of("4200000000")),
        (text("4,200,000,000"), THU, of("4200000000")),
        (text("2,3\u00a0tỷ đồng"), THU, of("2300000000.0")),
        (number("12"), TIEU_CHI, Value(number=Decimal(12), numerator=Decimal(12), denominator=Decimal(19))),
        (text("12/19"), TIEU_CHI, Value(number=Decimal(12), numerator=Decimal(12), denominator=Decimal(19))),
        (number("8.0"), HANG, of("8")),
        (text("Ti\u00ea\u0301p tu\u0323c"), TINH_HINH, Value(text="Tiếp tục")),
        (text("Xong "), KHOI_CONG, of("1")),
    ],
)
def test_the_usual_dirt_is_read(cell: Cell, metric: Metric, value: Value) -> None:
    assert figure(cell, metric) == value


@pytest.mark.parametrize(
    ("cell", "metric", "why"),
    [
        (text("1.234"), BINH_QUAN, "“1.234” có thể là 1234 hoặc 1,234"),
        (text("1,234"), BINH_QUAN, "“1,234” có thể là 1234 hoặc 1,234"),
        (text("1,234 tỷ"), THU, "có thể là 1234 hoặc 1,234"),
        (text("13.888%"), GIAI_NGAN, "có thể là 13888 hoặc 13,888"),
        (number("45"), GIAI_NGAN, "“45” chưa rõ là 45% hay 4500%; hãy ghi kèm dấu %"),
        (number("0.45"), GIAI_NGAN, "“0,45” chưa rõ là 0,45% hay 45%"),
        (text("45"), GIAI_NGAN, "ghi 45% hoặc 2,3 tỷ/5,1 tỷ"),
        (number("0.45", "0%"), THU, "không tính bằng phần trăm"),
        (number("45547", "d/m/yyyy"), TIEU_CHI, "Excel đã đổi số có dấu gạch chéo thành ngày"),
        (number("2.3"), THU, "chưa ghi đơn vị tiền"),
        (number("-5"), BINH_QUAN, "âm"),
        (number("1E+400"), BINH_QUAN, "quá lớn"),
        (number("NaN"), BINH_QUAN, "quá lớn"),
        (number("1e18"), THU, "quá lớn"),
        (text("9" * 30), THU, "quá dài"),
        (number("mười"), BINH_QUAN, "không đọc được số “mười”"),
        (number("1"), KHOI_CONG, "ghi “xong” khi đã diễn ra"),
        (Cell("#N/A", CellKind.ERROR), BINH_QUAN, "ô bị lỗi #N/A"),
        (Cell("", CellKind.UNCOMPUTED), BINH_QUAN, "công thức chưa có kết quả"),
        (Cell("1", CellKind.FLAG), KHOI_CONG, "TRUE hoặc FALSE"),
        (text("x" * (LONGEST + 1)), TINH_HINH, f"mỗi ô chỉ ghi tối đa {LONGEST} ký tự"),
    ],
)
def test_what_is_doubtful_or_faulty_is_refused_with_the_way_out(cell: Cell, metric: Metric, why: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        figure(cell, metric)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (text("30/9/2024"), (date(2024, 9, 30), None)),
        (text("ngày 01/07/2024"), (date(2024, 7, 1), None)),
        (text("30-9-2024"), (date(2024, 9, 30), None)),
        (text("30.9.2024\u00a0"), (date(2024, 9, 30), None)),
        (text("05/6/2024"), (date(2024, 6, 5), None)),
        (text("2024-09-30"), (date(2024, 9, 30), None)),
        (text("2024-09-30T00:00:00"), (date(2024, 9, 30), None)),
        (text("2024-09-30 17:00:00"), (date(2024, 9, 30), time(17))),
        (text("30/9/2024 16:30"), (date(2024, 9, 30), time(16, 30))),
        (text("17h00 ngày 30/9/2024"), (date(2024, 9, 30), time(17))),
        (number("45565", "dd/mm/yyyy"), (date(2024, 9, 30), None)),
        (number("45565"), (date(2024, 9, 30), None)),
        (number("45565.5", "dd/mm/yyyy hh:mm"), (date(2024, 9, 30), time(12))),
    ],
)
def test_days_are_read_however_they_are_written(cell: Cell, found: tuple[date, time | None]) -> None:
    assert day(cell) == found


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (text("01/01/1970"), "01/01/1970 là ngày mà phần mềm điền khi để trống"),
        (number("25569", "dd/mm/yyyy"), "01/01/1970 là ngày"),
        (text("1970-01-01T00:00:00"), "01/01/1970 là ngày"),
        (text("30/0/2021"), "không đọc được ngày “30/0/2021”"),
        (text("9/30/2024"), "không đọc được ngày"),
        (text("30/9/24"), "thiếu hai số đầu của năm"),
        (text("tháng 9"), "hãy ghi dạng 30/9/2024"),
        (text("2024-W18-3"), "không đọc được ngày"),
        (number("12"), "không phải ngày"),
        (number("2024"), "không phải ngày"),
        (number("1e9", "dd/mm/yyyy"), "không phải ngày"),
        (Cell("#REF!", CellKind.ERROR), "ô bị lỗi #REF!"),
    ],
)
def test_what_is_no_day_is_refused(cell: Cell, why: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        day(cell)
    assert why in str(refused.value)


FORMATS = st.sampled_from(["General", "0%", "0.00%", "dd/mm/yyyy", "@", "#,##0", "[Red]0", ""])
NUMBERS = st.floats().map(repr) | st.integers().map(str) | st.from_regex(r"-?\d{0,5}[.,]?\d{0,5}[%eE]?\d{0,3}")
CELLS = st.builds(Cell, st.text() | NUMBERS, st.sampled_from(CellKind), FORMATS)


@given(CELLS, st.sampled_from(METRICS))
def test_any_cell_is_read_or_refused_in_a_sentence(cell: Cell, metric: Metric) -> None:
    for said in (
        answer(lambda: say(metric, figure(cell, metric))),
        answer(lambda: day(cell)),
        answer(lambda: words(cell)),
    ):
        assert 0 < len(said) <= LONGEST + 100


def answer(read: Callable[[], object]) -> str:
    try:
        return str(read())
    except UnreadableError as refused:
        return str(refused)


@given(st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False))
def test_a_number_reads_as_itself_or_not_at_all(exact: Decimal) -> None:
    plain = f"{exact:f}".rstrip("0").rstrip(".") or "0"
    written = {plain, plain.replace(".", ","), f"{exact:,f}", f"{exact:,f}".translate(str.maketrans(",.", ".,"))}
    for form in written:
        try:
            found = figure(text(form), BINH_QUAN).number
        except UnreadableError:
            continue
        assert found == exact, form
    assert figure(number(repr(float(exact))), BINH_QUAN).number == exact
