"""A table to record many results at once: each row is one statement, all of it or nothing, and no row stops another.

Saved by the action that saves single statements many at a time. A row with an odd figure is asked about first; sent
again, what stands already is given back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from actions.record_many import record_many
from actions.sheet_saving import responsible
from config.pages import DIRECTIVES
from domain import vietnamese as vn
from domain.access import Part
from domain.clocktime import local_date
from domain.figures import read_value
from domain.ledger import Entry, EntryKind, SealedEntry
from domain.plausible import questions
from domain.situation import Situation
from domain.vietnamese import UnreadableError
from store import reading, session
from store.appending import recorded
from web.callers import Caller, NotTheirsError
from web.form import read_day
from web.house import House
from web.office_noted import SOURCE, capital
from web.paging import address, part
from web.plainly import plainly
from web.recording_rows import DAY, Row, blank, misread, typed

ON_A_PAGE = 40
"""Rows of one form: what a browser sends stays well below what is accepted."""


def table_routes(house: House) -> APIRouter:
    """The routes of the table."""
    routes = APIRouter()
    entering, acting = Depends(house.entering(Part.LOOK)), Depends(house.acting(Part.LOOK))

    @routes.api_route(DIRECTIVES + "/{code}/ghi", methods=["GET", "HEAD"])
    def show(request: Request, code: str, caller: Caller = entering) -> Response:
        found = house.situation(caller, code)
        rows = blank(found, caller.person.code, house.secret, caller.binding)
        if not rows:
            raise NotTheirsError("Đồng chí không phải người ghi kết quả của nhiệm vụ này, hoặc không còn gì để ghi.")
        shown = part(rows, request.query_params.get("trang", ""), ON_A_PAGE)
        return _page(house, caller, found, shown.rows, vn.day(local_date(caller.moment)), part=shown)

    @routes.post(DIRECTIVES + "/{code}/ghi")
    async def take(request: Request, code: str, caller: Caller = acting) -> Response:
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return await run_in_threadpool(_take, house, caller, code, form)

    return routes


def _take(house: House, caller: Caller, code: str, form: Mapping[str, str]) -> Response:
    found = house.situation(caller, code)
    rows = typed(found, form, house.secret, caller.binding)
    shared = form.get(DAY, "").strip()
    done = _saved(house, caller, found, [row for row in rows if row.value], shared)
    status = 422 if any(row.findings for row in done) else 200
    return _page(house, caller, found, done, shared, status, sent=True)


def _saved(house: House, caller: Caller, found: Situation, rows: Sequence[Row], shared: str) -> list[Row]:
    """Each row with what became of it."""
    read = [_entry(row, caller, found, shared) for row in rows]
    entries = {row.entry: one for row, one in zip(rows, read, strict=True) if isinstance(one, Entry)}
    with reading(house.office.store) as opened:
        stand = recorded(opened, entries)
    asked = {
        row.entry: tuple(finding.message for finding in questions(found, entries[row.entry]))
        for row in rows
        if row.entry in entries and row.entry not in stand and not row.sure
    }
    wanted = [one for one in entries.values() if not asked.get(one.id)]
    with session(house.office.store) as opened:
        done = record_many(opened, caller.configuration, found.directive.code, wanted, caller.moment, responsible)
    return [
        _outcome(row, one, asked.get(row.entry, ()), done.get(row.entry)) for row, one in zip(rows, read, strict=True)
    ]


def _outcome(row: Row, read: Entry | tuple[str, ...], asked: tuple[str, ...], done: SealedEntry | str | None) -> Row:
    if isinstance(done, SealedEntry):
        return replace(row, saved=done.hash)
    said = read if not isinstance(read, Entry) else (plainly(done),) if done else asked
    return replace(row, findings=tuple(map(capital, said)), ask=done is None and bool(asked))


def _entry(row: Row, caller: Caller, found: Situation, shared: str) -> Entry | tuple[str, ...]:
    """The statement of a row, or why it cannot be read."""
    wrong, day = misread(row, shared), read_day(row.day or shared)
    try:
        value = read_value(row.value, row.metric)
    except UnreadableError as error:
        return (*wrong, str(error))
    if wrong or day is None:
        return wrong
    return Entry(
        id=row.entry,
        kind=EntryKind.REPORT,
        directive=found.directive.code,
        metric=row.metric.id,
        subject=row.subject or None,
        value=value,
        as_of=day,
        recorded_at=caller.moment,
        actor=caller.person.code,
        source=SOURCE,
        evidence=row.evidence or None,
    )


def _page(
    house: House,
    caller: Caller,
    found: Situation,
    rows: Sequence[Row],
    shared: str,
    status: int = 200,
    **facts: object,
) -> Response:
    known = {"sent": False, "part": None, **facts}
    return house.page(
        caller,
        DIRECTIVES,
        "recording.j2",
        status,
        directive=found.directive,
        saved=[row for row in rows if row.saved],
        rows=[row for row in rows if not row.saved],
        shared=shared,
        day_field=DAY,
        path=f"{DIRECTIVES}/{found.directive.code}/ghi",
        address=address,
        **known,
    )
