"""What looks wrong in a figure sent on Zalo stands before the question, and what would be refused does not."""

from __future__ import annotations

from actions.zalo_asked import wanted_in
from actions.zalo_settling import odd
from store import Store, reading
from store.zalo_questions import ZaloQuestion
from tests.actions.offices import known
from tests.actions.saying import CODE, LEAD, OFFICE
from tests.world import GIAI_NGAN, day, disbursed, instant

NOW = instant("1/9/2024 09:00")


def noted(store: Store, written: str) -> str:
    """What is said of the text by the đầu mối of the huyện, who reported 20% a month ago."""
    person = OFFICE.rules.office.person(LEAD)
    assert person
    with reading(store) as opened:
        one = next(w for w in wanted_in(opened, OFFICE, person, [CODE], NOW) if w.figure.metric == GIAI_NGAN.id)
        asked = ZaloQuestion(
            id="zalo-1",
            oa_id="oa",
            user_id="u",
            person=LEAD,
            milestone=one.milestone,
            written=written,
            said=written,
            as_of=day("1/9/2024"),
            asked_at=NOW,
            **one.figure.model_dump(),
        )
        return odd(opened, OFFICE, asked, one, NOW)


def test_an_odd_figure_has_its_sentence_and_a_usual_one_none(store: Store) -> None:
    known(store, disbursed("20%", "1/8/2024"))
    assert noted(store, "25%") == ""
    assert noted(store, "2%") == (
        "Lưu ý: số lũy kế giảm: đến hết ngày 01/8/2024 đã ghi 20%, nay ghi 2%; số lũy kế thường không giảm.\n"
    )
    assert noted(store, "140%") == ""
