"""What travels through Apprise beside title and body: the letter as frozen, the way to the server, the outcome coming back.

Apprise's own answer is True, False or None, and it swallows exceptions; the asset is the one object that reaches every
plugin of an Apprise object and stays in the caller's hands.
"""

from __future__ import annotations

from apprise import AppriseAsset
from apprise.plugins import NotifyBase

from channels.letter import Letter, Outcome
from channels.smtp import Smtp
from domain.office import Person


class Parcel(AppriseAsset):
    """One letter to one person on one channel, and what became of it."""

    def __init__(self, person: Person, letter: Letter, smtp: Smtp) -> None:
        super().__init__(app_id="dondoc", async_mode=False)
        self.person = person
        self.letter = letter
        self.smtp = smtp
        self.outcome: Outcome | None = None
        """None until a plugin has said what happened."""


def parcel_of(plugin: NotifyBase) -> Parcel:
    """The parcel a plugin was given. Raises TypeError, Apprise's way of refusing a plugin, when there is none."""
    if not isinstance(plugin.asset, Parcel):
        raise TypeError(f"{plugin.service_name} needs a Parcel as its asset")
    return plugin.asset
