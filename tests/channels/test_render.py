"""What a reader gets: three messages word for word, and what must hold of every one of them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from channels.filling import _environment
from channels.letter import SUBJECT_LIMIT
from channels.links import recording
from channels.render import Words, render
from domain.clocktime import at
from domain.digest import Digest, Item, Section
from domain.due import Bound
from domain.outbox import Reason
from tests.channels.digests import (
    ASSIGNED,
    BEHIND,
    CHART,
    DAU_MOI,
    FRONT,
    FULL_EXTENDED,
    HOME,
    LINKS,
    NEW_PROJECTS,
    NOTE_8,
    OFFICE,
    QUOTE,
    RESTRICTED,
    START,
    START_LATE,
    UNDATED,
    URGED,
    WATCHED,
    key,
)

GOLDEN = Path(__file__).parent / "golden"


class Page(HTMLParser):
    """The words of an HTML page as a reader sees them, its links and its tags."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words = ""
        self.links: set[str] = set()
        self.tags: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}

    def handle_data(self, data: str) -> None:
        self.words += data


def rendered(digest: Digest, *, illustrative: bool = False) -> Words:
    return render(digest, OFFICE, LINKS, illustrative)


def urged(item: Item, as_of: Digest = URGED) -> Digest:
    return as_of.model_copy(update={"urged": (Section(directive=NEW_PROJECTS, items=(item,)),), "words": ()})


@pytest.mark.parametrize(
    ("name", "digest", "illustrative"),
    [("urged", URGED, True), ("assigned", ASSIGNED, False), ("watched", WATCHED, False), ("behind", BEHIND, False)],
)
def test_the_message_is_word_for_word_as_agreed(name: str, digest: Digest, illustrative: bool) -> None:
    words = rendered(digest, illustrative=illustrative)
    agreed = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert f"{words.subject}\n\n{words.text}\n" == agreed


@pytest.mark.parametrize("digest", [URGED, ASSIGNED, WATCHED, BEHIND])
def test_text_and_html_say_the_same(digest: Digest) -> None:
    words = rendered(digest)
    page = Page(words.html)
    said = " ".join(page.words.split())
    for line in words.text.splitlines():
        sentence = re.sub(r"^\s*(-|\*|\d+\.) ", "", line).strip()
        # The HTML carries the links behind words, headings without capitals, and a milestone apart from its standing.
        before_a_link = sentence.startswith(("Xem chi tiết", "Ghi kết quả, báo"))
        if sentence and HOME not in sentence and not sentence.isupper() and not before_a_link:
            parts = set(re.split(r": |; ", sentence)) - {"Văn bản giao", "Nội dung giao"}
            assert {part for part in parts if part.casefold() not in said.casefold()} == set(), sentence


@pytest.mark.parametrize("digest", [URGED, ASSIGNED, WATCHED, RESTRICTED])
@pytest.mark.parametrize("illustrative", [True, False])
def test_every_message_is_nfc_has_its_link_and_loads_nothing_from_elsewhere(digest: Digest, illustrative: bool) -> None:
    words = rendered(digest, illustrative=illustrative)
    assert all(unicodedata.is_normalized("NFC", part) for part in words)
    page = Page(words.html)
    assert page.links
    assert [address for address in page.links if not address.startswith(f"{HOME}/")] == []
    assert recording(LINKS, digest) in page.links
    assert recording(LINKS, digest) in words.text
    assert not page.tags & {"img", "script", "link", "style", "iframe", "form"}
    assert ("MINH HOẠ" in words.subject, "MINH HOẠ" in words.text, "MINH HOẠ" in page.words) == (illustrative,) * 3
    assert words.subject.isprintable()


def test_the_quote_and_its_footnote_are_verbatim() -> None:
    for digest in (URGED, ASSIGNED):
        words = rendered(digest)
        assert QUOTE in words.text
        assert NOTE_8 in words.text
        assert QUOTE in Page(words.html).words


def test_the_subject_names_the_worst_and_counts_the_rest() -> None:
    assert rendered(URGED).subject == (
        "[Đôn đốc] QUÁ HẠN 4 ngày làm việc: Khởi công — Dự án khởi công mới năm 2024 (và 1 việc khác)"
    )
    assert rendered(urged(START_LATE)).subject.endswith("Dự án khởi công mới năm 2024")


def test_a_long_subject_is_cut_in_its_middle_and_keeps_what_matters() -> None:
    item = START_LATE.model_copy(update={"name": "Hoàn thành công tác bồi thường, giải phóng mặt bằng " * 4})
    digest = urged(item)
    more = digest.model_copy(update={"urged": digest.urged * 3})
    subject = rendered(more, illustrative=True).subject
    assert len(subject) <= SUBJECT_LIMIT
    assert subject.startswith("[MINH HOẠ] [Đôn đốc] QUÁ HẠN 4 ngày làm việc: Hoàn thành công tác")
    assert subject.endswith("… (và 2 việc khác)")


