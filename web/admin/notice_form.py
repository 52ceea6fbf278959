"""Tệp văn bản: a file of directives typed or pasted, looked at with its plan, and only then written and adopted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Response

from actions.configuring import ChangedMeanwhileError
from actions.notice_review import BrokenTextError, Review, keep, review
from actions.notice_texts import LARGEST, NoticeText, UnfitTextError, stands, tidy
from domain.access import Part
from web.admin.configuration import SPOT, page_of_files
from web.admin.differing import differing, done
from web.admin.file_desk import notices
from web.admin.frame import PATH, admin_page
from web.admin.plan_desk import excerpts, planned
from web.admin.skeleton import SKELETON
from web.callers import Caller
from web.house import House

FORM = f"{PATH}/{SPOT}/tep"
WRITE = "ghi"
Text = Annotated[str, Form(max_length=LARGEST)]
Word = Annotated[str, Form(max_length=100)]


class Typed(NoticeText):
    """What the form holds: `digest` is that of the file it started from."""


def notice_form(house: House) -> APIRouter:
    """The routes of the form."""
    routes = APIRouter()
    entering, acting = Depends(house.entering(Part.ADMIN)), Depends(house.acting(Part.ADMIN))

    @routes.api_route(FORM, methods=["GET", "HEAD"])
    def form(name: Annotated[str, Query(alias="ten", max_length=100)] = "", caller: Caller = entering) -> Response:
        if not name:
            return _form(house, caller, Typed("", SKELETON, ""))
        try:
            found = stands(house.office.settings.config_dir, name)
        except UnfitTextError as error:
            return _form(house, caller, Typed("", SKELETON, ""), wrong=str(error))
        return _form(house, caller, Typed(found.name, found.text, found.digest))

    @routes.post(FORM)
    def post(
        name: Word = "", text: Text = "", base: Word = "", seen: Word = "", do: Word = "", caller: Caller = acting
    ) -> Response:
        typed = Typed(name.strip(), text, base)
        try:
            typed = Typed(typed.name, tidy(text), base)
            if do == WRITE:
                return _write(house, caller, typed, seen)
            return _form(house, caller, typed, review(house.office, typed.name, typed.text, caller.moment))
        except UnfitTextError as error:
            return _form(house, caller, typed, wrong=str(error))

    return routes


def _write(house: House, caller: Caller, typed: Typed, seen: str) -> Response:
    office, by, at = house.office, caller.person.code, caller.moment
    try:
        adopted = keep(office, typed.name, typed.text, base=typed.digest, seen=seen, by=by, at=at)
    except (ChangedMeanwhileError, BrokenTextError) as error:
        return _form(house, caller, typed, review(office, typed.name, typed.text, at), wrong=str(error))
    return page_of_files(house, caller, adopted=done(adopted, caller.configuration, office.configuration()))


def _form(house: House, caller: Caller, typed: Typed, looked: Review | None = None, *, wrong: str = "") -> Response:
    bad = bool(wrong) or (looked is not None and not looked.sound)
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_notice.j2",
        422 if bad else 200,
        typed=typed,
        looked=looked,
        findings=excerpts(looked.findings, typed.text) if looked else (),
        plan=planned(looked.plan) if looked else (),
        differing=differing(looked.difference) if looked and looked.difference else None,
        notices=notices(house.office.settings.config_dir),
        largest=LARGEST // 1024,
        wrong=wrong,
    )
