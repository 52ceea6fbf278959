"""Pages and recording under twenty visitors at once, against bare FastAPI routes that run one SELECT or one INSERT.

The office has a thousand directives, twenty thousand subject-milestones and two hundred thousand entries, on SQLite, as
`dondoc up` serves it: one process for its pages, one for the bare routes, the visitors in a third. Ways take turns in
every round, so that each has its peer beside it; figures are medians of the rounds. `--small`: a fifth of the office,
which has as many units as there are visitors, and two rounds, to try it.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode

from actions.sign_in import hashed
from bench.common.measured import Figure, Ratio, seconds, show
from bench.common.served import BARE, OFFICE, served
from bench.common.thousand import DIRECTIVES, PER_PROJECT, PROJECTS, SECRET, STEPS, Visitor, Visitors, settle_in
from bench.common.visiting import Request, request, visited
from web.ticket import Ticket, issue

TOGETHER = 20
"""Visitors at once, each signed in for a unit of their own."""
ROUNDS, PAGES, STATEMENTS = 6, 10, 5
"""Rounds; what each visitor asks for in one, and records in one."""
PAGE_LIMIT, RECORDING_LIMIT = 5, 3
"""Times the peer's p95."""


class Way(NamedTuple):
    """Something that is asked of a server."""

    key: str
    label: str
    server: str
    ask: Callable[[Visitor, int], Request]
    """The request of that number of a visitor."""
    peer: str = ""
    """The way it is held against."""


class Waited(NamedTuple):
    """How long answers of one round took, in milliseconds."""

    p50: float
    p95: float


Found = Mapping[str, Sequence[Waited]]


def page(path: str, shows: str) -> Callable[[Visitor, int], Request]:
    """Of a page; {} in its address and in what it shows is a directive of the visitor's."""

    def ask(visitor: Visitor, number: int) -> Request:
        code = visitor.directives[number % len(visitor.directives)]
        return request("GET", path.format(code), {"cookie": f"dondoc={visitor.token}"}, b"", shows.format(code))

    return ask


def bare_page(visitor: Visitor, number: int) -> Request:
    """The newest entries of a directive of the visitor's."""
    code = visitor.directives[number % len(visitor.directives)]
    return request("GET", f"/{code}", {}, b"", code)


class Figures:
    """Statements, each another one: on every project of a visitor in turn, a little more each time."""

    def __init__(self) -> None:
        self._numbers = count()

    def _next(self, visitor: Visitor, number: int) -> dict[str, str]:
        code, project = visitor.directives[number % len(visitor.directives)], number // len(visitor.directives)
        where = {"directive": code, "metric": "giai-ngan", "subject": f"da-{project % PROJECTS:02}"}
        return {**where, "value": f"{37 + next(self._numbers) / 10_000}%".replace(".", ",")}

    def form(self, visitor: Visitor, number: int) -> Request:
        """By the form on the page of who carries the work out."""
        said, session = self._next(visitor, number), {"cookie": f"dondoc={visitor.token}"}
        entry = f"web-bench-{next(self._numbers)}"
        ticket = Ticket(entry, said["directive"], "giai-ngan-40", said["metric"], said["subject"])
        typed = {"ticket": issue(SECRET, hashed(visitor.token), ticket), "value": said["value"], "as_of": "1/10/2024"}
        headers = {**session, "content-type": "application/x-www-form-urlencoded"}
        return request("POST", "/viec", headers, urlencode(typed).encode(), entry)

    def api(self, visitor: Visitor, number: int) -> Request:
        """By a program."""
        said = {**self._next(visitor, number), "kind": "report", "as_of": "2024-10-01"}
        headers = {"authorization": f"Bearer {visitor.key}", "idempotency-key": str(next(self._numbers))}
        return request("POST", "/api/v1/entries", _json(headers), json.dumps(said).encode(), '"hash"')

    def bare(self, visitor: Visitor, number: int) -> Request:
        """A row of the size of an entry."""
        said = self._next(visitor, number)
        row = {"id": f"bare-{next(self._numbers)}", "directive": said["directive"], "body": json.dumps(said) * 3}
        return request("POST", "/", _json({}), json.dumps(row).encode(), row["id"])


def _json(headers: Mapping[str, str]) -> dict[str, str]:
    return {**headers, "content-type": "application/json"}


