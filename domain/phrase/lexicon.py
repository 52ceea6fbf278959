"""The words that deadlines are written with, by symbol: in lower case, composed (NFC), in the preferred spelling.

Longer expressions win over shorter ones ("trước mắt" is no "trước"). `noise` names expressions that only look like one.
"""

from __future__ import annotations

import unicodedata

UNDECIDED = {"undecided": ("thang sau",)}
"""Typed without marks: tháng sáu, or tháng sau."""
UNITS = {
    "day": ("ngày",),
    "workday": ("ngày làm việc", "ngày công tác"),
    "week": ("tuần", "tuần lễ"),
    "month": ("tháng",),
    "quarter": ("quý",),
    "quarter_letter": ("q",),
    "year": ("năm",),
    "hour": ("giờ", "tiếng", "giờ đồng hồ"),
    "minute": ("phút",),
}
BOUNDS = {
    "before": ("trước", "trước thời điểm"),
    "upto": (*("đến", "tới", "hết", "đến hết", "tới hết", "cho đến", "cho tới", "cho đến hết", "cho tới hết"),),
    "latest": (
        *(
            "chậm nhất",
            "muộn nhất",
            "trễ nhất",
            "chậm nhất là",
            "muộn nhất là",
            "hạn cuối",
            "hạn cuối cùng",
            "hạn chót",
        ),
        *("thời hạn hoàn thành", "thời gian hoàn thành", "hạn hoàn thành", "thời hạn", "thời hạn cuối", "hạn nộp"),
        *("thời hạn cuối cùng", "thời hạn báo cáo", "hoàn thành xong", "thời gian thực hiện", "tiến độ thực hiện"),
        *("tiến độ hoàn thành", "thời hạn thực hiện"),
    ),
    "not_over": (
        *("không quá", "không muộn hơn", "không chậm hơn", "không trễ hơn", "không sau", "không vượt quá", "tối đa"),
        *("không để quá", "không được quá"),
        *("không chậm quá", "không muộn quá", "tối đa không quá", "nhiều nhất", "nhiều nhất là"),
    ),
    "within": (
        *(
            "trong",
            "trong vòng",
            "trong thời hạn",
            "trong thời gian",
            "trong khoảng thời gian",
            "ngay trong",
            "nội trong",
        ),
        *("trong khoảng", "trong phạm vi"),
    ),
    "on": ("vào", "tại", "là", "vào lúc", "lúc", "xong"),
    "around": ("dịp", "vào dịp", "nhân dịp", "đúng dịp", "khoảng", "vào khoảng", "trong dịp"),
    "after": ("sau", "ngay sau"),
    "since": (
        *("không trước", "không được trước", "không sớm hơn", "chưa đến"),
        *("từ", "kể từ", "tính từ", "bắt đầu từ", "được tính từ", "được tính kể từ", "bắt đầu"),
    ),
    "when": ("khi", "thời điểm", "lúc có"),
    "from_now": ("từ nay", "từ giờ", "từ nay cho", "kể từ nay"),
    "at_least": ("ít nhất", "tối thiểu", "không ít hơn", "tối thiểu là", "ít nhất là"),
}
REPEATS = {
    "every": ("hằng", "mỗi", "từng"),
    "by": ("theo",),
    "periodic": ("định kỳ", "theo định kỳ"),
    "times": ("lần",),
    "period": ("kỳ báo cáo", "kỳ"),
    "reporting": ("báo cáo",),
    "last": ("cuối cùng",),
    "first": ("đầu tiên",),
    "ordinal": ("thứ",),
}
PARTS = {
    "head": ("đầu",),
    "middle": ("giữa",),
    "tail": ("cuối",),
    "remaining": ("còn lại", "còn lại của"),
    "first_half": ("nửa đầu",),
    "second_half": ("nửa cuối", "nửa sau"),
    "half_of": ("nửa",),
    "whole": ("cả",),
    "decade": (),
    "daypart": (
        "sáng",
        "chiều",
        "trưa",
        "tối",
        "buổi sáng",
        "buổi chiều",
        "đầu giờ",
        "cuối giờ",
        "đầu giờ sáng",
        "đầu giờ chiều",
        "cuối giờ sáng",
        "cuối giờ chiều",
        "giờ hành chính",
        "trong giờ hành chính",
        "hết giờ hành chính",
        "giờ làm việc",
        "trong giờ làm việc",
        "hết giờ làm việc",
        "cuối giờ làm việc",
    ),
    "lunar": ("âm lịch",),
    "lunar_month": ("tháng giêng", "tháng chạp", "rằm"),
    "next_workday": tuple(f"ngày làm việc {word}" for word in ("tiếp theo", "kế tiếp", "liền kề", "liền sau")),
}
JOINTS = {
    "and": ("và", "cùng với", "và đến"),
    "either": ("hoặc", "hay", "hoặc là"),
    "of": ("của", "thuộc"),
    "all_of": ("các", "những"),
    "so_that": ("để", "nhằm"),
}
CONTEXT = {
    "asof": (
        *(
            "tính đến",
            "tính tới",
            "tính đến hết",
            "luỹ kế đến",
            "luỹ kế tới",
            "luỹ kế đến hết",
            "luỹ kế",
            "số liệu đến",
            "đến nay",
        ),
        *("cho đến nay", "đến thời điểm", "đến thời điểm này", "tại thời điểm", "chốt số liệu đến", "số liệu tính đến"),
        *("tính đến thời điểm", "tính tại thời điểm", "chốt số liệu", "đến thời điểm hiện nay"),
    ),
    "estimate": ("dự kiến", "ước", "ước cả", "ước đạt", "ước đến", "ước thực hiện"),
    "reached": ("đạt", "giải ngân", "thu", "tăng", "giảm"),
    "past": (
        "đã",
        "đã đạt",
        "đạt được",
        "vừa",
        "so với cùng kỳ",
        "so cùng kỳ",
        "cùng kỳ",
        "trong hơn",
        "hơn",
        "đã hoàn thành",
    ),
    "ordered": ("phấn đấu", "yêu cầu", "phải", "trở lên", "bảo đảm", "đảm bảo", "hoàn thành", "đạt tối thiểu", "cần"),
    "urgent": (
        *(
            "khẩn trương",
            "kịp thời",
            "nhanh chóng",
            "dứt điểm",
            "lập tức",
            "càng sớm càng tốt",
            "sớm",
            "ngay",
            "hoả tốc",
        ),
        *("tức thì", "vào việc ngay", "gấp", "trong thời gian sớm nhất", "sớm nhất", "ngay lập tức"),
        *("trong thời gian ngắn nhất", "sớm nhất có thể"),
    ),
    "ongoing": (
        *("thường xuyên", "liên tục", "tiếp tục", "duy trì", "lâu dài", "các năm tiếp theo", "những năm tiếp theo"),
        *("các năm sau", "những năm tới", "các năm tới", "những năm sau"),
    ),
    "horizon": (
        "thời gian tới",
        "trong thời gian tới",
        "sắp tới",
        "thời gian qua",
        "trong thời gian qua",
        "thời gian vừa qua",
    ),
    "era": ("giai đoạn", "nhiệm kỳ", "thời kỳ", "niên khoá", "năm học"),
    "title": (
        "quy hoạch",
        "chiến lược",
        "đề án",
        "chương trình",
        "tầm nhìn",
        "định hướng",
        "nghị quyết",
        "mục tiêu quốc gia",
    ),
    "reference": (
        *("thời hạn theo yêu cầu", "đúng thời hạn", "đúng tiến độ", "đúng hạn", "đúng thời gian", "thời hạn quy định"),
        *("bảo đảm thời hạn", "đảm bảo thời hạn", "theo quy định", "đúng thời gian quy định", "thời hạn theo quy định"),
    ),
    "progress": ("đảm bảo tiến độ", "bảo đảm tiến độ", "kịp tiến độ"),
    "condition": ("nếu", "trường hợp", "trong trường hợp"),
    "depends": ("tuỳ thuộc vào", "phụ thuộc vào", "tuỳ thuộc", "phụ thuộc", "tuỳ theo", "tuỳ"),
    "effect": ("có hiệu lực", "hiệu lực thi hành", "có hiệu lực thi hành", "hiệu lực"),
    "meeting": ("phiên họp", "cuộc họp", "kỳ họp", "buổi họp", "giao ban", "hội nghị", "phiên", "đại hội"),
    "nearest": ("gần nhất", "tiếp theo", "tới đây", "kế tiếp"),
    "anniversary": ("kỷ niệm",),
    "overdue": ("quá hạn",),
    "urgings": ("lần đôn đốc", "lần nhắc"),
    "counted": (
        *(
            "tiêu chí",
            "xã",
            "huyện",
            "thôn",
            "dự án",
            "đơn vị",
            "hộ",
            "di tích",
            "phòng",
            "công trình",
            "trường",
            "người",
        ),
        *(
            "phường",
            "hồ sơ",
            "triệu",
            "tỷ",
            "nghìn",
            "đồng",
            "nhiệm vụ",
            "chỉ tiêu",
            "km",
            "ha",
            "điểm",
            "cơ sở",
            "sản phẩm",
        ),
    ),
    "citing": ("căn cứ",),
    "numbered": ("số",),
    "document": (
        *(
            "công văn",
            "công điện",
            "chỉ thị",
            "quyết định",
            "thông báo",
            "kết luận",
            "tờ trình",
            "nghị định",
            "thông tư",
        ),
        *("luật", "kế hoạch", "văn bản", "văn bản số"),
    ),
    "capital": ("kế hoạch vốn", "kế hoạch vốn đầu tư công", "vốn kế hoạch", "kế hoạch đầu tư công"),
    "return_to_work": (
        "ngày đầu đi làm trở lại",
        "ngày đầu tiên đi làm",
        "ngày làm việc đầu tiên sau kỳ nghỉ",
        "ngày đầu đi làm",
    ),
    "holiday_break": ("kỳ nghỉ", "nghỉ", "kỳ nghỉ lễ", "nghỉ lễ", "dịp nghỉ"),
    "lunar_day": ("mùng", "mồng"),
    "issued": (
        *(
            "ký",
            "ban hành",
            "ký ban hành",
            "phát hành",
            "ký văn bản",
            "ban hành văn bản",
            "ban hành văn bản này",
            "ra văn bản",
        ),
        *(
            "ký ban hành văn bản",
            "ký quyết định",
            "ban hành thông báo",
            "thông báo",
            "ban hành kế hoạch này",
            "có văn bản này",
        ),
    ),
    "received": ("nhận", "nhận được", "tiếp nhận", "nhận đủ", "nhận được đầy đủ", "nhận đầy đủ", "nhận lại"),
    "signed": ("được ký", "được ban hành", "được người có thẩm quyền ký", "được người có thẩm quyền ký ban hành"),
}
NOISE = (
    *("trước mắt", "trước hết", "trước tiên", "trước đây", "trước đó", "trước nay", "từ trước", "từ trước đến nay"),
    *("sau này", "sau đó", "sau đây", "mai sau", "sau sáp nhập", "liên quan đến", "hiện nay", "ngày nay", "ngày càng"),
    *(
        "trong đó",
        "trong khi",
        "trong nước",
        "trong và ngoài",
        "từng bước",
        "mỗi người",
        "từ đó",
        "đến từ",
        "hết sức",
        "lần thứ",
        "đợt thứ",
    ),
    *(
        "tổng số",
        "một số",
        "ban ngày",
        "hằng hoá",
        "cuối nguồn",
        "đầu mối",
        "đầu tư",
        "đầu tư công",
        "đứng đầu",
        "bước đầu",
    ),
    *("ban đầu", "hàng đầu", "đầu ra", "đầu vào", "hệ thống", "theo dõi", "năm châu", "giờ học", "vào cuộc"),
    *(
        "lễ tết",
        "công nhận",
        "xác nhận",
        "nhận thức",
        "việt nam",
        "quảng nam",
        "hà nam",
        "miền nam",
        "phía nam",
        "tăng cường",
        "thu hút",
        "đến với",
    ),
)
FEASTS = {
    "quốc khánh": (2, 9),
    "quốc tế lao động": (1, 5),
    "giải phóng miền nam": (30, 4),
    "thương binh liệt sĩ": (27, 7),
    "khởi nghĩa bắc sơn": (27, 9),
    "nhà giáo việt nam": (20, 11),
    "thành lập đảng": (3, 2),
    "cách mạng tháng tám": (19, 8),
    "thành lập quân đội": (22, 12),
    "quốc tế phụ nữ": (8, 3),
    "phụ nữ việt nam": (20, 10),
    "sinh nhật bác": (19, 5),
    "tết dương lịch": (1, 1),
}
"""Days of the solar calendar known by a name: day, month."""

