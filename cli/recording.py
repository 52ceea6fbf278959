"""Commands that report a figure, and that put another in the place of one that was reported."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from actions.correct import correct, correction, metric_of
from actions.evidence import keep
from actions.office import opened_office
from actions.record import ask_before, doubted, record
from cli.asking import (
    ByOption,
    EvidenceOption,
    Format,
    FormatOption,
    IdOption,
    OccurrenceOption,
    ReasonOption,
    day,
)
from cli.insisting import BasisOption, EstimateOption, FilesOption, YesOption, insist, qualified, read_files
from cli.showing import err, show_findings, show_json
from cli.stating import said, show_recorded, sitting
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from store import session

_FORMS = "xong · 12/19 · 45% · 2,3 tỷ/5,1 tỷ · 14,3"


def record_command(  # noqa: PLR0913 - what a report has to say, each by its own name
    directive: Annotated[str, typer.Argument(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ.")],
    metric: Annotated[str, typer.Argument(metavar="CHỈ_TIÊU", help="Mã chỉ tiêu của nhiệm vụ.")],
    value: Annotated[str, typer.Argument(metavar="GIÁ_TRỊ", help=_FORMS)],
    *,
    as_of: Annotated[date, typer.Option("--as-of", parser=day, metavar="NGÀY", help="Số liệu đúng đến ngày nào.")],
    by: Annotated[str, typer.Option("--by", metavar="CÁN_BỘ", help="Mã cán bộ báo cáo.")],
    subject: Annotated[str | None, typer.Option(metavar="ĐỐI_TƯỢNG", help="Mã đối tượng, ví dụ dự án.")] = None,
    occurrence: OccurrenceOption = None,
    evidence: Annotated[str | None, typer.Option(metavar="CĂN_CỨ", help="Văn bản, tệp làm căn cứ.")] = None,
    files: FilesOption = None,
    estimate: EstimateOption = False,
    basis: BasisOption = None,
    yes: YesOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Ghi một số liệu vào sổ."""
    with opened_office() as office:
        configuration = office.configuration()
        if configuration.rules.office.person(by) is None:
            raise typer.BadParameter(f"không có cán bộ “{by}” trong people.yaml")
        found = configuration.directives.get(directive)
        if found is None or metric not in {one.id for one in found.metrics}:
            raise typer.BadParameter(f"không có chỉ tiêu “{metric}” của nhiệm vụ “{directive}”; xem dondoc plan")
        brought = read_files(files)
        entry = Entry(
            id=f"cli-{uuid.uuid4()}",
            kind=EntryKind.REPORT,
            directive=directive,
            metric=metric,
            subject=subject,
            occurrence=occurrence,
            value=qualified(read_value(value, found.metric(metric)), estimate=estimate, basis=basis),
            as_of=as_of,
            recorded_at=office.moment(),
            actor=by,
            source="dòng lệnh",
            evidence=evidence,
            attachments=tuple(one.hash for one in brought) or None,
        )
        with session(office.store) as opened:
            insist(ask_before(opened, configuration, entry), yes=yes)
        with session(office.store) as opened:  # nothing stays locked while a person thinks
            keep(opened, brought, by, entry.recorded_at)
            sealed = record(opened, configuration, entry)
            doubts = doubted(opened, configuration, sealed.entry)
    show_findings(doubts)
    if format_ is Format.JSON:
        show_json({"entry": sealed.entry.id, "hash": sealed.hash})
    else:
        err.print(f"Đã ghi bút toán {sealed.entry.id}, số thứ tự {sealed.seq} trong sổ.")


def correct_command(  # noqa: PLR0913 - what a correction has to say, each by its own name
    report: Annotated[str, typer.Argument(metavar="BÁO_CÁO", help="Mã bút toán của báo cáo.")],
    value: Annotated[str, typer.Argument(metavar="GIÁ_TRỊ", help=_FORMS)],
    *,
    by: ByOption,
    reason: ReasonOption = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of", parser=day, metavar="NGÀY", help="Số liệu đúng đến ngày nào. Mặc định: ngày của báo cáo."
        ),
    ] = None,
    evidence: EvidenceOption = None,
    files: FilesOption = None,
    estimate: EstimateOption = False,
    basis: BasisOption = None,
    yes: YesOption = False,
    entry_id: IdOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Đính chính một báo cáo; số liệu mới thay số liệu cũ, cả hai đều còn trong sổ."""
    brought = read_files(files)
    words = replace(said(by, entry_id, reason, evidence, as_of), files=tuple(one.hash for one in brought) or None)
    with sitting(by) as now:
        metric = metric_of(now.session, now.configuration, report)
        figure = qualified(read_value(value, metric), estimate=estimate, basis=basis)
        entry = correction(now.session, report, figure, words, now.moment)
        insist(ask_before(now.session, now.configuration, entry), yes=yes)
    with sitting(by) as now:
        keep(now.session, brought, by, now.moment)
        sealed = correct(now.session, now.configuration, report, figure, words, now.moment)
    show_recorded(sealed, format_, f"Báo cáo {report} không còn được tính; số liệu vừa ghi thay cho nó, chờ xác nhận.")
