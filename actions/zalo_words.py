"""What is said back to people on Zalo besides reminders: short, one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from channels.zalo.confirming import NO, YES
from channels.zalo.form import TEXT_LIMIT, Button, Form
from channels.zalo.reply import Choice
from domain import vietnamese as vn
from domain.findings import Finding
from domain.ledger import SealedEntry

MARK = "[MINH HOẠ] "
_CONFIRM = (Button(title="ĐÚNG, ghi vào sổ", payload=YES), Button(title="SAI, bỏ qua", payload=NO))


@dataclass(frozen=True)
class Word:
    """One answer to one user."""

    user: str
    text: str
    form: Form = field(default_factory=Form)

    def marked(self) -> Word:
        """The same in a demonstration."""
        return Word(self.user, MARK + self.text[: TEXT_LIMIT - len(MARK)], self.form)


def question(user: str, text: str) -> Word:
    """A question that is answered by yes or no."""
    return Word(user, text, Form(buttons=_CONFIRM))


def choice(user: str, text: str, choices: Iterable[Choice]) -> Word:
    """A question that is answered by one of some replies."""
    return Word(user, text, Form(buttons=tuple(Button(title=one.title, payload=one.reply) for one in choices)))


HOW_TO_LINK = (
    "Tài khoản Zalo này chưa được nối với cán bộ nào. Để nhận nhắc việc và báo kết quả tại đây: mở trang việc của đồng "
    "chí từ đường dẫn trong thư đôn đốc, chọn “Nhận nhắc việc qua Zalo”, rồi gửi mã hiện ở đó vào cuộc trò chuyện này."
)
HELLO_AGAIN = "Đã nhận. Từ nay lời nhắc việc lại được gửi đến đồng chí qua Zalo."
TEXT_ONLY = (
    "Hệ thống chỉ đọc được tin nhắn bằng chữ; hình ảnh, ghi âm, tệp không được ghi vào sổ. Xin trả lời bằng chữ, ví dụ "
    "“45%” hoặc “đã khởi công”, hoặc mở đường dẫn trong tin nhắc để ghi kết quả kèm căn cứ."
)
NOTHING_WAITS = (
    "Hiện không có câu hỏi nào đang chờ đồng chí xác nhận. Xin gửi lại kết quả, ví dụ “45%” hoặc “đã khởi công”."
)
TOO_LATE = "Câu hỏi ấy đã quá 24 giờ nên không còn hiệu lực; chưa ghi gì vào sổ. Xin gửi lại kết quả."
DROPPED = "Đã bỏ qua, không ghi gì vào sổ. Xin gửi lại kết quả đúng, nếu có."
NOT_YOURS = (
    "Chưa ghi được: việc này không còn chờ đồng chí báo cáo (đã hoàn thành, đã dừng, hoặc đã giao người khác). "
    "Xin mở đường dẫn trong tin nhắc để xem."
)
NOTHING_TOLD = "Chưa có lời nhắc nào được gửi đến đồng chí qua Zalo để tiếp nhận."


def linked(name: str) -> str:
    """The user is now known as that person."""
    return (
        f"Đã nối tài khoản Zalo này với: {name}. Lời nhắc việc sẽ được gửi tại đây. Đồng chí trả lời ngắn gọn kết quả, "
        "ví dụ “45%” hoặc “đã khởi công”; hệ thống hỏi lại trước khi ghi vào sổ. Nếu nối nhầm người, xin báo quản trị "
        "viên."
    )


def not_linked(name: str) -> str:
    """The code was right, and one of the two is linked otherwise."""
    return (
        f"Chưa nối được: tài khoản Zalo này, hoặc {name}, đã được nối với tài khoản hoặc cán bộ khác. "
        "Đề nghị quản trị viên gỡ liên kết cũ, rồi gửi lại mã."
    )


def recorded(title: str, value: str, sealed: SealedEntry, findings: tuple[Finding, ...]) -> str:
    """It stands in the ledger."""
    entry = sealed.entry
    notes = "".join(f"\nLưu ý: {finding.message}." for finding in findings)
    return (
        f"Đã ghi vào sổ: {title}: {value}, tính đến ngày {vn.day(entry.as_of)}. "
        f"Bút toán số {sealed.seq}, mã {entry.id}.{notes}"
    )


def recorded_before(entry: str) -> str:
    """A yes that was given twice."""
    return f"Điều ấy đã được ghi vào sổ rồi, không ghi thêm lần nữa. Mã bút toán: {entry}."


def refused(why: str) -> str:
    """The ledger would not have it."""
    return f"Chưa ghi được: {why}."


def acknowledged(count: int, days: int) -> str:
    """It was read; nothing is done yet."""
    return (
        f"Đã ghi nhận đồng chí tiếp nhận {count} nhiệm vụ. Tạm không nhắc đồng chí trong {vn.working_days(days)}; "
        "nhiệm vụ chưa phải là xong, khi có kết quả xin báo lại."
    )


def unclear_yes(text: str) -> str:
    """Neither yes nor no."""
    return f"Chưa rõ đồng chí đồng ý hay không.\n{text}"
