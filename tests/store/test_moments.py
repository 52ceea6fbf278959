"""A directive is looked at when its moment has come, and when something was recorded meanwhile."""

from __future__ import annotations

from store import Store, session
from store.ledger import append, head
from store.moments import due_for_look, looks, next_look, set_next
from tests.store.builders import MINUTE, MORNING, entry


def test_a_directive_is_due_when_its_moment_has_come(office: Store) -> None:
    with session(office) as opened:
        set_next(opened, "mot", MORNING + MINUTE, MORNING, seen=0)
        set_next(opened, "hai", MORNING, MORNING, seen=0)
        set_next(opened, "ba", None, MORNING, seen=0)
        assert due_for_look(opened, MORNING - MINUTE) == ()
        assert due_for_look(opened, MORNING) == ("hai",)
        assert due_for_look(opened, MORNING + MINUTE) == ("hai", "mot")


def test_the_last_word_counts(office: Store) -> None:
    with session(office) as opened:
        set_next(opened, "mot", MORNING, MORNING, seen=0)
        set_next(opened, "mot", MORNING + MINUTE, MORNING, seen=0)
        assert due_for_look(opened, MORNING) == ()


def test_an_entry_calls_for_a_look_at_its_directive_alone(office: Store) -> None:
    with session(office) as opened:
        set_next(opened, "khoi-cong", None, MORNING, seen=0)
        set_next(opened, "moi-truong", None, MORNING, seen=0)
        append(opened, entry(1, directive="khoi-cong"))
        assert due_for_look(opened, MORNING) == ("khoi-cong",)
        set_next(opened, "khoi-cong", None, MORNING, head(opened).count)
        assert due_for_look(opened, MORNING) == ()


def test_an_entry_recorded_while_evaluating_is_not_missed(office: Store) -> None:
    with session(office) as opened:
        seen = head(opened).count
    with session(office) as opened:
        append(opened, entry(1))
    with session(office) as opened:
        set_next(opened, "khoi-cong", MORNING + MINUTE, MORNING, seen)
        assert due_for_look(opened, MORNING) == ("khoi-cong",)


def test_when_the_next_look_is_and_when_the_last_was(office: Store) -> None:
    with session(office) as opened:
        assert next_look(opened, MORNING) is None
        set_next(opened, "mot", MORNING, MORNING - MINUTE, seen=0)
        set_next(opened, "hai", MORNING + MINUTE, MORNING, seen=0)
        set_next(opened, "ba", None, MORNING, seen=0)
        assert next_look(opened, MORNING) == MORNING + MINUTE
        assert looks(opened) == {
            "mot": (MORNING - MINUTE, MORNING),
            "hai": (MORNING, MORNING + MINUTE),
            "ba": (MORNING, None),
        }
