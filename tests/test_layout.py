"""The folders keep their promises: who may import whom, where the clock is, what flow files hold, how texts look."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCE_FOLDERS: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
DOMAIN_MAY_IMPORT = {"domain", "pendulum", "pydantic", "lark"} | set(sys.stdlib_module_names)
FLOW_FILES = sorted(path for path in (ROOT / "flows").glob("*.py") if path.name != "__init__.py")

# Run in a process of its own: loading a path entrypoint leaves flows/ at the front of sys.path for good.
LOAD_ENTRYPOINTS = """
import sys
from prefect.flows import load_flow_from_entrypoint
for entrypoint in sys.argv[1:]:
    print(load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False).name)
"""


def sources(folders: list[str] = SOURCE_FOLDERS) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def project_files() -> list[Path]:
    """What git knows or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def project_texts() -> Iterator[tuple[Path, str]]:
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8")


# ------------------------------------------------------------------------------------------------ who may import whom


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    script = "import sys; from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", script, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=60)


def test_the_import_contracts_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_import_contract_would_notice_a_breach(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for folder in SOURCE_FOLDERS:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "actions" / "__init__.py").write_text("import apprise, fastapi, flows, prefect, sqlalchemy\n")
    (tmp_path / "domain" / "__init__.py").write_text("import rich\n")
    result = lint_imports(tmp_path)
    contracts = [contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]]
    assert [name for name in contracts if f"{name} BROKEN" not in result.stdout] == [], result.stdout + result.stderr


def test_every_folder_with_code_is_installed_and_under_contract() -> None:
    with_code = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    layers = re.findall(r"\w+", " ".join(PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]))
    assert with_code == sorted(SOURCE_FOLDERS)
    assert with_code == sorted(PROJECT["tool"]["importlinter"]["root_packages"])
    assert with_code == sorted(layers)


def test_domain_imports_the_standard_library_pendulum_and_pydantic_alone() -> None:
    for path, tree in sources(["domain"]):
        assert {name.split(".")[0] for name in imported_names(tree).values()} <= DOMAIN_MAY_IMPORT, path


# ------------------------------------------------------------------------------------------------------------ the clock


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Each name that an import binds anywhere in the file, with the dotted name it stands for."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def clock_readings(tree: ast.Module) -> list[str]:
    """Dotted names of the clocks read in a file, such as `datetime.datetime.now`, `func.now` or `time.time`.

    A reading is fine when it goes through config.clock, or through an object called `clock`.
    """
    names = imported_names(tree)
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute | ast.Name):
            continue
        head, _, rest = ast.unparse(node).partition(".")
        dotted = ".".join(part for part in (names.get(head, head), rest) if part)
        if dotted in {"time.time", "time.time_ns"} or re.search(r"\.(now|today|utcnow)$", dotted):
            found.append(dotted)
    return [dotted for dotted in found if not re.search(r"(^|\.)_?clock\.\w+$", dotted)]


@pytest.mark.parametrize(
    ("code", "readings"),
    [
        ("from datetime import datetime\ndatetime.now(tz)", ["datetime.datetime.now"]),
        ("import datetime as dt\nField(default_factory=dt.datetime.utcnow)", ["datetime.datetime.utcnow"]),
        ("from pendulum import today as start\nstart()", ["pendulum.today"]),
        ("import time\ntime.time()\ntime.monotonic()", ["time.time"]),
        ("Column(server_default=func.now())", ["func.now"]),
        ("from config import clock\nclock.now()", []),
        ("from config.clock import now\nnow()", []),
        ("def step(clock: Clock) -> None:\n    clock.now()", []),
    ],
)
def test_a_reading_of_the_clock_is_recognised(code: str, readings: list[str]) -> None:
    assert clock_readings(ast.parse(code)) == readings


def test_only_config_clock_reads_the_clock() -> None:
    readings = {str(path.relative_to(ROOT)): clock_readings(tree) for path, tree in sources()}
    assert {path for path, found in readings.items() if found} <= {"config/clock.py"}


# ---------------------------------------------------------------------------------------------------------- names


def installed_names() -> set[str]:
    """Top-level modules of every installed distribution but ours."""
    return {name for name, owners in importlib.metadata.packages_distributions().items() if set(owners) != {"dondoc"}}


def test_no_folder_hides_an_installed_or_standard_module() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders & (installed_names() | set(sys.stdlib_module_names)) == set()


def test_no_flow_file_hides_a_module_or_a_folder() -> None:
    # Prefect loads flows/x.py as the module `x`, with flows/ first on sys.path: flows/holidays.py replaces holidays.
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    taken = installed_names() | set(sys.stdlib_module_names) | folders
    assert {path.stem for path in FLOW_FILES} & taken == set()


# ----------------------------------------------------------------------------------------------------------- flows


def test_every_entrypoint_of_prefect_yaml_loads() -> None:
    deployments = YAML(typ="safe").load(ROOT / "prefect.yaml")["deployments"]
    entrypoints = [deployment["entrypoint"] for deployment in deployments]
    assert entrypoints
    command = [sys.executable, "-c", LOAD_ENTRYPOINTS, *entrypoints]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=90)
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) == len(entrypoints)


def defines_a_flow(tree: ast.Module) -> bool:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    decorators = [decorator for function in functions for decorator in function.decorator_list]
    return any(re.match(r"(prefect\.)?flow\b", ast.unparse(decorator)) for decorator in decorators)


def test_flow_files_hold_flows_and_tasks_alone() -> None:
    # Loaded by path and imported by name, a flow file exists twice; so would its classes, unequal to each other.
    for path, tree in sources(["flows"]):
        classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        assert not (defines_a_flow(tree) and classes), f"{path.name}: {classes}"


# ----------------------------------------------------------------------------------------------------------- texts


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    elsewhere = re.compile(r"(?<![\w.}/-])/(?:work|root|home/\w+|Users/\w+)/|\.\./shared\b")
    found = {path.relative_to(ROOT): elsewhere.findall(text) for path, text in project_texts()}
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_every_text_and_every_file_name_is_nfc() -> None:
    wrong = [path for path, text in project_texts() if not unicodedata.is_normalized("NFC", text)]
    wrong += [path for path in project_files() if not unicodedata.is_normalized("NFC", str(path.relative_to(ROOT)))]
    assert wrong == []
