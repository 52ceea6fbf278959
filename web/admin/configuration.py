"""Cấu hình: the files as they stand, what is wrong with them, what adopting them would change, and the button."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from actions.configuring import ChangedMeanwhileError, adopt_seen, look
from config.reading import IncompleteError
from domain.access import Part
from domain.findings import Severity
from domain.workdays import OutsideCalendarError
from store import reading
from web.admin.differing import Done, differing, done
from web.admin.file_desk import files, notices
from web.admin.frame import PATH, admin_page
from web.callers import Caller
from web.house import House

SPOT = "cau-hinh"


def configuration(house: House) -> APIRouter:
    """The routes of the page."""
    routes, path = APIRouter(), f"{PATH}/{SPOT}"
    entering, acting = Depends(house.entering(Part.ADMIN)), Depends(house.acting(Part.ADMIN))

    @routes.api_route(path, methods=["GET", "HEAD"])
    def show(caller: Caller = entering) -> Response:
        return page_of_files(house, caller)

    @routes.post(f"{path}/ap-dung")
    def adopt(seen: Annotated[str, Form(max_length=64)] = "", caller: Caller = acting) -> Response:
        try:
            adopted = adopt_seen(house.office, seen, caller.person.code, caller.moment)
        except ChangedMeanwhileError as error:
            return page_of_files(house, caller, wrong=str(error))
        except (IncompleteError, OutsideCalendarError) as error:
            return page_of_files(house, caller, wrong=f"chưa áp dụng: {error}")
        return page_of_files(house, caller, adopted=done(adopted, caller.configuration, house.office.configuration()))

    return routes


def page_of_files(house: House, caller: Caller, *, adopted: Done | None = None, wrong: str = "") -> Response:
    """The page; `adopted`: what was just brought into force."""
    looked = look(house.office, caller.moment)
    with reading(house.office.store) as opened:
        listed = files(opened, looked)
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_configuration.j2",
        422 if wrong else 200,
        files=listed,
        notices=notices(house.office.settings.config_dir),
        folder=house.office.settings.config_dir,
        findings=looked.findings,
        errors=sum(one.severity is Severity.ERROR for one in looked.findings),
        differing=differing(looked.difference) if looked.difference else None,
        why=looked.why,
        mark=looked.mark,
        adopted=adopted,
        wrong=wrong,
    )
