"""The templates of channels/wording, and what they are filled with: the same facts on every channel."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from channels.dates import distance, until
from channels.letter import SUBJECT_LIMIT
from channels.links import acknowledging, extending, page_of, recording, sheet
from config.link import Links
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.digest import Digest, Section
from domain.directive import Directive
from domain.office import Office

Facts = Mapping[str, object]

_WORDING = Path(__file__).parent / "wording"
_SUBJECTS_SHOWN = 12
"""Subjects named in full under one item; the rest are counted."""


class Tally(NamedTuple):
    """Milestones in some sections, and how many of them are late."""

    total: int
    late: int


class Group(NamedTuple):
    """Directives told as one line: those under one heading of one document."""

    reference: str
    heading: str
    size: int


def facts(digest: Digest, office: Office, links: Links, *, illustrative: bool) -> dict[str, object]:
    """What the templates know. `digest` is already without what must be withheld."""
    return {
        "digest": digest,
        "office": office,
        "links": links,
        "record": recording(links, digest),
        "illustrative": illustrative,
        "today": local_date(digest.as_of),
        "shown": _SUBJECTS_SHOWN,
        "charts": digest.charts,
        "urged": tally(digest.urged),
        "watched": tally(digest.watched),
        "new_groups": _groups(digest.assigned_undated),
        "word_groups": _groups(digest.words),
        "new": (*(section.directive for section in digest.assigned), *digest.assigned_undated),
    }


def subject(known: Facts) -> str:
    """One line within the limit: what is urged is shortened, never how late it is or how much else there is."""
    lines = (_one_line(filled("subject.j2", {**known, "room": room})) for room in range(SUBJECT_LIMIT, 0, -5))
    return next(line for line in lines if len(line) <= SUBJECT_LIMIT)


def filled(template: str, known: Facts) -> str:
    """The template's words, composed (NFC)."""
    return vn.nfc(_environment(escaped=template.startswith("html")).get_template(template).render(known))


def tally(sections: Iterable[Section]) -> Tally:
    """How much there is in the sections."""
    items = [item for section in sections for item in section.items]
    return Tally(len(items), sum(item.late for item in items))


def shortened(text: str, room: int) -> str:
    """`text` on one line within `room` characters, cut between words."""
    return textwrap.shorten(text, max(room, 1), placeholder="…")


@cache
def _environment(*, escaped: bool) -> Environment:
    """One environment that escapes and one that does not: a phrase is compiled in the one that asks for it."""
    environment = Environment(
        loader=FileSystemLoader(_WORDING),
        autoescape=escaped,  # noqa: S701 - off for the plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": vn.day,
        "moment": vn.moment,
        "until": until,
        "distance": distance,
        "reason": lambda reason: vn.REASONS[reason],
        "capitalised": lambda text: text[:1].upper() + text[1:],
        "shortened": shortened,
        "unit_name": _unit_name,
        "page_of": page_of,
        "sheet": sheet,
        "acknowledging": acknowledging,
        "extending": extending,
    }
    return environment


@pass_context
def _unit_name(context: Context, code: str) -> str:
    office: Office = context["office"]
    return office.name_of(code)


def _one_line(text: str) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _groups(directives: Iterable[Directive]) -> list[Group]:
    """By document and heading, in the order of the documents; the bullet after the heading is left out."""
    counts = Counter((one.notice.reference(), one.section.split(",")[0]) for one in directives)
    return [Group(reference, heading, count) for (reference, heading), count in counts.items()]
