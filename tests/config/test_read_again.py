"""What was parsed once serves every later reading of the same text: nothing that reads it may change it."""

from __future__ import annotations

import shutil
from pathlib import Path

from actions.check import as_written
from config import yamltext
from config.reading import read
from config.settings import ROOT
from config.yamlfile import plain


def test_reading_leaves_what_was_parsed_as_it_was(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    yamltext._parsed.cache_clear()
    first = read(folder)
    as_written(first)
    for file in (*folder.glob("*.yaml"), *folder.glob("directives/*.yaml")):
        text = file.read_text(encoding="utf-8")
        assert plain(yamltext._parsed(text)) == plain(yamltext._parsed.__wrapped__(text)), file.name
    assert yamltext._parsed.cache_info().hits > 0
    assert read(folder) == first


def test_an_edited_file_is_read_anew(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    first = read(folder)
    policy = folder / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("cap_per_person: 20", "cap_per_person: 7"), "utf-8")
    again = read(folder)
    assert again.areas != first.areas
    assert {area: model for area, model in again.areas.items() if area != "policy"} == {
        area: model for area, model in first.areas.items() if area != "policy"
    }
