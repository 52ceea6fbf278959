"""`dondoc verify`: whether the ledger is still what was written."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.office import opened_office
from actions.plan import finding_row
from actions.verify import UnreadableHeadError, Verified, read_noted, verified
from cli.asking import Format, FormatOption
from cli.showing import out, show_findings, show_json
from domain import vietnamese as vn
from domain.clocktime import iso
from domain.findings import has_errors
from store.head import Head


def noted(text: str) -> Head:
    """`128 3f9a0c41…`. Raises typer.BadParameter."""
    try:
        return read_noted(text)
    except UnreadableHeadError as error:
        raise typer.BadParameter(str(error)) from error


def verify_command(
    head: Annotated[
        Head | None,
        typer.Option(
            "--head",
            parser=noted,
            metavar="ĐẦU_SỔ",
            help="Số bút toán và mã băm (ít nhất 8 ký tự đầu) chép từ bản in: sổ có còn đi qua đó không.",
        ),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Kiểm tra sổ còn nguyên vẹn: không bút toán nào bị sửa, bỏ, đổi chỗ hay cắt cuối."""
    with opened_office() as office:
        found = verified(office.store, office.settings.head_file, head)
    if format_ is Format.JSON:
        show_json(verified_row(found))
    else:
        _show(found)
    raise typer.Exit(1 if has_errors(found.findings) else 0)


def verified_row(found: Verified) -> dict[str, object]:
    """`{count, hash, last_entry_at, whole, head: {count, hash} | null, findings[]}`; `head` is what was asked about."""
    return {
        "count": found.head.count,
        "hash": found.head.hash,
        "last_entry_at": iso(found.last_entry_at) if found.last_entry_at else None,
        "whole": not has_errors(found.findings),
        "head": found.noted.model_dump() if found.noted else None,
        "findings": [finding_row(finding) for finding in found.findings],
    }


def _show(found: Verified) -> None:
    out.print(f"Số bút toán: {found.head.count}")
    out.print(f"Mã băm cuối sổ: {found.head.hash}", soft_wrap=True)
    out.print(f"Bút toán cuối ghi lúc: {vn.moment(found.last_entry_at) if found.last_entry_at else 'chưa có'}")
    show_findings(found.findings)
    if not has_errors(found.findings):
        through = f", và còn đi qua bút toán số {found.noted.count} đã in" if found.noted else ""
        out.print(f"Sổ nguyên vẹn{through}.", soft_wrap=True)
