"""`dondoc sending`: what is stopped, what admins were told, and the switch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from actions.office import Office, opened_office
from actions.switching import NoSuchScopeError, Scope, switch_off, switch_on
from cli.asking import Format, FormatOption
from cli.showing import err, show_json, show_table
from domain import vietnamese as vn
from domain.clocktime import iso
from store import reading, session
from store.notices import Notice, newest
from store.stops import Stop, StopKind, open_stops

NOTICES = 20
"""The latest ones are shown."""
_WORDS = {
    StopKind.SWITCHED_OFF: "có người tắt",
    StopKind.UNAUTHORISED: "không cho đăng nhập",
    StopKind.QUOTA: "hết hạn mức",
    StopKind.REFUSED: "địa chỉ bị từ chối",
    StopKind.SILENT: "không trả lời",
}


def sending_command(
    *,
    stop: Annotated[
        bool, typer.Option("--stop", metavar="", help="Tắt gửi ngay: không gửi thêm thông điệp nào.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", metavar="", help="Gửi lại, sau khi đã khắc phục hoặc thôi tắt.")
    ] = False,
    channel: Annotated[str, typer.Option(metavar="KÊNH", help="Chỉ một kênh. Bỏ trống: mọi kênh.")] = "",
    person: Annotated[str, typer.Option(metavar="CÁN_BỘ", help="Chỉ một cán bộ trên kênh đó.")] = "",
    reason: Annotated[str, typer.Option(metavar="LÝ_DO", help="Vì sao tắt; bắt buộc khi tắt.")] = "",
    by: Annotated[str, typer.Option(metavar="NGƯỜI", help="Ai tắt, ai bật; ghi vào nhật ký.")] = "dòng lệnh",
    format_: FormatOption = Format.TABLE,
) -> None:
    """Xem kênh nào đang tạm dừng và vì sao; tắt hoặc bật lại việc gửi."""
    if stop and resume:
        raise typer.BadParameter("chỉ chọn một trong hai: --stop hoặc --resume")
    if stop and not reason.strip():
        raise typer.BadParameter("cần nêu lý do khi tắt gửi (--reason)")
    with opened_office() as office:
        try:
            _switch(office, Scope(channel, person), stop=stop, resume=resume, reason=f"{by}: {reason.strip()}", by=by)
        except NoSuchScopeError as error:
            raise typer.BadParameter(str(error)) from error
        with reading(office.store) as opened:
            stops, notices = open_stops(opened), newest(opened, NOTICES)
    if format_ is Format.JSON:
        show_json({"stops": [_stop(one) for one in stops], "notices": [_notice(*one) for one in notices]})
        return
    _show(stops, notices)


def _switch(office: Office, scope: Scope, *, stop: bool, resume: bool, reason: str, by: str) -> None:
    if not stop and not resume:
        return
    configuration, now = office.configuration(), office.moment()
    with session(office.store) as opened:
        if stop:
            new = switch_off(opened, configuration, scope, reason, now)
            err.print("Đã tắt gửi." if new else "Việc gửi đã tắt từ trước.")
        else:
            lifted = switch_on(opened, configuration, scope, now, by)
            err.print("Đã bật lại; lời nhắc còn chờ sẽ đi ở lượt gửi tới." if lifted else "Không có gì đang tạm dừng.")


def _show(stops: Sequence[Stop], notices: Sequence[tuple[Notice, str | None]]) -> None:
    rows = ([*_whom(one), _WORDS[one.kind], one.reason, vn.moment(one.since), _until(one)] for one in stops)
    columns = ["Kênh", "Cán bộ", "Vì sao", "Chi tiết", "Từ", "Thử lại"]
    if stops:
        show_table("Đang tạm dừng gửi", columns, rows)
    else:
        err.print("Mọi kênh đang gửi bình thường.")
    if notices:
        told = ([vn.moment(one.at), one.text, how or "chưa báo được"] for one, how in notices)
        show_table("Sự cố đã báo quản trị viên", ["Lúc", "Nội dung", "Đã báo qua"], told)


def _whom(one: Stop) -> list[str]:
    return [one.channel or "mọi kênh", one.person or "mọi người"]


def _until(one: Stop) -> str:
    return vn.moment(one.until) if one.until else "khi có người bật lại"


def _stop(one: Stop) -> dict[str, Any]:
    return {
        "channel": one.channel or None,
        "person": one.person or None,
        "kind": one.kind.value,
        "reason": one.reason,
        "since": iso(one.since),
        "until": iso(one.until) if one.until else None,
    }


def _notice(one: Notice, how: str | None) -> dict[str, Any]:
    return {"at": iso(one.at), "about": one.about or None, "text": one.text, "told": how}
