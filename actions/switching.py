"""Switching sending off and on again: altogether, on one channel, or for one person on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.channel import ChannelKind
from config.reading import Configuration
from store import Session
from store.moments import call_for_all
from store.stops import Stop, StopKind, lift, open_stops, stop


class NoSuchScopeError(LookupError):
    """A channel or a person is named that the office does not have."""


@dataclass(frozen=True)
class Scope:
    """What is switched. Empty channel: all of them; empty person: everybody."""

    channel: str = ""
    person: str = ""

    def check(self, configuration: Configuration) -> None:
        """Raises NoSuchScopeError."""
        if self.person and not self.channel:
            raise NoSuchScopeError("muốn dừng hoặc gửi lại cho một cán bộ thì nêu cả kênh (--channel)")
        if self.channel and self.channel not in {channel.code for channel in configuration.channels}:
            raise NoSuchScopeError(f"không có kênh “{self.channel}” trong channels.yaml")
        if self.person and configuration.rules.office.person(self.person) is None:
            raise NoSuchScopeError(f"không có cán bộ “{self.person}” trong people.yaml")


def switch_off(opened: Session, configuration: Configuration, scope: Scope, reason: str, at: datetime) -> bool:
    """Send nothing of that scope until somebody switches it on; whether it was on. Raises NoSuchScopeError.

    A message on its way is finished; nothing more is begun.
    """
    scope.check(configuration)
    given = Stop(channel=scope.channel, person=scope.person, kind=StopKind.SWITCHED_OFF, reason=reason, since=at)
    new = stop(opened, given)
    call_for_all(opened, at)
    return new


def switch_on(opened: Session, configuration: Configuration, scope: Scope, at: datetime, by: str) -> int:
    """How many stops of that scope were lifted, whoever or whatever stopped it. Raises NoSuchScopeError.

    Without a channel, every stop of the office is lifted. What waited goes out with the next round.
    """
    scope.check(configuration)
    scopes = {(one.channel, one.person) for one in open_stops(opened)} if scope == Scope() else {_pair(scope)}
    lifted = sum(lift(opened, channel, person, at, by, switched_off=True) for channel, person in sorted(scopes))
    if lifted:
        call_for_all(opened, at)
    return lifted


def let_go_on(opened: Session, at: datetime, by: str) -> int:
    """Lift the switch of all sending, and nothing else: a channel that is stopped for its own reason stays so."""
    lifted = lift(opened, "", "", at, by, switched_off=True)
    if lifted:
        call_for_all(opened, at)
    return lifted


def switched_off(opened: Session, configuration: Configuration) -> bool:
    """Whether somebody switched off everything, or the consultation messages of the Official Account."""
    ours = {channel.code for channel in configuration.channels if channel.kind is ChannelKind.ZALOOA}
    off = (one for one in open_stops(opened) if one.kind is StopKind.SWITCHED_OFF and not one.person)
    return any(one.channel in {"", *ours} for one in off)


def _pair(scope: Scope) -> tuple[str, str]:
    return scope.channel, scope.person
