"""`dondoc explain`: a phrase for a person, as JSON, and a file of them line by line."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.cli.conftest import Desk, Dondoc


def test_a_person_is_told_the_day_and_the_way_to_it(dondoc: Dondoc) -> None:
    answer = dondoc("explain", "trong thời hạn 05 ngày làm việc kể từ ngày ký", "--issued", "2024-04-22")
    assert answer.code == 0
    assert "tính từ một ngày hoặc sự kiện" in answer.out
    assert "02/5/2024" in answer.out
    assert "29/4/2024" in answer.out  # a day off in exchange for a Saturday, counted over
    assert "Bộ luật Dân sự 2015, điều 147" in answer.out


def test_json_is_json_and_nothing_else(dondoc: Dondoc) -> None:
    answer = dondoc("explain", "đến hết ngày 30/9/2024 đạt tối thiểu 40%", "--format", "json").json
    assert (answer["kind"], answer["nominal"]) == ("absolute", "2024-09-30")
    assert answer["overdue_after"] == "2024-10-01T00:00:00+07:00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("đầu tháng 8/2024",), "cần hỏi lại"),
        (("khẩn trương",), "không phải thời hạn"),
        (("trước ngày 20 hằng tháng", "--issued", "2024-04-22"), "định kỳ"),
        (("trong 3 ngày kể từ ngày nhận được văn bản", "--received", "2024-04-25"), "ngày nhận được văn bản"),
        (("trước ngày khởi công",), "khởi công"),
    ],
)
def test_every_kind_is_named_in_vietnamese(dondoc: Dondoc, words: tuple[str, ...], said: str) -> None:
    answer = dondoc("explain", *words)
    assert answer.code == 0
    assert said in answer.out + answer.err


def test_several_days_are_listed(dondoc: Dondoc) -> None:
    assert "15/5/2024, 20/5/2024" in dondoc("explain", "cấp xã trước ngày 15/5/2024, cấp huyện trước 20/5/2024").out


def test_a_batch_writes_a_line_for_each_line(dondoc: Dondoc, desk: Desk) -> None:
    asked = desk.config / "cau-hoi.jsonl"
    lines = [{"phrase": "trước ngày 30/6", "issued": "2024-04-22"}, {"phrase": "thường xuyên"}]
    asked.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    answer = dondoc("explain", "--batch", str(asked))
    assert answer.code == 0
    assert [json.loads(line)["kind"] for line in answer.out.splitlines()] == ["absolute", "none"]


def test_a_batch_from_standard_input_goes_on_after_a_fault(dondoc: Dondoc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('hỏng\n{"phrase": "trước ngày 30/6/2024"}\n'))
    answer = dondoc("explain", "--batch", "-")
    assert answer.code == 1
    assert [json.loads(line)["rule"] for line in answer.out.splitlines()] == ["dong-khong-doc-duoc", "ngay-cu-the"]
    assert "1 dòng không đọc được" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "cần đúng một trong hai"),
        (("trước ngày 30/6", "--batch", "-"), "cần đúng một trong hai"),
        (("--batch", "khong-co.jsonl"), "không mở được tệp"),
        (("trước ngày 30/6", "--issued", "31/4/2024"), "31/4/2024"),
    ],
)
def test_a_wrong_call_is_refused_with_the_way_out(dondoc: Dondoc, words: tuple[str, ...], said: str) -> None:
    answer = dondoc("explain", *words)
    assert answer.code == 2
    assert said in " ".join(answer.err.replace("│", " ").split())
