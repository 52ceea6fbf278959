"""`dondoc hand-over`: open work of a unit that ends passes to others, looked through before anything is recorded."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from actions.hand_over import Proposed, choose, propose, reviewed, withdraw
from actions.hand_over_confirm import confirm
from actions.office import opened_office
from cli import vietnamese
from cli.asking import ByOption, EvidenceOption, Format, FormatOption, ReasonOption, day
from cli.showing import err, show_findings, show_json, show_table
from cli.stating import said, sitting
from domain import vietnamese as vn
from domain.clocktime import iso
from domain.handing import Outcome, Proposal, Row
from store import reading
from store.hand_overs import listed

hand_over_app = typer.Typer(
    cls=vietnamese.Group,
    help="Bàn giao việc đang mở khi một đơn vị kết thúc hoạt động: lập, xem lại, xác nhận.",
    options_metavar=vietnamese.OPTIONS,
    subcommand_metavar=vietnamese.COMMANDS,
    no_args_is_help=True,
)

IdArgument = Annotated[str, typer.Argument(metavar="BÀN_GIAO", help="Mã đề xuất, xem dondoc hand-over list.")]
_STATES = {None: "đang xem lại", Outcome.CONFIRMED: "đã xác nhận", Outcome.WITHDRAWN: "đã rút lại"}


def propose_command(
    units: Annotated[list[str], typer.Argument(metavar="ĐƠN_VỊ...", help="Mã đơn vị, nhóm đơn vị sẽ bàn giao.")],
    *,
    on: Annotated[date, typer.Option("--day", parser=day, metavar="NGÀY", help="Ngày đầu tiên của đơn vị nhận.")],
    by: ByOption,
    reason: ReasonOption = None,
    proposal_id: Annotated[str | None, typer.Option("--id", metavar="MÃ", help="Mã đề xuất. Mặc định: tự đặt.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Liệt kê việc đang mở của đơn vị và đơn vị kế nhiệm đề nghị nhận; chưa ghi gì vào sổ."""
    words = said(by, proposal_id or f"ban-giao-{uuid.uuid4().hex[:12]}", reason)
    with sitting(by) as now:
        done = propose(now.session, now.configuration, tuple(units), on, words, now.moment)
    _show_proposed(done, format_)


def list_command(
    proposal_id: Annotated[
        str | None, typer.Argument(metavar="BÀN_GIAO", help="Chỉ đề xuất này, từng dòng. Bỏ trống: mọi đề xuất.")
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Các đề xuất bàn giao, hoặc từng dòng của một đề xuất."""
    with opened_office() as office, reading(office.store) as opened:
        found = [one for one in listed(opened) if proposal_id in {None, one.id}]
    if proposal_id and not found:
        raise typer.BadParameter(f"không có đề xuất bàn giao “{proposal_id}”")
    if format_ is Format.JSON:
        show_json([proposal_row(one) for one in found])
    elif proposal_id:
        _show_rows(found[0])
    else:
        lines = ([one.id, vn.day(one.day), str(len(one.rows)), _STATES[one.outcome], one.reason] for one in found)
        show_table("Đề xuất bàn giao", ["Mã", "Từ ngày", "Số dòng", "Tình trạng", "Căn cứ"], lines)


def set_command(
    proposal_id: IdArgument,
    row: Annotated[int, typer.Argument(metavar="DÒNG", help="Số thứ tự của dòng; 0: mọi dòng còn phải chọn.")],
    units: Annotated[
        list[str] | None, typer.Argument(metavar="ĐƠN_VỊ...", help="Mã đơn vị nhận; chủ trì có thể là nhiều đơn vị.")
    ] = None,
    *,
    by: ByOption,
    leave: Annotated[bool, typer.Option("--leave", metavar="", help="Bỏ qua dòng này: việc ở nguyên chỗ cũ.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Chọn đơn vị nhận của một dòng, hoặc bỏ qua dòng ấy."""
    if bool(units) == leave:
        raise typer.BadParameter("ghi đơn vị nhận, hoặc --leave để bỏ qua dòng")
    with sitting(by) as now:
        proposal = reviewed(now.session, proposal_id)
        waiting = [one.number for one in proposal.rows if not one.settled]
        done = Proposed(proposal, ())
        for number in waiting if row == 0 else [row]:
            done = choose(now.session, now.configuration, proposal_id, number, tuple(units or ()), by, now.moment)
    _show_proposed(done, format_)


def confirm_command(
    proposal_id: IdArgument, by: ByOption, evidence: EvidenceOption = None, format_: FormatOption = Format.TABLE
) -> None:
    """Ghi cả đề xuất vào sổ; từ đó chỉ đổi được bằng một lần bàn giao khác."""
    words = said(by, proposal_id, None, evidence)
    with sitting(by) as now:
        sealed = confirm(now.session, now.configuration, proposal_id, words, now.moment)
    if format_ is Format.JSON:
        show_json([{"entry": one.entry.id, "hash": one.hash} for one in sealed])
    else:
        err.print(f"Đã ghi {len(sealed)} bút toán bàn giao vào sổ.")


def withdraw_command(proposal_id: IdArgument, by: ByOption, format_: FormatOption = Format.TABLE) -> None:
    """Rút lại một đề xuất chưa xác nhận; sổ không có gì thay đổi."""
    with sitting(by) as now:
        done = withdraw(now.session, now.configuration, proposal_id, by, now.moment)
    if format_ is Format.JSON:
        show_json(proposal_row(done))
    else:
        err.print(f"Đã rút lại đề xuất {proposal_id}; sổ không có gì thay đổi.")


def proposal_row(proposal: Proposal) -> dict[str, Any]:
    """A proposal as plain data."""
    return {
        "id": proposal.id,
        "units": list(proposal.units),
        "day": proposal.day.isoformat(),
        "reason": proposal.reason,
        "outcome": proposal.outcome.value if proposal.outcome else None,
        "proposed_by": proposal.proposed_by,
        "proposed_at": iso(proposal.proposed_at),
        "decided_by": proposal.decided_by,
        "decided_at": iso(proposal.decided_at) if proposal.decided_at else None,
        "rows": [row.model_dump(mode="json") for row in proposal.rows],
    }


def _show_proposed(done: Proposed, format_: Format) -> None:
    show_findings(done.findings)
    if format_ is Format.JSON:
        show_json(proposal_row(done.proposal))
        return
    _show_rows(done.proposal)
    err.print(f"Chưa ghi gì vào sổ. Xác nhận: dondoc hand-over confirm {done.proposal.id}", soft_wrap=True)


def _show_rows(proposal: Proposal) -> None:
    lines = ([str(one.number), one.directive, one.subject or "", one.former, _receivers(one)] for one in proposal.rows)
    title = f"Bàn giao {proposal.id}, từ ngày {vn.day(proposal.day)}: {_STATES[proposal.outcome]}"
    show_table(title, ["Dòng", "Nhiệm vụ", "Đối tượng", "Đơn vị giao", "Đơn vị nhận"], lines)


def _receivers(row: Row) -> str:
    if row.left_out:
        return "(bỏ qua)"
    return ", ".join(row.receivers) or f"? {', '.join(row.choices)}".strip()


COMMANDS: dict[str, Callable[..., None]] = {
    "propose": propose_command,
    "list": list_command,
    "set": set_command,
    "confirm": confirm_command,
    "withdraw": withdraw_command,
}
for _name, _command in COMMANDS.items():
    hand_over_app.command(_name, cls=vietnamese.Command, options_metavar=vietnamese.OPTIONS)(_command)
