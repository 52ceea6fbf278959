"""Messages per second from the outbox to a mail server: written, claimed, transmitted, noted; against bare `smtplib`.

The peer sends the same number of letters of the same size, each over a connection of its own as ours are, and keeps no
outbox. The server is aiosmtpd on loopback, in this process: it slows both alike.
"""

from __future__ import annotations

import smtplib
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from actions.adopt import adopt
from actions.deliver import Delivered, deliver
from actions.evaluate import evaluate
from actions.office import Office, open_office
from bench.common.measured import Figure, Ratio, seconds, show
from config.areas import Area, People
from config.reading import Draft, read
from config.settings import ROOT, Settings
from demo.world import sending
from domain.clocktime import at
from domain.office import Person, Post, Role
from store import open_store, session, upgrade
from store.messages import NewMessage

DIRECTIVE = "bac-son-khoi-cong-moi"
PEOPLE = 250
ADOPTED = at(date(2024, 4, 22))
MORNING = at(date(2024, 7, 1), time(7, 30))
"""The first morning after the first due: one message to everybody in charge."""
HOST = "127.0.0.1"


class Sink:
    """Takes every letter and keeps none."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Say yes."""
        return "250 OK"


@contextmanager
def post_office() -> Iterator[int]:
    """A mail server on the port it yields."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    controller = Controller(Sink(), hostname=HOST, port=port)
    controller.start()
    yield port
    controller.stop()


def crowded(draft: Draft) -> Draft:
    """The shipped office, sending, with one directive and many focal persons in charge of it."""
    notice = draft.notices[0]
    placed = tuple(one for one in notice.directives if one.directive.code == DIRECTIVE)
    (unit,) = placed[0].directive.lead
    people = People(people=tuple(_focal(unit, number) for number in range(PEOPLE)))
    notices = (replace(notice, directives=placed, facts=()),)
    return sending(replace(draft, areas={**draft.areas, Area.PEOPLE: people}, notices=notices))


def _focal(unit: str, number: int) -> Person:
    code = f"dau-moi-{number}"
    post = Post(unit=unit, role=Role.FOCAL)
    return Person(
        code=code, name=f"Đầu mối {number}", email=f"{code}@bacson.example", posts=(post,), channels=("email",)
    )


@contextmanager
def office_with_mail(draft: Draft, port: int) -> Iterator[Office]:
    """An office in a throw-away home whose outbox holds a delivery for everybody."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        settings = Settings(home=Path(folder), smtp_port=port)
        store = open_store(settings.database, settings.head_file)
        upgrade(store)
        with session(store) as opened:
            adopt(opened, draft, ADOPTED, by="bench")
        office = open_office(settings)
        with session(store) as opened:
            evaluate(opened, office.configuration(), DIRECTIVE, MORNING)
        yield office
        office.store.engine.dispose()
        store.engine.dispose()


def delivered(office: Office) -> tuple[Delivered, float]:
    """What one pass sent, and its seconds."""
    done: list[Delivered] = []
    courier, configuration = office.courier(), office.configuration()
    taken = seconds(lambda: done.append(deliver(courier, configuration, MORNING)))
    assert (done[0].sent, done[0].failed, done[0].unknown) == (PEOPLE, 0, 0), done[0]
    return done[0], taken


def send_bare(messages: Sequence[NewMessage], port: int) -> None:
    """The peer: connect, send, leave."""
    for message in messages:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = "dondoc@vanphong.example", message.address, "Đôn đốc"
        letter.set_content(message.text, cte="base64")
        letter.add_alternative(message.html or "", subtype="html", cte="base64")
        with smtplib.SMTP(HOST, port, local_hostname="bench.example") as server:
            server.send_message(letter)


def main() -> None:
    """Measure and print."""
    draft = crowded(read(ROOT / "config"))
    with post_office() as port, office_with_mail(draft, port) as office:
        done, ours = delivered(office)
        bare = seconds(lambda: send_bare(done.messages, port))
    size = sum(len(one.text) + len(one.html or "") for one in done.messages) / len(done.messages)
    show(
        "deliver",
        f"{PEOPLE} messages to {PEOPLE} people, loopback",
        [
            Figure("messages_per_second", "written, claimed, accepted, noted", PEOPLE / ours, "/s"),
            Figure("messages_per_second_smtplib", "bare smtplib, a connection each", PEOPLE / bare, "/s"),
            Figure("characters_per_message", "text and HTML of a message", size, "characters"),
        ],
        [Ratio("against_smtplib", "a delivery against a bare letter, in time", ours / bare)],
    )


if __name__ == "__main__":
    main()
