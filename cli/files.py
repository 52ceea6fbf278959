"""Commands that read the files alone: no server, no database."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from actions.changes_rows import difference_row
from actions.check import as_written, check, situations_as_written, working
from actions.compose import Desk
from actions.plan import finding_row, plan_rows
from actions.rehearse import Rehearsed, rehearse
from cli.asking import Format, FormatOption, day
from cli.difference import read_difference, show_difference
from cli.showing import err, out, show_findings, show_json, show_table
from config import clock
from config.reading import Configuration, Draft, read
from config.scenario import read_scenario
from config.settings import Settings, load
from domain import vietnamese as vn
from domain.clocktime import at, iso, last_instant
from domain.findings import has_errors
from domain.ledger import Entry
from domain.outbox import Delivery
from domain.situation import Situation
from store import MissingStoreError, open_store, reading, require
from store.ledger import entries

Where = Annotated[Path | None, typer.Argument(metavar="THƯ_MỤC", help="Thư mục cấu hình. Mặc định: của đơn vị này.")]


def check_command(path: Where = None, format_: FormatOption = Format.TABLE) -> None:
    """Kiểm tra cấu hình: lỗi trong từng tệp, và mỗi nhiệm vụ có đến được ai không."""
    settings = load()
    draft = read(path or settings.config_dir)
    findings = check(draft, clock.now(settings))
    if format_ is Format.JSON:
        show_json([finding_row(finding) for finding in findings])
    else:
        show_findings(findings)
        counts = f"{len(draft.placed)} nhiệm vụ, {len(draft.facts)} số liệu ban đầu"
        err.print(f"Đã kiểm tra {counts}: {'có lỗi phải sửa.' if has_errors(findings) else 'không có lỗi.'}")
    raise typer.Exit(1 if has_errors(findings) else 0)


def plan_command(
    directive: Annotated[str | None, typer.Argument(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ. Mặc định: tất cả.")] = None,
    *,
    diff: Annotated[
        bool, typer.Option("--diff", metavar="", help="Những gì sẽ thay đổi nếu đưa cấu hình vào hiệu lực.")
    ] = False,
    config: Annotated[
        Path | None, typer.Option(metavar="THƯ_MỤC", help="Thư mục cấu hình. Mặc định: của đơn vị này.")
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Hạn và các lần nhắc của mỗi nhiệm vụ, tính từ các tệp cấu hình."""
    settings = load()
    now = clock.now(settings)
    if diff:
        _differ(settings, config or settings.config_dir, directive, now, format_)
    draft = read(config or settings.config_dir)
    written = as_written(draft)
    situations = [s for s in situations_as_written(written, draft, now) if directive in (None, s.directive.code)]
    if not situations:
        raise typer.BadParameter(f"không có nhiệm vụ “{directive}”; xem danh sách bằng dondoc plan")
    rows = plan_rows(situations, _horizon(situations, now), working(written.channels))
    if format_ is Format.JSON:
        show_json(rows)
        return
    show_table("Kế hoạch nhắc việc", ["Nhiệm vụ", "Mốc", "Hạn", "Nên xong trước", "Các lần nhắc"], _plan_lines(rows))


def _differ(settings: Settings, folder: Path, directive: str | None, now: datetime, format_: Format) -> NoReturn:
    """Print what adopting the folder would change; nothing is stored."""
    found = read_difference(settings, read(folder), now)
    known = {*found.after.directives, *(found.before.directives if found.before else ())}
    if directive is not None and directive not in known:
        raise typer.BadParameter(f"không có nhiệm vụ “{directive}”; xem danh sách bằng dondoc plan")
    if format_ is Format.JSON:
        show_json(difference_row(found, directive))
    else:
        show_difference(found, out, directive)
    raise typer.Exit(1 if has_errors(found.findings) else 0)


