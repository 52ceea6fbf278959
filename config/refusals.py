"""What a model refused, in Vietnamese: the sentence, and the field it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails


def refusals(error: ValidationError) -> tuple[ErrorDetails, ...]:
    """The refusals that say something of their own.

    A list whose elements were refused is also called too short, and that is left out.
    """
    details = error.errors()
    spoilt = [detail["loc"] for detail in details if detail["type"] != "too_short"]
    return tuple(
        detail
        for detail in details
        if detail["type"] != "too_short" or not any(loc[: len(detail["loc"])] == detail["loc"] for loc in spoilt)
    )


def place(detail: ErrorDetails) -> tuple[str | int, ...]:
    """Where the refused field stands in the value, as deep as the refusal says."""
    deeper: tuple[str | int, ...] = getattr(detail.get("ctx", {}).get("error"), "place", ())
    return (*detail["loc"], *deeper)


def sentence(detail: ErrorDetails) -> str:
    """What a model refused, as one Vietnamese sentence."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in _ALONE:
        return _ALONE[kind]
    given = detail.get("input")
    shown = "giá trị" if isinstance(given, Mapping | list | tuple) else f"giá trị “{given}”"
    return f"{shown} không hợp lệ; cần {_needed(kind, context) or detail['msg']}"


def _needed(kind: str, context: Mapping[str, Any]) -> str | None:
    needed = _EXPECTED.get(kind)
    listed = str(context.get("expected")).replace(" or ", " hoặc ")
    return needed.format(**{**context, "expected": listed}) if needed else None


_ALONE = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "trường không có trong khuôn mẫu; kiểm tra chính tả",
}

_EXPECTED = {
    "bool_parsing": "true hoặc false",
    "bool_type": "true hoặc false",
    "date_from_datetime_inexact": "ngày, không kèm giờ",
    "date_from_datetime_parsing": "ngày có thật, dạng 2024-09-30",
    "date_parsing": "ngày có thật, dạng 2024-09-30",
    "date_type": "ngày có thật, dạng 2024-09-30",
    "datetime_from_date_parsing": "thời điểm có múi giờ, dạng 2024-09-30T17:00:00+07:00",
    "datetime_parsing": "thời điểm có múi giờ, dạng 2024-09-30T17:00:00+07:00",
    "datetime_type": "thời điểm có múi giờ, dạng 2024-09-30T17:00:00+07:00",
    "decimal_parsing": "số",
    "decimal_type": "số",
    "dict_type": "một bảng khoá: giá trị",
    "enum": "một trong {expected}",
    "greater_than_equal": "giá trị không nhỏ hơn {ge}",
    "int_from_float": "số nguyên",
    "int_parsing": "số nguyên",
    "int_type": "số nguyên",
    "less_than_equal": "giá trị không lớn hơn {le}",
    "list_type": "danh sách",
    "model_type": "một bảng khoá: giá trị",
    "string_pattern_mismatch": "mã gồm chữ thường không dấu, số và gạch nối",
    "string_too_long": "nhiều nhất {max_length} ký tự",
    "string_too_short": "ít nhất {min_length} ký tự",
    "string_type": "chữ; để trong ngoặc kép nếu là số hoặc ngày",
    "time_parsing": "giờ dạng 14:30",
    "time_type": "giờ dạng 14:30",
    "too_short": "ít nhất một phần tử",
    "tuple_type": "danh sách",
}
"""Kinds of refusal → what would be accepted. Names in braces come from the model's limit."""
