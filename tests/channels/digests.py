"""A small office and three messages: what a unit is urged about, what it is newly given, what the monitor watches."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from config.link import Links
from domain.chart import Chart, Point
from domain.clocktime import at, first_instant_after
from domain.digest import Carried, Digest, Item, LedgerHead, Section, SubjectLine
from domain.directive import Directive, Footnote, Milestone, Notice, Restriction
from domain.due import Bound, Due, DueSpec
from domain.metric import DONE, Metric, MetricKind, Value
from domain.office import Office, Person, Post, Role, Unit
from domain.outbox import Key, Reason

LINKS = Links("https://dondoc.example", "of-tests-only-" * 3, "dau-moi", datetime(2024, 7, 4, 2, tzinfo=UTC))
HOME, FRONT = LINKS.home, LINKS.front
HUYEN = Unit(code="ubnd-huyen-bac-son", name="UBND huyện Bắc Sơn")
VAN_PHONG = Unit(code="van-phong-ubnd-tinh", name="Văn phòng UBND tỉnh Lạng Sơn")
PHONG_TCKH = Unit(code="phong-tckh", name="Phòng Tài chính - Kế hoạch huyện Bắc Sơn")


def person(code: str, name: str, unit: str) -> Person:
    return Person(
        code=code,
        name=name,
        email=f"{code}@bacson.example",
        posts=(Post(unit=unit, role=Role.FOCAL),),
        channels=("email",),
    )


DAU_MOI = person("dau-moi-ubnd-huyen-bac-son", "Đầu mối UBND huyện Bắc Sơn", HUYEN.code)
THEO_DOI = person("theo-doi-van-phong", "Chuyên viên theo dõi, Văn phòng UBND tỉnh", VAN_PHONG.code)
OFFICE = Office(units=(HUYEN, VAN_PHONG, PHONG_TCKH), groups=(), people=(DAU_MOI, THEO_DOI))

NOTICE = Notice(
    code="2024-bac-son",
    kind="Thông báo",
    issuer="UBND tỉnh Lạng Sơn",
    title="Kết luận về việc kiểm tra tình hình thực hiện kế hoạch phát triển kinh tế - xã hội huyện Bắc Sơn",
    short="Thông báo kết luận kiểm tra huyện Bắc Sơn năm 2024",
    file="notices/2024-bac-son.txt",
    sha256="0" * 64,
)
QUOTE = (
    "Tập trung cao độ, bám sát công việc trong tổ chức thực hiện cả 03 Chương trình MTQG và Chương trình phục hồi và "
    "phát triển KT-XH; rà soát, nghiên cứu kỹ các văn bản hướng dẫn, phát huy tinh thần chủ động, chuẩn bị trước các "
    "công việc đối với những nội dung còn vướng mắc để khi có hướng dẫn thì kịp thời triển khai thực hiện ngay."
)
NOTE_8 = (
    "Yêu cầu mốc thời gian đối với toàn bộ các dự án khởi công mới năm 2024, giải phóng mặt bằng bảo đảm khởi công "
    "chậm nhất trong tháng 6/2024 và giải ngân đến hết ngày 30/9/2024 đạt tối thiểu 40% kế hoạch vốn; giải ngân 100% "
    "kế hoạch vốn đến hết ngày 31/12/2024."
)


def due(phrase: str, day: date, safe: date | None = None, **further: object) -> Due:
    """In time until the end of `day`; `safe` is the last working day before."""
    fields: dict[str, object] = {
        "phrase": phrase,
        "nominal": day,
        "bound": Bound.INCLUSIVE,
        "overdue_after": first_instant_after(day),
        "safe_due": at(safe or day, time(17)),
        "rule": "ngay-cu-the",
        "source": "ngày ghi trong văn bản",
        "calendar": "2026-11-01",
        "unconfirmed": False,
    }
    return Due.model_validate(fields | further)


START = due("chậm nhất trong tháng 6/2024", date(2024, 6, 30), date(2024, 6, 28))
FORTY = due("đến hết ngày 30/9/2024", date(2024, 9, 30))
ALL = due(
    "đến hết ngày 31/12/2024",
    date(2024, 12, 31),
    legal=date(2025, 1, 31),
    legal_source="Luật Đầu tư công 2019, điều 68",
)

NEW_PROJECTS = Directive(
    code="bac-son-khoi-cong-moi",
    title="Dự án khởi công mới năm 2024",
    notice=NOTICE,
    section="II.1.2, gạch đầu dòng 1",
    quote=QUOTE,
    footnotes=(Footnote(mark=8, text=NOTE_8),),
    lead=(HUYEN.code,),
    coordinating=(PHONG_TCKH.code,),
    monitor=VAN_PHONG.code,
    subject_word="dự án",
    metrics=(
        Metric(id="khoi-cong", kind=MetricKind.EVENT, name="Khởi công"),
        Metric(
            id="giai-ngan",
            kind=MetricKind.PERCENT,
            name="Giải ngân kế hoạch vốn",
            numerator="vốn đã giải ngân",
            denominator="kế hoạch vốn được giao",
            basis="kế hoạch vốn năm 2024 của từng dự án",
        ),
    ),
    milestones=(
        Milestone(
            id="khoi-cong",
            name="Khởi công",
            metric="khoi-cong",
            target=DONE,
            due=DueSpec(phrase="chậm nhất trong tháng 6/2024", date=date(2024, 6, 30)),
        ),
        Milestone(
            id="giai-ngan-40",
            name="Giải ngân 40%",
            metric="giai-ngan",
            target=Value.model_validate({"number": "40"}),
            due=DueSpec(phrase="đến hết ngày 30/9/2024", date=date(2024, 9, 30)),
            follows=("khoi-cong",),
        ),
    ),
)


def undated(code: str, title: str, section: str, quote: str) -> Directive:
    """A directive without a date, asked for a word each quarter."""
    return Directive(
        code=code,
        title=title,
        notice=NOTICE,
        section=section,
        quote=quote,
        lead=(HUYEN.code,),
        monitor=VAN_PHONG.code,
        metrics=(Metric(id="tinh-hinh", kind=MetricKind.NARRATIVE, name="Tình hình thực hiện"),),
        milestones=(Milestone(id="tinh-hinh", name="Tình hình thực hiện", metric="tinh-hinh"),),
    )


UNDATED = (
    undated("bac-son-von", "Phân bổ nguồn vốn chưa giao", "II.1.1.a, gạch đầu dòng 1", "Yêu cầu chỉ đạo rà soát."),
    undated("bac-son-nong-nghiep", "Tái cơ cấu nông nghiệp", "II.1.1.a, gạch đầu dòng 2", "Tập trung thực hiện."),
    undated("bac-son-day-hoc", "Công tác dạy và học", "II.1.1.b, gạch đầu dòng 1", "Thực hiện tốt công tác."),
)


def key(milestone: str, rung: str, who: Person) -> Key:
    return Key(
        directive=NEW_PROJECTS.code,
        milestone=milestone,
        rung=rung,
        occurrence="2024-06-30",
        person=who.code,
        channel="email",
    )


def projects(count: int, have: str, missing: str) -> tuple[SubjectLine, ...]:
    return tuple(
        SubjectLine(code=f"da-{n}", name=f"Dự án minh hoạ số {n}", have=have, missing=missing)
        for n in range(1, count + 1)
    )


START_LATE = Item(
    milestone="khoi-cong",
    name="Khởi công",
    target="",
    due=START,
    late=True,
    working_days=4,
    summary="2/12 dự án chưa khởi công",
    subjects=projects(2, "chưa có báo cáo", "chưa khởi công"),
    carried=(Carried(name="Giải ngân 40%", due=FORTY, subjects=2),),
    reasons=(Reason.LEAD, Reason.RESPONSIBLE),
    reading="Khởi công là ngày có lệnh khởi công; mỗi dự án tính riêng.",
)
FULL_EXTENDED = Item(
    milestone="giai-ngan-100",
    name="Giải ngân 100%",
    target="tối thiểu 100%",
    due=ALL.model_copy(update={"original": date(2024, 11, 30), "chosen_by": "quản trị viên"}),
    late=False,
    working_days=126,
    summary="12/12 dự án chưa đạt; tổng số 24% (1,2 tỷ đồng/5 tỷ đồng)",
    subjects=projects(14, "24% (1,2 tỷ đồng/5 tỷ đồng)", "còn thiếu 76 điểm phần trăm, tương đương 3,8 tỷ đồng"),
    reasons=(Reason.RESPONSIBLE,),
)
AS_OF = datetime(2024, 7, 4, 0, 30, tzinfo=UTC)

URGED = Digest(
    person=DAU_MOI,
    channel="email",
    as_of=AS_OF,
    urged=(Section(directive=NEW_PROJECTS, items=(START_LATE, FULL_EXTENDED)),),
    words=UNDATED,
    rows=(key("khoi-cong", "overdue-4", DAU_MOI),),
)
ASSIGNED = Digest(
    person=DAU_MOI,
    channel="email",
    as_of=at(date(2024, 4, 22), time(7, 30)),
    assigned=(
        Section(
            directive=NEW_PROJECTS,
            items=(
                START_LATE.model_copy(update={"late": False, "working_days": 47, "carried": (), "subjects": ()}),
                FULL_EXTENDED.model_copy(update={"due": ALL}),
            ),
        ),
    ),
    assigned_undated=UNDATED,
    rows=(key("khoi-cong", "assigned", DAU_MOI),),
)
WATCHED = Digest(
    person=THEO_DOI,
    channel="email",
    as_of=at(date(2024, 7, 8), time(7, 30)),
    watched=(
        Section(
            directive=NEW_PROJECTS,
            items=(
                START_LATE.model_copy(update={"working_days": 6, "reasons": (Reason.MONITOR,)}),
                FULL_EXTENDED.model_copy(update={"working_days": 58, "due": FORTY, "name": "Giải ngân 40%"}),
            ),
        ),
    ),
    rows=(key("khoi-cong", "watch", THEO_DOI),),
)
CHART = Chart(
    metric="Giải ngân kế hoạch vốn",
    whose="14 dự án",
    percent=True,
    mandated=(
        Point(date(2024, 4, 22), Decimal(0)),
        Point(date(2024, 9, 30), Decimal(40)),
        Point(date(2024, 12, 31), Decimal(100)),
    ),
    actual=(Point(date(2024, 6, 20), Decimal("5.2")),),
    as_of=date(2024, 7, 4),
    expected=Decimal("18.2"),
)
BEHIND = URGED.model_copy(
    update={
        "urged": (
            Section(directive=NEW_PROJECTS, items=(START_LATE, FULL_EXTENDED.model_copy(update={"chart": CHART}))),
        ),
        "ledger": LedgerHead(count=142, mark="9f3a01bc"),
    }
)
"""The same urging, with a figure that is behind and the ledger's end known."""
RESTRICTED = BEHIND.model_copy(
    update={
        "urged": (
            Section(
                directive=NEW_PROJECTS.model_copy(
                    update={"notice": NOTICE.model_copy(update={"restriction": Restriction.RESTRICTED})}
                ),
                items=BEHIND.urged[0].items,
            ),
        )
    }
)
