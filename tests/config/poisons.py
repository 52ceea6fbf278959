"""The faults: what is written wrong, at which line and field that is told, in which words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from tests.config.poisoning import DIRECTIVES, FOOTNOTE_8

EVERY_DIRECTIVE = "every directive"
NOTHING = "nothing"


@dataclass(frozen=True)
class Poison:
    """The first `old` behind `behind` becomes `new`."""

    name: str
    file: str
    old: str
    new: str
    field: str | None
    """How the finding's dotted field ends."""
    says: str
    """Part of the finding's sentence."""
    line: int = 0
    """The culprit's line, counted from where `new` begins."""
    behind: str = ""
    stays: str = ""
    """What stays on its last good version: a file, one directive, every directive, nothing."""


def _directive(name: str, old: str, new: str, field: str, says: str, line: int = 0) -> Poison:
    return Poison(name, DIRECTIVES, old, new, field, says, line, f"code: {FOOTNOTE_8}", FOOTNOTE_8)


def _notice(name: str, old: str, new: str, field: str | None, says: str, line: int = 0) -> Poison:
    return Poison(name, DIRECTIVES, old, new, field, says, line, "", EVERY_DIRECTIVE)


def _beside(name: str, old: str, new: str, field: str, says: str, line: int = 0, behind: str = "") -> Poison:
    return Poison(name, DIRECTIVES, old, new, field, says, line, behind, NOTHING)


def _area(file: str, name: str, old: str, new: str, field: str, says: str, line: int = 0) -> Poison:
    return Poison(f"{file}-{name}", f"{file}.yaml", old, new, field, says, line, "", f"{file}.yaml")


LEAD = "lead: [ubnd-huyen-bac-son]"
JUNE = "end_of: {month: 2024-06}}"
SEPTEMBER = "date: 2024-09-30}"
FORTY = '        target: "40%"\n'
EVENT = "      - {id: khoi-cong, kind: event, name: Khởi công}\n"

IN_A_DIRECTIVE = [
    _directive("cycle", JUNE, f"{JUNE}\n        follows: [giai-ngan-100]", "milestones.0.follows", "thành vòng", 1),
    _directive("follows", "follows: [giai-ngan-40]", "follows: [giai-ngan]", "milestones.2.follows", "giai-ngan"),
    _directive("unknown-lead", LEAD, "lead: [ubnd-huyen-bac-sonn]", "lead.0", "“ubnd-huyen-bac-sonn”"),
    _directive("unknown-monitor", LEAD, f"{LEAD}\n    monitor: so-y-te", "monitor", "“so-y-te”", 1),
    _directive("lead-no", LEAD, "lead: [no]", "lead.0", "“no”"),
    _directive("lead-08", LEAD, "lead: [08]", "lead.0", "cần chữ"),
    _directive("empty-lead", LEAD, "lead: []", "lead", "ít nhất một phần tử"),
    _directive("lead-as-text", LEAD, "lead: ubnd-huyen-bac-son", "lead", "danh sách"),
    _directive("inherited-no", "lead_inherited: true", "lead_inherited: no", "lead_inherited", "true hoặc false"),
    _directive("unknown-field", "subject_word", "subject_wrod", "subject_wrod", "kiểm tra chính tả"),
    _directive("no-section", '    section: "II.1.2, gạch đầu dòng 1"\n', "", "section", "thiếu trường bắt buộc", -2),
    _directive("no-map", "title: Khởi công và", "title: [Khởi công]\n    titl: x", "title", "cần chữ"),
    _directive("date-30/0/2021", SEPTEMBER, "date: 30/0/2021}", "milestones.1.due.date", "“30/0/2021”"),
    _directive("date-30-february", SEPTEMBER, "date: 2024-02-30}", "milestones.1.due.date", "“2024-02-30”"),
    _directive("date-with-time", SEPTEMBER, "date: 2024-09-30T17:00:00+07:00}", "due.date", "không kèm giờ"),
    _directive("no-date-at-all", ", " + SEPTEMBER, "}", "milestones.1.due", "đúng một trong date, end_of, within"),
    _directive("month-13", JUNE, "end_of: {month: 2024-13}}", "milestones.0.due.end_of", "“2024-13”"),
    _directive("beyond-calendar", SEPTEMBER, "date: 2042-09-30}", "milestones.1.due", "ngoài lịch làm việc 2005-2035"),
    _directive("zone", SEPTEMBER, 'date: 2024-09-30, bound: at, time: "14:30+07:00"}', "due.time", "múi giờ"),
    _directive("event", SEPTEMBER, "within: {days: 9, event: ban-giao}}", "milestones.1.due", "ban-giao không tồn tại"),
    _directive("after", SEPTEMBER, "within: {days: 9, milestone: hop}}", "milestones.1.due", "hop không tồn tại"),
    _directive("target-40", FORTY, "        target: 40\n", "milestones.1.target", "không ghi 40"),
    _directive("target-0.4", FORTY, "        target: 0.4\n", "milestones.1.target", "không ghi 0.4"),
    _directive("no-target", FORTY, "", "milestones.1.target", "chỉ tiêu khác phải có", -4),
    _directive("how-many", FORTY, f"{FORTY}        at_least: 5\n", "milestones.1.quantifier", "at_least đi cùng", -1),
    _directive(
        "quantifier", "quantifier: each", "quantifier: every", "milestones.0.quantifier", "'share' hoặc 'count'"
    ),
    _directive("total", "quantifier: each", "quantifier: total", "milestones.0.quantifier", "total chỉ dùng với"),
    _directive("metric-twice", EVENT, EVENT + EVENT, "metrics.1.id", "trùng mã chỉ tiêu: khoi-cong", 1),
    _directive("metric-kind", "kind: event", "kind: su-kien", "metrics.0.kind", "“su-kien”"),
    _directive("metric-unknown", "metric: khoi-cong", "metric: dong-tho", "milestones.0.metric", "chỉ tiêu dong-tho"),
    _directive("metric-list", "metric: khoi-cong", "metric: [khoi-cong]", "milestones.0.metric", "cần chữ"),
    _directive("milestone-twice", "id: giai-ngan-100", "id: giai-ngan-40", "milestones.2.id", "trùng mã mốc"),
    _directive(
        "milestone-as-text", "    milestones:\n", "    milestones:\n      - chữ\n", "milestones.0", "bảng khoá", 1
    ),
    _directive("basis", "        basis: kế hoạch vốn năm 2024 của từng dự án\n", "", "metrics.1", "cơ sở (basis)", -5),
]
"""Faults of one directive: every other one takes its new version."""

