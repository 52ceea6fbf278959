"""Bảng tính: a sheet to fill in, sent back; every row is shown with what it would change before anything is saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Response, UploadFile

from actions.sheet_lines import Fate, Line, Sender
from actions.sheet_making import sheet_for
from actions.sheet_rows import units_of
from actions.sheet_saving import Preview, preview, save, shown_name
from domain.access import Part
from domain.clocktime import local, local_date
from reports.xlsx_file import LARGEST, UnusableFileError
from store import reading, session
from store.uploads import Upload, content_of, keep, uploads
from web.callers import Caller
from web.house import House

PATH = "/bang-tinh"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 300
"""Rows of one fate on a page; with more new ones they are saved all together."""


@dataclass(frozen=True)
class Row:
    """A row of the file, on the page."""

    row: str
    cell: str
    what: str
    before: str
    after: str
    faults: tuple[str, ...]


def sheets(house: House) -> APIRouter:
    """The routes of the room."""
    routes = APIRouter()
    entering, acting = Depends(house.entering(Part.OWN)), Depends(house.acting(Part.OWN))

    @routes.api_route(PATH, methods=["GET", "HEAD"])
    def desk(caller: Caller = entering) -> Response:
        return _desk(house, caller)

    @routes.api_route(f"{PATH}/tai", methods=["GET", "HEAD"])
    def take(caller: Caller = entering) -> Response:
        return _sheet(house, caller)

    @routes.post(PATH)
    def bring(file: UploadFile, caller: Caller = acting) -> Response:
        content = file.file.read(LARGEST + 1)
        return _shown(house, caller, content, file.filename or "")

    @routes.post(f"{PATH}/luu")
    def write(
        upload: Annotated[str, Form(max_length=64)] = "",
        rows: Annotated[list[str], Form(max_length=2 * MOST_SHOWN)] = [],  # noqa: B006 - read once, by FastAPI
        every: Annotated[str, Form(max_length=2)] = "",
        caller: Caller = acting,
    ) -> Response:
        return _saved(house, caller, upload, None if every else frozenset(rows))

    return routes


def _desk(house: House, caller: Caller, wrong: str = "", status: int = 200) -> Response:
    with reading(house.office.store) as opened:
        earlier = uploads(opened, caller.person.code)
    return house.page(caller, PATH, "sheets.j2", status, wrong=wrong, earlier=earlier[:20], largest=LARGEST // 2**20)


def _sheet(house: House, caller: Caller) -> Response:
    """What the caller may record now, to be filled in."""
    office = caller.configuration.rules.office
    units = units_of(office, caller.person.code, local_date(caller.moment))
    with reading(house.office.store) as opened:
        content = sheet_for(opened, caller.configuration, units, caller.person.name, caller.moment)
    name = quote(f"{caller.person.code}-{local(caller.moment):%Y%m%d}.xlsx")
    return Response(content, media_type=XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})


def _shown(house: House, caller: Caller, content: bytes, name: str) -> Response:
    """What the file would change; it is kept for the next step, and nothing of it stands in the ledger."""
    sender = Sender(caller.person.code, caller.moment)
    try:
        with reading(house.office.store) as opened:
            found = preview(opened, caller.configuration, content, sender)
    except UnusableFileError as error:
        return _desk(house, caller, str(error), 422)
    with session(house.office.store) as opened:
        keep(opened, Upload(found.hash, sender.person, shown_name(name), sender.moment, {}, None), content)
    return _page(house, caller, found, shown_name(name), saved=False)


def _saved(house: House, caller: Caller, digest: str, chosen: frozenset[str] | None) -> Response:
    """The chosen rows of a file shown before, or all that are new and raise no question."""
    with reading(house.office.store) as opened:
        content = content_of(opened, digest, caller.person.code)
    if content is None:
        raise HTTPException(404)
    sender = Sender(caller.person.code, caller.moment)
    found = save(house.office.store, caller.configuration, content, "", sender, chosen)
    return _page(house, caller, found, "", saved=True)


def _page(house: House, caller: Caller, found: Preview, name: str, *, saved: bool) -> Response:
    rows = {fate: [_row(line) for line in found.of(fate)] for fate in Fate}
    status = 422 if saved and rows[Fate.REFUSED] else 200
    return house.page(
        caller,
        PATH,
        "sheet_rows.j2",
        status,
        name=name,
        hash=found.hash,
        saved=saved,
        rows=rows,
        counts=Counter(line.fate for line in found.lines),
        most=MOST_SHOWN,
    )


def _row(line: Line) -> Row:
    faults = tuple(str(fault) for fault in line.faults)
    return Row(line.row, line.cell, line.what, line.before, line.after, faults)
