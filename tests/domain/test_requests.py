"""Requests for a later day, folded from the ledger: open until decided, never two for the same."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.clocktime import at
from domain.ledger import Entry, EntryKind
from domain.requests import Place, Request, decided_already, open_requests, own_request, requests
from domain.state import WHOLE
from tests.world import CAU, DUONG, day, entry, instant

LATER = instant("1/1/2025 00:00")


def ask(until: str, recorded: str, subject: str | None = None, **fields: object) -> Entry:
    asked = {"milestone": "giai-ngan-40", "subject": subject, "day": day(until), "text": "vướng mặt bằng", **fields}
    return entry(EntryKind.EXTENSION_REQUEST, recorded, **asked)


def decide(kind: EntryKind, asked: Entry, recorded: str, until: str | None = None) -> Entry:
    about = {"milestone": asked.milestone, "subject": asked.subject, "occurrence": asked.occurrence}
    granted = {"day": day(until) if until else None, "text": "đã xem xét", "actor": "theo-doi"}
    return entry(kind, recorded, refers_to=asked.id, **about, **granted)


def only(*entries: Entry) -> Request:
    (found,) = requests(entries, LATER)
    return found


ASKED = ask("31/10/2024", "10/9/2024", CAU, evidence="Công văn số 12")


def test_a_request_is_open_until_it_is_decided() -> None:
    found = only(ASKED)
    assert found.place == (ASKED.directive, "giai-ngan-40", CAU, None)
    assert (found.entry, found.day, found.by) == (ASKED.id, day("31/10/2024"), "dau-moi-huyen")
    assert (found.asked_at, found.reason, found.evidence) == (ASKED.recorded_at, "vướng mặt bằng", "Công văn số 12")
    assert found.answer is None
    assert open_requests([ASKED], LATER) == {found.place: found}


def test_a_request_for_all_stands_beside_one_for_a_subject() -> None:
    everybody = ask("31/10/2024", "11/9/2024", None, text=None)
    found = open_requests([ASKED, everybody], LATER)
    assert [place[2] for place in found] == [CAU, WHOLE]
    assert found[everybody.directive, "giai-ngan-40", WHOLE, None].reason == ""


def test_each_occurrence_is_asked_for_by_itself() -> None:
    march = ask("10/4/2024", "1/3/2024", occurrence=day("20/3/2024"))
    april = ask("10/5/2024", "1/4/2024", occurrence=day("20/4/2024"))
    assert [place[3] for place in open_requests([march, april], LATER)] == [day("20/3/2024"), day("20/4/2024")]
    granted = entry(
        EntryKind.EXTENSION_GRANT,
        "2/4/2024",
        milestone="giai-ngan-40",
        day=day("31/5/2024"),
        occurrence=day("20/3/2024"),
    )
    assert [place[3] for place in open_requests([march, april, granted], LATER)] == [day("20/4/2024")]


def test_the_answer_says_who_decided_when_what_and_why() -> None:
    granted = decide(EntryKind.EXTENSION_GRANT, ASKED, "18/9/2024 14:40", "15/10/2024")
    answer = only(ASKED, granted).answer
    assert answer is not None
    assert (answer.entry, answer.granted, answer.by) == (granted.id, day("15/10/2024"), "theo-doi")
    assert (answer.decided_at, answer.reason) == (instant("18/9/2024 14:40"), "đã xem xét")
    refused = decide(EntryKind.EXTENSION_REFUSAL, ASKED, "18/9/2024")
    answer = only(ASKED, refused.model_copy(update={"text": None})).answer
    assert answer is not None
    assert (answer.granted, answer.reason) == (None, "")


def test_what_was_decided_later_is_not_known_before() -> None:
    refused = decide(EntryKind.EXTENSION_REFUSAL, ASKED, "18/9/2024 14:40")
    assert requests([ASKED, refused], instant("10/9/2024 15:59")) == ()
    assert len(open_requests([ASKED, refused], instant("18/9/2024 14:39"))) == 1
    assert open_requests([ASKED, refused], instant("18/9/2024 14:40")) == {}


def test_the_first_decision_is_the_answer() -> None:
    first = decide(EntryKind.EXTENSION_REFUSAL, ASKED, "18/9/2024")
    second = decide(EntryKind.EXTENSION_GRANT, ASKED, "19/9/2024", "31/10/2024")
    answer = only(ASKED, first, second).answer
    assert answer is not None
    assert answer.entry == first.id


def test_a_grant_for_the_subject_or_for_all_answers_what_it_fulfils() -> None:
    def answered(until: str, recorded: str, subject: str | None, milestone: str = "giai-ngan-40") -> bool:
        given = entry(
            EntryKind.EXTENSION_GRANT, recorded, milestone=milestone, subject=subject, day=day(until) if until else None
        )
        return only(ASKED, given).answer is not None

    assert answered("31/10/2024", "12/9/2024", CAU)
    assert answered("15/11/2024", "12/9/2024", None)
    assert not answered("30/10/2024", "12/9/2024", CAU)  # less than was asked
    assert not answered("31/10/2024", "9/9/2024", CAU)  # before it was asked
    assert not answered("31/10/2024", "12/9/2024", DUONG)
    assert not answered("31/10/2024", "12/9/2024", CAU, "giai-ngan-100")
    assert not answered("", "12/9/2024", CAU)


def test_what_names_no_day_is_no_request() -> None:
    assert requests([ASKED.model_copy(update={"day": None}), entry(EntryKind.NOTE, "1/9/2024")], LATER) == ()


# ---------------------------------------------------------------------------------------------------------------- rules


def test_a_decided_request_is_not_decided_again() -> None:
    assert decided_already(only(ASKED)) is None
    granted = decide(EntryKind.EXTENSION_GRANT, ASKED, "18/9/2024 14:40", "15/10/2024")
    said = decided_already(only(ASKED, granted))
    assert said is not None
    assert f"đề nghị {ASKED.id} đã có quyết định {granted.id} lúc 14:40 ngày 18/9/2024" in said
    assert "đồng ý gia hạn đến hết ngày 15/10/2024" in said
    refused = decide(EntryKind.EXTENSION_REFUSAL, ASKED, "18/9/2024")
    assert ": từ chối; muốn thay đổi thì" in str(decided_already(only(ASKED, refused)))


def test_who_asked_does_not_decide() -> None:
    assert own_request(only(ASKED), "theo-doi") is None
    assert "không tự quyết định" in str(own_request(only(ASKED), "dau-moi-huyen"))


# ------------------------------------------------------------------------------------------------------------ any order


@dataclass
class Book:
    """A ledger that takes what the rules let through; one statement a minute."""

    entries: list[Entry] = field(default_factory=list)

    def state(self, kind: EntryKind, subject: str | None, days: int, refers_to: str | None = None) -> None:
        moment = at(date(2024, 9, 1)) + timedelta(minutes=len(self.entries))
        said = {"milestone": "giai-ngan-40", "subject": subject, "day": date(2024, 9, 30) + timedelta(days=days)}
        made = entry(kind, "1/9/2024", **said, refers_to=refers_to)
        self.entries.append(made.model_copy(update={"recorded_at": moment}))

    def waiting(self, subject: str | None) -> Request | None:
        place: Place = ("khoi-cong-moi", "giai-ngan-40", subject or WHOLE, None)
        return open_requests(self.entries, LATER).get(place)


def live(book: Book, what: str, subject: str | None, days: int) -> None:
    """Ask where nothing is asked, decide where something is, grant unasked where nothing is asked."""
    waiting = book.waiting(subject)
    if what == "ask" and waiting is None:
        book.state(EntryKind.EXTENSION_REQUEST, subject, days)
    elif what == "extend" and waiting is None:
        book.state(EntryKind.EXTENSION_GRANT, subject, days)
    elif what == "grant" and waiting is not None:
        book.state(EntryKind.EXTENSION_GRANT, subject, days, waiting.entry)
    elif what == "refuse" and waiting is not None:
        book.state(EntryKind.EXTENSION_REFUSAL, subject, days, waiting.entry)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "ask", "extend", "grant", "refuse"]),
        st.sampled_from([CAU, DUONG, None]),
        st.integers(min_value=1, max_value=60),
    ),
    max_size=30,
)


@given(STEPS, st.randoms(use_true_random=False))
def test_in_whatever_order_it_is_read_the_ledger_never_has_two_open_requests_for_the_same(
    steps: list[tuple[str, str | None, int]], order: random.Random
) -> None:
    book = Book()
    for what, subject, days in steps:
        live(book, what, subject, days)
    as_written = {one.entry for one in requests(book.entries, LATER) if one.answer is None}
    order.shuffle(book.entries)
    waiting = [one for one in requests(book.entries, LATER) if one.answer is None]
    assert {one.entry for one in waiting} == as_written
    assert max(Counter(one.place for one in waiting).values(), default=0) <= 1
    assert len(open_requests(book.entries, LATER)) == len(waiting)
