"""From templates to pages: the one Jinja environment of the pages, escaping everything."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.dates import distance, until
from config import pages
from domain import vietnamese as vn
from domain.digest import Item
from domain.directive import Directive

_PAGES = Path(__file__).parent / "pages"


def page(template: str, status: int = 200, **facts: object) -> HTMLResponse:
    """The page of web/pages, in Vietnamese, NFC. `shell`: what stands around it for who is signed in."""
    known = {"shell": None, **facts}
    return HTMLResponse(vn.nfc(_environment().get_template(template).render(known)), status_code=status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": vn.day, "moment": vn.moment, "until": until, "distance": distance}
    environment.filters |= {"standing": lambda official: vn.OFFICIAL[official]}
    environment.filters |= {"acknowledging": pages.acknowledging, "extending": _extending, "recording": _recording}
    return environment


def _recording(path: str, directive: Directive, item: Item) -> str:
    return pages.sheet(path, directive.code, item.milestone, item.due.occurrence if item.due else None)


def _extending(path: str, directive: Directive, item: Item) -> str:
    return pages.extending(path, directive.code, item.milestone, item.due.occurrence if item.due else None)
