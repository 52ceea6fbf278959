"""Settings that would fail later, or remind nobody and say nothing, are refused at once; so is a short secret."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from config.secret import SHORTEST, UnusableSecretError
from config.settings import ROOT, Settings, load, write_home

NOON = "2024-07-04T12:00:00+07:00"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("clock", NOON, "chỉ dành cho bản minh hoạ; bỏ DONDOC_CLOCK"),
        ("clock", "2024-07-04T12:00:00", "phải có múi giờ"),
        ("secret", "ngắn", "ít nhất 32 ký tự; bỏ trống"),
        ("sender", "văn phòng", "không phải là địa chỉ thư điện tử; ví dụ"),
        ("sender", "a@b\r\nBcc: x@y", "không phải là địa chỉ thư điện tử"),
        ("web_port", "99999", "less_than_equal|65535"),
        ("smtp_port", "-1", "greater_than_equal|0"),
        ("public_url", "javascript:alert(1)", "không phải là địa chỉ trang web; ví dụ https://"),
        ("public_url", "https://", "không phải là địa chỉ trang web"),
        ("public_url", "https://x.example:port", "không phải là địa chỉ trang web"),
        ("database_url", "rác", "chỉ dùng sqlite:////"),
        ("database_url", "mysql://a:matkhau@b/c", "chỉ dùng sqlite:////"),
        ("database_url", "sqlite:///tuong-doi.sqlite", "chỉ dùng sqlite:////"),
        ("database_url", "sqlite://", "chỉ dùng sqlite:////"),
        ("database_url", "postgresql://a@b:cổng/c", "chỉ dùng sqlite:////"),
    ],
)
def test_a_setting_that_could_not_work_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    monkeypatch.setenv(f"DONDOC_{name.upper()}", value)
    with pytest.raises(ValidationError, match=says) as refused:
        load()
    assert [detail["loc"] for detail in refused.value.errors()] == [(name,)]
    assert refused.value.title == "Settings"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_url", "sqlite:////tmp/so.sqlite"),
        ("database_url", "postgresql://dondoc:mk@127.0.0.1:5432/dondoc"),
        ("database_url", "postgresql:///dondoc?host=/run/postgresql"),
        ("public_url", "https://dondoc.langson.example/nhac"),
        ("public_url", "http://127.0.0.1:8480"),
        ("sender", "dondoc@localhost"),
        ("web_port", "0"),
        ("secret", "k" * SHORTEST),
    ],
)
def test_a_setting_that_works_is_taken(tmp_path: Path, name: str, value: str) -> None:
    assert Settings.model_validate({"home": tmp_path, name: value}).home == tmp_path


def test_a_demo_home_says_of_itself_that_its_clock_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_home(tmp_path, {"demo": "true", "clock": NOON})
    assert load(tmp_path).clock is not None
    monkeypatch.setenv("DONDOC_CLOCK", "2024-08-01T12:00:00+07:00")
    moved = load(tmp_path).clock
    assert moved is not None
    assert moved.month == 8


def test_folders_are_seen_from_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DONDOC_HOME", "var/khac")
    assert load().home == ROOT / "var" / "khac"


# -------------------------------------------------------------------------------------------- secrets that lie in files

FILED = {
    "database_url": "postgresql://dondoc:mat-khau@127.0.0.1:5432/dondoc",
    "smtp_password": "mật khẩu thư",
    "alarm_urls": "json://127.0.0.1:9000/bao",
    "proxy_secret": "p" * SHORTEST,
}


def plain(settings: Settings, name: str) -> str:
    held = getattr(settings, name)
    return held.get_secret_value() if isinstance(held, SecretStr) else str(held)


@pytest.mark.parametrize(("name", "value"), FILED.items())
def test_a_secret_may_lie_in_a_file(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "bi-mat").write_text(f"{value}\n", encoding="utf-8")
    write_home(tmp_path, {f"{name}_file": str(tmp_path / "bi-mat")})
    assert plain(load(tmp_path), name) == value


@pytest.mark.parametrize("name", FILED)
def test_a_file_that_holds_nothing_is_named_and_what_another_holds_is_not(tmp_path: Path, name: str) -> None:
    setting = f"DONDOC_{name.upper()}"
    for content, says in ((None, "không có hoặc rỗng"), (b"\n", "không có hoặc rỗng"), (b"\xff", "không đọc được tệp")):
        file = tmp_path / "bi-mat"
        if content is not None:
            file.write_bytes(content)
        write_home(tmp_path, {f"{name}_file": str(file)})
        with pytest.raises(ValidationError, match=says) as refused:
            load(tmp_path)
        assert [one["loc"] for one in refused.value.errors()] == [(name,)]
        assert f"{setting}_FILE" in str(refused.value)


def test_a_secret_is_not_said_twice_and_no_fault_tells_it(tmp_path: Path) -> None:
    (tmp_path / "bi-mat").write_text("trong tệp", encoding="utf-8")
    write_home(tmp_path, {"smtp_password": "ngoài tệp", "smtp_password_file": str(tmp_path / "bi-mat")})
    with pytest.raises(ValidationError, match="đặt cả DONDOC_SMTP_PASSWORD lẫn") as refused:
        load(tmp_path)
    told = [(one["loc"], one["msg"]) for one in refused.value.errors(include_input=False)]
    assert "trong tệp" not in str(told)
    assert "ngoài tệp" not in str(told)


# ----------------------------------------------------------------------------------------------------------- the secret


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    ours = Settings(home=tmp_path)
    made = ours.signing_secret()
    assert len(made) >= SHORTEST
    assert ours.signing_secret() == made == Settings(home=tmp_path).signing_secret()
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize("left", ["", "\n", "  "])
def test_an_empty_file_is_no_secret(tmp_path: Path, left: str) -> None:
    (tmp_path / "secret").write_text(left)
    assert len(Settings(home=tmp_path).signing_secret()) >= SHORTEST


def test_of_many_who_make_it_at_once_all_have_the_same(tmp_path: Path) -> None:
    start, made = threading.Barrier(8), list[str]()

    def make() -> None:
        start.wait()
        made.append(Settings(home=tmp_path).signing_secret())

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1


@pytest.mark.parametrize(
    ("place", "holds", "says"),
    [
        ("secret", "quá ngắn", "ngắn hơn 32 ký tự; hãy thay"),
        ("khong-co/secret", None, "không đọc hoặc tạo được tệp khoá ký .*DONDOC_SECRET_FILE"),
    ],
)
def test_a_secret_that_cannot_be_used_is_told(tmp_path: Path, place: str, holds: str | None, says: str) -> None:
    if holds:
        (tmp_path / place).write_text(holds, encoding="utf-8")
    with pytest.raises(UnusableSecretError, match=says):
        Settings(home=tmp_path, secret_file=tmp_path / place).signing_secret()
