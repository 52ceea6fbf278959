"""What a person would be told now on a channel: composed as for sending, and neither sent nor kept."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.addresses import address_of
from actions.compose import Desk, compose
from actions.evaluate import situations
from config.channel import Channel
from config.reading import Configuration
from domain.compose import open_work
from domain.office import Person
from domain.outbox import Delivery, State
from domain.reminders import decide
from domain.situation import Situation
from store import Session
from store.head import Head
from store.messages import NewMessage
from store.outbox import history


@dataclass(frozen=True)
class Shown:
    """A message as it would be."""

    planned: bool
    """Whether its rows wait to be sent, or would be decided at a look now; otherwise it urges all that is open."""
    message: NewMessage | None
    """None: there is nothing to tell."""
    rows: tuple[Delivery, ...] = ()


def show_message(
    session: Session,
    configuration: Configuration,
    desk: Desk,
    person: Person,
    channel: Channel,
    as_of: datetime,
    head: Head | None = None,
) -> Shown:
    """What waits for the person, on whichever channel, in the words of this one; else their open work as an urging."""
    found = situations(session, configuration, as_of)
    planned = tuple(_on(channel, _planned(session, person, found)))
    rows = planned or open_work(person, channel.code, found.values())
    if not rows:
        return Shown(planned=False, message=None)
    address = address_of(channel, person) or ""
    message = compose(desk, configuration, person, rows, found, as_of, 0, address, head=head)
    return Shown(bool(planned), message, rows)


def viewable(message: NewMessage) -> str:
    """The HTML with its pictures inside, as a browser shows it by itself."""
    html = message.html or ""
    for picture in message.pictures:
        content = b64encode(picture.content).decode("ascii")
        html = html.replace(f"cid:{picture.cid}", f"data:{picture.content_type};base64,{content}")
    return html


def _planned(session: Session, person: Person, found: Mapping[str, Situation]) -> Iterator[Delivery]:
    """The rows that wait and still hold, and those a look at this instant would decide."""
    for code, situation in found.items():
        rows = history(session, code)
        decision = decide(situation, rows)
        overtaken = dict(decision.overtaken)
        waiting = (row for row in rows if row.state is State.PLANNED and row.key not in overtaken)
        yield from (row for row in (*waiting, *decision.planned) if row.key.person == person.code)


def _on(channel: Channel, rows: Iterator[Delivery]) -> Sequence[Delivery]:
    """The rows as rows of the channel, each matter once."""
    moved = (row.model_copy(update={"key": row.key.model_copy(update={"channel": channel.code})}) for row in rows)
    return tuple({row.key: row for row in moved}.values())
