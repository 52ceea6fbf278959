"""Who is calling: the person behind a session's cookie, or whom the proxy in front of us names; and what they may.

A caller is looked up anew for every request: who lost their post today is out today.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request

from actions.office import Office
from actions.sign_in import hashed
from config import clock
from config.reading import Configuration
from domain.access import Access, Part, access
from domain.clocktime import local_date
from domain.office import Person
from store import Session, reading, session
from store.web_sessions import WebSession, find, seen

LASTS = timedelta(days=30)
"""A session ends when it was not used for so long."""
_SEEN_EVERY = timedelta(hours=1)
"""How often use is written down: not with every page."""
SHOWN = "x-dondoc-proxy"
"""The header by which a proxy shows that it is ours."""


class SignInNeededError(Exception):
    """Nobody, or nobody any more: the way in is shown."""


class NotTheirsError(Exception):
    """Signed in, but this is not theirs to see or do; `message` says whose it is."""


@dataclass(frozen=True)
class Caller:
    """A person at one request."""

    person: Person
    access: Access
    configuration: Configuration
    moment: datetime
    """By the office's clock."""
    binding: str
    """What forms of this caller are signed for: no form of one session counts in another."""


@dataclass(frozen=True)
class Callers:
    """How callers are known."""

    office: Office
    wall: Callable[[], datetime] = clock.wall

    @property
    def cookie(self) -> str:
        """The cookie's name. Over TLS a browser keeps `__Host-` to this very host and to TLS."""
        return "__Host-dondoc" if self.secure else "dondoc"

    @property
    def secure(self) -> bool:
        """Whether people reach us by TLS."""
        return self.office.settings.address.startswith("https://")

    def caller(self, request: Request) -> Caller:
        """Who is calling. Raises SignInNeededError."""
        now = self.wall()
        with reading(self.office.store) as opened:
            proxied = self._by_proxy(opened, request)
            known = None if proxied else self._by_cookie(opened, request, now)
            configuration, moment = self.office.memory.configuration(opened), self.office.moment()
        if known:
            self._note(known, now)
        code, binding = (known.person, known.hash) if known else (proxied or "", f"proxy:{proxied}")
        person = configuration.rules.office.person(code)
        if person is None:
            raise SignInNeededError
        found = access(configuration.rules, configuration.monitors, person, local_date(moment))
        if found is None:
            raise SignInNeededError
        return Caller(person, found, configuration, moment, binding)

    def admitted(self, request: Request, part: Part) -> Caller:
        """The caller, at a part of the pages that is theirs. Raises SignInNeededError, NotTheirsError."""
        caller = self.caller(request)
        if not caller.access.may(part):
            raise NotTheirsError(_WHOSE[part])
        return caller

    def _by_cookie(self, opened: Session, request: Request, now: datetime) -> WebSession:
        token = request.cookies.get(self.cookie, "")
        known = find(opened, hashed(token), now) if token else None
        if known is None:
            raise SignInNeededError
        return known

    def _note(self, known: WebSession, now: datetime) -> None:
        if now - known.seen_at > _SEEN_EVERY:
            with session(self.office.store) as opened:
                seen(opened, known.hash, now, now + LASTS)

    def _by_proxy(self, opened: Session, request: Request) -> str | None:
        """Whom a proxy of ours names, by code or e-mail address; it is ours by the secret it shows."""
        ours = self.office.settings
        secret, header = ours.proxy_secret.get_secret_value(), ours.proxy_user_header
        shown = request.headers.get(SHOWN, "")
        if not secret or not hmac.compare_digest(shown.encode(), secret.encode()):
            return None
        named = request.headers.get(header, "").strip().casefold()
        people = self.office.memory.configuration(opened).rules.office.people
        found = [one.code for one in people if named and named in (one.code, (one.email or "").casefold())]
        if len(found) != 1:
            raise SignInNeededError
        return found[0]


_WHOSE = {
    Part.LOOK: "Trang này dành cho cán bộ đang giữ vị trí công tác.",
    Part.OWN: "Trang này dành cho đầu mối hoặc thủ trưởng của đơn vị thực hiện.",
    Part.MONITOR: "Trang này dành cho cán bộ của đơn vị theo dõi.",
    Part.LEADER: "Trang này dành cho lãnh đạo.",
    Part.ADMIN: "Trang này dành cho quản trị viên.",
}
