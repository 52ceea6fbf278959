"""What each rule of the grammar rests on: an article of law, the document itself, or common usage."""

from __future__ import annotations

_ARTICLE_146 = "Bộ luật Dân sự 2015, điều 146"
_ARTICLES_147_148 = "Bộ luật Dân sự 2015, điều 147, 148"
_DECREE_09 = "Nghị định 09/2019/NĐ-CP"
_DOCUMENT = "ngày ghi trong văn bản"
_USAGE = "cách dùng từ trong văn bản hành chính"

SOURCES = {
    "ngay-cu-the": _DOCUMENT,
    "ngay-theo-ngu-canh": "ngày tính từ ngày viết văn bản",
    "khoang-thoi-gian": _DOCUMENT,
    "truoc-ngay-tinh-ca-ngay": _DOCUMENT,
    "nhieu-han": _DOCUMENT,
    "cuoi-thang": _ARTICLE_146,
    "cuoi-quy": "ngày cuối của quý",
    "cuoi-nam": _ARTICLE_146,
    "cac-thang-dau-nam": _ARTICLE_146,
    "cac-thang-cuoi-nam": _ARTICLE_146,
    "giua-thang": _ARTICLE_146,
    "giua-nam": _ARTICLE_146,
    "nua-thang": _ARTICLE_146,
    "nua-nam": _ARTICLE_146,
    "dau-thang": _ARTICLE_146,
    "dau-nam": _ARTICLE_146,
    "tuan-muoi-ngay": "nghĩa từ điển; luật không quy định",
    "thoi-han": _ARTICLES_147_148,
    "hieu-luc": "Bộ luật Dân sự 2015, điều 147; ngày có hiệu lực không chuyển vì ngày nghỉ",
    "truoc-su-kien": "Bộ luật Dân sự 2015, điều 144: thời hạn có thể xác định bằng một sự kiện",
    "sau-su-kien": "Bộ luật Dân sự 2015, điều 144: thời hạn có thể xác định bằng một sự kiện",
    "tet": "lịch làm việc của cơ quan",
    "sau-ky-nghi": "lịch làm việc của cơ quan",
    "dinh-ky": "ngày định kỳ ghi trong văn bản",
    "thang-cuoi-quy": "ngày định kỳ ghi trong văn bản",
    "thang-cuoi-ky": "ngày định kỳ ghi trong văn bản",
    "khoang-dinh-ky": "ngày định kỳ ghi trong văn bản",
    "cuoi-ky-bao-cao": f"{_DECREE_09}, điều 13",
    "dinh-ky-khong-ngay": f"{_DECREE_09}, điều 13 khoản 1",
    "chot-so-lieu": f"{_DECREE_09}, điều 12",
    "khoang-cach-toi-thieu": f"{_DECREE_09}, điều 8 khoản 5",
    "giai-ngan-ca-nam": "Luật Đầu tư công 2019, điều 68; Luật Đầu tư công 2024, điều 72",
}


def source(rule: str) -> str:
    """What the rule rests on."""
    return SOURCES.get(rule, _USAGE)
