"""Who may call what of the API: every route, with every kind of key, as one table; reading it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.api_keys import LASTS, Scope, make, revoke
from tests.stories.town import CODE
from tests.web.api_client import Program, program, told
from tests.web.town_hall import LEAD, LEADER, MONITOR, VIEWER, TownHall, town_hall

ANYBODY = "anybody"
ROUTES: Mapping[tuple[str, str], tuple[str, Scope | str]] = {
    ("GET", "/directives"): ("/directives", Scope.READ),
    ("GET", "/directives/{code}"): (f"/directives/{CODE}", Scope.READ),
    ("GET", "/standings"): ("/standings", Scope.READ),
    ("GET", "/entries"): ("/entries", Scope.READ),
    ("POST", "/entries"): ("/entries", Scope.WRITE),
    ("POST", "/records"): ("/records", Scope.WRITE),
    ("GET", "/units"): ("/units", Scope.READ),
    ("GET", "/requests"): ("/requests", Scope.READ),
    ("GET", "/health"): ("/health", ANYBODY),
    ("GET", "/openapi.json"): ("/openapi.json", ANYBODY),
    ("GET", "/tai-lieu"): ("/tai-lieu", ANYBODY),
}
REPORT: Mapping[str, Any] = {
    "kind": "report",
    "directive": "khong-co",
    "metric": "x",
    "value": "1",
    "as_of": "2024-09-26",
}
"""Of a directive that is not there: who may write is told so, and nobody writes anything."""
NOTHING = "without a key", "with somebody's session", "forged", "expired", "revoked"


@pytest.fixture(scope="module")
def hall(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    with town_hall(prepared_home, tmp_path_factory.mktemp("api") / "home") as opened:
        opened.signed_in(LEAD)
        yield opened


def outside(hall: TownHall, what: str) -> Program:
    """A program that has no key, or none that is good."""
    both = (Scope.READ, Scope.WRITE)
    key, text = make(hall.office, "Phần mềm cũ", LEAD, both, "kiểm thử", hall.wall())
    match what:
        case "without a key":
            return Program(hall.app, None)
        case "with somebody's session":
            return Program(hall.app, None, {"Cookie": f"dondoc=key-of-{LEAD}"})
        case "forged":
            return Program(hall.app, text[:-1] + ("A" if text[-1] != "A" else "B"))
        case "expired":
            long_ago = hall.wall() - LASTS - timedelta(days=1)
            return Program(hall.app, make(hall.office, "Phần mềm cũ", LEAD, both, "kiểm thử", long_ago)[1])
        case _:
            assert revoke(hall.office, key.id, "kiểm thử", hall.wall())
            return Program(hall.app, text)


def called(by: Program, route: tuple[str, str]) -> Any:
    method, path = route[0], ROUTES[route][0]
    return by.get(path) if method == "GET" else by.post(path, {"records": [REPORT]} if path == "/records" else REPORT)


def test_every_route_is_in_the_table(hall: TownHall) -> None:
    routes = Program(hall.app, None).read("/openapi.json")["paths"]
    listed = {(method.upper(), path) for path, methods in routes.items() for method in methods}
    assert listed | {("GET", "/openapi.json"), ("GET", "/tai-lieu")} == set(ROUTES)


@pytest.mark.parametrize("what", NOTHING)
def test_without_a_good_key_every_route_but_the_open_ones_is_shut(hall: TownHall, what: str) -> None:
    program_ = outside(hall, what)
    for route, (path, scope) in ROUTES.items():
        answer = called(program_, route)
        if scope == ANYBODY:
            assert answer.status_code == 200, path
        else:
            assert told(answer)[0] in {401, 403}, path
            assert CODE not in answer.text


@pytest.mark.parametrize(("scope", "other"), [(Scope.READ, Scope.WRITE), (Scope.WRITE, Scope.READ)])
def test_a_key_opens_what_its_scope_says(hall: TownHall, scope: Scope, other: Scope) -> None:
    mine = program(hall, LEAD, scope)
    for route, (path, needed) in ROUTES.items():
        status = called(mine, route).status_code
        if needed == other:
            assert status == 403, path
        else:
            assert status in {200, 404, 409, 422}, path


@pytest.mark.parametrize("person", [LEAD, MONITOR, LEADER, VIEWER])
def test_reading_changes_nothing(hall: TownHall, person: str) -> None:
    mine = program(hall, person, Scope.READ)
    mine.read("/units")  # that a key is used is noted, hourly at most
    before = hall.everything()
    for route in ROUTES:
        if route[0] == "GET":
            assert called(mine, route).status_code == 200, route
    assert hall.everything() == before
