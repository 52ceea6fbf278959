"""Addresses of pages and of the forms on a person's page. Opening one changes nothing: it shows a form.

Kept here because messages carry them and the pages answer to them, and neither may know the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

DIRECTIVE, MILESTONE, OCCURRENCE = "nhiem-vu", "moc", "ky"
"""What a form is about, as its address says it."""
ACKNOWLEDGE, EXTEND = "tiep-nhan", "gia-han"
"""The pages below a person's own."""
OWN = "/viec"
"""A person's own page, for who is signed in."""
ENTRANCE = "/vao"
"""Where people sign in; who has goes straight on."""
LINKED = "/p"
"""Above the forms that a signed link opens (config/link.py)."""
DIRECTIVES = "/nhiem-vu"
"""Above the page of each directive."""


def sheet(page: str, directive: str, milestone: str = "", occurrence: date | None = None) -> str:
    """One directive of the page, or one of its milestones, with the forms that record results."""
    return f"{page}?{_said(directive, milestone, occurrence)}"


def form(below: str, given: Mapping[str, str]) -> str:
    """The address of a form, as the functions here write it, from what stands `below` a page and in its query.

    What mail programs and phones add to an address is left out.
    """
    said = {name: given[name] for name in (DIRECTIVE, MILESTONE, OCCURRENCE) if given.get(name)}
    return f"{below}?{urlencode(said)}"


def acknowledging(page: str, directive: str) -> str:
    """Where it is said that the urging was read."""
    return f"{page}/{ACKNOWLEDGE}?{_said(directive)}"


def extending(page: str, directive: str, milestone: str, occurrence: date | None = None) -> str:
    """Where a later day is asked for."""
    return f"{page}/{EXTEND}?{_said(directive, milestone, occurrence)}"


def _said(directive: str, milestone: str = "", occurrence: date | None = None) -> str:
    said = {DIRECTIVE: directive, MILESTONE: milestone, OCCURRENCE: occurrence.isoformat() if occurrence else ""}
    return urlencode({name: value for name, value in said.items() if value})
