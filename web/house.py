"""The pages for who is signed in, as routes need them: who calls, what stands in the book, and a page around it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from actions.office import Office
from actions.overlook import Overlook
from domain.access import Part
from domain.situation import Situation
from web.callers import Caller, Callers, NotTheirsError
from web.paper import page
from web.seal import check
from web.shell import shell_of


@dataclass(frozen=True)
class House:
    """An office and its callers."""

    callers: Callers
    secret: str

    @property
    def office(self) -> Office:
        """Whose pages these are."""
        return self.callers.office

    def entering(self, part: Part) -> Callable[[Request], Caller]:
        """A dependency of routes: the caller, where that part is theirs.

        A route takes it as a default (`caller: Caller = entering`): an annotation could not name what is local.
        """

        def admitted(request: Request) -> Caller:
            return self.callers.admitted(request, part)

        return admitted

    def acting(self, part: Part) -> Callable[[Request], Awaitable[Caller]]:
        """A dependency of every route that changes something: the caller, and the seal of their form is whole."""

        async def admitted(request: Request) -> Caller:
            caller = await run_in_threadpool(self.callers.admitted, request, part)
            await check(request, self.secret, caller.binding)
            return caller

        return admitted

    def seen(self, caller: Caller) -> tuple[Overlook, tuple[Situation, ...]]:
        """The book now, and what of it the caller may see."""
        book = self.office.overlook()
        return book, tuple(one for one in book.situations.values() if caller.access.sees(one))

    def situation(self, caller: Caller, code: str) -> Situation:
        """The directive, where the caller may see it. Raises NoSuchDirectiveError, NotTheirsError."""
        found = self.office.overlook().situation(code)
        if not caller.access.sees(found):
            raise NotTheirsError("Nhiệm vụ này không thuộc đơn vị của đồng chí.")
        return found

    def page(self, caller: Caller, here: str, template: str, status: int = 200, **facts: object) -> Response:
        """A page in the room of path `here`."""
        shell = shell_of(caller, self.secret, here)
        return page(template, status, illustrative=self.office.settings.demo, shell=shell, caller=caller, **facts)
