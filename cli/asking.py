"""What commands are asked with: dates, instants, formats. Wrong ones end with exit code 2 and a way out."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from domain.clocktime import last_instant

YEARS = range(1900, 2200)
"""No office has a directive beyond; arithmetic on the last days a machine knows would fail."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""Python reads weeks (2024-W18-3) as well, which nobody here writes on purpose."""


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"


def instant(text: str) -> datetime:
    """`2024-12-31` (its last instant) or an instant with its zone. Raises typer.BadParameter."""
    if len(text) == len("2024-12-31"):
        return last_instant(day(text))
    day(text[: len("2024-12-31")])
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"không đọc được “{text}”; ví dụ 2024-12-31T17:00:00+07:00") from error
    if moment.tzinfo is None:
        raise typer.BadParameter(f"“{text}” thiếu múi giờ; ví dụ 2024-12-31T17:00:00+07:00")
    return moment


def day(text: str) -> date:
    """`2024-12-31`. Raises typer.BadParameter."""
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise typer.BadParameter(f"không đọc được “{text}”; cần ngày có thật, ví dụ 2024-12-31")
    if found.year not in YEARS:
        raise typer.BadParameter(f"năm {found.year} nằm ngoài các năm tính được ({YEARS.start}-{YEARS.stop - 1})")
    return found


ByOption = Annotated[str, typer.Option("--by", metavar="CÁN_BỘ", help="Mã cán bộ chịu trách nhiệm về điều được ghi.")]
SubjectOption = Annotated[
    str | None, typer.Option("--subject", metavar="ĐỐI_TƯỢNG", help="Mã đối tượng, ví dụ dự án. Bỏ trống: tất cả.")
]
OccurrenceOption = Annotated[
    date | None,
    typer.Option("--occurrence", parser=day, metavar="KỲ", help="Ngày của kỳ, nếu mốc lặp lại nhiều kỳ."),
]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="LÝ_DO", help="Vì sao.")]
EvidenceOption = Annotated[str | None, typer.Option("--evidence", metavar="CĂN_CỨ", help="Văn bản, tệp làm căn cứ.")]
DayOption = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="NGÀY", help="Ngày của văn bản, quyết định. Mặc định: hôm nay."),
]
IdOption = Annotated[
    str | None,
    typer.Option("--id", metavar="MÃ", help="Mã bút toán; gửi lại cùng mã thì không ghi thêm. Mặc định: tự đặt."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="In bảng cho người đọc, hoặc JSON cho máy.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        parser=instant,
        metavar="NGÀY",
        help="Tính đến hết ngày này (hoặc thời điểm có múi giờ). Mặc định: bây giờ.",
    ),
]