IN_A_NOTICE = [
    _notice("starts", "starts: 2024-04-22", "starts: 22/4/2024", "defaults.starts", "“22/4/2024”"),
    _notice("restriction", "restriction: none", "restriction: mat", "notice.restriction", "“mat”"),
    _notice("sha256", "sha256: ", "sha256: f", "notice.sha256", "khác với bản được ghi nhận"),
    _notice("outside", "file: notices/", "file: ../notices/", "notice.file", "không có tệp văn bản ../notices/"),
    _notice("notice-as-text", "\nnotice:\n", "\nnotice: chữ\nnotix:\n", "notice", "bảng khoá", 1),
    _notice("defaults-as-text", "\ndefaults:\n", "\ndefaults: chữ\ndefaultz:\n", "defaults", "bảng khoá", 1),
    _notice("directives-as-text", "\ndirectives:\n", "\ndirectives: chữ\ndirectivez:\n", "directives", "danh sách", 1),
    _notice("nfd", "Khởi công và", unicodedata.normalize("NFD", "Khởi công và"), None, "NFC"),
    _notice("bracket", "kind: event, name: Khởi công}", "kind: event, name: Khởi công", None, "ngoặc đóng"),
    _notice("tab", f"    {LEAD}", f"\t{LEAD}", None, "phím Tab"),
    _notice("colon", "title: Khởi công và", "title: Khởi công: và", None, "dấu hai chấm"),
    _notice("quote", "  short: ", "  short: '", None, "ngoặc kép đóng"),
    _notice("key-twice", LEAD, f"{LEAD}\n    lead: [so-noi-vu]", None, "một khoá được ghi hai lần", 1),
    _notice("indent", f"    {LEAD}", f"   {LEAD}", None, "thụt dòng"),
    _notice("alias", LEAD, "lead: *chu-tri", None, "bí danh"),
    _notice("percent", LEAD, "lead: %", None, "ngoặc kép"),
]
"""Faults of the file as a whole, or of what its directives share."""

