"""What a program sends, read strictly: UTF-8 JSON, not too large, not too deep, nothing that two readers read apart."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

from fastapi import Request

from domain.visible import hidden_mark
from web.api.problem import Problem, ProblemError

DEEPEST = 8
LONGEST_NUMBER = 20
"""Digits. Figures are sent as text anyway."""


def body_up_to(largest: int) -> Callable[[Request], Awaitable[bytes]]:
    """A dependency of routes: the bytes of a JSON body of at most so many. Raises ProblemError."""

    async def raw_body(request: Request) -> bytes:
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != "application/json":
            raise ProblemError(Problem.NOT_JSON, "Đặt Content-Type: application/json.")
        raw = b""
        async for piece in request.stream():
            raw += piece
            if len(raw) > largest:
                raise ProblemError(Problem.TOO_LARGE, f"Nhiều nhất {largest // 1024} KB một lần gửi.")
        return raw

    return raw_body


def read_json(raw: bytes) -> dict[str, Any]:
    """The object in the bytes. Raises ProblemError."""
    try:
        found = json.loads(
            raw.decode(),
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_decimal,
            object_pairs_hook=_object,
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        # Of our own refusals the sentence is told; of those of the reader, in English, it is not.
        raise _unreadable(str(error) if isinstance(error, _OddError) else "Không phải JSON hợp lệ (UTF-8).") from error
    if not isinstance(found, dict):
        raise _unreadable("Cần một đối tượng JSON: {…}.")
    for text in _texts(found, DEEPEST):
        if mark := hidden_mark(text):
            raise _unreadable(f"Nội dung có ký tự không nhìn thấy được ({mark}).")
    return found


class _OddError(ValueError):
    """JSON for some, and not what anybody means."""


def _no_number(name: str) -> NoReturn:
    raise _OddError(f"{name} không phải là số.")


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _OddError(f"Số dài quá {LONGEST_NUMBER} chữ số.")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    if len(digits) > LONGEST_NUMBER:
        raise _OddError(f"Số dài quá {LONGEST_NUMBER} chữ số.")
    return Decimal(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _OddError("Một trường được ghi hai lần.")
    return found


def _texts(thing: Any, deep: int) -> Iterator[str]:
    """Every text in it, names of fields as well."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict | list):
        if deep == 0:
            raise _unreadable(f"Lồng nhau quá {DEEPEST} tầng.")
        for part in (*thing, *(thing.values() if isinstance(thing, dict) else ())):
            yield from _texts(part, deep - 1)


def _unreadable(why: str) -> ProblemError:
    return ProblemError(Problem.UNREADABLE, why)
