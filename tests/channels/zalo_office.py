"""The stand-in's Official Account with three readers, and letters through our plugins to it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic import SecretStr

from channels.letter import Letter, Outcome
from channels.seam import send
from channels.smtp import Smtp
from channels.zalo.access import Zalo
from channels.zalo.form import Form
from channels.zalo.speaker import Speaker
from channels.zalo.wire import Patience
from config.channel import Channel, ChannelKind
from demo.zalo.people import Reader
from demo.zalo.standin import Standin
from domain.clocktime import at
from domain.office import Person, Post, Role

MORNING = at(date(2024, 9, 27), time(7, 31))
USER, STRANGER, SILENT = "8841002233445566778", "8841002233445566779", "8841002233445566770"
PHONE = "8400000000001"
TEMPLATE = "512034"
DATA = {"ten": "Đầu mối UBND huyện Bắc Sơn", "han": "30/9/2024"}
PERSON = Person(
    code="dau-moi",
    name="Đầu mối UBND huyện Bắc Sơn",
    posts=(Post(unit="ubnd-huyen-bac-son", role=Role.FOCAL),),
    channels=("zalo",),
)
LETTER = Letter(
    to=USER,
    subject="Đôn đốc giải ngân",
    text="Giải ngân tối thiểu 40%, hạn đến hết ngày 30/9/2024.",
    html=Form().frozen(),
    message_id="<dondoc.1@langson.example>",
    written=MORNING,
)
AS_TEMPLATE = Form(template=TEMPLATE, data=DATA).frozen()


@dataclass
class Clock:
    """Stands where it is put."""

    moment: datetime = MORNING

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Held:
    """An access that has one token, and takes what the stand-in says is the next."""

    current: SecretStr
    next: SecretStr | None = None
    refused: list[str] = field(default_factory=list)

    def token(self) -> SecretStr:
        return self.current

    def renewed(self, refused: SecretStr) -> SecretStr:
        self.refused.append(refused.get_secret_value())
        self.current = self.next or self.current
        return self.current


@contextmanager
def zalo_office(clock: Clock | None = None) -> Iterator[Standin]:
    """The stand-in with who may be written to, who never interacted, and who has for long not."""
    clock = clock or Clock()
    with Standin(clock) as standin:
        standin.account.templates[TEMPLATE] = "Kính gửi <ten>.\nViệc đến hạn ngày <han>."
        standin.account.add(Reader(USER, "Đầu mối UBND huyện Bắc Sơn", PHONE, heard=clock()))
        standin.account.add(Reader(STRANGER, "Chánh Văn phòng", heard=None))
        standin.account.add(Reader(SILENT, "Đầu mối Ban Quản lý dự án", heard=clock() - timedelta(days=7, seconds=1)))
        yield standin


def zalo(standin: Standin, **further: Any) -> Zalo:
    """How the stand-in is reached, with the token in force."""
    fields: dict[str, Any] = {
        "oa_id": standin.account.oa_id,
        "access": Held(SecretStr(standin.grants.access)),
        "moment": standin.account.clock,
        "bot_id": "thu",
        "bot_token": SecretStr(standin.bot_token),
        "oa_url": standin.address,
        "zbs_url": standin.address,
        "bot_url": standin.address,
        "patience": Patience(connect=2, read=0.5, overall=1.5),
    }
    return Zalo(**(fields | further))


def said(speaker: type[Speaker], zalo: Zalo, **letter: Any) -> Outcome:
    """What became of the letter, changed as told."""
    smtp = Smtp(host="127.0.0.1", port=25, sender="dondoc@langson.example")
    channel = Channel(code="zalo", kind=ChannelKind(speaker.secure_protocol), name="Zalo", sending=True)
    return send(channel, PERSON, LETTER.model_copy(update=letter), smtp, zalo=zalo)


@contextmanager
def server_that(answers: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """An HTTP server of the given manners."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
