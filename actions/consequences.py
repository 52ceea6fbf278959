"""What follows from the end of a transmission, besides what becomes of its rows.

A channel that lets nobody in, whose allowance is spent or that does not answer is stopped; so is an address that is
refused for good. Whoever cannot be told that way is told by their next channel, and an admin hears of it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from actions.courier import Round
from actions.opening import tomorrow
from channels.letter import Accepted, Outcome, Previewed, RefusedPermanently, TryLater, Unauthorised, UsedUp
from channels.replies import CLOSING
from config.channel import ZALO, Channel
from domain import vietnamese as vn
from domain.office import Person
from domain.outbox import Key
from store import Session
from store.messages import NewMessage, carried
from store.moments import call_for_look
from store.notices import notice, withdraw
from store.outbox import postpone
from store.stops import Stop, StopKind, lift, stop

PROBE = timedelta(hours=1)
"""After so long a channel that lets nobody in is tried again, with one message."""
PATIENCE = timedelta(minutes=10)
"""So long a server may not answer before other channels take over."""
IN_VAIN = 2
"""Deferrals of one message after which the person's next channel takes over: six minutes of waiting."""
WORKS_AGAIN = "gửi được trở lại"
SILENCES = 2
"""Messages in a row for which a server could not be reached, before the round leaves it alone."""


def conclude(
    opened: Session,
    round_: Round,
    channel: Channel,
    person: Person,
    message: NewMessage,
    outcome: Outcome,
    attempt: int,
) -> None:
    """Stop what has to be stopped, lift what works again, and see that somebody else speaks and an admin is told."""
    if isinstance(outcome, Accepted | Previewed):
        _works(opened, round_, channel, person)
        return
    match outcome:
        case Unauthorised():
            round_.shut.add(channel.code)
            _stop(opened, round_, channel, StopKind.UNAUTHORISED, outcome, round_.moment() + PROBE)
        case RefusedPermanently():
            _refused(opened, round_, channel, person, message.address, outcome)
        case TryLater(perhaps_arrived=False):
            _put_off(opened, round_, channel, person, outcome, attempt)
        case TryLater() if channel.kind not in ZALO:
            return  # of unknown end, and to be sent once more
        case _:
            pass
    fall_back(opened, round_, {row.key.directive for row in carried(opened, message.id)})


def fall_back(opened: Session, round_: Round, codes: Collection[str]) -> None:
    """Another channel of somebody may have to speak of these directives: in this round, or the next to look."""
    round_.fallen.update(codes)
    for code in codes:
        call_for_look(opened, code, round_.as_of)


def spend_the_day(opened: Session, round_: Round, channel: Channel, keys: Collection[Key]) -> None:
    """The channel has carried all it may today: who has another channel is told by that one."""
    until, reason = tomorrow(round_), f"đã gửi đủ {channel.per_day} thông điệp trong ngày (per_day)"
    _stop(opened, round_, channel, StopKind.QUOTA, TryLater(code=None, detail=reason), until)
    postpone(opened, keys, until, round_.moment())
    round_.shut.add(channel.code)
    fall_back(opened, round_, {key.directive for key in keys})


def _put_off(opened: Session, round_: Round, channel: Channel, person: Person, outcome: TryLater, attempt: int) -> None:
    """What refuses for now may do so for everybody, or for one person for long enough to be gone round."""
    if outcome.used_up is UsedUp.CHANNEL:
        round_.shut.add(channel.code)
        _stop(opened, round_, channel, StopKind.QUOTA, outcome, outcome.not_before)
    elif outcome.used_up is UsedUp.PERSON:
        _silence(opened, round_, channel, person, StopKind.QUOTA, outcome, outcome.not_before)
    elif _of_the_server(outcome, round_.moment()):
        _unanswered(opened, round_, channel, outcome)
    elif attempt >= IN_VAIN:
        _silence(opened, round_, channel, person, StopKind.SILENT, outcome, round_.moment() + PROBE)


def _of_the_server(outcome: TryLater, now: datetime) -> bool:
    """Whether the server serves nobody, rather than put this message off: no answer, or one that is about no message.

    421 closes the line whatever it was about; a 5xx that may pass is the HTTP of a server at fault. Who names a later
    hour (templates sleep at night) has been asked for nothing.
    """
    if outcome.not_before is not None and outcome.not_before > now + PATIENCE:
        return False
    return outcome.code is None or outcome.code == CLOSING or outcome.code >= 500