DEICTIC = {
    unit: {
        0: tuple(f"{word} {ending}" for ending in ("này", "nay", "hiện tại")),
        1: tuple(
            f"{word} {ending}"
            for ending in ("sau", "tới", "tiếp theo", "kế tiếp", "liền kề", "liền sau", "sau liền kề")
        ),
        -1: tuple(f"{word} {ending}" for ending in ("trước", "qua", "vừa qua", "ngoái", "trước đó", "trước liền kề")),
    }
    for unit, word in (("week", "tuần"), ("month", "tháng"), ("quarter", "quý"), ("year", "năm"))
}
"""Periods named from the day of writing: unit → offset → spellings."""
DEICTIC_DAYS = {
    ("day", 0): ("hôm nay", "ngày hôm nay", "cùng ngày"),
    ("day", 1): ("ngày mai", "hôm sau", "ngày hôm sau"),
    ("days", 1): ("ngày tới",),
    ("workdays", 1): ("ngày làm việc tới",),
    ("year", 0): ("năm kế hoạch",),
}
NUMERALS = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mươi": 10,
    "trăm": 100,
    "linh": 0,
    "lẻ": 0,
}
"""Words of numbers; "năm" (five) is also the year, and is told apart by its place."""
WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "l": 1, "ll": 2, "lll": 3, "lv": 4}
"""Numbers of quarters; with `l` as scanners read `I`."""
DECADES = {"thượng tuần": 10, "trung tuần": 20, "hạ tuần": 0}
CAN = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
CHI = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")

_VARIANTS = {
    "quí": "quý",
    "hàng": "hằng",
    "kì": "kỳ",
    "tùy": "tuỳ",
    "lũy": "luỹ",
    "hỏa": "hoả",
    "tỉ": "tỷ",
    "thuỷ": "thủy",
    "kỉ": "kỷ",
    "truớc": "trước",
    "trứơc": "trước",
    "truóc": "trước",
    "bẩy": "bảy",
    "nhứt": "nhất",
    "sỹ": "sĩ",
    "khóa": "khoá",
    "tị": "tỵ",
}
"""Other spellings and common slips of the keyboard, word by word."""


def preferred(word: str) -> str:
    """The spelling the lexicon uses."""
    return _VARIANTS.get(word, word)


def unaccented(text: str) -> str:
    """Without tone and vowel marks: how people type in a hurry."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
