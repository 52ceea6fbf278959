"""Later days, pauses, ends and returned results, lived through morning by morning."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from actions.confirm import send_back
from actions.evaluate import situation
from actions.extend import extend, grant, refuse_request, request
from actions.record import RefusedError
from actions.stating import Said
from actions.status import status_rows
from actions.suspend import cancel, resume, suspend
from domain.laterday import Wish
from domain.ledger import EntryKind
from domain.outbox import State
from domain.state import WHOLE
from store import reading, session
from tests.stories.town import CODE, HEAD, LEAD, MONITOR, Town, when

FORTY, START = "giai-ngan-40", "khoi-cong"
TAN_THANH, INVESTMENT = "dau-moi-xa-tan-thanh-bac-son", "dau-moi-dau-tu-cong-bac-son"


def said(entry: str, by: str, reason: str = "vướng mặt bằng", evidence: str | None = None) -> Said:
    return Said(entry, by, "trang web", reason, evidence)


def ask(town: Town, moment: datetime, entry: str, until: date, by: str = LEAD, subject: str = WHOLE) -> None:
    with session(town.store) as opened:
        request(opened, town.configuration, CODE, Wish(FORTY, subject, until), said(entry, by), moment)


def give(town: Town, moment: datetime, asked: str, until: date | None = None) -> None:
    with session(town.store) as opened:
        grant(opened, town.configuration, asked, said(f"{asked}-dong-y", MONITOR), moment, until)


def deny(town: Town, moment: datetime, asked: str, reason: str) -> None:
    with session(town.store) as opened:
        refuse_request(opened, town.configuration, asked, said(f"{asked}-tu-choi", MONITOR, reason), moment)


def decree(town: Town, moment: datetime, milestone: str, until: date) -> None:
    words = said(f"van-ban-{moment:%m%d}", MONITOR, evidence="Công văn gia hạn (minh hoạ)")
    with session(town.store) as opened:
        extend(opened, town.configuration, CODE, Wish(milestone, WHOLE, until), words, moment)


def status(town: Town, moment: datetime, milestone: str = FORTY) -> dict[str, object]:
    with reading(town.store) as opened:
        found = situation(opened, town.configuration, CODE, moment)
    return next(row for row in status_rows([found]) if row["milestone"] == milestone and row["subject"] is None)


def no_rung_twice(town: Town) -> None:
    """Nobody was sent two letters for the same rung of a milestone at the same instant, under whichever due."""
    sent = [row for row in town.history() if row.state in (State.ACCEPTED, State.COALESCED)]
    fired = Counter((row.key.milestone, row.key.rung, row.rung_at, row.key.person) for row in sent)
    assert set(fired.values()) <= {1}


@pytest.fixture
def begun(town: Town) -> Town:
    """The town, its works begun on 26/4 and everything heard up to the tenth of September."""
    town.report(when(4, 26), START, "xong")
    town.live(date(2024, 4, 26), date(2024, 9, 10))
    town.taken()
    return town


# ----------------------------------------------------------------------------------------------------------- later days


def test_asked_refused_asked_again_and_granted_for_a_later_day(begun: Town) -> None:
    town = begun
    ask(town, when(9, 10), "xin-1", date(2024, 11, 15))
    deny(town, when(9, 12), "xin-1", "chưa nêu rõ khối lượng còn lại")
    assert status(town, when(9, 12, 10))["due"] == "2024-09-30"
    ask(town, when(9, 13), "xin-2", date(2024, 11, 15))
    town.live(date(2024, 9, 11), date(2024, 9, 18))
    assert town.days_of(LEAD) == ["16/09"]  # a request changes nothing: the old due is still urged
    give(town, when(9, 18), "xin-2", date(2024, 10, 31))
    row = status(town, when(9, 18, 10))
    assert (row["due"], row["original_due"], row["extensions"]) == ("2024-10-31", "2024-09-30", 1)
    town.live(date(2024, 9, 19), date(2024, 10, 1))
    (letter,) = [letter for _, person, letter in town.letters if person == LEAD]
    assert "Hạn: hết ngày 31/10/2024 (văn bản ghi “đến hết ngày 30/9/2024" in letter.text.replace("”", "")
    assert "Hạn gốc 30/9/2024, được gia hạn đến 31/10/2024" in letter.text
    assert letter.html is not None
    assert "Hạn gốc 30/9/2024, được gia hạn đến 31/10/2024" in letter.html
    assert town.days_of(LEAD) == ["01/10"]
    town.live(date(2024, 10, 2), date(2024, 10, 31))
    assert town.days_of(LEAD) == ["17/10", "24/10", "28/10", "30/10", "31/10"]
    no_rung_twice(town)


def test_granted_after_the_old_due_was_urged_what_was_sent_is_not_sent_again(begun: Town) -> None:
    town = begun
    town.live(date(2024, 9, 11), date(2024, 10, 4))
    assert [day for day, person in town.taken() if person == HEAD] == ["04/10 07:30"]
    with pytest.raises(RefusedError, match="hạn đã qua"):
        ask(town, when(10, 4, 10), "xin-1", date(2024, 10, 31))
    decree(town, when(10, 4, 15), FORTY, date(2024, 10, 31))
    assert status(town, when(10, 5))["official"] == "open_in_time"
    town.live(date(2024, 10, 5), date(2024, 10, 31))
    told = town.taken()
    assert HEAD not in {person for _, person in told}
    assert [day[:5] for day, person in told if person == LEAD] == ["17/10", "24/10", "28/10", "30/10", "31/10"]
    overdue = {state for key, state in town.rows().items() if key[0] == FORTY and key[2] == "2024-09-30"}
    assert overdue <= {State.ACCEPTED, State.COALESCED, State.OBSOLETE, State.BEFORE_START}
    town.live(date(2024, 11, 1), date(2024, 11, 6))  # the new due is missed: it is urged as any other
    assert [entry for entry in town.taken() if entry[1] in (LEAD, HEAD)] == [
        ("01/11 07:30", LEAD),
        ("06/11 07:30", HEAD),
        ("06/11 07:30", LEAD),
    ]
    no_rung_twice(town)


def test_a_day_more_fires_only_what_moved(begun: Town) -> None:
    town = begun
    town.live(date(2024, 9, 11), date(2024, 9, 27))
    assert town.days_of(LEAD) == ["16/09", "23/09", "27/09"]
    decree(town, when(9, 27, 15), FORTY, date(2024, 10, 1))
    town.live(date(2024, 9, 28), date(2024, 10, 1))
    assert town.days_of(LEAD) == ["30/09", "01/10"]
    no_rung_twice(town)


def test_one_project_gets_a_later_day_and_the_others_keep_theirs(town: Town) -> None:
    for project, unit in (("nha-van-hoa", "ubnd-xa-tan-thanh-bac-son"), ("duong-xa", "ubnd-xa-hung-vu-bac-son")):
        about = {"subject": project, "actor": INVESTMENT}
        town.say(when(4, 22, 8), EntryKind.ENROL, name=f"Dự án {project}", unit=unit, id=f"{project}-ghi-danh", **about)
        town.report(when(5, 20), START, "xong", id=f"{project}-khoi-cong", **about)
    town.live(date(2024, 5, 21), date(2024, 9, 10))
    town.taken()
    with pytest.raises(RefusedError, match="chỉ đầu mối hoặc thủ trưởng"):
        ask(town, when(9, 10), "xin-0", date(2024, 10, 14), TAN_THANH, "duong-xa")
    ask(town, when(9, 10), "xin-1", date(2024, 10, 14), TAN_THANH, "nha-van-hoa")
    give(town, when(9, 12), "xin-1")
    town.live(date(2024, 9, 13), date(2024, 9, 30))
    letters = {person: letter for _, person, letter in town.letters}
    assert "Hạn gốc" not in letters["dau-moi-xa-hung-vu-bac-son"].text
    assert "Hạn gốc 30/9/2024, được gia hạn đến 14/10/2024" in letters[TAN_THANH].text
    days = {person: [day[:5] for day, who, _ in town.letters if who == person] for person in letters}
    assert days["dau-moi-xa-hung-vu-bac-son"] == ["16/09", "23/09", "27/09", "30/09"]
    # of 14/10: a fortnight ahead; thirty days ahead is 13/9, the day after the grant
    assert days[TAN_THANH] == ["13/09", "30/09"]
    town.taken()
    no_rung_twice(town)


def test_the_monitors_list_shows_the_original_due(begun: Town) -> None:
    town = begun
    decree(town, when(9, 10, 15), FORTY, date(2024, 10, 31))
    town.live(date(2024, 9, 11), date(2024, 10, 21))  # a Monday, ten days before
    lists = [letter for _, person, letter in town.letters if person == MONITOR]
    assert "hạn hết ngày 31/10/2024 (hạn gốc 30/9/2024, được gia hạn đến 31/10/2024)" in lists[-1].text
    town.taken()


# ------------------------------------------------------------------------------------------------------ pauses and ends


def stop(town: Town, moment: datetime, kind: EntryKind) -> None:
    act = {EntryKind.SUSPEND: suspend, EntryKind.RESUME: resume, EntryKind.CANCEL: cancel}[kind]
    with session(town.store) as opened:
        act(opened, town.configuration, CODE, said(f"{kind.value}-{moment:%m%d}", MONITOR), moment)


def test_suspended_nobody_hears_and_resumed_those_who_work_on_it_hear_first(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 20))
    town.taken()
    stop(town, when(6, 20, 15), EntryKind.SUSPEND)
    town.live(date(2024, 6, 21), date(2024, 8, 5))
    assert town.taken() == []
    stop(town, when(8, 5, 15), EntryKind.RESUME)
    town.live(date(2024, 8, 6), date(2024, 8, 7))
    (letter,) = [one for _, _, one in town.letters]
    assert letter.subject.startswith("[Đôn đốc] Tiếp tục thực hiện: Khởi công")
    said = "Tiếp tục thực hiện từ 05/8/2024, sau thời gian tạm dừng từ 20/6/2024; hạn đã qua trong thời gian tạm dừng"
    assert said in letter.text
    assert said in letter.html
    assert town.taken() == [("06/08 07:30", LEAD)]
    town.live(date(2024, 8, 8), date(2024, 8, 8))  # the next urging comes on its own day, to those above as well
    assert sorted(town.taken()) == [("08/08 07:30", HEAD), ("08/08 07:30", LEAD), ("08/08 07:30", MONITOR)]
    no_rung_twice(town)


def test_days_of_suspension_are_given_back_by_an_extension_alone(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 20))
    town.taken()
    stop(town, when(6, 20, 15), EntryKind.SUSPEND)
    decree(town, when(8, 5, 14), START, date(2024, 9, 30))
    stop(town, when(8, 5, 15), EntryKind.RESUME)
    row = status(town, when(8, 5, 16), START)
    assert (row["official"], row["due"], row["original_due"]) == ("open_in_time", "2024-09-30", "2024-06-30")
    town.live(date(2024, 8, 6), date(2024, 8, 30))
    assert town.days_of(LEAD) == ["30/08"]


def test_cancelled_nobody_hears_ever_again(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 7, 4))
    town.taken()
    stop(town, when(7, 4, 15), EntryKind.CANCEL)
    town.live(date(2024, 7, 5), date(2024, 10, 10))
    assert town.taken() == []
    assert status(town, when(10, 10), START)["official"] == "cancelled"


# ------------------------------------------------------------------------------------------------------ what comes back


def test_a_returned_result_counts_as_open_and_is_urged(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 21))
    town.report(when(6, 21), START, "xong", id="bao-cao")
    town.live(date(2024, 6, 22), date(2024, 6, 27))
    town.taken()
    assert status(town, when(6, 27), START)["official"] == "done_on_time"
    with session(town.store) as opened:
        words = said("tra-lai", MONITOR, "chưa có lệnh khởi công")
        send_back(opened, town.configuration, "bao-cao", words, when(6, 27, 15))
    assert status(town, when(6, 27, 16), START)["official"] == "open_in_time"
    town.live(date(2024, 6, 28), date(2024, 7, 1))
    assert town.days_of(LEAD) == ["28/06", "01/07"]
    no_rung_twice(town)
