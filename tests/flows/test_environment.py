"""Nothing of a user's own Prefect gets in, nothing of ours gets out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from prefect.settings import get_current_settings

from flows.environment import FIXED, prefect_client_settings, prefect_environment

# In a process of its own, as a user on a terminal starts us: Prefect not imported yet.
FIRST_IMPORT = """
import sys
from pathlib import Path
from flows.environment import prefect_client_settings, prefect_environment
with prefect_client_settings(prefect_environment(Path(sys.argv[1]), 4999, {})):
    from prefect.settings import get_current_settings
    print(get_current_settings().api.url)
"""


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user with a Prefect of their own: a profile, a key, an address, a proxy."""
    profiles = tmp_path / "profiles.toml"
    profiles.write_text('active = "mine"\n[profiles.mine]\nPREFECT_API_URL = "http://theirs.example/api"\n')
    monkeypatch.setenv("PREFECT_PROFILES_PATH", str(profiles))
    monkeypatch.setenv("PREFECT_API_KEY", "theirs")
    monkeypatch.setenv("PREFECT_API_URL", "http://other.example/api")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    return tmp_path


def test_a_child_inherits_nothing_of_the_users_prefect(foreign: Path) -> None:
    environment = prefect_environment(foreign / "home", 4321, {"DONDOC_HOME": "x"})
    assert "PREFECT_API_KEY" not in environment
    assert environment["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert environment["PREFECT_PROFILES_PATH"] == str((foreign / "home/prefect/profiles.toml").resolve())
    assert environment["DONDOC_HOME"] == "x"
    assert environment["PATH"] == os.environ["PATH"]


def test_the_office_proxy_is_kept_but_not_asked_for_the_loopback_address(foreign: Path) -> None:
    environment = prefect_environment(foreign, 4321, {})
    assert environment["HTTP_PROXY"] == "http://proxy.example:3128"
    assert environment["NO_PROXY"] == environment["no_proxy"] == "intranet.example,127.0.0.1,localhost"


def test_the_database_is_a_file_of_the_home_unless_another_is_given(tmp_path: Path) -> None:
    def database(**given: str) -> str:
        return prefect_environment(tmp_path, 4321, {}, **given)["PREFECT_SERVER_DATABASE_CONNECTION_URL"]

    assert database() == f"sqlite+aiosqlite:///{tmp_path.resolve()}/prefect/prefect.db"
    assert database(database="postgresql+asyncpg://db.example/p") == "postgresql+asyncpg://db.example/p"


def test_every_fixed_setting_exists_in_this_prefect(tmp_path: Path) -> None:
    # A misspelt variable would be ignored in silence, and telemetry stay on.
    supported = str(type(get_current_settings()).model_json_schema())
    names = [name for name in prefect_environment(tmp_path, 4321, {}) if name.startswith("PREFECT_")]
    assert set(FIXED) - {"DO_NOT_TRACK"} <= set(names)
    assert [name for name in names if f"'{name}'" not in supported] == []


def test_calls_of_this_process_go_to_our_server_and_the_user_gets_theirs_back(foreign: Path) -> None:
    before = get_current_settings().api.url
    with prefect_client_settings(prefect_environment(foreign / "home", 4321, {})):
        ours = get_current_settings()
        assert ours.api.url == "http://127.0.0.1:4321/api"
        assert ours.api.key is None
        assert ours.flows.heartbeat_frequency is None
        assert ours.home == (foreign / "home/prefect").resolve()
        assert "PREFECT_API_KEY" not in os.environ
    assert get_current_settings().api.url == before
    assert os.environ["PREFECT_API_KEY"] == "theirs"
    assert os.environ["NO_PROXY"] == "intranet.example"


def test_the_users_prefect_folder_is_not_even_created(tmp_path: Path) -> None:
    shell = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", FIRST_IMPORT, str(tmp_path / "home")]
    done = subprocess.run(command, env=shell, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "http://127.0.0.1:4999/api\n"
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