def test_line_breaks_and_hidden_marks_never_reach_the_subject() -> None:
    item = START_LATE.model_copy(update={"name": "Khởi công\r\nBcc: ai-do@noi-khac.example\u2028\x1b[31m\u202e"})
    subject = rendered(urged(item)).subject
    assert subject.isprintable()
    assert "\n" not in subject


@pytest.mark.parametrize(
    ("day", "late", "working_days", "said"),
    [
        (date(2024, 6, 14), False, 10, "còn 10 ngày làm việc"),
        # 28/6/2024 is a Friday, the due a Sunday: no working day is left, and yet it is not the day itself.
        (date(2024, 6, 28), False, 0, "hôm nay là ngày làm việc cuối cùng trong hạn"),
        (date(2024, 6, 29), False, 0, "không còn ngày làm việc nào trong hạn"),
        (date(2024, 6, 30), False, 0, "ĐẾN HẠN HÔM NAY"),
        (date(2024, 7, 1), True, 1, "QUÁ HẠN 1 ngày làm việc"),
        (date(2024, 9, 1), True, 0, "QUÁ HẠN"),
    ],
)
def test_the_distance_to_the_due_in_words(day: date, late: bool, working_days: int, said: str) -> None:
    item = START_LATE.model_copy(update={"late": late, "working_days": working_days})
    words = rendered(urged(item, URGED.model_copy(update={"as_of": at(day, time(7, 30))})))
    assert f"* Khởi công: {said}\n" in words.text
    assert words.subject.startswith(f"[Đôn đốc] {said[0].upper()}{said[1:]}: Khởi công")


def test_a_due_that_excludes_its_day_and_one_with_a_clock_time() -> None:
    before = START.model_copy(
        update={"phrase": "trước ngày 30/6/2024", "bound": Bound.EXCLUSIVE, "overdue_after": at(date(2024, 6, 30))}
    )
    assert "Hạn: hết ngày 29/6/2024 (văn bản ghi “trước ngày 30/6/2024”)" in (
        rendered(urged(START_LATE.model_copy(update={"due": before}))).text
    )
    ten = START.model_copy(update={"bound": Bound.AT, "overdue_after": at(date(2024, 6, 30), time(10))})
    assert "Hạn: trước 10:00 ngày 30/6/2024" in rendered(urged(START_LATE.model_copy(update={"due": ten}))).text


def test_an_unconfirmed_calendar_is_said() -> None:
    due = START.model_copy(update={"unconfirmed": True})
    assert "chưa có văn bản chính thức" in rendered(urged(START_LATE.model_copy(update={"due": due}))).text


def test_escalated_readers_are_told_why() -> None:
    item = START_LATE.model_copy(update={"reasons": (Reason.HEAD,)})
    assert "Lý do gửi: thủ trưởng đơn vị (việc đã quá hạn, đã đôn đốc đầu mối)\n" in rendered(urged(item)).text
    item = START_LATE.model_copy(update={"reasons": (Reason.MONITOR,)})
    assert "Lý do gửi: đơn vị theo dõi, đôn đốc (việc quá hạn kéo dài)\n" in rendered(urged(item)).text


def test_words_asked_for_alone_make_a_message() -> None:
    digest = Digest(
        person=DAU_MOI, channel="email", as_of=URGED.as_of, words=UNDATED, rows=(key("tinh-hinh", "word", DAU_MOI),)
    )
    words = rendered(digest)
    assert words.subject == "[Báo cáo] Đề nghị cho biết tình hình thực hiện 3 nhiệm vụ không ấn định thời hạn"
    assert "- Mục II.1.1.a, Thông báo kết luận kiểm tra huyện Bắc Sơn năm 2024: 2 nhiệm vụ\n" in words.text
    assert words.text.count("Yêu cầu chỉ đạo rà soát.") == 0


def test_a_restricted_document_is_referred_to_and_never_told() -> None:
    words = rendered(RESTRICTED)
    everything = " ".join(words)
    secret = [QUOTE, NOTE_8, NEW_PROJECTS.title, "Khởi công", "dự án", "giải ngân", "tỷ đồng", "tháng 6/2024"]
    assert [text for text in secret if text.casefold() in everything.casefold()] == []
    assert NEW_PROJECTS.code not in everything  # a code is made of a title: it stands in no address either
    assert Page(words.html).links == {FRONT}
    assert "Thông báo kết luận kiểm tra huyện Bắc Sơn năm 2024, mục II.1.2" in words.text
    assert "Hạn: hết ngày 30/6/2024\n" in words.text


ACKNOWLEDGED = LINKS.form(f"/tiep-nhan?nhiem-vu={NEW_PROJECTS.code}")


