"""`dondoc zalo`: tokens of the Official Account, how it stands, and who is linked with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import SecretStr

from actions.office import Office, opened_office
from actions.zalo_office import custody_of
from actions.zalo_state import account_state, reach, state_rows
from channels.zalo.oauth import Pair
from cli import vietnamese
from cli.asking import Format, FormatOption
from cli.showing import err, show_json, show_table
from config.channel import ZALO
from config.zalo import MissingZaloSettingError, ZaloSettings, load_zalo
from domain.clocktime import iso
from store import reading, session
from store.stops import lift
from store.zalo_contacts import ZaloContact, linked, unlink

FileOption = Annotated[Path | None, typer.Option(metavar="TỆP", help="Đọc mã từ tệp này thay vì hỏi.")]

zalo_app = typer.Typer(
    cls=vietnamese.Group,
    help="Official Account trên Zalo: cặp mã truy cập, tình trạng, ai đã nối tài khoản.",
    options_metavar=vietnamese.OPTIONS,
    subcommand_metavar=vietnamese.COMMANDS,
    no_args_is_help=True,
)


@dataclass(frozen=True)
class Account:
    """The Official Account of the office of the environment."""

    office: Office
    ours: ZaloSettings


@contextmanager
def _account() -> Iterator[Account]:
    """Raises MissingZaloSettingError where the office has none."""
    with opened_office() as office:
        ours = load_zalo(office.settings.home)
        if not ours.oa_id:
            raise MissingZaloSettingError("chưa khai DONDOC_ZALO_OA_ID: đơn vị chưa dùng Zalo")
        yield Account(office, ours)


def enter_command(access_file: FileOption = None, refresh_file: FileOption = None) -> None:
    """Nhập cặp mã truy cập và làm mới lấy từ trang quản trị của Zalo; mã không hiện ra màn hình."""
    with _account() as account:
        custody = custody_of(account.ours, account.office.store, account.office.settings.home, account.office.moment)
        access, refresh = _asked("Mã truy cập (access token)", access_file), _asked("Mã làm mới", refresh_file)
        if access.get_secret_value() == refresh.get_secret_value():
            raise typer.BadParameter("hai mã giống nhau; mã truy cập và mã làm mới là hai chuỗi khác nhau")
        custody.enter(Pair(access=access, refresh=refresh))
        _let_in(account.office)
    err.print("Đã nhập cặp mã. Từ nay hệ thống tự làm mới; đừng dùng cặp mã này ở nơi khác.", soft_wrap=True)


def _let_in(office: Office) -> None:
    """With new tokens the channels of the account are tried again at once; what somebody switched off stays so."""
    channels = [channel.code for channel in office.configuration().channels if channel.kind in ZALO]
    with session(office.store) as opened:
        for code in channels:
            lift(opened, code, "", office.moment(), by="cặp mã mới")


def _asked(what: str, file: Path | None) -> SecretStr:
    """One token, from a file or from the keyboard. Raises typer.BadParameter for what can be none."""
    if file is None and not sys.stdin.isatty():
        raise typer.BadParameter("không hỏi được trên màn hình; hãy dùng --access-file và --refresh-file")
    try:
        text = file.read_text(encoding="utf-8") if file else str(typer.prompt(what, hide_input=True))
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"tệp {file} không phải văn bản") from error
    token = text.strip()
    if len(token) < 16 or any(letter.isspace() or not letter.isprintable() for letter in token):
        raise typer.BadParameter(f"{what}: không đúng dạng một mã của Zalo")
    return SecretStr(token)


def state_command(format_: FormatOption = Format.TABLE) -> None:
    """Xem tình trạng: cặp mã nào, dùng được đến khi nào, đã báo động chưa, thiết đặt nào còn thiếu."""
    with _account() as account, reading(account.office.store) as opened:
        facts = account_state(opened, account.ours)
    if format_ is Format.JSON:
        show_json(facts)
        return
    show_table("Zalo của đơn vị", ["Mục", "Tình trạng"], state_rows(facts))


def people_command(format_: FormatOption = Format.TABLE) -> None:
    """Xem cán bộ nào đã nối tài khoản Zalo, và ai còn nhận được tin tư vấn."""
    with _account() as account, reading(account.office.store) as opened:
        now, found = account.office.moment(), linked(opened, account.ours.oa_id)
    if format_ is Format.JSON:
        show_json([_person(one) for one in found])
        return
    rows = [[str(one.person), one.user_id, reach(one, now)] for one in found]
    show_table("Cán bộ đã nối tài khoản Zalo", ["Cán bộ", "Mã người dùng Zalo", "Nhận tin tư vấn"], rows)


def _person(one: ZaloContact) -> dict[str, Any]:
    heard = iso(one.heard_at) if one.heard_at else None
    return {"person": one.person, "user_id": one.user_id, "follows": one.follows, "heard_at": heard}


def unlink_command(
    person: Annotated[str, typer.Argument(metavar="CÁN_BỘ", help="Mã cán bộ.")],
) -> None:
    """Gỡ tài khoản Zalo khỏi một cán bộ; người ấy có thể nối lại bằng mã mới trên trang việc của mình."""
    with _account() as account, session(account.office.store) as opened:
        if not unlink(opened, account.ours.oa_id, person):
            raise typer.BadParameter(f"cán bộ “{person}” chưa nối tài khoản Zalo nào; xem: dondoc zalo people")
    err.print(f"Đã gỡ tài khoản Zalo của {person}. Lời nhắc đi theo kênh kế tiếp của người ấy.")


COMMANDS: dict[str, Callable[..., None]] = {
    "enter": enter_command,
    "status": state_command,
    "people": people_command,
    "unlink": unlink_command,
}
for _name, _command in COMMANDS.items():
    zalo_app.command(_name, cls=vietnamese.Command, options_metavar=vietnamese.OPTIONS)(_command)
