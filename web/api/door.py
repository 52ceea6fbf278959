"""Who calls: the person behind a key, with what the key may. Cookies and proxies are not asked here.

A caller is looked up anew with every request: who lost their post today is out today, with all of their keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from actions.api_keys import Scope, access_of, known, may_record
from actions.office import Office
from actions.overlook import Overlook
from config.reading import Configuration
from domain import vietnamese as vn
from domain.access import Access
from domain.clocktime import local_date
from domain.situation import Situation
from store.api_keys import ApiKey
from web.api.problem import Problem, ProblemError, no_directive
from web.api.rate import Rate

_SHOWN = HTTPBearer(auto_error=False, description="Khoá do quản trị viên cấp (dondoc key add), dạng dd_…_….")
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_SHOWN)]


@dataclass(frozen=True)
class Client:
    """A program at one request."""

    key: ApiKey
    access: Access
    configuration: Configuration
    moment: datetime
    """By the office's clock."""
    book: Overlook

    @property
    def person(self) -> str:
        """Code of the person it reads and writes for."""
        return self.access.person.code

    def seen(self) -> dict[str, Situation]:
        """The directives it may see, by code."""
        return {code: one for code, one in self.book.situations.items() if self.access.sees(one)}

    def situation(self, code: str) -> Situation:
        """The directive, where it may see it. Raises ProblemError: 404."""
        found = self.book.situations.get(code)
        if found is None or not self.access.sees(found):
            raise no_directive(code)
        return found


@dataclass(frozen=True)
class Door:
    """An office, and who may call."""

    office: Office
    wall: Callable[[], datetime]
    rate: Rate = field(compare=False)

    def reading(self, shown: Shown) -> Client:
        """A dependency of what reads. Raises ProblemError."""
        return self._client(shown, Scope.READ)

    def writing(self, shown: Shown) -> Client:
        """A dependency of what writes. Raises ProblemError."""
        client = self._client(shown, Scope.WRITE)
        if not may_record(client.access):
            raise ProblemError(Problem.NOT_ALLOWED, "Cán bộ gắn với khoá hiện không có quyền ghi sổ.")
        return client

    def _client(self, shown: Shown, scope: Scope) -> Client:
        key = self._key(shown)
        if seconds := self.rate.wait(key.id, self.wall()):
            detail = f"Nhiều nhất {self.office.settings.api_per_minute} lần gọi mỗi phút; thử lại sau {seconds} giây."
            raise ProblemError(Problem.TOO_MANY, detail, headers={"Retry-After": str(seconds)})
        if scope.value not in key.scopes:
            lacking = {"WWW-Authenticate": f'Bearer realm="dondoc", error="insufficient_scope", scope="{scope.value}"'}
            raise ProblemError(Problem.NOT_ALLOWED, f"Khoá không có quyền {scope.value}.", headers=lacking)
        access = access_of(self.office, key.person)
        if access is None:
            raise ProblemError(Problem.NOT_ALLOWED, "Cán bộ gắn với khoá không còn giữ vị trí công tác.")
        book = self.office.overlook()
        return Client(key, access, book.configuration, self.office.moment(), book)

    def _key(self, shown: Shown) -> ApiKey:
        if shown is None:
            raise _no_key("Gửi khoá trong tiêu đề Authorization: Bearer dd_…", 'Bearer realm="dondoc"')
        key, now = known(self.office, shown.credentials, self.wall()), self.wall()
        if key is None:
            raise _no_key("Khoá không đúng.", _INVALID)
        if key.revoked_at is not None:
            raise _no_key("Khoá đã bị thu hồi.", _INVALID)
        if not key.holds(now):
            raise _no_key(f"Khoá đã hết hạn ngày {vn.day(local_date(key.expires_at))}.", _INVALID)
        return key


_INVALID = 'Bearer realm="dondoc", error="invalid_token"'


def _no_key(detail: str, challenge: str) -> ProblemError:
    return ProblemError(Problem.NO_KEY, detail, headers={"WWW-Authenticate": challenge})