def rehearse_command(
    from_: Annotated[date, typer.Option("--from", parser=day, metavar="NGÀY", help="Từ ngày này.")],
    to: Annotated[date, typer.Option("--to", parser=day, metavar="NGÀY", help="Đến hết ngày này.")],
    scenario: Annotated[Path | None, typer.Option(metavar="TỆP", help="Tệp kịch bản số liệu minh hoạ.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Diễn tập: mọi thông điệp của một thời kỳ, không gửi và không lưu gì."""
    if from_ > to:
        raise typer.BadParameter(f"--from {from_} sau --to {to}; hãy đổi chỗ hai ngày")
    settings = load()
    draft, written = _written(settings)
    recorded = _scenario(scenario, written)
    with ExitStack() as stack:
        bar = stack.enter_context(Progress(SpinnerColumn(), TextColumn("{task.description}"), console=err))
        task = bar.add_task("Diễn tập…")
        messages = rehearse(
            draft,
            _known(settings, at(from_)),
            recorded,
            Desk.of(settings) if settings.home.exists() else Desk.rehearsing(settings),
            at(from_),
            last_instant(to),
            lambda moment: bar.update(task, description=f"Diễn tập: {vn.moment(moment)}"),
        )
    rows = [row for message in messages for row in _rehearsed(message, written)]
    if format_ is Format.JSON:
        show_json(rows)
        return
    lines = ([vn.moment(m.message.at), m.message.person, m.message.subject] for m in messages)
    show_table(f"{len(messages)} thông điệp, {len(rows)} lượt nhắc", ["Lúc", "Người nhận", "Tiêu đề"], lines)


def _written(settings: Settings) -> tuple[Draft, Configuration]:
    draft = read(settings.config_dir)
    return draft, as_written(draft)


def _horizon(situations: list[Situation], now: datetime) -> datetime:
    """Two months past the last due: enough to see how lateness is urged."""
    dues = [track.due.overdue_after for situation in situations for track in situation.tracks if track.due]
    return max([now, *dues]) + timedelta(days=60)


def _plan_lines(rows: list[dict[str, Any]]) -> list[list[str]]:
    lines = []
    for row in rows:
        for milestone in row["milestones"]:
            due = milestone["due"]
            rungs = ", ".join(vn.day(datetime.fromisoformat(rung["at"]).date()) for rung in milestone["rungs"])
            nominal = vn.day(date.fromisoformat(due["nominal"])) if due else "chưa có hạn"
            safe = vn.moment(datetime.fromisoformat(due["safe_due"])) if due else ""
            lines.append([row["title"], milestone["name"], nominal, safe, rungs])
    return lines


def _scenario(path: Path | None, written: Configuration) -> tuple[Entry, ...]:
    if path is None:
        return ()
    found, faults = read_scenario(path, written.directives)
    show_findings(faults)
    if has_errors(faults):
        raise typer.Exit(1)
    return found


def _known(settings: Settings, known_at: datetime) -> tuple[Entry, ...]:
    """The home's ledger as known at the start; nothing where there is no home yet."""
    try:
        require(settings.database)
    except MissingStoreError:
        return ()
    store = open_store(settings.database, settings.head_file)
    with reading(store) as opened:
        return entries(opened, known_at=known_at)


def _rehearsed(one: Rehearsed, written: Configuration) -> list[dict[str, Any]]:
    return [_row(one, delivery, written) for delivery in one.rows]


def _row(one: Rehearsed, delivery: Delivery, written: Configuration) -> dict[str, Any]:
    key, message = delivery.key, one.message
    person = written.rules.office.person(key.person)
    return {
        "at": iso(message.at),
        "message": message.id,
        "directive": key.directive,
        "milestone": key.milestone,
        "rung": key.rung,
        "person": key.person,
        "unit": person.posts[0].unit if person else None,
        "channel": key.channel,
        "subjects": list(delivery.subjects),
        "standing": one.standings[key],
        "subject_line": message.subject,
        "text": message.text,
    }
