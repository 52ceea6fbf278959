"""The later day itself, and how often it was moved."""

from __future__ import annotations

from domain.directive import Quantifier
from domain.due import DueSpec, MovedBy, Within
from domain.findings import Severity
from domain.laterday import Wish, beyond_successor, doubts, extensions, following, not_later
from domain.ledger import EntryKind
from domain.state import WHOLE
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    FORTY,
    HUNDRED,
    PROJECTS,
    START,
    changed,
    day,
    disbursed,
    entry,
    grant,
    on,
    standing,
    variant,
)


def wish(until: str, milestone: str = "khoi-cong", subject: str = WHOLE) -> Wish:
    return Wish(milestone, subject, day(until))


def test_later_than_the_due_that_is_judged() -> None:
    now = on("20/6/2024 09:00")
    assert not_later(now, wish("1/7/2024")) is None
    assert not_later(now, wish("30/6/2024")) == "ngày 30/6/2024 phải sau hạn hiện tại 30/6/2024; hãy chọn ngày muộn hơn"


def test_an_exclusive_due_counts_from_the_written_day() -> None:
    before = changed(START, due=DueSpec.model_validate({"phrase": "trước ngày 30/6", "date": day("30/6/2024")}))
    now = on("20/6/2024 09:00", (), variant(changed(before, due=dict(before.due or {}) | {"bound": "exclusive"})))
    assert not_later(now, wish("30/6/2024")) is not None
    assert not_later(now, wish("1/7/2024")) is None


def test_for_all_it_is_later_than_for_each_that_is_not_cancelled() -> None:
    own = grant("khoi-cong", "31/7/2024", "20/6/2024 08:00", CAU)
    now = on("25/6/2024", (*PROJECTS, own), variant(START))
    assert "31/7/2024 (có dự án đã được gia hạn riêng)" in str(not_later(now, wish("15/7/2024")))
    assert not_later(now, wish("15/7/2024", subject=DUONG)) is None
    assert not_later(now, wish("1/8/2024")) is None
    cancelled = entry(EntryKind.CANCEL, "21/6/2024", subject=CAU)
    now = on("25/6/2024", (*PROJECTS, own, cancelled), variant(START))
    assert not_later(now, wish("15/7/2024")) is None


def test_where_nothing_has_a_due_any_day_is_later() -> None:
    waits = changed(START, due=DueSpec(phrase="", within=Within.model_validate({"days": 30, "of": "issued"})))
    assert not_later(on("20/6/2024", (), variant(waits)), wish("1/7/2024")) is None


# --------------------------------------------------------------------------------------------------------- what follows


def test_all_that_follows_directly_or_through_others() -> None:
    assert [one.id for one in following(FOOTNOTE_8, "khoi-cong")] == ["giai-ngan-40", "giai-ngan-100"]
    assert [one.id for one in following(FOOTNOTE_8, "giai-ngan-40")] == ["giai-ngan-100"]
    assert list(following(FOOTNOTE_8, "giai-ngan-100")) == []


def test_up_to_the_due_of_the_next_step_and_not_beyond() -> None:
    now = on("20/6/2024 09:00")
    assert beyond_successor(now, wish("30/9/2024")) is None
    said = beyond_successor(now, wish("1/10/2024"))
    assert said is not None
    assert said.startswith("mốc “Giải ngân 40%” đi sau mốc này và có hạn 30/9/2024; gia hạn mốc ấy trước ")
    assert "(dondoc extend khoi-cong-moi giai-ngan-40)" in said


def test_a_step_without_a_due_is_looked_through() -> None:
    undated = changed(FORTY, due=None)
    now = on("20/6/2024 09:00", (), variant(START, undated, HUNDRED))
    assert "mốc “Giải ngân 100%” đi sau mốc này và có hạn 31/12/2024" in str(beyond_successor(now, wish("1/1/2025")))


def test_a_step_that_is_done_or_cancelled_holds_nothing_back() -> None:
    done = disbursed("45%", "10/6/2024")
    assert beyond_successor(on("20/6/2024 09:00", (done,)), wish("1/10/2024")) is None


def test_a_step_that_stands_still_does() -> None:
    suspended = entry(EntryKind.SUSPEND, "10/6/2024")
    assert beyond_successor(on("20/6/2024 09:00", (suspended,)), wish("1/10/2024")) is not None


def test_the_step_of_the_same_project_counts_and_the_first_of_several() -> None:
    own = grant("giai-ngan-40", "31/10/2024", "20/6/2024 08:00", CAU)
    now = on("25/6/2024", (*PROJECTS, own))
    assert beyond_successor(now, wish("15/10/2024", subject=CAU)) is None
    assert "có hạn 30/9/2024" in str(beyond_successor(now, wish("15/10/2024", subject=DUONG)))
    assert "có hạn 30/9/2024" in str(beyond_successor(now, wish("15/10/2024")))


