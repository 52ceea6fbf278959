"""Tìm: what people type finds what they may see, and nothing else."""

from __future__ import annotations

import pytest

from tests.stories.town import CODE, PLAN
from tests.web.browsing import Reading
from tests.web.test_lists import linked
from tests.web.town_hall import HUNG_VU, MONITOR, TownHall


def sought(hall: TownHall, words: str, person: str = MONITOR) -> str:
    answer = hall.signed_in(person).get(f"/tim?q={words}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("giai ngan", PLAN),
        ("Giải Ngân", PLAN),
        ("du an khoi cong moi", CODE),
        ("moc thoi gian doi voi toan bo", CODE),
        (CODE, CODE),
    ],
)
def test_directives_are_found_by_title_quote_and_footnote(looked_at: TownHall, words: str, first: str) -> None:
    assert first in linked(sought(looked_at, words))


def test_a_title_goes_before_a_quote(looked_at: TownHall) -> None:
    """The other is worse, and has the words in its footnote."""
    assert linked(sought(looked_at, "ke hoach von")) == [PLAN, CODE]


def test_units_and_people_are_found_without_marks(looked_at: TownHall) -> None:
    source = sought(looked_at, "tan thanh")
    assert 'href="/don-vi/ubnd-xa-tan-thanh-bac-son"' in source
    assert "Đầu mối UBND xã Tân Thành" in Reading(source).words


def test_who_sees_one_unit_finds_nothing_of_others(looked_at: TownHall) -> None:
    source = sought(looked_at, "giai ngan", HUNG_VU)
    assert linked(source) == [CODE]
    others = sought(looked_at, "tan thanh", HUNG_VU)
    assert "ubnd-xa-tan-thanh-bac-son" not in others
    assert "Đầu mối UBND xã Tân Thành" not in others


@pytest.mark.parametrize("words", ["", "   ", "̀", "khong-co-gi-nhu-the", "' OR 1=1 --", "x" * 5000])
def test_nothing_finds_nothing(looked_at: TownHall, words: str) -> None:
    assert linked(sought(looked_at, words)) == []


def test_more_than_fit_are_counted_and_linked(looked_at: TownHall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.search.MOST", 1)
    source = sought(looked_at, "giai ngan")
    assert len(linked(source)) == 1
    assert 'href="/nhiem-vu?q=giai+ngan"' in source
    assert "Xem cả 2 nhiệm vụ" in source