BESIDE_THE_DIRECTIVES = [
    _beside("top-level", "\nfacts:", "\nghi_chu: x\nfacts:", "ghi_chu", "kiểm tra chính tả", 1),
    _beside("facts-lost", "\nfacts:", "\nfact:", "fact", "kiểm tra chính tả", 1),
    _beside("severity", "severity: warning", "severity: nặng", "findings.0.severity", "“nặng”"),
    _beside("fact-13,7", 'value: "13,7%"', "value: 13,7", "facts.0.value", "tính bằng phần trăm", behind="\nfacts:"),
    _beside("fact-empty", '    value: "13,7%"\n', "", "facts.0.value", "chưa ghi giá trị", -4, behind="\nfacts:"),
    _beside("fact-metric", "metric: giai-ngan\n", "metric: dong-tho\n", "0.metric", "“dong-tho”", behind="\nfacts:"),
    _beside("fact-date", "as_of: 2024-04-22", "as_of: 2024-13-22", "0.as_of", "“2024-13-22”", behind="\nfacts:"),
    _beside("fact-as-text", "\nfacts:\n", "\nfacts:\n  - chữ\n", "facts.0.directive", "không có nhiệm vụ", 2),
    _beside(
        "fact-twice",
        "- id: bs-2024-i-tan-thanh-tieu-chi",
        "- id: bs-2024-i-giai-ngan-dtc",
        ".id",
        "trùng mã số liệu “bs-2024-i-giai-ngan-dtc”",
    ),
    _beside(
        "fact-directive",
        "directive: bac-son-giai-ngan-dau-tu-cong-2024",
        "directive: khong-co",
        "facts.0.directive",
        "“khong-co”",
        behind="\nfacts:",
    ),
]
"""Faults of what stands beside the directives: no directive waits for them."""

COUNCIL = "  - {code: hdnd-tinh-lang-son, name: HĐND tỉnh Lạng Sơn khóa XVII}"
SO_NGANH = '  - code: cac-so-nganh\n    name: "Các sở, ngành của tỉnh"\n    members:\n'
NO_MEMBERS = SO_NGANH.replace("members:", "members: []\n  - code: khac\n    name: Khác\n    members:")
LEADER = "      - {unit: ubnd-tinh-lang-son, role: leader}\n"

