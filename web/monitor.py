"""Theo dõi: the monitor accepts results or sends them back, decides on later days, and sees where nothing is heard."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from pydantic import ValidationError

from actions.extend import Extended
from actions.record import RefusedError
from actions.requests import waiting
from actions.stating import Said
from domain.access import Part
from domain.findings import Finding
from domain.ledger import SealedEntry
from store import reading, session
from store.ledger import EntryConflictError
from web.callers import Caller
from web.house import House
from web.monitor_desk import monitored, pleas, reports, silences, unconfirmed
from web.paging import address, part
from web.plainly import plainly
from web.verdicts import SOURCE, VERDICTS, Decided, Verdict, about

PATH = "/theo-doi"
AT_ONCE = 200
"""Reports judged by one form."""
ON_A_PAGE = 30
"""Of reports, and of what is silent."""
REPORTS, SILENCES = "trang", "im-lang"
"""Of an address: which page of each."""

Text = Annotated[str, Form(max_length=2000)]


class Done(NamedTuple):
    """A decision as it stands in the ledger."""

    about: str
    sealed: SealedEntry
    findings: tuple[Finding, ...]


def monitor(house: House) -> APIRouter:
    """The routes of the room."""
    routes = APIRouter()
    entering, acting = Depends(house.entering(Part.MONITOR)), Depends(house.acting(Part.MONITOR))

    @routes.api_route(PATH, methods=["GET", "HEAD"])
    def desk(request: Request, caller: Caller = entering) -> Response:
        return _desk(house, caller, request.query_params)

    @routes.api_route(PATH + "/{entry}", methods=["GET", "HEAD"])
    def report(entry: str, caller: Caller = entering) -> Response:
        _, seen = house.seen(caller)
        those = [one for one in unconfirmed(monitored(caller.access, seen)) if one[1].figure.entry == entry]
        if not those:
            raise HTTPException(404)
        with reading(house.office.store) as opened:
            found = reports(opened, those, caller.person.code)
        return house.page(caller, PATH, "report.j2", one=found[0], fresh=fresh)

    @routes.post(PATH + "/{verdict}")
    def decide(
        verdict: str,
        those: Annotated[list[str], Form(alias="about", max_length=AT_ONCE)],
        entry: Text = "",
        day: Text = "",
        reason: Text = "",
        caller: Caller = acting,
    ) -> Response:
        if verdict not in VERDICTS:
            raise HTTPException(404)
        chosen = VERDICTS[verdict]
        outcomes = [_decide(house, caller, chosen, one, entry, day, reason) for one in dict.fromkeys(those)]
        return _told(house, caller, chosen.heading, outcomes)

    return routes


def fresh() -> str:
    """The id of a statement to be, made with its form: sent twice, it is one."""
    return f"web-{secrets.token_hex(8)}"


def _desk(house: House, caller: Caller, params: Mapping[str, str]) -> Response:
    book, seen = house.seen(caller)
    mine = monitored(caller.access, seen)
    shown, silent = params.get(REPORTS, ""), params.get(SILENCES, "")
    judged, unheard = part(unconfirmed(mine), shown, ON_A_PAGE), part(silences(mine), silent, ON_A_PAGE)
    with reading(house.office.store) as opened:
        told = judged.told(reports(opened, judged.rows, caller.person.code))
        asked = [request for request, _ in waiting(opened, caller.configuration, caller.moment)]
    return house.page(
        caller,
        PATH,
        "monitor.j2",
        as_of=caller.moment,
        reports=told,
        pleas=pleas(asked, mine, caller.person.code),
        silences=unheard,
        directives=len(mine),
        fresh=fresh,
        stale_days=book.configuration.rules.policy.stale_days,
        path=PATH,
        asked={REPORTS: shown, SILENCES: silent},
        address=address,
    )


def _decide(house: House, caller: Caller, verdict: Verdict, one: str, entry: str, day: str, reason: str) -> Done | str:
    """Record one decision, once however often its form is sent; or why not."""
    try:
        said = Said(id=_own(entry, one), by=caller.person.code, source=SOURCE, reason=reason)
        with session(house.office.store) as opened:
            done = verdict.deed(opened, caller, Decided(one, said, day))
    except (RefusedError, EntryConflictError) as error:
        return plainly(str(error))
    except ValidationError:
        return "phiếu không hợp lệ; đề nghị mở lại trang"
    sealed, findings = (done.sealed, done.findings) if isinstance(done, Extended) else (done, ())
    return Done(about(caller.configuration, sealed.entry), sealed, findings)


def _own(entry: str, one: str) -> str:
    """The id of what a form says of one of the things it is about."""
    return f"{entry}.{hashlib.sha256(one.encode()).hexdigest()[:12]}"


def _told(house: House, caller: Caller, heading: str, outcomes: Sequence[Done | str]) -> Response:
    done = [one for one in outcomes if isinstance(one, Done)]
    refused = [one for one in outcomes if isinstance(one, str)]
    return house.page(caller, PATH, "decided.j2", 422 if refused else 200, heading=heading, done=done, refused=refused)