def test_every_item_opens_exactly_its_forms() -> None:
    page = Page(rendered(URGED).html)
    about = f"nhiem-vu={NEW_PROJECTS.code}&moc="
    assert page.links == {
        FRONT,  # of what has no due
        f"{HOME}/nhiem-vu/{NEW_PROJECTS.code}",  # of the subjects that are not listed
        LINKS.form(f"?nhiem-vu={NEW_PROJECTS.code}"),
        LINKS.form(f"?{about}khoi-cong"),
        LINKS.form(f"?{about}giai-ngan-100"),
        ACKNOWLEDGED,
        LINKS.form(f"/gia-han?{about}giai-ngan-100"),  # none for what is late: nobody may ask any more
    }


def test_an_occurrence_is_named_in_the_addresses_of_its_forms() -> None:
    due = START.model_copy(update={"occurrence": date(2024, 6, 30)})
    page = Page(rendered(urged(START_LATE.model_copy(update={"due": due, "late": False}))).html)
    assert {address[-13:] for address in page.links if "moc=" in address} == {"ky=2024-06-30"}


@pytest.mark.parametrize("reason", [Reason.COORDINATING, Reason.MONITOR])
def test_who_does_not_carry_the_work_out_is_offered_to_acknowledge_it_alone(reason: Reason) -> None:
    words = rendered(urged(START_LATE.model_copy(update={"reasons": (reason,), "late": False})))
    assert Page(words.html).links == {FRONT, ACKNOWLEDGED}
    assert f"Báo đã tiếp nhận:\n   {ACKNOWLEDGED}\n" in words.text
    assert "Ghi kết quả, báo" not in words.text


def test_the_text_has_one_link_per_directive_to_its_sheet() -> None:
    text = rendered(URGED).text
    assert text.count(f"?nhiem-vu={NEW_PROJECTS.code}\n") == 1
    assert max(text.count(f"moc={milestone}") for milestone in ("khoi-cong", "giai-ngan-100")) == 0


def test_a_picture_of_pace_stands_by_its_words_and_is_described() -> None:
    words = rendered(BEHIND)
    page = Page(words.html)
    assert f"cid:{CHART.cid}" in page.links
    said = "mới đạt 5,2% (14 dự án); chia đều theo các mốc được giao thì đến nay phải đạt 18,2%, chậm 13 điểm phần trăm"
    assert f"Tiến độ: {said}" in words.text
    assert f'alt="Biểu đồ tiến độ {CHART.metric}: {said}"' in words.html


def test_a_message_has_at_most_three_pictures_and_says_the_rest_in_words() -> None:
    late = [CHART.model_copy(update={"whose": f"Dự án {n}"}) for n in range(5)]
    items = tuple(FULL_EXTENDED.model_copy(update={"chart": one}) for one in (*late, late[0]))
    digest = URGED.model_copy(update={"urged": (Section(directive=NEW_PROJECTS, items=items),)})
    words = rendered(digest)
    assert digest.charts == tuple(late[:3])
    assert {link for link in Page(words.html).links if link.startswith("cid:")} == {f"cid:{c.cid}" for c in late[:3]}
    assert words.text.count("Tiến độ: mới đạt") == 6


def test_the_end_of_the_ledger_is_printed_where_it_is_known() -> None:
    line = "Sổ theo dõi: bút toán số 142, mã 9f3a01bc"
    assert rendered(BEHIND).text.endswith(line)
    assert line in Page(rendered(BEHIND).html).words
    assert "Sổ theo dõi: bút toán" not in rendered(URGED).text


def test_markup_in_any_text_stays_text_in_html() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    lines = tuple(
        line.model_copy(update={"name": attack, "have": attack, "missing": attack}) for line in START_LATE.subjects
    )
    due = START.model_copy(
        update={"phrase": attack, "legal_source": attack, "legal": date(2025, 1, 1), "chosen_by": attack}
    )
    item = START_LATE.model_copy(
        update={"name": attack, "target": attack, "summary": attack, "reading": attack, "subjects": lines, "due": due}
    )
    directive = NEW_PROJECTS.model_copy(
        update={"title": attack, "quote": attack, "section": attack, "subject_word": attack}
    )
    office = OFFICE.model_copy(
        update={"units": tuple(unit.model_copy(update={"name": attack}) for unit in OFFICE.units)}
    )
    section = Section(directive=directive, items=(item,))
    digest = URGED.model_copy(update={"urged": (section,), "watched": (section,), "assigned": (section,)})
    page = Page(render(digest, office, LINKS, False).html)
    assert not page.tags & {"script", "img"}
    assert page.words.count("<script>alert(1)</script>") > 20
    assert attack in render(digest, office, LINKS, False).text


def test_a_wording_that_asks_for_an_unknown_fact_fails() -> None:
    with pytest.raises(UndefinedError):
        _environment(escaped=False).from_string("{{ khong_co }}").render()
