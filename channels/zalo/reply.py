"""What an official wrote back: a figure to be confirmed, or not clear enough. Never a guess.

Understood is what consists of one value and of words known to say nothing further. Any other word, "chưa", "khoảng",
a second figure, makes a question: a wrong entry costs more than one more message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from channels.zalo.form import BUTTONS
from channels.zalo.wordlists import ABOUT, DONE, HEDGES, MARKS, POLITE, SCALES, plain, words
from domain import vietnamese as vn
from domain.figures import read_value, say
from domain.frozen import Frozen
from domain.metric import Metric, MetricKind, Value

_CHOICE = re.compile(r"^(?:việc\s*)?(\d{1,2})\s*(?:[:)]\s*|\.\s+)(.+)$", re.DOTALL)
"""`1.45%` is a figure, `1:45%` the first thing's."""
_UNIT = re.compile(r"[^\W\d]")
LISTED, LONGEST_TITLE = 10, 150
"""Things named in a question, and characters of each; more would be read by nobody, and not fit the message."""


class Asked(Frozen):
    """A figure the official was asked for in the reminder they answer to."""

    id: str
    """The caller's own name for it."""
    title: str
    """As it stood in the reminder: milestone and subject."""
    metric: Metric


class Choice(NamedTuple):
    """What was written, about one of the things it may have meant."""

    title: str
    reply: str


class Proposal(Frozen):
    """What would be recorded. It is not, until its author says yes."""

    asked: Asked
    value: Value
    written: str
    """The value as `record` takes it."""
    as_of: date

    @property
    def question(self) -> str:
        """What is sent back."""
        said = "đã hoàn thành" if self.asked.metric.kind is MetricKind.EVENT else say(self.asked.metric, self.value)
        return (
            f"Đề nghị xác nhận: {self.asked.title}: {said}, tính đến ngày {vn.day(self.as_of)}.\n"
            "Trả lời ĐÚNG để ghi vào sổ, SAI để bỏ qua."
        )


class Unclear(Frozen):
    """Nothing is proposed; `question` is sent back."""

    question: str
    choices: tuple[Choice, ...] = ()
    """Replies that would be clear, of which one may be pressed."""


def understand(text: str, asked: Sequence[Asked], as_of: date) -> Proposal | Unclear:
    """What the reply says about what was asked; `as_of` is the day it was written."""
    if not asked:
        return Unclear(
            question="Hiện không có việc nào đang chờ đồng chí báo cáo qua Zalo. Xin mở đường dẫn trong tin."
        )
    said = vn.nfc(text).strip()
    chosen, rest = _chosen(said, asked)
    found = [proposal for one in _exact(chosen) if (proposal := _read(rest, one, as_of))]
    if len(found) == 1:
        return found[0]
    return _which(rest, [one.asked for one in found], asked) if found else Unclear(question=_how(chosen, asked))


def _chosen(said: str, asked: Sequence[Asked]) -> tuple[Sequence[Asked], str]:
    """`2: 45%` names the second of several."""
    number = _CHOICE.match(said)
    if len(asked) > 1 and number and 1 <= int(number[1]) <= len(asked):
        return [asked[int(number[1]) - 1]], number[2]
    return asked, said


def _exact(asked: Sequence[Asked]) -> Sequence[Asked]:
    """Any sentence would do as an account: of several things it is one only where it is named by its number."""
    return asked if len(asked) == 1 else [one for one in asked if one.metric.kind is not MetricKind.NARRATIVE]


def _read(said: str, asked: Asked, as_of: date) -> Proposal | None:
    metric = asked.metric
    if metric.kind is MetricKind.NARRATIVE:
        written: str | None = said if len(words(said)) >= 3 else None
    elif metric.kind is MetricKind.EVENT:
        written = "xong" if _happened(said, metric) else None
    else:
        written = _bare(said, asked)
    if written is None:
        return None
    try:
        value = read_value(written, metric)
    except vn.UnreadableError:
        return None
    if metric.kind in {MetricKind.PERCENT, MetricKind.RATE} and (value.number or 0) > Decimal(100):
        return None
    if value.numerator is not None and metric.kind is MetricKind.PERCENT and not _UNIT.search(written):
        return None  # 12/19 counts something; money has its unit
    return Proposal(asked=asked, value=value, written=written, as_of=as_of)


