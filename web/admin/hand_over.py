"""Bàn giao: open work of a unit is proposed to others, looked through row by row, and confirmed or withdrawn."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response

from actions.hand_over import choose, propose, reviewed, withdraw
from actions.hand_over_confirm import confirm
from actions.record import RefusedError
from actions.stating import Said
from domain.access import Part
from domain.vietnamese import nfc
from store import reading, session
from store.hand_overs import find, listed
from web.admin.frame import PATH, admin_page
from web.admin.hand_over_desk import Chosen, chosen, laid_out, summary
from web.callers import Caller
from web.form import read_day
from web.house import House
from web.plainly import plainly
from web.verdicts import SOURCE

SPOT = "ban-giao"
BASE = f"{PATH}/{SPOT}"
Word = Annotated[str, Form(max_length=100)]
Reason = Annotated[str, Form(max_length=2000)]
Words = Annotated[list[str], Form(max_length=2000)]


def hand_over(house: House) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter()
    entering, acting = Depends(house.entering(Part.ADMIN)), Depends(house.acting(Part.ADMIN))

    @routes.api_route(BASE, methods=["GET", "HEAD"])
    def show(caller: Caller = entering) -> Response:
        return _list(house, caller)

    @routes.api_route(BASE + "/{proposal}", methods=["GET", "HEAD"])
    def one(proposal: str, caller: Caller = entering) -> Response:
        return _one(house, caller, proposal)

    @routes.post(BASE)
    def make(
        unit: Word = "", day: Word = "", reason: Reason = "", entry: Word = "", caller: Caller = acting
    ) -> Response:
        return _propose(house, caller, unit.strip(), day, Said(entry, caller.person.code, SOURCE, nfc(reason).strip()))

    @routes.post(BASE + "/{proposal}/chon")
    def set_rows(proposal: str, number: Words, choice: Words, other: Words, caller: Caller = acting) -> Response:
        return _choose(house, caller, proposal, chosen(number, choice, other))

    @routes.post(BASE + "/{proposal}/{verdict}")
    def decide(proposal: str, verdict: str, evidence: Reason = "", caller: Caller = acting) -> Response:
        if verdict not in {"xac-nhan", "rut-lai"}:
            raise HTTPException(404)
        return _decide(house, caller, proposal, nfc(evidence).strip() or None, withdrawn=verdict == "rut-lai")

    return routes


def _propose(house: House, caller: Caller, unit: str, day: str, said: Said) -> Response:
    first = read_day(day)
    if first is None:
        return _list(house, caller, wrong=f"chưa đọc được ngày “{day}”; cần dạng 01/7/2025")
    try:
        with session(house.office.store) as opened:
            done = propose(opened, caller.configuration, (unit,), first, said, caller.moment)
    except RefusedError as error:
        return _list(house, caller, wrong=plainly(str(error)))
    notes = [one.message for one in done.findings]
    return _one(house, caller, done.proposal.id, done="Đã lập đề xuất; chưa ghi gì vào sổ.", notes=notes)


def _choose(house: House, caller: Caller, proposal: str, wanted: tuple[Chosen, ...]) -> Response:
    """Every row, or none: half a choice would look like a whole one."""
    notes: list[str] = []
    try:
        with session(house.office.store) as opened:
            rows = {row.number: row for row in reviewed(opened, proposal).rows}
            for one in wanted:
                row = rows.get(one.number)
                if row is not None and (row.receivers, row.left_out) == (one.receivers, one.left_out):
                    continue
                if one.receivers or one.left_out:
                    by, at = caller.person.code, caller.moment
                    found = choose(opened, caller.configuration, proposal, one.number, one.receivers, by, at)
                    notes = [finding.message for finding in found.findings]
    except RefusedError as error:
        return _one(house, caller, proposal, wrong=plainly(str(error)))
    return _one(house, caller, proposal, done="Đã lưu lựa chọn.", notes=notes)


def _decide(house: House, caller: Caller, proposal: str, evidence: str | None, *, withdrawn: bool) -> Response:
    by, at = caller.person.code, caller.moment
    try:
        with session(house.office.store) as opened:
            if withdrawn:
                withdraw(opened, caller.configuration, proposal, by, at)
                said = "Đã rút đề xuất; sổ không có gì thay đổi."
            else:
                words = Said(proposal, by, SOURCE, None, evidence)
                sealed = confirm(opened, caller.configuration, proposal, words, at)
                said = f"Đã ghi {len(sealed)} bút toán bàn giao vào sổ."
    except RefusedError as error:
        return _one(house, caller, proposal, wrong=plainly(str(error)))
    return _one(house, caller, proposal, done=said)


def _list(house: House, caller: Caller, *, wrong: str = "") -> Response:
    office = caller.configuration.rules.office
    with reading(house.office.store) as opened:
        found = [summary(one, office) for one in reversed(listed(opened))]
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_hand_overs.j2",
        422 if wrong else 200,
        proposals=found,
        units=office.units,
        groups=office.groups,
        entry=f"ban-giao-{secrets.token_hex(6)}",
        path=BASE,
        wrong=wrong,
    )


def _one(
    house: House, caller: Caller, proposal: str, *, done: str = "", wrong: str = "", notes: list[str] | None = None
) -> Response:
    with reading(house.office.store) as opened:
        found = find(opened, proposal)
    if found is None:
        raise HTTPException(404)
    book, _ = house.seen(caller)
    office = caller.configuration.rules.office
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_hand_over.j2",
        422 if wrong else 200,
        proposal=summary(found, office),
        groups=laid_out(found, book),
        units=[unit for unit in office.units if unit.valid.holds(found.day)],
        path=f"{BASE}/{found.id}",
        done=done,
        wrong=wrong,
        notes=notes or [],
    )
