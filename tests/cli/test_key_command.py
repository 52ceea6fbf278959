"""An admin gives a program a key, looks which there are, and takes one back."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.api_keys import known
from actions.office import opened_office
from cli.key import COMMANDS
from cli.main import app
from config import clock
from config.settings import load
from tests.cli.conftest import Dondoc
from tests.cli.test_help import ENGLISH
from tests.web.town_hall import prepared

LEAD, LEADER = "dau-moi-ubnd-huyen-bac-son", "lanh-dao-ubnd-tinh"
JSON = ("--format", "json")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("khoa") / "home"
    prepared(home)
    return home


@pytest.fixture
def office(dondoc: Dondoc, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dondoc:
    shutil.copytree(template, tmp_path / "home")
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    return dondoc


def test_a_key_is_printed_alone_and_works_until_it_is_revoked(office: Dondoc) -> None:
    made = office("key", "add", "Kế toán huyện", "--for", LEAD, "--scope", "read", "--scope", "write", "--days", "30")
    assert made.code == 0, made.err
    text = made.out.strip()
    assert re.fullmatch(r"dd_[0-9a-f]{12}_[\w-]{43}", text)
    assert "chỉ hiện ra lần này" in made.err
    key_id = text.split("_")[1]
    assert f"dondoc key revoke {key_id}" in made.err
    (row,) = office("key", "list", *JSON).json
    assert (row["id"], row["name"], row["person"], row["scopes"]) == (key_id, "Kế toán huyện", LEAD, ["read", "write"])
    assert "hash" not in row
    lasts = datetime.fromisoformat(row["expires_at"]) - datetime.fromisoformat(row["made_at"])
    assert lasts == timedelta(days=30)
    with opened_office(load()) as ours:
        found = known(ours, text, clock.wall())
        assert found is not None
        assert found.holds(clock.wall())
    assert office("key", "revoke", key_id).err == f"Đã thu hồi khoá {key_id}.\n"
    again = office("key", "revoke", key_id)
    assert (again.code, again.out) == (2, "")
    assert "không có khoá" in again.err
    assert "thu hồi ngày" in office("key", "list").out


def test_a_key_in_json_carries_its_text_once(office: Dondoc) -> None:
    made = office("key", "add", "Kế toán", "--for", LEAD, "--scope", "read", *JSON)
    assert (made.code, made.err) == (0, "")
    assert made.json["key"].startswith(f"dd_{made.json['id']}_")
    assert [row.keys() & {"key"} for row in office("key", "list", *JSON).json] == [set()]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Kế toán", "--for", "khong-ai", "--scope", "read"), "không có cán bộ “khong-ai”"),
        (("Kế toán", "--for", LEADER, "--scope", "write"), "không có quyền ghi sổ"),
        ((" ", "--for", LEAD, "--scope", "read"), "tên khoá dài từ 1 đến 80 ký tự"),
        (("Kế toán", "--for", LEAD), "thiếu tuỳ chọn bắt buộc --scope"),
        (("Kế toán", "--for", LEAD, "--scope", "admin"), "không có lựa chọn “admin”"),
    ],
)
def test_a_key_that_cannot_be_made_is_refused_in_words(office: Dondoc, words: tuple[str, ...], says: str) -> None:
    answer = office("key", "add", *words)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert office("key", "list", *JSON).json == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_vietnamese(command: str) -> None:
    shown = CliRunner().invoke(app, ["key", command, "--help"], env={"COLUMNS": "160"})
    assert shown.exit_code == 0
    assert "Cách dùng:" in shown.stdout
    assert not ENGLISH.search(shown.stdout)
