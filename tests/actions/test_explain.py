"""Explaining phrases by the office's own calendar and choices, one at a time or line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.explain import Question, batch, choices, explained, explanation_row
from config.reading import IncompleteError
from tests.config.poisoning import copy_config

KEYS = {
    *("phrase", "kind", "nominal", "bound", "overdue_after", "safe_due", "recurrence", "occurrences", "anchor", "rule"),
    *("source", "span", "steps", "findings"),
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    copy_config(tmp_path / "config")
    return tmp_path / "config"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_row_has_the_keys_of_the_contract(config: Path) -> None:
    question = Question(phrase="trước ngày 30/6/2024", issued=date(2024, 4, 22))
    row = explanation_row(explained(question, choices(config)))
    assert row.keys() == KEYS
    assert (row["kind"], row["nominal"], row["bound"]) == ("absolute", "2024-06-30", "exclusive")
    assert row["overdue_after"] == "2024-06-30T00:00:00+07:00"
    assert row["safe_due"] == "2024-06-28T17:00:00+07:00"
    assert row["span"] == [0, 20]
    assert json.loads(json.dumps(row)) == row


def test_a_lenient_office_takes_the_day_in(config: Path) -> None:
    rewrite(config / "policy.yaml", "truoc_ngay: strict", "truoc_ngay: lenient")
    row = explanation_row(explained(Question(phrase="trước ngày 28/6/2024"), choices(config)))
    assert (row["nominal"], row["overdue_after"]) == ("2024-06-28", "2024-06-29T00:00:00+07:00")


@pytest.mark.parametrize("broken", ["calendar.yaml", "policy.yaml"])
def test_an_office_without_its_choices_explains_nothing(config: Path, broken: str) -> None:
    (config / broken).write_text("- một danh sách\n", encoding="utf-8")
    with pytest.raises(IncompleteError):
        choices(config)


def test_a_batch_answers_each_line_as_it_comes(config: Path) -> None:
    asked: list[int] = []

    def lines() -> Iterator[str]:
        for number, phrase in enumerate(("trước ngày 30/6", "khẩn trương"), 1):
            asked.append(number)
            yield json.dumps({"phrase": phrase, "issued": "2024-04-22"}) + "\n"

    rows = batch(lines(), choices(config), "tệp")
    assert next(rows)["nominal"] == "2024-06-30"
    assert asked == [1]
    assert [row["kind"] for row in rows] == ["none"]


@pytest.mark.parametrize(
    ("line", "said", "field"),
    [
        ("không phải JSON", "không phải JSON", None),
        ('{"phrase": 5}', "phrase", "phrase"),
        ('{"issued": "2024-04-22"}', "phrase", "phrase"),
        ('{"phrase": "trước ngày 30/6", "issued": "31/4/2024"}', "issued", "issued"),
    ],
)
def test_a_line_that_asks_nothing_gets_its_fault_and_stops_nobody(
    config: Path, line: str, said: str, field: str | None
) -> None:
    good = '{"phrase": "trước ngày 30/6/2024", "more": true}'
    first, second = batch([line, "", good], choices(config), "cau-hoi.jsonl")
    assert first.keys() == KEYS
    assert (first["kind"], first["rule"]) == ("question", "dong-khong-doc-duoc")
    (fault,) = first["findings"]
    assert (fault["severity"], fault["file"], fault["line"], fault["field"]) == ("error", "cau-hoi.jsonl", 1, field)
    assert said in fault["message"] or fault["field"] == said
    assert second["nominal"] == "2024-06-30"
