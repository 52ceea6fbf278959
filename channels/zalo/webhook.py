"""What Zalo tells us: is it Zalo, is it new, and what happened. Pure: nothing is stored or answered here.

The rules of the other side: the answer is due within two seconds; whatever we do not take is sent again after 30 s,
5, 15, 30 minutes and 1 h; nothing comes in order; much comes twice. Saving the address in Zalo's console sends `{}`,
unsigned, before the secret is shown.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from channels.zalo.events import Happening, happening

PROBE = b"{}"
OLDEST = timedelta(hours=2, minutes=10)
"""The last of Zalo's repetitions comes 1 h 51 after the first; a shorter window would refuse genuine ones."""
AHEAD = timedelta(minutes=5)
"""How far Zalo's clock may be before ours."""
LARGEST = 256 * 1024
"""Bytes of one event."""


@dataclass(frozen=True)
class Signing:
    """By what Zalo's events are known."""

    app_id: str
    oa_secret: SecretStr
    """“OA Secret Key” of the webhook page; not the secret of the application."""


class Probe:
    """Zalo asks whether anybody is there: answer 200, do nothing."""


class Stranger(Exception):  # noqa: N818 - not an error of ours: somebody else's call
    """Not Zalo, or not now: answer 403. The message says why, for the log."""


def receive(raw: bytes, signature: str, signing: Signing, as_of: datetime) -> Happening | Probe:
    """What happened, by the raw bytes of a call and its header X-ZEvent-Signature. Raises Stranger."""
    if raw.strip() == PROBE:
        return Probe()
    event = _parsed(raw)
    stamp = event.get("timestamp")
    if not isinstance(stamp, str | int) or not str(stamp).isdecimal() or len(str(stamp)) > 16:
        raise Stranger("sự kiện không có thời điểm")
    given = signature.strip().removeprefix("mac=").lower()
    if not hmac.compare_digest(given.encode(), mac(raw, str(stamp), signing).encode()):
        raise Stranger("chữ ký không khớp; kiểm tra OA Secret Key và mã ứng dụng")
    at = datetime.fromtimestamp(int(stamp) / 1000, UTC)
    if not as_of - OLDEST <= at <= as_of + AHEAD:
        raise Stranger(f"sự kiện lúc {at.isoformat()} nằm ngoài thời gian chấp nhận")
    return happening(event, at)


def mac(raw: bytes, stamp: str, signing: Signing) -> str:
    """SHA-256, without a key of its own, of application, raw body, timestamp and secret in a row."""
    secret = signing.oa_secret.get_secret_value()
    return hashlib.sha256(signing.app_id.encode() + raw + stamp.encode() + secret.encode()).hexdigest()


def _parsed(raw: bytes) -> Mapping[str, object]:
    if len(raw) > LARGEST:
        raise Stranger("sự kiện quá lớn")
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise Stranger("sự kiện không đúng dạng JSON")
    return event
