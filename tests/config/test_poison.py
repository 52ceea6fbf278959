"""One fault after the other in each file of the configuration.

Each is told with file, line and field, in Vietnamese. The poisoned part, and nothing else, stays on its last good
version; nothing is ever removed because of a fault; mending the file heals.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from actions.check import check
from config.reading import Draft, IncompleteError, read
from config.yamltext import LARGEST
from domain.findings import Finding, Severity
from tests.config.poisoning import ADOPTED, DIRECTIVES, EVERY_AREA, Office, Versions, errors, office_in
from tests.config.poisons import (
    BESIDE_THE_DIRECTIVES,
    EVERY_DIRECTIVE,
    IN_A_DIRECTIVE,
    IN_A_NOTICE,
    IN_AN_AREA,
    NOTHING,
    Poison,
)

FILES = sorted({*EVERY_AREA, DIRECTIVES})
VIETNAMESE = re.compile(r"[à-ỹđ]")
LEFT_IN_ENGLISH = re.compile(r"Input|Value error|should|must be|expected|Errno|codec|invalid")


@dataclass(frozen=True)
class Good:
    """An office that has adopted the shipped configuration, before anything goes wrong."""

    folder: Path
    first: Versions
    """What is in force now."""
    second: Versions
    """What would be after the harmless changes."""
    harmless: Draft


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    folder = tmp_path_factory.mktemp("good")
    with office_in(folder / "adopted") as office:
        office.adopt()
        first = office.in_force()
    shutil.copytree(folder / "adopted", folder / "changed")
    with office_in(folder / "changed") as office:
        office.change_harmlessly()
        harmless = read(office.folder)
        assert errors(office.adopt(harmless).findings) == []
        return Good(folder / "adopted", first, office.in_force(), harmless)


@pytest.fixture
def office(good: Good, tmp_path: Path) -> Iterator[Office]:
    """An office that has adopted the shipped configuration, with a harmless change waiting in every file."""
    shutil.copytree(good.folder, tmp_path / "office")
    with office_in(tmp_path / "office") as opened:
        opened.change_harmlessly()
        yield opened


def assert_told(found: list[Finding], file: str, line: int, field: str | None, says: str) -> None:
    """The fault is among the errors, where a person has to look and in a person's words; no other file is blamed."""
    fault = next(error for error in found if says in error.message)
    assert (fault.file, fault.line) == (file, line)
    assert (fault.field or "").endswith(field or "")
    assert (fault.field is None) == (field is None)
    for error in found:
        assert error.file == file, error
        assert VIETNAMESE.search(error.message), error
        assert not LEFT_IN_ENGLISH.search(error.message), error


def assert_in_force(office: Office, good: Good, stays: str) -> None:
    """The part that `stays` names is on its first version, every other part on its second."""
    kept = good.first.keys() - EVERY_AREA if stays == EVERY_DIRECTIVE else {stays} - {NOTHING}
    assert office.in_force() == {part: (good.first if part in kept else good.second)[part] for part in good.first}


def assert_heals(office: Office, good: Good) -> None:
    assert errors(office.adopt(good.harmless).findings) == []
    assert office.in_force() == good.second


@pytest.mark.parametrize(
    "poison", [*IN_A_DIRECTIVE, *IN_A_NOTICE, *BESIDE_THE_DIRECTIVES, *IN_AN_AREA], ids=lambda poison: poison.name
)
def test_a_fault_is_told_at_its_line_and_holds_back_its_part_alone(office: Office, good: Good, poison: Poison) -> None:
    line = office.change(poison.file, poison.old, poison.new, poison.behind) + poison.line
    adopted = office.adopt()
    assert_told(errors(adopted.findings), poison.file, line, poison.field, poison.says)
    assert adopted.removed == ()
    assert_in_force(office, good, poison.stays)
    assert_heals(office, good)


@pytest.mark.parametrize(
    "poison", [IN_A_DIRECTIVE[0], *IN_A_NOTICE[:1], *IN_AN_AREA[:3]], ids=lambda poison: poison.name
)
def test_check_tells_what_adopting_would(office: Office, poison: Poison) -> None:
    office.change(poison.file, poison.old, poison.new, poison.behind)
    draft = read(office.folder)
    assert errors(check(draft, ADOPTED)) == errors(office.adopt(draft).findings)


# ------------------------------------------------------------------------------------------------- a file is no file


def stays_of(file: str) -> str:
    return EVERY_DIRECTIVE if file == DIRECTIVES else file


