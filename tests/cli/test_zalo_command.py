"""An admin enters tokens, looks how the Official Account stands, and takes a phone from a person."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from cli.main import app
from cli.zalo import COMMANDS
from config.settings import ROOT, load
from demo.zalo.standin import OA_ID
from store import Store, open_store, session
from store.zalo_contacts import heard, left, link
from store.zalo_tokens import SealedPair, begin, bury, enter, read, ring
from tests.cli.conftest import NOW, Desk, Dondoc
from tests.cli.test_help import ENGLISH
from tests.world import instant

ACCESS, REFRESH = "at-0123456789abcdef-moi", "rt-0123456789abcdef-moi"
NOW_ = instant("4/7/2024 08:00")
FOCAL, HEAD, GONE = "dau-moi-xa-hung-vu-bac-son", "chu-tich-xa-hung-vu-bac-son", "dau-moi-xa-vu-le-bac-son"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"oa_id": OA_ID, "app_id": "4", "app_secret": "mat-a", "oa_secret": "mat-b"}
    servers = dict.fromkeys(("oa_url", "zbs_url", "oauth_url", "bot_url"), "http://127.0.0.1:9")
    for name, value in (ours | servers | {"key": Fernet.generate_key().decode()}).items():
        monkeypatch.setenv(f"DONDOC_ZALO_{name.upper()}", value)


@pytest.fixture
def adopted(dondoc: Dondoc, desk: Desk, settings: None) -> Iterator[Store]:
    assert settings is None
    assert dondoc("adopt").code == 0
    ours = load(desk.home)
    store = open_store(ours.database, ours.head_file)
    yield store
    store.engine.dispose()


def files(folder: Path, *tokens: str) -> list[str]:
    for name, token in zip(("a", "r"), tokens, strict=True):
        (folder / name).write_text(token + "\n", encoding="utf-8")
    return ["--access-file", str(folder / "a"), "--refresh-file", str(folder / "r")]


def test_tokens_are_entered_from_files_and_shown_nowhere(dondoc: Dondoc, adopted: Store, tmp_path: Path) -> None:
    before = dondoc("zalo", "status", "--format", "json").json
    assert before == {"oa_id": OA_ID, "lacking": [], "linked": 0, "state": None}
    entered = dondoc("zalo", "enter", *files(tmp_path, ACCESS, REFRESH))
    assert (entered.code, entered.out) == (0, "")
    assert "Đã nhập cặp mã" in entered.err
    state = dondoc("zalo", "status", "--format", "json")
    assert (state.json["state"], state.json["generation"]) == ("ready", 1)
    assert state.json["expires_at"] == "2024-07-05T08:00:00+07:00"  # taken to be an hour old
    table = dondoc("zalo", "status")
    assert "thứ 1, dùng được" in table.out
    with session(adopted) as opened:
        kept = read(opened, OA_ID)
    for said in (entered.err, state.out, table.out, str(kept)):
        assert ACCESS not in said
        assert REFRESH not in said


def typed(program: list[str], own: dict[str, str], *words: str) -> tuple[int, bytes]:
    """How the program ended at a terminal where it was told these words, one after each colon, and all it showed."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(program, cwd=ROOT, env=own, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        said, told = b"", 0
        with suppress(OSError):  # how a terminal says that its other end is closed
            while process.poll() is None or select.select([ours], [], [], 0)[0]:
                if select.select([ours], [], [], 0.05)[0]:
                    said += os.read(ours, 4096)
                elif told < min(said.count(b":"), len(words)) and not termios.tcgetattr(ours)[3] & termios.ECHO:
                    os.write(ours, words[told].encode() + b"\n")
                    told += 1
        code = process.wait(60)
    os.close(ours)
    return code, said


def test_tokens_typed_at_the_keyboard_are_not_echoed(adopted: Store, desk: Desk) -> None:
    own = {**os.environ, **desk.environment()}
    code, said = typed([sys.executable, "-m", "cli", "zalo", "enter"], own, ACCESS, REFRESH)
    assert code == 0, said.decode()
    assert "Đã nhập cặp mã" in said.decode()
    assert ACCESS.encode() not in said
    assert REFRESH.encode() not in said
    with session(adopted) as opened:
        assert read(opened, OA_ID) is not None


