"""Commands on an office: status, tick, doctor. They work with Prefect down."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from actions.deliver import deliver
from actions.evaluate import evaluate_each, situations
from actions.office import opened_office
from actions.patrol import patrol
from actions.plan import finding_row
from actions.regression import confirm_restored
from actions.rounds import moment_of_round, note_round
from actions.status import status_rows
from cli.asking import AsOfOption, Format, FormatOption, instant
from cli.showing import err, show_findings, show_json, show_table
from domain import vietnamese as vn
from domain.clocktime import iso
from domain.findings import has_errors
from store import reading
from store.moments import due_for_look

_COUNTED = {
    "evaluated": "nhiệm vụ được rà soát",
    "reminders": "lượt nhắc mới",
    "sent": "thư đã gửi",
    "failed": "bị từ chối",
    "unknown": "chưa rõ kết quả",
    "previewed": "chỉ xem trước",
}


def status_command(
    as_of: AsOfOption = None,
    known_at: Annotated[
        datetime | None,
        typer.Option("--known-at", parser=instant, metavar="THỜI_ĐIỂM", help="Theo những gì đã ghi sổ đến lúc này."),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Tình trạng của mọi mốc."""
    with opened_office() as office:
        moment = as_of or office.moment()
        with reading(office.store) as opened:
            found = situations(opened, office.configuration(), moment, known_at)
    rows = status_rows(found.values())
    if format_ is Format.JSON:
        show_json(rows)
        return
    whole = [row for row in rows if row["subject"] is None]
    lines = ([r["directive"], r["milestone"], _due(r), vn.OFFICIAL[r["official"]], r["value"] or ""] for r in whole)
    show_table(f"Tình trạng tính đến {vn.moment(moment)}", ["Nhiệm vụ", "Mốc", "Hạn", "Tình trạng", "Số liệu"], lines)


def _due(row: dict[str, Any]) -> str:
    """The due that is judged, and what it was before it was extended."""
    if row["original_due"] is None:
        return row["due"] or ""
    return f"{row['due']} (hạn gốc {row['original_due']}, gia hạn {row['extensions']} lần)"


def tick_command(as_of: AsOfOption = None, format_: FormatOption = Format.TABLE) -> None:
    """Rà soát và gửi một lượt, không cần Prefect."""
    with opened_office() as office:
        moment = moment_of_round(office, as_of)
        configuration = office.configuration()
        with reading(office.store) as opened:
            codes = due_for_look(opened, moment)
        note_round(office)
        swept = evaluate_each(office.store, configuration, codes, moment)
        done = deliver(office.courier(), configuration, moment)
    counts = {
        "evaluated": len(codes),
        "reminders": swept.planned,
        "sent": done.sent,
        "failed": done.failed,
        "unknown": done.unknown,
        "previewed": done.previewed,
    }
    if format_ is Format.JSON:
        show_json(counts)
    else:
        lines = ([_COUNTED[name], str(count)] for name, count in counts.items())
        show_table(f"Lượt chạy lúc {vn.moment(moment)}", ["", "Số lượng"], lines)
    if done.stopped:
        err.print(f"Không gửi gì: đang tắt gửi ({done.stopped}). Bật lại: dondoc sending --resume", style="yellow")
    if done.faults:
        err.print(f"LỖI: không soạn được thư cho {done.faults} người; xem nhật ký rồi sửa.", style="bold red")
    raise typer.Exit(1 if done.troubled or swept.faults else 0)


def doctor_command(
    as_of: AsOfOption = None,
    *,
    restored: Annotated[
        bool,
        typer.Option("--restored", metavar="", help="Xác nhận: đã kiểm tra cơ sở dữ liệu vừa khôi phục, cho gửi tiếp."),
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Khám: có mốc nào bị bỏ sót không, sổ có nguyên vẹn không."""
    with opened_office() as office:
        if restored:
            confirm_restored(office.store, office.moment(), by="dòng lệnh")
            err.print("Đã xác nhận cơ sở dữ liệu hiện tại; các tệp ghi nhớ cũ được giữ lại bên cạnh.", soft_wrap=True)
        moment = as_of or office.moment()
        findings = patrol(office, moment)
    if format_ is Format.JSON:
        show_json([finding_row(finding) for finding in findings])
    else:
        show_findings(findings)
        err.print(f"Khám lúc {iso(moment)}: {len(findings)} điều cần xem." if findings else "Mọi việc đều ổn.")
    raise typer.Exit(1 if has_errors(findings) else 0)
