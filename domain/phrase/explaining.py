"""The answer to a phrase: which of its words set a limit, which day and instant that is, and what stays open.

Days are computed by the same `resolve` that dates the milestones of a directive; here is only decided what to compute.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain import vietnamese as vn
from domain.due import Reading
from domain.findings import Severity
from domain.phrase.absolute import one_date
from domain.phrase.explanation import Asked, Explanation, noted, undated
from domain.phrase.reading import composed, read
from domain.phrase.recurring import recurring
from domain.phrase.relative import anchored, event
from domain.phrase.senses import Kind, Sense
from domain.phrase.sources import source
from domain.phrase.values import Anchored, Cycle, Days, Limit, Stretch, Weekdays
from domain.workdays import Calendar

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Documents are of these years."""
_PLAIN = 2
"""A date without a word of limit; ranks below this one set limits."""
_NAMING, _NONE = 8, 9
WHY_NONE = {
    "so-lieu": "đây là thời điểm của số liệu, không phải thời hạn",
    "giai-doan": "đây là giai đoạn, không phải thời hạn",
    "tam-nhin": "đây là tầm nhìn trong tên văn bản, không phải thời hạn",
    "thuong-xuyen": "việc làm thường xuyên, không có thời hạn",
    "khan-truong": "chỉ nói mức độ khẩn trương, không có ngày cụ thể",
    "thoi-gian-toi": "chỉ nói thời gian tới, không có ngày cụ thể",
    "dan-chieu": "thời hạn nằm ở văn bản khác; cần xem văn bản đó",
    "ngay-bat-dau": "đây là ngày bắt đầu, không phải thời hạn",
    "dieu-kien": "đây là điều kiện, không phải thời hạn",
    "da-qua": "đây là việc đã qua, không phải thời hạn",
    "ngay-van-ban": "đây là ngày của văn bản được nhắc tới, không phải thời hạn",
    "le-tet-neu-ten": "Tết được nhắc tới, không phải thời hạn",
    "nam-neu-ten": "năm được nhắc tới như tên gọi, không phải thời hạn",
    "khong-co-thoi-han": "không thấy nói về thời hạn",
}


class Found(NamedTuple):
    """A sense, where it stands in the text, and how strongly it speaks of a limit, 0 first."""

    sense: Sense
    start: int
    end: int
    rank: int


def explain(
    phrase: str, calendar: Calendar, reading: Reading, issued: date | None = None, received: date | None = None
) -> Explanation:
    """What the phrase means for a document issued and received on the given days (Vietnamese dates, where known).

    Never raises for what a phrase says: whatever cannot be settled is a question with its reason.
    """
    asked = Asked(composed(phrase), calendar, reading, issued, received)
    strange = next((day for day in (issued, received) if day and not FIRST_YEAR <= day.year < LAST_YEAR), None)
    if strange:
        said = f"ngày của văn bản ghi năm {strange.year}; đề nghị kiểm tra"
        return undated(asked, Kind.QUESTION, "ngay-van-ban-vo-ly", said)
    senses = [Found(*found, _rank(*found, asked.text)) for found in read(asked.text)]
    if not senses:
        return _nothing(asked)
    main = min(senses, key=lambda found: (found.rank, found.start))
    answer = _answer(main, asked)._replace(start=main.start, end=main.end)
    return _with_others(answer, main, senses, asked) if len(senses) > 1 else answer


def _nothing(asked: Asked) -> Explanation:
    """Vietnamese words that say nothing of time set no limit; digits, or words of another language, are asked about."""
    readable = asked.text.strip() and not asked.text.isascii() and not any(letter.isdigit() for letter in asked.text)
    if readable:
        return undated(asked, Kind.NONE, "khong-co-thoi-han", WHY_NONE["khong-co-thoi-han"])
    said = "không đọc được thời hạn; đề nghị ghi bằng tiếng Việt, có ngày/tháng/năm"
    return undated(asked, Kind.QUESTION, "khong-doc-duoc", said)


