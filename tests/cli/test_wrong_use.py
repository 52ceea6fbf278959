"""What cannot be done is said in one Vietnamese sentence with the way out, never in a traceback."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from config import clock
from config.settings import Settings
from domain.clocktime import iso
from store import open_store, session
from store.marks import set_mark
from tests.cli.conftest import Desk, Dondoc

REPORT = (
    *("record", "bac-son-giai-ngan-dau-tu-cong-2024", "giai-ngan", "28,6%"),
    *("--as-of", "2024-06-30", "--by", "dau-moi-ubnd-huyen-bac-son"),
)


@pytest.fixture
def office(dondoc: Dondoc) -> Dondoc:
    assert dondoc("adopt", "--as-of", "2024-04-22T08:00:00+07:00").code == 0
    return dondoc


@pytest.fixture
def real(office: Dondoc, monkeypatch: pytest.MonkeyPatch) -> Dondoc:
    """The same office, no demo: it goes by the machine's clock."""
    monkeypatch.delenv("DONDOC_CLOCK")
    monkeypatch.delenv("DONDOC_DEMO")
    return office


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("status", "--as-of", "9999-12-31"), "năm 9999 nằm ngoài các năm tính được (1900-2199)"),
        (("status", "--as-of", "2024-W18-3"), "không đọc được “2024-W18-3”; cần ngày có thật, ví dụ 2024-12-31"),
        (("status", "--as-of", "2024-W18-3T08:00:00+07:00"), "không đọc được “2024-W18-3”"),
        (("status", "--as-of", "2024-05-01T25:00:00+07:00"), "ví dụ 2024-12-31T17:00:00+07:00"),
        (("rehearse", "--from", "9999-12-30", "--to", "9999-12-31"), "năm 9999 nằm ngoài"),
        (("rehearse", "--from", "2024-06-02", "--to", "2024-06-01"), "sau --to 2024-06-01; hãy đổi chỗ hai ngày"),
        (("rehearse", "--from", "20240601", "--to", "2024-06-02"), "không đọc được “20240601”"),
    ],
)
def test_a_date_nobody_means_is_refused(office: Dondoc, words: tuple[str, ...], says: str) -> None:
    answer = office(*words)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


@pytest.mark.parametrize(
    ("name", "value", "code", "says"),
    [
        ("DATABASE_URL", "mysql://a:mk@b/c", 2, "LỖI: thiết lập DONDOC_DATABASE_URL: không đọc được địa chỉ"),
        ("SENDER", "văn phòng", 2, "LỖI: thiết lập DONDOC_SENDER: “văn phòng” không phải là địa chỉ thư điện tử"),
        ("WEB_PORT", "99999", 2, "LỖI: thiết lập DONDOC_WEB_PORT: giá trị “99999” không hợp lệ"),
        ("PUBLIC_URL", "javascript:alert(1)", 2, "LỖI: thiết lập DONDOC_PUBLIC_URL: “javascript:alert(1)” không phải"),
        ("SECRET", "ngắn", 2, "LỖI: thiết lập DONDOC_SECRET: khoá ký phải dài ít nhất 32 ký tự"),
        ("SECRET_FILE", "/khong/co/secret", 1, "LỖI: không đọc hoặc tạo được tệp khoá ký /khong/co/secret"),
        ("DEMO", "false", 2, "LỖI: thiết lập DONDOC_CLOCK: đồng hồ đứng yên chỉ dành cho bản minh hoạ"),
    ],
)
def test_a_setting_that_could_not_work_stops_the_round(
    office: Dondoc, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: int, says: str
) -> None:
    monkeypatch.setenv(f"DONDOC_{name}", value)
    answer = office("tick")
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err


@pytest.mark.parametrize("left", [b"", b"khong phai co so du lieu" * 300], ids=["empty", "garbage"])
def test_a_database_that_cannot_be_read_is_told(office: Dondoc, desk: Desk, left: bytes) -> None:
    for file in desk.home.glob("dondoc.sqlite*"):
        file.unlink()
    (desk.home / "dondoc.sqlite").write_bytes(left)
    answer = office("status")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"LỖI: cơ sở dữ liệu sqlite:///{desk.home}/dondoc.sqlite")


def test_a_home_that_cannot_be_made_is_told(dondoc: Dondoc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tep").write_text("không phải thư mục", encoding="utf-8")
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "tep" / "nha"))
    answer = dondoc("adopt")
    assert (answer.code, answer.out) == (1, "")
    assert "một phần của đường dẫn là tệp, không phải thư mục; kiểm tra quyền, hoặc đặt DONDOC_HOME" in answer.err


@pytest.mark.parametrize("hidden", ["a\ud800", "a\x00b", "\u202egnp.exe"])
def test_what_cannot_be_seen_is_no_evidence(office: Dondoc, hidden: str) -> None:
    answer = office(*REPORT, "--evidence", hidden)
    assert (answer.code, answer.out) == (1, "")
    assert "có ký tự không nhìn thấy được (U+" in answer.err


# -------------------------------------------------------------------------------------------------------------- rounds


def test_a_round_that_has_not_come_is_refused_and_uses_up_nothing(real: Dondoc, desk: Desk) -> None:
    now = clock.now(Settings(home=desk.home))
    answer = real("tick", "--as-of", iso(now + timedelta(days=2)))
    assert (answer.code, answer.out) == (1, "")
    assert "còn ở phía trước đồng hồ của máy" in answer.err
    assert real("tick", "--as-of", "2024-04-22T08:00:00+07:00", "--format", "json").json["reminders"] > 0


def test_after_a_long_silence_the_round_waits_for_a_word_and_says_which(real: Dondoc, desk: Desk) -> None:
    now = clock.now(Settings(home=desk.home))
    with session(open_store(f"sqlite:///{desk.home}/dondoc.sqlite", desk.home / "ledger.head")) as opened:
        set_mark(opened, "last_round", iso(now - timedelta(days=40)))
    held = real("tick")
    assert (held.code, held.out) == (1, "")
    assert "hơn 30 ngày" in held.err
    command = " ".join(held.err.split()).rpartition("dondoc ")[2].split()
    assert command[:2] == ["tick", "--as-of"]
    assert real(*command).code == 0
    assert real("tick").code == 0
