"""An upgrade under a program that still runs: it claims no more, says why, and still reports what it had begun."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.reliability.conftest import Settle
from tests.reliability.judging import Left
from tests.reliability.nursery import Nursery, ticking
from tests.reliability.sink import Sink


def upgraded(home: Path, version: str = "9999") -> str:
    """Another program brings the database to its own version; which one it was before."""
    with sqlite3.connect(home / "dondoc.sqlite", timeout=30) as opened:
        ((before,),) = opened.execute("SELECT version_num FROM alembic_version").fetchall()
        opened.execute("UPDATE alembic_version SET version_num = ?", (version,))
    opened.close()
    return str(before)


def test_an_old_program_sends_nothing_and_says_why(nursery: Nursery, sink: Sink, settle: Settle) -> None:
    home = settle(2, 3)
    before = upgraded(home)
    done = nursery.run(home, *ticking(0))
    assert done.code == 1
    assert "mới hơn nâng cấp lên phiên bản 9999" in " ".join(done.err.split())
    assert sink.taken == []
    upgraded(home, before)
    assert nursery.ticked(home)["sent"] == 3


def test_an_upgrade_in_the_middle_of_a_round_ends_it_after_the_message_in_hand(
    nursery: Nursery, sink: Sink, settle: Settle
) -> None:
    home, before = settle(2, 3), list[str]()

    def at_step(step: str) -> None:
        if step == "dot" and not before:
            before.append(upgraded(home))

    sink.at_step = at_step
    done = nursery.run(home, *ticking(0))
    assert done.code == 1
    assert "9999" in done.err
    assert (len(sink.taken), sorted(Left.of(home).messages.values())) == (1, ["accepted"])
    upgraded(home, *before)
    assert nursery.ticked(home, 1)["sent"] == 2
    assert set(sink.copies().values()) == {1}
