"""JSON Schemas of the configuration files, for editors: what may be written, and what it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from config.areas import MODELS
from config.notices import SourceFinding
from domain.directive import Directive, Notice
from domain.frozen import Frozen
from domain.ledger import Entry

FOLDER = Path(__file__).parent / "schema"

Schema = dict[str, Any]

_WRITTEN: Schema = {"type": ["string", "number", "null"], "description": "xong · 45% · 12/19 · 2,3 tỷ/5,1 tỷ · 14,3"}
"""A target or value as people write it; reading it needs the metric's kind."""


class _NoticeFile(Frozen):
    """A file of directives: the notice, what its directives share, the directives, and the facts it states."""

    notice: Notice
    defaults: dict[str, Any] | None = None
    findings: tuple[SourceFinding, ...] = ()
    directives: tuple[Directive, ...]
    facts: tuple[Entry, ...] = ()


def schemas() -> dict[str, Schema]:
    """File name of each schema → the schema."""
    areas = {f"{area}.json": model.model_json_schema() for area, model in MODELS.items()}
    return areas | {"directives.json": _notices()}


def _notices() -> Schema:
    """The schema of a file of directives, as written: targets are text, the notice and the defaults stand once."""
    schema = _NoticeFile.model_json_schema()
    directive, milestone, fact = (schema["$defs"][name] for name in ("Directive", "Milestone", "Entry"))
    del directive["properties"]["notice"]
    directive["required"] = ["code", "title", "section", "quote"]
    milestone["properties"]["target"] = _WRITTEN
    fact["properties"]["value"] = _WRITTEN
    for name in ("recorded_at", "actor"):
        del fact["properties"][name]
        fact["required"].remove(name)
    del fact["properties"]["attachments"]  # a file is brought by a person, and kept by the store
    return schema


def text(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write() -> None:
    """Write every schema into config/schema."""
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / name).write_text(text(schema), encoding="utf-8")


if __name__ == "__main__":
    write()
