"""Commands that suspend a directive, let it go on, or cancel it."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.suspend import cancel, resume, suspend
from cli.asking import (
    ByOption,
    DayOption,
    EvidenceOption,
    Format,
    FormatOption,
    IdOption,
    ReasonOption,
    SubjectOption,
)
from cli.stating import said, show_recorded, sitting

_DUES_STAY = "Những ngày tạm dừng không tự kéo dài hạn; nếu cần thì gia hạn riêng: dondoc extend --grant"

DirectiveArgument = Annotated[str, typer.Argument(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ.")]


def suspend_command(
    directive: DirectiveArgument,
    by: ByOption,
    reason: ReasonOption = None,
    subject: SubjectOption = None,
    evidence: EvidenceOption = None,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Tạm dừng một nhiệm vụ hoặc một đối tượng; không ai bị nhắc nữa."""
    words = said(by, entry_id, reason, evidence, as_of)
    with sitting(by) as now:
        sealed = suspend(now.session, now.configuration, directive, words, now.moment, subject)
    show_recorded(sealed, format_, _DUES_STAY)


def resume_command(
    directive: DirectiveArgument,
    by: ByOption,
    reason: ReasonOption = None,
    subject: SubjectOption = None,
    evidence: EvidenceOption = None,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Cho tiếp tục điều đã tạm dừng, theo hạn cũ."""
    words = said(by, entry_id, reason, evidence, as_of)
    with sitting(by) as now:
        sealed = resume(now.session, now.configuration, directive, words, now.moment, subject)
    show_recorded(sealed, format_, _DUES_STAY)


def cancel_command(
    directive: DirectiveArgument,
    by: ByOption,
    reason: ReasonOption = None,
    subject: SubjectOption = None,
    evidence: EvidenceOption = None,
    as_of: DayOption = None,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Huỷ hẳn một nhiệm vụ hoặc một đối tượng; không khôi phục được."""
    words = said(by, entry_id, reason, evidence, as_of)
    with sitting(by) as now:
        sealed = cancel(now.session, now.configuration, directive, words, now.moment, subject)
    show_recorded(sealed, format_, "Đã huỷ: không còn phải thực hiện, không ai bị nhắc nữa.")
