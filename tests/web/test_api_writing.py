"""What a program writes: by the same rules as everybody, and once however often it is sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import web.api.once
from actions.api_keys import Scope
from domain.clocktime import iso
from domain.ledger import Entry
from store import Session, reading, session
from store.api_answers import find as find_answer
from store.api_answers import forget_before
from store.ledger import entries, find, head
from store.verification import verify
from tests.stories.town import CODE, PLAN
from tests.web.api_client import Program, program, told
from tests.web.town_hall import HEAD, HUNG_VU, LEAD, MOMENT, MONITOR, NTM, UNDATED, TownHall, town_hall
from web.api.entries import LARGEST
from web.api.once import KEPT

REPORT: dict[str, Any] = {
    "directive": CODE,
    "metric": "giai-ngan",
    "value": "41%",
    "as_of": "2024-09-26",
    "subject": "da-02",
}
WORD: dict[str, Any] = {
    "directive": UNDATED,
    "metric": "tinh-hinh",
    "value": "Đã tuyên truyền ở 5 thôn.",
    "as_of": "2024-09-26",
}


@pytest.fixture(scope="module")
def hall(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    """One for all: each test reports on a project of its own."""
    home = tmp_path_factory.mktemp("ghi") / "home"
    with town_hall(prepared_home, home, api_per_minute="100000") as opened:
        yield opened


@pytest.fixture(scope="module")
def lead(hall: TownHall) -> Program:
    return program(hall, LEAD)


@pytest.fixture(scope="module")
def monitor(hall: TownHall) -> Program:
    return program(hall, MONITOR)


def count(hall: TownHall) -> int:
    with reading(hall.office.store) as opened:
        return head(opened).count


def entry(hall: TownHall, entry_id: str) -> Entry:
    with reading(hall.office.store) as opened:
        found = find(opened, entry_id)
    assert found is not None
    return found


def reported(by: Program, subject: str, value: str = "41%") -> str:
    answer = by.state("report", **{**REPORT, "subject": subject, "value": value, "yes": True})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["entry"])


def test_a_report_stands_in_the_ledger_under_the_name_of_the_person(hall: TownHall, lead: Program) -> None:
    answer = lead.state("report", **{**REPORT, "subject": "da-01", "evidence": "Báo cáo số 12", "yes": True})
    body = answer.json()
    assert (answer.status_code, body["seq"], body["recorded_at"]) == (201, count(hall), iso(MOMENT))
    stands = entry(hall, body["entry"])
    assert (stands.actor, stands.source, stands.evidence) == (LEAD, "API (Phần mềm kiểm thử)", "Báo cáo số 12")
    assert stands.value is not None
    assert str(stands.value.number) == "41"
    (row,) = [
        row
        for row in lead.read("/standings", directive=CODE)["standings"]
        if (row["milestone"], row["subject"]) == ("giai-ngan-40", "da-01")
    ]
    assert row["value"].startswith("41%")


def test_an_odd_figure_is_asked_about_and_saved_after_a_yes(hall: TownHall, lead: Program) -> None:
    before, odd = count(hall), {**REPORT, "subject": "da-03", "value": "0,1%"}
    reported(lead, "da-03", "42%")
    asked = lead.state("report", **odd)
    assert told(asked) == (409, "can-hoi-lai")
    assert any("lũy kế giảm" in finding for finding in asked.json()["findings"])
    assert count(hall) == before + 1
    assert lead.state("report", **odd, yes=True).status_code == 201


def test_what_others_answer_for_is_not_reported_by_their_key(hall: TownHall) -> None:
    stranger = program(hall, HUNG_VU)
    before = count(hall)
    for fields in ({"kind": "report", **REPORT}, {"kind": "report", **WORD}):
        answer = stranger.post("/entries", fields)
        assert answer.status_code in {404, 422}
        assert told(answer)[1] in {"khong-co", "bi-tu-choi"}
    assert count(hall) == before


def test_every_kind_of_statement_reaches_its_action(hall: TownHall, lead: Program, monitor: Program) -> None:
    first = reported(lead, "da-04", "30%")
    corrected = lead.state("correction", report=first, value="31%", reason="Gõ nhầm", yes=True)
    assert corrected.status_code == 201, corrected.text
    second = corrected.json()["entry"]
    assert told(lead.state("confirm", report=second)) == (422, "bi-tu-choi")
    assert monitor.state("return", report=second, reason="Thiếu chứng từ").status_code == 201
    third = reported(lead, "da-04", "32%")
    assert monitor.state("confirm", report=third).status_code == 201
    assert lead.state("acknowledge", directive=CODE).status_code == 201
    wish = {"directive": PLAN, "milestone": "giai-ngan-100", "to": "2025-01-31", "reason": "Chờ vốn"}
    asked = lead.state("extension_request", **wish)
    assert asked.status_code == 201, asked.text
    (waiting,) = lead.read("/requests")["requests"]
    assert (waiting["request"], waiting["day"], waiting["by"]) == (asked.json()["entry"], "2025-01-31", LEAD)
    refused = monitor.state("extension_refusal", request=waiting["request"], reason="Chưa đủ căn cứ")
    assert refused.status_code == 201
    again = lead.state("extension_request", **wish).json()["entry"]
    granted = monitor.state("extension_grant", request=again, to="2025-01-15")
    assert granted.status_code == 201, granted.text
    assert lead.read("/requests")["requests"] == []
    for kind in ("suspend", "resume", "cancel"):
        assert monitor.state(kind, directive=CODE, subject="da-09", reason="Theo văn bản").status_code == 201, kind
    kinds = [line["entry"]["kind"] for line in lead.read("/entries", after=count(hall) - 12)["entries"]]
    assert (
        kinds
        == [
            "report",
            "correction",
            "return",
            "report",
            "confirm",
            "acknowledge",
            "extension_request",
            "extension_refusal",
            "extension_request",
            "extension_grant",
            "suspend",
            "resume",
            "cancel",
        ][-12:]
    )


def test_an_event_may_be_fixed_ahead_only_by_the_rules(lead: Program) -> None:
    answer = lead.state("schedule", directive=PLAN, metric="giai-ngan", on="2024-10-14")
    assert told(answer) == (422, "bi-tu-choi")


def test_a_report_that_is_not_theirs_to_see_is_not_there(hall: TownHall, lead: Program) -> None:
    (ntm,) = [
        line["entry"]["id"]
        for line in lead.read("/entries", limit=1000)["entries"]
        if line["entry"]["directive"] == NTM and line["entry"]["kind"] in {"report", "plan", "enrol", "schedule"}
    ][:1]
    stranger = program(hall, HUNG_VU)
    for kind, fields in (
        ("confirm", {"report": ntm}),
        ("correction", {"report": ntm, "value": "1", "reason": "x"}),
        ("extension_grant", {"request": ntm}),
        ("acknowledge", {"directive": NTM}),
        ("suspend", {"directive": NTM, "reason": "x"}),
    ):
        assert told(stranger.state(kind, **fields)) == (404, "khong-co"), kind


# -------------------------------------------------------------------------------------------------------- only once


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


# ------------------------------------------------------------------------------------------------------- many at once


def test_each_row_has_a_result_of_its_own(hall: TownHall, lead: Program) -> None:
    before = count(hall)
    rows = [
        {**REPORT, "subject": "da-11", "value": "44%", "yes": True},
        {**REPORT, "subject": "da-11", "value": "40"},
        {**REPORT, "subject": "khong-co", "value": "44%"},
        {**WORD, "value": "Đã họp dân."},
        {**WORD, "as_of": "2024-02-30"},
        {**WORD, "la": 1},
        {"directive": "khong-co", "metric": "x", "value": "1", "as_of": "2024-09-26"},
        {**REPORT, "subject": "da-01", "value": "0,2%"},
    ]
    first, again = (lead.post("/records", {"records": rows}, "nhieu-dong") for _ in range(2))
    assert first.status_code == 200, first.text
    assert first.content == again.content
    body = first.json()
    fates = [(one["row"], one["status"]) for one in body["results"]]
    assert [fate for _, fate in fates] == [
        "recorded",
        "refused",
        "refused",
        "recorded",
        "refused",
        "refused",
        "refused",
        "asked",
    ]
    assert [row for row, _ in fates] == list(range(len(rows)))
    assert (body["recorded"], body["asked"], body["refused"]) == (2, 1, 5)
    assert count(hall) == before + 2
    assert "không ghi 40" in body["results"][1]["message"]
    assert body["results"][4]["errors"][0]["field"] == "as_of"
    assert body["results"][5]["errors"][0]["field"] == "la"
    assert "giảm" in body["results"][7]["findings"][0]
    with reading(hall.office.store) as opened:
        assert {one["entry"] for one in body["results"] if "entry" in one} <= {one.id for one in entries(opened)}
        assert verify(opened, hall.office.settings.head_file) == ()


def test_not_more_than_five_hundred_rows(lead: Program) -> None:
    assert told(lead.post("/records", {"records": [WORD] * 501})) == (422, "khong-hop-le")
    assert told(lead.post("/records", {"records": []})) == (422, "khong-hop-le")


def test_rows_of_somebody_else_s_work_are_refused_one_by_one(hall: TownHall) -> None:
    stranger = program(hall, HUNG_VU, Scope.WRITE)
    before = count(hall)
    answer = stranger.post("/records", {"records": [{**REPORT, "yes": True}, WORD]})
    assert [one["status"] for one in answer.json()["results"]] == ["refused", "refused"]
    assert count(hall) == before
    assert (
        program(hall, HEAD, Scope.WRITE)
        .post("/records", {"records": [WORD | {"value": "Xong thôn 6."}]})
        .json()["recorded"]
    )


# ---------------------------------------------------------------------------------------------------- what is refused

DEEP = b"[" * 100_000
BODIES = {
    b"": (400, "khong-doc-duoc"),
    b"{": (400, "khong-doc-duoc"),
    b"[]": (400, "khong-doc-duoc"),
    b"\xff\xfe{}": (400, "khong-doc-duoc"),
    b'{"kind":"report","value":NaN}': (400, "khong-doc-duoc"),
    b'{"kind":"report","value":-Infinity}': (400, "khong-doc-duoc"),
    b'{"kind":"report","kind":"cancel"}': (400, "khong-doc-duoc"),
    b'{"kind":"report","value":' + b"9" * 5000 + b"}": (400, "khong-doc-duoc"),
    b'{"kind":"report","value":1e99999999999999999999999}': (400, "khong-doc-duoc"),
    b'{"kind":"report","value":1e999999999}': (422, "khong-hop-le"),
    b'{"a":' * 9 + b"1" + b"}" * 9: (400, "khong-doc-duoc"),
    b'{"a":"' + b"\\ud800" + b'"}': (400, "khong-doc-duoc"),
    b'{"a":"\\u0000"}': (400, "khong-doc-duoc"),
    b'{"a":"\\u202e"}': (400, "khong-doc-duoc"),
    b'{"\\u0007":1}': (400, "khong-doc-duoc"),
    b'{"kind":"khong-co"}': (422, "khong-hop-le"),
    b'{"kind":["report"]}': (422, "khong-hop-le"),
    b"{}": (422, "khong-hop-le"),
    DEEP[:60_000]: (400, "khong-doc-duoc"),
    DEEP: (413, "qua-lon"),
    b" " * (LARGEST + 1): (413, "qua-lon"),
}


@pytest.mark.parametrize("raw", BODIES, ids=lambda raw: repr(raw[:40]))
def test_odd_bodies_are_refused_in_words(hall: TownHall, lead: Program, raw: bytes) -> None:
    before = count(hall)
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": "la"}
    assert told(lead.call("POST", "/entries", content=raw, headers=headers)) == BODIES[raw]
    assert count(hall) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"la": "x"},
        {"as_of": 1727308800},
        {"as_of": "2024-09-26T00:00:00"},
        {"yes": "true"},
        {"estimate": 1},
        {"value": 41},
        {"value": ""},
        {"value": "a" * 2001},
        {"subject": "Dự án"},
        {"evidence": ["x"]},
    ],
)
def test_fields_are_what_they_are_called(lead: Program, fields: dict[str, Any]) -> None:
    answer = lead.state("report", **{**REPORT, **fields})
    assert told(answer) == (422, "khong-hop-le")
    assert answer.json()["errors"]


def test_only_json_is_read(lead: Program) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": "bieu-mau"}
    assert told(lead.call("POST", "/entries", content=b"kind=report", headers=headers)) == (415, "khong-phai-json")


def test_who_has_no_key_is_not_read_at_all(hall: TownHall) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "x"}
    answer = Program(hall.app, None).call("POST", "/entries", content=b"{", headers=headers)
    assert told(answer) == (401, "chua-co-khoa")