def _works(opened: Session, round_: Round, channel: Channel, person: Person) -> None:
    """A message went through: nothing is wrong with the channel any more, nor with the person's address."""
    round_.silent.pop(channel.code, None)
    scopes = {(one.channel, one.person) for one in round_.reach.stops}
    for scope in scopes & {(channel.code, ""), (channel.code, person.code)}:
        lift(opened, *scope, round_.moment(), WORKS_AGAIN)
    if round_.reach.notices:
        withdraw(opened, channel.code, person.code, WORKS_AGAIN, round_.moment())


def _unanswered(opened: Session, round_: Round, channel: Channel, outcome: TryLater) -> None:
    """The server could not be reached. How long is what counts, not how often."""
    now = round_.moment()
    round_.silent[channel.code] = round_.silent.get(channel.code, 0) + 1
    if round_.silent[channel.code] >= SILENCES:
        round_.shut.add(channel.code)
    since = next((one.since for one in round_.reach.stops if _is_silence_of(one, channel)), now)
    until = now + PATIENCE if now - since >= PATIENCE else now
    _stop(opened, round_, channel, StopKind.SILENT, outcome, until, quietly=until == now)


def _is_silence_of(one: Stop, channel: Channel) -> bool:
    return (one.channel, one.person, one.kind) == (channel.code, "", StopKind.SILENT)


def _stop(
    opened: Session,
    round_: Round,
    channel: Channel,
    kind: StopKind,
    outcome: Outcome,
    until: datetime | None,
    *,
    quietly: bool = False,
) -> None:
    """Stop the channel for everybody; an admin is told when it begins, unless it is to be seen first."""
    reason = _answered(outcome)
    stop(opened, Stop(channel=channel.code, kind=kind, reason=reason, since=round_.moment(), until=until))
    if not quietly:
        _tell(opened, round_, channel, kind.value, _SAID[kind], outcome)


def _silence(
    opened: Session,
    round_: Round,
    channel: Channel,
    person: Person,
    kind: StopKind,
    outcome: Outcome,
    until: datetime | None,
) -> None:
    """Stop the channel for one person, until then."""
    reason, since = _answered(outcome), round_.moment()
    stop(opened, Stop(channel=channel.code, person=person.code, kind=kind, reason=reason, since=since, until=until))


def _refused(
    opened: Session, round_: Round, channel: Channel, person: Person, address: str, outcome: RefusedPermanently
) -> None:
    """An address that is refused for good: the channel is stopped for the person until it is changed.

    The channel itself works: an admin may be told by it.
    """
    if not outcome.address:
        what = f"một thông điệp gửi {person.name} bị từ chối hẳn"
        _tell(opened, round_, channel, f"message:{channel.code}", what, outcome, works=True)
        return
    new = stop(
        opened,
        Stop(
            channel=channel.code,
            person=person.code,
            address=address,
            kind=StopKind.REFUSED,
            reason=_answered(outcome),
            since=round_.moment(),
        ),
    )
    if new:
        matter, what = f"{StopKind.REFUSED}:{person.code}:{channel.code}:{address}", f"địa chỉ “{address}”"
        _tell(opened, round_, channel, matter, f"{what} của {person.name} bị từ chối hẳn", outcome, works=True)


def _tell(
    opened: Session, round_: Round, channel: Channel, matter: str, what: str, outcome: Outcome, *, works: bool = False
) -> None:
    text = f"Kênh {channel.name}: {what} ({_answered(outcome)}), lúc {vn.moment(round_.moment())}."
    notice(opened, "" if works else channel.code, matter, text, round_.moment())


def _answered(outcome: Outcome) -> str:
    parts = (getattr(outcome, "code", None), getattr(outcome, "detail", None))
    return " ".join(str(part) for part in parts if part is not None) or "không có câu trả lời"


_SAID = {
    StopKind.UNAUTHORISED: "không cho đăng nhập, đã tạm dừng; kiểm tra tài khoản, mật khẩu, mã truy cập",
    StopKind.QUOTA: "đã hết hạn mức gửi, các lời nhắc còn lại đi bằng kênh khác",
    StopKind.SILENT: "máy chủ không trả lời, các lời nhắc đi bằng kênh khác cho đến khi liên lạc lại được",
}
