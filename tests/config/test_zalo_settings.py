"""Zalo's settings: secrets from variables or files, never shown; no token in clear text to anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import write_home
from config.zalo import MissingZaloSettingError, load_zalo


def test_settings_come_from_the_home_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_home(tmp_path, {"zalo_oa_id": "1", "zalo_app_id": "2"})
    monkeypatch.setenv("DONDOC_ZALO_APP_ID", "3")
    ours = load_zalo(tmp_path)
    assert (ours.oa_id, ours.app_id) == ("1", "3")
    assert ours.oa_url == "https://openapi.zalo.me"


def test_a_secret_may_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "khoa"
    file.write_text("bi-mat\n", encoding="utf-8")
    monkeypatch.setenv("DONDOC_ZALO_APP_SECRET_FILE", str(file))
    ours = load_zalo(tmp_path)
    assert ours.secret("app_secret").get_secret_value() == "bi-mat"
    monkeypatch.setenv("DONDOC_ZALO_APP_SECRET", "hon")
    assert load_zalo(tmp_path).secret("app_secret").get_secret_value() == "hon"
    assert "bi-mat" not in repr(ours)


def test_several_keys_are_parted_by_spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_ZALO_KEY", "moi  cu")
    assert [key.get_secret_value() for key in load_zalo(tmp_path).keys()] == ["moi", "cu"]  # noqa: SIM118 - no mapping


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingZaloSettingError, match="DONDOC_ZALO_OA_SECRET hoặc DONDOC_ZALO_OA_SECRET_FILE"):
        load_zalo(tmp_path).secret("oa_secret")
    monkeypatch.setenv("DONDOC_ZALO_KEY_FILE", str(tmp_path / "khong-co"))
    with pytest.raises(MissingZaloSettingError, match="không đọc được tệp DONDOC_ZALO_KEY_FILE"):
        load_zalo(tmp_path).keys()


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://openapi.zalo.example/", "https://openapi.zalo.example"),
        ("http://127.0.0.1:8482", "http://127.0.0.1:8482"),
        ("http://openapi.zalo.example", ""),
        ("http://127.0.0.1.example", ""),
        ("ftp://127.0.0.1", ""),
        ("", ""),
    ],
)
def test_tokens_leave_the_machine_encrypted_alone(
    url: str, taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_ZALO_OA_URL", url)
    if taken:
        assert load_zalo(tmp_path).oa_url == taken
        return
    with pytest.raises(ValidationError, match="phải dùng https"):
        load_zalo(tmp_path)


def test_a_demonstration_speaks_to_no_real_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_home(tmp_path, {"demo": "true", "zalo_oa_id": "1", "zalo_bot_id": "2"})
    for name in ("OA", "ZBS", "OAUTH", "BOT"):
        assert (load_zalo(tmp_path).oa_id, load_zalo(tmp_path).bot_id) == ("", "")
        monkeypatch.setenv(f"DONDOC_ZALO_{name}_URL", "http://127.0.0.1:8482")
    assert (load_zalo(tmp_path).oa_id, load_zalo(tmp_path).bot_id) == ("1", "2")


def test_what_an_account_still_needs_is_listed(tmp_path: Path) -> None:
    given = {"oa_id": "1", "app_id": "2", "app_secret": "a", "oa_secret": "b"}
    write_home(tmp_path, {f"zalo_{name}": value for name, value in given.items()})
    assert load_zalo(tmp_path).lacking() == ("DONDOC_ZALO_KEY",)
    write_home(tmp_path, {f"zalo_{name}": value for name, value in (given | {"key": "c"}).items()})
    assert load_zalo(tmp_path).lacking() == ()
