"""What a Zalo message consists of beside its text: buttons, or a template and its data.

It is frozen with the message, as JSON in the place where an e-mail has its HTML: the same thing in the channel's own
form. The text is what people and the proof of sending read.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from domain.frozen import Frozen
from domain.vietnamese import nfc

TEXT_LIMIT = 2000
"""Characters after composition (NFC): decomposed, a Vietnamese sentence is a third longer."""
BUTTONS = 5


class Button(Frozen):
    """One button under a consultation message: it opens a page, or sends us a word its reader does not see."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000)] | None = None
    payload: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if (self.url is None) == (self.payload is None):
            raise ValueError("nút bấm phải có một đường dẫn hoặc một nội dung trả lời, không có cả hai")
        return self


class Form(Frozen):
    """Either `buttons`, or a `template` with its `data`; or neither: plain text."""

    buttons: Annotated[tuple[Button, ...], Field(max_length=BUTTONS)] = ()
    template: Annotated[str, StringConstraints(pattern=r"^\d{1,20}$")] | None = None
    """Number of a template that Zalo has approved."""
    data: dict[str, str] = Field(default_factory=dict)
    """The template's parameters."""

    def frozen(self) -> str:
        """The form as it is kept with the message."""
        return self.model_dump_json(exclude_defaults=True)


def read_form(text: str) -> Form:
    """The form a message was frozen with; none is plain text. Raises ValueError with a sentence."""
    try:
        return Form.model_validate_json(text) if text.strip() else Form()
    except ValidationError as error:
        raise ValueError(f"phần nút bấm, mẫu tin không đọc được: {error.errors()[0]['msg']}") from error


def composed(text: str) -> str:
    """The text as it is sent. Raises ValueError with a sentence where Zalo would not take it."""
    said = nfc(text).strip()
    if not said:
        raise ValueError("thông điệp không có chữ nào")
    if len(said) > TEXT_LIMIT:
        raise ValueError(f"thông điệp dài {len(said)} ký tự, Zalo nhận tối đa {TEXT_LIMIT}")
    return said
