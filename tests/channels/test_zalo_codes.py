"""Every documented code of Zalo, at a real server, becomes the outcome it should."""

from __future__ import annotations

import unicodedata
from datetime import date, time, timedelta

import pytest
from pydantic import SecretStr

from channels.letter import Outcome, RefusedPermanently, TryLater, Unauthorised, UsedUp
from channels.zalo.bot import ZaloBot
from channels.zalo.codes import TABLE, Door, Verdict, meaning
from channels.zalo.oa import ZaloOa
from channels.zalo.oauth import NotRenewed, ZaloApp, renew
from channels.zalo.speaker import Speaker
from channels.zalo.wire import Patience
from channels.zalo.zbs import ZaloTemplate
from demo.zalo.faults import Fault
from demo.zalo.standin import APP_ID
from domain.clocktime import at
from tests.channels.zalo_office import AS_TEMPLATE, MORNING, PHONE, USER, said, zalo, zalo_office

# As Zalo's documents and their transcriptions have them, by what follows.
OA = {
    Verdict.LATER: "-32 -200 -214",
    Verdict.MESSAGE: "-100 -201 -210 -233 -240 -249 -403 -1340 -1341",
    Verdict.ADMIN: "-204 -205 -209 -212 -219 -221 -223 -224 -235 -237 -238 -241 -242 -248 -320 -321",
    Verdict.QUOTA: "-211",
    Verdict.FULL: "-218 -311",
    Verdict.PERSON: "-213 -217 -227 -230 -232 -244 -305",
    Verdict.TOKEN: "-216 216 401 -401 -220",
    Verdict.NIGHT: "-234",
}
ZBS = {
    Verdict.LATER: "-100",
    Verdict.ADMIN: (
        "-101 -102 -103 -104 -105 -115 -117 -120 -1201 -1202 -138 -145 -1241 -125 -131 -135 -1351 -136 -1381 -137 -146 "
        "-123 -128 -129 -142 -143 -151 -152"
    ),
    Verdict.MESSAGE: (
        "-106 -107 -109 -1091 -111 -112 -1121 -1122 -1123 -1124 -113 -1131 -116 -121 -122 -130 -132 -153 -126 -127 "
        "-148 -149 -1491 -150 -158 -159 -161 -162"
    ),
    Verdict.PERSON: "-108 -110 -114 -118 -119 -134 -139 -140 -141",
    Verdict.TOKEN: "-124",
    Verdict.NIGHT: "-133",
    Verdict.QUOTA: "-144 -147 -1441 -160",
    Verdict.FULL: "-1471 -1472",
}
OAUTH = {Verdict.ADMIN: "-14002 -14003 -14012 -14024 -14014 -14020 -118", Verdict.LATER: "-32"}
BOT = {
    Verdict.MESSAGE: "400",
    Verdict.ADMIN: "401",
    Verdict.LATER: "403 408 502 504",
    Verdict.PERSON: "404",
    Verdict.QUOTA: "429",
}
STATUS = {Verdict.TOKEN: "401", Verdict.LATER: "429 503", Verdict.UNKNOWN: "500 502 504", Verdict.ADMIN: "302 307"}


def rows(documented: dict[Verdict, str]) -> list[tuple[int, Verdict]]:
    return [(int(code), verdict) for verdict, codes in documented.items() for code in codes.split()]


def fits(outcome: Outcome, verdict: Verdict) -> bool:
    """Whether the outcome leads to the next step that the verdict asks for."""
    match verdict:
        case Verdict.ADMIN | Verdict.TOKEN:
            return isinstance(outcome, Unauthorised)
        case Verdict.PERSON | Verdict.MESSAGE:
            return isinstance(outcome, RefusedPermanently) and outcome.address is (verdict is Verdict.PERSON)
        case Verdict.UNKNOWN:
            return isinstance(outcome, TryLater) and outcome.perhaps_arrived
        case _:
            if not isinstance(outcome, TryLater) or outcome.perhaps_arrived:
                return False
            used_up = {Verdict.QUOTA: UsedUp.CHANNEL, Verdict.FULL: UsedUp.PERSON}.get(verdict)
            return outcome.used_up is used_up and outcome.not_before is not None and outcome.not_before >= MORNING


