"""The schemas that editors use are those of the program, and the shipped files pass them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from config.schema import FOLDER, schemas, text

CONFIG = FOLDER.parent
FILES = [*sorted(CONFIG.glob("*.yaml")), *sorted((CONFIG / "directives").glob("*.yaml"))]


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schema_in_the_folder_is_the_one_generated(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == text(schemas()[name]), "chạy: python -m config.schema"


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(schemas())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_file_passes_its_schema(path: Path) -> None:
    assert list(faults(path, _load(path))) == []


def test_a_misspelt_field_is_shown_to_the_editor() -> None:
    path = CONFIG / "policy.yaml"
    assert list(faults(path, {**_load(path), "ladders": {}})) != []


def faults(path: Path, data: Any) -> Any:
    name = "directives.json" if path.parent.name == "directives" else f"{path.stem}.json"
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return Draft202012Validator(schema).iter_errors(data)


def _load(path: Path) -> Any:
    """The file as JSON sees it: dates are text."""
    return json.loads(json.dumps(YAML(typ="safe").load(path), default=str))
