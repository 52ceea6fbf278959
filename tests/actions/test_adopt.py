"""Adoption: what changed comes into force and is looked at, what is broken keeps what it had; a slip loses nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from actions.adopt import Adopted, adopt, current
from config.reading import IncompleteError, read
from config.settings import ROOT
from domain.findings import Severity
from domain.ledger import Entry
from store import Store, reading, session
from store.ledger import entries
from store.moments import due_for_look, looks, set_next
from tests.world import instant

NOTICE = "directives/2024-thu.yaml"
WRITTEN = """
notice:
  code: 2024-thu
  kind: Thông báo
  issuer: UBND tỉnh Lạng Sơn
  title: Thông báo kết luận dùng trong kiểm thử
  short: Thông báo kết luận
  file: notices/2024-thu.txt
  sha256: "{sha256}"
defaults:
  starts: 2024-04-22
  monitor: van-phong-ubnd-tinh
  metrics:
    - {{id: tinh-hinh, kind: narrative, name: Tình hình thực hiện}}
  milestones:
    - {{id: tinh-hinh, name: Tình hình thực hiện, metric: tinh-hinh}}
directives:
  - code: khoi-cong
    title: Khởi công dự án
    section: "1"
    quote: Khởi công chậm nhất trong tháng 6/2024
    lead: [ubnd-huyen-bac-son]
    metrics:
      - {{id: khoi-cong, kind: event, name: Khởi công}}
    milestones:
      - id: khoi-cong
        name: Khởi công
        metric: khoi-cong
        target: xong
        due: {{phrase: "trong tháng 6/2024", end_of: {{month: 2024-06}}}}
  - code: bao-cao
    title: Báo cáo tình hình
    section: "2"
    quote: Báo cáo tình hình thực hiện
    lead: [ubnd-huyen-bac-son]
facts:
  - id: su-viec-1
    kind: report
    directive: bao-cao
    metric: tinh-hinh
    value: đang thực hiện
    as_of: 2024-04-22
    source: thông báo
"""
AREAS = {"units.yaml", "people.yaml", "policy.yaml", "channels.yaml", "calendar.yaml"}
CODES = {"khoi-cong", "bao-cao"}
FIRST, LATER = instant("22/4/2024 08:00"), instant("23/4/2024 08:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped office with a notice of two directives."""
    config = tmp_path / "config"
    (config / "directives").mkdir(parents=True)
    (config / "notices").mkdir()
    for name in AREAS:
        shutil.copy(ROOT / "config" / name, config)
    text = "Khởi công chậm nhất trong tháng 6/2024. Báo cáo tình hình thực hiện."
    (config / "notices" / "2024-thu.txt").write_text(text, encoding="utf-8")
    written = WRITTEN.format(sha256=hashlib.sha256(text.encode()).hexdigest())
    (config / NOTICE).write_text(written, encoding="utf-8")
    return config


def adopted(store: Store, folder: Path, as_of: datetime = FIRST) -> Adopted:
    with session(store) as opened:
        return adopt(opened, read(folder), as_of, by="quan-tri")


def looked_at_all(store: Store, at: datetime) -> None:
    """Nothing is due for a look any more."""
    with session(store) as opened:
        for code in due_for_look(opened, at):
            set_next(opened, code, None, at, seen=10**6)
    assert due(store, at) == ()


def due(store: Store, at: datetime) -> tuple[str, ...]:
    with reading(store) as opened:
        return due_for_look(opened, at)


def titles(store: Store) -> dict[str, str]:
    """What is in force: directives by code."""
    with reading(store) as opened:
        return {code: directive.title for code, directive in current(opened).directives.items()}


def ledger(store: Store) -> tuple[Entry, ...]:
    with reading(store) as opened:
        return entries(opened)


def edit(folder: Path, name: str, before: str, after: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after), encoding="utf-8")


def without_a_directive(folder: Path) -> None:
    text = (folder / NOTICE).read_text(encoding="utf-8")
    kept, _, rest = text.partition("  - code: bao-cao")
    (folder / NOTICE).write_text(f"{kept}facts: []\n" if rest else "", encoding="utf-8")


def test_the_first_adoption_takes_everything_and_has_it_looked_at(store: Store, folder: Path) -> None:
    done = adopted(store, folder)
    assert set(done.adopted) == AREAS | CODES
    assert (done.unchanged, done.removed) == ((), ())
    assert [finding for finding in done.findings if finding.severity is Severity.ERROR] == []
    assert set(due(store, FIRST)) == CODES


def test_facts_of_the_notice_enter_the_ledger_once_as_known_at_the_adoption(store: Store, folder: Path) -> None:
    adopted(store, folder)
    adopted(store, folder, LATER)
    (fact,) = ledger(store)
    assert (fact.id, fact.recorded_at, fact.actor, fact.source) == ("su-viec-1", FIRST, "dondoc", "thông báo")


def test_adopting_the_same_again_changes_nothing_and_calls_for_no_look(store: Store, folder: Path) -> None:
    adopted(store, folder)
    looked_at_all(store, FIRST)
    again = adopted(store, folder, LATER)
    assert (again.adopted, again.removed) == ((), ())
    assert set(again.unchanged) == AREAS | CODES
    assert due(store, LATER) == ()