@pytest.mark.parametrize(
    ("tokens", "why"),
    [
        ((ACCESS, ACCESS), "hai mã giống nhau"),
        (("ngan", REFRESH), "không đúng dạng một mã"),
        ((ACCESS, "rt 0123456789 abcdef"), "không đúng dạng một mã"),
        ((ACCESS, ""), "không đúng dạng một mã"),
    ],
)
@pytest.mark.usefixtures("adopted")
def test_what_can_be_no_pair_is_refused(dondoc: Dondoc, tmp_path: Path, tokens: tuple[str, str], why: str) -> None:
    refused = dondoc("zalo", "enter", *files(tmp_path, *tokens))
    assert refused.code == 2
    assert why in refused.err
    assert dondoc("zalo", "status", "--format", "json").json["state"] is None


@pytest.mark.usefixtures("adopted")
def test_without_a_screen_to_ask_on_files_are_wanted(dondoc: Dondoc) -> None:
    refused = dondoc("zalo", "enter")
    assert refused.code == 2
    assert "--access-file" in refused.err


def test_a_dead_pair_says_what_to_do(dondoc: Dondoc, adopted: Store) -> None:
    pair = SealedPair(access="x", refresh="y", obtained_at=NOW_ - timedelta(days=2), expires_at=NOW_)
    with session(adopted) as opened:
        enter(opened, OA_ID, pair)
        tokens = read(opened, OA_ID)
        assert tokens is not None
        assert begin(opened, tokens, "a", NOW_, timedelta(minutes=2))
        assert bury(opened, tokens, "a", "Zalo không nhận mã làm mới")
        assert ring(opened, OA_ID, NOW_)
    shown = dondoc("zalo", "status")
    assert "phải cấp quyền lại" in shown.out
    assert "Zalo không nhận mã làm mới" in shown.out
    assert "Đã báo động lúc" in shown.out
    assert dondoc("zalo", "status", "--format", "json").json["alarmed_at"] == NOW


def test_who_is_linked_is_listed_and_can_be_unlinked(dondoc: Dondoc, adopted: Store) -> None:
    with session(adopted) as opened:
        for number, (person, days) in enumerate(((FOCAL, 1), (HEAD, 8), (GONE, 1))):
            heard(opened, OA_ID, f"88410022334455{number:05}", NOW_ - timedelta(days=days))
            assert link(opened, OA_ID, f"88410022334455{number:05}", person)
        left(opened, OA_ID, "8841002233445500002")
    shown = dondoc("zalo", "people").out
    assert re.search(rf"{FOCAL} +│ 8841002233445500000 +│ đến 08:00 ngày 10/7/2024", shown)
    assert re.search(rf"{HEAD} +│ 8841002233445500001 +│ quá 7 ngày", shown)
    assert re.search(rf"{GONE} +│ 8841002233445500002 +│ đã bỏ quan tâm", shown)
    assert dondoc("zalo", "unlink", HEAD).code == 0
    assert [one["person"] for one in dondoc("zalo", "people", "--format", "json").json] == [FOCAL, GONE]
    again = dondoc("zalo", "unlink", HEAD)
    assert again.code == 2
    assert "chưa nối" in again.err


def test_an_office_without_zalo_is_told_which_setting_begins_it(dondoc: Dondoc) -> None:
    assert dondoc("adopt").code == 0
    for command in ("status", "people"):
        refused = dondoc("zalo", command)
        assert refused.code == 1
        assert "DONDOC_ZALO_OA_ID" in refused.err


def test_a_setting_that_cannot_be_is_named(dondoc: Dondoc, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dondoc("adopt").code == 0
    monkeypatch.setenv("DONDOC_ZALO_OA_URL", "http://openapi.zalo.example")
    refused = dondoc("zalo", "status")
    assert refused.code == 2
    assert "DONDOC_ZALO_OA_URL" in refused.err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_vietnamese(command: str) -> None:
    shown = CliRunner().invoke(app, ["zalo", command, "--help"], env={"COLUMNS": "160"})
    assert shown.exit_code == 0
    assert "Cách dùng: " in shown.stdout
    assert not ENGLISH.search(shown.stdout), shown.stdout
