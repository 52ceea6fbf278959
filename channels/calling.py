"""The office's own ways for alarms: any address Apprise knows, e.g. `mailtos://…`, `tgram://…`, `json://…`."""

from __future__ import annotations

from collections.abc import Sequence

from apprise import Apprise
from apprise.common import NotifyFormat

NOT_OURS = ("dondocmail", "dondocpreview", "zalooa", "zbs", "zalobot")


def call(urls: Sequence[str], subject: str, text: str) -> bool:
    """Whether at least one of the addresses took the alarm; never raises for what a server does."""
    return any(_one(url, subject, text) for url in urls)


def _one(url: str, subject: str, text: str) -> bool:
    apprise = Apprise()
    if url.partition(":")[0] in NOT_OURS or not apprise.add(url):
        return False
    return bool(apprise.notify(body=text, title=subject, body_format=NotifyFormat.TEXT))
