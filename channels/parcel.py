"""How a letter travels through Apprise: as the asset of one Apprise object, which its plugin opens and answers on.

Apprise itself answers True, False or None and swallows exceptions. The asset is the one object that reaches every
plugin and stays in the caller's hands: it takes the letter there as frozen, and the outcome back.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from apprise import AppriseAsset
from apprise.plugins import NotifyBase

from channels.letter import Accepted, Letter, Outcome, Previewed
from channels.pool import Pool
from channels.smtp import Smtp
from domain.office import Person

# Apprise annotates each name that a plugin has to fill in as None.
_Plugin: Any = NotifyBase


class Parcel(AppriseAsset):
    """One letter to one person on one channel, and what became of it."""

    def __init__(self, person: Person, letter: Letter, smtp: Smtp, pool: Pool | None = None) -> None:
        super().__init__(app_id="dondoc", async_mode=False)
        self.person = person
        self.letter = letter
        self.smtp = smtp
        self.pool = pool
        """Where the line to the mail server comes from; None: one for this letter alone."""
        self.outcome: Outcome | None = None
        """None until a plugin has said what happened."""


class Carrier(_Plugin):  # type: ignore[misc]
    """What our plugins have in common. A subclass names its schema, its address and what it does with a parcel."""

    service_url = "https://dondoc.example/"
    setup_url = "https://dondoc.example/"
    attachment_support = False
    request_rate_per_sec = 0
    """Seconds between sends of one object, slept away by Apprise (5.5 if unsaid); the outbox has its own pace."""
    template_tokens: ClassVar[dict[str, Any]] = {}

    def __init__(self, **kwargs: Any) -> None:
        """Raise TypeError, Apprise's way of refusing a plugin, where there is no parcel."""
        super().__init__(**kwargs)
        if not isinstance(self.asset, Parcel):
            raise TypeError(f"{self.service_name} carries a Parcel, given as the asset")

    @staticmethod
    @abstractmethod
    def address(parcel: Parcel) -> str:
        """The Apprise URL of this parcel's way. Never a secret in it: URLs are logged."""

    @classmethod
    def place(cls, parcel: Parcel) -> dict[str, str | int]:
        """The same in parts: taking an address apart costs Apprise as long as a server takes to answer."""
        return {"schema": cls.secure_protocol, "host": parcel.smtp.host, "port": parcel.smtp.port}

    @abstractmethod
    def carry(self, parcel: Parcel) -> Outcome:
        """Do what the channel does with a letter."""

    @property
    def url_identifier(self) -> tuple[str, str, int | None]:
        """What tells one server from another; never who is written to."""
        return (self.secure_protocol, self.host, self.port)

    def url(self, privacy: bool = False, **_: Any) -> str:
        """The URL this object can be made from again; with `privacy` up to its server only."""
        address = self.address(self.asset)
        return address.rsplit("/", 1)[0] if privacy else address

    def send(self, body: str, title: str = "", **_: Any) -> bool:  # noqa: ARG002 - Apprise trims both: the letter counts
        """Carry the letter exactly as it was frozen, and leave the outcome on the parcel."""
        self.asset.outcome = self.carry(self.asset)
        return isinstance(self.asset.outcome, Accepted | Previewed)
