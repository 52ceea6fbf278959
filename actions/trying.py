"""An admin tries out a channel: one message to themselves by the real way out, and what became of it is kept.

It is asked for by its reader, so it knows neither the sending window nor a stop, nor whether the channel is switched to
sending: that is what one tries out before switching it on.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from actions.alarm import SPEAKING
from actions.office import Office
from actions.reach import Reach
from channels.letter import Accepted, Letter, Outcome, Previewed, RefusedPermanently, TryLater, Unauthorised
from channels.trial import trial_words
from config.channel import Channel, ChannelKind
from domain import vietnamese as vn
from domain.frozen import Frozen, Instant
from domain.office import Person
from store import Session, reading, session
from store.marks import read_mark, set_mark


class End(StrEnum):
    """How a trial ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNAUTHORISED = "unauthorised"
    LATER = "later"
    NOT_SENT = "not_sent"


class Trial(Frozen):
    """One trial of a channel."""

    channel: str
    person: str
    address: str
    """Empty: there is none."""
    at: Instant
    end: End
    said: str
    """In Vietnamese, with the words of the other side."""


def try_out(office: Office, code: str, person: Person, at: datetime) -> Trial:
    """Send one message to that person on that channel, and keep what became of it. Raises KeyError.

    `at` is the machine's moment: two trials are two messages.
    """
    configuration = office.configuration()
    channel = {one.code: one for one in configuration.channels}[code]
    with reading(office.store) as opened:
        reach = Reach.of(opened, configuration, office.moment())
    address = reach.address(channel, person) or ""
    end, said = _why_not(channel, address) or _sent(office, channel, person, address, at)
    done = Trial(channel=code, person=person.code, address=address, at=at, end=end, said=said)
    with session(office.store) as opened:
        set_mark(opened, _mark(code), done.model_dump_json())
    return done


def last_trial(opened: Session, channel: str) -> Trial | None:
    """The newest trial of the channel."""
    kept = read_mark(opened, _mark(channel))
    return Trial.model_validate_json(kept) if kept else None


def _why_not(channel: Channel, address: str) -> tuple[End, str] | None:
    if channel.kind is ChannelKind.PREVIEW:
        return End.NOT_SENT, "kênh xem trước không gửi cho ai: thông điệp chỉ được soạn và giữ lại"
    if channel.kind not in SPEAKING:
        return End.NOT_SENT, "kênh mẫu tin chỉ gửi được mẫu đã duyệt, không gửi được tin thử"
    if not address:
        return (
            End.NOT_SENT,
            "đồng chí chưa có địa chỉ trên kênh này (chưa khai trong people.yaml hoặc chưa liên kết Zalo)",
        )
    return None


def _sent(office: Office, channel: Channel, person: Person, address: str, at: datetime) -> tuple[End, str]:
    courier = office.courier()
    try:
        letter = _letter(office, channel, person, address, at)
        return _words(courier.post(channel.model_copy(update={"sending": True}), person, letter))
    finally:
        courier.hang_up()


def _letter(office: Office, channel: Channel, person: Person, address: str, at: datetime) -> Letter:
    ours, moment = office.settings, office.moment()
    words = trial_words(person.name, channel.name, moment, illustrative=ours.demo)
    own = hashlib.sha256(f"{person.code} {channel.code} {at.isoformat()}".encode()).hexdigest()[:40]
    return Letter(
        to=address,
        subject=words.subject,
        text=words.text,
        html=words.html if channel.kind is ChannelKind.EMAIL else "{}",
        message_id=f"<thu-{own}@{ours.sender.rsplit('@', 1)[-1]}>",
        written=moment,
    )


def _words(outcome: Outcome) -> tuple[End, str]:
    """What became of it, as a sentence."""
    match outcome:
        case Accepted():
            return End.ACCEPTED, f"máy chủ của kênh đã nhận (mã {outcome.code})"
        case RefusedPermanently():
            return End.REFUSED, f"bị từ chối{_code(outcome.code)}: {outcome.detail}"
        case Unauthorised():
            return End.UNAUTHORISED, f"không cho đăng nhập{_code(outcome.code)}: {outcome.detail}"
        case TryLater():
            return End.LATER, _later(outcome)
        case Previewed():
            return End.NOT_SENT, "chỉ soạn và giữ lại, không gửi"


def _later(outcome: TryLater) -> str:
    perhaps = "; có thể tin đã đến, hãy xem hộp thư" if outcome.perhaps_arrived else ""
    again = f"; thử lại sau {vn.moment(outcome.not_before)}" if outcome.not_before else ""
    return f"chưa gửi được lúc này{_code(outcome.code)}: {outcome.detail}{perhaps}{again}"


def _code(code: int | None) -> str:
    return f" (mã {code})" if code is not None else ""


def _mark(channel: str) -> str:
    return f"trial:{channel}"
