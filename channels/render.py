"""From a digest to the words of one e-mail: subject, text and HTML, all from channels/wording."""

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
from channels.restricted import withheld
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.digest import Digest, Section
from domain.directive import Directive
from domain.office import Office

_WORDING = Path(__file__).parent / "wording"
_SUBJECTS_SHOWN = 12
"""Subjects named in full under one item; the rest are counted."""


class Words(NamedTuple):
    """What one message says."""

    subject: str
    text: str
    html: str


class Tally(NamedTuple):
    """Milestones in some sections, and how many of them are late."""

    total: int
    late: int


class Group(NamedTuple):
    """Directives told as one line: those under one heading of one document."""

    reference: str
    heading: str
    size: int


def render(digest: Digest, office: Office, link: str, illustrative: bool) -> Words:
    """The message in Vietnamese (NFC). `link` opens the reader's own page; `illustrative` marks it MINH HOẠ."""
    digest = withheld(digest)
    facts: dict[str, object] = {
        "digest": digest,
        "office": office,
        "link": link,
        "illustrative": illustrative,
        "today": local_date(digest.as_of),
        "shown": _SUBJECTS_SHOWN,
        "urged": _tally(digest.urged),
        "watched": _tally(digest.watched),
        "new_groups": _groups(digest.assigned_undated),
        "word_groups": _groups(digest.words),
        "new": (*(section.directive for section in digest.assigned), *digest.assigned_undated),
    }
    return Words(_subject(facts), _filled("text.j2", facts), _filled("html.j2", facts))


def _subject(facts: Mapping[str, object]) -> str:
    """One line within the limit: what is urged is shortened, never how late it is or how much else there is."""
    lines = (_one_line(_filled("subject.j2", {**facts, "room": room})) for room in range(SUBJECT_LIMIT, 0, -5))
    return next(line for line in lines if len(line) <= SUBJECT_LIMIT)


def _filled(template: str, facts: Mapping[str, object]) -> str:
    return vn.nfc(_environment(escaped=template.startswith("html")).get_template(template).render(facts))


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
        "capitalised": _capitalised,
        "shortened": _shortened,
        "unit_name": _unit_name,
    }
    return environment


@pass_context
def _unit_name(context: Context, code: str) -> str:
    office: Office = context["office"]
    return office.name_of(code)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shortened(text: str, room: int) -> str:
    """`text` on one line within `room` characters, cut between words."""
    return textwrap.shorten(text, max(room, 1), placeholder="…")


def _one_line(text: str) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _tally(sections: Iterable[Section]) -> Tally:
    items = [item for section in sections for item in section.items]
    return Tally(len(items), sum(item.late for item in items))


def _groups(directives: Iterable[Directive]) -> list[Group]:
    """By document and heading, in the order of the documents; the bullet after the heading is left out."""
    counts = Counter((one.notice.reference(), one.section.split(",")[0]) for one in directives)
    return [Group(reference, heading, count) for (reference, heading), count in counts.items()]
