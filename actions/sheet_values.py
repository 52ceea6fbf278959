"""What a person's cell says: a figure as its metric's kind has it, or a day. What could mean two things is refused.

Spreadsheets change what is typed: `12/9` becomes a day, `14,3` under foreign settings 143, and 45% the number 0.45.
So a number is taken only where its format says what it is, and a text only where one reading is possible.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from domain.figures import read_value
from domain.metric import Metric, MetricKind, Value
from domain.vietnamese import UnreadableError, nfc
from reports.xlsx_cells import Cell, CellKind

LONGEST = 2000
"""Characters of a text that is recorded."""
DIGITS = 18
"""No figure of an office has more; arithmetic stays exact."""

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009"), " ")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), None)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
_NO_DAY = date(1970, 1, 1)
_SERIALS = range(1, 109_574)
"""1900 to 2199."""
_TWO_WAYS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")
"""`1.234`: a thousand two hundred and thirty-four, or a little over one."""
_FOREIGN = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})(?![\d.,])")
"""`1,234.5` and `1,234,567`: commas between thousands."""
_WRITTEN_DAY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_CLOCK = re.compile(r"([01]?\d|2[0-3])(?::|h|giờ)([0-5]\d)(?::00(?:\.0+)?)?", re.IGNORECASE)
_COUNTED = (MetricKind.COUNT, MetricKind.RANK)
_WORDED = (MetricKind.EVENT, MetricKind.NARRATIVE)
_OF_HUNDRED = (MetricKind.PERCENT, MetricKind.RATE)


def written(cell: Cell | None) -> str:
    """The text of a cell as it is compared and stored: composed letters, common spaces, nothing unseen."""
    return "" if cell is None else nfc(cell.text).translate(_SPACES).translate(_UNSEEN).strip()


def words(cell: Cell | None) -> str | None:
    """A text to be recorded; None for an empty cell. Raises UnreadableError."""
    if cell is None:
        return None
    _refuse_faulty(cell)
    text = written(cell)
    if len(text) > LONGEST:
        raise UnreadableError(f"ô ghi {len(text)} ký tự; mỗi ô chỉ ghi tối đa {LONGEST} ký tự")
    return text or None


def figure(cell: Cell, metric: Metric) -> Value:
    """The figure a cell holds. Raises UnreadableError with a sentence that says what to write instead."""
    _refuse_faulty(cell)
    value = _of_number(cell, metric) if cell.kind is CellKind.NUMBER else _of_text(words(cell) or "", metric)
    for part in (value.number, value.numerator, value.denominator):
        if part is not None and abs(part) >= 10**DIGITS:
            raise UnreadableError(f"số “{short(written(cell))}” quá lớn; hãy kiểm tra lại đơn vị tính")
    return value


def day(cell: Cell) -> tuple[date, time | None]:
    """The day a cell holds, and the clock time where there is one. Raises UnreadableError."""
    _refuse_faulty(cell)
    found, clock = _of_serial(cell) if cell.kind is CellKind.NUMBER else _of_written_day(written(cell))
    if found == _NO_DAY:
        raise UnreadableError("01/01/1970 là ngày mà phần mềm điền khi để trống; hãy ghi ngày thật của số liệu")
    return found, clock


def short(text: str) -> str:
    """As a message quotes it."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def _refuse_faulty(cell: Cell) -> None:
    if cell.kind is CellKind.ERROR:
        raise UnreadableError(f"ô bị lỗi {short(cell.text)}; hãy sửa công thức hoặc ghi giá trị")
    if cell.kind is CellKind.UNCOMPUTED:
        raise UnreadableError("ô là công thức chưa có kết quả; hãy mở bằng Excel, lưu lại, hoặc ghi giá trị")
    if cell.kind is CellKind.FLAG:
        raise UnreadableError("ô chứa TRUE hoặc FALSE; hãy ghi kết quả bằng chữ hoặc số")


