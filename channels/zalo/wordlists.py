"""Words of officials' replies: which say nothing further, which change everything."""

from __future__ import annotations

import unicodedata

from domain.vietnamese import nfc

MARKS = " .,:;!“”\"'()"
"""Cut off around a word. A question mark is none of them: it changes the sentence."""


def words(text: str) -> list[str]:
    """The words in lower case, without the marks around them."""
    return [word for one in nfc(text).lower().split() if (word := one.strip(MARKS))]


def plain(text: str) -> str:
    """Without accents, as people type in a hurry: `da khoi cong`."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(one for one in letters if not unicodedata.combining(one)))


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


POLITE = _list(
    "dạ vâng thưa kính em anh chị tôi mình ạ nhé nha đồng chí văn phòng xin báo cáo gửi kết quả hiện nay đến hôm này ok"
)
ABOUT = _list("đã đạt được mới là tiến độ giải ngân vốn số liệu")
"""May stand beside a figure without changing it."""
SCALES = _list("tỷ tỉ triệu nghìn đồng đ")
"""Part of an amount."""
HEDGES = _list("chua khong khoang gan hon duoi tren sap se du kien tam uoc hoac tru con")
"""Without accents: with one of these a figure or an event is something else."""
DONE = frozenset({"xong", "hoan thanh", "roi", "xong roi", "hoan thanh roi", "hoan thanh xong"})
"""Without accents: it has happened."""
