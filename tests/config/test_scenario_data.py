"""The illustrative year: a ledger an official would find plausible, and the story it was written to tell."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from ruamel.yaml import YAML

from config.reading import configuration, read
from config.scenario import read_scenario
from domain.clocktime import local, local_date
from domain.ledger import Entry, EntryKind
from domain.situation import look
from domain.standing import Official, Standing
from tests.config.notice_text import CONFIG

FILE = CONFIG / "scenarios" / "2024-bac-son.yaml"
DRAFT = read(CONFIG)
CONFIGURATION = configuration(DRAFT.areas, {placed.directive.code: placed.directive for placed in DRAFT.placed})
RULES, DIRECTIVES = CONFIGURATION.rules, CONFIGURATION.directives
ENTRIES, FAULTS = read_scenario(FILE, DIRECTIVES)
PROJECTS = "bac-son-khoi-cong-moi"
ADOPTED = datetime.fromisoformat("2024-04-22T17:00:00+07:00")
REPLAYED = datetime.fromisoformat("2025-01-31T17:00:00+07:00")
ENROLLED = {entry.subject: entry.unit for entry in ENTRIES if entry.kind is EntryKind.ENROL}


def _standings(directive: str, milestone: str, as_of: datetime = REPLAYED) -> dict[str | None, Standing]:
    entries = [fact.entry(ADOPTED) for fact in DRAFT.facts] + list(ENTRIES)
    mine = [entry for entry in entries if entry.directive == directive]
    situation = look(DIRECTIVES[directive], mine, RULES, as_of, ADOPTED)
    found = [standing for standing in situation.standings if standing.track.milestone.id == milestone]
    return {standing.subject.code if standing.subject else None: standing for standing in found}


def test_every_entry_is_read_and_marked_as_illustrative() -> None:
    raw = YAML(typ="safe").load(FILE)
    assert not [str(fault) for fault in FAULTS]
    assert (raw["illustrative"], raw["label"]) == (True, "MINH HOẠ")
    assert {entry["source"] for entry in raw["entries"]} == {"minh hoạ"}
    assert [entry["id"] for entry in raw["entries"]] == [f"mh-{number:03d}" for number in range(1, len(ENTRIES) + 1)]
    assert 110 <= len(ENTRIES) <= 140


def test_entries_are_written_down_in_order_in_office_hours_and_after_the_fact() -> None:
    moments = [entry.recorded_at for entry in ENTRIES]
    assert moments == sorted(set(moments))
    assert date(2024, 4, 23) <= local_date(moments[0])
    assert local_date(moments[-1]) <= date(2025, 1, 28)
    for entry in ENTRIES:
        assert entry.as_of <= local_date(entry.recorded_at), entry.id
        assert RULES.calendar.is_working(local_date(entry.recorded_at)), entry.id
        assert RULES.policy.window.opens <= local(entry.recorded_at).time() < RULES.policy.window.closes, entry.id
        assert not time(11, 30) < local(entry.recorded_at).time() < time(13, 30), entry.id


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_written_by_somebody_of_a_unit_it_concerns(entry: Entry) -> None:
    directive, day = DIRECTIVES[entry.directive], local_date(entry.recorded_at)
    concerned = set(RULES.office.expand((*directive.lead, *directive.coordinating, directive.monitor), day))
    concerned |= {ENROLLED[entry.subject] or ""} if entry.subject else set()
    actor = RULES.office.person(entry.actor)
    assert actor
    posts = {post.unit for post in actor.posts if post.valid.holds(day)}
    assert posts & concerned or {RULES.office.unit(post).within for post in posts} & concerned


def test_twelve_projects_of_five_units_are_enrolled_with_a_plan_on_one_day() -> None:
    enrolled = ENTRIES[:24]
    assert [entry.kind for entry in enrolled] == [EntryKind.ENROL, EntryKind.PLAN] * 12
    assert datetime.fromisoformat("2024-04-23T08:00:00+07:00") <= enrolled[0].recorded_at
    assert enrolled[-1].recorded_at <= datetime.fromisoformat("2024-04-23T16:30:00+07:00")
    assert len(set(ENROLLED.values())) == 5
    assert RULES.office.expand(tuple(str(unit) for unit in ENROLLED.values()), date(2024, 4, 23))
    for unit in set(ENROLLED.values()):
        assert RULES.office.unit(str(unit)).valid.holds(date(2025, 1, 28))
        assert RULES.office.responsible(str(unit), date(2024, 4, 23))


def test_entries_refer_to_earlier_entries_of_the_same_subject() -> None:
    by_id = {entry.id: entry for entry in ENTRIES}
    referring = [entry for entry in ENTRIES if entry.refers_to]
    assert len(referring) == 4
    for entry in referring:
        earlier = by_id[str(entry.refers_to)]
        assert earlier.recorded_at < entry.recorded_at
        assert (earlier.directive, earlier.subject) == (entry.directive, entry.subject)


def test_disbursed_figures_add_up() -> None:
    plans: dict[str, list[tuple[date, Decimal | None]]] = defaultdict(list)
    for entry in ENTRIES:
        if entry.kind is EntryKind.PLAN and entry.value:
            plans[str(entry.subject)].append((entry.as_of, entry.value.number))
    replaced = {entry.refers_to for entry in ENTRIES if entry.kind in (EntryKind.CORRECTION, EntryKind.RETURN)}
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for entry in sorted(ENTRIES, key=lambda entry: entry.as_of):
        value = entry.value
        if entry.directive != PROJECTS or value is None or value.numerator is None or value.denominator is None:
            continue
        subject = str(entry.subject)
        assert value.denominator == [amount for since, amount in plans[subject] if since <= entry.as_of][-1], entry.id
        assert value.numerator <= value.denominator, entry.id
        if entry.id not in replaced:
            assert value.numerator >= spent[subject], entry.id
            spent[subject] = value.numerator


def test_ground_was_broken_in_time_but_for_two_late_and_one_never() -> None:
    standings = _standings(PROJECTS, "khoi-cong")
    official = {subject: standing.official for subject, standing in standings.items()}
    assert official.pop(None) is official.pop("da-12") is Official.OPEN_OVERDUE
    assert {subject for subject, found in official.items() if found is Official.DONE_LATE} == {"da-08", "da-11"}
    assert sorted(official.values()).count(Official.DONE_ON_TIME) == 9


def test_forty_percent_was_met_late_by_one_in_time_after_an_extension_by_another_and_never_by_two() -> None:
    standings = _standings(PROJECTS, "giai-ngan-40")
    late, extended = standings["da-06"], standings["da-11"]
    assert late.official is Official.DONE_LATE
    assert late.met
    assert late.met.as_of == date(2024, 10, 15)
    assert extended.official is Official.DONE_ON_TIME
    assert extended.due
    assert (extended.due.nominal, extended.due.original) == (date(2024, 10, 14), date(2024, 9, 30))
    assert extended.met
    assert extended.met.as_of == date(2024, 10, 11)
    assert {s for s, found in standings.items() if s and found.overdue} == {"da-08", "da-12"}


def test_the_year_ends_with_most_projects_done_and_some_short_of_it() -> None:
    at_the_due = _standings(PROJECTS, "giai-ngan-100", datetime.fromisoformat("2025-01-03T17:00:00+07:00"))
    assert sum(found.official is Official.DONE_ON_TIME for subject, found in at_the_due.items() if subject) == 7
    shares = {s: found.latest.number for s, found in at_the_due.items() if s in ("da-03", "da-11") and found.latest}
    assert all(number is not None and 90 < number < 100 for number in shares.values())
    assert _standings(PROJECTS, "giai-ngan-100")["da-03"].official is Official.DONE_LATE


def test_a_corrected_and_a_returned_figure_do_not_count() -> None:
    before = _standings(PROJECTS, "giai-ngan-40", datetime.fromisoformat("2024-07-26T17:00:00+07:00"))["da-07"]
    after = _standings(PROJECTS, "giai-ngan-40", datetime.fromisoformat("2024-07-29T17:00:00+07:00"))["da-07"]
    returned = _standings(PROJECTS, "giai-ngan-40", datetime.fromisoformat("2024-09-27T17:00:00+07:00"))["da-04"]
    assert (before.open, after.open, returned.open) == (False, True, True)


def test_one_unit_stops_reporting_after_august() -> None:
    projects = {subject for subject, unit in ENROLLED.items() if unit == "phong-nn-ptnt-bac-son"}
    newest = max(entry.recorded_at for entry in ENTRIES if entry.subject in projects)
    assert (newest.year, newest.month) == (2024, 8)


def test_the_other_dated_milestones_end_as_told() -> None:
    visit = _standings("bac-son-don-doan-unesco", "chuan-bi-xong")[None]
    assert visit.official is Official.DONE_ON_TIME
    assert visit.due
    assert visit.due.nominal == date(2024, 6, 20)
    commune = _standings("tan-thanh-ntm-2024", "dat-chuan")[None]
    assert commune.overdue
    assert commune.latest
    assert commune.latest.number == 18
    plan = _standings("bac-son-giai-ngan-dau-tu-cong-2024", "giai-ngan-100")[None]
    assert plan.overdue
    assert plan.latest
    assert plan.latest.number == Decimal("96.5")
