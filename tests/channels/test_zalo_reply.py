"""Replies of officials: a figure is proposed, never recorded unasked; what is not clear is asked about."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from channels.zalo.confirming import ACKNOWLEDGE, NO, YES, Answer, Received, answer, received
from channels.zalo.form import composed
from channels.zalo.reply import LISTED, Asked, Proposal, Unclear, understand
from domain.figures import read_value
from domain.metric import DONE, Metric, MetricKind

DAY = date(2024, 9, 20)
SPENT = Asked(
    id="a",
    title="Giải ngân tối thiểu 40%, dự án Trường học",
    metric=Metric(
        id="giai-ngan",
        kind=MetricKind.PERCENT,
        name="Tỷ lệ giải ngân",
        numerator="đã giải ngân",
        denominator="kế hoạch",
        basis="kế hoạch vốn",
    ),
)
BEGUN = Asked(
    id="b",
    title="Khởi công, dự án Trường học",
    metric=Metric(id="khoi-cong", kind=MetricKind.EVENT, name="Khởi công dự án"),
)
COUNTED = Asked(
    id="c", title="Xã đạt chuẩn", metric=Metric(id="xa", kind=MetricKind.COUNT, name="Tiêu chí", unit="tiêu chí")
)
WORD = Asked(id="d", title="Báo cáo tình hình", metric=Metric(id="tin", kind=MetricKind.NARRATIVE, name="Tình hình"))


@pytest.mark.parametrize(
    ("said", "asked", "written"),
    [
        ("45%", "a", "45%"),
        ("45 %", "a", "45%"),
        ("40%", "a", "40%"),
        ("Dạ đạt 45,5% ạ.", "a", "45,5%"),
        ("Báo cáo đồng chí, tỷ lệ giải ngân là 45%", "a", "45%"),
        ("2,3 tỷ/5,1 tỷ", "a", "2,3 tỷ/5,1 tỷ"),
        ("1: 45%", "a", "45%"),
        ("1:45%", "a", "45%"),
        ("1.45%", "a", "1.45%"),
        ("việc 1) 45%", "a", "45%"),
        ("đã khởi công", "b", "xong"),
        ("Đã khởi công rồi ạ", "b", "xong"),
        ("khởi công xong", "b", "xong"),
        ("da khoi cong", "b", "xong"),
        ("xong", "b", "xong"),
        ("2. xong rồi", "b", "xong"),
        (unicodedata.normalize("NFD", "đã khởi công"), "b", "xong"),
    ],
)
def test_one_clear_figure_is_proposed(said: str, asked: str, written: str) -> None:
    found = understand(said, [SPENT, BEGUN], DAY)
    assert isinstance(found, Proposal)
    assert (found.asked.id, found.written, found.as_of) == (asked, written, DAY)
    assert found.value == read_value(written, found.asked.metric)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "45",
        "0,45",
        "450%",
        "12/19",
        "khoảng 45%",
        "chưa được 45%",
        "chưa đến 45%",
        "gần 45%",
        "hơn 45%",
        "40% hoặc 45%",
        "40% và 45%",
        "từ 40 đến 45%",
        "45%?",
        "dự kiến 45%",
        "chưa khởi công",
        "chua khoi cong",
        "đã không khởi công",
        "sắp khởi công",
        "sẽ khởi công",
        "khởi công",
        "dự án Trường học",
        "đã khởi công chưa?",
        "đã khởi công 45%",
        "đã nhận",
        "vâng",
        "2: 45%",
        "3: 45%",
        "xin chào",
        "👍",
    ],
)
def test_anything_else_is_asked_about(said: str) -> None:
    found = understand(said, [SPENT, BEGUN], DAY)
    assert isinstance(found, Unclear)
    assert found.question.startswith("Chưa rõ")


def test_a_figure_that_fits_two_asks_which() -> None:
    found = understand("45%", [SPENT, SPENT.model_copy(update={"id": "e", "title": "Giải ngân, dự án Trạm y tế"})], DAY)
    assert isinstance(found, Unclear)
    assert "1. Giải ngân tối thiểu 40%, dự án Trường học\n2. Giải ngân, dự án Trạm y tế" in found.question
    assert "“1: 45%”" in found.question
    assert [one.reply for one in found.choices] == ["1: 45%", "2: 45%"]


def test_only_what_it_may_be_about_is_asked_by_the_numbers_of_all() -> None:
    second = SPENT.model_copy(update={"id": "e", "title": "Giải ngân, dự án Trạm y tế"})
    asked = [BEGUN, SPENT, COUNTED, second]
    found = understand("45%", asked, DAY)
    assert isinstance(found, Unclear)
    assert "Khởi công" not in found.question
    assert "“2: 45%”" in found.question
    assert [one.title for one in found.choices] == [f"2. {SPENT.title}", f"4. {second.title}"]
    pressed = understand(found.choices[1].reply, asked, DAY)
    assert isinstance(pressed, Proposal)
    assert pressed.asked.id == "e"


def test_with_nothing_asked_nothing_is_proposed() -> None:
    assert isinstance(understand("45%", [], DAY), Unclear)


def test_the_question_says_what_would_be_written_and_when() -> None:
    found = understand("45,5%", [SPENT], DAY)
    assert isinstance(found, Proposal)
    assert found.question == (
        "Đề nghị xác nhận: Giải ngân tối thiểu 40%, dự án Trường học: 45,5%, tính đến ngày 20/9/2024.\n"
        "Trả lời ĐÚNG để ghi vào sổ, SAI để bỏ qua."
    )
    begun = understand("xong", [BEGUN], DAY)
    assert isinstance(begun, Proposal)
    assert begun.value == DONE
    assert "đã hoàn thành, tính đến" in begun.question


def test_the_form_of_an_answer_is_told_where_one_thing_is_asked() -> None:
    found = understand("khoảng 45%", [SPENT], DAY)
    assert isinstance(found, Unclear)
    assert "ví dụ 45% hoặc 2,3 tỷ/5,1 tỷ" in found.question


def test_counts_and_words_are_read_as_their_metric_says() -> None:
    counted = understand("được 12/19 tiêu chí", [COUNTED], DAY)
    assert isinstance(counted, Proposal)
    assert counted.written == "12/19"
    assert isinstance(understand("20/19", [COUNTED], DAY), Unclear)
    told = understand("Chưa giải phóng xong mặt bằng, kiến nghị gia hạn", [WORD], DAY)
    assert isinstance(told, Proposal)
    assert told.value.text == "Chưa giải phóng xong mặt bằng, kiến nghị gia hạn"
    assert isinstance(understand("vâng ạ", [WORD], DAY), Unclear)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ĐÚNG", Answer.YES),
        ("Dạ đúng ạ.", Answer.YES),
        ("xác nhận", Answer.YES),
        (YES, Answer.YES),
        ("SAI", Answer.NO),
        ("không đúng", Answer.NO),
        (NO, Answer.NO),
        ("không", Answer.NO),
        ("dung", Answer.UNCLEAR),
        ("ok", Answer.UNCLEAR),
        ("đúng nhưng là 46%", Answer.UNCLEAR),
        ("46%", Answer.UNCLEAR),
        ("", Answer.UNCLEAR),
        ("👍", Answer.UNCLEAR),
    ],
)
def test_only_a_plain_yes_is_a_yes(said: str, expected: Answer) -> None:
    assert answer(said) is expected


def test_an_account_is_taken_for_one_of_several_only_by_its_number() -> None:
    sentence = "Đang giải phóng mặt bằng, dự kiến xong trong tháng"
    assert isinstance(understand(sentence, [SPENT, BEGUN, WORD], DAY), Unclear)
    told = understand(f"3: {sentence}", [SPENT, BEGUN, WORD], DAY)
    assert isinstance(told, Proposal)
    assert (told.asked.id, told.written) == ("d", sentence)
    begun = understand("đã khởi công", [WORD, BEGUN], DAY)
    assert isinstance(begun, Proposal)
    assert begun.asked.id == "b"


def test_a_question_about_many_things_names_the_first_and_fits_a_message() -> None:
    many = [SPENT.model_copy(update={"id": str(n), "title": f"Việc {n}, " + "dự án dài tên " * 30}) for n in range(40)]
    for said in ("45%", "x" * 2000):
        found = understand(said, many, DAY)
        assert isinstance(found, Unclear)
        assert composed(found.question)
        assert f"\n{LISTED}. Việc {LISTED - 1}" in found.question
        assert "và 30 việc khác" in found.question
        assert found.choices == ()


@pytest.mark.parametrize("said", ["Đã nhận", "dạ đã tiếp nhận ạ.", "đã biết", "Đã nhận tin", ACKNOWLEDGE])
def test_that_a_reminder_was_read_is_understood(said: str) -> None:
    assert received(said) == Received()


def test_the_button_may_name_its_directive() -> None:
    assert received(f"{ACKNOWLEDGE}:bac-son-khoi-cong-moi") == Received(directive="bac-son-khoi-cong-moi")
    assert received(f"{ACKNOWLEDGE}:Bắc Sơn") is None


@pytest.mark.parametrize("said", ["", "đã nhận 45%", "đã nhận bàn giao mặt bằng", "đã khởi công", "vâng", "đúng", "👍"])
def test_what_says_more_is_no_mere_sign_of_reading(said: str) -> None:
    assert received(said) is None
