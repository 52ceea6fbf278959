"""The proof pack as a page to print and annex to a letter: A4, no script, nothing loaded, opened from disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain import vietnamese as vn
from domain.clocktime import local_date
from reports.proof import Pack, Transmission
from reports.proof_rows import digest


@dataclass
class Reader:
    """Somebody who was urged, and how often."""

    name: str
    posts: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    urgings: int = 0


_PAGES = Path(__file__).parent / "pages"
_SUBJECTS_SHOWN = 3
"""Subjects named in a row of the table; the message names the others."""


def proof_page(pack: Pack) -> str:
    """The annex as HTML, Vietnamese (NFC)."""
    tried: dict[str, list[Transmission]] = {one.id: [] for one in pack.messages}
    for one in pack.transmissions:
        tried[one.message].append(one)
    facts = {
        "pack": pack,
        "messages": {one.id: (place, one) for place, one in enumerate(pack.messages, start=1)},
        "tried": tried,
        "digest": digest(pack),
        "counts": _counts(pack),
        "people": _people(pack),
        "shown": _SUBJECTS_SHOWN,
    }
    return vn.nfc(_environment().get_template("proof.j2").render(facts))


def _counts(pack: Pack) -> list[tuple[str, int]]:
    """How many urgings ended how, in the order in which the ends are first met."""
    counts: dict[str, int] = {}
    for one in pack.urgings:
        counts[one.state_said] = counts.get(one.state_said, 0) + 1
    return list(counts.items())


def _people(pack: Pack) -> list[Reader]:
    """Everybody who was urged, in the order of their first urging, with all posts and addresses of that time."""
    found: dict[str, Reader] = {}
    for one in pack.urgings:
        reader = found.setdefault(one.person, Reader(one.person_name))
        reader.urgings += 1
        if one.post and one.post not in reader.posts:
            reader.posts.append(one.post)
    for message in pack.messages:
        if message.address not in found[message.person].addresses:
            found[message.person].addresses.append(message.address)
    return list(found.values())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": vn.day,
        "moment": vn.moment,
        "date": local_date,
    }
    return environment
