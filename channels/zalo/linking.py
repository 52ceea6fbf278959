"""Which of our people is behind a user of the account: they send it a code that only their own page shows them.

Derived, not stored: good on its day and the next, and for one person alone. Used up by being used: who is linked is
not linked again (store/zalo_contacts.py).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.clocktime import local_date

_CODE = re.compile(r"\b([A-Z2-7]{10})\b")


def link_code(secret: str, oa_id: str, person: str, day: date) -> str:
    """Ten letters and figures that cannot be taken for each other. Raises ValueError without a secret."""
    if not secret:
        raise ValueError("thiếu khoá ký")
    said = f"zalo-link\n{oa_id}\n{person}\n{day.isoformat()}".encode()
    return base64.b32encode(hmac.new(secret.encode(), said, hashlib.sha256).digest()).decode()[:10]


def who_links(text: str, secret: str, oa_id: str, people: Iterable[str], as_of: datetime) -> str | None:
    """The person whose code of today or yesterday stands in the text; None where there is none."""
    given = set(_CODE.findall(text.upper()))
    days = (local_date(as_of), local_date(as_of) - timedelta(days=1))
    if not given:
        return None
    return next((one for one in people if any(link_code(secret, oa_id, one, day) in given for day in days)), None)
