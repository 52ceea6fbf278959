"""From a digest to the words of one e-mail: subject, text and HTML, all from channels/wording."""

from __future__ import annotations

from typing import NamedTuple

from channels.filling import facts, filled, subject
from channels.restricted import withheld
from config.link import Links
from domain.digest import Digest
from domain.office import Office


class Words(NamedTuple):
    """What one message says."""

    subject: str
    text: str
    html: str
    """Of a Zalo message its form (channels/zalo/form.py)."""


def render(digest: Digest, office: Office, links: Links, illustrative: bool) -> Words:
    """The message in Vietnamese (NFC). `links` are the reader's; `illustrative` marks it MINH HOẠ.

    The HTML names the digest's charts `cid:…`: whoever sends it sends their pictures along.
    """
    known = facts(withheld(digest), office, links, illustrative=illustrative)
    return Words(subject(known), filled("text.j2", known), filled("html.j2", known))
