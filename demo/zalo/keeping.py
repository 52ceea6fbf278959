"""Bubbles on disk: a line for each change, the last one counts; without a folder they live as long as the process."""

from __future__ import annotations

from pathlib import Path

from demo.zalo.people import Bubble


class Bubbles:
    """Everything that stands on the phones, in the order of arrival."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._all: dict[str, Bubble] = {}
        if file is not None and file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                bubble = Bubble.model_validate_json(line)
                self._all[bubble.id] = bubble

    def put(self, bubble: Bubble) -> None:
        """A new bubble, or one that has come further."""
        self._all[bubble.id] = bubble
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(bubble.model_dump_json() + "\n")

    def find(self, bubble_id: str) -> Bubble | None:
        """The bubble of that id."""
        return self._all.get(bubble_id)

    def of(self, user: str) -> tuple[Bubble, ...]:
        """What stands on one phone."""
        return tuple(one for one in list(self._all.values()) if one.user == user)

    def everything(self) -> tuple[Bubble, ...]:
        """All of them."""
        return tuple(self._all.values())
