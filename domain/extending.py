"""Whether a due may be moved to a later day: the rules on asking for it and on granting it.

No regulation states them; they follow working practice: the executor asks before the due has passed, the new day is
later than the one now judged, one request at a time, a step not beyond the step that follows it. Each rule answers with
the sentence that refuses, or None. The original due stays beside the new one (domain/due.py).
"""

from __future__ import annotations

from domain import vietnamese as vn
from domain.authority import not_monitor, not_responsible, unknown_subject
from domain.directive import Directive, LeadMode, Quantifier
from domain.laterday import TO_DO, Wish, day_refused, judged, meant, named
from domain.requests import Request
from domain.situation import Situation
from domain.standing import OPEN, Official
from domain.state import WHOLE


def why_not_ask(situation: Situation, wish: Wish, person: str, waiting: Request | None) -> str | None:
    """Why the person may not ask for this now; `waiting` is the open request for the same."""
    return why_not_any_day(situation, wish, person, waiting) or day_refused(situation, wish)


def why_not_any_day(situation: Situation, wish: Wish, person: str, waiting: Request | None) -> str | None:
    """Why the person may not ask, whichever day they would name."""
    return (
        misplaced(situation, wish)
        or for_each_lead(situation, wish)
        or not_responsible(situation, person, wish.subject)
        or nothing_to_extend(situation, wish, OPEN)
        or expired(situation, wish)
        or asked_already(waiting)
    )


def why_not_grant(situation: Situation, wish: Wish, person: str) -> str | None:
    """Why the person may not grant this now.

    What is suspended may be extended, since the days without work move no due by themselves; so may what is overdue.
    """
    return (
        misplaced(situation, wish)
        or not_monitor(situation, person)
        or nothing_to_extend(situation, wish, TO_DO)
        or day_refused(situation, wish)
    )


def misplaced(situation: Situation, wish: Wish) -> str | None:
    """The milestone and the subject exist, and the milestone has a due for each subject if one is named."""
    directive = situation.directive
    if wish.milestone not in {one.id for one in directive.milestones}:
        known = ", ".join(one.id for one in directive.milestones)
        return f"nhiệm vụ {directive.code} không có mốc “{wish.milestone}”; các mốc: {known}"
    shared = shared_due(directive, wish.milestone) if wish.subject != WHOLE else None
    return shared or unknown_subject(situation, wish.subject) or unknown_occurrence(situation, wish)


def shared_due(directive: Directive, milestone_id: str) -> str | None:
    """What is counted over all subjects together has one due for all of them."""
    milestone = directive.milestone(milestone_id)
    if milestone.quantifier is Quantifier.EACH:
        return None
    return f"mốc “{milestone.name}” có một hạn chung cho mọi {directive.subject_word}: bỏ --subject để ghi cho cả mốc"


def unknown_occurrence(situation: Situation, wish: Wish) -> str | None:
    """Of a milestone that comes again and again one occurrence is extended at a time, and it is named."""
    milestone = situation.directive.milestone(wish.milestone)
    if not milestone.recurring:
        return f"mốc “{milestone.name}” không lặp lại: bỏ --occurrence" if wish.occurrence else None
    if wish.occurrence and meant(situation, wish):
        return None
    planned = [one.due.occurrence for one in judged(situation, wish.milestone, wish.subject) if one.due and one.open]
    known = ", ".join(day.isoformat() for day in planned if day) or "chưa có"
    return f"mốc “{milestone.name}” lặp lại: ghi rõ kỳ cần gia hạn (--occurrence); các kỳ đang mở: {known}"


def for_each_lead(situation: Situation, wish: Wish) -> str | None:
    """Where every lead unit counts by itself, each asks for its own part."""
    each = situation.directive.milestone(wish.milestone).quantifier is Quantifier.EACH
    if situation.directive.lead_mode is not LeadMode.EACH or not each or wish.subject != WHOLE:
        return None
    return "mỗi đơn vị chủ trì được tính riêng: ghi rõ đơn vị đề nghị (--subject)"


def nothing_to_extend(situation: Situation, wish: Wish, allowed: frozenset[Official]) -> str | None:
    """Only what is still to be done has a due to extend, and only if it has one."""
    found = meant(situation, wish)
    running = [standing for standing in found if standing.official in allowed]
    what = named(situation, wish)
    if not running:
        official = next((standing.official for standing in found), None)
        return _CLOSED[official].format(what)
    if not any(standing.due for standing in running):
        return f"{what} chưa có hạn nên không có gì để gia hạn; ngày cần ấn định thì đề nghị đơn vị theo dõi bổ sung"
    return None


_CLOSED = {
    Official.DONE_ON_TIME: "{} đã hoàn thành, không còn hạn để gia hạn; nếu kết quả chưa đúng thì báo cáo lại trước",
    Official.DONE_LATE: "{} đã hoàn thành, không còn hạn để gia hạn; nếu kết quả chưa đúng thì báo cáo lại trước",
    Official.SUSPENDED: "{} đang tạm dừng; sau khi được tiếp tục (dondoc resume) mới đề nghị gia hạn",
    Official.CANCELLED: "{} đã bị huỷ, không còn phải thực hiện",
    None: "{} hiện không được tính (chưa đến ngày ghi danh, đã thôi tính hoặc bị huỷ)",
}


def expired(situation: Situation, wish: Wish) -> str | None:
    """A request comes while the due still runs; afterwards it is for the monitor to act on what is reported."""
    late = [one.due for one in meant(situation, wish) if one.overdue and one.due]
    if not late:
        return None
    monitor = situation.rules.office.name_of(situation.directive.monitor)
    return (
        f"hạn đã qua ({vn.day(late[0].nominal)}), không nhận đề nghị gia hạn nữa; đề nghị báo cáo {monitor} "
        "tình hình, nguyên nhân (dondoc record) để xem xét gia hạn theo văn bản (dondoc extend --grant)"
    )


def asked_already(waiting: Request | None) -> str | None:
    """One open request at a time for the same milestone and subject."""
    if waiting is None:
        return None
    return (
        f"đề nghị {waiting.entry} (gia hạn đến hết ngày {vn.day(waiting.day)}, ghi lúc {vn.moment(waiting.asked_at)}) "
        f"đang chờ quyết định; đơn vị theo dõi quyết định đề nghị ấy trước (dondoc decide {waiting.entry})"
    )
