"""Kênh gửi: how each channel is set up and doing, the switch of all sending, and one message to try a channel out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response

from actions.switching import NoSuchScopeError, Scope, let_go_on, switch_off, switch_on
from actions.trying import End, try_out
from domain.access import Part
from domain.vietnamese import nfc
from store import Session, reading, session
from web.admin.channel_desk import STOPS, lines, stops
from web.admin.frame import PATH, admin_page
from web.callers import Caller
from web.house import House

SPOT = "kenh"
Word = Annotated[str, Form(max_length=100)]
Reason = Annotated[str, Form(max_length=500)]


def channels(house: House) -> APIRouter:
    """The routes of the page."""
    routes, path = APIRouter(), f"{PATH}/{SPOT}"
    entering, acting = Depends(house.entering(Part.ADMIN)), Depends(house.acting(Part.ADMIN))

    @routes.api_route(path, methods=["GET", "HEAD"])
    def show(caller: Caller = entering) -> Response:
        return _page(house, caller)

    @routes.post(f"{path}/thu")
    def trial(channel: Word = "", caller: Caller = acting) -> Response:
        return _try(house, caller, channel)

    @routes.post(f"{path}/dung")
    def stop(channel: Word = "", reason: Reason = "", caller: Caller = acting) -> Response:
        return _stop(house, caller, Scope(channel), nfc(reason).strip())

    @routes.post(f"{path}/gui-lai")
    def go_on(channel: Word = "", person: Word = "", caller: Caller = acting) -> Response:
        """Lift the stops of exactly that scope; without a channel the switch of all sending, and only that."""
        return _go_on(house, caller, Scope(channel, person))

    return routes


def _try(house: House, caller: Caller, code: str) -> Response:
    """One message to the caller, to nobody else."""
    channel = next((one for one in caller.configuration.channels if one.code == code), None)
    if channel is None:
        raise HTTPException(404)
    done = try_out(house.office, code, caller.person, house.callers.wall())
    where = f" tới {done.address}" if done.address else ""
    said, well = f"Tin thử qua {channel.name}{where}: {done.said}.", done.end is End.ACCEPTED
    return _page(house, caller, done=said if well else "", wrong="" if well else said)


def _stop(house: House, caller: Caller, scope: Scope, why: str) -> Response:
    if not why:
        return _page(house, caller, wrong="Chưa dừng gửi: đề nghị nêu lý do.")
    try:
        with session(house.office.store) as opened:
            new = switch_off(opened, caller.configuration, scope, f"{caller.person.code}: {why}", caller.moment)
    except NoSuchScopeError as error:
        raise HTTPException(404) from error
    said = "Đã dừng gửi: không thông điệp nào được gửi thêm." if new else "Việc gửi đã dừng từ trước."
    return _page(house, caller, done=said)


def _go_on(house: House, caller: Caller, scope: Scope) -> Response:
    try:
        with session(house.office.store) as opened:
            lifted = _lift(opened, caller, scope)
    except NoSuchScopeError as error:
        raise HTTPException(404) from error
    said = "Đã cho gửi lại; lời nhắc còn chờ sẽ đi ở lượt gửi tới." if lifted else "Không có gì đang tạm dừng ở đó."
    return _page(house, caller, done=said)


def _lift(opened: Session, caller: Caller, scope: Scope) -> int:
    if scope == Scope():
        return let_go_on(opened, caller.moment, caller.person.code)
    return switch_on(opened, caller.configuration, scope, caller.moment, caller.person.code)


def _page(house: House, caller: Caller, *, done: str = "", wrong: str = "") -> Response:
    at = caller.moment
    with reading(house.office.store) as opened:
        found, standing = lines(opened, caller.configuration, at), stops(opened, caller.configuration, at)
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_channels.j2",
        422 if wrong else 200,
        lines=found,
        stops=standing,
        kinds=STOPS,
        off=next((one for one in standing if not one.stop.channel and not one.stop.person), None),
        own=caller.person,
        done=done,
        wrong=wrong,
    )
