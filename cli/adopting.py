"""`dondoc adopt`: bring the files into force; a person at a terminal is asked first where running dues would move."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.adopt import Adopted, adopt
from actions.office import opened_office
from actions.plan import finding_row
from cli.asking import AsOfOption, Format, FormatOption
from cli.difference import agreed
from cli.files import Where
from cli.showing import err, show_findings, show_json
from config import clock
from config.reading import read
from config.settings import load
from domain.findings import has_errors
from store import open_store, session, upgrade

FILES = "config"
"""Who adopts when the command line does."""


def adopt_command(
    path: Where = None,
    format_: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", metavar="", help="Không hỏi lại khi hạn của mốc đang chạy bị dời.")
    ] = False,
) -> None:
    """Đưa cấu hình vào hiệu lực; phần hỏng giữ bản tốt gần nhất của nó."""
    settings = load()
    draft = read(path or settings.config_dir)
    moment = as_of or clock.now(settings)
    if not yes and not agreed(settings, draft, moment):
        err.print("Chưa đưa gì vào hiệu lực.")
        raise typer.Exit(1)
    settings.home.mkdir(parents=True, exist_ok=True)
    upgrade(open_store(settings.database, settings.head_file))
    with opened_office(settings) as office, session(office.store) as opened:
        done = adopt(opened, draft, moment, by=FILES)
    if format_ is Format.JSON:
        changed = {"adopted": done.adopted, "unchanged": done.unchanged, "removed": done.removed}
        show_json({**changed, "findings": [finding_row(finding) for finding in done.findings]})
    else:
        _show(done)
    raise typer.Exit(1 if has_errors(done.findings) else 0)


def _show(done: Adopted) -> None:
    show_findings(done.findings)
    moved = f" {len(done.moved)} mốc đang chạy được tính lại kế hoạch, đã ghi sổ từng mốc." if done.moved else ""
    err.print(
        f"Đã đưa vào hiệu lực {len(done.adopted)} phần, giữ nguyên {len(done.unchanged)}, bỏ {len(done.removed)}."
        f"{moved} Lịch theo dõi trong Prefect được đồng bộ khi hệ thống chạy (dondoc up)."
    )
