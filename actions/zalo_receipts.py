"""A receipt of Zalo's: the message it names has reached its reader."""

from __future__ import annotations

from channels.zalo.events import Happening, What
from channels.zalo.zbs import tracking_id
from config.channel import ZALO
from config.reading import Configuration
from store import Session
from store.receipts import delivered
from store.zalo_told import of_open_end

RECEIPTS = frozenset({What.RECEIVED, What.SEEN})


def settle_receipt(session: Session, configuration: Configuration, happening: Happening) -> bool:
    """Whether a message of ours is now known to have arrived. Without harm again and again."""
    names = [*happening.messages, *_by_tracking(session, configuration, happening.tracking)]
    return any([delivered(session, name, happening.at) for name in names])  # noqa: C419 - each of them, not the first


def _by_tracking(session: Session, configuration: Configuration, tracking: str) -> list[str]:
    """Our own names of the message, where its sender never heard what Zalo calls it."""
    if not tracking:
        return []
    ways = [channel.code for channel in configuration.channels if channel.kind in ZALO]
    return [one for one in of_open_end(session, ways) if tracking_id(one) == tracking]
