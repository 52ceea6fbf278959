"""The stand-in's API: the addresses of Zalo's servers, answered as documented."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from demo.zalo.account import Account, Answer
from demo.zalo.faults import Fault, Faults
from demo.zalo.grants import Grants
from demo.zalo.messages import as_object, by_bot, consult, template

Work = Callable[[Request, bytes], tuple[int, Answer]]


@dataclass(frozen=True)
class Desk:
    """Who answers, and what may go wrong on the way."""

    account: Account
    grants: Grants
    faults: Faults
    bot_token: str

    def routes(self) -> APIRouter:
        """All addresses; none of them is Zalo's."""
        routes = APIRouter()
        works: dict[str, Work] = {
            "/v4/oa/access_token": self._token,
            "/v3.0/oa/message/cs": self._allowed(lambda body: consult(self.account, body)),
            "/v3.0/oa/message/template": self._allowed(lambda body: template(self.account, body, by_phone=False)),
            "/message/template": self._allowed(lambda body: template(self.account, body, by_phone=True)),
            "/bot{token}/sendMessage": self._bot,
        }
        for path, work in works.items():
            routes.add_api_route(path, self._answering(work), methods=["POST"])
        return routes

    def _answering(self, work: Work) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            raw, fault = await request.body(), self.faults.take(request.url.path)
            if fault is not None:
                return await _misbehave(fault, lambda: work(request, raw), bot=request.url.path.startswith("/bot"))
            status, body = work(request, raw)
            return JSONResponse(body, status)

        return answer

    def _token(self, request: Request, raw: bytes) -> tuple[int, Answer]:
        key = request.headers.get("secret_key", "")
        return 200, self.grants.renew(dict(parse_qsl(raw.decode())), key)

    def _allowed(self, work: Callable[[dict[str, object]], Answer]) -> Work:
        """The work, for who shows the access token in force and does not call too often."""

        def checked(request: Request, raw: bytes) -> tuple[int, Answer]:
            by_phone = request.url.path.startswith("/message/")
            refused = self.grants.fault_of(request.headers.get("access_token", ""))
            if refused is not None:
                return 200, {"error": -124, "message": "Access token invalid"} if by_phone else refused
            crowded = None if by_phone else self.account.crowded()  # templates are counted by their own quota
            return 200, crowded or work(as_object(raw))

        return checked

    def _bot(self, request: Request, raw: bytes) -> tuple[int, Answer]:
        if not secrets.compare_digest(str(request.path_params["token"]).encode(), self.bot_token.encode()):
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        return 200, by_bot(self.account, as_object(raw))


async def _misbehave(fault: Fault, work: Callable[[], tuple[int, Answer]], *, bot: bool) -> Response:
    done = work() if fault.late else None
    await asyncio.sleep(fault.seconds)
    if fault.gate is not None:
        await asyncio.to_thread(fault.gate.wait)
    if fault.to:
        return Response(status_code=fault.status, headers={"Location": fault.to})
    if fault.body is not None:
        return Response(fault.body, fault.status)
    if fault.code is not None:
        said: Answer = {"error": fault.code, "message": fault.text}
        if bot:
            said = {"ok": False, "error_code": fault.code, "description": fault.text}
        return JSONResponse(said, fault.status)
    if fault.answers:
        return Response(b"", fault.status)
    status, body = done or work()
    return JSONResponse(body, status)
