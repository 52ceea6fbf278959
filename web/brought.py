"""The files a form brought, as bytes: what they are is looked at where they are kept."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import UploadFile

from domain.evidence import LIMIT


def brought(files: Iterable[UploadFile]) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each; a field left empty brings none. Of what is too large no more than shows it."""
    found = ((one.filename or "", one.file.read(LIMIT + 1)) for one in files)
    return tuple((name, content) for name, content in found if name or content)
