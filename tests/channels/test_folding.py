"""Whatever is written in a subject is read in it, letter by letter and space by space."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.folding import MAIL

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệ 0123456789—:()[]%", min_size=1, max_size=150)


def arrived(subject: str) -> str:
    message = EmailMessage(policy=MAIL)
    message["Subject"] = subject
    message.set_content("Kính gửi", cte="base64")
    wire = bytes(message)
    assert all(len(line) <= 78 for line in wire.split(b"\r\n")[:1])
    return str(email.message_from_bytes(wire, policy=default)["Subject"])


@pytest.mark.parametrize(
    "subject",
    [
        "[MINH HOẠ] [Đôn đốc] QUÁ HẠN 129 ngày làm việc: Khởi công — Khởi công và giải ngân các dự án (và 4 việc khác)",
        "[Đôn đốc] Giải ngân 40% kế hoạch vốn",
        "Plain words only",
    ],
)
def test_a_subject_arrives_as_written(subject: str) -> None:
    assert arrived(subject) == subject


@given(VIETNAMESE)
def test_every_subject_arrives_as_written(subject: str) -> None:
    assert arrived(subject.strip() or "x") == (subject.strip() or "x")
