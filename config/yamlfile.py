"""A YAML file with the line of every value: findings can name the place a person has to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from config.refusals import place as within
from config.refusals import refusals, sentence
from config.yamltext import UnreadableFileError, read_nodes
from domain.findings import Finding, Severity

Path_ = tuple[str | int, ...]
"""Where a value stands: keys and indexes from the top of the file."""


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: `data` keeps ruamel's line marks."""

    name: str
    """Path relative to the configuration folder, as findings print it."""
    data: CommentedMap

    def line(self, place: Path_) -> int:
        """The 1-based line of the value at `place`, or of the deepest part of it that exists."""
        node: Any = self.data
        line = 1
        for step in place:
            if isinstance(node, CommentedMap) and step in node:
                line = node.lc.key(step)[0] + 1
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                line = node.lc.item(step)[0] + 1
            else:
                break
            node = node[step]
        return line

    def listed(self, key: str) -> list[Any]:
        """The list at the top of the file under `key`; empty where there is none."""
        found = self.data.get(key)
        return found if isinstance(found, list) else []

    def error(self, place: Path_, message: str) -> Finding:
        """A finding at a place of this file."""
        field = ".".join(str(step) for step in place) or None
        return Finding(severity=Severity.ERROR, message=message, file=self.name, line=self.line(place), field=field)

    def errors(self, place: Path_, error: ValidationError) -> tuple[Finding, ...]:
        """A model's refusals as findings, each at the field it is about."""
        return tuple(self.error((*place, *within(detail)), sentence(detail)) for detail in refusals(error))


def load(path: Path, name: str) -> tuple[YamlFile | None, tuple[Finding, ...]]:
    """The file, or None and the reason with its line."""
    try:
        return YamlFile(name, read_nodes(path)), ()
    except UnreadableFileError as error:
        return None, tuple(
            Finding(severity=Severity.ERROR, message=str(error), file=name, line=line) for line in error.lines
        )


def plain(node: Any) -> Any:
    """Ruamel's nodes as dict, list and scalars."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node.real if type(node).__name__ == "ScalarInt" else str(node) if isinstance(node, str) else node