@pytest.mark.parametrize("file", ["units.yaml", DIRECTIVES])
@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "tệp phải là một bảng khoá: giá trị"),
        (b"- mot\n- hai\n", 1, "tệp phải là một bảng khoá: giá trị"),
        (b"mot: 1\nhai: \xff\n", 2, "tệp không phải văn bản UTF-8"),
        (b"mot: 1\nhai: b", 2, "dòng cuối chưa kết thúc"),
        (b"a: " + b"a" * 10_000_000 + b"\n", 1, "tệp quá lớn"),
        (b"#" * (LARGEST + 1) + b"\n", 1, "tệp quá lớn"),
        (b"a: " + b"[" * 400 + b"]" * 400 + b"\n", 1, "YAML lồng nhau quá sâu"),
    ],
    ids=["empty", "a-list", "latin-1", "cut", "10-megabytes", "comments", "deep"],
)
def test_a_file_of_which_nothing_can_be_used(
    office: Office, good: Good, file: str, content: bytes, line: int, says: str
) -> None:
    (office.folder / file).write_bytes(content)
    adopted = office.adopt()
    assert_told(errors(adopted.findings), file, line, None, says)
    assert adopted.removed == ()
    assert_in_force(office, good, stays_of(file))


def test_aliases_that_would_fill_the_memory(office: Office, good: Good) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{after}: &{after} [{', '.join([f'*{one}'] * 9)}]" for one, after in zip("abcdefg", "bcdefgh", strict=True)
    ]
    office.write("units.yaml", "\n".join([*lines, "units: []", ""]))
    assert_told(errors(office.adopt().findings), "units.yaml", 1, None, "bí danh")
    assert_in_force(office, good, "units.yaml")


@pytest.mark.parametrize("file", sorted(EVERY_AREA))
def test_a_missing_file_keeps_its_last_good_version(office: Office, good: Good, file: str) -> None:
    (office.folder / file).unlink()
    adopted = office.adopt()
    assert_told(errors(adopted.findings), file, 1, None, "không có tệp này")
    assert_in_force(office, good, file)
    assert_heals(office, good)


def test_a_folder_where_a_file_should_be(office: Office, good: Good) -> None:
    (office.folder / "units.yaml").unlink()
    (office.folder / "units.yaml").mkdir()
    assert_told(errors(office.adopt().findings), "units.yaml", 1, None, "đây là một thư mục")
    assert_in_force(office, good, "units.yaml")


# --------------------------------------------------------------------------------------------------- half-written files


@pytest.mark.parametrize("file", FILES)
def test_a_file_cut_within_a_line_is_not_taken(office: Office, good: Good, file: str) -> None:
    content = office.text(file)
    for share in (0.1, 0.35, 0.6, 0.85, 0.999):
        cut = content[: int(len(content) * share)].rstrip("\n")
        office.write(file, cut)
        adopted = office.adopt()
        assert_told(errors(adopted.findings), file, cut.count("\n") + 1, None, "dòng cuối chưa kết thúc")
        assert adopted.removed == ()
        assert_in_force(office, good, stays_of(file))


def test_a_file_of_directives_cut_between_two_lines_removes_nothing(office: Office, good: Good) -> None:
    lines = office.text(DIRECTIVES).splitlines(keepends=True)
    ends = [number for number, line in enumerate(lines) if line.startswith("  - code: ")]
    for number in (*ends[1:], ends[-1] + 3, ends[-1] + 7, len(lines) - 3):
        office.write(DIRECTIVES, "".join(lines[:number]))
        adopted = office.adopt()
        assert adopted.removed == ()
        assert office.in_force().keys() == good.first.keys()
    office.write(DIRECTIVES, "".join(lines[: ends[2]]))
    told = errors(office.adopt().findings)
    assert [error.message for error in told if "thiếu phần facts ở cuối, có thể bị cắt" in error.message]


def test_a_list_cut_between_two_lines_says_whom_it_no_longer_holds(office: Office) -> None:
    people, rest = office.text("people.yaml").rsplit("  - code: ", 1)
    office.write("people.yaml", people)
    warnings = [finding for finding in office.adopt().findings if finding.file == "people.yaml"]
    assert [finding.severity for finding in warnings] == [Severity.WARNING]
    assert f"không còn {rest.splitlines()[0]};" in warnings[0].message


# ----------------------------------------------------------------------------------------------- before there is a last


def test_before_the_first_adoption_a_broken_file_stops_it_and_is_named(tmp_path: Path) -> None:
    with office_in(tmp_path) as new:
        line = new.change("policy.yaml", "[30, 14, 7, 3, 1, 0]", "[1, 30]")
        with pytest.raises(IncompleteError, match=r"policy\.yaml") as refused:
            new.adopt()
        assert_told(errors(refused.value.findings), "policy.yaml", line, "ladder.before", "giảm dần")
        assert f"policy.yaml:{line}:ladder.before" in str(refused.value)
        assert new.in_force() == {}
