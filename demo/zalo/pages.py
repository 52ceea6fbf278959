"""The stand-in's page: everybody's phone, with what stands on it, and their fingers to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.zalo.account import WEEK, Account
from demo.zalo.people import Bubble, Reader
from domain import vietnamese as vn
from domain.clocktime import local_date

_PAGES = Path(__file__).parent / "pages"
LONGEST = 2000


@dataclass(frozen=True)
class Contact:
    """One line of the list of phones."""

    reader: Reader
    last: Bubble | None
    count: int


def pages(account: Account, web_address: str | None = None) -> APIRouter:
    """The list and the phones; `web_address` is linked as the way back."""
    routes = APIRouter()

    def shown(chosen: Reader | None) -> Response:
        bubbles = account.bubbles.of(chosen.user) if chosen else ()
        return _page(
            contacts=_contacts(account),
            chosen=chosen,
            days=list(_by_day(bubbles)),
            until=_until(chosen),
            now=account.clock(),
            web_address=web_address,
        )

    @routes.get("/")
    def listed() -> Response:
        return shown(None)

    @routes.get("/may/{user}")
    def phone(user: str) -> Response:
        reader = _found(account, user)
        account.seen(user)
        return shown(reader)

    @routes.get("/zalo.css")
    def style() -> Response:
        return FileResponse(_PAGES / "zalo.css", media_type="text/css")

    return routes


def fingers(account: Account) -> APIRouter:
    """What a person does on their phone: write, press a button, follow or cease to."""
    routes = APIRouter()

    @routes.post("/may/{user}/tra-loi")
    def reply(user: str, text: Annotated[str, Form()] = "") -> Response:
        said = vn.nfc(text).strip()[:LONGEST]
        if _found(account, user).follows and said:
            account.says(user, said)
            account.await_answer(user)
        return _back(user)

    @routes.post("/may/{user}/nut")
    def press(user: str, payload: Annotated[str, Form()] = "") -> Response:
        _found(account, user)
        if payload:
            account.says(user, payload[:LONGEST], shown=False)
            account.await_answer(user)
        return _back(user)

    @routes.post("/may/{user}/quan-tam")
    def follow(user: str) -> Response:
        account.follows(user, not _found(account, user).follows)
        account.await_answer(user)
        return _back(user)

    return routes


def _contacts(account: Account) -> list[Contact]:
    """The last written to first."""
    owned = [(reader, account.bubbles.of(reader.user)) for reader in account.readers.values()]
    rows = [Contact(reader, bubbles[-1] if bubbles else None, len(bubbles)) for reader, bubbles in owned]
    return sorted(
        rows, key=lambda row: (row.last is None, -row.last.at.timestamp() if row.last else 0, row.reader.name)
    )


def _by_day(bubbles: tuple[Bubble, ...]) -> Iterator[tuple[str, list[Bubble]]]:
    for day, those in groupby(bubbles, key=lambda one: local_date(one.at)):
        yield vn.day(day), list(those)


def _until(reader: Reader | None) -> datetime | None:
    """Until when consultation messages reach them."""
    return reader.heard + WEEK if reader and reader.heard else None


def _found(account: Account, user: str) -> Reader:
    reader = account.readers.get(user)
    if reader is None:
        raise HTTPException(404, "Không có người này.")
    return reader


def _back(user: str) -> Response:
    return RedirectResponse(f"/may/{user}#cuoi", status_code=303)


def _page(**facts: object) -> Response:
    return HTMLResponse(vn.nfc(_environment().get_template("phones.j2").render(facts)))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"moment": vn.moment, "clock": _clock, "stamp": _stamp, "gist": _gist}
    return environment


def _clock(at: datetime) -> str:
    return vn.moment(at).partition(" ")[0]


def _stamp(at: datetime, now: datetime) -> str:
    """The hour of today's messages, the day of older ones."""
    return _clock(at) if local_date(at) == local_date(now) else vn.day(local_date(at))


def _gist(text: str) -> str:
    """What a message is about, without the lines that each begins with."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("MINH HOẠ:", "Kính gửi:"))]
    return " ".join(lines) or text
