"""The base of every value: frozen, strict, aware."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from domain.frozen import Code, Frozen, Instant


class Seen(Frozen):
    by: Code
    at: Instant


NOON = datetime(2024, 6, 30, 5, tzinfo=UTC)


def test_a_value_is_compared_by_content_and_never_changed() -> None:
    assert Seen(by="ke-toan", at=NOON) == Seen(by="ke-toan", at=NOON)
    with pytest.raises(ValidationError, match="frozen"):
        Seen(by="ke-toan", at=NOON).by = "ai-do"


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Seen.model_validate({"by": "ke-toan", "at": NOON, "note": "?"})


def test_a_naive_instant_is_refused_at_birth_with_the_way_out() -> None:
    with pytest.raises(ValidationError, match=r"phải có múi giờ, ví dụ 2024-06-30T17:00:00\+07:00"):
        Seen(by="ke-toan", at=datetime(2024, 6, 30, 17))  # noqa: DTZ001 - the very mistake


@pytest.mark.parametrize("code", ["Ke-Toan", "kế-toán", "ke toan", "-ke", "ke-", "ke--toan", "", "a" * 81])
def test_a_code_is_safe_in_addresses_and_file_names(code: str) -> None:
    with pytest.raises(ValidationError):
        Seen(by=code, at=NOON)
