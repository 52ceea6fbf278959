"""Sending switched off, as a channel: the text is kept by whoever asked, and nobody is written to."""

from __future__ import annotations

from typing import Any

from apprise.common import NotifyType
from apprise.plugins import NotifyBase

from channels.letter import Previewed
from channels.parcel import Parcel, parcel_of


class DondocPreview(NotifyBase):  # type: ignore[misc]
    """Opens no connection: it answers that the letter was previewed."""

    service_name = "Đôn Đốc: xem trước"
    service_url = "https://dondoc.example/"
    setup_url = "https://dondoc.example/"
    secure_protocol = "dondocpreview"
    attachment_support = False
    request_rate_per_sec = 0
    templates = ("{schema}://{person}",)
    template_tokens = dict(
        NotifyBase.template_tokens, person={"name": "Person", "type": "string", "required": True}
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        parcel_of(self)

    @staticmethod
    def address_of(parcel: Parcel) -> str:
        """The Apprise URL that carries this parcel."""
        return f"dondocpreview://{parcel.person.code}"

    @property
    def url_identifier(self) -> tuple[str, ...]:
        """One preview is like another."""
        return (self.secure_protocol,)

    def url(self, privacy: bool = False, *_args: Any, **_kwargs: Any) -> str:  # noqa: ARG002, FBT001, FBT002 - Apprise's signature
        """The URL this object can be made from again."""
        return self.address_of(parcel_of(self))

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_kwargs: Any) -> bool:  # noqa: ARG002
        """Answer `previewed`."""
        parcel_of(self).outcome = Previewed()
        return True
