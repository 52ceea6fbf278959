"""What a figure says of itself: an estimate meets nothing, and two plans are never compared in silence."""

from __future__ import annotations

import pytest

from domain.admissible import why_not_admit
from domain.basis import basis_of, unknown_basis, why_not_qualify
from domain.directive import Quantifier
from domain.figures import say, say_missing
from domain.ledger import Entry, EntryKind
from domain.metric import Basis, Metric, MetricKind
from domain.standing import Freshness, Official
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    GIAI_NGAN,
    KHOI_CONG,
    PROJECTS,
    changed,
    day,
    disbursed,
    on,
    percent,
    plan,
    standing,
    started,
    variant,
)

AMOUNT = Metric(id="thu", kind=MetricKind.AMOUNT, name="Thu ngân sách")
COUNCILS = GIAI_NGAN.model_copy(update={"basis": "kế hoạch vốn HĐND tỉnh giao"})


def qualified(entry: Entry, **said: object) -> Entry:
    assert entry.value
    return entry.model_copy(update={"value": entry.value.model_copy(update=said)})


def estimated(value: str, as_of: str, subject: str | None = None) -> Entry:
    return qualified(disbursed(value, as_of, subject), estimate=True)


def refused(entry: Entry, metric: Metric = GIAI_NGAN) -> str | None:
    metrics = (KHOI_CONG, metric if metric.id == GIAI_NGAN.id else GIAI_NGAN, AMOUNT)
    return why_not_qualify(variant(FORTY.model_copy(update={"follows": ()}), metrics=metrics), entry)


# ------------------------------------------------------------------------------------------------------- estimates


def test_an_estimate_meets_no_milestone_however_high_it_is() -> None:
    found = standing(on("30/9/2024", [estimated("100%", "20/9/2024")]), "giai-ngan-40")
    assert (found.official, found.met, found.findings) == (Official.OPEN_IN_TIME, None, ())
    assert found.freshness is Freshness.FRESH
    assert found.latest
    assert say(found.metric, found.latest) == "100% (ước)"
    assert say_missing(found.metric, found.latest, FORTY.target, None) == "mới là số ước, chờ số thực hiện"
    later = [estimated("45%", "20/9/2024"), disbursed("41%", "25/9/2024")]
    met = standing(on("30/9/2024", later), "giai-ngan-40").met
    assert met
    assert met.as_of == day("25/9/2024")


def test_an_estimate_undoes_nothing_and_sets_no_pace() -> None:
    known = [disbursed("20%", "1/8/2024"), disbursed("45%", "1/9/2024"), estimated("30%", "10/9/2024")]
    found = standing(on("11/9/2024", known), "giai-ngan-40")
    assert found.official is Official.DONE_ON_TIME
    assert found.findings == ()
    high = standing(on("11/9/2024", [*known[:1], estimated("99%", "10/9/2024")]), "giai-ngan-100")
    assert high.pace == standing(on("11/9/2024", known[:1]), "giai-ngan-100").pace
    assert high.pace.behind


@pytest.mark.parametrize("quantifier", [Quantifier.TOTAL, Quantifier.EACH])
def test_a_sum_with_one_estimate_is_an_estimate_and_meets_nothing(quantifier: Quantifier) -> None:
    directive = variant(changed(FORTY, follows=(), quantifier=quantifier))
    plans = [plan("5 tỷ", "22/4/2024", subject) for subject in (CAU, DUONG)]
    known = [*PROJECTS, *plans, disbursed("3 tỷ/5 tỷ", "10/9/2024", CAU)]
    guessed = on("30/9/2024", [*known, estimated("3 tỷ/5 tỷ", "12/9/2024", DUONG)], directive)
    found = standing(guessed, "giai-ngan-40")
    assert found.met is None
    assert found.latest
    assert say(GIAI_NGAN, found.latest) == "60% (6 tỷ đồng/10 tỷ đồng) (ước)"
    done = on("30/9/2024", [*known, disbursed("3 tỷ/5 tỷ", "12/9/2024", DUONG)], directive)
    assert standing(done, "giai-ngan-40").met


