"""`dondoc up --demo` from nothing, as a newcomer and a power cut see it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = [pytest.mark.prefect, pytest.mark.timeout(400)]

ROOT = Path(__file__).resolve().parent.parent
PORTS = ("DONDOC_PREFECT_PORT", "DONDOC_WEB_PORT", "DONDOC_MAILBOX_PORT", "DONDOC_SMTP_PORT", "DONDOC_ZALO_PORT")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home of its own, free ports, and a Prefect of the user's that nobody may touch."""
    user = tmp_path / "prefect-cua-nguoi-dung"
    user.mkdir()
    yield {
        **os.environ,
        "DONDOC_HOME": str(tmp_path / "nhà minh hoạ"),
        "PREFECT_HOME": str(user),
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
        **{name: str(free_port()) for name in PORTS},
    }
    assert list(user.iterdir()) == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def up(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "cli", "up", "--demo"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )


def wait_for(text: str, log: Path, process: subprocess.Popen[bytes], seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while True:
        said = log.read_text(encoding="utf-8", errors="replace")
        if text in said:
            return said
        assert process.poll() is None, said
        assert time.monotonic() < deadline, said
        time.sleep(0.5)


def closed(port: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) != 0


def wait_closed(environment: dict[str, str]) -> None:
    deadline = time.monotonic() + 30
    while not all(closed(environment[name]) for name in PORTS):
        assert time.monotonic() < deadline, "còn tiến trình chưa dừng"
        time.sleep(0.2)


def test_it_comes_up_survives_a_kill_and_ends_cleanly(environment: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "up.log"
    home = Path(environment["DONDOC_HOME"])
    first = up(environment, log)
    mail = home / "mail"
    deadline = time.monotonic() + 200
    while not mail.is_dir() or sum(1 for file in mail.rglob("*") if file.is_file()) < 100:
        assert first.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline
        time.sleep(0.2)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    wait_closed(environment)

    second = up(environment, log)
    try:
        said = wait_for("Hộp thư thử", log, second, 300)
        assert "Traceback" not in said
        assert int(re.findall(r"Đã diễn lại bằng (\d+) lượt", said)[0]) <= 200
        web, mailbox, prefect = (environment[name] for name in ("DONDOC_WEB_PORT", "DONDOC_MAILBOX_PORT", PORTS[0]))
        assert "Đôn Đốc" in httpx.get(f"http://127.0.0.1:{web}/").text
        assert "MINH HOẠ" in httpx.get(f"http://127.0.0.1:{mailbox}/").text
        assert len(re.findall(r"\d+ tin</span>", httpx.get(f"http://127.0.0.1:{environment[PORTS[-1]]}/").text)) == 5
        flows = httpx.post(f"http://127.0.0.1:{prefect}/api/flows/count", json={}).json()
        assert flows >= 61 + 4
    finally:
        second.send_signal(signal.SIGINT)
        assert second.wait(60) == 0
    wait_closed(environment)
    assert "Đã dừng" in log.read_text(encoding="utf-8")


def test_a_real_office_is_never_turned_into_a_demo(environment: dict[str, str]) -> None:
    home = Path(environment["DONDOC_HOME"])
    adopted = subprocess.run(
        [sys.executable, "-m", "cli", "adopt"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert adopted.returncode == 0, adopted.stderr
    refused = subprocess.run(
        [sys.executable, "-m", "cli", "up", "--demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "đơn vị thật" in refused.stderr
    assert not (home / "settings.env").exists()


def test_a_busy_port_is_named_with_the_setting_that_moves_it(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", int(environment["DONDOC_PREFECT_PORT"]))):
        refused = subprocess.run(
            [sys.executable, "-m", "cli", "up", "--demo"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 1
    assert environment["DONDOC_PREFECT_PORT"] in refused.stderr
    assert "DONDOC_PREFECT_PORT" in refused.stderr
    assert "Traceback" not in refused.stderr
