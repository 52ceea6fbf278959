"""What the shipped notice orders by when, and what it states as already so."""

from __future__ import annotations

from datetime import date

from config.areas import Area, CalendarFile
from config.reading import read
from domain.due import resolve
from domain.metric import MetricKind
from domain.policy import Policy
from tests.config.notice_text import CONFIG, read_notice_text

TEXT = read_notice_text()
DRAFT = read(CONFIG)
DIRECTIVES = {placed.directive.code: placed.directive for placed in DRAFT.placed}

DATED = (
    ("bac-son-don-doan-unesco", "chuan-bi-xong", "trong quý II/2024", date(2024, 6, 30)),
    (
        "bac-son-giai-ngan-dau-tu-cong-2024",
        "giai-ngan-100",
        "100% kế hoạch vốn đầu tư công năm 2024",
        date(2024, 12, 31),
    ),
    ("bac-son-khoi-cong-moi", "giai-ngan-100", "đến hết ngày 31/12/2024", date(2024, 12, 31)),
    ("bac-son-khoi-cong-moi", "giai-ngan-40", "đến hết ngày 30/9/2024", date(2024, 9, 30)),
    ("bac-son-khoi-cong-moi", "khoi-cong", "chậm nhất trong tháng 6/2024", date(2024, 6, 30)),
    ("tan-thanh-ntm-2024", "dat-chuan", "trong năm 2024", date(2024, 12, 31)),
)


def test_exactly_six_milestones_have_a_date_and_each_phrase_is_the_documents() -> None:
    calendar, policy = DRAFT.areas[Area.CALENDAR], DRAFT.areas[Area.POLICY]
    assert isinstance(calendar, CalendarFile)
    assert isinstance(policy, Policy)
    found = []
    for code, directive in DIRECTIVES.items():
        words = " ".join((directive.quote, *(note.text for note in directive.footnotes)))
        for milestone in directive.milestones:
            if milestone.due:
                assert milestone.due.phrase in words
                due = resolve(milestone.due, calendar.calendar(), policy.reading(), {})
                found.append((code, milestone.id, milestone.due.phrase, due and due.nominal))
    assert tuple(sorted(found)) == DATED


def test_footnote_8_is_one_chain_over_every_project() -> None:
    directive = DIRECTIVES["bac-son-khoi-cong-moi"]
    assert [(m.id, m.quantifier, m.follows) for m in directive.milestones] == [
        ("khoi-cong", "each", ()),
        ("giai-ngan-40", "each", ("khoi-cong",)),
        ("giai-ngan-100", "each", ("giai-ngan-40",)),
    ]
    assert [m.target and m.target.number for m in directive.milestones] == [1, 40, 100]
    assert directive.subject_word == "dự án"


def test_what_an_admin_settled_is_said() -> None:
    plan = DIRECTIVES["bac-son-giai-ngan-dau-tu-cong-2024"].milestone("giai-ngan-100")
    visit = DIRECTIVES["bac-son-don-doan-unesco"].milestone("chuan-bi-xong")
    commune = DIRECTIVES["tan-thanh-ntm-2024"]
    assert plan.due
    assert (plan.due.chosen_by, plan.due.legal) == ("quản trị viên", date(2025, 1, 31))
    assert visit.due
    assert visit.due.moved_by
    assert visit.due.moved_by.event == "ngay-don-doan"
    assert commune.milestone("cong-nhan").due is None
    assert commune.milestone("cong-nhan").follows == ("dat-chuan",)
    assert all(milestone.reading for milestone in (plan, visit, commune.milestone("dat-chuan")))


def test_what_has_no_date_is_asked_for_a_word_or_has_a_target_only() -> None:
    undated = [directive for directive in DIRECTIVES.values() if not directive.has_dates()]
    numbers = {d.code for d in undated if any(m.target for m in d.milestones)}
    assert numbers == {"bac-son-cap-gcn-di-tich", "bac-son-cong-nhan-xa-ntm-2024", "bac-son-cum-cong-nghiep-2"}
    assert all(d.metric(m.metric).kind is MetricKind.NARRATIVE for d in undated for m in d.milestones if not m.target)


def test_stated_figures_are_facts_with_their_own_day_and_their_own_words() -> None:
    words = (TEXT.body, *TEXT.footnotes.values())
    for fact in DRAFT.facts:
        assert any(fact.body["evidence"] in text for text in words), fact.body["id"]
        assert fact.body["as_of"] <= date(2024, 4, 22)
        assert fact.body["source"] == "thông báo"
    by_id = {fact.body["id"]: fact.body for fact in DRAFT.facts}
    assert len(by_id) == len(DRAFT.facts)
    assert by_id["bs-2024-i-thu-ngan-sach"]["as_of"] == date(2024, 3, 31)
    assert by_id["bs-2024-i-tan-thanh-tieu-chi"]["value"].number == 12


def test_contradictions_of_the_source_are_told_in_its_words() -> None:
    messages = [finding.message for finding in DRAFT.findings if (finding.field or "").startswith("findings.")]
    assert len(messages) >= 6
    for message in messages:
        quote = message.rsplit(" — “", 1)[1].removesuffix("”")
        assert any(quote in text for text in (TEXT.body, *TEXT.footnotes.values())), quote
