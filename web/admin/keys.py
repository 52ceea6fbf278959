"""Khoá API: by which keys programs read and write, for whom; a new one is shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response

from actions.api_keys import Scope, UnfitKeyError, make, revoke
from domain.access import Part
from domain.vietnamese import nfc
from store import reading
from store.api_keys import ApiKey
from store.api_keys import keys as all_keys
from web.admin.frame import PATH, admin_page
from web.callers import Caller
from web.house import House

SPOT = "khoa"
SCOPES = {Scope.READ.value: "đọc", Scope.WRITE.value: "ghi"}
DAYS = 365
Word = Annotated[str, Form(max_length=100)]


def keys(house: House) -> APIRouter:
    """The routes of the page."""
    routes, path = APIRouter(), f"{PATH}/{SPOT}"
    entering, acting = Depends(house.entering(Part.ADMIN)), Depends(house.acting(Part.ADMIN))

    @routes.api_route(path, methods=["GET", "HEAD"])
    def show(caller: Caller = entering) -> Response:
        return _page(house, caller)

    @routes.post(f"{path}/cap")
    def give(
        name: Word = "",
        person: Word = "",
        scopes: Annotated[list[Scope], Form(alias="scope", max_length=4)] = [],  # noqa: B006 - FastAPI copies it
        days: Annotated[int, Form()] = DAYS,
        caller: Caller = acting,
    ) -> Response:
        lasts, by = timedelta(days=min(max(days, 0), 10_000)), caller.person.code
        try:
            key, token = make(house.office, name, nfc(person).strip(), scopes, by, house.callers.wall(), lasts)
        except UnfitKeyError as error:
            return _page(house, caller, wrong=str(error))
        return _page(house, caller, made=key, token=token)

    @routes.post(f"{path}/thu-hoi")
    def take_back(key: Word = "", caller: Caller = acting) -> Response:
        with reading(house.office.store) as opened:
            if key not in {one.id for one in all_keys(opened)}:
                raise HTTPException(404)
        revoked = revoke(house.office, key, caller.person.code, house.callers.wall())
        return _page(house, caller, done="Đã thu hồi khoá." if revoked else "Khoá đã được thu hồi từ trước.")

    return routes


def _page(
    house: House, caller: Caller, *, made: ApiKey | None = None, token: str = "", done: str = "", wrong: str = ""
) -> Response:
    with reading(house.office.store) as opened:
        found = all_keys(opened)
    people = caller.configuration.rules.office.people
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_keys.j2",
        422 if wrong else 200,
        keys=found,
        names={one.code: one.name for one in people},
        people=people,
        scopes=SCOPES,
        wall=house.callers.wall(),
        days=DAYS,
        made=made,
        token=token,
        done=done,
        wrong=wrong,
    )
