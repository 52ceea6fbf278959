"""Every failure as a problem: what the routes raise, what FastAPI refuses, and what nobody foresaw."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException

from actions.evaluate import NoSuchDirectiveError
from actions.record import RefusedError
from config.reading import IncompleteError
from config.refusals import sentence
from domain.vietnamese import UnreadableError
from domain.workdays import OutsideCalendarError
from store import UnusableStoreError
from store.ledger import EntryConflictError
from web.api.problem import Problem, ProblemError
from web.guard import HEADERS

_MOST = 20
"""Faults of one request that are told."""
_STATUSES = {404: Problem.NOT_FOUND, 405: Problem.METHOD, 413: Problem.TOO_LARGE}
_PATTERNED = "giá trị không đúng dạng quy định; xem tài liệu API"


def install(api: FastAPI) -> None:
    """Answer every refusal and every failure with a problem."""

    def told(_request: Request, problem: Exception) -> Response:
        return as_problem(problem).answer()

    def last(_request: Request, _problem: Exception) -> Response:
        """The handler of last resort stands outside what marks every answer."""
        answer = ProblemError(Problem.BROKEN, "Đề nghị gửi lại sau ít phút, giữ nguyên Idempotency-Key.").answer()
        answer.headers.update(HEADERS)
        return answer

    for kind in (ProblemError, HTTPException, RequestValidationError, ValidationError, *_KNOWN):
        api.add_exception_handler(kind, told)
    api.add_exception_handler(Exception, last)


def as_problem(error: Exception) -> ProblemError:
    """The problem that tells of it."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, HTTPException):
        sort = _STATUSES.get(error.status_code, Problem.UNREADABLE)
        return ProblemError(sort, f"{sort.title}.", headers=error.headers)
    if isinstance(error, RequestValidationError | ValidationError):
        return ProblemError(Problem.INVALID, "Xem từng trường trong errors.", errors=faults(_details(error)))
    if isinstance(error, NoSuchDirectiveError):
        return ProblemError(Problem.NOT_FOUND, str(error))
    return ProblemError(_KNOWN.get(type(error), Problem.BROKEN), str(error))


def refusal(error: Exception) -> ProblemError:
    """The problem of a statement that the ledger does not take; what else went wrong is raised again."""
    if isinstance(error, (ProblemError, ValidationError, *_REFUSALS)):
        return as_problem(error)
    raise error


def faults(details: Iterable[ErrorDetails]) -> list[dict[str, str]]:
    """Each refused field, and why: in Vietnamese, without what was sent."""
    return [{"field": ".".join(str(part) for part in detail["loc"]), "message": _said(detail)} for detail in details][
        :_MOST
    ]


def _details(error: RequestValidationError | ValidationError) -> list[ErrorDetails]:
    return list(error.errors())


def _said(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        return _PATTERNED
    if detail["type"] in {"union_tag_invalid", "union_tag_not_found"}:
        return f"cần trường kind, một trong: {detail.get('ctx', {}).get('expected_tags', 'các loại bút toán của API')}"
    unsent: ErrorDetails = {**detail, "input": ()}  # what was sent is not sent back
    return sentence(unsent)


_REFUSALS = (RefusedError, UnreadableError, OutsideCalendarError, EntryConflictError, NoSuchDirectiveError)
_KNOWN: dict[type[Exception], Problem] = {
    RefusedError: Problem.REFUSED,
    UnreadableError: Problem.REFUSED,
    OutsideCalendarError: Problem.REFUSED,
    EntryConflictError: Problem.OTHER_REQUEST,
    NoSuchDirectiveError: Problem.NOT_FOUND,
    IncompleteError: Problem.NOT_NOW,
    UnusableStoreError: Problem.NOT_NOW,
}
