"""`dondoc bounce`: what the mail server hands over when a letter comes back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from actions.bounce import bounce
from actions.compose import Desk
from actions.office import opened_office
from actions.ways_out import smtp_of
from channels.returned import LARGEST, read_returned
from cli.showing import err
from store import session


def bounce_command(
    to: Annotated[str, typer.Option("--to", metavar="ĐỊA_CHỈ", help="Địa chỉ mà thư trả lại được gửi đến.")] = "",
) -> None:
    """Nhận một thư bị trả lại từ đầu vào chuẩn, ghi sổ gửi và chuyển lời nhắc sang kênh khác."""
    content = sys.stdin.buffer.read(LARGEST)
    with opened_office() as office:
        came_back = read_returned(content, smtp_of(office.settings), to)
        if came_back is None:
            err.print("Bỏ qua: thư này không gửi đến một địa chỉ nhận thư trả lại của đơn vị.")
            return
        configuration, desk = office.configuration(), Desk.of(office.settings)
        with session(office.store) as opened:
            known = bounce(opened, configuration, came_back, desk.domain, office.moment())
    err.print(f"Đã ghi: thư bị trả lại ({came_back.detail})." if known else "Không có gì thay đổi.")