def test_a_changed_directive_alone_is_adopted_and_looked_at(store: Store, folder: Path) -> None:
    adopted(store, folder)
    looked_at_all(store, FIRST)
    edit(folder, NOTICE, "title: Khởi công dự án", "title: Khởi công các dự án mới")
    assert adopted(store, folder, LATER).adopted == ("khoi-cong",)
    assert titles(store)["khoi-cong"] == "Khởi công các dự án mới"
    assert due(store, LATER) == ("khoi-cong",)


def test_a_changed_rule_concerns_every_directive(store: Store, folder: Path) -> None:
    adopted(store, folder)
    looked_at_all(store, FIRST)
    edit(folder, "policy.yaml", "before: [30, 14, 7, 3, 1, 0]", "before: [30, 14, 7, 1, 0]")
    assert adopted(store, folder, LATER).adopted == ("policy.yaml",)
    assert set(due(store, LATER)) == CODES


def test_a_directive_taken_out_of_the_file_is_removed_and_not_looked_at(store: Store, folder: Path) -> None:
    adopted(store, folder)
    without_a_directive(folder)
    done = adopted(store, folder, LATER)
    assert done.removed == ("bao-cao",)
    assert set(titles(store)) == {"khoi-cong"}
    with reading(store) as opened:
        assert looks(opened)["bao-cao"][1] is None
    assert len(ledger(store)) == 1


def test_a_directive_put_back_is_in_force_and_looked_at_again(store: Store, folder: Path) -> None:
    written = (folder / NOTICE).read_text(encoding="utf-8")
    adopted(store, folder)
    without_a_directive(folder)
    adopted(store, folder, LATER)
    (folder / NOTICE).write_text(written, encoding="utf-8")
    again = adopted(store, folder, instant("24/4/2024 08:00"))
    assert again.adopted == ("bao-cao",)
    assert "bao-cao" in due(store, instant("24/4/2024 08:00"))
    assert len(ledger(store)) == 1


def unknown_unit(folder: Path) -> None:
    edit(folder, NOTICE, "    lead: [ubnd-huyen-bac-son]\n    metrics", "    lead: [khong-co]\n    metrics")


def unreadable_target(folder: Path) -> None:
    edit(folder, NOTICE, "target: xong", "target: gần xong")


def half_a_file(folder: Path) -> None:
    text = (folder / NOTICE).read_text(encoding="utf-8")
    (folder / NOTICE).write_text(text[: text.index("    quote: Báo cáo")], encoding="utf-8")


def no_yaml(folder: Path) -> None:
    (folder / NOTICE).write_text("directives: [", encoding="utf-8")


@pytest.mark.parametrize("spoil", [unknown_unit, unreadable_target, half_a_file, no_yaml])
def test_a_broken_directive_keeps_its_last_good_version_and_is_named_with_its_line(
    store: Store, folder: Path, spoil: Callable[[Path], None]
) -> None:
    adopted(store, folder)
    before = titles(store)
    spoil(folder)
    done = adopted(store, folder, LATER)
    assert (done.adopted, done.removed) == ((), ())
    assert titles(store) == before
    errors = [finding for finding in done.findings if finding.severity is Severity.ERROR]
    assert errors
    assert all(finding.file == NOTICE and finding.line for finding in errors)


def test_what_is_good_beside_a_broken_directive_is_adopted(store: Store, folder: Path) -> None:
    adopted(store, folder)
    unknown_unit(folder)
    edit(folder, NOTICE, "title: Báo cáo tình hình", "title: Báo cáo hằng quý")
    assert adopted(store, folder, LATER).adopted == ("bao-cao",)
    assert titles(store) == {"khoi-cong": "Khởi công dự án", "bao-cao": "Báo cáo hằng quý"}


def test_a_broken_file_of_rules_keeps_its_last_good_version_whole(store: Store, folder: Path) -> None:
    adopted(store, folder)
    edit(folder, "policy.yaml", "stale_days: 35", "stale_days: -1")
    edit(folder, "policy.yaml", "word_day: 15", "word_day: 16")
    done = adopted(store, folder, LATER)
    assert "policy.yaml" not in done.adopted
    assert any(finding.file == "policy.yaml" and finding.severity is Severity.ERROR for finding in done.findings)
    with reading(store) as opened:
        policy = current(opened).rules.policy
    assert (policy.stale_days, policy.word_day) == (35, 15)


def test_an_office_that_never_had_a_good_version_is_refused_and_nothing_is_kept(store: Store, folder: Path) -> None:
    edit(folder, "policy.yaml", "stale_days: 35", "stale_days: -1")
    with pytest.raises(IncompleteError, match=r"policy\.yaml"):
        adopted(store, folder)
    with reading(store) as opened, pytest.raises(IncompleteError):
        current(opened)
    assert ledger(store) == ()


def test_before_the_first_adoption_there_is_nothing_in_force(store: Store) -> None:
    with reading(store) as opened, pytest.raises(IncompleteError):
        current(opened)
