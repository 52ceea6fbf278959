"""What the web application needs of an office that is on Zalo, as a protocol."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from actions.zalo_reception import Heard
from actions.zalo_words import Word
from channels.zalo.events import Happening
from channels.zalo.webhook import Signing
from store.zalo_contacts import ZaloContact


class ZaloDesk(Protocol):
    """The Official Account's office."""

    @property
    def signing(self) -> Signing:
        """By what events are known."""

    @property
    def oa_id(self) -> str:
        """The account."""

    @property
    def chat(self) -> str:
        """Address at which a person opens a chat with the account."""

    def clock(self) -> datetime:
        """This moment."""

    def hear(self, happening: Happening) -> Heard:
        """Take an event and do what it asks for, once; what is left to do comes back."""

    def settle(self, happening: Happening) -> bool:
        """Look again for the message a receipt is of."""

    def say(self, word: Word) -> None:
        """Send an answer, once, if it can be sent."""

    def linked(self, person: str) -> ZaloContact | None:
        """The user that this person is on Zalo."""