def _of_number(cell: Cell, metric: Metric) -> Value:
    if cell.dated:
        raise UnreadableError(
            "ô này là một ngày: Excel đã đổi số có dấu gạch chéo thành ngày; hãy định dạng ô là Văn bản rồi ghi lại"
        )
    number = _decimal(cell)
    if metric.kind in _OF_HUNDRED:
        if not cell.percent:
            said = _plainly(number)
            raise UnreadableError(f"“{said}” chưa rõ là {said}% hay {_plainly(number * 100)}%; hãy ghi kèm dấu %")
        return read_value(f"{_plainly(number * 100)}%", metric)
    if cell.percent:
        raise UnreadableError(f"“{metric.name}” không tính bằng phần trăm; hãy bỏ định dạng % của ô rồi ghi lại")
    return read_value(_plainly(number), metric)


def _of_text(text: str, metric: Metric) -> Value:
    if metric.kind in _WORDED:
        return read_value(text, metric)
    if any(len(digits) > DIGITS for digits in re.findall(r"\d+", text)):
        raise UnreadableError(f"số “{short(text)}” quá dài; hãy kiểm tra lại")
    doubtful = _TWO_WAYS.search(text)
    if doubtful and metric.kind not in _COUNTED:
        thousands = doubtful[0].replace(".", "").replace(",", "")
        fraction = doubtful[0].replace(".", ",")
        raise UnreadableError(
            f"“{doubtful[0]}” có thể là {thousands} hoặc {fraction}; hãy ghi {thousands} hoặc {fraction}0"
        )
    return read_value(_FOREIGN.sub(_as_here, text), metric)


def _as_here(found: re.Match[str]) -> str:
    return found[0].replace(",", "").replace(".", ",")


def _decimal(cell: Cell) -> Decimal:
    """The number as it is shown: files write 13.7 as 13.699999999999999."""
    try:
        shortest = repr(float(cell.text))
        number = Decimal(shortest)
    except (ValueError, OverflowError, InvalidOperation) as error:
        raise UnreadableError(f"không đọc được số “{short(cell.text)}”") from error
    if not number.is_finite() or abs(number) >= 10**DIGITS:
        raise UnreadableError(f"số “{short(cell.text)}” quá lớn; hãy kiểm tra lại đơn vị tính")
    if number < 0:
        raise UnreadableError(f"số “{short(cell.text)}” âm; hãy ghi số không âm")
    return number


def _plainly(number: Decimal) -> str:
    """`13,7`: no dots between thousands, so that it reads one way."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _of_serial(cell: Cell) -> tuple[date, time | None]:
    """Spreadsheets count days from the end of 1899, clock times as parts of a day."""
    number = _decimal(cell)
    if int(number) not in _SERIALS:
        raise UnreadableError(f"“{short(cell.text)}” không phải ngày; hãy ghi dạng 30/9/2024")
    if not cell.dated and not 36_526 <= number < 73_051:
        raise UnreadableError(f"“{short(cell.text)}” không phải ngày; hãy ghi dạng 30/9/2024")
    moment = _EPOCH + timedelta(seconds=round(number * 86_400))
    return moment.date(), moment.time() if moment.time() != time(0) else None


def _of_written_day(text: str) -> tuple[date, time | None]:
    whole, clock = _clock_apart(text)
    if _SHORT_YEAR.fullmatch(whole):
        raise UnreadableError(f"“{short(text)}” thiếu hai số đầu của năm; hãy ghi dạng 30/9/2024")
    named = _WRITTEN_DAY.fullmatch(whole)
    try:
        found = date(int(named[3]), int(named[2]), int(named[1])) if named else _iso_day(whole)
    except ValueError as error:
        raise UnreadableError(f"không đọc được ngày “{short(text)}”; hãy ghi dạng 30/9/2024") from error
    return found, clock


def _iso_day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _clock_apart(text: str) -> tuple[str, time | None]:
    """`30/9/2024 17:00`, `17h00 ngày 30/9/2024` and `2024-09-30T00:00:00` → the day, and the clock unless midnight."""
    pieces = text.replace("T", " ", 1).split(" ") if re.match(r"\d{4}-", text) else text.split(" ")
    clocks = [(piece, found) for piece in pieces if (found := _CLOCK.fullmatch(piece))]
    if len(clocks) != 1:
        return text, None
    rest = " ".join(piece for piece in pieces if piece != clocks[0][0])
    clock = time(int(clocks[0][1][1]), int(clocks[0][1][2]))
    return rest.strip(), clock if clock != time(0) else None
