"""Who may call: keys of programs, their scopes and their end; how often; and what a cookie is worth here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.api_keys import LASTS, LONGEST, Scope, UnfitKeyError, make, revoke
from domain.clocktime import iso
from store import reading, session
from store.api_keys import ApiKey, add, find, keys
from tests.stories.town import CODE, PLAN
from tests.web.api_client import API, Program, program, told
from tests.web.town_hall import (
    FORMER,
    HUNG_VU,
    LEAD,
    LEADER,
    MONITOR,
    NTM,
    TAN_THANH,
    UNDATED,
    VIEWER,
    TownHall,
    town_hall,
)

REPORT = {"directive": CODE, "metric": "giai-ngan", "value": "41%", "as_of": "2024-09-26", "subject": "da-02"}


@pytest.fixture(scope="module")
def hall(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    """One for all: no test here writes into the ledger."""
    with town_hall(prepared_home, tmp_path_factory.mktemp("khoa") / "home") as opened:
        opened.signed_in(LEAD)
        yield opened


def stored(hall: TownHall, key: str) -> ApiKey:
    with reading(hall.office.store) as opened:
        found = find(opened, key.split("_")[1])
    assert found is not None
    return found


def test_a_key_is_shown_once_and_kept_as_a_hash(hall: TownHall) -> None:
    key, text = make(hall.office, " Kế toán ", LEAD, [Scope.WRITE, Scope.READ], "kiểm thử", hall.wall())
    assert text.startswith(f"dd_{key.id}_")
    assert (key.name, key.scopes, key.expires_at - key.made_at) == ("Kế toán", ("read", "write"), LASTS)
    assert key.used_at is None
    kept = b"".join(file.read_bytes() for file in hall.office.settings.home.glob("dondoc.sqlite*"))
    assert key.hash.encode() in kept
    assert text.rsplit("_", 1)[1].encode() not in kept
    with reading(hall.office.store) as opened:
        assert key in keys(opened)


def test_who_may_not_record_gets_no_key_to_write(hall: TownHall) -> None:
    for person in (LEADER, FORMER, "khong-ai"):
        with pytest.raises(UnfitKeyError, match=r"không có"):
            make(hall.office, "x", person, [Scope.WRITE], "kiểm thử", hall.wall())
    assert program(hall, VIEWER, Scope.READ).get("/directives").status_code == 200


@pytest.mark.parametrize("name", ["", " ", "a" * 81, "a\u202eb", "a\nb"])
def test_a_key_has_a_name_that_can_be_read(hall: TownHall, name: str) -> None:
    with pytest.raises(UnfitKeyError, match="tên khoá"):
        make(hall.office, name, LEAD, [Scope.READ], "kiểm thử", hall.wall())


@pytest.mark.parametrize("lasts", [timedelta(0), LONGEST + timedelta(days=1)])
def test_a_key_ends_some_day(hall: TownHall, lasts: timedelta) -> None:
    with pytest.raises(UnfitKeyError, match="ngày"):
        make(hall.office, "x", LEAD, [Scope.READ], "kiểm thử", hall.wall(), lasts)
    with pytest.raises(UnfitKeyError, match="quyền"):
        make(hall.office, "x", LEAD, [], "kiểm thử", hall.wall())


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer dd_000000000000_" + "A" * 43},
        {"Authorization": "Bearer ' OR 1=1 --"},
        {"Authorization": "Basic ZGQ6ZGQ="},
        {"Authorization": "Bearer dd_\xe1\xff"},
        {"Cookie": f"dondoc=key-of-{LEAD}"},
        {"X-Dondoc-Proxy": "x", "X-Remote-User": LEAD},
    ],
)
def test_without_a_good_key_nothing_is_told(hall: TownHall, shown: dict[str, str]) -> None:
    encoded = [(name.encode(), value.encode("latin-1")) for name, value in shown.items()]
    for path in ("/directives", f"/directives/{CODE}", "/standings", "/entries", "/units", "/requests"):
        answer = Program(hall.app, None).call("GET", path, headers=dict(encoded))
        assert told(answer) == (401, "chua-co-khoa")
        assert answer.headers["www-authenticate"].startswith('Bearer realm="dondoc"')
        assert "bac-son" not in answer.text
    assert Program(hall.app, None).state("report", **REPORT).status_code == 401


def test_a_wrong_secret_of_a_real_key_opens_nothing(hall: TownHall) -> None:
    good = program(hall, LEAD)
    assert good.key is not None
    bad = Program(hall.app, good.key[:-1] + ("A" if good.key[-1] != "A" else "B"))
    assert told(bad.get("/units")) == (401, "chua-co-khoa")
    assert good.get("/units").status_code == 200


def test_a_key_ends_by_itself_and_at_once_when_it_is_revoked(hall: TownHall) -> None:
    mine = program(hall, LEAD)
    assert mine.key is not None
    begun = hall.wall.moment
    try:
        hall.wall.moment = begun + LASTS
        late = mine.get("/units")
        assert told(late) == (401, "chua-co-khoa")
        assert "đã hết hạn ngày 29/11/2027" in late.json()["detail"]
    finally:
        hall.wall.moment = begun
    assert mine.get("/units").status_code == 200
    key_id = mine.key.split("_")[1]
    assert revoke(hall.office, key_id, "kiểm thử", hall.wall())
    assert not revoke(hall.office, key_id, "kiểm thử", hall.wall())
    assert "đã bị thu hồi" in mine.get("/units").json()["detail"]


def test_use_is_noted_hourly_at_most(hall: TownHall) -> None:
    mine, begun = program(hall, LEAD), hall.wall.moment
    assert mine.key is not None
    noted = []
    try:
        for minutes in (0, 30, 61):
            hall.wall.moment = begun + timedelta(minutes=minutes)
            mine.get("/units")
            noted.append(stored(hall, mine.key).used_at)
    finally:
        hall.wall.moment = begun
    assert noted == [begun, begun, begun + timedelta(minutes=61)]


def test_a_key_does_what_its_scopes_say(hall: TownHall) -> None:
    reader, writer = program(hall, LEAD, Scope.READ), program(hall, LEAD, Scope.WRITE)
    refused = reader.state("report", **REPORT)
    assert told(refused) == (403, "khong-co-quyen")
    assert 'error="insufficient_scope", scope="write"' in refused.headers["www-authenticate"]
    assert told(reader.post("/records", {"records": [REPORT]})) == (403, "khong-co-quyen")
    assert told(writer.get("/entries")) == (403, "khong-co-quyen")


def handed_to(hall: TownHall, mine: Program, person: str, key_id: str) -> Program:
    """The same key as if it had been made for somebody else."""
    assert mine.key is not None
    theirs = stored(hall, mine.key).model_copy(update={"id": key_id, "person": person})
    with session(hall.office.store) as opened:
        add(opened, theirs)
    return Program(hall.app, f"dd_{key_id}_{mine.key.split('_', 2)[2]}")


def test_who_lost_their_post_is_out_with_their_keys(hall: TownHall) -> None:
    former = handed_to(hall, program(hall, LEAD), FORMER, "0" * 12)
    assert told(former.get("/directives")) == (403, "khong-co-quyen")


def test_who_may_not_record_any_more_does_not_write_by_an_old_key(hall: TownHall) -> None:
    leader = handed_to(hall, program(hall, LEAD), LEADER, "1" * 12)
    assert leader.get("/directives").status_code == 200
    assert told(leader.state("report", **REPORT)) == (403, "khong-co-quyen")


@pytest.mark.parametrize("person", [LEAD, MONITOR, VIEWER, TAN_THANH, HUNG_VU])
def test_a_program_sees_what_its_person_sees_and_no_more(hall: TownHall, person: str) -> None:
    mine = program(hall, person, Scope.READ)
    seen = {row["code"] for row in mine.read("/directives")["directives"]}
    book = hall.office.overlook()
    if person in {LEAD, MONITOR, VIEWER}:
        assert seen == {CODE, PLAN, NTM, UNDATED}
    for code in book.situations:
        status = mine.get(f"/directives/{code}").status_code
        assert status == (200 if code in seen else 404), code
        assert mine.get("/standings", directive=code).status_code == status
    assert {row["directive"] for row in mine.read("/standings")["standings"]} <= seen
    told_of = {row["entry"]["directive"] for page in mine.pages("/entries", "entries") for row in page}
    assert told_of <= seen
    assert {row["directive"] for row in mine.read("/requests")["requests"]} <= seen


def test_somebody_of_one_commune_does_not_see_what_is_another_s(hall: TownHall) -> None:
    mine = program(hall, HUNG_VU, Scope.READ)
    assert NTM not in {row["code"] for row in mine.read("/directives")["directives"]}
    assert told(mine.get(f"/directives/{NTM}")) == (404, "khong-co")
    assert mine.get(f"/directives/{NTM}").json()["detail"] == mine.get("/directives/khong-co").json()["detail"].replace(
        "khong-co", NTM
    )


def test_who_calls_too_often_is_told_when_to_come_back(prepared_home: Path, tmp_path: Path) -> None:
    with town_hall(prepared_home, tmp_path / "it", api_per_minute="3") as hall:
        mine, other = program(hall, LEAD), program(hall, MONITOR)
        assert [mine.get("/units").status_code for _ in range(4)] == [200, 200, 200, 429]
        held = mine.get("/units")
        assert told(held) == (429, "qua-nhieu")
        assert held.headers["retry-after"] == "20"
        assert other.get("/units").status_code == 200
        hall.wall.moment += timedelta(seconds=20)
        assert [mine.get("/units").status_code for _ in range(2)] == [200, 429]


def test_the_answers_may_not_be_read_by_another_site(hall: TownHall) -> None:
    mine = program(hall, LEAD)
    answer = mine.call("GET", "/units", headers={"Origin": "https://khac.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["x-content-type-options"] == "nosniff"
    asked = {"Origin": "https://khac.example", "Access-Control-Request-Method": "POST"}
    assert told(Program(hall.app, None).call("OPTIONS", "/entries", headers=asked)) == (405, "sai-phuong-thuc")


def test_a_sign_of_life_needs_no_key_and_tells_of_nobody(hall: TownHall) -> None:
    answer = Program(hall.app, None).get("/health")
    assert answer.status_code == 200
    assert set(answer.json()) == {"status", "version"}
    assert API.startswith("/api")
    assert iso(hall.wall()).endswith("+07:00")
