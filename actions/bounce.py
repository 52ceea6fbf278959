"""A letter that the server took and that came back: its rows were not heard, and the person's next channel speaks."""

from __future__ import annotations

from datetime import datetime

from channels.returned import Returned
from config.reading import Configuration
from domain import vietnamese as vn
from store import Session
from store.messages import StoredMessage, carried, find_message
from store.moments import call_for_look
from store.notices import notice
from store.receipts import bounced
from store.stops import Stop, StopKind, stop


def bounce(opened: Session, configuration: Configuration, came_back: Returned, domain: str, at: datetime) -> bool:
    """Whether a message that was out is now known to have come back; told again it changes nothing.

    A report that it is merely late changes nothing either. An address that does not exist (5.1.x) gets nothing more.
    """
    message_id = f"<{came_back.key}@{domain}>"
    if not came_back.for_good or bounced(opened, message_id, came_back.detail, came_back.status, at) is None:
        return False
    message = find_message(opened, message_id)
    assert message is not None
    for code in {row.key.directive for row in carried(opened, message_id)}:
        call_for_look(opened, code, at)
    _stop(opened, message, came_back, at)
    person = configuration.rules.office.person(message.person)
    said = f"thư gửi {person.name if person else message.person} ({message.address}) bị trả lại ({came_back.detail})"
    notice(opened, "", f"bounced:{message.person}:{message.address}", f"{said}, lúc {vn.moment(at)}.", at)
    return True


def _stop(opened: Session, message: StoredMessage, came_back: Returned, at: datetime) -> None:
    if came_back.status is None or not came_back.status.startswith("5.1."):
        return
    stop(
        opened,
        Stop(
            channel=message.channel,
            person=message.person,
            address=message.address,
            kind=StopKind.REFUSED,
            reason=f"{came_back.status} {came_back.detail}",
            since=at,
        ),
    )
