"""The rung and the due of a row, said years later."""

from __future__ import annotations

from datetime import date

import pytest

from domain.outbox import Key
from domain.policy import Ladder
from domain.urged import due_urged, reckoned_from, rung_said

LADDER = Ladder(before=(30, 14, 7, 3, 1, 0), overdue=(1, 4, 9), then_every=10)


def key(rung: str, occurrence: str = "2024-06-30") -> Key:
    return Key(
        directive="khoi-cong-moi",
        milestone="khoi-cong",
        rung=rung,
        occurrence=occurrence,
        person="dau-moi-huyen",
        channel="email",
    )


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        ("before-7", "trước hạn 7 ngày"),
        ("before-0", "ngày cuối của hạn"),
        ("before-3@2024-06-26", "trước hạn 3 ngày, dời sang 26/6/2024"),
        ("overdue-1", "quá hạn lần 1 (1 ngày làm việc)"),
        ("overdue-4", "quá hạn lần 2 (4 ngày làm việc)"),
        ("overdue-19", "quá hạn lần 4 (19 ngày làm việc)"),
        ("overdue-29@2024-08-01", "quá hạn lần 5 (29 ngày làm việc), dời sang 01/8/2024"),
        ("overdue-7", "quá hạn 7 ngày làm việc"),  # of a policy that no longer holds
        ("overdue-20", "quá hạn 20 ngày làm việc"),
        ("assigned", "khi giao việc"),
        ("enrolled", "khi ghi danh"),
        ("resumed", "khi tiếp tục sau tạm dừng"),
        ("watch-2024-w27", "danh sách theo dõi hằng tuần"),
        ("word-2024-q3", "hỏi tình hình hằng quý"),
    ],
)
def test_a_rung_is_said(rung: str, said: str) -> None:
    assert rung_said(key(rung), LADDER) == said


@pytest.mark.parametrize(
    ("rung", "occurrence", "said", "due"),
    [
        ("before-7", "2024-06-30", "hạn 30/6/2024", date(2024, 6, 30)),
        ("overdue-4@2024-07-05", "2024-06-30", "hạn 30/6/2024", date(2024, 6, 30)),
        ("overdue-1", "2024-06-30/2024-07-15", "kỳ 30/6/2024, hạn 15/7/2024", date(2024, 7, 15)),
        ("assigned", "2024-04-22", "ngày bắt đầu 22/4/2024", None),
        ("enrolled", "2024-05-06", "ngày ghi danh 06/5/2024", None),
        ("resumed", "2024-06-03", "ngày tiếp tục 03/6/2024", None),
        ("watch-2024-w27", "2024-W27", "tuần 27 năm 2024", None),
        ("word-2024-q3", "2024-Q3", "quý III năm 2024", None),
    ],
)
def test_what_it_was_reckoned_from_is_said(rung: str, occurrence: str, said: str, due: date | None) -> None:
    assert reckoned_from(key(rung, occurrence)) == said
    assert due_urged(key(rung, occurrence)) == due
