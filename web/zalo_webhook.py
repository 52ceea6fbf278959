"""Where Zalo tells us what happened: believed only with its signature, kept before it is answered, answered at once.

An event is answered 200 when all that follows from it is committed. If that fails, Zalo tells it again after 30 s, 5,
15, 30 minutes and 1 h, and then switches the webhook off for everybody: what fails again and again is given up before.
"""

from __future__ import annotations

import asyncio
import logging

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from actions.zalo_reception import Heard
from channels.zalo.events import Happening
from channels.zalo.webhook import LARGEST, Probe, Stranger, receive
from web.guard import WEBHOOK
from web.zalo_desk import ZaloDesk

GIVEN_UP = 4
"""The repetition after which an event that cannot be dealt with is let go: the one after it would be the last."""
LATER = (2.0, 10.0)
"""Seconds after which a receipt is held against the outbox again: it may be faster than who sent the message."""

_log = logging.getLogger(__name__)


def zalo_routes(desk: ZaloDesk) -> APIRouter:
    """The webhook."""
    routes = APIRouter()
    waiting: set[asyncio.Task[None]] = set()  # a task that nobody holds may vanish

    @routes.post(WEBHOOK)
    async def told(request: Request) -> Response:
        try:
            signature = request.headers.get("x-zevent-signature", "")
            found = receive(await _body(request), signature, desk.signing, desk.clock())
        except Stranger as stranger:
            _log.warning("từ chối một lời gọi đến %s: %s", WEBHOOK, stranger)
            return Response(status_code=403)
        if isinstance(found, Probe):
            return Response(status_code=200)
        try:
            heard = await run_in_threadpool(desk.hear, found)
        except Exception:  # noqa: BLE001 - whatever is wrong with one event, the webhook stays open for the others
            return _failed(found, request.headers.get("num_retry", ""))
        if heard.unmatched:
            again = asyncio.create_task(_settled_later(desk, found))
            waiting.add(again)
            again.add_done_callback(waiting.discard)
        return Response(status_code=200, background=BackgroundTask(_answered, desk, heard))

    return routes


def _failed(found: Happening, retry: str) -> Response:
    """Nothing was kept: ask for it again, unless it has failed often enough."""
    tried = int(retry) if retry.isdecimal() else 0
    if tried < GIVEN_UP:
        _log.warning("chưa xử lý được sự kiện Zalo %s (lần %d); chờ Zalo gửi lại", found.id, tried, exc_info=True)
        return Response(status_code=503)
    _log.exception("bỏ qua sự kiện Zalo %s (%s): đã thử %d lần không được", found.id, found.what, tried)
    return Response(status_code=200)


async def _answered(desk: ZaloDesk, heard: Heard) -> None:
    """What is said once Zalo has its answer."""
    if heard.word is not None:
        await run_in_threadpool(desk.say, heard.word)


async def _settled_later(desk: ZaloDesk, found: Happening) -> None:
    """Apart from the answer: a server that stops waits for its answers, and must not wait for this."""
    for seconds in LATER:
        await asyncio.sleep(seconds)
        if await run_in_threadpool(desk.settle, found):
            return


async def _body(request: Request) -> bytes:
    """The bytes as they came. Raises Stranger before more is read than an event may have."""
    raw = b""
    async for piece in request.stream():
        raw += piece
        if len(raw) > LARGEST:
            raise Stranger("sự kiện quá lớn")
    return raw