def test_a_sum_of_amounts_says_that_it_is_an_estimate_too() -> None:
    milestone = changed(FORTY, follows=(), metric="thu", quantifier=Quantifier.TOTAL, target=percent("10"))
    directive = variant(milestone, metrics=(AMOUNT,))
    known = [qualified(disbursed("5%", "10/9/2024", CAU), estimate=True).model_copy(update={"metric": "thu"})]
    latest = standing(on("30/9/2024", [*PROJECTS, *known], directive), "giai-ngan-40").latest
    assert latest
    assert latest.estimate


def test_what_happened_and_what_is_ranked_is_not_estimated() -> None:
    assert refused(estimated("45%", "20/9/2024")) is None
    assert "không ghi số ước được" in (refused(qualified(started("20/6/2024"), estimate=True)) or "")


# ----------------------------------------------------------------------------------------------------------- bases


@pytest.mark.parametrize(
    ("written", "basis"),
    [
        ("kế hoạch Thủ tướng Chính phủ giao", Basis.PRIME_MINISTER),
        ("kế hoạch TTg giao năm 2024", Basis.PRIME_MINISTER),
        ("kế hoạch vốn HĐND tỉnh giao", Basis.COUNCIL),
        ("kế hoạch do Hội đồng nhân dân giao", Basis.COUNCIL),
        ("kế hoạch vốn huyện được giao, gồm cả vốn được phép kéo dài", Basis.CARRIED_OVER),
        ("kế hoạch HĐND giao, gồm vốn kéo dài", Basis.CARRIED_OVER),
        ("kế hoạch vốn năm 2024 của từng dự án", None),
        (None, None),
    ],
)
def test_the_metrics_own_words_say_which_plan_it_is_of(written: str | None, basis: Basis | None) -> None:
    assert basis_of(GIAI_NGAN.model_copy(update={"basis": written})) is basis


def test_another_basis_than_the_metrics_is_refused_and_its_own_is_not() -> None:
    council = qualified(disbursed("45%", "20/9/2024"), basis=Basis.COUNCIL)
    assert refused(council, COUNCILS) is None
    other = qualified(disbursed("45%", "20/9/2024"), basis=Basis.PRIME_MINISTER)
    assert "không so sánh được, hãy tính lại" in (refused(other, COUNCILS) or "")
    assert refused(other) is None  # asked about instead
    assert unknown_basis(COUNCILS, Basis.COUNCIL) == ()
    assert unknown_basis(GIAI_NGAN, None) == ()
    (asked,) = unknown_basis(GIAI_NGAN, Basis.COUNCIL)
    assert "kế hoạch vốn năm 2024 của từng dự án, báo cáo ghi tính trên kế hoạch HĐND giao" in asked.message


def test_only_reports_of_a_percentage_have_a_basis() -> None:
    council = {"basis": Basis.COUNCIL}
    assert "chỉ báo cáo số liệu" in (refused(qualified(plan("5 tỷ", "22/4/2024"), **council)) or "")
    unknown = qualified(disbursed("45%", "20/9/2024"), **council).model_copy(update={"metric": "khong-co"})
    assert "chỉ báo cáo số liệu" in (refused(unknown) or "")
    assert "không có cơ sở tính" in (refused(qualified(started("20/6/2024"), **council)) or "")
    assert refused(started("20/6/2024")) is None
    assert refused(started("20/6/2024").model_copy(update={"kind": EntryKind.NOTE, "value": None})) is None


def test_a_figure_on_another_basis_cannot_stand() -> None:
    directive = variant(changed(FORTY, follows=()), metrics=(COUNCILS,))
    other = qualified(disbursed("45%", "20/9/2024"), basis=Basis.PRIME_MINISTER)
    assert "không so sánh được" in (why_not_admit(on("30/9/2024", [], directive), other, None) or "")