IN_AN_AREA = [
    _area("units", "twice", "code: hdnd-tinh-lang-son", "code: ubnd-tinh-lang-son", "units.2.code", "đã có ở dòng"),
    _area("units", "group-like-unit", "code: cac-so-nganh", "code: so-cong-thuong", "groups.0.code", "đã có ở dòng"),
    _area("units", "successor", "successors: [so-tai", "successors: [so-ta", "4.successors.0", "“so-ta-chinh-2025”"),
    _area("units", "within", "within: ubnd-tinh-lang-son}", "within: ubnd-tinh}", "units.1.within", "“ubnd-tinh”"),
    _area("units", "member", "      - so-cong-thuong\n", "      - so-thuong\n", "members.10", "“so-thuong”"),
    _area("units", "no-members", SO_NGANH, NO_MEMBERS, "groups.0.members", "ít nhất một phần tử", 2),
    _area("units", "ends-before", "{to: 2025-02-28}", "{from: 2026-01-01, to: 2025-02-28}", "valid.from", "phải trước"),
    _area("units", "code", "code: hdnd-tinh-lang-son", "code: HĐND", "units.2.code", "chữ thường không dấu"),
    _area("units", "name-08", "name: HĐND tỉnh Lạng Sơn khóa XVII", "name: 08", "units.2.name", "ngoặc kép"),
    _area("units", "name-date", "name: HĐND tỉnh Lạng Sơn khóa XVII", "name: 2024-01-01", "units.2.name", "ngoặc kép"),
    _area("units", "no-code", COUNCIL, "  - {name: HĐND}", "units.2.code", "thiếu trường bắt buộc"),
    _area("units", "as-text", COUNCIL, "  - hdnd-tinh-lang-son", "units.2", "bảng khoá"),
    _area("units", "colon-in-list", COUNCIL, "  - {code: x, name}", "units.2.name", "cần chữ"),
    _area("people", "unit", "{unit: van-phong-ubnd-tinh,", "{unit: van-phong,", "1.posts.0.unit", "“van-phong”"),
    _area("people", "channel", "channels: [email]", "channels: [zalo]", "people.0.channels.0", "kênh “zalo”"),
    _area("people", "role", "role: leader", "role: boss", "posts.0.role", "'head', 'leader', 'admin' hoặc 'viewer'"),
    _area("people", "no-post", f"posts:\n{LEADER}", "posts: []\n", "people.0.posts", "ít nhất một phần tử"),
    _area("people", "phone-08", 'phone: "840000000001"', "phone: 0840000000001", "people.0.phone", "ngoặc kép"),
    _area("people", "twice", "code: lanh-dao-van-phong-ubnd-tinh", "code: lanh-dao-ubnd-tinh", "1.code", "đã có ở"),
    _area(
        "people", "no-address", "    email: lanh-dao-ubnd-tinh@langson.example\n", "", "channels", "địa chỉ email", 3
    ),
    _area("policy", "ascending", "[30, 14, 7, 3, 1, 0]", "[0, 1, 3, 7, 14, 30]", "ladder.before", "giảm dần"),
    _area("policy", "negative", "[30, 14, 7, 3, 1, 0]", "[30, 14, -7]", "ladder.before.2", "không nhỏ hơn 0"),
    _area("policy", "absurd", "[30, 14, 7, 3, 1, 0]", "[999999999, 0]", "ladder.before.0", "không lớn hơn 3660"),
    _area("policy", "no-overdue", "overdue: [1, 4, 9]", "overdue: []", "ladder.overdue", "ít nhất một số"),
    _area("policy", "rung", "before-7, overdue-1]", "before-8, overdue-1]", "coordinating_rungs.1", "“before-8”"),
    _area("policy", "window", 'opens: "07:30"', 'opens: "17:30"', "window.opens", "phải trước window.closes"),
    _area("policy", "unquoted-time", 'opens: "07:30"', "opens: 7:30", "window.opens", "giờ dạng 14:30"),
    _area("policy", "time-with-zone", 'opens: "07:30"', 'opens: "07:30+07:00"', "window.opens", "không ghi múi giờ"),
    _area("policy", "no", "completion: recorded", "completion: no", "completion", "“no”"),
    _area("policy", "words", "stale_days: 35", "stale_days: ba mươi lăm", "stale_days", "số nguyên"),
    _area("policy", "weekday", "monitor_weekday: 0", "monitor_weekday: 7", "monitor_weekday", "không lớn hơn 6"),
    _area("policy", "missing-field", "  then_every: 10\n", "", "ladder.then_every", "thiếu trường bắt buộc", -3),
    _area("policy", "monitor", "monitor: van-phong-ubnd-tinh", "monitor: van-phong", "fallback_monitor", "“van-phong”"),
    _area("channels", "kind", "kind: email", "kind: fax", "channels.0.kind", "“fax”"),
    _area("channels", "twice", "code: preview", "code: email", "channels.1.code", "đã có ở dòng"),
    _area("channels", "sending-no", ", sending: false}", ", sending: no}", "channels.0.sending", "true hoặc false"),
    _area("calendar", "day-twice", "{day: 2024-02-08,", "{day: 2024-01-01,", "days.1.day", "đã có ở dòng 12"),
    _area("calendar", "no-such-day", "{day: 2024-02-08,", "{day: 2024-02-32,", "days.1.day", "“2024-02-32”"),
    _area("calendar", "works-no", "works: false", "works: no", "days.0.works", "true hoặc false"),
    _area("calendar", "backwards", "first: 2005-01-01", "first: 2036-01-01", "first", "phải trước ngày cuối"),
    _area("calendar", "absurd", "first: 2005-01-01", "first: 0001-01-01", "first", "không nhỏ hơn 2000-01-01"),
    _area(
        "calendar", "too-short", "last: 2035-12-31", "last: 2024-04-30", ".day", "ngày 01/05/2024 nằm ngoài lịch", 14
    ),
    _area(
        "calendar", "unconfirmed", "confirmed_from: 2024-01-01", "confirmed_from: 2030-01-01", "confirmed_from", "trước"
    ),
    _area("calendar", "version", 'version: "2026-11-22"', "version: 2026", "version", "ngoặc kép"),
]
"""Faults of a file that is kept whole."""
