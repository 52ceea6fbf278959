"""The installed program, as a process of its own: what another program gets from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Desk

PROGRAM = Path(sys.executable).parent / "dondoc"


def run(desk: Desk, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, **desk.environment(), **environment}
    return subprocess.run([PROGRAM, *words], env=given, capture_output=True, text=True, check=False, timeout=60)


def test_json_goes_to_stdout_and_nothing_else_does(desk: Desk) -> None:
    ended = run(desk, "check", "--format", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert {finding["severity"] for finding in json.loads(ended.stdout)} == {"warning", "note"}


def test_rehearsing_shows_its_progress_beside_the_json(desk: Desk) -> None:
    ended = run(desk, "rehearse", "--from", "2024-05-31", "--to", "2024-05-31", "--format", "json")
    assert ended.returncode == 0
    assert {row["rung"] for row in json.loads(ended.stdout)} >= {"assigned", "before-30"}


@pytest.mark.parametrize(
    ("words", "environment", "code", "says"),
    [
        (["plan", "khong-co"], {}, 2, "LỖI: không có nhiệm vụ “khong-co”; xem danh sách bằng dondoc plan"),
        (["rehearse", "--from", "2024-02-30", "--to", "2024-03-01"], {}, 2, "LỖI: --from: không đọc được “2024-02-30”"),
        (["tick", "--as-of", "2024-07-01T08:00:00"], {}, 2, "thiếu múi giờ; ví dụ 2024-12-31T17:00:00+07:00"),
        (["status"], {}, 1, "LỖI: không thấy cơ sở dữ liệu"),
        (["status"], {"DONDOC_CLOCK": "2024-07-01T08:00:00"}, 2, "LỖI: thiết lập DONDOC_CLOCK: "),
        (
            ["status"],
            {"DONDOC_WEB_PORT": "tám"},
            2,
            "thiết lập DONDOC_WEB_PORT: giá trị “tám” không hợp lệ; cần số nguyên",
        ),
    ],
    ids=["unknown-directive", "no-such-day", "no-zone", "no-home", "naive-clock", "no-port"],
)
def test_a_failure_is_one_sentence_without_a_traceback(
    desk: Desk, words: list[str], environment: dict[str, str], code: int, says: str
) -> None:
    ended = run(desk, *words, **environment)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
