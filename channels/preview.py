"""Sending switched off, as a channel: the text is kept by whoever asked, and nobody is written to."""

from __future__ import annotations

from typing import Any, ClassVar

from channels.letter import Outcome, Previewed
from channels.parcel import Carrier, Parcel


class DondocPreview(Carrier):
    """Opens no connection."""

    service_name = "Đôn Đốc: xem trước"
    secure_protocol = "dondocpreview"
    templates = ("{schema}://{person}",)
    template_tokens: ClassVar[dict[str, Any]] = {"person": {"name": "Person", "type": "string", "required": True}}

    @staticmethod
    def address(parcel: Parcel) -> str:
        """Whose message it would have been."""
        return f"dondocpreview://{parcel.person.code}"

    @classmethod
    def place(cls, parcel: Parcel) -> dict[str, str | int]:
        """The same in parts."""
        return {"schema": cls.secure_protocol, "host": parcel.person.code}

    def carry(self, parcel: Parcel) -> Outcome:  # noqa: ARG002 - nothing is done with it, that is the point
        """Answer that it was previewed."""
        return Previewed()
