"""What the READMEs and guides name is there, and the READMEs leave out no command, folder, port or setting."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup
from typer.testing import CliRunner, Result

from cli.main import COMMANDS, app
from config.settings import ENV_FILE, ROOT, Settings
from config.zalo import ZaloSettings
from demo.world import HOME as DEMO_HOME

READMES = ("README.md", "README.vi.md")
GUIDES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))
PREFIX = "DONDOC_"
PORTS = ("prefect_port", "web_port", "mailbox_port")
MADE_LATER = re.compile(rf"(var|\.venv|logs|prefect|mail)/|dondoc\.sqlite|ledger\.head|secret|{re.escape(ENV_FILE)}")
"""Names that stand in a home, or are made by `make`: not files of the project."""
EXAMPLE = "2026-an-toan"
"""The notice by which docs/how-to/add-a-directive.md shows how one is written down."""


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def first_screen(name: str) -> str:
    """What is read before the first heading of the second level."""
    return text(name).partition("\n## ")[0]


def blocks(name: str, kind: str) -> list[str]:
    """The code blocks of a kind."""
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```$", text(name), flags=re.MULTILINE | re.DOTALL)


def code_lines(name: str) -> Iterator[str]:
    """Lines of shell code, as typed: without comments, indentation and what is set before the command."""
    for block in blocks(name, "sh"):
        for line in block.splitlines():
            yield re.sub(r"^(DONDOC_\w+=\S+ )+", "", line.partition(" #")[0].strip())


def spoken(name: str) -> list[str]:
    """Inline code, a line break inside it read as a space."""
    prose = re.sub(r"^ *```.*?^ *```$", "", text(name), flags=re.MULTILINE | re.DOTALL)
    return [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", prose)]


def dondoc_calls(name: str) -> list[list[str]]:
    """Every `dondoc …` in code blocks and in the text, as words."""
    said = [*code_lines(name), *spoken(name)]
    return [shlex.split(line)[1:] for line in said if re.match(r"dondoc [a-z-]", line)]


def commands() -> dict[str, TyperCommand]:
    """By name; those of a group by both words."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    groups = [("", group), *((f"{name} ", one) for name, one in group.commands.items() if isinstance(one, TyperGroup))]
    return {
        f"{before}{name}": command
        for before, one in groups
        for name, command in one.commands.items()
        if isinstance(command, TyperCommand)
    }


def options(command: TyperCommand) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts if option.startswith("--")} | {"--help"}


def table(name: str, cells: int) -> list[list[str]]:
    """The rows of all tables with that many columns."""
    lines = [line for line in text(name).splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if len(row) == cells]


# ----------------------------------------------------------------------------------------------------- the first screen


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_has_a_sentence_a_picture_two_commands_and_the_addresses(name: str) -> None:
    screen = first_screen(name)
    assert len(re.findall(r"^\*\*Đôn Đốc [^*]+\*\*", screen, flags=re.MULTILINE)) == 1
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", screen)
    assert (ROOT / picture).stat().st_size < 300_000
    assert [line for line in code_lines(name) if line.startswith("make")][:2] == ["make up", "make test"]
    for port in PORTS:
        address = f"http://127.0.0.1:{Settings.model_fields[port].default}"
        assert re.search(rf"^\| {address} \|.*`{PREFIX}{port.upper()}` \|$", screen, flags=re.MULTILINE), port


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_names_what_is_needed(name: str) -> None:
    needed = next(line for line in first_screen(name).splitlines() if line.startswith(("Needed", "Cần")))
    candidates = re.search(r"\((\d), (\d+)\) <= sys.version_info\[:2\] <= \((\d), (\d+)\)", text("Makefile"))
    assert candidates is not None
    first, last = ".".join(candidates.groups()[:2]), ".".join(candidates.groups()[2:])
    assert {"git", "make", "venv", first, last} <= set(re.findall(r"git|make|venv|\d\.\d+", needed))


