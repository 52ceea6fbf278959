"""`dondoc explain`: what a written deadline means, day by day; one phrase, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from actions.explain import Choices, Question, batch, choices, explained, explanation_row
from cli.asking import Format, FormatOption, day
from cli.showing import err, out, show_findings, show_json
from config.settings import load
from domain import vietnamese as vn
from domain.phrase.explanation import Explanation

KINDS = {
    "absolute": "có ngày cụ thể",
    "relative": "tính từ một ngày hoặc sự kiện",
    "recurring": "định kỳ",
    "none": "không phải thời hạn",
    "question": "cần hỏi lại",
}
ANCHORS = {"issued": "ngày ban hành", "received": "ngày nhận được văn bản"}


def explain_command(
    phrase: Annotated[
        str | None, typer.Argument(metavar="CỤM_TỪ", help="Câu ghi thời hạn, đặt trong ngoặc kép.")
    ] = None,
    issued: Annotated[
        date | None, typer.Option(parser=day, metavar="NGÀY", help="Ngày ban hành văn bản, ví dụ 2024-04-22.")
    ] = None,
    received: Annotated[date | None, typer.Option(parser=day, metavar="NGÀY", help="Ngày nhận được văn bản.")] = None,
    batch_: Annotated[
        Path | None,
        typer.Option(
            "--batch", metavar="TỆP", help="Tệp JSON từng dòng {phrase, issued, received}; “-” đọc từ đầu vào chuẩn."
        ),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Giải thích một câu ghi thời hạn: hạn là ngày nào, trễ từ lúc nào, tính từng bước ra sao."""
    if (phrase is None) == (batch_ is None):
        raise typer.BadParameter("cần đúng một trong hai: một câu trong ngoặc kép, hoặc --batch TỆP")
    by = choices(load().config_dir)
    if batch_ is not None:
        raise typer.Exit(_stream(batch_, by))
    answer = explained(Question(phrase=phrase or "", issued=issued, received=received), by)
    if format_ is Format.JSON:
        show_json(explanation_row(answer))
    else:
        _show(answer)


def _stream(path: Path, by: Choices) -> int:
    """One JSON line out for each line in, at once; 1 where a line could not be read."""
    faults = 0
    with _opened(path) as lines:
        for row in batch(lines, by, str(path)):
            print(json.dumps(row, ensure_ascii=False), flush=path == Path("-"))
            faults += _is_fault(row)
    if faults:
        err.print(f"{faults} dòng không đọc được; xem findings của dòng có rule “dong-khong-doc-duoc”.", soft_wrap=True)
    return 1 if faults else 0


def _is_fault(row: dict[str, Any]) -> bool:
    return bool(row["rule"] == "dong-khong-doc-duoc")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path == Path("-"):
        yield sys.stdin
        return
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield lines
    except OSError as error:
        raise typer.BadParameter(f"không mở được tệp {path}; kiểm tra tên tệp và quyền đọc") from error


def _show(answer: Explanation) -> None:
    """For people: what it is, the day, the walk, then what stays open."""
    out.print(f"“{answer.phrase.strip()}”: {KINDS[answer.kind.value]}", style="bold", soft_wrap=True)
    for label, said in _lines(answer):
        out.print(f"  {label:<18}{said}", soft_wrap=True)
    if answer.steps:
        out.print("  Cách tính")
    for number, step in enumerate(answer.steps, 1):
        out.print(f"    {number}. {step}", soft_wrap=True)
    show_findings(answer.findings)


def _lines(answer: Explanation) -> Iterator[tuple[str, str]]:
    if answer.nominal:
        yield ("Kỳ tới" if answer.recurrence else "Ngày ghi hạn"), vn.day(answer.nominal)
    if answer.overdue_after:
        yield "Trễ kể từ", vn.moment(answer.overdue_after)
    if answer.safe_due:
        yield "Nên xong trước", vn.moment(answer.safe_due)
    if len(answer.occurrences) > 1:
        yield "Các ngày", ", ".join(vn.day(one) for one in answer.occurrences)
    if answer.anchor:
        yield "Tính từ", ANCHORS.get(answer.anchor, answer.anchor)
    yield "Căn cứ", answer.source
