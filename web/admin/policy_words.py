"""The policy in words: each of its values with its unit, as an office would say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain import vietnamese as vn
from domain.changes_said import rung_name
from domain.due import BeforeDay
from domain.office import Office
from domain.policy import Completion, Policy, Visibility

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class Rule(NamedTuple):
    """One value."""

    name: str
    said: str
    key: str
    """Where it stands in policy.yaml."""


def rules(policy: Policy, office: Office) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """Every value, under headings."""
    return (
        ("Nhắc việc", tuple(_ladder(policy))),
        ("Gửi", tuple(_sending(policy))),
        ("Báo thêm", tuple(_telling(policy, office))),
        ("Đánh giá", tuple(_judging(policy))),
        ("Trang", (Rule("Thấy gì của đơn vị khác", _VISIBILITY[policy.visibility], "visibility"),)),
    )


def _ladder(policy: Policy) -> Iterable[Rule]:
    ladder = policy.ladder
    days = [f"{number} ngày" if number else "đúng ngày" for number in ladder.before]
    late = ", ".join(map(str, ladder.overdue))
    yield Rule("Trước hạn", f"{', '.join(days)} (ngày theo lịch, lùi về ngày làm việc)", "ladder.before")
    yield Rule("Khi quá hạn", f"ngày làm việc thứ {late} đã trễ", "ladder.overdue")
    yield Rule("Sau đó", f"cứ {vn.working_days(ladder.then_every)} một lần", "ladder.then_every")
    said = f"ngày {policy.word_day} của tháng cuối mỗi quý"
    yield Rule("Nhiệm vụ không có hạn", f"hỏi tình hình {said}", "word_day")
    acknowledged = vn.working_days(policy.acknowledged_days)
    yield Rule("Sau khi báo đã tiếp nhận", f"không nhắc lại người ấy trong {acknowledged}", "acknowledged_days")


def _sending(policy: Policy) -> Iterable[Rule]:
    hours = f"{vn.clock(policy.window.opens)}–{vn.clock(policy.window.closes)} các ngày làm việc"
    yield Rule("Khung giờ gửi", hours, "window")
    cap = f"tối đa {policy.cap_per_person} thông điệp một ngày trên mỗi kênh"
    yield Rule("Mỗi cán bộ", cap, "cap_per_person")


def _telling(policy: Policy, office: Office) -> Iterable[Rule]:
    up = policy.escalation
    yield Rule("Thủ trưởng đơn vị", f"từ nấc quá hạn thứ {up.head_from}", "escalation.head_from")
    yield Rule("Đơn vị theo dõi", f"từ nấc quá hạn thứ {up.monitor_from}", "escalation.monitor_from")
    rungs = ", ".join(map(rung_name, policy.coordinating_rungs)) or "không nhận"
    yield Rule("Đơn vị phối hợp", f"chỉ nhận: {rungs}", "coordinating_rungs")
    week = f"{WEEKDAYS[policy.monitor_weekday]}, nhìn trước {policy.monitor_horizon} ngày"
    yield Rule("Danh mục hằng tuần của đơn vị theo dõi", week, "monitor_weekday, monitor_horizon")
    monitor = office.name_of(policy.fallback_monitor)
    yield Rule("Văn bản không nêu đơn vị theo dõi", monitor, "fallback_monitor")


def _judging(policy: Policy) -> Iterable[Rule]:
    yield Rule("Kết quả được tính", _COMPLETION[policy.completion], "completion")
    yield Rule("“Trước ngày X”", _BEFORE[policy.truoc_ngay], "truoc_ngay")
    yield Rule("Số liệu coi là cũ", f"sau {policy.stale_days} ngày", "stale_days")
    yield Rule("Dự báo", f"dựa trên {policy.forecast_days} ngày gần nhất", "forecast_days")
    hidden = f"không che mốc sau khi mốc sau còn không quá {policy.blocking_days} ngày"
    yield Rule("Mốc trước chưa đạt", hidden, "blocking_days")


_COMPLETION = {
    Completion.RECORDED: "từ khi ghi sổ; đơn vị theo dõi xác nhận hoặc trả lại sau",
    Completion.CONFIRMED: "từ khi đơn vị theo dõi xác nhận",
}
_BEFORE = {BeforeDay.STRICT: "không gồm ngày X", BeforeDay.LENIENT: "gồm cả ngày X"}
_VISIBILITY = {
    Visibility.OWN: "chỉ nhiệm vụ có tên đơn vị mình và đơn vị trực thuộc",
    Visibility.OFFICE: "mọi nhiệm vụ của cơ quan",
}
