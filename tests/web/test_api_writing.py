"""What a program writes: by the same rules as everybody, one statement or many at once."""

from __future__ import annotations

import pytest

from actions.api_keys import Scope
from domain.clocktime import iso
from store import reading
from store.ledger import entries
from store.verification import verify
from tests.stories.town import CODE, PLAN
from tests.web.api_client import Program, program, told
from tests.web.api_saying import REPORT, WORD, count, entry, reported
from tests.web.town_hall import HEAD, HUNG_VU, LEAD, MOMENT, NTM, TAN_THANH, TownHall


@pytest.fixture(scope="module")
def hall(writing: TownHall) -> TownHall:
    return writing


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


def test_a_request_on_what_is_not_theirs_to_see_is_not_listed(hall: TownHall) -> None:
    commune, other = program(hall, TAN_THANH), program(hall, HUNG_VU)
    wish = {"directive": NTM, "milestone": "dat-chuan", "to": "2025-03-01", "reason": "Chờ thẩm định"}
    assert commune.state("extension_request", **wish).status_code == 201
    assert [row["directive"] for row in commune.read("/requests")["requests"]] == [NTM]
    assert NTM not in {row["directive"] for row in other.read("/requests")["requests"]}


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
