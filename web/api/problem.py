"""What a program is told when it cannot be served: RFC 9457, in Vietnamese, with a type it can go by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple

from fastapi import Response

from domain.findings import Finding

MEDIA = "application/problem+json"
PREFIX = "/api/v1"
GUIDE = f"{PREFIX}/tai-lieu"


class Sort(NamedTuple):
    """A sort of problem: what is after # in its type, its status, and what it is called."""

    slug: str
    status: int
    title: str


class Problem(Sort, Enum):
    """Every sort there is; the guide lists them."""

    UNREADABLE = ("khong-doc-duoc", 400, "Không đọc được nội dung gửi lên")
    NO_KEY = ("chua-co-khoa", 401, "Khoá không dùng được")
    NOT_ALLOWED = ("khong-co-quyen", 403, "Khoá không có quyền này")
    NOT_FOUND = ("khong-co", 404, "Không có, hoặc không thuộc phạm vi được xem")
    METHOD = ("sai-phuong-thuc", 405, "Không dùng phương thức này ở đây")
    ASKED = ("can-hoi-lai", 409, "Số liệu có điều cần hỏi lại, chưa ghi")
    TOO_LARGE = ("qua-lon", 413, "Nội dung gửi lên quá lớn")
    NOT_JSON = ("khong-phai-json", 415, "Nội dung gửi lên phải là JSON")
    INVALID = ("khong-hop-le", 422, "Nội dung không hợp lệ")
    REFUSED = ("bi-tu-choi", 422, "Không ghi được vào sổ")
    OTHER_REQUEST = ("khoa-lap-da-dung", 422, "Idempotency-Key đã dùng cho một yêu cầu khác")
    TOO_MANY = ("qua-nhieu", 429, "Gọi quá nhiều lần")
    BROKEN = ("loi-he-thong", 500, "Hệ thống gặp lỗi")
    NOT_NOW = ("tam-ngung", 503, "Hệ thống tạm thời không phục vụ được")


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(
        self, problem: Problem, detail: str, *, headers: Mapping[str, str] | None = None, **further: Any
    ) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail
        self.headers = dict(headers or {})
        self.further = further

    @property
    def body(self) -> str:
        """Its JSON text."""
        sort = self.problem
        told = {"type": f"{GUIDE}#{sort.slug}", "title": sort.title, "status": sort.status, "detail": self.detail}
        return json.dumps({**told, **self.further}, ensure_ascii=False)

    def answer(self) -> Response:
        """Its answer."""
        return Response(self.body, self.problem.status, headers=self.headers, media_type=MEDIA)


def asked(findings: Iterable[Finding]) -> ProblemError:
    """A figure that looks odd and is recorded only where somebody says that it is right."""
    said = [finding.message for finding in findings]
    detail = 'Kiểm tra lại; nếu số liệu đúng thì gửi lại với "yes": true và một Idempotency-Key mới.'
    return ProblemError(Problem.ASKED, detail, findings=said)


def not_found(what: str) -> ProblemError:
    """What is not there, or not theirs to see: the two are not told apart."""
    return ProblemError(Problem.NOT_FOUND, f"Không có {what}, hoặc khoá không được xem.")


def no_directive(code: str) -> ProblemError:
    """No directive of that code for this program."""
    return not_found(f"nhiệm vụ “{code}” đang có hiệu lực")
