"""The day of an event, fixed ahead of it."""

from __future__ import annotations

from domain.events import why_not_schedule
from domain.ledger import Entry, EntryKind
from tests.world import FORTY, GIAI_NGAN, day, entry, on, started, variant


def fixed(until: str, *known: Entry, metric: str = "khoi-cong") -> str | None:
    return why_not_schedule(on("20/6/2024 09:00", known), metric, day(until))


def test_a_day_from_today_on_is_fixed() -> None:
    assert fixed("20/6/2024") is None
    assert fixed("28/6/2024") is None


def test_only_an_event_has_a_day() -> None:
    assert fixed("28/6/2024", metric="giai-ngan") == (
        "nhiệm vụ khoi-cong-moi không có sự kiện “giai-ngan”; các sự kiện: khoi-cong"
    )
    percent_only = variant(FORTY.model_copy(update={"follows": ()}), metrics=(GIAI_NGAN,))
    said = why_not_schedule(on("20/6/2024", (), percent_only), "khoi-cong", day("28/6/2024"))
    assert str(said).endswith("các sự kiện: không có")


def test_what_has_happened_is_not_fixed_any_more() -> None:
    said = fixed("28/6/2024", started("18/6/2024"))
    assert said == "“Khởi công” đã được báo cáo xong ngày 18/6/2024, không ấn định lại ngày được"


def test_what_is_past_is_reported() -> None:
    said = str(fixed("19/6/2024"))
    assert said.endswith("nếu sự kiện đã diễn ra thì báo cáo: dondoc record khoi-cong-moi khoi-cong xong")


def test_the_calendar_has_to_know_the_day() -> None:
    assert "nằm ngoài lịch làm việc" in str(fixed("1/1/2120"))


def test_the_day_may_be_changed_but_is_not_fixed_twice() -> None:
    earlier = entry(EntryKind.SCHEDULE, "10/6/2024", metric="khoi-cong", day=day("28/6/2024"))
    assert fixed("28/6/2024", earlier) == "ngày 28/6/2024 đã được ấn định lúc 16:00 ngày 10/6/2024"
    assert fixed("27/6/2024", earlier) is None
