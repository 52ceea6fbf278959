"""From the bytes of a YAML file to its nodes, or the line and the reason in Vietnamese why not.

Stricter than YAML: half-written files, huge ones, and letters that only look equal are refused before they are parsed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

LARGEST = 1_000_000
"""Bytes of a file, and values in it with its aliases written out: a hundred times what an office needs."""


class UnreadableFileError(ValueError):
    """A file of which nothing can be used; `lines` (1-based) say where to look."""

    def __init__(self, message: str, *lines: int) -> None:
        super().__init__(message)
        self.lines = lines or (1,)


def read_nodes(path: Path) -> CommentedMap:
    """The file's map, with ruamel's line marks. Raises UnreadableFileError."""
    nodes = _parsed(_text(path))
    if not isinstance(nodes, CommentedMap):
        raise UnreadableFileError("tệp phải là một bảng khoá: giá trị")
    if _expanded(nodes, {}) > LARGEST:
        raise UnreadableFileError("các bí danh YAML (*tên) trong tệp lặp lẫn nhau quá nhiều lần")
    return nodes


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFileError("tệp quá lớn: hơn 1 triệu byte")
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableFileError("tệp không phải văn bản UTF-8", line) from error
    except OSError as error:
        raise UnreadableFileError(f"không đọc được tệp: {_REASONS.get(type(error), error.strerror)}") from error
    lines = text.split("\n")
    loose = [number for number, line in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", line)]
    if loose:
        message = "chữ tiếng Việt chưa ở dạng Unicode dựng sẵn (NFC); hãy lưu lại tệp ở dạng NFC"
        raise UnreadableFileError(message, *loose)
    if lines[-1]:
        message = "dòng cuối chưa kết thúc, tệp có thể bị cắt khi đang lưu; hãy lưu lại, kết thúc bằng một dòng mới"
        raise UnreadableFileError(message, len(lines))
    return text


_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "không có tệp này",
    IsADirectoryError: "đây là một thư mục",
    PermissionError: "không có quyền đọc",
}


@lru_cache(maxsize=16)
def _parsed(text: str) -> Any:
    """The nodes, which nobody changes: of a folder that is read again only what was edited is parsed again."""
    reader = YAML(typ="rt")
    reader.Constructor = _Constructor
    try:
        return reader.load(text)
    except YAMLError as error:
        raise UnreadableFileError(f"YAML không hợp lệ: {_problem(error)}", _line(error)) from error
    except RecursionError as error:
        raise UnreadableFileError("YAML lồng nhau quá sâu") from error


class _Constructor(RoundTripConstructor):
    """Ruamel's, but a date that does not exist stays the text it is: the model refuses it, at its line."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        """A date or time, or the text."""
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return node.value


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def _expanded(node: Any, known: dict[int, int]) -> int:
    """How many values the node holds with every alias written out."""
    if not isinstance(node, dict | list):
        return 1
    if id(node) not in known:
        parts = node.values() if isinstance(node, dict) else node
        known[id(node)] = 1 + sum(_expanded(part, known) for part in parts)
    return known[id(node)]


def _line(error: YAMLError) -> int:
    """Where the person has to look: a bracket or quote left open is found missing only further down."""
    if not isinstance(error, MarkedYAMLError):
        return 1
    left_open = re.match(r"expected ',' or|found unexpected end of stream", error.problem or "")
    mark = error.context_mark if left_open else error.problem_mark
    return mark.line + 1 if mark else 1


def _problem(error: YAMLError) -> str:
    """What the parser stumbled over, in Vietnamese where it is one of the usual slips."""
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    return next((ours for theirs, ours in _SLIPS.items() if re.match(theirs, said)), said)


_SLIPS = {
    "mapping values are not allowed": "dấu hai chấm đặt sai chỗ; giá trị có dấu hai chấm phải để trong ngoặc kép",
    "could not find expected ':'": "thiếu dấu hai chấm sau khoá",
    r"found character '(\\t|\t)'": "có phím Tab; chỉ dùng dấu cách để thụt dòng",
    "found character": "có ký tự không được đứng đầu giá trị; hãy để giá trị trong ngoặc kép",
    "found duplicate key": "một khoá được ghi hai lần",
    "found undefined alias": "bí danh *tên chưa được đặt bằng &tên",
    "found unexpected end of stream": "thiếu dấu ngoặc kép đóng",
    "expected ',' or": "thiếu dấu phẩy hoặc dấu ngoặc đóng",
    "expected <block end>": "thụt dòng không thẳng với các dòng cùng cấp",
    "expected the node content": "thiếu giá trị",
    "expected alphabetic": "dấu * hoặc & phải có tên liền sau; hãy để giá trị trong ngoặc kép",
}
"""How the parser's problem begins → what the person should look at."""
