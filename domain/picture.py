"""A small picture that a message shows, frozen with its text."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.frozen import Frozen

LARGEST = 200_000
"""Bytes: a letter is read on a phone, over a poor line."""


class Picture(Frozen):
    """A picture by the name under which the message's HTML refers to it (`cid:…`, RFC 2392): `name@place`."""

    cid: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}(@[a-z0-9-]{1,40})?$")]
    content_type: Annotated[str, StringConstraints(pattern=r"^image/(png|jpeg)$")]
    content: Annotated[bytes, Field(min_length=1, max_length=LARGEST)]
