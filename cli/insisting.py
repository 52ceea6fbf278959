"""Odd figures are asked about before they are saved: at a terminal by a question, otherwise by wanting `--yes`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from actions.evidence import attached
from cli.showing import err, show_findings
from domain.evidence import LIMIT, Evidence
from domain.findings import Finding
from domain.metric import Basis, Value

_YES = frozenset({"có", "co", "c", "đúng", "dung", "y", "yes"})

YesOption = Annotated[
    bool, typer.Option("--yes", metavar="", help="Vẫn ghi dù số liệu có điều cần hỏi lại, không hỏi nữa.")
]
EstimateOption = Annotated[
    bool,
    typer.Option("--estimate", metavar="", help="Số ước thực hiện; không bao giờ làm mốc được tính là hoàn thành."),
]
BasisOption = Annotated[
    Basis | None,
    typer.Option("--basis", help="Phần trăm tính trên kế hoạch nào: Thủ tướng giao, HĐND giao, hay gồm vốn kéo dài."),
]
FilesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--file",
        metavar="TỆP",
        exists=True,
        dir_okay=False,
        readable=True,
        help=f"Tệp chứng minh (PDF, PNG, JPEG, DOCX, XLSX; đến {LIMIT // 1024 // 1024} MB); ghi được nhiều lần.",
    ),
]


def qualified(value: Value, *, estimate: bool, basis: Basis | None) -> Value:
    """The value with what is said of it beyond its number."""
    return value.model_copy(update={"estimate": True if estimate else None, "basis": basis})


def read_files(paths: Iterable[Path] | None) -> tuple[Evidence, ...]:
    """The files as they can be kept. Raises RefusedError."""
    return attached((path.name, _content(path)) for path in paths or ())


def _content(path: Path) -> bytes:
    """No more than what shows that it is too large."""
    with path.open("rb") as file:
        return file.read(LIMIT + 1)


def insist(findings: Iterable[Finding], *, yes: bool) -> None:
    """Go on only where nothing is odd, or a person says so. Raises typer.Exit."""
    asked = tuple(findings)
    show_findings(asked)
    if not asked or yes:
        return
    if not sys.stdin.isatty():
        err.print("Chưa ghi gì. Kiểm tra lại; nếu số liệu đúng thì gõ lại lệnh, thêm --yes.", soft_wrap=True)
        raise typer.Exit(1)
    err.print("Số liệu đúng và vẫn ghi? (có/không) ", end="")
    if sys.stdin.readline().strip().lower() not in _YES:
        err.print("Chưa ghi gì.")
        raise typer.Exit(1)
