"""The admin's room is the admin's: nobody else opens a page, and no form counts without the seal of its session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from store import reading
from store.stops import open_stops
from tests.web.admin_folder import made, seal_of
from tests.web.town_hall import ADMIN, FORMER, LEAD, LEADER, MONITOR, VIEWER, TownHall, town_hall
from web.admin.frame import PATH, SPOTS

PAGES = (PATH, f"{PATH}/tuan-tra", f"{PATH}/cau-hinh/tep", *(spot.path for spot in SPOTS))


@pytest.fixture(scope="module")
def hall(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    """One for all: nothing here may change it."""
    folder = tmp_path_factory.mktemp("quan-tri")
    made(folder / "config")
    with town_hall(prepared_home, folder / "home", config_dir=str(folder / "config")) as opened:
        yield opened


def posts(hall: TownHall) -> list[str]:
    """The address of every form of the room."""
    routes = [one for one in _flat(hall.app.routes) if one.path.startswith(PATH) and "POST" in (one.methods or ())]
    named = {"{proposal}": "ban-giao-1", "{verdict}": "xac-nhan"}
    found = []
    for route in routes:
        path = route.path
        for name, value in named.items():
            path = path.replace(name, value)
        assert "{" not in path, "a form with a parameter the test does not know"
        found.append(path)
    return found


def _flat(routes: Sequence[object]) -> list[APIRoute]:
    found: list[APIRoute] = []
    for one in routes:
        inner = getattr(getattr(one, "original_router", None), "routes", None) or getattr(one, "routes", None)
        if isinstance(one, APIRoute):
            found.append(one)
        elif inner:
            found += _flat(list(inner))
    return found


def dump(hall: TownHall) -> list[str]:
    """Everything in the database."""
    raw = hall.office.store.engine.raw_connection()
    try:
        return list(raw.driver_connection.iterdump())  # type: ignore[union-attr]
    finally:
        raw.close()


@pytest.mark.parametrize("person", [LEAD, MONITOR, LEADER, VIEWER])
def test_nobody_else_opens_a_page_or_sends_a_form(hall: TownHall, person: str) -> None:
    browser = hall.signed_in(person)
    for page in PAGES:
        assert browser.get(page).status_code == 403, page
    for form in posts(hall):
        assert browser.post(form, {"dau": seal_of(hall, browser)}).status_code == 403, form


def test_who_is_not_signed_in_is_led_to_the_door(hall: TownHall) -> None:
    nobody, former = hall.anybody(), hall.signed_in(FORMER)
    for page in PAGES:
        for browser in (nobody, former):
            answer = browser.get(page)
            assert (answer.status_code, answer.headers["location"][:5]) == (303, "/vao?"), page
    assert {nobody.post(form, {}).status_code for form in posts(hall)} == {401}


def test_every_page_opens_for_the_admin_and_changes_nothing(hall: TownHall) -> None:
    browser = hall.signed_in(ADMIN)
    before = dump(hall)
    for page in PAGES:
        answer = browser.get(page)
        assert (answer.status_code, len(answer.content) < 300_000) == (200, True), page
        assert "<script" not in answer.text
    assert dump(hall) == before


def test_no_form_counts_without_the_seal_of_its_own_session(hall: TownHall) -> None:
    browser, forms = hall.signed_in(ADMIN), posts(hall)
    other = hall.signed_in(LEAD)
    assert len(forms) >= 12
    before = dump(hall)
    for form in forms:
        fields = {"reason": "x", "channel": "email", "person": LEAD, "name": "a.yaml", "text": "a: b\n", "do": "ghi"}
        rows = {"number": "1", "choice": "x", "other": ""}
        for seal in ({}, {"dau": "0" * 64}, {"dau": seal_of(hall, other)}):
            assert browser.post(form, {**fields, **rows, **seal}).status_code == 403, (form, seal)
    assert dump(hall) == before
    with reading(hall.office.store) as opened:
        assert not open_stops(opened)