def _happened(said: str, metric: Metric) -> bool:
    """`xong`, `hoàn thành`, or `đã` or `rồi` with the name of the thing itself: `đã khởi công`."""
    claim = plain(" ".join(word for word in words(said) if word not in POLITE))
    if claim.removeprefix("da ") in DONE:
        return True
    named = re.fullmatch(r"da (?P<a>.+?)(?: (?:xong|roi|xong roi))?|(?P<b>.+?) (?:xong|roi|xong roi)", claim)
    if named is None or HEDGES & set(claim.split()):
        return False
    return re.search(rf"\b{re.escape(named['a'] or named['b'])}\b", plain(metric.name)) is not None


def _bare(said: str, asked: Asked) -> str | None:
    """The value without the words around it; None where other words are left."""
    names = {word for word in words(f"{asked.metric.name} {asked.title}") if word.isalpha()}
    silent = {word for word in POLITE | ABOUT | names if plain(word) not in HEDGES} - SCALES
    lowered = re.sub(r"t[ỷỉ] lệ|đồng chí", "", said.lower()).replace(" %", "%")
    kept = [word for word in lowered.split() if word.strip(MARKS) not in silent]
    value = " ".join(kept).strip(MARKS)
    return value if re.match(r"\d", value) else None


def _which(said: str, possible: Sequence[Asked], asked: Sequence[Asked]) -> Unclear:
    """The things it may be about, by the numbers they have among all."""
    numbers = {one.id: number for number, one in enumerate(asked, 1)}
    short = f"{said[:57]}…" if len(said) > 60 else said
    first = numbers[possible[0].id]
    how = f"Trả lời số thứ tự rồi kết quả, ví dụ “{first}: {said if len(said) <= 20 else '45%'}”."
    choices = tuple(Choice(f"{numbers[one.id]}. {one.title}"[:100], f"{numbers[one.id]}: {said}") for one in possible)
    return Unclear(
        question=f"“{short}” là kết quả của việc nào? {how}\n{_listed(possible, numbers)}",
        choices=choices if len(choices) <= BUTTONS else (),
    )


def _listed(shown: Sequence[Asked], numbers: Mapping[str, int]) -> str:
    """What may be meant, numbered; what does not fit is counted."""
    lines = [f"{numbers[one.id]}. {_cut(one.title)}" for one in shown[:LISTED]]
    if len(shown) > LISTED:
        lines.append(f"… và {len(shown) - LISTED} việc khác: xin mở đường dẫn trong tin nhắc.")
    return "\n".join(lines)


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _how(chosen: Sequence[Asked], asked: Sequence[Asked]) -> str:
    if len(chosen) == 1:
        return f"Chưa rõ kết quả của {chosen[0].title}. {_FORMS[chosen[0].metric.kind]}"
    how = "Trả lời số thứ tự rồi kết quả, ví dụ “1: 45%” hoặc “1: xong”"
    listed = _listed(asked, {one.id: number for number, one in enumerate(asked, 1)})
    return f"Chưa rõ đồng chí báo cáo việc nào. {how}.\n{listed}"


_FORMS = {
    MetricKind.EVENT: "Nếu đã hoàn thành, xin trả lời “xong”; nếu chưa, không cần trả lời.",
    MetricKind.PERCENT: "Xin trả lời bằng một con số, ví dụ 45% hoặc 2,3 tỷ/5,1 tỷ.",
    MetricKind.AMOUNT: "Xin trả lời bằng một số tiền, ví dụ 2,3 tỷ đồng.",
    MetricKind.COUNT: "Xin trả lời số đã đạt trên tổng số, ví dụ 12/19.",
    MetricKind.AVERAGE: "Xin trả lời bằng một con số, ví dụ 14,3.",
    MetricKind.RATE: "Xin trả lời bằng một con số, ví dụ 8,7%.",
    MetricKind.RANK: "Xin trả lời bằng thứ hạng, ví dụ 8.",
    MetricKind.NARRATIVE: "Xin nêu ngắn gọn kết quả, khó khăn, kiến nghị.",
}
