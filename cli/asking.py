"""What commands are asked with: dates, instants, formats. Wrong ones end with exit code 2 and a way out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from domain.clocktime import last_instant


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"


def instant(text: str) -> datetime:
    """`2024-12-31` (its last instant) or an instant with its zone. Raises typer.BadParameter."""
    try:
        if len(text) == len("2024-12-31"):
            return last_instant(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"không đọc được “{text}”; cần ngày có thật, ví dụ 2024-12-31") from error
    if moment.tzinfo is None:
        raise typer.BadParameter(f"“{text}” thiếu múi giờ; ví dụ 2024-12-31T17:00:00+07:00")
    return moment


def day(text: str) -> date:
    """`2024-12-31`. Raises typer.BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"không đọc được “{text}”; cần ngày có thật, ví dụ 2024-12-31") from error


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
