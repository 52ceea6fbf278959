"""`dondoc key`: keys by which programs read and write through the API, each for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from actions.api_keys import LASTS, LONGEST, Scope, UnfitKeyError, make, revoke
from actions.office import opened_office
from cli import vietnamese
from cli.asking import Format, FormatOption
from cli.showing import err, show_json, show_table
from cli.stating import SOURCE
from config import clock
from domain import vietnamese as vn
from domain.clocktime import iso, local_date
from store import reading
from store.api_keys import ApiKey, keys

key_app = typer.Typer(
    cls=vietnamese.Group,
    help="Khoá cho phần mềm khác đọc, ghi sổ qua API: cấp, xem, thu hồi.",
    options_metavar=vietnamese.OPTIONS,
    subcommand_metavar=vietnamese.COMMANDS,
    no_args_is_help=True,
)


def add_command(
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Phần mềm nào dùng khoá.")],
    person: Annotated[
        str, typer.Option("--for", metavar="CÁN_BỘ", help="Mã cán bộ: khoá thấy và ghi được những gì người ấy được.")
    ],
    scope: Annotated[
        list[Scope], typer.Option("--scope", help="Quyền của khoá: đọc (read), ghi (write); ghi được hai lần.")
    ],
    days: Annotated[
        int, typer.Option("--days", metavar="SỐ", min=1, max=LONGEST.days, help="Dùng được bao nhiêu ngày.")
    ] = LASTS.days,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Cấp một khoá; khoá chỉ hiện ra một lần."""
    with opened_office() as office:
        try:
            key, text = make(office, name, person, scope, SOURCE, clock.wall(), timedelta(days=days))
        except UnfitKeyError as error:
            raise typer.BadParameter(str(error)) from error
    if format_ is Format.JSON:
        show_json({**_row(key), "key": text})
        return
    print(text)
    until = vn.day(local_date(key.expires_at))
    err.print(
        f"Khoá trên chỉ hiện ra lần này; cất vào nơi giữ mật khẩu của phần mềm. Dùng được đến ngày {until}. "
        f"Thu hồi: dondoc key revoke {key.id}",
        soft_wrap=True,
    )


def list_command(format_: FormatOption = Format.TABLE) -> None:
    """Mọi khoá đã cấp, mới nhất trước."""
    with opened_office() as office, reading(office.store) as opened:
        found, now = keys(opened), clock.wall()
    if format_ is Format.JSON:
        show_json([_row(key) for key in found])
        return
    lines = (
        [key.id, key.name, key.person, " ".join(key.scopes), _state(key, now), _said(key.used_at)] for key in found
    )
    show_table("Khoá của phần mềm", ["Mã", "Tên", "Cán bộ", "Quyền", "Tình trạng", "Dùng gần nhất"], lines)


def revoke_command(
    key_id: Annotated[str, typer.Argument(metavar="MÃ", help="Mã của khoá, xem dondoc key list.")],
) -> None:
    """Thu hồi một khoá; không dùng lại được nữa."""
    with opened_office() as office:
        done = revoke(office, key_id, SOURCE, clock.wall())
    if not done:
        raise typer.BadParameter(f"không có khoá “{key_id}” còn dùng được; xem: dondoc key list")
    err.print(f"Đã thu hồi khoá {key_id}.")


def _row(key: ApiKey) -> dict[str, Any]:
    """Never the hash: it is of no use to anybody but us."""
    return {
        "id": key.id,
        "name": key.name,
        "person": key.person,
        "scopes": list(key.scopes),
        "made_at": iso(key.made_at),
        "made_by": key.made_by,
        "expires_at": iso(key.expires_at),
        "revoked_at": iso(key.revoked_at) if key.revoked_at else None,
        "used_at": iso(key.used_at) if key.used_at else None,
    }


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at:
        return f"thu hồi ngày {vn.day(local_date(key.revoked_at))}"
    return f"{'dùng đến' if key.holds(now) else 'hết hạn'} ngày {vn.day(local_date(key.expires_at))}"


def _said(moment: datetime | None) -> str:
    return vn.moment(moment) if moment else "chưa dùng"


COMMANDS: dict[str, Callable[..., None]] = {"add": add_command, "list": list_command, "revoke": revoke_command}
for _name, _command in COMMANDS.items():
    key_app.command(_name, cls=vietnamese.Command, options_metavar=vietnamese.OPTIONS)(_command)
