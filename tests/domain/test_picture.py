"""A picture is shown by the name that its message gives it; what a mail program would not show is no picture."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.picture import LARGEST, Picture

PACE = Picture(cid="tien-do-1@dondoc", content_type="image/png", content=b"\x89PNG")


def test_a_picture_is_frozen_with_its_text() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PACE.content = b"other"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cid", ""),
        ("cid", "tiến độ"),
        ("cid", 'x"><script>'),
        ("content_type", "image/svg+xml"),
        ("content", b""),
        ("content", b"x" * (LARGEST + 1)),
    ],
)
def test_what_is_no_picture_of_a_message(field: str, value: str | bytes) -> None:
    with pytest.raises(ValidationError, match=field):
        Picture.model_validate(PACE.model_dump() | {field: value})
    assert Picture.model_validate(PACE.model_dump()) == PACE
