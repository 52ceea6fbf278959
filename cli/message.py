"""`dondoc message`: what a person would be told now, in the words of a channel; nothing is sent or kept."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from actions.compose import Desk
from actions.message import Shown, show_message, viewable
from actions.office import opened_office
from channels.zalo.form import read_form
from cli.asking import AsOfOption
from cli.showing import err, show_json
from config.channel import ZALO, Channel
from domain import vietnamese as vn
from domain.clocktime import iso
from domain.office import Person
from store import reading
from store.ledger import head


class MessageFormat(StrEnum):
    """How a message is printed."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


def message_command(
    person: Annotated[str, typer.Argument(metavar="CÁN_BỘ", help="Mã cán bộ trong people.yaml.")],
    as_of: AsOfOption = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="KÊNH", help="Mã kênh trong channels.yaml. Mặc định: kênh đầu của cán bộ."),
    ] = None,
    format_: Annotated[
        MessageFormat,
        typer.Option("--format", help="In chữ như người nhận đọc, bản HTML của thư (mở bằng trình duyệt), hoặc JSON."),
    ] = MessageFormat.TEXT,
) -> None:
    """Xem thử thông điệp một cán bộ sẽ nhận; không gửi, không lưu gì."""
    with opened_office() as office:
        configuration = office.configuration()
        reader = configuration.rules.office.person(person)
        if reader is None:
            raise typer.BadParameter(f"không có cán bộ “{person}” trong people.yaml")
        way = _channel(configuration.channels, channel or next(iter(reader.channels), ""))
        if format_ is MessageFormat.HTML and way.kind in ZALO:
            raise typer.BadParameter(f"kênh “{way.code}” không có bản HTML; dùng --format text hoặc json")
        moment = as_of or office.moment()
        desk = Desk.rehearsing(office.settings)  # who reads over a shoulder must not get the key of somebody's page
        with reading(office.store) as opened:
            end = head(opened) if as_of is None else None
            shown = show_message(opened, configuration, desk, reader, way, moment, end)
    _explain(shown, reader)
    match format_:
        case MessageFormat.JSON:
            show_json(_row(shown, reader, way, iso(moment)))
        case MessageFormat.HTML if shown.message:
            print(viewable(shown.message))
        case MessageFormat.TEXT if shown.message:
            print(_text(shown, way))


def _channel(channels: tuple[Channel, ...], code: str) -> Channel:
    found = next((one for one in channels if one.code == code), None)
    if found is None:
        known = ", ".join(one.code for one in channels)
        raise typer.BadParameter(f"không có kênh “{code}” trong channels.yaml; các kênh: {known}")
    return found


def _explain(shown: Shown, reader: Person) -> None:
    if shown.message is None:
        err.print(f"{reader.name}: hiện không có gì để nhắc.", soft_wrap=True)
        return
    if not shown.planned:
        err.print(
            "Hiện không có lời nhắc nào chờ gửi; dưới đây là mọi việc đang mở của người này, viết như một lời nhắc.",
            soft_wrap=True,
        )
    err.print("Bản xem thử: không gửi, không lưu; đường dẫn trong đó không mở được trang.", soft_wrap=True)


def _text(shown: Shown, way: Channel) -> str:
    """As its reader gets it: a title on e-mail, buttons on Zalo."""
    message = shown.message
    assert message is not None  # asked before
    if way.kind not in ZALO:
        return f"Tiêu đề: {message.subject}\n\n{message.text}"
    buttons = [f"[{one.title}] {one.url or ''}".rstrip() for one in read_form(message.html or "").buttons]
    return "\n".join([message.text, *buttons])


def _row(shown: Shown, reader: Person, way: Channel, at: str) -> dict[str, Any]:
    said = shown.message
    return {
        "person": reader.code,
        "channel": way.code,
        "kind": way.kind.value,
        "at": at,
        "planned": shown.planned,
        "message": said
        and {
            "address": said.address or None,
            "subject_line": said.subject,
            "text": said.text,
            "html": None if way.kind in ZALO else said.html,
            "form": json.loads(said.html or "{}") if way.kind in ZALO else None,
            "pictures": [{"cid": one.cid, "bytes": len(one.content)} for one in said.pictures],
            "rows": [
                {name: getattr(row.key, name) for name in ("directive", "milestone", "rung", "occurrence")}
                | {"reason": row.reason.value, "reason_said": vn.REASONS[row.reason], "subjects": list(row.subjects)}
                for row in shown.rows
            ],
        },
    }
