"""What a reader gets on Zalo: within its limits to the letter, and buttons that open exactly the right form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from channels.links import recording
from channels.render import Words
from channels.render_zalo import consultation, plain
from channels.render_zbs import ADDRESS, COUNTS, DAY, NAME, WORK, template
from channels.zalo.confirming import Received, received
from channels.zalo.form import BUTTONS, TEXT_LIMIT, Button, composed, read_form
from config.link import Links
from domain.clocktime import at
from domain.digest import Digest, Section
from domain.due import Bound
from domain.outbox import Reason
from tests.channels.digests import (
    ASSIGNED,
    BEHIND,
    DAU_MOI,
    FRONT,
    FULL_EXTENDED,
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
ABOUT = f"nhiem-vu={NEW_PROJECTS.code}"
WORDS_ALONE = Digest(
    person=DAU_MOI, channel="zalo", as_of=URGED.as_of, words=UNDATED, rows=(key("tinh-hinh", "word", DAU_MOI),)
)
EVERY = [URGED, ASSIGNED, WATCHED, BEHIND, RESTRICTED, WORDS_ALONE]


def chat(digest: Digest, *, illustrative: bool = False) -> Words:
    return consultation(digest, OFFICE, LINKS, illustrative=illustrative)


def by_template(digest: Digest, *, links: Links = LINKS, number: str = "512034", illustrative: bool = False) -> Words:
    return template(digest, OFFICE, links, number, illustrative=illustrative)


def buttons(words: Words) -> dict[str, str]:
    return {one.title: one.url or one.payload or "" for one in read_form(words.html).buttons}


def of(*items: object, directives: int = 1) -> Digest:
    """Urged about the items, in each of some directives."""
    codes = [NEW_PROJECTS.model_copy(update={"code": f"viec-{n}"}) for n in range(directives)]
    sections = tuple(Section.model_validate({"directive": one, "items": items}) for one in codes)
    return URGED.model_copy(update={"urged": sections, "words": ()})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("zalo-urged", chat(BEHIND, illustrative=True)),
        ("zalo-assigned", chat(ASSIGNED)),
        ("zalo-watched", chat(WATCHED)),
        ("zbs-urged", by_template(URGED, illustrative=True)),
    ],
)
def test_the_message_is_word_for_word_as_agreed(name: str, words: Words) -> None:
    agreed = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert f"{words.subject}\n\n{words.text}\n" == agreed


@pytest.mark.parametrize("digest", EVERY)
@pytest.mark.parametrize("say", [chat, by_template, lambda one: plain(one, OFFICE, LINKS, illustrative=False)])
def test_whatever_is_said_zalo_takes(digest: Digest, say: object) -> None:
    words: Words = say(digest)  # type: ignore[operator]
    assert composed(words.text) == words.text
    assert unicodedata.is_normalized("NFC", words.text + words.html)
    assert recording(LINKS, digest) in words.text
    assert read_form(words.html).frozen() == words.html
    assert 0 < len(words.subject) <= 150


# ----------------------------------------------------------------------------------------------- what is left out


@pytest.mark.parametrize("directives", [3, 12, 40])
def test_a_long_list_is_shortened_worst_first_and_says_how_many_more_there_are(directives: int) -> None:
    words = chat(of(START_LATE, FULL_EXTENDED, directives=directives))
    assert TEXT_LIMIT * 0.6 < len(words.text) <= TEXT_LIMIT
    listed = words.text.count("• ")
    (rest,) = re.findall(r"^Còn (\d+) mốc công việc khác, xem tại trang của đồng chí\.$", words.text, re.MULTILINE)
    assert listed + int(rest) == 2 * directives
    assert listed > 2
    assert f"Xem và ghi kết quả: {FRONT}" in words.text
    assert "…" not in words.text


def test_what_fits_is_not_shortened() -> None:
    assert "mốc công việc khác" not in chat(URGED).text


def test_even_one_milestone_that_is_too_long_leaves_a_message() -> None:
    words = chat(of(START_LATE.model_copy(update={"name": "Giải phóng mặt bằng " * 200})))
    assert "Còn 1 mốc công việc khác" in words.text
    assert len(words.text) < TEXT_LIMIT


# ----------------------------------------------------------------------------------------------- buttons


def test_one_milestone_has_a_button_for_each_of_its_forms() -> None:
    assert buttons(chat(of(FULL_EXTENDED.model_copy(update={"late": False})))) == {
        "Ghi kết quả": LINKS.form("?nhiem-vu=viec-0&moc=giai-ngan-100"),
        "Đã tiếp nhận": "#tiepnhan:viec-0",
        "Xin gia hạn": LINKS.form("/gia-han?nhiem-vu=viec-0&moc=giai-ngan-100"),
    }


def test_what_the_button_sends_back_is_understood() -> None:
    assert received(buttons(chat(URGED))["Đã tiếp nhận"]) == Received(directive=NEW_PROJECTS.code)
    assert received(buttons(chat(of(START_LATE, directives=3)))["Đã tiếp nhận"]) == Received()


def test_of_several_milestones_the_button_says_which_is_extended() -> None:
    assert buttons(chat(URGED)) == {
        "Ghi kết quả": LINKS.form(f"?{ABOUT}"),
        "Đã tiếp nhận": f"#tiepnhan:{NEW_PROJECTS.code}",
        "Xin gia hạn: Giải ngân 100%": LINKS.form(f"/gia-han?{ABOUT}&moc=giai-ngan-100"),
    }


def test_of_several_directives_the_page_records_and_one_button_acknowledges_them() -> None:
    said = buttons(chat(of(START_LATE, directives=3)))
    assert said == {
        "Ghi kết quả": FRONT,
        "Đã tiếp nhận": "#tiepnhan",
    }


def test_who_coordinates_may_read_and_acknowledge() -> None:
    item = FULL_EXTENDED.model_copy(update={"reasons": (Reason.COORDINATING,)})
    assert buttons(chat(of(item))) == {"Xem nhiệm vụ": FRONT, "Đã tiếp nhận": "#tiepnhan:viec-0"}


@pytest.mark.parametrize(("digest", "title"), [(WATCHED, "Xem nhiệm vụ"), (ASSIGNED, "Xem nhiệm vụ")])
def test_what_is_only_told_has_a_button_to_the_page(digest: Digest, title: str) -> None:
    assert buttons(chat(digest)) == {title: FRONT}


def test_a_word_that_is_asked_for_has_a_button_to_record_it() -> None:
    assert buttons(chat(WORDS_ALONE)) == {"Ghi kết quả": FRONT}


def test_a_title_that_is_too_long_for_a_button_is_cut_between_words() -> None:
    item = FULL_EXTENDED.model_copy(update={"name": "Hoàn thành công tác giải phóng mặt bằng " * 5})
    titles = list(buttons(chat(of(item, START_LATE))))
    assert titles[2].endswith("…")
    assert len(titles) <= BUTTONS
    assert {Button(title=title, url=FRONT).title for title in titles} == set(titles)
    assert titles[2].rstrip("…").split()[-1] in item.name.split()


def test_the_bot_has_no_buttons_and_says_the_same() -> None:
    words = plain(BEHIND, OFFICE, LINKS, illustrative=False)
    assert read_form(words.html).buttons == ()
    assert words.text == chat(BEHIND).text


# ----------------------------------------------------------------------------------------------- template

LONG = DAU_MOI.model_copy(update={"name": "Nguyễn Hoàng Phương Thảo Nguyên An, Phó Trưởng phòng phụ trách"})


def test_every_parameter_keeps_to_its_limit() -> None:
    ten = START.model_copy(update={"bound": Bound.AT, "overdue_after": at(date(2024, 10, 30), time(10, 30))})
    item = START_LATE.model_copy(update={"due": ten, "name": "Hoàn thành công tác giải phóng mặt bằng " * 9})
    digest = of(*[item] * 99, directives=2).model_copy(update={"person": LONG})
    form = read_form(by_template(digest, illustrative=True).html)
    limits = {"ten": NAME, "so_viec": COUNTS, "viec": WORK, "han": DAY, "duong_dan": ADDRESS}
    assert form.data.keys() == limits.keys()
    assert [name for name, value in form.data.items() if not 0 < len(value) <= limits[name]] == []
    assert form.data["ten"] == "Nguyễn Hoàng Phương Thảo…"
    assert form.data["han"] == "10:30 30/10/2024"
    assert form.data["viec"].startswith("[MINH HOẠ] Hoàn thành công tác")


def test_a_long_post_is_named_without_its_office() -> None:
    person = DAU_MOI.model_copy(update={"name": "Chuyên viên theo dõi nhiệm vụ, Văn phòng UBND tỉnh"})
    form = read_form(by_template(URGED.model_copy(update={"person": person})).html)
    assert form.data["ten"] == "Chuyên viên theo dõi nhiệm vụ"


@pytest.mark.parametrize(
    ("digest", "counted", "due"),
    [
        (URGED, "2 mốc chưa xong, 1 quá hạn", "hết 30/6/2024"),
        (of(FULL_EXTENDED), "1 mốc chưa xong", "hết 31/12/2024"),
        (WATCHED, "theo dõi 2 mốc", "hết 30/6/2024"),
        (ASSIGNED, "4 nhiệm vụ mới được giao", "hết 30/6/2024"),
        (ASSIGNED.model_copy(update={"assigned": ()}), "3 nhiệm vụ mới được giao", "không ấn định"),
        (WORDS_ALONE, "3 nhiệm vụ cần báo cáo", "không ấn định"),
    ],
)
def test_the_counts_and_the_due_by_what_there_is_to_say(digest: Digest, counted: str, due: str) -> None:
    data = read_form(by_template(digest).html).data
    assert (data["so_viec"], data["han"]) == (counted, due)


def test_the_template_is_the_one_of_the_settings_and_none_is_left_for_the_plugin_to_refuse() -> None:
    assert read_form(by_template(URGED).html).template == "512034"
    for unset in ("", "mẫu số 5"):
        assert read_form(by_template(URGED, number=unset).html).template is None


def test_a_link_longer_than_zalo_takes_gives_way_to_the_office_s_address() -> None:
    far = replace(LINKS, home=f"https://{'a' * 60}.{'b' * 60}.example")
    assert read_form(by_template(URGED, links=far).html).data["duong_dan"] == far.front
    assert read_form(by_template(URGED).html).data["duong_dan"] == LINKS.form(f"?{ABOUT}")


def test_the_guide_shows_the_words_to_be_registered() -> None:
    """Zalo approves a text; ours, with its parameters in place, is the one the guide gives."""
    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "connect-zalo.md").read_text(encoding="utf-8")
    words = by_template(URGED)
    said = words.text
    for name, value in read_form(words.html).data.items():
        said = said.replace(value, f"<{name}>", 1)
    assert said in guide


# ----------------------------------------------------------------------------------------------- restricted


def test_a_restricted_document_is_referred_to_and_never_told() -> None:
    everything = " ".join((*chat(RESTRICTED), *by_template(RESTRICTED)))
    secret = [QUOTE, NOTE_8, NEW_PROJECTS.title, "Khởi công", "dự án", "giải ngân", "tỷ đồng", NEW_PROJECTS.code]
    assert [text for text in secret if text.casefold() in everything.casefold()] == []
    assert "Thông báo kết luận kiểm tra huyện Bắc Sơn năm 2024" in everything
    assert buttons(chat(RESTRICTED)) == {"Ghi kết quả": FRONT, "Đã tiếp nhận": "#tiepnhan"}


def test_a_restricted_document_without_dates_is_referred_to_by_its_number() -> None:
    restricted = tuple(one.model_copy(update={"notice": RESTRICTED.urged[0].directive.notice}) for one in UNDATED)
    data = read_form(by_template(WORDS_ALONE.model_copy(update={"words": restricted})).html).data
    assert data["viec"] == "Thông báo kết luận kiểm tra huyện Bắc Sơn năm 2024"
