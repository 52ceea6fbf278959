"""Everything that was done, from every table that keeps it: in one order, filtered, and page by page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from config.areas import Area
from domain.handing import Outcome, Proposal, Row
from store import Store, reading, session
from store.api_keys import ApiKey, add, revoke
from store.audit import Event, Wanted, events
from store.configuration import adopt, remove
from store.hand_overs import decide, propose
from store.ledger import append
from store.stops import Stop, StopKind, lift, stop
from store.web_sessions import begin, end
from tests.store.builders import MINUTE, MORNING, entry

ROW = Row(number=1, directive="nhiem-vu", subject=None, former="huyen", choices=())


@pytest.fixture
def busy(office: Store) -> Store:
    """An office in which a thing of every kind was done, a minute apart; two of them in the same minute."""
    with session(office) as opened:
        append(opened, entry(1))
        append(opened, entry(2))
        for code in ("a", "b"):
            adopt(opened, Area.DIRECTIVE, code, f'{{"code": "{code}"}}', MORNING + MINUTE, "quan-tri")
        remove(opened, Area.DIRECTIVE, "a", MORNING + 2 * MINUTE, "quan-tri")
        off = Stop(channel="", kind=StopKind.SWITCHED_OFF, reason="bảo trì", since=MORNING + 3 * MINUTE)
        stop(opened, off)
        lift(opened, "", "", MORNING + 4 * MINUTE, "quan-tri", switched_off=True)
        begin(opened, "f" * 64, "ke-toan", "đường dẫn", MORNING + 5 * MINUTE, MORNING + timedelta(days=1))
        end(opened, MORNING + 6 * MINUTE, person="ke-toan")
        made = {"hash": "0" * 64, "name": "Máy", "person": "ke-toan", "scopes": ("read",), "made_by": "quan-tri"}
        until = MORNING + timedelta(days=9)
        add(opened, ApiKey.model_validate({"id": "k1", "made_at": MORNING + 7 * MINUTE, "expires_at": until, **made}))
        revoke(opened, "k1", MORNING + 8 * MINUTE, "quan-tri")
        body = {"units": ("huyen",), "day": date(2025, 7, 1), "reason": "NQ", "rows": (ROW,), "proposed_by": "theo-doi"}
        propose(opened, Proposal.model_validate({"id": "bg", "proposed_at": MORNING + 9 * MINUTE, **body}))
        decide(opened, "bg", Outcome.CONFIRMED, "quan-tri", MORNING + 10 * MINUTE)
    return office


def found(office: Store, wanted: Wanted) -> list[Event]:
    with reading(office) as opened:
        return list(events(opened, wanted, 100))


def test_everything_is_there_newest_first_with_who_did_it(busy: Store) -> None:
    told = [(one.what, one.who, one.about.strip()) for one in found(busy, Wanted())]
    assert told == [
        ("hand-over.confirmed", "quan-tri", "bg"),
        ("hand-over.proposed", "theo-doi", "bg"),
        ("key.revoked", "quan-tri", "ke-toan"),
        ("key.made", "quan-tri", "ke-toan"),
        ("session.ended", "ke-toan", ""),
        ("session.begun", "ke-toan", ""),
        ("sending.lifted", "quan-tri", ""),
        ("sending.stopped", "", ""),
        ("configuration.removed", "quan-tri", ""),
        ("configuration.adopted", "quan-tri", ""),
        ("ledger.report", "ke-toan", "khoi-cong"),
        ("ledger.report", "ke-toan", "khoi-cong"),
    ]
    adopted = found(busy, Wanted(what="configuration.adopted"))
    assert [sorted(one.detail.split(", ")) for one in adopted] == [["a", "b"]], "one adoption is one event"
    reports = found(busy, Wanted(what="ledger.report"))
    assert [(one.number, one.as_of, one.detail) for one in reports] == [
        (2, date(2024, 6, 20), "giai-ngan truong-hoc"),
        (1, date(2024, 6, 20), "giai-ngan truong-hoc"),
    ]


def test_filters_by_person_kind_and_time_hold_together(busy: Store) -> None:
    assert {one.who for one in found(busy, Wanted(who=("ke-toan",)))} == {"ke-toan"}
    assert len(found(busy, Wanted(who=("ke-toan",), what="session."))) == 2
    assert [one.what for one in found(busy, Wanted(what="ledger.", until=MORNING))] == []
    span = Wanted(since=MORNING + 3 * MINUTE, until=MORNING + 5 * MINUTE)
    assert [one.what for one in found(busy, span)] == ["sending.lifted", "sending.stopped"]
    assert found(busy, Wanted(who=())) == []


@pytest.mark.parametrize("size", [1, 5])
def test_pages_hold_every_event_once(busy: Store, size: int) -> None:
    whole, after = found(busy, Wanted()), None
    seen: list[Event] = []
    with reading(busy) as opened:
        while page := events(opened, Wanted(), size, after):
            seen += page
            after = page[-1].cursor
    assert seen == whole
