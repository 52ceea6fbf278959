"""The shipped notice as data: every word of it is the document's own, and nothing ordered is left out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from config.areas import Area, CalendarFile
from config.reading import read
from domain.directive import Directive
from domain.due import resolve
from domain.findings import Severity
from domain.metric import MetricKind
from domain.policy import Policy
from tests.config.notice_text import CONFIG, joined, read_notice_text

TEXT = read_notice_text()
DRAFT = read(CONFIG)
DIRECTIVES = {placed.directive.code: placed.directive for placed in DRAFT.placed}
ORDERS = TEXT.body.index("II. NHIỆM VỤ TRỌNG TÂM")
END = TEXT.body.index("Nơi nhận:")

# Headings, what leads up to them, and sentences that tell something without asking for anything.
LEFT_OUT = (
    "II. NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI Đoàn kiểm tra cơ bản nhất trí với 05 nhóm nhiệm vụ, giải pháp mà huyện đã xây"
    " dựng tại Báo cáo",
    "và tập trung thực hiện tốt các nhóm nhiệm vụ sau: 1. Đối với huyện Bắc Sơn 1.1. Về phát triển kinh tế - xã hội"
    " a) Về phát triển kinh tế",
    "b) Lĩnh vực văn hóa - xã hội",
    "c) Công tác cải cách hành chính, tiếp công dân, giải quyết đơn thư khiếu nại tố cáo; quốc phòng, an ninh",
    "1.2 Đối với triển khai các Chương trình MTQG và Chương trình phục hồi phát triển KT-XH",
    "2. Đối với xã Tân Thành Xã Tân Thành là xã vùng 3 điều kiện kinh tế xã hội còn khó khăn, số hộ sản xuất kinh doanh"
    " ít, nhỏ lẻ, thu nhập của người dân hạn chế, tổng số hộ ít trên 500 hộ, chủ yếu người dân thu nhập vào nông lâm"
    " nghiệp là chính, mục tiêu phấn đấu đạt chuẩn NTM năm 2024 đến hiện nay đã đạt chuẩn được 12/19 tiêu chí. Trong"
    " thời gian tới, bên cạnh việc triển khai thực hiện các mục tiêu, nhiệm vụ về phát triển KT-XH, bảo đảm quốc phòng,"
    " an ninh, đề nghị huyện, xã quan tâm: 2.1.",
    "2.2.",
    "3. Yêu cầu các cấp ủy"[:2],
    "III. VỀ CÁC KIẾN NGHỊ, ĐỀ XUẤT Các kiến nghị khác đã được lãnh đạo các sở, ngành của tỉnh giải đáp cụ thể tại cuộc"
    " kiểm tra.",
    "UBND tỉnh thông báo để UBND huyện Bắc Sơn, các cơ quan liên quan biết, thực hiện./.",
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

DATED = (
    ("bac-son-don-doan-unesco", "chuan-bi-xong", "trong quý II/2024", date(2024, 6, 30)),
    ("bac-son-giai-ngan-dau-tu-cong-2024", "giai-ngan-100", "100% kế hoạch vốn đầu tư công năm 2024", date(2024, 12, 31)),
    ("bac-son-khoi-cong-moi", "giai-ngan-100", "đến hết ngày 31/12/2024", date(2024, 12, 31)),
    ("bac-son-khoi-cong-moi", "giai-ngan-40", "đến hết ngày 30/9/2024", date(2024, 9, 30)),
    ("bac-son-khoi-cong-moi", "khoi-cong", "chậm nhất trong tháng 6/2024", date(2024, 6, 30)),
    ("tan-thanh-ntm-2024", "dat-chuan", "trong năm 2024", date(2024, 12, 31)),
)


def _start(directive: Directive) -> int:
    return TEXT.body.index(directive.quote)


def test_it_is_read_without_an_error() -> None:
    assert not [str(finding) for finding in DRAFT.findings if finding.severity is Severity.ERROR]
    assert len(DIRECTIVES) == 74


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
    bullets = sum(dash.group(1).isupper() for dash in re.finditer(r" - (\w)", TEXT.body[heading : _start(directive) + 1]))
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
    for passage in (*LEFT_OUT, *(directive.quote for directive in DIRECTIVES.values())):
        start = TEXT.body.index(passage, ORDERS)
        told[start : start + len(passage)] = b"\1" * len(passage)
    silent = "".join(TEXT.body[place] for place in range(ORDERS, END) if not told[place])
    assert set(silent) <= set(" ,;-"), silent


def test_directives_stand_in_the_order_of_the_document() -> None:
    starts = [_start(directive) for directive in DIRECTIVES.values()]
    assert starts == sorted(starts)


def test_exactly_six_milestones_have_a_date_and_each_phrase_is_the_documents() -> None:
    calendar, policy = DRAFT.areas[Area.CALENDAR], DRAFT.areas[Area.POLICY]
    assert isinstance(calendar, CalendarFile)
    assert isinstance(policy, Policy)
    found = []
    for code, directive in DIRECTIVES.items():
        words = " ".join((directive.quote, *(note.text for note in directive.footnotes)))
        for milestone in directive.milestones:
            if milestone.due:
                assert milestone.due.phrase in words
                due = resolve(milestone.due, calendar.calendar(), policy.reading(), {})
                found.append((code, milestone.id, milestone.due.phrase, due and due.nominal))
    assert tuple(sorted(found)) == DATED


def test_footnote_8_is_one_chain_over_every_project() -> None:
    directive = DIRECTIVES["bac-son-khoi-cong-moi"]
    assert [(m.id, m.quantifier, m.follows) for m in directive.milestones] == [
        ("khoi-cong", "each", ()),
        ("giai-ngan-40", "each", ("khoi-cong",)),
        ("giai-ngan-100", "each", ("giai-ngan-40",)),
    ]
    assert [m.target and m.target.number for m in directive.milestones] == [1, 40, 100]
    assert directive.subject_word == "dự án"


def test_what_an_admin_settled_is_said() -> None:
    plan = DIRECTIVES["bac-son-giai-ngan-dau-tu-cong-2024"].milestone("giai-ngan-100")
    visit = DIRECTIVES["bac-son-don-doan-unesco"].milestone("chuan-bi-xong")
    commune = DIRECTIVES["tan-thanh-ntm-2024"]
    assert plan.due
    assert (plan.due.chosen_by, plan.due.legal) == ("quản trị viên", date(2025, 1, 31))
    assert visit.due
    assert visit.due.moved_by
    assert visit.due.moved_by.event == "ngay-don-doan"
    assert commune.milestone("cong-nhan").due is None
    assert commune.milestone("cong-nhan").follows == ("dat-chuan",)
    assert all(milestone.reading for milestone in (plan, visit, commune.milestone("dat-chuan")))


def test_what_has_no_date_is_asked_for_a_word_or_has_a_target_only() -> None:
    undated = [directive for directive in DIRECTIVES.values() if not directive.has_dates()]
    numbers = {d.code for d in undated if any(m.target for m in d.milestones)}
    assert numbers == {"bac-son-cap-gcn-di-tich", "bac-son-cong-nhan-xa-ntm-2024", "bac-son-cum-cong-nghiep-2"}
    assert all(d.metric(m.metric).kind is MetricKind.NARRATIVE for d in undated for m in d.milestones if not m.target)


def test_stated_figures_are_facts_with_their_own_day_and_their_own_words() -> None:
    words = (TEXT.body, *TEXT.footnotes.values())
    for fact in DRAFT.facts:
        assert any(fact.body["evidence"] in text for text in words), fact.body["id"]
        assert fact.body["as_of"] <= date(2024, 4, 22)
        assert fact.body["source"] == "thông báo"
    by_id = {fact.body["id"]: fact.body for fact in DRAFT.facts}
    assert len(by_id) == len(DRAFT.facts)
    assert by_id["bs-2024-i-thu-ngan-sach"]["as_of"] == date(2024, 3, 31)
    assert by_id["bs-2024-i-tan-thanh-tieu-chi"]["value"].number == 12


def test_contradictions_of_the_source_are_told_in_its_words() -> None:
    messages = [finding.message for finding in DRAFT.findings if (finding.field or "").startswith("findings.")]
    assert len(messages) >= 6
    for message in messages:
        quote = message.rsplit(" — “", 1)[1].removesuffix("”")
        assert any(quote in text for text in (TEXT.body, *TEXT.footnotes.values())), quote
