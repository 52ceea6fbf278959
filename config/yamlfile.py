"""A YAML file with the line of every value: findings can name the place a person has to look at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from domain.findings import Finding, Severity

Path_ = tuple[str | int, ...]
"""Where a value stands: keys and indexes from the top of the file."""


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: `data` keeps ruamel's line marks."""

    name: str
    """Path relative to the configuration folder, as findings print it."""
    data: CommentedMap

    def line(self, place: Path_) -> int:
        """The 1-based line of the value at `place`, or of the deepest part of it that exists."""
        node: Any = self.data
        line = 1
        for step in place:
            if isinstance(node, CommentedMap) and step in node:
                line = node.lc.key(step)[0] + 1
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                line = node.lc.item(step)[0] + 1
            else:
                break
            node = node[step]
        return line

    def error(self, place: Path_, message: str) -> Finding:
        """A finding at a place of this file."""
        field = ".".join(str(step) for step in place) or None
        return Finding(severity=Severity.ERROR, message=message, file=self.name, line=self.line(place), field=field)

    def errors(self, place: Path_, error: ValidationError) -> tuple[Finding, ...]:
        """A model's refusals as findings, each at the field it is about."""
        return tuple(self.error((*place, *_steps(detail["loc"])), sentence(detail)) for detail in error.errors())


def load(path: Path, name: str) -> tuple[YamlFile | None, tuple[Finding, ...]]:
    """The file, or None and the reason with its line. Text that is not NFC is an error: equal words must be equal."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, (_unreadable(name, 1, f"không đọc được tệp: {error}"),)
    loose = [number for number, line in enumerate(text.splitlines(), 1) if not unicodedata.is_normalized("NFC", line)]
    if loose:
        message = "chữ tiếng Việt chưa ở dạng Unicode dựng sẵn (NFC); hãy lưu lại tệp ở dạng NFC"
        return None, tuple(_unreadable(name, number, message) for number in loose)
    try:
        data = YAML(typ="rt").load(text)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, (_unreadable(name, mark.line + 1 if mark else 1, f"YAML không hợp lệ: {problem}"),)
    if not isinstance(data, CommentedMap):
        return None, (_unreadable(name, 1, "tệp phải là một bảng khoá: giá trị"),)
    return YamlFile(name, data), ()


def plain(node: Any) -> Any:
    """Ruamel's nodes as dict, list and scalars."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node.real if type(node).__name__ == "ScalarInt" else str(node) if isinstance(node, str) else node


def sentence(detail: ErrorDetails) -> str:
    """What a model refused, as one Vietnamese sentence."""
    kind, given = detail["type"], detail.get("input")
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if kind == "missing":
        return "thiếu trường bắt buộc"
    if kind == "extra_forbidden":
        return "trường không có trong khuôn mẫu; kiểm tra chính tả"
    shown = _EXPECTED.get(kind)
    if shown is None and kind == "enum":
        shown = f"một trong {detail['ctx']['expected']}"
    return f"giá trị “{given}” không hợp lệ; cần {shown or detail['msg']}"


_EXPECTED = {
    "date_from_datetime_parsing": "ngày có thật, dạng 2024-09-30",
    "date_parsing": "ngày có thật, dạng 2024-09-30",
    "date_type": "ngày có thật, dạng 2024-09-30",
    "time_parsing": "giờ dạng 14:30",
    "int_parsing": "số nguyên",
    "int_type": "số nguyên",
    "decimal_parsing": "số",
    "string_type": "chữ",
    "string_pattern_mismatch": "mã gồm chữ thường không dấu, số và gạch nối",
    "tuple_type": "danh sách",
    "greater_than_equal": "số lớn hơn",
    "too_short": "ít nhất một phần tử",
}


def _unreadable(name: str, line: int, message: str) -> Finding:
    return Finding(severity=Severity.ERROR, message=message, file=name, line=line)


def _steps(loc: Iterable[str | int]) -> Path_:
    return tuple(loc)