@pytest.mark.parametrize(
    ("speaker", "to", "documented"),
    [(ZaloOa, USER, OA), (ZaloTemplate, PHONE, ZBS), (ZaloBot, USER, BOT)],
    ids=["consultation", "template", "bot"],
)
def test_every_documented_code_becomes_its_outcome(
    speaker: type[Speaker], to: str, documented: dict[Verdict, str]
) -> None:
    path = "/bot" if speaker is ZaloBot else ""
    with zalo_office() as standin:
        for code, verdict in rows(documented):
            standin.faults.add(Fault(code=code, text="Zalo says so", path=path), 1 + (verdict is Verdict.TOKEN))
            outcome = said(speaker, zalo(standin), to=to, html=AS_TEMPLATE)
            assert fits(outcome, verdict), (code, outcome)
            assert not isinstance(outcome, TryLater | RefusedPermanently | Unauthorised) or outcome.code == code
            assert "Zalo says so" in getattr(outcome, "detail", "")
        assert standin.account.bubbles.everything() == ()


def test_every_documented_code_of_the_tokens_door_stops_the_channel_or_waits() -> None:
    with zalo_office() as standin:
        app = ZaloApp(app_id=APP_ID, secret=SecretStr(standin.app_secret), url=standin.address)
        for code, verdict in rows(OAUTH):
            standin.faults.add(Fault(code=code, text="no"))
            answer = renew(app, SecretStr(standin.grants.refresh))
            assert isinstance(answer, NotRenewed)
            assert (answer.passing, answer.perhaps_used) == (verdict is Verdict.LATER, False), code


@pytest.mark.parametrize(("status", "verdict"), rows(STATUS))
def test_a_status_without_a_word_is_read_as_well(status: int, verdict: Verdict) -> None:
    with zalo_office() as standin:
        to = "http://127.0.0.1:9/" if status < 400 else ""
        standin.faults.add(Fault(status=status, to=to), 1 + (verdict is Verdict.TOKEN))
        assert fits(said(ZaloOa, zalo(standin)), verdict)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b'{"message": "Success"}', b'{"error": true}', b"\xff"]
)
def test_an_answer_that_says_nothing_leaves_it_open(body: bytes) -> None:
    with zalo_office() as standin:
        standin.faults.add(Fault(body=body, late=True))
        outcome = said(ZaloOa, zalo(standin))
        assert isinstance(outcome, TryLater)
        assert outcome.perhaps_arrived
        assert len(standin.account.bubbles.everything()) == 1


def test_the_table_holds_what_is_documented_and_nothing_else() -> None:
    for door, documented in {Door.OA: OA, Door.ZBS: ZBS, Door.OAUTH: OAUTH, Door.BOT: BOT}.items():
        refusals = {code: verdict for code, (verdict, _) in TABLE[door].items() if code != 0}
        assert refusals == dict(rows(documented))


def test_every_code_is_explained_in_vietnamese() -> None:
    for door, table in TABLE.items():
        for code in table:
            text = meaning(door, code).text
            assert unicodedata.is_normalized("NFC", text)
            assert any(unicodedata.decomposition(letter) or letter in "đĐ" for letter in text), (door, code)


def test_a_code_nobody_documented_is_a_refusal_that_may_pass() -> None:
    with zalo_office() as standin:
        standin.faults.add(Fault(code=-99999, text="new"))
        outcome = said(ZaloOa, zalo(standin))
    assert isinstance(outcome, TryLater)
    assert (outcome.used_up, outcome.perhaps_arrived) == (None, False)
    assert "-99999" in outcome.detail


def test_a_template_by_user_id_knows_the_codes_of_templates() -> None:
    assert meaning(Door.OA, -131).verdict is Verdict.ADMIN
    assert meaning(Door.OA, -100).verdict is Verdict.MESSAGE


def test_a_spent_quota_names_tomorrow_morning_and_a_busy_minute_the_next() -> None:
    with zalo_office() as standin:
        standin.faults.add(Fault(code=-211, text="Out of quota"))
        spent = said(ZaloOa, zalo(standin))
        standin.faults.add(Fault(code=-32, text="Your OA reached limit call api"))
        busy = said(ZaloOa, zalo(standin))
    assert isinstance(spent, TryLater)
    assert spent.not_before == at(date(2024, 9, 28), time(6, 5))
    assert isinstance(busy, TryLater)
    assert busy.not_before == MORNING + timedelta(minutes=1)


def test_the_patience_of_a_request_is_shorter_than_every_lease() -> None:
    patience = Patience()
    assert patience.connect + patience.read + patience.overall < 60