def ways() -> tuple[Way, ...]:
    """The bare SELECT and the pages, then the bare INSERT and the recording."""
    figures = Figures()
    return (
        Way("select", "bare route, one SELECT", BARE, bare_page),
        Way("home", "/viec, home of who carries work out", OFFICE, page("/viec", "Việc của"), "select"),
        Way("monitor", "/theo-doi, home of who monitors", OFFICE, page("/theo-doi", "chờ xác nhận"), "select"),
        Way("directive", "/nhiem-vu/…, a directive", OFFICE, page("/nhiem-vu/{}", "{}/ghi"), "select"),
        Way("units", "/don-vi, all units", OFFICE, page("/don-vi", "Đơn vị don-vi-000"), "select"),
        Way("insert", "bare route, one INSERT", BARE, figures.bare),
        Way("form", "POST /viec, recording by the form", OFFICE, figures.form, "insert"),
        Way("api", "POST /api/v1/entries, recording by a program", OFFICE, figures.api, "insert"),
    )


def measured(asked: Sequence[Way], visitors: Visitors, ports: Mapping[str, int], rounds: int) -> Found:
    """Way → what was waited in each round."""
    found: dict[str, list[Waited]] = {way.key: [] for way in asked}
    for number in range(rounds):
        for way in asked:
            gc.collect()
            found[way.key].append(_round(way, visitors, ports[way.server], number))
    return found


def _round(way: Way, visitors: Visitors, port: int, number: int) -> Waited:
    """The same visitors at every way of a kind: who monitors sees all, who carries work out records."""
    people = visitors.monitors if way.key in _BY_MONITORS else visitors.leads
    many = STATEMENTS if "insert" in (way.key, way.peer) else PAGES
    numbers = range(number * many, (number + 1) * many)
    each = [[way.ask(people[who % len(people)], one) for one in numbers] for who in range(TOGETHER)]
    taken = visited(port, each)
    return Waited(median(taken), quantiles(taken, n=20)[-1])


_BY_MONITORS = {"monitor", "units"}


def figures_of(asked: Sequence[Way], found: Found) -> Iterator[Figure]:
    """The waiting at each way."""
    for way in asked:
        yield Figure(f"{way.key}_p50", f"{way.label}: p50", median(one.p50 for one in found[way.key]), "ms")
        yield Figure(f"{way.key}_p95", f"{way.label}: p95", median(one.p95 for one in found[way.key]), "ms")


def ratios_of(asked: Sequence[Way], found: Found) -> Iterator[Ratio]:
    """Medians of the rounds' own ratios: a round in which the machine was busy elsewhere slows all ways alike."""
    for way in asked:
        if way.peer:
            pairs = list(zip(found[way.key], found[way.peer], strict=True))
            limit = PAGE_LIMIT if way.peer == "select" else RECORDING_LIMIT
            middle, late = (
                median(getattr(one, name) / getattr(peer, name) for one, peer in pairs) for name in Waited._fields
            )
            yield Ratio(f"{way.key}_p50_against_{way.peer}", f"{way.label}: p50 against its peer", middle)
            yield Ratio(f"{way.key}_p95_against_{way.peer}", f"{way.label}: p95 against its peer", late, at_most=limit)


def main(directives: int, rounds: int) -> None:
    """Measure and print."""
    asked = ways()
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        home = Path(folder)
        visitors = settle_in(home, directives)
        with served(OFFICE, home) as office, served(BARE, home) as bare:
            ports = {OFFICE: office, BARE: bare}
            first = seconds(lambda: visited(office, [[asked[1].ask(visitors.leads[0], 0)]]))
            found = measured(asked, visitors, ports, rounds)
    entries = directives * PROJECTS * PER_PROJECT
    show(
        "web",
        f"{directives:,} directives, {directives * PROJECTS * STEPS:,} subject-milestones, {entries:,} entries, "
        f"{TOGETHER} visitors at once, {rounds} rounds, loopback",
        [*figures_of(asked, found), Figure("first_page", "the first page, on which all is looked at", first, "s")],
        list(ratios_of(asked, found)),
    )


if __name__ == "__main__":
    small = "--small" in sys.argv
    main(DIRECTIVES // 5 if small else DIRECTIVES, 2 if small else ROUNDS)
