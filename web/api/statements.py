"""What a program may state: a body for each kind of entry, with what that kind needs and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from domain.metric import Basis
from web.api.kinds import Code, Day, EntryId, Sentence

_Figure = Annotated[
    Sentence,
    Field(description="Như cán bộ ghi: xong · 12/19 · 45% · 2,3 tỷ/5,1 tỷ · 14,3 · một câu.", examples=["45%"]),
]
_Yes = Annotated[StrictBool, Field(description="Vẫn ghi dù số liệu có điều cần hỏi lại (409).")]


class Stated(BaseModel):
    """What every statement may say."""

    model_config = ConfigDict(extra="forbid")

    evidence: Annotated[Sentence | None, Field(description="Văn bản làm căn cứ.")] = None
    reason: Annotated[Sentence | None, Field(description="Vì sao.")] = None
    day: Annotated[Day | None, Field(description="Ngày của văn bản, quyết định. Mặc định: hôm nay.")] = None


class Figure(BaseModel):
    """A reported figure, of one subject where the directive is counted by subjects."""

    model_config = ConfigDict(extra="forbid")

    directive: Code
    metric: Code
    value: _Figure
    as_of: Annotated[Day, Field(description="Số liệu đúng đến ngày nào.")]
    subject: Code | None = None
    occurrence: Annotated[Day | None, Field(description="Ngày của kỳ, nếu mốc lặp lại nhiều kỳ.")] = None
    evidence: Annotated[Sentence | None, Field(description="Văn bản làm căn cứ.")] = None
    estimate: Annotated[StrictBool, Field(description="Số ước thực hiện; không làm mốc hoàn thành.")] = False
    basis: Annotated[Basis | None, Field(description="Phần trăm tính trên kế hoạch nào.")] = None
    yes: _Yes = False


class Report(Figure):
    """Báo cáo một số liệu."""

    kind: Literal["report"]


class Correction(Stated):
    """Đính chính một báo cáo; phải nêu lý do. Không có `day` thì giữ ngày của báo cáo."""

    kind: Literal["correction"]
    report: EntryId
    value: _Figure
    estimate: StrictBool = False
    basis: Basis | None = None
    yes: _Yes = False


class Acknowledgement(BaseModel):
    """Báo đã tiếp nhận lời nhắc; không bao giờ là đã xong."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["acknowledge"]
    directive: Code


class Verdict(Stated):
    """Xác nhận hoặc trả lại một báo cáo; trả lại phải nêu lý do."""

    kind: Literal["confirm", "return"]
    report: EntryId


class Wished(Stated):
    """Đề nghị gia hạn một mốc đến hết ngày `to`; phải nêu lý do."""

    kind: Literal["extension_request"]
    directive: Code
    milestone: Code
    to: Day
    subject: Code | None = None
    occurrence: Day | None = None


class Granted(Stated):
    """Đồng ý gia hạn, đến ngày được đề nghị hoặc ngày `to` khác."""

    kind: Literal["extension_grant"]
    request: EntryId
    to: Day | None = None


class Declined(Stated):
    """Từ chối gia hạn; phải nêu lý do."""

    kind: Literal["extension_refusal"]
    request: EntryId


class Stop(Stated):
    """Tạm dừng, tiếp tục hoặc huỷ nhiệm vụ, hay một đối tượng của nhiệm vụ; phải nêu lý do."""

    kind: Literal["suspend", "resume", "cancel"]
    directive: Code
    subject: Code | None = None


class Scheduled(Stated):
    """Ấn định trước ngày của một sự kiện."""

    kind: Literal["schedule"]
    directive: Code
    metric: Code
    on: Day


Statement = Annotated[
    Report | Correction | Acknowledgement | Verdict | Wished | Granted | Declined | Stop | Scheduled,
    Field(discriminator="kind"),
]
