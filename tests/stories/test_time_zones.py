"""One office on machines of three time zones: every file, figure and sentence is the same, to the byte.

The clock stands at one in the morning of 1 July 2024 in Hà Nội, when it is still June in UTC and in New York, and a due
of June has been late for an hour.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from config.settings import ROOT
from tests.stories.town import CODE, LEAD, PLAN

ZONES = {"UTC": 0, "Asia/Ho_Chi_Minh": -7 * 3600, "America/New_York": 5 * 3600}
"""Seconds west of Greenwich in winter, as the machine itself says."""
SETTINGS = {
    "DONDOC_DEMO": "true",
    "DONDOC_CLOCK": "2024-07-01T01:00:00+07:00",
    "DONDOC_SECRET": "mot-khoa-ky-cho-ba-mui-gio-khac-nhau",
    "COLUMNS": "120",
}
BEFORE, AFTER = "2024-06-30T23:59:59.999+07:00", "2024-06-30T17:00:00+00:00"

# The program is loaded once and not once per command. Identifiers made up while recording differ from run to run.
OFFICIAL = """
import contextlib, io, json, sys, time
from cli.main import main
answers = []
for words in json.loads(sys.argv[1]):
    sys.argv, out = ["dondoc", *words], io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            main()
    except SystemExit as end:
        answers.append([" ".join(words), end.code, "" if words[0] == "record" else out.getvalue()])
json.dump([time.timezone, answers], sys.stdout)
"""
PHRASES = (
    "chậm nhất trong tháng 6/2024",
    "đến hết ngày 30/9/2024 đạt tối thiểu 40% kế hoạch vốn",
    "trước ngày 05/7/2024",
    "trước 14 giờ 30 ngày 05/7/2024",
    "17h00 ngày 30/6/2024",
    "trong quý III/2024",
    "6 tháng đầu năm 2024",
    "trong năm 2024",
    "trước ngày 10/7",
    "cuối tháng 12/2024",
    "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản",
    "trong 15 (mười lăm) ngày kể từ ngày ký ban hành",
    "trong 02 tháng kể từ ngày nhận được văn bản",
    "chậm nhất 03 ngày làm việc trước ngày 30/8/2024",
    "định kỳ trước ngày 20 hằng tháng",
    "ngày 25 của tháng cuối quý",
    "thứ Sáu hằng tuần",
    "trước ngày 05/6 và 05/12 hằng năm",
    "trước Tết Nguyên đán Ất Tỵ năm 2025",
    "khẩn trương thực hiện",
)


class Office(NamedTuple):
    """What one machine said."""

    west: int
    codes: dict[str, int]
    """The words of a command → how it ended."""
    said: dict[str, str]
    """The words of a command → what it printed."""


def commands(folder: Path) -> list[list[str]]:
    """An office adopted in April, one report at the last hour, and what it is asked then."""
    status = ["status", "--format", "json"]
    scenario = str(folder / "config" / "scenarios" / "2024-bac-son.yaml")
    return [
        ["adopt", "--yes", "--as-of", "2024-04-22"],
        ["plan", CODE, "--format", "json"],
        ["record", PLAN, "giai-ngan", "45%", "--as-of", "2024-06-30", "--by", LEAD],
        ["status"],
        [*status, "--as-of", BEFORE],
        [*status, "--as-of", AFTER],
        ["rehearse", "--from", "2024-06-28", "--to", "2024-07-01", "--scenario", scenario, "--format", "json"],
        ["explain", "--batch", str(folder / "phrases.jsonl")],
        ["explain", PHRASES[10], "--received", "2024-04-26"],
        ["calendar", "2024", "--format", "json"],
    ]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Office]]:
    """By the zone of the machine; all three at once."""
    folder = tmp_path_factory.mktemp("zones")
    two_directives(folder / "config")
    asked = [{"phrase": phrase, "issued": "2024-06-28", "received": "2024-06-30"} for phrase in PHRASES]
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in asked)
    (folder / "phrases.jsonl").write_text(lines, encoding="utf-8")
    running = {zone: started(zone, folder, folder / f"home-{zone.replace('/', '-')}") for zone in ZONES}
    try:
        yield {zone: heard(process) for zone, process in running.items()}
    finally:
        for process in running.values():
            process.kill()
            process.communicate()


def two_directives(folder: Path) -> None:
    """The shipped configuration and year, with footnote 8 and the disbursement of the year alone."""
    shutil.copytree(ROOT / "config", folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    lists = {"directives": [("directives", "code"), ("facts", "directive")], "scenarios": [("entries", "directive")]}
    for part, names in lists.items():
        file, yaml = folder / part / "2024-bac-son.yaml", YAML()
        written = yaml.load(file)
        for name, key in names:
            written[name] = [one for one in written[name] if one[key] in (CODE, PLAN)]
        yaml.dump(written, file)


def started(zone: str, folder: Path, home: Path) -> subprocess.Popen[str]:
    places = {"DONDOC_HOME": str(home), "DONDOC_CONFIG_DIR": str(folder / "config"), "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **SETTINGS, **places, "TZ": zone}
    command = [sys.executable, "-c", OFFICIAL, json.dumps(commands(folder))]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def heard(process: subprocess.Popen[str]) -> Office:
    out, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    west, answers = json.loads(out)
    return Office(west, {words: code for words, code, _ in answers}, {words: said for words, _, said in answers})


def test_the_machines_do_stand_in_those_zones(offices: dict[str, Office]) -> None:
    assert {zone: office.west for zone, office in offices.items()} == ZONES


def test_every_answer_is_the_same_to_the_byte(offices: dict[str, Office]) -> None:
    hanoi = offices["Asia/Ho_Chi_Minh"]
    assert len(hanoi.codes) == 10
    assert [words for words, code in hanoi.codes.items() if code != 0] == []
    for office in offices.values():
        assert office.codes == hanoi.codes
        assert [words for words, said in office.said.items() if said != hanoi.said[words]] == []


def test_the_due_of_june_ends_with_the_last_millisecond_of_hanoi(offices: dict[str, Office]) -> None:
    for office in offices.values():
        assert [begun(office, moment) for moment in (BEFORE, AFTER)] == [["open_in_time"], ["open_overdue"]]


def begun(office: Office, moment: str) -> list[str]:
    """How breaking ground stands in footnote 8."""
    standings = json.loads(office.said[f"status --format json --as-of {moment}"])
    return [one["official"] for one in standings if (one["directive"], one["milestone"]) == (CODE, "khoi-cong")]


def test_every_instant_is_written_with_the_offset_of_vietnam(offices: dict[str, Office]) -> None:
    (batch,) = (said for words, said in offices["America/New_York"].said.items() if "--batch" in words)
    explained = [json.loads(line) for line in batch.splitlines()]
    assert [one["phrase"] for one in explained] == list(PHRASES)
    late = [one["overdue_after"] for one in explained if one["overdue_after"]]
    assert len(late) > 15
    assert {instant[-6:] for instant in late} == {"+07:00"}
    assert explained[0]["overdue_after"] == "2024-07-01T00:00:00+07:00"
