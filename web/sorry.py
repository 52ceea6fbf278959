"""What a person reads when there is no page for them: plain words, and nothing about anybody's work."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from config.link import LinkExpiredError, LinkForgedError
from web.guard import HEADERS
from web.paper import page
from web.ticket import TicketForgedError

_ANSWERS: dict[type[Exception], tuple[int, str, str]] = {
    LinkExpiredError: (410, "Đường dẫn đã hết hạn", "Đề nghị dùng đường dẫn trong thư đôn đốc mới nhất."),
    LinkForgedError: (403, "Đường dẫn không hợp lệ", "Đề nghị mở lại đúng đường dẫn trong thư đôn đốc."),
    TicketForgedError: (403, "Phiếu ghi không hợp lệ", "Đề nghị mở lại danh sách nhiệm vụ từ đường dẫn trong thư."),
    RequestValidationError: (400, "Không đọc được nội dung gửi lên", "Đề nghị mở lại danh sách nhiệm vụ và ghi lại."),
    # A form sent again is one entry: it is safe to advise it.
    Exception: (500, "Hệ thống gặp lỗi", "Đề nghị gửi lại phiếu sau ít phút; gửi lại không bị ghi trùng."),
}


def install(app: FastAPI, *, illustrative: bool) -> None:
    """Answer every refusal and every failure with a page."""

    def says(status: int, heading: str, advice: str) -> Callable[[Request, Exception], Response]:
        def answer(_request: Request, _problem: Exception) -> Response:
            sorry = page("sorry.j2", status, illustrative=illustrative, heading=heading, advice=advice)
            sorry.headers.update(HEADERS)  # the handler of last resort stands outside the guard
            return sorry

        return answer

    def by_status(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        heading = "Không có trang này" if status == 404 else "Không thực hiện được yêu cầu"
        return says(status, heading, "Đề nghị mở lại đường dẫn trong thư đôn đốc.")(request, problem)

    app.add_exception_handler(HTTPException, by_status)
    for kind, words in _ANSWERS.items():
        app.add_exception_handler(kind, says(*words))
