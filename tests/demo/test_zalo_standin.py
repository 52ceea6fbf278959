"""The stand-in for Zalo: a day of traffic, events to an office, and phones to look at."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from pydantic import SecretStr

from actions.zalo_events import Doorbell, Taken, take
from actions.zalo_office import custody_of, signing_of, zalo_of
from channels.letter import Accepted, RefusedPermanently, TryLater
from channels.zalo.events import What
from channels.zalo.form import Button, Form
from channels.zalo.linking import link_code
from channels.zalo.oa import ZaloOa
from channels.zalo.webhook import Probe, Signing, Stranger, receive
from channels.zalo.zbs import ZaloTemplate
from config.zalo import ZaloSettings
from demo.zalo.people import Kind, Mark, Reader
from demo.zalo.standin import APP_ID, OA_ID, Standin
from domain.clocktime import local_date
from store import Store, open_store, reading, session, upgrade
from store.zalo_contacts import find_person, find_user
from tests.actions.zalo_keeper import KEY, given
from tests.channels.zalo_office import (
    AS_TEMPLATE,
    LETTER,
    MORNING,
    PHONE,
    STRANGER,
    USER,
    Clock,
    said,
    zalo,
    zalo_office,
)
from tests.chromium import find_chromium
from web.serve import PortBusyError, Served

SECRET = "khoa-ky-cua-don-vi-dai-hon-ba-muoi-hai"
BUTTONS = Form(
    buttons=(Button(title="Ghi tiến độ", url="https://a.example/p"), Button(title="Đã nhận việc", payload="#da-nhan"))
)


@dataclass
class Listener:
    """An office that hears Zalo's events: checks, stores, answers as told."""

    store: Store
    signing: Signing
    clock: Clock
    answers: list[int] = field(default_factory=list)
    """Status of the next answers; 200 when they are used up."""
    calls: list[str | None] = field(default_factory=list)
    """The header num_retry of each call."""
    taken: list[Taken] = field(default_factory=list)

    def hear(self, raw: bytes, signature: str, retry: str | None) -> int:
        self.calls.append(retry)
        try:
            found = receive(raw, signature, self.signing, self.clock())
        except Stranger:
            return 403
        if isinstance(found, Probe):
            return 200
        with session(self.store) as opened:
            new = take(opened, found, Doorbell(OA_ID, SECRET, ("dau-moi", "truong-ban")))
        self.taken += [new] if new else []
        return self.answers.pop(0) if self.answers else 200


@contextmanager
def listening(listener: Listener) -> Iterator[str]:
    app = FastAPI(openapi_url=None)

    @app.post("/zalo")
    async def heard(request: Request) -> Response:
        headers = request.headers
        raw = await request.body()
        return Response(status_code=listener.hear(raw, headers.get("x-zevent-signature", ""), headers.get("num_retry")))

    with Served(app, 0, "-") as served:
        yield f"{served.address}zalo"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'dondoc.sqlite'}", tmp_path / "ledger.head")
    upgrade(opened)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standin(clock: Clock) -> Iterator[Standin]:
    with zalo_office(clock) as made:
        yield made


@pytest.fixture
def listener(standin: Standin, store: Store, clock: Clock) -> Iterator[Listener]:
    ears = Listener(store, Signing(APP_ID, SecretStr(standin.oa_secret)), clock)
    with listening(ears) as address:
        standin.postman.address = address
        yield ears


