"""A proposal is kept, changed while it is under review, and decided once."""

from __future__ import annotations

from datetime import date

from domain.handing import Outcome, Proposal, Row
from store import Store, reading, session
from store.hand_overs import change, decide, find, listed, propose
from tests.store.builders import MINUTE, MORNING

ROW = Row(number=1, directive="nhiem-vu", subject=None, former="huyen", choices=("xa-a", "xa-b"))
PROPOSAL = Proposal(
    id="ban-giao-1",
    units=("huyen",),
    day=date(2025, 7, 1),
    reason="Nghị quyết 1672",
    rows=(ROW,),
    proposed_by="quan-tri",
    proposed_at=MORNING,
)
CHOSEN = ROW.model_copy(update={"receivers": ("xa-a",)})


def test_it_is_read_as_it_was_written_changed_and_decided_once(office: Store) -> None:
    later = PROPOSAL.model_copy(update={"id": "a-sau", "proposed_at": MORNING + MINUTE})
    with session(office) as opened:
        propose(opened, later)
        propose(opened, PROPOSAL)
    with session(office) as opened:
        assert listed(opened) == (PROPOSAL, later)
        assert find(opened, "khong-co") is None
        assert change(opened, PROPOSAL, (CHOSEN,))
    with session(office) as opened:
        assert decide(opened, PROPOSAL.id, Outcome.CONFIRMED, "theo-doi", MORNING + MINUTE)
    with session(office) as opened:
        assert not decide(opened, PROPOSAL.id, Outcome.WITHDRAWN, "theo-doi", MORNING)
        assert not change(opened, PROPOSAL, (ROW,))
    with reading(office) as opened:
        found = find(opened, PROPOSAL.id)
        assert listed(opened, waiting=True) == (later,)
    assert found == PROPOSAL.model_copy(
        update={
            "rows": (CHOSEN,),
            "outcome": Outcome.CONFIRMED,
            "decided_by": "theo-doi",
            "decided_at": MORNING + MINUTE,
        }
    )
