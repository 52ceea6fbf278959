"""Commands on later days: ask for one, decide on it, and see what waits."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from actions.extend import extend, grant, refuse_request, request
from actions.office import opened_office
from actions.requests import request_rows
from cli.asking import (
    AsOfOption,
    ByOption,
    DayOption,
    EvidenceOption,
    Format,
    FormatOption,
    IdOption,
    OccurrenceOption,
    ReasonOption,
    SubjectOption,
    day,
)
from cli.showing import show_findings, show_json, show_table
from cli.stating import said, show_recorded, sitting
from domain import vietnamese as vn
from domain.laterday import Wish
from domain.state import WHOLE
from store import reading

_GRANTED = "Hạn mới có hiệu lực từ lúc này; hạn gốc vẫn được ghi bên cạnh."
_COLUMNS = ("request", "directive", "milestone", "subject", "due", "day", "by", "reason")


def extend_command(  # noqa: PLR0913 - what a request has to say, each by its own name
    directive: Annotated[str, typer.Argument(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ.")],
    milestone: Annotated[str, typer.Argument(metavar="MỐC", help="Mã mốc của nhiệm vụ.")],
    *,
    to: Annotated[date, typer.Option("--to", parser=day, metavar="NGÀY", help="Ngày cuối cùng còn đúng hạn.")],
    by: ByOption,
    reason: ReasonOption = None,
    subject: SubjectOption = None,
    occurrence: OccurrenceOption = None,
    evidence: EvidenceOption = None,
    granted: Annotated[
        bool,
        typer.Option("--grant", metavar="", help="Gia hạn ngay theo văn bản nêu ở --evidence; chỉ đơn vị theo dõi."),
    ] = False,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Đề nghị gia hạn một mốc; đơn vị theo dõi quyết định."""
    wish = Wish(milestone, subject or WHOLE, to, occurrence)
    words = said(by, entry_id, reason, evidence, as_of)
    act = extend if granted else request
    with sitting(by) as now:
        done = act(now.session, now.configuration, directive, wish, words, now.moment)
    show_findings(done.findings)
    waiting = f"Đang chờ đơn vị theo dõi quyết định: dondoc decide {done.sealed.entry.id}"
    show_recorded(done.sealed, format_, _GRANTED if granted else waiting)


def decide_command(  # noqa: PLR0913 - what a decision has to say, each by its own name
    request_id: Annotated[str, typer.Argument(metavar="ĐỀ_NGHỊ", help="Mã đề nghị, xem dondoc requests.")],
    *,
    by: ByOption,
    granted: Annotated[bool, typer.Option("--grant", metavar="", help="Đồng ý gia hạn.")] = False,
    refused: Annotated[bool, typer.Option("--refuse", metavar="", help="Không đồng ý; phải nêu lý do.")] = False,
    to: Annotated[
        date | None,
        typer.Option("--to", parser=day, metavar="NGÀY", help="Gia hạn đến ngày này. Mặc định: ngày được đề nghị."),
    ] = None,
    reason: ReasonOption = None,
    evidence: EvidenceOption = None,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Đồng ý hoặc từ chối một đề nghị gia hạn."""
    if granted == refused:
        raise typer.BadParameter("chọn đúng một trong --grant (đồng ý) và --refuse (từ chối)")
    if refused and to:
        raise typer.BadParameter("--to chỉ đi cùng --grant")
    words = said(by, entry_id, reason, evidence, as_of)
    with sitting(by) as now:
        if granted:
            done = grant(now.session, now.configuration, request_id, words, now.moment, to)
        else:
            done = refuse_request(now.session, now.configuration, request_id, words, now.moment)
    show_findings(done.findings)
    show_recorded(done.sealed, format_, _GRANTED if granted else "Đã từ chối; hạn giữ nguyên.")


def requests_command(as_of: AsOfOption = None, format_: FormatOption = Format.TABLE) -> None:
    """Các đề nghị gia hạn đang chờ quyết định."""
    with opened_office() as office:
        moment = as_of or office.moment()
        with reading(office.store) as opened:
            rows = request_rows(opened, office.configuration(), moment)
    if format_ is Format.JSON:
        show_json(rows)
        return
    lines = ([row[column] or "" for column in _COLUMNS] for row in rows)
    columns = ["Đề nghị", "Nhiệm vụ", "Mốc", "Đối tượng", "Hạn hiện tại", "Xin đến", "Người đề nghị", "Lý do"]
    show_table(f"Đề nghị gia hạn đang chờ, tính đến {vn.moment(moment)}", columns, lines)
