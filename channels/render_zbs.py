"""From a digest to one Zalo template message: approved words (docs/how-to/connect-zalo.md), and our data in them."""

from __future__ import annotations

from channels.dates import distance
from channels.filling import facts, filled, shortened, subject
from channels.links import hidden, recording
from channels.render import Words
from channels.restricted import withheld
from channels.zalo.form import Form
from config.link import Links
from domain import vietnamese as vn
from domain.clocktime import local, local_date
from domain.digest import Digest
from domain.due import Bound, Due
from domain.office import Office

NAME, COUNTS, DAY, WORK, ADDRESS = 30, 30, 20, 200, 200
"""Characters that Zalo allows the parameters of a template, by their types."""


def template(digest: Digest, office: Office, links: Links, number: str, *, illustrative: bool) -> Words:
    """A template message. Its text is what the reader sees: the approved words (docs) with the data in them.

    The entrance stands in for a link longer than Zalo takes. Without a `number` the plugin refuses the message.
    """
    content = withheld(digest)
    known = facts(content, office, links, illustrative=illustrative)
    link = recording(links, content)
    data = _data(content, link if len(link) <= ADDRESS else links.front, illustrative=illustrative)
    form = Form(template=number if number.isdecimal() else None, data=data)
    return Words(subject(known), filled("zbs.j2", {"data": data}), form.frozen())


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
