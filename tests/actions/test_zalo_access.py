"""Tokens that work once, in the hands of several workers who may be killed: one renewal, one alarm, nothing lost."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from actions.zalo_access import LEASE, PAUSE, StoredAccess
from actions.zalo_custody import Custody
from channels.letter import Accepted, TryLater, Unauthorised
from channels.zalo.access import AccessBusyError, NoAccessError
from channels.zalo.oa import ZaloOa
from channels.zalo.oauth import Pair
from demo.zalo.faults import Fault
from demo.zalo.standin import OA_ID, Standin
from store import Store, open_store, reading, session, upgrade
from store.vault import Vault
from store.zalo_tokens import Tokens, TokenState, dead, read
from tests.actions.zalo_keeper import KEY, given, keeper
from tests.channels.zalo_office import MORNING, Clock, said, zalo, zalo_office

ROOT = Path(__file__).parents[2]
HOURS = timedelta(hours=1)
TOKEN_PATH = "/v4/oa/access_token"


@dataclass
class World:
    """The stand-in, an office, a clock that both go by, and the alarms that rang."""

    standin: Standin
    store: Store
    home: Path
    clock: Clock
    alarms: list[str] = field(default_factory=list)

    def access(self, secret: str = "") -> StoredAccess:
        where = (self.standin.address, secret or self.standin.app_secret)
        return keeper(self.store, self.home, where, self.clock, self.alarms.append)

    def row(self) -> Tokens:
        with reading(self.store) as opened:
            found = read(opened, OA_ID)
        assert found is not None
        return found

    def process(self) -> subprocess.Popen[str]:
        """Another worker, as a process of its own."""
        facts = {
            "url": f"sqlite:///{self.home / 'dondoc.sqlite'}",
            "home": str(self.home),
            "address": self.standin.address,
            "secret": self.standin.app_secret,
            "moment": self.clock().isoformat(),
        }
        command = [sys.executable, "-m", "tests.actions.zalo_keeper", json.dumps(facts)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = Clock()
    store = open_store(f"sqlite:///{tmp_path / 'dondoc.sqlite'}", tmp_path / "ledger.head")
    upgrade(store)
    with zalo_office(clock) as standin:
        made = World(standin, store, tmp_path, clock)
        made.access().custody.enter(given(standin))
        yield made
    store.engine.dispose()


# ------------------------------------------------------------------------------------------------------ an ordinary day


def test_the_token_is_renewed_after_twenty_hours_and_not_before(world: World) -> None:
    first = world.access().token()
    world.clock.moment = MORNING + 19 * HOURS - timedelta(seconds=1)
    assert world.access().token() == first
    assert world.standin.grants.asked == 0
    world.clock.moment = MORNING + 19 * HOURS  # entered, it was taken to be an hour old
    second = world.access().token()
    assert second != first
    assert second.get_secret_value() == world.standin.grants.access
    assert world.access().token() == second
    assert world.standin.grants.asked == 1
    assert (world.row().generation, world.row().state) == (2, TokenState.READY)


def test_a_month_of_days_needs_a_renewal_each_twenty_hours(world: World) -> None:
    for hour in range(0, 30 * 24, 4):
        world.clock.moment = MORNING + hour * HOURS
        assert world.access().token().get_secret_value() == world.standin.grants.access
    assert world.standin.grants.renewals == 30 * 24 // 20 - 1 + (30 * 24 % 20 > 0)
    assert world.alarms == []


def test_nothing_readable_is_kept(world: World) -> None:
    world.clock.moment += 21 * HOURS
    world.access().token()
    kept = b"".join(path.read_bytes() for path in world.home.rglob("*") if path.is_file())
    for token in (world.standin.grants.access, world.standin.grants.refresh):
        assert token.encode() not in kept
    assert list(world.home.glob("zalo-*")) == []


def test_letters_of_a_day_go_out_across_a_renewal(world: World) -> None:
    for hour in (0, 19, 21, 30):
        world.clock.moment = MORNING + hour * HOURS
        assert isinstance(said(ZaloOa, zalo(world.standin, access=world.access())), Accepted)
    assert world.standin.grants.asked == 1


# ------------------------------------------------------------------------------------------------- several workers


def test_of_many_threads_one_renews_and_all_get_the_new_token(world: World) -> None:
    world.clock.moment += 26 * HOURS  # the old one is over: nobody can go on without
    world.standin.faults.add(Fault(seconds=0.5, late=True, path=TOKEN_PATH))
    start = threading.Barrier(6)

    def fetch() -> str:
        start.wait()
        return world.access().token().get_secret_value()

    with ThreadPoolExecutor(6) as pool:
        found = {future.result() for future in [pool.submit(fetch) for _ in range(6)]}
    assert found == {world.standin.grants.access}
    assert world.standin.grants.asked == 1


def test_of_two_processes_one_renews(world: World) -> None:
    world.clock.moment += 26 * HOURS
    world.standin.faults.add(Fault(seconds=1.5, late=True, path=TOKEN_PATH))
    workers = [world.process(), world.process()]
    said_ = [worker.communicate(timeout=60) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said_
    assert {out.strip() for out, _ in said_} == {world.standin.grants.access}
    assert world.standin.grants.asked == 1


def test_while_another_renews_the_old_token_is_used_as_long_as_it_lives(world: World) -> None:
    world.clock.moment += 21 * HOURS
    old = world.standin.grants.access
    world.standin.faults.add(Fault(seconds=1.0, path=TOKEN_PATH))  # waits first, renews after: the old one still lives
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(lambda: world.access().token())
        while world.row().state is not TokenState.RENEWING:
            time.sleep(0.01)
        assert world.access().token().get_secret_value() == old
        assert slow.result().get_secret_value() == world.standin.grants.access
    assert world.standin.grants.asked == 1


def test_a_sender_with_the_replaced_token_reads_again_and_renews_nothing(world: World) -> None:
    access = world.access()
    old = access.token()
    world.clock.moment += 20 * HOURS
    fresh = world.access().token()
    assert access.renewed(old) == fresh
    assert world.standin.grants.asked == 1


def test_a_token_refused_before_its_time_is_renewed_once(world: World) -> None:
    world.clock.moment += 2 * HOURS
    world.standin.faults.add(Fault(code=-216, text="Access token is invalid", path="/message/cs"))
    assert isinstance(said(ZaloOa, zalo(world.standin, access=world.access())), Accepted)
    assert world.standin.grants.asked == 1


def test_a_new_token_that_is_refused_is_not_renewed_again_and_again(world: World) -> None:
    world.clock.moment += 2 * HOURS
    world.standin.faults.add(Fault(code=-216, text="no", path="/message/cs"), 20)
    for _ in range(5):
        outcome = said(ZaloOa, zalo(world.standin, access=world.access()))
        assert isinstance(outcome, Unauthorised)
    assert world.standin.grants.asked == 1


# --------------------------------------------------------------------------------------------------------------- kills


def killed(worker: subprocess.Popen[str]) -> None:
    assert worker.poll() is None
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=60)
    assert worker.returncode == -signal.SIGKILL


def until(happened: Callable[[], bool], worker: subprocess.Popen[str]) -> None:
    while not happened():
        assert worker.poll() is None, worker.communicate()
        time.sleep(0.01)


def test_killed_with_the_answer_on_disk_the_pair_is_found_again(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.clock.moment += 20 * HOURS
    world.standin.faults.add(Fault(seconds=1.5, late=True, path=TOKEN_PATH))
    worker = world.process()
    until(lambda: world.standin.grants.asked == 1, worker)
    with session(world.store) as holder:
        holder.connection()  # the database takes nothing now: the pair gets no further than the disk
        until(lambda: bool(list(world.home.glob("zalo-*.next"))), worker)
        killed(worker)
    assert world.row().state is TokenState.RENEWING
    (file,) = world.home.glob("zalo-*.next")
    assert file.stat().st_mode & 0o077 == 0
    assert world.standin.grants.access not in file.read_text()
    found = world.access().token()  # at once: no lease to wait for
    assert found.get_secret_value() == world.standin.grants.access
    assert (world.standin.grants.asked, world.alarms) == (1, [])
    assert "lấy lại cặp mã" in caplog.text
    assert list(world.home.glob("zalo-*.next")) == []


def test_killed_with_the_answer_on_its_way_one_alarm_rings(world: World) -> None:
    world.clock.moment += 20 * HOURS
    world.standin.faults.add(Fault(seconds=2.5, late=True, path=TOKEN_PATH))
    worker = world.process()
    until(lambda: world.standin.grants.renewals == 1, worker)
    killed(worker)
    for _ in range(3):  # the lease runs: nobody asks, and the old token is still tried
        assert world.access().token()
    world.clock.moment += LEASE
    world.clock.moment += 6 * HOURS  # and it is over
    for _ in range(4):
        with pytest.raises(NoAccessError, match="cấp quyền lại"):
            world.access().token()
    assert world.standin.grants.asked == 2
    assert len(world.alarms) == 1
    with reading(world.store) as opened:
        assert [one.oa_id for one in dead(opened)] == [OA_ID]


def test_killed_twice_with_the_answer_in_memory_nobody_asks_a_third_time(world: World) -> None:
    world.clock.moment += 26 * HOURS
    for _ in range(2):
        world.standin.faults.add(Fault(seconds=2.5, path=TOKEN_PATH))
        asked = world.row().asked
        worker = world.process()
        until(lambda asked=asked: world.row().asked > asked, worker)  # type: ignore[misc]
        killed(worker)
        world.clock.moment += LEASE
    for _ in range(3):
        with pytest.raises(NoAccessError, match="hai lần"):
            world.access().token()
    assert len(world.alarms) == 1
    assert world.row().asked == 2


# ---------------------------------------------------------------------------------------------------- answers that fail


def test_a_dead_refresh_token_stops_the_channel_with_one_alarm(world: World) -> None:
    world.standin.grants.grant()  # somebody else was given the pair: ours is dead
    world.clock.moment += 2 * HOURS
    for _ in range(5):
        outcome = said(ZaloOa, zalo(world.standin, access=world.access()))
        assert isinstance(outcome, Unauthorised)
        assert "cấp quyền lại" in outcome.detail
    assert len(world.alarms) == 1
    assert OA_ID in world.alarms[0]
    assert world.standin.grants.asked == 1
    assert world.standin.account.bubbles.everything() == ()


def test_a_pair_from_the_admin_brings_it_back_and_may_die_again_with_an_alarm_of_its_own(world: World) -> None:
    for alarms in (1, 2):
        world.standin.grants.grant()
        world.clock.moment += 26 * HOURS
        with pytest.raises(NoAccessError):
            world.access().token()
        assert len(world.alarms) == alarms
        world.standin.grants.grant()
        world.access().custody.enter(given(world.standin))
        assert isinstance(said(ZaloOa, zalo(world.standin, access=world.access())), Accepted)


@pytest.mark.parametrize(
    "body",
    [
        b'{"access_token": "moi"}',
        b'{"access_token": "moi", "refresh_token": ""}',
        b'{"access_token": null, "refresh_token": "moi", "expires_in": "90000"}',
        b'{"error_name": "Invalid", "error_reason": "x"}',
    ],
)
def test_half_a_pair_is_no_pair_and_overwrites_nothing(world: World, body: bytes) -> None:
    before = world.row()
    world.clock.moment += 26 * HOURS
    world.standin.faults.add(Fault(body=body))
    with pytest.raises(NoAccessError, match="không có đủ hai mã") as caught:
        world.access().token()
    assert "moi" not in str(caught.value)
    assert (world.row().access, world.row().refresh) == (before.access, before.refresh)
    assert len(world.alarms) == 1


@pytest.mark.parametrize("fault", [Fault(status=503), Fault(status=429), Fault(code=-32, text="limit")])
def test_a_refusal_that_passes_costs_nothing(world: World, fault: Fault) -> None:
    world.clock.moment += 26 * HOURS
    for _ in range(4):
        world.standin.faults.add(fault)
        with pytest.raises(AccessBusyError):
            world.access().token()
        with pytest.raises(AccessBusyError):  # at once again: nobody is asked
            world.access().token()
        world.clock.moment += PAUSE
    world.standin.faults.take("")
    assert world.access().token().get_secret_value() == world.standin.grants.access
    assert (world.standin.grants.asked, world.alarms) == (1, [])


def test_a_lost_answer_is_asked_for_once_more_and_no_more(world: World) -> None:
    world.clock.moment += 26 * HOURS
    for _ in range(2):
        world.standin.faults.add(Fault(status=504, late=False))
        with pytest.raises(AccessBusyError):
            world.access().token()
        world.clock.moment += PAUSE
    for _ in range(3):
        with pytest.raises(NoAccessError, match="hai lần"):
            world.access().token()
    assert len(world.alarms) == 1


def test_a_lost_answer_to_a_request_never_taken_is_made_good(world: World) -> None:
    world.clock.moment += 26 * HOURS
    world.standin.faults.add(Fault(status=504))
    outcome = said(ZaloOa, zalo(world.standin, access=world.access()))
    assert isinstance(outcome, TryLater)
    assert not outcome.perhaps_arrived
    world.clock.moment += PAUSE
    assert isinstance(said(ZaloOa, zalo(world.standin, access=world.access())), TryLater | Accepted)
    assert world.access().token().get_secret_value() == world.standin.grants.access
    assert world.alarms == []


def test_before_its_end_the_old_token_outlives_a_failed_renewal(world: World) -> None:
    world.clock.moment += 21 * HOURS
    world.standin.faults.add(Fault(status=503))
    assert world.access().token().get_secret_value() == world.standin.grants.access
    assert world.standin.grants.asked == 0


def test_an_answer_that_comes_after_the_lease_still_counts(world: World) -> None:
    world.clock.moment += 26 * HOURS
    custody = world.access().custody
    tokens = custody.tokens()
    world.clock.moment += LEASE
    access, refresh = world.standin.grants.grant()
    custody.keep(tokens, Pair(access=SecretStr(access), refresh=SecretStr(refresh)))
    assert world.access().token().get_secret_value() == access
    custody.keep(tokens, Pair(access=SecretStr("cu"), refresh=SecretStr("cu")))  # of a generation that is gone
    assert world.access().token().get_secret_value() == access


# ------------------------------------------------------------------------------------------------------------- refusals


def test_without_a_pair_an_admin_is_told_where_to_get_one(tmp_path: Path, world: World) -> None:
    custody = world.access().custody
    nobody = Custody(world.store, custody.vault, "khac", tmp_path, world.clock)
    with pytest.raises(NoAccessError, match="chưa nhập mã truy cập"):
        nobody.tokens()


def test_another_key_opens_nothing_and_says_so(world: World) -> None:
    custody = world.access().custody
    other = Vault([SecretStr("YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=")])
    changed = Custody(world.store, other, OA_ID, world.home, world.clock)
    with pytest.raises(NoAccessError, match="khoá mã hoá đã đổi"):
        StoredAccess(changed, world.access().app).token()
    both = Vault([SecretStr("YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="), SecretStr(KEY)])
    assert both.open(custody.tokens().access).get_secret_value() == world.standin.grants.access


def test_a_key_that_is_none_is_refused_without_being_shown() -> None:
    for keys in ([], [SecretStr("ngan")]):
        with pytest.raises(ValueError, match="khoá mã hoá không dùng được") as caught:
            Vault(keys)
        assert "ngan" not in str(caught.value)


def test_alarms_go_to_the_log_where_no_other_way_is_given(
    world: World, expected_errors: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_errors.append("đã dừng")
    world.standin.grants.revoke()
    world.clock.moment += 26 * HOURS
    access = keeper(world.store, world.home, (world.standin.address, world.standin.app_secret), world.clock)
    with pytest.raises(NoAccessError):
        access.token()
    assert len([one for one in caplog.records if one.levelno == logging.ERROR]) == 1


def test_no_secret_is_in_a_log_an_error_or_a_repr(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    secrets = {world.standin.app_secret, KEY}
    for step, fault in enumerate((None, Fault(status=504, late=True), Fault(body=b'{"access_token": "nua-cap-ma"}'))):
        secrets |= {world.standin.grants.access, world.standin.grants.refresh, "nua-cap-ma"}
        world.clock.moment = MORNING + (step + 1) * 26 * HOURS
        if fault:
            world.standin.faults.add(fault)
        try:
            shown.append(repr(world.access().token()))
        except (AccessBusyError, NoAccessError) as error:
            shown.append(f"{error!r} {error.__cause__!r} {error.__context__!r}")
    shown += [caplog.text, repr(world.access()), repr(world.row()), *world.alarms]
    secrets |= {world.standin.grants.access, world.standin.grants.refresh}
    assert not [(secret, text) for secret in secrets for text in shown if secret in text]


def test_moments_are_aware(world: World) -> None:
    world.clock.moment = datetime(2024, 9, 30)  # noqa: DTZ001 - naive on purpose
    with pytest.raises(TypeError):
        world.access().token()
