"""An office whose configuration goes bad: a copy of the shipped folder, adopted once when it was good.

Before the second adoption every file gets a harmless change as well, so that it shows which parts took the new version
and which stayed on their last good one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from actions.adopt import Adopted, adopt, current
from config.areas import MODELS
from config.reading import Configuration, Draft, read
from domain.findings import Finding, Severity
from store import Store, open_store, reading, session, upgrade
from store.configuration import current as versions
from tests.config.notice_text import CONFIG
from tests.world import instant

DIRECTIVES = "directives/2024-bac-son.yaml"
FOOTNOTE_8 = "bac-son-khoi-cong-moi"
ADOPTED = instant("22/4/2024 07:30")

HARMLESS = {
    "units.yaml": ("name: HĐND tỉnh Lạng Sơn}", "name: HĐND tỉnh Lạng Sơn khóa XVII}"),
    "people.yaml": ("Lãnh đạo Văn phòng UBND tỉnh (minh hoạ)", "Phó Chánh Văn phòng UBND tỉnh (minh hoạ)"),
    "policy.yaml": ("forecast_days: 60", "forecast_days: 61"),
    "channels.yaml": ("name: Xem trước", "name: Chỉ xem trước"),
    "calendar.yaml": ("name: Tết Dương lịch", "name: Tết Dương lịch 2024"),
    DIRECTIVES: (
        "title: Xã Tân Thành đạt chuẩn nông thôn mới năm 2024",
        "title: Xã Tân Thành đạt chuẩn nông thôn mới trong năm 2024",
    ),
}
"""A change to each file that nothing is wrong with."""

EVERY_AREA = frozenset(f"{area}.yaml" for area in MODELS)

KEPT = {
    FOOTNOTE_8,
    "bac-son-bam-sat-ctmtqg",
    "bac-son-don-doan-unesco",
    "bac-son-giai-ngan-dau-tu-cong-2024",
    "bac-son-so-nganh-ho-tro",
    "tan-thanh-ntm-2024",
}
"""The directives of the tests' offices: dated ones, and one led by a group."""

Versions = dict[str, str]
"""Part (`units.yaml`, or the code of a directive) → the text in force."""


@dataclass
class Office:
    """A configuration folder, and the store that adopts it."""

    folder: Path
    store: Store
    _at: int = 0

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, encoding="utf-8")

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def change(self, file: str, old: str, new: str, behind: str = "") -> int:
        """Put `new` in the place of the first `old` behind the text `behind`; the line at which `new` begins."""
        text = self.text(file)
        start = text.index(old, text.index(behind))
        self.write(file, text[:start] + new + text[start + len(old) :])
        return text.count("\n", 0, start) + 1

    def change_harmlessly(self) -> None:
        for file, (old, new) in HARMLESS.items():
            self.change(file, old, new)

    def adopt(self, draft: Draft | None = None) -> Adopted:
        """Adopt the draft, or the folder as it is, a day after the last time."""
        self._at += 1
        with session(self.store) as opened:
            return adopt(opened, draft or read(self.folder), ADOPTED + timedelta(days=self._at), by="test")

    def in_force(self) -> Versions:
        with reading(self.store) as opened:
            found = versions(opened)
        return {f"{v.code}.yaml" if v.area in MODELS else v.code: v.body for v in found}

    def configuration(self) -> Configuration:
        with reading(self.store) as opened:
            return current(opened)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that must be mended."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    """The office in the folder; a new one has a copy of the shipped configuration, nothing adopted yet."""
    copy = folder / "config"
    if not copy.exists():
        copy_config(copy)
    store = open_store(f"sqlite:///{folder / 'office.sqlite'}", folder / "ledger.head")
    upgrade(store)
    yield Office(copy, store)
    store.engine.dispose()


def copy_config(copy: Path) -> None:
    """The shipped configuration with a few of its directives, so that a hundred offices can be tried in a minute."""
    shutil.copytree(CONFIG, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__", "schema"))
    file = copy / DIRECTIVES
    file.write_text(_fewer(file.read_text(encoding="utf-8")), encoding="utf-8")


def _fewer(text: str) -> str:
    """The file of directives with those in KEPT, and the facts about them."""
    head, *directives = text[: text.index("\nfacts:")].split("\n  - code: ")
    facts, *stated = text[text.index("\nfacts:") :].split("\n  - id: ")
    kept = [part for part in directives if part.split("\n", 1)[0] in KEPT]
    about = [part for part in stated if part.split("directive: ")[1].split("\n", 1)[0] in KEPT]
    return "\n  - code: ".join([head, *kept]).rstrip() + "\n" + "\n  - id: ".join([facts, *about]).rstrip() + "\n"
