"""What workers do that is not one command: by name, with texts as arguments."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from actions.deliver import deliver
from actions.office import opened_office
from config.settings import load
from domain.clocktime import iso
from tests.reliability.forge import run_command
from tests.reliability.homes import round_at
from tests.reliability.runs import look


def rounds(first: str, count: str, pause: str) -> int:
    """Rounds of delivery in one process over one open office, as a warm worker makes them; it prints what each sent.

    A round that fails is told, and the next is made: this is what must not need a restart. Ends early when there is a
    file `stop` in the home.
    """
    with opened_office(load()) as office:
        for number in range(int(first), int(first) + int(count)):
            try:
                done = deliver(office.courier(), office.configuration(), round_at(number))
                said: dict[str, object] = {"sent": done.sent, "unknown": done.unknown, "faults": done.faults}
            except Exception as error:  # noqa: BLE001 - whatever it is, the worker lives on
                said = {"error": type(error).__name__, "said": str(error).splitlines()[0]}
            sys.stdout.write(f"{json.dumps(said)}\n")
            sys.stdout.flush()
            if (office.settings.home / "stop").exists():
                break
            time.sleep(float(pause))
    return 0


def look_now() -> int:
    """Decide what has to be said by the first round; nothing is sent."""
    look(load().home)
    return 0


def tick_on_a_full_disk(pages: str) -> int:
    """The first round, with a database file that may not grow beyond so many pages."""

    def limit(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {int(pages)}")

    event.listen(Engine, "connect", limit)
    return run_command("tick", "--as-of", iso(round_at(0)), "--format", "json")


CHORES: dict[str, Callable[..., int]] = {
    "look": look_now,
    "rounds": rounds,
    "tick_on_a_full_disk": tick_on_a_full_disk,
}
