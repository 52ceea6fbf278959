"""Messages per second over one SMTP server: ours through Apprise, bare `smtplib`, and Apprise's own e-mail plugin.

The limit is one persistent `smtplib` connection that is given messages made beforehand, byte for byte those that ours
makes for each letter anew. Ways alternate in every round, in changing order; figures are medians.
The server is aiosmtpd in a process of its own; it offers PIPELINING, as Postfix, Exim and Exchange do, and then not.
"""

from __future__ import annotations

import gc
import smtplib
from collections.abc import Callable, Sequence
from datetime import date, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as STANDARD
from statistics import median

from apprise import Apprise
from apprise.common import NotifyFormat

from bench.common.measured import Figure, Ratio, seconds, show
from bench.common.sink import HOST, sink
from channels.letter import Accepted, Letter
from channels.mime import mime, wire
from channels.pool import Pool
from channels.seam import send
from channels.smtp import Smtp
from config.channel import Channel, ChannelKind
from domain.clocktime import at
from domain.office import Person, Post, Role

ROUNDS = 16
MESSAGES = 200
FEWER = {"library": 40, "apprise": 5}
"""Messages per round of the ways that are slow."""
EMAIL = Channel(code="email", kind=ChannelKind.EMAIL, name="Thư điện tử", sending=True)
LINE = "Dự án minh hoạ số {}: chưa khởi công; hạn hết ngày 30/6/2024; QUÁ HẠN 4 ngày làm việc, xem chi tiết tại"
WRITTEN = at(date(2024, 7, 4), time(7, 30))


def letters(count: int) -> list[Letter]:
    """Letters of the size that a digest of some forty lines has: 10,000 characters in both parts."""
    lines = [LINE.format(number) for number in range(40)]
    text, html = "\n".join(lines), "".join(f"<p style='margin:0'>{line}</p>" for line in lines)
    return [
        Letter(
            to=f"dau-moi-{number}@bacson.example",
            subject=f"[Đôn đốc] QUÁ HẠN 4 ngày làm việc: Khởi công các dự án khởi công mới (và {number} việc khác)",
            text=text,
            html=html,
            message_id=f"<{number:040d}@vanphong.example>",
            written=WRITTEN,
        )
        for number in range(count)
    ]


def server(port: int) -> Smtp:
    """The server, as an office sets it up."""
    return Smtp(host=HOST, port=port, sender="dondoc@vanphong.example")


def reader(letter: Letter) -> Person:
    """Who a letter is for."""
    post = Post(unit="ubnd-huyen-bac-son", role=Role.FOCAL)
    code = letter.to.split("@")[0]
    return Person(code=code, name="Đầu mối", email=letter.to, posts=(post,), channels=("email",))


def ours(post: Sequence[Letter], port: int) -> None:
    """A round of an office: each letter through Apprise, lines from a pool."""
    smtp = server(port)
    with Pool() as pool:
        for letter, person in [(letter, reader(letter)) for letter in post]:
            assert send(EMAIL, person, letter, smtp, pool) == Accepted(code=250)


def made_beforehand(post: Sequence[Letter], port: int) -> Callable[[], None]:
    """The limit: nothing but `smtplib` and bytes."""
    smtp = server(port)
    ready = [(letter.to, wire(mime(letter, reader(letter).code, smtp))) for letter in post]

    def give() -> None:
        with smtplib.SMTP(HOST, port, local_hostname="bench.example") as connection:
            for to, content in ready:
                connection.sendmail(smtp.sender, [to], content)

    return give


def made_by_the_library(post: Sequence[Letter], port: int) -> None:
    """What a script would do: an EmailMessage of the standard library for each letter, one connection."""
    with smtplib.SMTP(HOST, port, local_hostname="bench.example") as connection:
        for letter in post:
            message = EmailMessage(policy=STANDARD)
            message["From"] = Address("Hệ thống Đôn Đốc", addr_spec="dondoc@vanphong.example")
            message["To"], message["Subject"], message["Date"] = letter.to, letter.subject, letter.written
            message["Message-ID"] = letter.message_id
            message.set_content(letter.text, cte="base64")
            message.add_alternative(letter.html, subtype="html", cte="base64")
            connection.send_message(message)


def stock(post: Sequence[Letter], port: int) -> None:
    """Apprise's plugin, an object for each letter."""
    for letter in post:
        apprise = Apprise()
        assert apprise.add(f"mailto://{HOST}:{port}?mode=insecure&from=dondoc@vanphong.example&to={letter.to}")
        assert apprise.notify(body=letter.html, title=letter.subject, body_format=NotifyFormat.HTML)


def measured(*offers: str) -> dict[str, list[float]]:
    """Messages per second of each way, round by round."""
    post = letters(MESSAGES)
    with sink(*offers) as port:
        ways = {
            "ours": lambda: ours(post, port),
            "smtplib": made_beforehand(post, port),
            "library": lambda: made_by_the_library(post[: FEWER["library"]], port),
            "apprise": lambda: stock(post[: FEWER["apprise"]], port),
        }
        speeds: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(ROUNDS):
            for name in _turn(list(ways), number):
                gc.collect()  # nobody pays for what another left behind
                speeds[name].append(FEWER.get(name, MESSAGES) / seconds(ways[name]))
    return speeds


def _turn(names: list[str], number: int) -> list[str]:
    """Another one first in each round, and in every other round the other way about."""
    first = number // 2 % len(names)
    turned = names[first:] + names[:first]
    return turned[::-1] if number % 2 else turned


def against(speeds: dict[str, list[float]], way: str) -> float:
    """Median of the rounds' own ratios: a round in which the machine was busy elsewhere slows all ways alike."""
    pairs = zip(speeds[way], speeds["smtplib"], strict=True)
    return median(speed / limit for speed, limit in pairs)


def main() -> None:
    """Measure and print."""
    together, singly = measured("PIPELINING"), measured()
    show(
        "mail",
        f"{MESSAGES} messages to {MESSAGES} people over one server, {ROUNDS} rounds, loopback",
        [
            Figure("ours", "ours, through Apprise", median(together["ours"]), "/s"),
            Figure("smtplib", "one smtplib connection, messages made beforehand", median(together["smtplib"]), "/s"),
            Figure("library", "the same, an EmailMessage for each", median(together["library"]), "/s"),
            Figure("apprise", "Apprise's own plugin", median(together["apprise"]), "/s"),
            Figure("ours_singly", "ours, a server without PIPELINING", median(singly["ours"]), "/s"),
            Figure("smtplib_singly", "smtplib, the same server", median(singly["smtplib"]), "/s"),
        ],
        [
            Ratio("against_smtplib", "ours against the limit", against(together, "ours"), at_least=0.8),
            Ratio("against_smtplib_singly", "the same without PIPELINING", against(singly, "ours")),
            Ratio("library_against_smtplib", "EmailMessage against the limit", against(together, "library")),
            Ratio("apprise_against_smtplib", "Apprise's plugin against the limit", against(together, "apprise")),
        ],
    )


if __name__ == "__main__":
    main()
