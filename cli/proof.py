"""`dondoc proof`: everything that was urged, as a table, data, a spreadsheet, or an annex to print."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from actions.office import opened_office
from actions.proof import UnknownScopeError, prove
from cli.asking import day
from cli.showing import err, json_text, show_table
from config.link import DEMO_LASTS, LASTS
from domain import vietnamese as vn
from reports.proof import Pack, Scope
from reports.proof_page import proof_page
from reports.proof_rows import digest, proof_row
from reports.proof_sheet import proof_csv, proof_workbook
from store import reading


class ProofFormat(StrEnum):
    """How a proof is handed over."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


_FILES: dict[ProofFormat, Callable[[Pack], bytes]] = {
    ProofFormat.JSON: lambda pack: (json_text(proof_row(pack)) + "\n").encode(),
    ProofFormat.CSV: proof_csv,
    ProofFormat.XLSX: proof_workbook,
    ProofFormat.HTML: lambda pack: proof_page(pack).encode(),
}


def proof_command(
    directive: Annotated[str | None, typer.Option(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ.")] = None,
    milestone: Annotated[
        str | None, typer.Option(metavar="MỐC", help="Mã mốc; đi cùng --directive. Bỏ trống: mọi mốc.")
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="CÁN_BỘ", help="Mã cán bộ. Bỏ trống: mọi người.")] = None,
    from_: Annotated[
        date | None, typer.Option("--from", parser=day, metavar="NGÀY", help="Các lượt nhắc từ ngày này.")
    ] = None,
    to: Annotated[
        date | None, typer.Option("--to", parser=day, metavar="NGÀY", help="Các lượt nhắc đến hết ngày này.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="TỆP", help="Ghi ra tệp này.")] = None,
    format_: Annotated[
        ProofFormat, typer.Option("--format", help="Bảng tóm tắt, số liệu, bảng tính, hoặc phụ lục để in (html).")
    ] = ProofFormat.TABLE,
) -> None:
    """Hồ sơ đôn đốc: mọi lần nhắc, nguyên văn, kết quả gửi và những gì đã ghi sổ."""
    scope = Scope(directive, milestone, person, from_, to)
    _refuse_wrong_use(scope, out, format_)
    pack = _proved(scope)
    if format_ is ProofFormat.TABLE:
        _show(pack)
    else:
        _hand_over(_FILES[format_](pack), out, pack)


def _refuse_wrong_use(scope: Scope, out: Path | None, format_: ProofFormat) -> None:
    if scope.directive is None and scope.person is None:
        raise typer.BadParameter("nêu --directive (nhiệm vụ), --person (cán bộ), hoặc cả hai")
    if scope.milestone is not None and scope.directive is None:
        raise typer.BadParameter("--milestone đi cùng --directive")
    if scope.first and scope.last and scope.first > scope.last:
        raise typer.BadParameter(f"--from {scope.first} sau --to {scope.last}; hãy đổi chỗ hai ngày")
    if out is not None and format_ is ProofFormat.TABLE:
        raise typer.BadParameter("--out đi cùng --format json, csv, xlsx hoặc html")
    if out is None and format_ is ProofFormat.XLSX:
        raise typer.BadParameter("--format xlsx cần --out TỆP")


def _proved(scope: Scope) -> Pack:
    with opened_office() as office, reading(office.store) as opened:
        demo = office.settings.demo
        try:
            return prove(
                opened,
                office.configuration(),
                scope,
                office.moment(),
                DEMO_LASTS if demo else LASTS,
                illustrative=demo,
            )
        except UnknownScopeError as error:
            raise typer.BadParameter(str(error)) from error


def _hand_over(content: bytes, out: Path | None, pack: Pack) -> None:
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise typer.BadParameter(f"không ghi được tệp {out}: thư mục phải có sẵn và cho phép ghi") from error
    err.print(f"Đã ghi {len(pack.urgings)} lượt nhắc, {len(pack.messages)} thông điệp vào {out}.", soft_wrap=True)
    err.print(f"Mã băm số liệu: {digest(pack)}", soft_wrap=True)


def _show(pack: Pack) -> None:
    lines = (
        [
            str(one.number),
            vn.moment(one.planned_at),
            one.rung_said,
            f"{one.name} ({one.reckoned_from})",
            one.person_name,
            one.channel_name,
            one.state_said + (f"; gộp vào lượt {one.spoken_by}" if one.spoken_by else ""),
            vn.moment(one.acknowledged_at) if one.acknowledged_at else "",
        ]
        for one in pack.urgings
    )
    columns = ["Số", "Thời điểm nhắc", "Nấc nhắc", "Mốc", "Người nhận", "Kênh", "Kết quả", "Đã tiếp nhận"]
    show_table(f"Hồ sơ đôn đốc tính đến {vn.moment(pack.as_of)}: {'; '.join(pack.scope_said)}", columns, lines)
    err.print(f"Đầu sổ: {pack.head}", soft_wrap=True)
