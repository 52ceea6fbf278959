"""What is in force and no longer written: left out on purpose, or lost with a file that was cut off?

A directive leaves only when the file of its notice is there, whole and readable, and every other file of directives can
be read too. What a list no longer holds is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.areas import LISTS, Area
from config.reading import Draft
from domain.directive import Directive
from domain.findings import Finding, Severity, has_errors
from domain.frozen import Frozen


def left_out(draft: Draft, current: Mapping[str, Directive]) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Codes of directives in force that nobody wants any more; and those that stay although nothing lists them."""
    if any(has_errors(notice.findings) for notice in draft.notices):
        return (), ()
    written = {placed.directive.code for placed in draft.placed}
    unlisted = {code: one.notice.code for code, one in current.items() if code not in written}
    whole = {notice.notice.code: notice.ends for notice in draft.notices if notice.notice}
    staying = tuple(
        _stays(notice, notice in whole) for notice in sorted(set(unlisted.values())) if not whole.get(notice)
    )
    return tuple(code for code, notice in unlisted.items() if whole.get(notice)), staying


def _stays(notice: str, present: bool) -> Finding:
    message = f"không còn tệp của văn bản {notice}; nhiệm vụ giữ nguyên, muốn bỏ thì để lại tệp với directives: []"
    if present:
        message = (
            f"tệp của văn bản {notice} thiếu nhiệm vụ và thiếu phần facts ở cuối, có thể bị cắt; nhiệm vụ giữ nguyên"
        )
    return Finding(severity=Severity.ERROR, message=message, file="directives")


def vanished(areas: Mapping[Area, Frozen], current: Mapping[Area, Frozen]) -> Iterator[Finding]:
    """A word for each list that no longer holds what it held."""
    for area, model in areas.items():
        key, *lists = LISTS[area]
        gone = [
            str(getattr(one, key))
            for name in lists
            for one in getattr(current.get(area), name, ())
            if all(getattr(one, key) != getattr(other, key) for other in getattr(model, name))
        ]
        if gone:
            shown = ", ".join(gone[:3]) + (f" và {len(gone) - 3} mục khác" if len(gone) > 3 else "")
            message = f"bản mới không còn {shown}; nếu không cố ý bỏ thì ghi lại"
            yield Finding(severity=Severity.WARNING, message=message, file=f"{area}.yaml")
