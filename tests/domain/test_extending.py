"""Asking for a later day, and granting one: by whom, while what runs, and to which day."""

from __future__ import annotations

import pytest

from domain.directive import Directive, LeadMode, Quantifier
from domain.due import DueSpec
from domain.extending import why_not_ask, why_not_grant
from domain.laterday import Wish
from domain.ledger import Entry, EntryKind
from domain.requests import open_requests
from domain.state import WHOLE
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    HUNDRED,
    HUYEN,
    PROJECTS,
    SO_Y_TE,
    START,
    UNDATED,
    changed,
    day,
    decided,
    disbursed,
    enrol,
    entry,
    grant,
    instant,
    on,
    started,
    variant,
)

LEAD, MONITOR = "dau-moi-huyen", "theo-doi"
TO_OCTOBER = Wish("giai-ngan-40", WHOLE, day("31/10/2024"))
OF_CAU = Wish("giai-ngan-40", CAU, day("31/10/2024"))
LATE_SEPTEMBER = "20/9/2024 09:00"
STARTED = (started("28/6/2024", CAU), started("28/6/2024", DUONG))
STOPPED = {kind: entry(kind, "10/9/2024") for kind in (EntryKind.SUSPEND, EntryKind.CANCEL)}


def asked(
    wish: Wish, *known: Entry, when: str = LATE_SEPTEMBER, who: str = LEAD, directive: Directive | None = None
) -> str | None:
    situation = on(when, known, directive or variant())
    waiting = open_requests(known, instant(when)).get((situation.directive.code, wish.milestone, wish.subject, None))
    return why_not_ask(situation, wish, who, waiting)


def granted(
    wish: Wish, *known: Entry, when: str = LATE_SEPTEMBER, who: str = MONITOR, directive: Directive | None = None
) -> str | None:
    return why_not_grant(on(when, known, directive or variant()), wish, who)


# ------------------------------------------------------------------------------------------------------ what is allowed


def test_the_lead_asks_for_all_and_a_unit_for_its_own_project() -> None:
    assert asked(TO_OCTOBER) is None
    assert asked(OF_CAU, *PROJECTS, *STARTED) is None
    assert asked(OF_CAU, *PROJECTS, *STARTED, who="chu-tich-tan-thanh") is None


def test_until_the_last_instant_of_the_due() -> None:
    assert asked(TO_OCTOBER, when="30/9/2024") is None
    said = str(asked(TO_OCTOBER, when="1/10/2024 00:00"))
    assert said.startswith(
        "hạn đã qua (30/9/2024), không nhận đề nghị gia hạn nữa; đề nghị báo cáo Văn phòng UBND tỉnh"
    )


def test_the_monitor_grants_also_what_is_late_or_suspended() -> None:
    assert granted(TO_OCTOBER) is None
    assert granted(TO_OCTOBER, when="15/10/2024 09:00") is None
    assert granted(TO_OCTOBER, STOPPED[EntryKind.SUSPEND]) is None
    assert granted(OF_CAU, *PROJECTS, *STARTED) is None


def test_a_second_extension_counts_from_the_first() -> None:
    first = grant("giai-ngan-40", "31/10/2024", "20/9/2024 08:00")
    assert str(asked(TO_OCTOBER, first)).startswith("ngày 31/10/2024 phải sau hạn hiện tại 31/10/2024")
    assert asked(Wish("giai-ngan-40", WHOLE, day("15/11/2024")), first) is None


# -------------------------------------------------------------------------------------------------------------- by whom


def test_strangers_neither_ask_nor_grant() -> None:
    assert "chỉ đầu mối hoặc thủ trưởng" in str(asked(TO_OCTOBER, who="nguoi-ngoai"))
    assert "chỉ đầu mối hoặc thủ trưởng" in str(asked(TO_OCTOBER, who=MONITOR))
    assert "chỉ cán bộ của đơn vị theo dõi" in str(granted(TO_OCTOBER, who=LEAD))


