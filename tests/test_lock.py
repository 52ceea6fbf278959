"""requirements.lock installs the same packages everywhere, from whatever index a machine uses, within our ranges."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked() -> list[tuple[Requirement, int]]:
    """Every requirement of the lock with the number of hashes it carries."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", LOCK, flags=re.MULTILINE))
    return [(Requirement(entry.split("\\\n")[0]), entry.count("--hash=sha256:")) for entry in entries]


def locked_versions(name: str) -> list[Version]:
    """The versions locked for a distribution; several where markers divide them."""
    found = [entry for entry, _ in locked() if canonicalize_name(entry.name) == canonicalize_name(name)]
    return [Version(specifier.version) for entry in found for specifier in entry.specifier]


def declared() -> list[Requirement]:
    """What pyproject.toml asks for: to run, to develop, and to build the editable installation."""
    project = PROJECT["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["dev"], *PROJECT["build-system"]["requires"]]
    return [Requirement(text) for text in texts]


def test_every_locked_package_is_pinned_exactly_and_carries_hashes() -> None:
    assert len(locked()) > len(declared())
    for requirement, hashes in locked():
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes > 0, requirement


def test_the_lock_names_no_index_no_folder_and_no_machine() -> None:
    assert re.findall(r"^\s*-(?!-hash=sha256:).*", LOCK, flags=re.MULTILINE) == []
    assert re.findall(r"\S*(?:://| @ |/\w+/)\S*", LOCK) == []


def test_every_declared_range_holds_in_the_lock() -> None:
    for requirement in declared():
        versions = locked_versions(requirement.name)
        assert versions, f"{requirement.name} is not locked: make lock"
        for version in versions:
            assert requirement.specifier.contains(version), f"{requirement} but {version} is locked: make lock"


def test_every_runtime_range_has_an_upper_bound_or_leaves_it_to_prefect() -> None:
    unbounded = {
        requirement.name
        for requirement in map(Requirement, PROJECT["project"]["dependencies"])
        if not any(specifier.operator in {"<", "==", "~="} for specifier in requirement.specifier)
    }
    assert unbounded == {"uvicorn"}
