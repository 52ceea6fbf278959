"""From a digest to the words of one Zalo message: text, and the buttons or the template's data that go with it.

Zalo takes 2,000 characters. Nothing is cut within a word: fewer milestones are listed, the worst first, and the end
says how many more stand on the reader's page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from channels.dates import distance
from channels.filling import acknowledging, extending, facts, filled, hidden, sheet, shortened, subject
from channels.render import Words
from channels.restricted import withheld
from channels.zalo.form import BUTTONS, TEXT_LIMIT, Button, Form
from domain import vietnamese as vn
from domain.clocktime import local, local_date
from domain.digest import Digest, Item, Section
from domain.due import Bound, Due
from domain.office import Office

_LISTED = 30
"""More milestones than anybody reads in a chat; also more than fit."""
NAME, COUNTS, DAY, WORK, ADDRESS = 30, 30, 20, 200, 200
"""Characters that Zalo allows the parameters of a template, by their types."""


def consultation(digest: Digest, office: Office, link: str, *, illustrative: bool) -> Words:
    """A message of the Official Account, with buttons that open the forms of the reader's page."""
    content = withheld(digest)
    line, text = _said(content, office, link, illustrative=illustrative)
    return Words(line, text, Form(buttons=tuple(_buttons(content, link))[:BUTTONS]).frozen())


def plain(digest: Digest, office: Office, link: str, *, illustrative: bool) -> Words:
    """A message of the bot, which has no buttons: its text carries the link."""
    return Words(*_said(withheld(digest), office, link, illustrative=illustrative), Form().frozen())


def template(digest: Digest, office: Office, link: str, number: str, home: str, *, illustrative: bool) -> Words:
    """A template message. Its text is what the reader sees: the approved words (docs) with the data in them.

    `home` stands in for a link longer than Zalo takes. Without a `number` the plugin refuses the message.
    """
    content = withheld(digest)
    known = facts(content, office, link, illustrative=illustrative)
    data = _data(content, link if len(link) <= ADDRESS else home, illustrative=illustrative)
    form = Form(template=number if number.isdecimal() else None, data=data)
    return Words(subject(known), filled("zbs.j2", {"data": data}), form.frozen())


def _said(content: Digest, office: Office, link: str, *, illustrative: bool) -> tuple[str, str]:
    """Subject and text, with as many milestones as fit."""
    known = facts(content, office, link, illustrative=illustrative)
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


def _buttons(content: Digest, link: str) -> Iterator[Button]:
    """Record, acknowledge, ask for a later day: of what is urged; otherwise the page."""
    urged = [(section, item) for section in content.urged for item in section.items]
    theirs = [(section, item) for section, item in urged if item.theirs]
    if theirs or content.words:
        yield Button(title="Ghi kết quả", url=_record(theirs, link))
    else:
        yield Button(title="Xem nhiệm vụ", url=link)
    if address := acknowledging(link, *(section.directive for section in content.urged[:BUTTONS])):
        yield Button(title="Đã tiếp nhận", url=address)
    movable = [(section, item) for section, item in urged if extending(link, section.directive, item)]
    for section, item in movable[:1]:
        title = "Xin gia hạn" if len(urged) == 1 else shortened(f"Xin gia hạn: {item.name}", 100)
        yield Button(title=title, url=extending(link, section.directive, item))


def _record(theirs: list[tuple[Section, Item]], link: str) -> str:
    """The one form where there is one thing to record; the page where there are several."""
    directives = {section.directive.code: section.directive for section, _ in theirs}
    if len(directives) != 1:
        return link
    (directive,) = directives.values()
    return sheet(link, directive, theirs[0][1] if len(theirs) == 1 else None)


def _data(content: Digest, link: str, *, illustrative: bool) -> dict[str, str]:
    """The parameters of the template, each within its limit."""
    name, (work, due) = content.person.name, _most_urgent(content)
    return {
        "ten": name if len(name) <= NAME else shortened(name.split(",")[0], NAME),
        "so_viec": shortened(_counts(content), COUNTS),
        "viec": shortened(f"{'[MINH HOẠ] ' if illustrative else ''}{work}", WORK),
        "han": due,
        "duong_dan": link,
    }


def _counts(content: Digest) -> str:
    items = list(content.items)
    if items:
        late = sum(item.late for item in items)
        return f"{len(items)} mốc chưa xong{f', {late} quá hạn' if late else ''}"
    if content.watched:
        return f"theo dõi {sum(len(section.items) for section in content.watched)} mốc"
    if content.assigned or content.assigned_undated:
        return f"{len(content.assigned) + len(content.assigned_undated)} nhiệm vụ mới được giao"
    return f"{len(content.words)} nhiệm vụ cần báo cáo"


def _most_urgent(content: Digest) -> tuple[str, str]:
    """What stands first, how far its due is, and the due."""
    for section in (*content.urged, *content.watched, *content.assigned):
        item = section.items[0]
        said = f"{item.name} ({distance(item, local_date(content.as_of))}) — {section.directive.title}"
        return said, _day(item.due)
    directive = (*content.assigned_undated, *content.words)[0]
    return directive.notice.reference() if hidden(directive) else directive.title, _day(None)


def _day(due: Due | None) -> str:
    if due is None:
        return "không ấn định"
    if due.bound is Bound.AT:
        return f"{vn.clock(local(due.overdue_after))} {vn.day(local_date(due.overdue_after))}"
    return f"hết {vn.day(due.last_day)}"