def until(happened: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


# ---------------------------------------------------------------------------------------------------------- events


def test_receipts_and_words_of_a_person_reach_the_office(standin: Standin, listener: Listener) -> None:
    said(ZaloTemplate, zalo(standin), to=PHONE, html=AS_TEMPLATE)
    outcome = said(ZaloOa, zalo(standin), html=BUTTONS.frozen())
    standin.account.seen(USER)
    standin.account.says(USER, "45%")
    standin.account.follows(USER, yes=False)
    until(standin.postman.idle)
    kinds = [one.happening.what for one in listener.taken]
    assert kinds == [What.RECEIVED, What.RECEIVED, What.SEEN, What.SAID, What.UNFOLLOWED]
    by_phone, by_user, seen, words, _ = (one.happening for one in listener.taken)
    assert (by_phone.user, by_phone.tracking[:6]) == (PHONE, "dondoc")
    assert by_user.messages == seen.messages == (getattr(outcome, "provider_id", ""),)
    assert (words.user, words.text) == (USER, "45%")


def test_an_event_that_is_not_taken_comes_again_and_counts_once(standin: Standin, listener: Listener) -> None:
    standin.postman._repeats = (0.05, 0.05)
    listener.answers = [500, 503]  # stored before the answer failed: the repetition brings nothing new
    standin.account.says(USER, "45%")
    until(lambda: len(listener.calls) == 3 and standin.postman.idle())
    assert listener.calls == [None, "1", "2"]
    assert [one.happening.text for one in listener.taken] == ["45%"]
    assert not standin.postman.disabled


def test_after_the_last_repetition_the_webhook_is_switched_off(standin: Standin, listener: Listener) -> None:
    standin.postman._repeats = (0.02,)
    listener.answers = [500] * 9
    standin.account.says(USER, "45%")
    until(lambda: standin.postman.disabled)
    standin.account.says(USER, "46%")
    until(standin.postman.idle)
    assert len(listener.calls) == 2


def test_a_person_links_themselves_with_their_code_and_can_then_be_found(
    standin: Standin, listener: Listener, store: Store
) -> None:
    standin.account.says(STRANGER, link_code(SECRET, OA_ID, "truong-ban", local_date(MORNING)))
    standin.account.says(USER, "xin chào")
    until(lambda: len(listener.taken) == 2)
    assert [(one.person, one.linked) for one in listener.taken] == [("truong-ban", True), (None, False)]
    with reading(store) as opened:
        found = find_person(opened, OA_ID, "truong-ban")
        unknown = find_user(opened, OA_ID, USER)
    assert found is not None
    assert (found.user_id, found.heard_at) == (STRANGER, MORNING)
    assert unknown is not None
    assert unknown.person is None


def test_somebody_else_cannot_speak_for_zalo(standin: Standin, listener: Listener) -> None:
    event = {"event_name": "user_send_text", "sender": {"id": USER}, "message": {"msg_id": "x", "text": "45%"}}
    raw = {**event, "timestamp": str(int(MORNING.timestamp() * 1000))}
    assert httpx.post(standin.postman.address, json=raw).status_code == 403
    assert httpx.post(standin.postman.address, content=b"{}").status_code == 200
    assert listener.taken == []


# --------------------------------------------------------------------------------------------- as Zalo would behave


def test_a_day_and_a_night_of_traffic_none_lost_none_twice(
    standin: Standin, store: Store, clock: Clock, tmp_path: Path
) -> None:
    """Three readers are written to each half hour; what is put off goes out at the next round that may."""
    settings = settings_of(standin)
    custody = custody_of(settings, store, tmp_path, clock)
    custody.enter(given(standin))
    ours = zalo_of(settings, custody)
    standin.account.per_minute = 2
    readers = [
        standin.account.add(Reader(f"88410022334455{n:05}", f"Cán bộ {n}", heard=MORNING)).user for n in range(3)
    ]
    waiting: list[tuple[str, str]] = []
    for half_hour in range(48):
        clock.moment = MORNING + half_hour * timedelta(minutes=30)
        waiting += [(user, f"Lượt {half_hour}, {user}") for user in readers]
        for _ in range(3):  # rounds of a minute each
            waiting = [one for one in waiting if not isinstance(said(ZaloOa, ours, to=one[0], text=one[1]), Accepted)]
            clock.moment += timedelta(minutes=1)
    assert waiting == []
    copies = Counter(one.text for one in standin.account.bubbles.everything())
    assert len(copies) == 48 * 3
    assert set(copies.values()) == {1}
    assert standin.grants.asked == 1


def settings_of(standin: Standin) -> ZaloSettings:
    return ZaloSettings(
        oa_id=OA_ID,
        app_id=APP_ID,
        app_secret=SecretStr(standin.app_secret),
        oa_secret=SecretStr(standin.oa_secret),
        bot_token=SecretStr(standin.bot_token),
        key=SecretStr(KEY),
        oa_url=standin.address,
        zbs_url=standin.address,
        oauth_url=standin.address,
        bot_url=standin.address,
    )


def test_the_office_is_joined_from_its_settings(standin: Standin, store: Store, clock: Clock, tmp_path: Path) -> None:
    settings = settings_of(standin)
    ours = zalo_of(settings.model_copy(update={"prove": True}), custody_of(settings, store, tmp_path, clock))
    assert (ours.oa_id, ours.app_secret.get_secret_value()) == (OA_ID, standin.app_secret)
    assert zalo_of(settings, custody_of(settings, store, tmp_path, clock)).app_secret.get_secret_value() == ""
    assert signing_of(settings).oa_secret.get_secret_value() == standin.oa_secret


def test_a_template_is_shown_in_its_own_words_and_wants_all_its_parameters(standin: Standin) -> None:
    said(ZaloTemplate, zalo(standin), to=PHONE, html=AS_TEMPLATE)
    (bubble,) = standin.account.bubbles.of(USER)
    assert bubble.text == "Kính gửi Đầu mối UBND huyện Bắc Sơn.\nViệc đến hạn ngày 30/9/2024."
    for form in (Form(template="512034", data={"ten": "Đầu mối"}), Form(template="999", data={})):
        outcome = said(ZaloTemplate, zalo(standin), to=PHONE, html=form.frozen())
        assert isinstance(outcome, RefusedPermanently)
        assert outcome.code in {-1122, -109}


def test_quotas_run_out_and_minutes_fill_up(standin: Standin, clock: Clock) -> None:
    standin.account.left_today = 1
    standin.account.per_minute = 1
    ours = zalo(standin)
    assert isinstance(said(ZaloTemplate, ours, to=PHONE, html=AS_TEMPLATE), Accepted)
    spent = said(ZaloTemplate, ours, to=PHONE, html=AS_TEMPLATE)
    assert isinstance(spent, TryLater)
    assert spent.code == -144
    assert isinstance(said(ZaloOa, ours), Accepted)
    busy = said(ZaloOa, ours)
    assert isinstance(busy, TryLater)
    assert busy.code == -32
    assert busy.not_before is not None
    clock.moment = busy.not_before
    assert isinstance(said(ZaloOa, ours), Accepted)


@pytest.mark.parametrize(
    ("change", "code"), [({"refuses": True}, -244), ({"follows": False}, -213), ({"left_today": 0}, -218)]
)
def test_wishes_of_a_reader_are_refusals(standin: Standin, change: dict[str, Any], code: int) -> None:
    for name, value in change.items():
        setattr(standin.account.readers[USER], name, value)
    outcome = said(ZaloOa, zalo(standin))
    assert isinstance(outcome, RefusedPermanently | TryLater)
    assert outcome.code == code


def test_bubbles_on_disk_are_there_again_with_their_marks(tmp_path: Path, clock: Clock) -> None:
    for turn in range(2):
        with Standin(clock, folder=tmp_path / "zalo") as standin:
            standin.account.add(Reader(USER, "Đầu mối", heard=clock()))
            if turn == 0:
                said(ZaloOa, zalo(standin))
                standin.account.seen(USER)
            (bubble,) = standin.account.bubbles.of(USER)
    assert (bubble.text, bubble.mark) == (LETTER.text, Mark.SEEN)


# ------------------------------------------------------------------------------------------------------------ phones


def test_the_page_shows_each_phone_and_lets_its_owner_answer(standin: Standin, listener: Listener) -> None:
    said(ZaloOa, zalo(standin), html=BUTTONS.frozen())
    listed = httpx.get(standin.address).text
    assert "MINH HOẠ" in listed
    assert "Chánh Văn phòng" in listed
    phone = f"{standin.address}/may/{USER}"
    shown = httpx.get(phone).text
    assert LETTER.text in shown
    assert "Nhận tin tư vấn đến 07:31 ngày 04/10/2024" in shown
    assert re.search(r'<a href="https://a.example/p"[^>]*>Ghi tiến độ</a>', shown)
    for path, form in (("tra-loi", {"text": " 45% "}), ("nut", {"payload": "#da-nhan"}), ("quan-tam", {})):
        assert httpx.post(f"{phone}/{path}", data=form).status_code == 303
    until(lambda: len(listener.taken) == 5)
    happened = [(one.happening.what, one.happening.text) for one in listener.taken]
    assert happened[2:] == [(What.SAID, "45%"), (What.SAID, "#da-nhan"), (What.UNFOLLOWED, "")]
    assert [one.text for one in standin.account.bubbles.of(USER) if one.kind is Kind.USER] == ["45%"]
    assert "Đã bỏ quan tâm" in httpx.get(phone).text
    assert httpx.get(f"{standin.address}/may/khong-co").status_code == 404


def test_what_somebody_wrote_is_shown_and_never_run(standin: Standin) -> None:
    said(ZaloOa, zalo(standin), text="<script>alert(1)</script>")
    answer = httpx.get(f"{standin.address}/may/{USER}")
    assert "<script>" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_it_listens_on_loopback_alone_and_says_when_its_port_is_taken(standin: Standin, clock: Clock) -> None:
    assert standin.server._socket.getsockname()[0] == "127.0.0.1"
    with pytest.raises(PortBusyError, match="DONDOC_ZALO_PORT"):
        Standin(clock, port=standin.server.port)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1280, 900)])
def test_the_phones_fit_their_screens(standin: Standin, width: int, height: int) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and only here

    said(ZaloTemplate, zalo(standin), to=PHONE, html=AS_TEMPLATE)
    said(ZaloOa, zalo(standin), text=f"{LETTER.text}\n" * 12, html=BUTTONS.frozen())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": height})
        for path in ("/", f"/may/{USER}#cuoi"):
            page.goto(standin.address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.get_by_role("button", name="Gửi").is_visible()
        assert page.get_by_role("link", name="Ghi tiến độ").is_visible()
        page.get_by_label("Trả lời thay").fill("đã khởi công")
        page.get_by_role("button", name="Gửi").click()
        assert page.get_by_text("đã khởi công", exact=True).is_visible()
        browser.close()
