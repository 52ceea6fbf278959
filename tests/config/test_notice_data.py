"""The shipped notice as data: every quoted word is the document's own, and nothing it orders is left out."""

from __future__ import annotations

import re
import unicodedata

import pytest

from config.reading import read
from domain.directive import Directive
from domain.findings import Severity
from tests.config.notice_text import CONFIG, joined, read_notice_text

TEXT = read_notice_text()
DRAFT = read(CONFIG)
DIRECTIVES = {placed.directive.code: placed.directive for placed in DRAFT.placed}
ORDERS = TEXT.body.index("II. NHIỆM VỤ TRỌNG TÂM")
END = TEXT.body.index("Nơi nhận:")

# Headings, what leads up to them, and sentences that tell something without asking for anything: first and last words.
LEFT_OUT = (
    ("II. NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI", "mà huyện đã xây dựng tại Báo cáo"),
    ("và tập trung thực hiện tốt các nhóm nhiệm vụ sau", "a) Về phát triển kinh tế"),
    ("b) Lĩnh vực", "văn hóa - xã hội"),
    ("c) Công tác cải cách hành chính, tiếp công dân", "quốc phòng, an ninh"),
    ("1.2 Đối với triển khai", "Chương trình phục hồi phát triển KT-XH"),
    ("2. Đối với xã Tân Thành Xã Tân Thành là xã vùng 3", "đề nghị huyện, xã quan tâm: 2.1."),
    ("2.2.", "Tiếp tục"),
    ("3. Yêu cầu", "các cấp ủy"),
    ("III. VỀ CÁC KIẾN NGHỊ, ĐỀ XUẤT", "giải đáp cụ thể tại cuộc kiểm tra."),
    ("UBND tỉnh thông báo để", "biết, thực hiện./."),
)

HEADINGS = (
    ("II, đoạn mở đầu", "II. NHIỆM VỤ TRỌNG TÂM"),
    ("II.1.1.a,", "a) Về phát triển kinh tế"),
    ("II.1.1.b,", "b) Lĩnh vực văn hóa"),
    ("II.1.1.c,", "c) Công tác cải cách"),
    ("II.1.2,", "1.2 Đối với triển khai"),
    ("II.2.1,", "2.1. UBND huyện"),
    ("II.2.2,", "2.2. Tiếp tục"),
    ("II.3,", "3. Yêu cầu các cấp ủy"),
    ("III,", "III. VỀ CÁC KIẾN NGHỊ"),
)


def _start(directive: Directive) -> int:
    return TEXT.body.index(directive.quote)


def test_it_is_read_without_an_error() -> None:
    assert not [str(finding) for finding in DRAFT.findings if finding.severity is Severity.ERROR]
    assert len(DIRECTIVES) == 61


def test_footnote_marks_are_found_glued_to_their_words() -> None:
    assert TEXT.body[: TEXT.marks[7]].endswith("đầu tháng 4/2024")
    assert TEXT.body[: TEXT.marks[8]].endswith("triển khai thực hiện ngay")
    assert TEXT.footnotes[9] == "Hiện tại huyện mới đạt trung bình 14.3 tiêu chí/xã."


@pytest.mark.parametrize("directive", DIRECTIVES.values(), ids=DIRECTIVES)
def test_a_quote_is_verbatim_and_stands_once_in_the_orders(directive: Directive) -> None:
    assert directive.quote == joined(directive.quote) == unicodedata.normalize("NFC", directive.quote)
    assert TEXT.body.count(directive.quote) == 1
    assert ORDERS < _start(directive) < END


@pytest.mark.parametrize("directive", DIRECTIVES.values(), ids=DIRECTIVES)
def test_a_section_names_the_headings_above_the_quote(directive: Directive) -> None:
    above = [(path, TEXT.body.rindex(words)) for path, words in HEADINGS]
    path, heading = max((place for place in above if place[1] <= _start(directive)), key=lambda place: place[1])
    assert directive.section.startswith(path)
    bullet = re.search(r"gạch đầu dòng (\d+)", directive.section)
    dashes = re.findall(r" - (\w)", TEXT.body[heading : _start(directive) + 1])
    bullets = sum(letter.isupper() for letter in dashes)
    assert bullets == (int(bullet.group(1)) if bullet else 0)


@pytest.mark.parametrize("directive", DIRECTIVES.values(), ids=DIRECTIVES)
def test_a_title_fits_lists_and_prefect(directive: Directive) -> None:
    assert len(directive.title) <= 80
    assert not set(directive.title) & set("/%&<>")


def test_each_footnote_of_the_orders_is_attached_once_to_the_sentence_with_its_mark() -> None:
    attached = [(note.mark, note.text, directive) for directive in DIRECTIVES.values() for note in directive.footnotes]
    assert sorted(mark for mark, _, _ in attached) == [5, 6, 7, 8, 9]
    for mark, text, directive in attached:
        assert text == TEXT.footnotes[mark]
        assert _start(directive) < TEXT.marks[mark] <= _start(directive) + len(directive.quote)


def test_every_sentence_of_parts_two_and_three_is_a_directive_or_left_out_on_purpose() -> None:
    told = bytearray(len(TEXT.body))
    passages = [(directive.quote, directive.quote) for directive in DIRECTIVES.values()]
    for first, last in (*passages, *LEFT_OUT):
        start = TEXT.body.index(first, ORDERS)
        end = TEXT.body.index(last, start) + len(last)
        told[start:end] = b"\1" * (end - start)
    silent = "".join(TEXT.body[place] for place in range(ORDERS, END) if not told[place])
    assert set(silent) <= set(" ,;-"), silent


def test_directives_stand_in_the_order_of_the_document() -> None:
    starts = [_start(directive) for directive in DIRECTIVES.values()]
    assert starts == sorted(starts)
