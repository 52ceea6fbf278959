"""A request under an idempotency key is done once, and answered the same however often it is sent.

The answer is kept in the transaction that records what it tells of, under the lock of the ledger: of two that arrive
at once the second waits and gets the answer of the first, and a process that dies between commit and answer has lost
nothing. Entries carry ids made of both keys, so that even a retry after the answer was forgotten makes no second one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Header, Response

from store import Session, Store, reading, session
from store.api_answers import KeptAnswer, find, forget_before, keep
from store.ledger import lock
from web.api.problem import MEDIA, Problem, ProblemError
from web.api.refusing import refusal

KEPT = timedelta(days=30)

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=128,
        pattern=r"^[!-~]+$",
        description="Do phần mềm tự đặt, mỗi yêu cầu một mã; gửi lại cùng mã thì nhận lại đúng câu trả lời cũ.",
    ),
]


@dataclass(frozen=True)
class Asked:
    """A request, as it is told from others."""

    key: str
    """Id of the API key."""
    idempotency: str
    digest: str

    @classmethod
    def of(cls, key: str, idempotency: str, path: str, raw: bytes) -> Asked:
        """`path`: one key under two addresses is two requests."""
        return cls(key, idempotency, hashlib.sha256(path.encode() + b"\n" + raw).hexdigest())

    @property
    def entry(self) -> str:
        """The id of the entry that is to be; of many, the beginning of their ids."""
        return f"api-{self.key}-{hashlib.sha256(self.idempotency.encode()).hexdigest()[:32]}"


def once(store: Store, asked: Asked, at: datetime, act: Callable[[Session], tuple[int, str]]) -> Response:
    """Do it, or answer as it was answered. Raises ProblemError where the key was used for something else.

    `act` gives status and body; a refusal it raises is an answer too, and leaves nothing behind.
    """
    with reading(store) as opened:
        kept = find(opened, asked.key, asked.idempotency, at - KEPT)
    if kept is None:
        kept = _under_lock(store, asked, at, act)
    if kept.digest != asked.digest:
        detail = "Nội dung khác với lần gửi trước cùng mã; mỗi yêu cầu mới cần một Idempotency-Key mới."
        raise ProblemError(Problem.OTHER_REQUEST, detail)
    media = MEDIA if kept.status >= 400 else "application/json"
    return Response(kept.body, kept.status, media_type=media)


def _under_lock(store: Store, asked: Asked, at: datetime, act: Callable[[Session], tuple[int, str]]) -> KeptAnswer:
    with session(store) as opened:
        lock(opened)
        known = find(opened, asked.key, asked.idempotency, at - KEPT)
        if known is not None:
            return known
        forget_before(opened, at - KEPT)
        status, body = _tried(opened, act)
        answer = KeptAnswer(digest=asked.digest, status=status, body=body, at=at)
        keep(opened, asked.key, asked.idempotency, answer)
    return answer


def _tried(opened: Session, act: Callable[[Session], tuple[int, str]]) -> tuple[int, str]:
    try:
        with opened.begin_nested():
            return act(opened)
    except Exception as error:  # noqa: BLE001 - `refusal` raises again what is none
        problem = refusal(error)
        return problem.problem.status, problem.body
