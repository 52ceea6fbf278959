"""What a program reads: directives, standings at any day as known at any moment, the ledger with its chain."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actions.evaluate import situation, situations
from actions.status import status_rows
from domain.clocktime import at, iso, last_instant
from domain.ledger import Entry, EntryKind
from store import reading, session
from store.ledger import append, entries, head
from store.ledger_pages import page_after
from tests.stories.town import CODE, PLAN
from tests.web.api_client import Program, program, told
from tests.web.browsing import Reading
from tests.web.town_hall import LEAD, MOMENT, MONITOR, NTM, TAN_THANH, UNDATED, TownHall
from web.api.application import api_app
from web.guard import HEADERS


@pytest.fixture(scope="module")
def hall(writing: TownHall) -> TownHall:
    return writing


def codes(answer: Any) -> list[str]:
    return [row["code"] for row in answer["directives"]]


def test_directives_come_by_code_in_pages_and_are_found_as_on_the_pages(lead: Program) -> None:
    assert codes(lead.read("/directives")) == sorted([CODE, PLAN, NTM, UNDATED])
    pages = list(lead.pages("/directives", "directives", limit=1))
    assert [row["code"] for page in pages for row in page] == sorted([CODE, PLAN, NTM, UNDATED])
    assert codes(lead.read("/directives", text="KHỞI công mới")) == [CODE]
    assert codes(lead.read("/directives", text="khong-co-o-dau")) == []
    assert codes(lead.read("/directives", notice="khong-co")) == []
    assert UNDATED in codes(lead.read("/directives", official="no_due"))
    assert CODE not in codes(lead.read("/directives", official="no_due"))
    assert CODE in codes(lead.read("/directives", unit="ubnd-huyen-bac-son"))
    assert codes(lead.read("/directives", unit="khong-co")) == []


def test_a_directive_comes_with_plan_standings_and_findings(hall: TownHall, lead: Program) -> None:
    whole = lead.read(f"/directives/{CODE}")
    found = hall.office.overlook().situation(CODE)
    assert whole["standings"] == status_rows([found])
    assert {"2024-06-30", "2024-09-30", "2024-12-31"} <= {one["due"]["nominal"] for one in whole["milestones"]}
    assert whole["milestones"][0]["due"]["overdue_after"] == "2024-07-01T00:00:00+07:00"
    assert len(whole["subjects"]) == 12
    assert isinstance(whole["findings"], list)


def test_standings_are_those_of_the_command(hall: TownHall, lead: Program) -> None:
    now = lead.read("/standings")
    assert now["as_of"] == now["known_at"] == iso(MOMENT)
    rows = status_rows(hall.office.overlook().situations.values())
    assert sorted(now["standings"], key=str) == sorted(rows, key=str)
    walked = [row for page in lead.pages("/standings", "standings", limit=1) for row in page]
    assert walked == now["standings"]


@pytest.mark.parametrize(
    ("as_of", "known_at"), [("2024-06-30", None), ("2024-06-30", "2024-09-26"), ("2024-09-01T08:00:00Z", "2024-05-01")]
)
def test_standings_of_a_day_as_known_at_another(
    hall: TownHall, lead: Program, as_of: str, known_at: str | None
) -> None:
    moments = {"2024-09-01T08:00:00Z": at(date(2024, 9, 1)) + timedelta(hours=15)}
    then = moments.get(as_of) or last_instant(date.fromisoformat(as_of))
    known = last_instant(date.fromisoformat(known_at)) if known_at else None
    asked = {"as_of": as_of, **({"known_at": known_at} if known_at else {})}
    with reading(hall.office.store) as opened:
        rows = status_rows(situations(opened, hall.office.configuration(), then, known).values())
    answer = lead.read("/standings", **asked)
    assert sorted(answer["standings"], key=str) == sorted(rows, key=str)
    assert (answer["as_of"], answer["known_at"]) == (iso(then), iso(known or then))


def test_what_was_known_later_makes_a_difference(lead: Program) -> None:
    asked = {"as_of": "2024-09-26", "directive": CODE}
    then, before = (lead.read("/standings", **asked, **more) for more in ({}, {"known_at": "2024-05-31"}))
    assert then["standings"] != before["standings"]


def test_the_ledger_is_read_in_order_and_its_chain_can_be_proved(hall: TownHall, lead: Program) -> None:
    lines = [line for page in lead.pages("/entries", "entries", limit=17) for line in page]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    previous = "0" * 64
    for line in lines:
        assert line["previous"] == previous
        text = f'{{"entry":{line["canonical"]},"previous":"{previous}","seq":{line["seq"]}}}'
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert line["hash"] == previous
    with reading(hall.office.store) as opened:
        end, known = head(opened), entries(opened)
    assert (end.count, end.hash) == (len(lines), previous)
    assert [line["entry"]["id"] for line in lines] == [entry.id for entry in known]
    assert {line["entry"]["recorded_at"][-6:] for line in lines} == {"+07:00"}
    numbers = [line["entry"]["value"]["number"] for line in lines if line["entry"]["value"]]
    assert all(isinstance(number, str | None) for number in numbers)


def note(number: int, directive: str) -> Entry:
    return Entry(
        id=f"ghi-chu-{number}",
        kind=EntryKind.NOTE,
        directive=directive,
        as_of=MOMENT.date(),
        recorded_at=MOMENT,
        actor=LEAD,
        source="kiểm thử",
        text="Đã họp.",
    )


def test_walking_the_ledger_gives_each_entry_once_though_others_are_written_meanwhile(hall: TownHall) -> None:
    by_directive = st.lists(st.sampled_from([CODE, PLAN, NTM, UNDATED]), max_size=3)
    steps = st.lists(by_directive, min_size=1, max_size=3)
    numbers = iter(range(10_000))

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=steps, limit=st.integers(9, 40), seen=st.sampled_from([None, {CODE}, {CODE, NTM}, set[str]()]))
    def walk(steps: list[list[str]], limit: int, seen: set[str] | None) -> None:
        found, after, writes = [], 0, iter(steps)
        while True:
            with reading(hall.office.store) as opened:
                page = page_after(opened, after, limit, seen)
            if not page:
                break
            found += [line.seq for line in page]
            after = page[-1].seq
            with session(hall.office.store) as opened:
                for directive in next(writes, ()):
                    append(opened, note(next(numbers), directive))
        with reading(hall.office.store) as opened:
            whole = page_after(opened, 0, 100_000)
        wanted = [line.seq for line in whole if seen is None or Entry.model_validate_json(line.body).directive in seen]
        assert found == wanted

    walk()


def test_the_pages_of_the_api_go_on_where_they_ended(hall: TownHall, lead: Program) -> None:
    first = lead.read("/entries", limit=5)
    assert [line["seq"] for line in first["entries"]] == [1, 2, 3, 4, 5]
    assert first["next"] == 5
    last = lead.read("/entries", after=first["count"])
    assert (last["entries"], last["next"]) == ([], None)
    with session(hall.office.store) as opened:
        append(opened, note(99_999, CODE))
    (fresh,) = lead.read("/entries", after=first["count"])["entries"]
    assert fresh["entry"]["id"] == "ghi-chu-99999"


def test_what_has_not_changed_is_not_sent_again(hall: TownHall, lead: Program) -> None:
    paths = ["/directives", f"/directives/{CODE}", "/standings", "/entries", "/units", "/requests"]
    tags = {path: lead.get(path).headers["etag"] for path in paths}
    assert len(set(tags.values())) == len(paths)
    for path, tag in tags.items():
        again = lead.call("GET", path, headers={"If-None-Match": f'"khac", W/{tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
        assert again.headers["cache-control"] == "private, no-cache"
    assert program(hall, MONITOR).get("/units").headers["etag"] != tags["/units"]
    with session(hall.office.store) as opened:
        append(opened, note(88_888, CODE))
    for path, tag in tags.items():
        assert lead.call("GET", path, headers={"If-None-Match": tag}).status_code == 200, path


def test_units_come_with_their_years_and_successors(lead: Program) -> None:
    found = lead.read("/units")
    (district,) = [unit for unit in found["units"] if unit["code"] == "ubnd-huyen-bac-son"]
    assert district["name"].startswith("UBND huyện")
    assert district["valid_to"] == "2025-06-30"
    assert district["successors"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/standings", {"as_of": "2024-02-30"}),
        ("/standings", {"as_of": "20240630"}),
        ("/standings", {"as_of": "2024-06-30T08:00:00"}),
        ("/standings", {"as_of": "2024-06-30T25:00:00+07:00"}),
        ("/standings", {"as_of": "1999-12-31"}),
        ("/standings", {"known_at": "2199-12-31"}),
        ("/standings", {"as_of": "0001-01-01T00:00:00+14:00"}),
        ("/entries", {"after": "-1"}),
        ("/entries", {"after": "1e3"}),
        ("/entries", {"after": "9" * 30}),
        ("/entries", {"limit": "0"}),
        ("/entries", {"limit": "1001"}),
        ("/entries", {"sau": "1"}),
        ("/directives", {"official": "xong"}),
        ("/directives", {"text": "a" * 201}),
        ("/directives", {"unit": "Sai Mã"}),
        ("/directives/Sai%20M%C3%A3", {}),
        ("/directives/%00", {}),
    ],
)
def test_a_wrong_question_is_answered_in_words(lead: Program, path: str, query: dict[str, str]) -> None:
    answer = lead.get(path, **query)
    assert told(answer) == (422, "khong-hop-le")
    assert re.search("[à-ỹđ]", answer.json()["detail"] + str(answer.json().get("errors")))


def test_unknown_addresses_and_methods_are_problems_too(lead: Program) -> None:
    assert told(lead.get("/khong-co")) == (404, "khong-co")
    assert told(lead.call("DELETE", "/entries")) == (405, "sai-phuong-thuc")
    assert told(lead.get("/docs")) == (404, "khong-co")


def test_the_guide_tells_every_call_kind_and_problem_without_a_script(hall: TownHall) -> None:
    answer = Program(hall.app, None).get("/tai-lieu")
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    page = Reading(answer.text)
    assert "script" not in page.tags
    document = Program(hall.app, None).read("/openapi.json")
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page.words
    for kind in document["components"]["schemas"]["Statement"]["discriminator"]["mapping"]:
        assert kind in page.words
    assert "bi-tu-choi" in page.words


def test_the_document_says_that_a_key_is_needed_and_what_refusals_look_like(hall: TownHall) -> None:
    document = Program(hall.app, None).read("/openapi.json")
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for told_of in methods.values():
            assert ("security" in told_of) == (path != "/health"), path
            refusals = [one for status, one in told_of["responses"].items() if status >= "400"]
            assert all(set(one["content"]) == {"application/problem+json"} for one in refusals)
    assert document == api_app(hall.office, hall.wall).openapi()


def test_a_person_of_a_commune_reads_only_the_entries_of_its_work(hall: TownHall) -> None:
    mine = program(hall, TAN_THANH)
    seen = {row["code"] for row in mine.read("/directives")["directives"]}
    lines = [line for page in mine.pages("/entries", "entries", limit=7) for line in page]
    with reading(hall.office.store) as opened:
        known = [entry.id for entry in entries(opened) if entry.directive in seen]
        assert situation(opened, hall.office.configuration(), NTM, MOMENT).directive.code in seen
    assert [line["entry"]["id"] for line in lines] == known
