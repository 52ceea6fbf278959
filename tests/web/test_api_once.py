"""A request counts once, however often it is sent, and whatever happens between the commit and the answer."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

import web.api.once
from store import Session, session
from store.api_answers import find as find_answer
from store.api_answers import forget_before
from tests.stories.town import CODE
from tests.web.api_client import Program, told
from tests.web.api_saying import REPORT, WORD, count
from tests.web.town_hall import TownHall
from web.api.once import KEPT


@pytest.fixture(scope="module")
def hall(writing: TownHall) -> TownHall:
    return writing


def test_the_same_request_is_answered_the_same_byte_for_byte(hall: TownHall, lead: Program) -> None:
    before = count(hall)
    answers = [lead.state("report", "mot-lan", **{**REPORT, "subject": "da-05", "yes": True}) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["content-type"] for answer in answers}) == 1
    assert count(hall) == before + 1


def test_a_refusal_is_an_answer_too(lead: Program) -> None:
    wrong = {**REPORT, "value": "141%", "yes": True}
    first, again = (lead.state("report", "tu-choi", **wrong) for _ in range(2))
    assert told(first) == told(again) == (422, "bi-tu-choi")
    assert first.content == again.content


def test_the_same_key_for_another_request_is_refused(hall: TownHall, lead: Program, monitor: Program) -> None:
    assert lead.state("report", "hai-viec", **WORD).status_code == 201
    before = count(hall)
    other = lead.state("report", "hai-viec", **{**WORD, "value": "Khác."})
    assert told(other) == (422, "khoa-lap-da-dung")
    assert told(lead.post("/records", {"records": [WORD]}, "hai-viec")) == (422, "khoa-lap-da-dung")
    assert count(hall) == before
    theirs = monitor.state("acknowledge", "hai-viec", directive=CODE)
    assert theirs.status_code in {201, 422}  # keys of one program are nothing to another
    assert told(theirs)[1] != "khoa-lap-da-dung" if theirs.status_code == 422 else theirs.json()["entry"]


@pytest.mark.parametrize("key", [None, "", "có dấu", "a" * 129, "a b"])
def test_a_request_that_writes_needs_an_idempotency_key(hall: TownHall, lead: Program, key: str | None) -> None:
    before = count(hall)
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    answer = lead.call("POST", "/entries", json={"kind": "report", **WORD}, headers=headers)
    assert told(answer) == (422, "khong-hop-le")
    assert answer.json()["errors"][0]["field"] == "header.Idempotency-Key"
    assert count(hall) == before


def test_of_two_that_arrive_at_once_one_is_done_and_both_are_answered(hall: TownHall, lead: Program) -> None:
    before, answers = count(hall), []
    together = threading.Barrier(4)

    def send() -> None:
        together.wait()
        answers.append(lead.state("report", "cung-luc", **{**REPORT, "subject": "da-06", "yes": True}))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert count(hall) == before + 1


class KilledError(Exception):
    """The process dies here: nobody hears the answer."""


def test_a_process_that_dies_after_the_commit_has_lost_nothing(
    hall: TownHall, lead: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = count(hall), web.api.once._under_lock

    def dies(*args: object) -> object:
        real(*args)  # type: ignore[arg-type]
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(web.api.once, "_under_lock", dies)
        answer = lead.state("report", "chet-sau", **{**REPORT, "subject": "da-07", "yes": True})
    assert told(answer) == (500, "loi-he-thong")
    assert count(hall) == before + 1
    again = lead.state("report", "chet-sau", **{**REPORT, "subject": "da-07", "yes": True})
    assert (again.status_code, again.json()["seq"]) == (201, before + 1)
    assert count(hall) == before + 1


def test_a_process_that_dies_before_the_commit_has_written_nothing(
    hall: TownHall, lead: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(hall)

    def dies(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(web.api.once, "keep", dies)
        answer = lead.state("report", "chet-truoc", **{**REPORT, "subject": "da-08", "yes": True})
    assert told(answer) == (500, "loi-he-thong")
    assert count(hall) == before
    again = lead.state("report", "chet-truoc", **{**REPORT, "subject": "da-08", "yes": True})
    assert (again.status_code, again.json()["seq"]) == (201, before + 1)


def test_when_the_answer_is_forgotten_a_retry_still_makes_no_second_entry(hall: TownHall, lead: Program) -> None:
    fields = {**REPORT, "subject": "da-10", "yes": True}
    first = lead.state("report", "cu", **fields)
    with session(hall.office.store) as opened:
        assert forget_before(opened, hall.wall() + timedelta(seconds=1)) > 0
    before = count(hall)
    again = lead.state("report", "cu", **fields)
    assert (again.status_code, again.content, count(hall)) == (201, first.content, before)
    with session(hall.office.store) as opened:
        forget_before(opened, hall.wall() + timedelta(seconds=1))
    assert told(lead.state("report", "cu", **{**fields, "value": "43%"})) == (422, "khoa-lap-da-dung")


def test_answers_are_kept_for_thirty_days(hall: TownHall, lead: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = find_answer

    def seen(session_: Session, key: str, idempotency: str, since: object) -> object:
        asked.append(hall.wall() - since)  # type: ignore[operator]
        return real(session_, key, idempotency, since)  # type: ignore[arg-type]

    monkeypatch.setattr(web.api.once, "find", seen)
    lead.state("acknowledge", directive=CODE)
    assert set(asked) == {KEPT} == {timedelta(days=30)}
