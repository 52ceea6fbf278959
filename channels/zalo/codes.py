"""Every code by which Zalo says no, and what follows from it: the one table, and how it is read.

A code means different things at different doors: -118 is a dead refresh token where tokens are renewed, and a number
without a Zalo account where a template goes out. Zalo answers HTTP 200 to nearly everything; what counts is `error`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Door(StrEnum):
    """Which of Zalo's servers answers."""

    OA = "oa"
    """openapi.zalo.me: messages of the Official Account."""
    ZBS = "zbs"
    """business.openapi.zalo.me: template messages by phone number."""
    OAUTH = "oauth"
    """oauth.zaloapp.com: tokens."""
    BOT = "bot"
    """bot-api.zaloplatforms.com; its codes are those of HTTP."""
    HTTP = "http"
    """Status lines of any of them, where no body says more."""


class Verdict(StrEnum):
    """What follows from an answer."""

    TAKEN = "taken"
    TOKEN = "token"  # noqa: S105 - a word, not a secret
    """The access token is not good any more: read it again, renew it once, ask once more."""
    ADMIN = "admin"
    """Nobody can be written to until an admin has put something right: the channel stops."""
    LATER = "later"
    """May pass by itself."""
    QUOTA = "quota"
    """Used up for today; e-mail still goes."""
    FULL = "full"
    """The person has been sent all they may get for now; the account still writes to others."""
    NIGHT = "night"
    """Not between 22:00 and 06:00."""
    PERSON = "person"
    """Never to this person on this channel; the next channel of the person is due."""
    MESSAGE = "message"
    """Never this message; somebody has to look at how it is made."""
    UNKNOWN = "unknown"
    """The message may have arrived: hold it, never send it blindly again."""


class Meaning(NamedTuple):
    """A code explained."""

    verdict: Verdict
    text: str
    """In Vietnamese, for the log of transmissions and for admins."""


_OA = {
    0: (Verdict.TAKEN, "đã nhận"),
    -32: (Verdict.LATER, "vượt số lần gọi cho phép trong một phút"),
    -100: (Verdict.MESSAGE, "tệp đính kèm đã hết hạn lưu trên Zalo"),
    -200: (Verdict.LATER, "Zalo gửi không thành công"),
    -201: (Verdict.MESSAGE, "một trường của thông điệp không hợp lệ"),
    -204: (Verdict.ADMIN, "Official Account đã bị vô hiệu hoá"),
    -205: (Verdict.ADMIN, "Official Account không tồn tại"),
    -209: (Verdict.ADMIN, "ứng dụng chưa được kích hoạt"),
    -210: (Verdict.MESSAGE, "thông điệp vượt giới hạn cho phép (2.000 ký tự)"),
    -211: (Verdict.QUOTA, "Official Account đã hết hạn mức gửi"),
    -212: (Verdict.ADMIN, "ứng dụng chưa đăng ký chức năng này"),
    -213: (Verdict.PERSON, "người nhận chưa quan tâm Official Account"),
    -214: (Verdict.LATER, "bài viết đang được xử lý"),
    -216: (Verdict.TOKEN, "mã truy cập không hợp lệ"),
    216: (Verdict.TOKEN, "mã truy cập không hợp lệ"),
    401: (Verdict.TOKEN, "mã truy cập không hợp lệ"),
    -401: (Verdict.TOKEN, "mã truy cập không hợp lệ"),
    -217: (Verdict.PERSON, "người nhận đã chặn lời mời của Official Account"),
    -218: (Verdict.FULL, "người nhận đã nhận đủ số tin cho phép"),
    -219: (Verdict.ADMIN, "ứng dụng đã bị gỡ hoặc vô hiệu hoá"),
    -220: (Verdict.TOKEN, "mã truy cập đã hết hạn hoặc bị thu hồi"),
    -221: (Verdict.ADMIN, "Official Account chưa được xác thực"),
    -223: (Verdict.ADMIN, "Official Account chưa cấp quyền cho chức năng này"),
    -224: (Verdict.ADMIN, "gói dịch vụ của Official Account không có chức năng này, cần nâng gói"),
    -227: (Verdict.PERSON, "tài khoản người nhận bị khoá hoặc không hoạt động quá 45 ngày"),
    -230: (Verdict.PERSON, "người nhận không tương tác với Official Account trong 7 ngày qua"),
    -232: (Verdict.PERSON, "người nhận chưa tương tác, hoặc lần tương tác cuối đã quá hạn"),
    -233: (Verdict.MESSAGE, "loại tin không được hỗ trợ"),
    -234: (Verdict.NIGHT, "không gửi được loại tin này từ 22:00 đến 06:00"),
    -235: (Verdict.ADMIN, "loại Official Account này không dùng được chức năng"),
    -237: (Verdict.ADMIN, "nhóm của Official Account đã hết hạn"),
    -238: (Verdict.ADMIN, "gói tin đã dùng hết"),
    -240: (Verdict.MESSAGE, "chức năng gửi tin phiên bản cũ đã ngừng"),
    -241: (Verdict.ADMIN, "gói tin đã bị vô hiệu hoá"),
    -242: (Verdict.ADMIN, "chữ ký appsecret_proof không hợp lệ"),
    -244: (Verdict.PERSON, "người nhận đã hạn chế loại tin này"),
    -248: (Verdict.ADMIN, "nội dung bị Zalo coi là vi phạm tiêu chuẩn nền tảng"),
    -249: (Verdict.MESSAGE, "mẫu tin không gửi được theo mã người dùng Zalo"),
    -305: (Verdict.PERSON, "đã quá 48 giờ để trả lời người này"),
    -311: (Verdict.FULL, "đã hết hạn mức trả lời"),
    -320: (Verdict.ADMIN, "ứng dụng chưa kết nối tài khoản ZBS"),
    -321: (Verdict.ADMIN, "tài khoản ZBS đã hết tiền"),
    -403: (Verdict.MESSAGE, "Official Account không ở trong nhóm"),
    -1340: (Verdict.MESSAGE, "biểu mẫu quảng cáo không hợp lệ"),
    -1341: (Verdict.MESSAGE, "biểu mẫu quảng cáo không hợp lệ"),
}