def test_a_step_with_one_due_for_all_counts_for_each_project() -> None:
    total = changed(FORTY, quantifier=Quantifier.TOTAL)
    now = on("25/6/2024", PROJECTS, variant(START, total))
    assert beyond_successor(now, wish("30/9/2024", subject=CAU)) is None
    assert "có hạn 30/9/2024" in str(beyond_successor(now, wish("1/10/2024", subject=CAU)))


# --------------------------------------------------------------------------------------------------------------- doubts


def test_a_day_within_the_law_and_ahead_raises_no_doubt() -> None:
    assert doubts(on("20/6/2024 09:00"), wish("1/7/2024")) == ()


def test_beyond_what_the_law_allows_is_a_warning() -> None:
    legal = {"legal": day("31/1/2025"), "legal_source": "Luật Đầu tư công 2019, điều 68"}
    assert HUNDRED.due is not None
    now = on("20/6/2024 09:00", (), variant(START, changed(HUNDRED, due=dict(HUNDRED.due) | legal, follows=())))
    assert doubts(now, wish("31/1/2025", "giai-ngan-100")) == ()
    (one,) = doubts(now, wish("1/2/2025", "giai-ngan-100"))
    assert one.severity is Severity.WARNING
    assert one.message == (
        "mốc “Giải ngân 100%”: hạn mới 01/02/2025 sau ngày muộn nhất pháp luật cho phép 31/01/2025 "
        "(Luật Đầu tư công 2019, điều 68)"
    )


def test_a_day_already_gone_is_a_warning() -> None:
    now = on("20/8/2024 09:00", PROJECTS)
    (one,) = doubts(now, wish("19/8/2024", subject=CAU))
    assert one.message == "mốc “Khởi công” của Dự án cau: hạn mới 19/8/2024 đã qua: mốc vẫn tính là quá hạn"
    assert doubts(now, wish("20/8/2024")) == ()


def test_a_milestone_without_a_due_has_no_law_to_break() -> None:
    assert doubts(on("20/6/2024", (), variant(changed(START, due=None))), wish("1/7/2024")) == ()


# ------------------------------------------------------------------------------------------------------------ how often


def test_extensions_are_counted_where_they_hold() -> None:
    known = (
        grant("khoi-cong", "31/7/2024", "20/6/2024 08:00"),
        grant("khoi-cong", "15/8/2024", "20/6/2024 09:00", CAU),
        grant("khoi-cong", "31/8/2024", "20/6/2024 10:00", CAU),
        grant("giai-ngan-40", "31/10/2024", "20/6/2024 11:00"),
    )
    now = on("25/6/2024", (*PROJECTS, *known))

    def count(milestone: str, subject: str | None = None) -> int:
        return extensions(now, standing(now, milestone, subject))

    assert (count("khoi-cong", CAU), count("khoi-cong", DUONG)) == (3, 1)
    assert (count("giai-ngan-40"), count("giai-ngan-100"), count("giai-ngan-100", CAU)) == (1, 0, 0)
    wholes = [one for one in now.standings if one.track.milestone.id == "khoi-cong" and one.subject is None]
    assert sorted(extensions(now, one) for one in wholes) == [1, 3]


def test_extensions_of_a_directive_without_subjects_and_of_a_total() -> None:
    known = (grant("khoi-cong", "31/7/2024", "20/6/2024 08:00"), grant("khoi-cong", "31/8/2024", "20/6/2024 09:00"))
    now = on("25/6/2024", known)
    assert extensions(now, standing(now, "khoi-cong")) == 2
    total = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
    own = grant("giai-ngan-40", "31/10/2024", "20/6/2024 11:00", CAU)  # holds for nobody: one due for all
    now = on("25/6/2024", (*PROJECTS, own), total)
    assert extensions(now, standing(now, "giai-ngan-40")) == 0


def test_the_event_that_moves_a_due_is_no_extension() -> None:
    moved = changed(START, due=DueSpec(phrase="", date=day("30/6/2024"), moved_by=MovedBy(event="giai-ngan")))
    fixed = entry(EntryKind.SCHEDULE, "1/6/2024", metric="giai-ngan", day=day("20/7/2024"))
    now = on("5/6/2024", (fixed,), variant(moved))
    assert extensions(now, standing(now, "khoi-cong")) == 0
    assert not_later(now, wish("20/7/2024")) is not None
    assert not_later(now, wish("21/7/2024")) is None
