"""The short words that come back: yes and no to a question of ours, and that a reminder was read."""

from __future__ import annotations

import re
from enum import StrEnum

from channels.zalo.wordlists import words
from domain.frozen import Frozen

YES, NO = "#dung", "#sai"
"""What the two buttons under a proposal send back."""
ACKNOWLEDGE = "#tiepnhan"
"""What the button “Đã tiếp nhận” sends back: with `:<directive>` of that one, alone of all in the last reminder."""
_YES = frozenset({"đúng", "đúng rồi", "xác nhận", "đồng ý", "chính xác", YES})
_NO = frozenset({"sai", "sai rồi", "không", "không đúng", "chưa đúng", "bỏ", "huỷ", "hủy", NO})
_RECEIVED = frozenset(
    f"{word}{about}"
    for word in ("đã nhận", "đã tiếp nhận", "đã biết", "đã rõ", "đã xem", "tiếp nhận", "nhận rồi", "rõ rồi")
    for about in ("", " tin", " việc", " thông báo", " lời nhắc")
)
_ADDRESSING = frozenset({"dạ", "vâng", "ạ", "nhé", "em", "tôi"})
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Received(Frozen):
    """They have read the reminder and say so; nothing is done yet."""

    directive: str | None = None
    """None: all that the last reminder was about."""


class Answer(StrEnum):
    """The answer to a proposal's question."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


def answer(text: str) -> Answer:
    """Yes or no to the question of a proposal; anything else is neither, also "dung" and a yes with a condition."""
    said = " ".join(word for word in words(text) if word not in _ADDRESSING)
    if said in _YES:
        return Answer.YES
    return Answer.NO if said in _NO else Answer.UNCLEAR


def received(text: str) -> Received | None:
    """Whether the text, or the button behind it, says that a reminder was read; None where it says more or else."""
    said = text.strip()
    if said == ACKNOWLEDGE:
        return Received()
    if said.startswith(f"{ACKNOWLEDGE}:"):
        code = said.removeprefix(f"{ACKNOWLEDGE}:")
        return Received(directive=code) if _CODE.fullmatch(code) else None
    plainly = " ".join(word for word in words(said) if word not in _ADDRESSING)
    return Received() if plainly in _RECEIVED else None
