"""Documents of restricted circulation: a message may say that something is due, never what it is about."""

from __future__ import annotations

from domain.digest import Digest, Item, Section
from domain.directive import Directive, Restriction

_QUOTE = "Văn bản hạn chế phổ biến: nội dung xem tại bản chính."


def withheld(digest: Digest) -> Digest:
    """The digest with a reference in place of the content, wherever a directive comes from a restricted document."""
    return digest.model_copy(
        update={
            "urged": tuple(map(_section, digest.urged)),
            "watched": tuple(map(_section, digest.watched)),
            "assigned": tuple(map(_section, digest.assigned)),
        }
    )


def referred(directive: Directive) -> Directive:
    """The directive as it may be told: of a restricted document by its reference alone."""
    if directive.notice.restriction is Restriction.NONE:
        return directive
    title = f"Nhiệm vụ giao tại {directive.notice.reference()}"
    return directive.model_copy(update={"title": title, "quote": _QUOTE, "footnotes": ()})


def _section(section: Section) -> Section:
    if section.directive.notice.restriction is Restriction.NONE:
        return section
    return Section(directive=referred(section.directive), items=tuple(map(_item, section.items)))


def _item(item: Item) -> Item:
    due = item.due and item.due.model_copy(
        update={"phrase": "", "legal": None, "legal_source": None, "chosen_by": None}
    )
    hidden = {"target": "", "summary": "", "subjects": (), "carried": (), "reading": None, "chart": None}
    return item.model_copy(update={"name": "Mốc công việc", "due": due, **hidden})
