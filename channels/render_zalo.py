"""From a digest to the words of one Zalo message: text, and the buttons that go with it.

Zalo takes 2,000 characters. Nothing is cut within a word: fewer milestones are listed, the worst first, and the end
says how many more stand on the reader's page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from channels.filling import facts, filled, shortened, subject
from channels.links import extending, hidden, recording
from channels.render import Words
from channels.restricted import withheld
from channels.zalo.confirming import ACKNOWLEDGE
from channels.zalo.form import BUTTONS, TEXT_LIMIT, Button, Form
from config.link import Links
from domain.digest import Digest, Section
from domain.directive import Directive
from domain.office import Office

_LISTED = 30
"""More milestones than anybody reads in a chat; also more than fit."""


def consultation(digest: Digest, office: Office, links: Links, *, illustrative: bool) -> Words:
    """A message of the Official Account: buttons open the forms of the reader's page, one says that it was read."""
    content = withheld(digest)
    line, text = _said(content, office, links, illustrative=illustrative)
    return Words(line, text, Form(buttons=tuple(_buttons(content, links))[:BUTTONS]).frozen())


def plain(digest: Digest, office: Office, links: Links, *, illustrative: bool) -> Words:
    """A message of the bot, which has no buttons: its text carries the link."""
    return Words(*_said(withheld(digest), office, links, illustrative=illustrative), Form().frozen())


def _said(content: Digest, office: Office, links: Links, *, illustrative: bool) -> tuple[str, str]:
    """Subject and text, with as many milestones as fit."""
    known = facts(content, office, links, illustrative=illustrative)
    parts = (content.urged, content.watched, content.assigned)
    total = sum(len(section.items) for part in parts for section in part)

    def listing(count: int) -> str:
        urged, watched, assigned = _first(parts, count)
        said = {"urged_here": urged, "watched_here": watched, "assigned_here": assigned, "rest": total - count}
        return filled("zalo.j2", {**known, **said}).strip()

    most = min(total, _LISTED)
    # Text grows with every milestone listed, but for the sentence on the rest, which the last one spares.
    fitting = bisect_right(range(1, most + 1), TEXT_LIMIT, key=lambda count: len(listing(count)))
    return subject(known), listing(fitting)


def _first(parts: tuple[tuple[Section, ...], ...], count: int) -> Iterator[tuple[Section, ...]]:
    """The first `count` items of all parts, within their sections."""
    for part in parts:
        kept = []
        for section in part:
            items = section.items[:count]
            count -= len(items)
            if items:
                kept.append(section.model_copy(update={"items": items}))
        yield tuple(kept)


def _buttons(content: Digest, links: Links) -> Iterator[Button]:
    """Record, acknowledge, ask for a later day: of what is urged; otherwise the page."""
    urged = [(section, item) for section in content.urged for item in section.items]
    if any(item.theirs for _, item in urged) or content.words:
        yield Button(title="Ghi kết quả", url=recording(links, content))
    else:
        yield Button(title="Xem nhiệm vụ", url=links.front)
    if urged:
        yield Button(title="Đã tiếp nhận", payload=_acknowledged([section.directive for section in content.urged]))
    movable = [(section, item) for section, item in urged if extending(links, section.directive, item)]
    for section, item in movable[:1]:
        title = "Xin gia hạn" if len(urged) == 1 else shortened(f"Xin gia hạn: {item.name}", 100)
        yield Button(title=title, url=extending(links, section.directive, item))


def _acknowledged(directives: list[Directive]) -> str:
    """What the button sends back: the directive where there is one; nothing of a restricted document goes to Zalo."""
    alone = directives[0] if len(directives) == 1 and not hidden(directives[0]) else None
    return f"{ACKNOWLEDGE}:{alone.code}" if alone else ACKNOWLEDGE
