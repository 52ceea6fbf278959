"""A few shapes of SVG 1.1 as text: every word is escaped, every number kept short."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

FONTS = "system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, Arial, sans-serif"


def shape(name: str, **attributes: object) -> str:
    """An element without content; `class_` is written `class`, `_` in other names `-`."""
    return f"<{name}{_written(attributes)}/>"


def text(words: str, x: float, y: float, class_: str) -> str:
    """One line of words at its base line."""
    return f"<text{_written({'x': x, 'y': y, 'class_': class_})}>{escape(words)}</text>"


def words(said: str, x: float, y: float, **attributes: object) -> str:
    """One line of words whose looks are attributes: pages allow no styles but their own."""
    return f"<text{_written({'x': x, 'y': y, **attributes})}>{escape(said)}</text>"


def picture(parts: Iterable[str], size: tuple[float, float], name: str, title: str, description: str) -> str:
    """A picture within a page, as wide as there is room: `name` is its own on that page."""
    width, height = size
    opening = (
        f'<svg class="picture" viewBox="0 0 {width:g} {height:g}" role="img" font-family="{FONTS}" font-size="11" '
        f'aria-labelledby="{name}-title {name}-desc">'
    )
    head = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    return "".join([opening, head, *parts, "</svg>"])


def group(parts: Iterable[str], title: str | None = None, **attributes: object) -> str:
    """Parts that belong together, with the words shown when the pointer rests on them."""
    tip = f"<title>{escape(title)}</title>" if title else ""
    return f"<g{_written(attributes)}>{tip}{''.join(parts)}</g>"


def document(parts: Iterable[str], size: tuple[float, float], title: str, description: str, style: str) -> str:
    """The picture with its name and description, which screen readers read out."""
    width, height = size
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="vi" lang="vi" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="title description">'
    )
    head = f'<title id="title">{escape(title)}</title><desc id="description">{escape(description)}</desc>'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, head, style, *parts, "</svg>", ""])


def _written(attributes: dict[str, object]) -> str:
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(f'{value:g}' if isinstance(value, float) else str(value))}"
        for name, value in attributes.items()
    )
