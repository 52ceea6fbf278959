"""Commands that answer what was reported or urged: confirm, return, acknowledge; and the day of an event ahead."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from actions.acknowledge import acknowledge
from actions.confirm import confirm, send_back
from actions.schedule import schedule
from cli.asking import ByOption, DayOption, EvidenceOption, Format, FormatOption, IdOption, ReasonOption, day
from cli.stating import said, show_recorded, sitting
from domain import vietnamese as vn

ReportArgument = Annotated[str, typer.Argument(metavar="BÁO_CÁO", help="Mã bút toán của báo cáo.")]
DirectiveArgument = Annotated[str, typer.Argument(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ.")]


def confirm_command(
    report: ReportArgument,
    by: ByOption,
    reason: ReasonOption = None,
    evidence: EvidenceOption = None,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Xác nhận một kết quả đã báo cáo."""
    words = said(by, entry_id, reason, evidence, as_of)
    with sitting(by) as now:
        sealed = confirm(now.session, now.configuration, report, words, now.moment)
    show_recorded(sealed, format_, "Kết quả đã được xác nhận.")


def return_command(
    report: ReportArgument,
    by: ByOption,
    reason: ReasonOption = None,
    evidence: EvidenceOption = None,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Trả lại một kết quả đã báo cáo; mốc được tính là chưa hoàn thành."""
    words = said(by, entry_id, reason, evidence, as_of)
    with sitting(by) as now:
        sealed = send_back(now.session, now.configuration, report, words, now.moment)
    show_recorded(sealed, format_, "Kết quả không còn được tính; mốc lại được nhắc như chưa hoàn thành.")


def acknowledge_command(
    directive: DirectiveArgument,
    by: ByOption,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Báo đã tiếp nhận lời nhắc; không có nghĩa là đã hoàn thành."""
    with sitting(by) as now:
        sealed = acknowledge(now.session, now.configuration, directive, said(by, entry_id), now.moment)
        days = now.configuration.rules.policy.acknowledged_days
    show_recorded(
        sealed, format_, f"Tạm không nhắc người này trong {vn.working_days(days)}; nhiệm vụ chưa phải là xong."
    )


def schedule_command(
    directive: DirectiveArgument,
    metric: Annotated[str, typer.Argument(metavar="SỰ_KIỆN", help="Mã chỉ tiêu loại sự kiện của nhiệm vụ.")],
    on: Annotated[date, typer.Argument(parser=day, metavar="NGÀY", help="Ngày diễn ra.")],
    by: ByOption,
    evidence: EvidenceOption = None,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Ấn định trước ngày của một sự kiện; hạn chờ sự kiện ấy tính theo ngày này."""
    words = said(by, entry_id, None, evidence, as_of)
    with sitting(by) as now:
        sealed = schedule(now.session, now.configuration, directive, metric, on, words, now.moment)
    show_recorded(sealed, format_, f"Đã ấn định ngày {vn.day(on)}.")