def _rank(sense: Sense, start: int, end: int, text: str) -> int:
    """How strongly a stretch of the sentence speaks of a limit, 0 first: the strongest is the answer."""
    plain = isinstance(sense.what, Limit) and sense.what.plain
    if sense.kind is Kind.NONE:
        return _NONE
    if plain and _whole_year(sense.what) and text.strip() != text[start:end]:
        return _NAMING
    if sense.kind is Kind.RELATIVE and not (isinstance(sense.what, Anchored) and sense.what.length):
        return 4
    if sense.kind is Kind.QUESTION:
        return 3 if plain else 1
    return _PLAIN if plain and sense.kind is Kind.ABSOLUTE else 0


def _whole_year(limit: object) -> bool:
    target = limit.targets[0] if isinstance(limit, Limit) else None
    return isinstance(target, Stretch) and target.unit == "year" and target.first == (1, 1)


def _answer(found: Found, asked: Asked) -> Explanation:
    sense = found.sense
    if found.rank in (_NONE, _NAMING):
        rule = sense.rule if found.rank == _NONE else "nam-neu-ten"
        return undated(asked, Kind.NONE, rule, WHY_NONE[rule])
    if isinstance(sense.what, Anchored):
        return anchored(sense, sense.what, asked.text[found.start : found.end], asked)
    if sense.what is None:
        return event(sense, asked)
    if sense.rule == "giai-ngan-ca-nam":
        return undated(asked, Kind.QUESTION, sense.rule, _capital_question(sense.what, asked.issued))
    if sense.kind is Kind.RECURRING:
        return recurring(sense, sense.what, asked, asked.text[: found.start] + asked.text[found.end :])
    return _dates(sense, sense.what, asked.text[found.start : found.end], asked)


def _capital_question(limit: Limit, issued: date | None) -> str:
    target = limit.targets[0]
    year = (target.year if isinstance(target, Stretch) else None) or (issued.year if issued else None)
    if year is None:
        return "văn bản không ghi năm của kế hoạch vốn; cần hỏi"
    return f"tính đến 31/12/{year}, hay đến 31/01/{year + 1} là hạn giải ngân theo luật? Cần chọn ngày"


def _dates(sense: Sense, limit: Limit, phrase: str, asked: Asked) -> Explanation:
    """One due, or several that the sentence lists."""
    targets = [target for target in limit.targets if not isinstance(target, Cycle | Days | Weekdays)]
    answers = [one_date(target, limit, sense.rule, phrase, asked) for target in targets]
    question = next((answer for answer in answers if answer.kind is Kind.QUESTION), None)
    if question:
        return question
    answer = _several(answers[0], [one.nominal for one in answers if one.nominal])
    if sense.rule == "ngay-ky-niem":
        answer = answer._replace(kind=Kind.RELATIVE, rule=sense.rule, source=source(sense.rule), anchor=phrase)
        answer = noted(answer, "ngày kỷ niệm suy từ tên ngày lễ; đề nghị xác nhận thời hạn", Severity.WARNING)
    return noted(answer, sense.note, Severity.WARNING)


def _several(answer: Explanation, days: list[date]) -> Explanation:
    """The answer with all the dues of the sentence, where there is more than one."""
    days = list(dict.fromkeys(days))
    if len(days) < 2:
        return answer
    said = f"câu này có {len(days)} hạn: {', '.join(vn.day(day) for day in days)}; mỗi hạn là một mốc riêng"
    several = answer._replace(occurrences=tuple(days), rule="nhieu-han", source=source("nhieu-han"))
    return noted(several, said, Severity.NOTE)


def _with_others(answer: Explanation, main: Found, senses: list[Found], asked: Asked) -> Explanation:
    """Further limits of the sentence: dates join the answer's, anything else is told."""
    days = list(answer.occurrences or ([answer.nominal] if answer.nominal else []))
    own = len(days)
    for found in senses:
        if found is main or found.rank > _PLAIN:
            continue
        other = _answer(found, asked)
        if found.rank < _PLAIN and answer.kind is other.kind is Kind.ABSOLUTE and other.nominal:
            days += other.occurrences or (other.nominal,)
        else:
            when = f" ({vn.day(other.nominal)})" if other.nominal else ""
            said = f"câu còn nêu “{asked.text[found.start : found.end]}”{when}"
            answer = noted(answer, said, Severity.WARNING)
    return _several(answer, days) if len(days) > own else answer
