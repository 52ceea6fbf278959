"""Findings: sentences with a position, of which only errors stop anything."""

from __future__ import annotations

from domain.findings import Finding, Severity, has_errors


def test_a_finding_reads_as_file_line_and_field() -> None:
    at_line = Finding(severity=Severity.ERROR, message="ngày không có", file="x.yaml", line=7, field="due.date")
    assert str(at_line) == "x.yaml:7:due.date: ngày không có"
    assert str(Finding(severity=Severity.NOTE, message="hạn đã chọn")) == "hạn đã chọn"


def test_warnings_and_notes_stop_nothing() -> None:
    mild = [Finding(severity=severity, message="") for severity in (Severity.WARNING, Severity.NOTE)]
    assert not has_errors(mild)
    assert has_errors([*mild, Finding(severity=Severity.ERROR, message="")])