_ZBS = {
    0: (Verdict.TAKEN, "đã nhận"),
    -100: (Verdict.LATER, "Zalo báo lỗi không xác định"),
    -101: (Verdict.ADMIN, "ứng dụng không hợp lệ"),
    -102: (Verdict.ADMIN, "ứng dụng không tồn tại"),
    -103: (Verdict.ADMIN, "ứng dụng chưa được kích hoạt"),
    -104: (Verdict.ADMIN, "khoá bí mật của ứng dụng không hợp lệ"),
    -105: (Verdict.ADMIN, "ứng dụng chưa liên kết với Official Account"),
    -106: (Verdict.MESSAGE, "phương thức gọi không được hỗ trợ"),
    -107: (Verdict.MESSAGE, "mã thông điệp không hợp lệ"),
    -108: (Verdict.PERSON, "số điện thoại không hợp lệ"),
    -109: (Verdict.MESSAGE, "mã mẫu tin không hợp lệ"),
    -1091: (Verdict.MESSAGE, "mẫu tin không sửa được"),
    -110: (Verdict.PERSON, "số này không dùng Zalo, hoặc dùng phiên bản không nhận được tin"),
    -111: (Verdict.MESSAGE, "dữ liệu của mẫu tin để trống"),
    -112: (Verdict.MESSAGE, "dữ liệu của mẫu tin sai kiểu"),
    -1121: (Verdict.MESSAGE, "dữ liệu của mẫu tin quá dài"),
    -1122: (Verdict.MESSAGE, "dữ liệu của mẫu tin còn thiếu tham số"),
    -1123: (Verdict.MESSAGE, "không tạo được mã QR của mẫu tin"),
    -1124: (Verdict.MESSAGE, "dữ liệu của mẫu tin sai định dạng"),
    -113: (Verdict.MESSAGE, "nút bấm của mẫu tin không hợp lệ"),
    -1131: (Verdict.MESSAGE, "đường dẫn của mẫu tin không hợp lệ"),
    -114: (Verdict.PERSON, "người nhận không hoạt động, từ chối nhận tin hoặc dùng ứng dụng cũ"),
    -115: (Verdict.ADMIN, "tài khoản ZBS hết hạn mức hoặc hết tiền"),
    -116: (Verdict.MESSAGE, "nội dung chữ không hợp lệ"),
    -117: (Verdict.ADMIN, "Official Account chưa được phép dùng mẫu tin này"),
    -118: (Verdict.PERSON, "số này không có tài khoản Zalo, hoặc tài khoản đã khoá"),
    -119: (Verdict.PERSON, "tài khoản này không nhận được tin"),
    -120: (Verdict.ADMIN, "Official Account chưa được phép dùng chức năng này"),
    -1201: (Verdict.ADMIN, "Official Account chưa được phép gửi mẫu tin nhãn 3"),
    -1202: (Verdict.ADMIN, "Official Account chưa được phép gửi mẫu tin có hình, video"),
    -121: (Verdict.MESSAGE, "thông điệp không có nội dung"),
    -122: (Verdict.MESSAGE, "thông điệp không đúng dạng JSON"),
    -123: (Verdict.ADMIN, "không giải mã được dữ liệu mã hoá RSA"),
    -124: (Verdict.TOKEN, "mã truy cập không hợp lệ"),
    -1241: (Verdict.ADMIN, "chữ ký appsecret_proof không hợp lệ"),
    -125: (Verdict.ADMIN, "mã Official Account không hợp lệ"),
    -126: (Verdict.MESSAGE, "ví gửi thử đã hết tiền"),
    -127: (Verdict.MESSAGE, "chế độ gửi thử chỉ gửi được cho quản trị viên"),
    -128: (Verdict.ADMIN, "khoá mã hoá đầu cuối không có hoặc hết hạn"),
    -129: (Verdict.ADMIN, "khoá mã hoá đầu cuối không hợp lệ"),
    -130: (Verdict.MESSAGE, "nội dung mẫu tin vượt giới hạn"),
    -131: (Verdict.ADMIN, "mẫu tin chưa được Zalo duyệt"),
    -132: (Verdict.MESSAGE, "tham số không hợp lệ"),
    -133: (Verdict.NIGHT, "không gửi được mẫu tin này vào ban đêm"),
    -134: (Verdict.PERSON, "người nhận chưa trả lời đề nghị nhận tin"),
    -135: (Verdict.ADMIN, "Official Account không được phép gửi mẫu tin"),
    -1351: (Verdict.ADMIN, "Official Account bị Zalo chặn gửi mẫu tin"),
    -136: (Verdict.ADMIN, "chưa kết nối tài khoản ZBS"),
    -137: (Verdict.ADMIN, "không trừ được tiền của tài khoản ZBS"),
    -138: (Verdict.ADMIN, "ứng dụng chưa được phép dùng chức năng này"),
    -1381: (Verdict.ADMIN, "ứng dụng chưa được cấp quyền mở rộng"),
    -139: (Verdict.PERSON, "người nhận đã từ chối loại tin này"),
    -140: (Verdict.PERSON, "người nhận không thuộc diện được nhận"),
    -141: (Verdict.PERSON, "người nhận đã từ chối tin của Official Account này"),
    -142: (Verdict.ADMIN, "không có khoá RSA"),
    -143: (Verdict.ADMIN, "khoá RSA đã tồn tại"),
    -144: (Verdict.QUOTA, "Official Account đã hết hạn mức gửi trong ngày"),
    -1441: (Verdict.QUOTA, "đã hết hạn mức tin quảng bá trong tháng"),
    -145: (Verdict.ADMIN, "loại nội dung này chưa được phép gửi"),
    -146: (Verdict.ADMIN, "mẫu tin đã bị vô hiệu hoá vì chất lượng thấp"),
    -147: (Verdict.QUOTA, "mẫu tin đã hết hạn mức gửi trong ngày"),
    -1471: (Verdict.FULL, "người nhận đã nhận đủ số tin trong tháng"),
    -1472: (Verdict.FULL, "người nhận đã nhận đủ số tin trong ngày"),
    -148: (Verdict.MESSAGE, "không có mã hành trình"),
    -149: (Verdict.MESSAGE, "mã hành trình không hợp lệ"),
    -1491: (Verdict.MESSAGE, "mã hành trình không dùng được cho mẫu tin này"),
    -150: (Verdict.MESSAGE, "mã hành trình đã hết hạn"),
    -151: (Verdict.ADMIN, "mẫu tin không thuộc loại mã hoá đầu cuối"),
    -152: (Verdict.ADMIN, "không lấy được khoá mã hoá đầu cuối"),
    -153: (Verdict.MESSAGE, "dữ liệu gửi lên không đúng quy định"),
    -158: (Verdict.MESSAGE, "tệp tải lên quá lớn"),
    -159: (Verdict.MESSAGE, "loại tệp tải lên không được hỗ trợ"),
    -160: (Verdict.QUOTA, "đã hết hạn mức tạo mẫu tin trong ngày"),
    -161: (Verdict.MESSAGE, "chưa được phép dùng chế độ gửi này"),
    -162: (Verdict.MESSAGE, "chế độ gửi vượt hạn mức không dùng cho mẫu tin nhãn 1, 2"),
}

