"""`dondoc message`: what a person would be told, and that looking at it leaves no trace."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from store import open_store, reading
from store.messages import all_messages
from tests.cli.conftest import Desk, Dondoc

LEAD, OUTSIDER = "dau-moi-ubnd-huyen-bac-son", "lanh-dao-ubnd-tinh"
CODE = "bac-son-khoi-cong-moi"
RECORD = ("record", "bac-son-giai-ngan-dau-tu-cong-2024", "giai-ngan")
ZALO = """channels:
  - {code: email, kind: email, name: Thư điện tử}
  - {code: preview, kind: preview, name: Xem trước}
  - {code: zalo-oa, kind: zalooa, name: Zalo}
  - {code: zalo-tin, kind: zbs, name: Tin theo mẫu}
  - {code: zalo-bot, kind: zalobot, name: Bot}
"""


@pytest.fixture
def office(dondoc: Dondoc, desk: Desk) -> Dondoc:
    """The program in an office that has channels of every kind, and adopted its files on the day of the inspection."""
    (desk.config / "channels.yaml").write_text(ZALO, encoding="utf-8")
    assert dondoc("adopt", "--as-of", "2024-04-22T08:00:00+07:00").code == 0
    return dondoc


def trace(desk: Desk) -> tuple[bytes, int]:
    """The ledger's end, and how many messages were ever written."""
    store = open_store(f"sqlite:///{desk.home / 'dondoc.sqlite'}", desk.home / "ledger.head")
    try:
        with reading(store) as opened:
            return (desk.home / "ledger.head").read_bytes(), len(list(all_messages(opened)))
    finally:
        store.engine.dispose()


def of(office: Dondoc, *words: str) -> Any:
    answer = office("message", LEAD, "--format", "json", *words)
    assert answer.code == 0, answer.err
    return answer.json


def test_what_is_due_now_is_printed_and_nothing_is_sent_or_kept(office: Dondoc, desk: Desk) -> None:
    before = trace(desk)
    answer = office("message", LEAD)
    assert answer.code == 0
    assert answer.out.startswith("Tiêu đề: [MINH HOẠ] [Đôn đốc] ")
    for words in ("Kính gửi:", "tính đến 08:00 ngày 04/7/2024", "Khởi công", "Sổ theo dõi: bút toán số "):
        assert words in answer.out
    assert "Bản xem thử: không gửi, không lưu" in answer.err
    assert "không có lời nhắc nào chờ gửi" not in answer.err
    assert trace(desk) == before
    assert not (desk.home / "secret").exists()  # its links are signed with no secret of the office


def test_the_rows_it_would_carry_are_named(office: Dondoc) -> None:
    row = of(office)
    assert (row["person"], row["channel"], row["kind"], row["planned"]) == (LEAD, "email", "email", True)
    assert row["at"] == "2024-07-04T08:00:00+07:00"
    said = row["message"]
    assert said["rows"][0].keys() == {
        "directive",
        "milestone",
        "rung",
        "occurrence",
        "reason",
        "reason_said",
        "subjects",
    }
    assert {one["directive"] for one in said["rows"]} >= {CODE}
    assert said["html"].startswith("\n<!DOCTYPE html>") or said["html"].lstrip().startswith("<!DOCTYPE html>")
    assert said["form"] is None


def test_after_it_was_told_the_open_work_is_shown_and_said_to_be(office: Dondoc) -> None:
    assert office("tick").code == 0
    answer = office("message", LEAD)
    assert "Hiện không có lời nhắc nào chờ gửi; dưới đây là mọi việc đang mở" in answer.err
    assert "còn " in answer.out
    assert "Khởi công" in answer.out
    assert of(office)["planned"] is False
    assert of(office)["message"]["rows"]


def test_another_day_is_another_message(office: Dondoc) -> None:
    late = office("message", LEAD, "--as-of", "2024-07-10T08:00:00+07:00").out
    assert "tính đến 08:00 ngày 10/7/2024" in late
    assert "bút toán số" not in late  # the end of the ledger was another then


@pytest.mark.parametrize(
    ("channel", "kind", "buttons"),
    [("zalo-oa", "zalooa", True), ("zalo-tin", "zbs", False), ("zalo-bot", "zalobot", False)],
)
def test_the_same_in_the_words_of_zalo(office: Dondoc, channel: str, kind: str, buttons: bool) -> None:
    row = of(office, "--channel", channel)
    said = row["message"]
    assert (row["kind"], said["html"]) == (kind, None)
    assert len(said["text"]) <= 2000
    assert said["text"] != of(office)["message"]["text"]
    shown = office("message", LEAD, "--channel", channel).out
    assert shown.startswith(said["text"].splitlines()[0])
    assert ("[Ghi kết quả] http" in shown) is buttons
    assert ("data" in said["form"]) is (kind == "zbs")


def test_html_can_be_opened_in_a_browser_with_its_pictures_inside(office: Dondoc) -> None:
    by = ("--as-of", "2024-06-20", "--by", LEAD)
    assert office(*RECORD, "5%", *by, "--yes").code == 0
    assert office("tick").code == 0  # from here on all that is open is shown
    answer = office("message", LEAD, "--format", "html")
    assert "cid:" not in answer.out
    pictures = re.findall(r'src="data:image/png;base64,iVBOR', answer.out)
    assert len(pictures) == len(of(office)["message"]["pictures"]) > 0


def test_who_has_nothing_open_is_told_nothing(office: Dondoc) -> None:
    answer = office("message", OUTSIDER)
    assert (answer.code, answer.out) == (0, "")
    assert "hiện không có gì để nhắc" in answer.err
    assert office("message", OUTSIDER, "--format", "json").json["message"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nguoi-la",), "không có cán bộ “nguoi-la”"),
        ((LEAD, "--channel", "fax"), "không có kênh “fax” trong channels.yaml; các kênh: email, preview, zalo-oa"),
        ((LEAD, "--channel", "zalo-oa", "--format", "html"), "không có bản HTML"),
    ],
)
def test_wrong_use_says_what_would_be_right(office: Dondoc, words: tuple[str, ...], said: str) -> None:
    answer = office("message", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in " ".join(answer.err.replace("│", " ").split())


def test_a_missing_home_is_told_and_not_made(dondoc: Dondoc, desk: Desk) -> None:
    answer = dondoc("message", LEAD)
    assert (answer.code, answer.out) == (1, "")
    assert not Path(desk.home).exists()
    assert json.dumps(answer.err, ensure_ascii=False).count("LỖI") == 1
