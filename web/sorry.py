"""What a person reads when there is no page for them: plain words, and nothing about anybody's work."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from actions.evaluate import NoSuchDirectiveError
from config.link import LinkExpiredError, LinkForgedError
from config.pages import ENTRANCE
from web.callers import NotTheirsError, SignInNeededError
from web.guard import HEADERS
from web.paper import page
from web.seal import SealBrokenError
from web.ticket import TicketForgedError

_ANSWERS: dict[type[Exception], tuple[int, str, str]] = {
    LinkExpiredError: (410, "Đường dẫn đã hết hạn", "Đề nghị dùng đường dẫn trong thư đôn đốc mới nhất."),
    LinkForgedError: (403, "Đường dẫn không hợp lệ", "Đề nghị mở lại đúng đường dẫn trong thư đôn đốc."),
    TicketForgedError: (403, "Phiếu ghi không hợp lệ", "Đề nghị mở lại danh sách nhiệm vụ từ đường dẫn trong thư."),
    SealBrokenError: (403, "Phiếu không hợp lệ", "Đề nghị mở lại trang rồi gửi lại phiếu."),
    NoSuchDirectiveError: (404, "Không có nhiệm vụ này", "Nhiệm vụ không có hoặc không còn hiệu lực."),
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

    def to_the_door(request: Request, _problem: Exception) -> Response:
        """Whoever is not signed in is led to the entrance, and from there to where they wanted to go."""
        if request.method not in {"GET", "HEAD"}:
            return says(401, "Phiên làm việc đã hết", "Đề nghị đăng nhập lại rồi gửi lại phiếu.")(request, _problem)
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{ENTRANCE}?{urlencode({'den': wanted})}", 303, headers=HEADERS)

    def not_theirs(request: Request, problem: Exception) -> Response:
        return says(403, "Không mở được trang này", str(problem))(request, problem)

    app.add_exception_handler(HTTPException, by_status)
    app.add_exception_handler(SignInNeededError, to_the_door)
    app.add_exception_handler(NotTheirsError, not_theirs)
    for kind, words in _ANSWERS.items():
        app.add_exception_handler(kind, says(*words))