# -------------------------------------------------------------------------------------------------------------- of what


def test_the_milestone_and_the_subject_have_to_exist() -> None:
    nowhere = Wish("ban-giao", WHOLE, day("31/10/2024"))
    said = "nhiệm vụ khoi-cong-moi không có mốc “ban-giao”; các mốc: khoi-cong, giai-ngan-40, giai-ngan-100"
    assert asked(nowhere) == said
    assert granted(nowhere) == said
    assert str(asked(OF_CAU)).startswith("không có dự án “cau”")


def test_what_has_one_due_for_all_is_not_extended_for_one() -> None:
    shared = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
    assert "có một hạn chung cho mọi dự án" in str(asked(OF_CAU, *PROJECTS, directive=shared))
    assert asked(TO_OCTOBER, *PROJECTS, directive=shared) is None


def test_where_each_lead_counts_by_itself_it_asks_for_itself() -> None:
    each = variant(lead=(HUYEN, SO_Y_TE), lead_mode=LeadMode.EACH)
    assert "ghi rõ đơn vị đề nghị (--subject)" in str(asked(TO_OCTOBER, directive=each))
    assert asked(Wish("giai-ngan-40", HUYEN, day("31/10/2024")), directive=each) is None
    assert granted(TO_OCTOBER, directive=each) is None
    together = variant(
        changed(FORTY, quantifier=Quantifier.TOTAL, follows=()), lead=(HUYEN, SO_Y_TE), lead_mode=LeadMode.EACH
    )
    assert asked(TO_OCTOBER, directive=together) is None


@pytest.mark.parametrize("rule", [asked, granted])
def test_what_is_done_has_no_due_to_extend(rule: object) -> None:
    assert callable(rule)
    done = disbursed("45%", "18/9/2024")
    assert str(rule(TO_OCTOBER, done)).startswith("mốc “Giải ngân 40%” đã hoàn thành, không còn hạn để gia hạn")
    back = decided(EntryKind.RETURN, done, "19/9/2024")
    assert rule(TO_OCTOBER, done, back) is None
    of_cau = disbursed("45%", "18/9/2024", CAU)
    assert str(rule(OF_CAU, *PROJECTS, of_cau)).startswith("mốc “Giải ngân 40%” của Dự án cau đã hoàn thành")
    assert rule(Wish("giai-ngan-40", DUONG, day("31/10/2024")), *PROJECTS, of_cau) is None


def test_done_late_is_done() -> None:
    late = disbursed("45%", "8/10/2024")
    assert "đã hoàn thành" in str(granted(TO_OCTOBER, late, when="20/10/2024 09:00"))


def test_what_stands_still_is_extended_once_it_goes_on() -> None:
    assert "đang tạm dừng; sau khi được tiếp tục" in str(asked(TO_OCTOBER, STOPPED[EntryKind.SUSPEND]))


@pytest.mark.parametrize("rule", [asked, granted])
def test_what_is_cancelled_is_not_extended(rule: object) -> None:
    assert callable(rule)
    assert "đã bị huỷ, không còn phải thực hiện" in str(rule(TO_OCTOBER, STOPPED[EntryKind.CANCEL]))
    cancelled = entry(EntryKind.CANCEL, "10/9/2024", subject=CAU)
    assert "hiện không được tính" in str(rule(OF_CAU, *PROJECTS, cancelled))


def test_what_has_no_due_has_none_to_extend() -> None:
    assert "chưa có hạn nên không có gì để gia hạn" in str(
        asked(Wish("tinh-hinh", WHOLE, day("31/10/2024")), directive=UNDATED)
    )


def test_one_request_at_a_time() -> None:
    waiting = entry(EntryKind.EXTENSION_REQUEST, "10/9/2024", milestone="giai-ngan-40", day=day("31/10/2024"))
    said = str(asked(Wish("giai-ngan-40", WHOLE, day("15/11/2024")), waiting))
    assert said.startswith(f"đề nghị {waiting.id} (gia hạn đến hết ngày 31/10/2024, ghi lúc 16:00 ngày 10/9/2024) ")
    assert f"(dondoc decide {waiting.id})" in said
    assert asked(OF_CAU, *PROJECTS, waiting) is None


