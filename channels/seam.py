"""The one door to Apprise: a letter goes in, a typed outcome comes out."""

from __future__ import annotations

import logging
from typing import Any

from apprise import Apprise
from apprise.common import NotifyFormat
from apprise.manager_plugins import NotificationManager

from channels.email import DondocMail
from channels.letter import Letter, Outcome, TryLater, Unauthorised
from channels.parcel import Carrier, Parcel
from channels.pool import Pool
from channels.preview import DondocPreview
from channels.smtp import Smtp
from channels.zalo.access import Zalo
from channels.zalo.bot import ZaloBot
from channels.zalo.oa import ZaloOa
from channels.zalo.speaker import ZaloParcel
from channels.zalo.zbs import ZaloTemplate
from config.channel import ZALO, Channel, ChannelKind
from domain.office import Person

_CARRIERS: dict[ChannelKind, type[Carrier]] = {
    ChannelKind.EMAIL: DondocMail,
    ChannelKind.ZALOOA: ZaloOa,
    ChannelKind.ZBS: ZaloTemplate,
    ChannelKind.ZALOBOT: ZaloBot,
    ChannelKind.PREVIEW: DondocPreview,
}
_manager: Any = NotificationManager
_log = logging.getLogger(__name__)


def send(
    channel: Channel,
    person: Person,
    letter: Letter,
    smtp: Smtp,
    pool: Pool | None = None,
    zalo: Zalo | None = None,
) -> Outcome:
    """Hand the letter to the channel; to the preview unless the channel is switched to sending.

    One Apprise object per person and channel. What Apprise answers is never taken for an outcome: without a word from
    the plugin itself nothing counts as sent. Lines to mail servers come from `pool` and go back to it; without a pool
    the line is closed with the letter. An office without Zalo's settings cannot use its channels.
    """
    carrier = _CARRIERS[channel.kind] if channel.sending else DondocPreview
    _register(carrier)
    parcel = Parcel(person, letter, smtp, pool)
    if channel.kind in ZALO and channel.sending:
        if zalo is None:
            return Unauthorised(code=None, detail="chưa khai các thiết đặt DONDOC_ZALO_… của đơn vị")
        parcel = ZaloParcel(person, letter, smtp, zalo)
    plugin: Any = Apprise.instantiate(carrier.place(parcel), asset=parcel)
    if plugin is None:
        return TryLater(code=None, detail=f"không mở được kênh {channel.code}")
    try:
        answer = plugin.notify(body=letter.text, title=letter.subject, body_format=NotifyFormat.TEXT)
    except Exception:  # noqa: BLE001 - whatever went wrong in a plugin, how far it came is unknown, and is said so
        _log.exception("kênh %s lỗi khi gửi %s", channel.code, letter.message_id)
        answer = None
    if parcel.outcome is None:
        detail = f"kênh {channel.code} không cho biết kết quả gửi (Apprise trả lời {answer})"
        return TryLater(code=None, detail=detail, perhaps_arrived=True)
    return parcel.outcome


def _register(carrier: type[Carrier]) -> None:
    """Make the plugin known to Apprise in this process; Apprise forgets it when its modules are unloaded."""
    manager = _manager()
    if carrier.secure_protocol not in manager:
        manager.add(carrier)