# ------------------------------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize("name", [*READMES, *GUIDES])
def test_every_command_and_option_that_is_named_exists(name: str) -> None:
    known = commands()
    for words in dondoc_calls(name):
        name_of = words[0] if words[0] in known else " ".join(words[:2])
        assert name_of in known, words
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= options(known[name_of]), words


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_table_of_commands(name: str) -> None:
    told = [row[0] for row in table(name, 2) if row[0].startswith("`dondoc ")]
    assert sorted(told) == sorted(f"`dondoc {command}`" for command in commands())


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str) -> None:
    assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_the_session_in_a_home_of_its_own_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "tried"))
    lines = list(code_lines(READMES[0]))
    begun = lines.index("export DONDOC_HOME=var/tried")
    ended = next(number for number, line in enumerate(lines) if "doctor" in line)
    for line in lines[begun + 1 : ended + 1]:
        assert run(line).exit_code == 0, line
    status = run("dondoc status --as-of 2024-07-01 --known-at 2099-12-31 --format json")
    assert "12,5%" in status.stdout


def run(line: str) -> Result:
    return CliRunner().invoke(app, shlex.split(line)[1:], catch_exceptions=False)


# --------------------------------------------------------------------------------------------- targets, files, settings


@pytest.mark.parametrize("name", [*READMES, *GUIDES])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), flags=re.MULTILINE))
    said = [line for line in [*code_lines(name), *spoken(name)] if re.match(r"make [a-z]", line)]
    assert {line.split()[1] for line in said} <= targets


@pytest.mark.parametrize("name", [*READMES, *GUIDES])
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", text(name))
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("name", [*READMES, *GUIDES])
def test_every_file_and_folder_that_is_named_exists(name: str) -> None:
    looks_like_one = r"[a-z.][\w.-]*(/[\w.-]*)+|[\w-]+\.(py|yaml|md|toml)"
    paths = [code for code in spoken(name) if re.fullmatch(looks_like_one, code) and EXAMPLE not in code]
    missing = [path for path in paths if not MADE_LATER.match(path) and not anywhere(path)]
    assert missing == []


def anywhere(path: str) -> bool:
    """Whether it stands in the project, or, by its bare name, in the configuration folder."""
    return (ROOT / path).exists() or (ROOT / "config" / path).exists()


@pytest.mark.parametrize("name", READMES)
def test_every_folder_with_code_is_in_the_table_of_folders(name: str) -> None:
    told = {row[0].split("]")[0].strip("[/") for row in table(name, 2) if row[0].startswith("[")}
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert told == folders | {"tests", "docs", "bench"}


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_told_with_its_default(name: str) -> None:
    rows = {row[0].strip("`"): row[1].strip("`") for row in table(name, 3) if row[0].startswith(f"`{PREFIX}")}
    assert rows == {f"{PREFIX}{field.upper()}": default(field) for field in Settings.model_fields}


def default(field: str) -> str:
    """As the table shows it: paths from the project's root, nothing for what is empty."""
    value = Settings.model_fields[field].default
    if isinstance(value, Path):
        return str(value.relative_to(ROOT))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", [*READMES, *GUIDES])
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", text(name)))
    known = {field.upper() for field in Settings.model_fields} | {"ROOT"}
    assert named - known - {f"ZALO_{field.upper()}" for field in ZaloSettings.model_fields} == set()


@pytest.mark.parametrize("name", READMES)
def test_the_demonstration_is_where_the_readme_says(name: str) -> None:
    assert f"rm -r {DEMO_HOME.relative_to(ROOT)}" in spoken(name)


def test_both_readmes_have_the_same_code() -> None:
    english, vietnamese = (list(code_lines(name)) for name in READMES)
    assert english == vietnamese


# ----------------------------------------------------------------------------------------------------------- the guides


def test_the_example_of_a_notice_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (notice,), (directives,) = (blocks("docs/how-to/add-a-directive.md", kind) for kind in ("text", "yaml"))
    for area in (ROOT / "config").glob("*.yaml"):
        shutil.copy(area, tmp_path)
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / f"{EXAMPLE}.txt").write_text(notice, encoding="utf-8")
    (tmp_path / "directives").mkdir()
    sealed = directives.replace("0" * 64, hashlib.sha256(notice.encode()).hexdigest())
    (tmp_path / "directives" / f"{EXAMPLE}.yaml").write_text(sealed, encoding="utf-8")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    assert run("dondoc check").exit_code == 0
    (plan,) = json.loads(run("dondoc plan an-toan-ho-chua --format json").stdout)
    assert [milestone["due"] and milestone["due"]["safe_due"] for milestone in plan["milestones"]] == [
        "2026-12-17T17:00:00+07:00",
        None,
    ]