# ------------------------------------------------------------------------------------------------------------ recurring

MONTHLY = variant(
    changed(
        FORTY,
        follows=(),
        due=DueSpec.model_validate(
            {"phrase": "trước ngày 20 hằng tháng", "every": {"every": "month", "days": [20]}},
        ),
    )
)


def test_of_what_comes_again_one_named_occurrence_is_extended() -> None:
    june = Wish("giai-ngan-40", WHOLE, day("30/6/2024"), day("20/6/2024"))
    assert asked(june, directive=MONTHLY, when="10/6/2024 09:00") is None
    nameless = Wish("giai-ngan-40", WHOLE, day("30/6/2024"))
    said = str(asked(nameless, directive=MONTHLY, when="10/6/2024 09:00"))
    assert "lặp lại: ghi rõ kỳ cần gia hạn (--occurrence); các kỳ đang mở: " in said
    assert "2024-06-20" in said
    odd = Wish("giai-ngan-40", WHOLE, day("30/6/2024"), day("21/6/2024"))
    assert "ghi rõ kỳ" in str(asked(odd, directive=MONTHLY, when="10/6/2024 09:00"))
    assert "hạn đã qua (20/5/2024)" in str(
        asked(
            Wish("giai-ngan-40", WHOLE, day("30/6/2024"), day("20/5/2024")), directive=MONTHLY, when="10/6/2024 09:00"
        )
    )


def test_what_comes_once_has_no_occurrence() -> None:
    odd = Wish("giai-ngan-40", WHOLE, day("31/10/2024"), day("30/9/2024"))
    assert asked(odd) == "mốc “Giải ngân 40%” không lặp lại: bỏ --occurrence"
    undated = Wish("tinh-hinh", WHOLE, day("31/10/2024"), day("30/9/2024"))
    assert "không lặp lại" in str(asked(undated, directive=UNDATED))


# ----------------------------------------------------------------------------------------------------------- which day


@pytest.mark.parametrize("rule", [asked, granted])
def test_the_new_day_is_later_within_the_calendar_and_not_beyond_what_follows(rule: object) -> None:
    assert callable(rule)
    assert "phải sau hạn hiện tại 30/9/2024" in str(rule(Wish("giai-ngan-40", WHOLE, day("30/9/2024"))))
    assert "nằm ngoài lịch làm việc" in str(rule(Wish("giai-ngan-40", WHOLE, day("1/1/2120"))))
    assert "mốc “Giải ngân 100%” đi sau mốc này và có hạn 31/12/2024" in str(
        rule(Wish("giai-ngan-40", WHOLE, day("1/1/2025")))
    )
    assert rule(Wish("giai-ngan-100", WHOLE, day("31/1/2025"))) is None


def test_enrolled_projects_are_named_in_the_way_out() -> None:
    own = grant("khoi-cong", "31/7/2024", "20/6/2024 08:00", CAU)
    known = (enrol(CAU, None, "22/4/2024"), enrol(DUONG, None, "22/4/2024"), own)
    said = str(asked(Wish("khoi-cong", WHOLE, day("15/7/2024")), *known, when="25/6/2024", directive=variant(START)))
    assert "phải sau hạn hiện tại 31/7/2024 (có dự án đã được gia hạn riêng)" in said
    assert "ghi từng dự án bằng --subject" in said


def test_a_chain_is_extended_from_its_end() -> None:
    chain = variant(START, FORTY, HUNDRED)
    end = grant("giai-ngan-100", "31/3/2025", "20/9/2024 08:00")
    assert asked(Wish("giai-ngan-40", WHOLE, day("31/1/2025")), end, directive=chain) is None