_DEAD_REFRESH = "mã làm mới không còn hiệu lực; quản trị viên phải cấp quyền lại cho ứng dụng"
_OAUTH = {
    -14002: (Verdict.ADMIN, "ứng dụng chưa được kích hoạt"),
    -14003: (Verdict.ADMIN, "địa chỉ trả về không khớp với địa chỉ đã đăng ký"),
    -14012: (Verdict.ADMIN, "ứng dụng không thuộc về Official Account này"),
    -14024: (Verdict.ADMIN, "ứng dụng không thuộc về Official Account này"),
    -14014: (Verdict.ADMIN, _DEAD_REFRESH),
    -14020: (Verdict.ADMIN, _DEAD_REFRESH),
    -118: (Verdict.ADMIN, _DEAD_REFRESH),
    -32: (Verdict.LATER, "vượt số lần gọi cho phép trong một phút"),
}

_BOT = {
    0: (Verdict.TAKEN, "đã nhận"),
    400: (Verdict.MESSAGE, "yêu cầu không hợp lệ; kiểm tra mã cuộc trò chuyện"),
    401: (Verdict.ADMIN, "mã truy cập của bot không hợp lệ"),
    403: (Verdict.LATER, "Zalo báo lỗi máy chủ nội bộ"),
    404: (Verdict.PERSON, "không có cuộc trò chuyện này với bot"),
    408: (Verdict.LATER, "Zalo trả lời quá chậm"),
    429: (Verdict.QUOTA, "bot đã hết hạn mức gửi"),
    502: (Verdict.LATER, "máy chủ Zalo tạm thời không phục vụ"),
    504: (Verdict.LATER, "máy chủ Zalo tạm thời không phục vụ"),
}

