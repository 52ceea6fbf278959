"""The door at which Zalo tells its events: open to Zalo alone, answered at once; a crash behind it loses nothing."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.zalo.webhook import LARGEST, mac
from config.link import sign
from config.settings import ROOT, write_home
from demo.zalo.faults import Fault
from demo.zalo.people import Kind, Reader
from demo.zalo.standin import OA_ID, Standin
from store import reading
from store.zalo_questions import newest
from tests.web.books import MemoryBook
from tests.web.browsing import Browser
from tests.zalo_world import HUNG_VU, MORNING, TAN_THANH, Clock, ZaloWorld, founded, until, zalo_world
from web.app import create_app
from web.guard import LARGEST_FORM, WEBHOOK
from web.office_pages import office_app
from web.zalo_office import zalo_desk_of
from web.zalo_webhook import GIVEN_UP


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ZaloWorld]:
    with zalo_world(tmp_path) as made:
        yield made


def signed(world: ZaloWorld, event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """The event as Zalo sends it at this moment."""
    stamp = str(int(world.clock().timestamp() * 1000))
    raw = json.dumps({"timestamp": stamp, **event}, ensure_ascii=False).encode()
    return raw, {"X-ZEvent-Signature": f"mac={mac(raw, stamp, world.desk.signing)}"}


def told(world: ZaloWorld, person: str, text: str, name: str = "m1") -> dict[str, Any]:
    who = {"sender": {"id": world.readers[person].user}, "recipient": {"id": OA_ID}}
    return {"event_name": "user_send_text", **who, "message": {"msg_id": name, "text": text}}


def post(world: ZaloWorld, raw: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.post(world.standin.postman.address, content=raw, headers=headers or {}, timeout=10)


def asked(world: ZaloWorld, person: str) -> str | None:
    with reading(world.store) as opened:
        found = newest(opened, OA_ID, world.readers[person].user)
    return found.said if found else None


# -------------------------------------------------------------------------------------------------------- who is let in


def test_zalo_asks_whether_anybody_is_there(world: ZaloWorld) -> None:
    assert post(world, b"{}").status_code == 200


def test_a_stranger_is_turned_away_and_no_secret_is_logged(world: ZaloWorld, caplog: pytest.LogCaptureFixture) -> None:
    raw, headers = signed(world, told(world, HUNG_VU, "45%"))
    for body, given in ((raw, {}), (raw, {"X-ZEvent-Signature": "mac=00"}), (raw + b" ", headers), (b"x", {})):
        assert post(world, body, given).status_code == 403
    assert asked(world, HUNG_VU) is None
    assert len([one for one in caplog.records if one.levelno == logging.WARNING]) == 4
    for secret in (world.standin.oa_secret, headers["X-ZEvent-Signature"][4:], world.standin.grants.access):
        assert secret not in caplog.text


def test_an_event_may_come_without_its_length_and_be_larger_than_a_form(world: ZaloWorld) -> None:
    long = "a" * (LARGEST_FORM + 1)
    raw, headers = signed(world, {**told(world, HUNG_VU, "45%"), "further": long})
    assert post(world, iter([raw[:1000], raw[1000:]]), headers).status_code == 200
    assert asked(world, HUNG_VU) == "45%"
    assert post(world, b"x" * (LARGEST + 1)).status_code == 403


def test_reading_it_is_not_allowed_and_forms_keep_their_limit(world: ZaloWorld) -> None:
    assert world.pages is not None
    assert httpx.get(world.standin.postman.address).status_code == 405
    form = httpx.post(f"{world.pages.address}dang-nhap", content=b"x" * (LARGEST_FORM + 1))
    assert form.status_code == 413


def test_an_office_without_zalo_has_no_such_door() -> None:
    app = create_app(MemoryBook(), "of-tests-only-" * 3, timedelta(days=45))
    for path in (WEBHOOK, "/p/x/zalo"):
        assert Browser(app).request("POST", path, content=b"{}").status_code in {404, 405}


@pytest.mark.parametrize("lacking", ["app_secret", "oa_secret", "key", "app_id", "oa_id"])
def test_half_of_the_settings_open_nothing_and_break_nothing(
    tmp_path: Path, lacking: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Standin(Clock()) as standin:
        office = founded(tmp_path, standin)
        kept = [one.split("=", 1) for one in (tmp_path / "settings.env").read_text().splitlines()]
        write_home(tmp_path, {k[7:].lower(): v for k, v in kept if k != f"DONDOC_ZALO_{lacking.upper()}"})
        assert zalo_desk_of(office) is None
        assert lacking == "oa_id" or f"DONDOC_ZALO_{lacking.upper()}" in caplog.text
        office.store.engine.dispose()


# ---------------------------------------------------------------------------------------------------- answered at once


def test_it_is_answered_before_the_answer_is_spoken(world: ZaloWorld) -> None:
    spoken = threading.Event()
    world.standin.faults.add(Fault(gate=spoken, path="/message/cs"))
    raw, headers = signed(world, told(world, HUNG_VU, "45%"))
    assert post(world, raw, headers).status_code == 200
    assert world.phone(HUNG_VU) == []
    spoken.set()
    until(lambda: len(world.phone(HUNG_VU)) == 1)


def test_an_answer_that_zalo_does_not_take_is_told_in_the_log(
    world: ZaloWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world.standin.faults.add(Fault(code=-211, text="Out of quota", path="/message/cs"))
    assert world.says(HUNG_VU, "45%") == []
    assert "không trả lời được" in caplog.text
    assert len(world.says(HUNG_VU, "đúng")) == 1
    assert len(world.recorded()) == 1  # what was recorded does not hang on what was said


def test_an_event_told_again_asks_for_nothing(world: ZaloWorld) -> None:
    event = signed(world, told(world, HUNG_VU, "45%"))
    for _ in range(3):
        assert post(world, *event).status_code == 200
    world.settled()
    assert [one.kind for one in world.phone(HUNG_VU)] == [Kind.OA]


def test_what_fails_is_asked_for_again_and_at_last_let_go(
    world: ZaloWorld, expected_errors: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_errors.append("bỏ qua sự kiện Zalo")
    broken = True

    def fail(_: object) -> None:
        if broken:
            raise RuntimeError("hỏng")

    world.desk.before = fail
    raw, headers = signed(world, told(world, HUNG_VU, "45%"))
    for tried in range(GIVEN_UP):
        assert post(world, raw, headers | ({"num_retry": str(tried)} if tried else {})).status_code == 503
    assert post(world, raw, headers | {"num_retry": str(GIVEN_UP)}).status_code == 200
    assert caplog.text.count("chờ Zalo gửi lại") == GIVEN_UP
    broken = False
    assert post(world, raw, headers).status_code == 200
    assert asked(world, HUNG_VU) == "45%"


# ------------------------------------------------------------------------------------------------------------- crashes


@contextmanager
def serving(home: Path, port: int = 0, when: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A web application in a process of its own, and its address."""
    words = [str(home), MORNING.isoformat(), str(port), *([when] if when else [])]
    command = [sys.executable, "-m", "tests.web.zalo_page_server", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_before_it_could_answer_it_has_lost_nothing_and_does_nothing_twice(world: ZaloWorld, when: str) -> None:
    account, user = world.standin.account, world.readers[HUNG_VU].user
    with serving(world.home, when=when) as (process, address):
        world.standin.postman.address = address.rstrip("/") + WEBHOOK
        account.says(user, "45%")
        assert process.wait(60) == -signal.SIGKILL
        port = int(address.rsplit(":", 1)[1].strip("/"))
    assert asked(world, HUNG_VU) == (None if when == "before" else "45%")
    with serving(world.home, port) as (_, again):
        world.standin.postman.address = again.rstrip("/") + WEBHOOK
        until(world.standin.postman.idle, 60)
        until(lambda: asked(world, HUNG_VU) == "45%", 60)
        if when == "before":  # told again, it is asked about; after the commit the question alone was lost
            until(lambda: len([one for one in world.phone(HUNG_VU) if one.kind is Kind.OA]) == 1, 60)
        account.says(user, "đúng")
        until(lambda: len(world.recorded()) == 1, 60)
        account.says(user, "đúng")
        until(lambda: any("rồi, không ghi thêm" in one.text for one in world.phone(HUNG_VU)), 60)
    assert len(world.recorded()) == 1
    texts = [one.text for one in world.phone(HUNG_VU) if one.kind is Kind.OA]
    assert len([one for one in texts if one.startswith("Đã ghi vào sổ")]) == 1


def test_of_two_processes_told_the_same_one_does_it(world: ZaloWorld) -> None:
    with serving(world.home) as (_, first), serving(world.home) as (_, second):
        doors = [f"{one.rstrip('/')}{WEBHOOK}" for one in (first, second)]
        for name, text in (("m1", "45%"), ("m2", "đúng")):
            raw, headers = signed(world, told(world, HUNG_VU, text, name))

            def tell(door: str, raw: bytes = raw, headers: dict[str, str] = headers) -> int:
                return httpx.post(door, content=raw, headers=headers, timeout=60).status_code

            with ThreadPoolExecutor(4) as pool:
                assert list(pool.map(tell, doors * 2)) == [200] * 4
            until(lambda name=name: len(world.phone(HUNG_VU)) == int(name[1:]), 60)  # type: ignore[misc]
    assert len(world.recorded()) == 1


# ---------------------------------------------------------------------------------------------------- how one is linked


def test_the_page_of_a_person_shows_the_code_that_links_them(world: ZaloWorld) -> None:
    other = "dau-moi-xa-vu-le-bac-son"
    page = world.page(other)
    code = page.split("<code>")[1].split("</code>")[0]
    stranger = world.standin.account.add(Reader("8841002233445599999", "Đầu mối xã Vũ Lễ"))
    world.readers["la"] = stranger
    assert world.says("la", f"Mã: {code}")[0].text.startswith("Đã nối")
    assert "<code>" not in world.page(other)
    assert "Đồng chí đã nối với một tài khoản Zalo" in world.page(other)


def test_the_page_changes_nothing_and_opens_for_who_is_signed_in_alone(world: ZaloWorld) -> None:
    browser = Browser(office_app(world.office, zalo=world.desk))
    closed = browser.get("/viec/zalo")
    assert (closed.status_code, closed.headers["Location"]) == (303, "/vao?den=%2Fviec%2Fzalo")
    assert browser.request("POST", "/viec/zalo", data={}).status_code == 405
    assert world.pages is not None
    token = sign(world.office.settings.signing_secret(), TAN_THANH, "/zalo?", MORNING)
    assert httpx.get(f"{world.pages.address}p/{token}/zalo").status_code == 404