_HTTP = {
    400: (Verdict.MESSAGE, "máy chủ Zalo không hiểu yêu cầu"),
    401: (Verdict.TOKEN, "máy chủ Zalo không nhận mã truy cập"),
    403: (Verdict.ADMIN, "máy chủ Zalo từ chối truy cập"),
    404: (Verdict.ADMIN, "máy chủ Zalo không có địa chỉ này; kiểm tra thiết đặt"),
    408: (Verdict.LATER, "máy chủ Zalo chờ yêu cầu quá lâu"),
    413: (Verdict.MESSAGE, "thông điệp quá lớn"),
    429: (Verdict.LATER, "vượt số lần gọi cho phép"),
    500: (Verdict.UNKNOWN, "máy chủ Zalo gặp lỗi giữa chừng; có thể đã gửi"),
    502: (Verdict.UNKNOWN, "cổng vào của Zalo mất liên lạc với máy chủ bên trong; có thể đã gửi"),
    503: (Verdict.LATER, "máy chủ Zalo tạm thời không phục vụ"),
    504: (Verdict.UNKNOWN, "cổng vào của Zalo chờ máy chủ bên trong quá lâu; có thể đã gửi"),
}

TABLE = {Door.OA: _OA, Door.ZBS: _ZBS, Door.OAUTH: _OAUTH, Door.BOT: _BOT, Door.HTTP: _HTTP}
"""Every documented code of every door."""


@cache
def meaning(door: Door, code: int) -> Meaning:
    """What the code means at that door; one that is documented nowhere was a refusal all the same, perhaps passing."""
    found = TABLE[door].get(code)
    if found is None and door is Door.OA:
        found = _ZBS.get(code)  # templates by user id go in at that door
    if found is not None:
        return Meaning(*found)
    if door is Door.HTTP and 300 <= code < 400:
        return Meaning(Verdict.ADMIN, "máy chủ chuyển hướng sang nơi khác; mã truy cập không được gửi theo")
    if door is Door.OAUTH:
        return Meaning(Verdict.ADMIN, f"Zalo từ chối cấp mã truy cập mới (mã {code})")
    return Meaning(Verdict.LATER, f"Zalo báo mã lỗi chưa có trong tài liệu ({code})")
