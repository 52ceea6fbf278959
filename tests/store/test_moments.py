"""A directive is looked at when its moment has come, and when something was recorded meanwhile."""

from __future__ import annotations

from store import Store, session
from store.ledger import append, head
from store.moments import call_for_look, due_for_look, last_look, looks, next_look, set_next
from tests.store.builders import MINUTE, MORNING, entry


def test_a_directive_is_due_when_its_moment_has_come(office: Store) -> None:
    with session(office) as opened:
        set_next(opened, "mot", MORNING + MINUTE, MORNING, seen=0)
        set_next(opened, "hai", MORNING, MORNING, seen=0)
        set_next(opened, "ba", None, MORNING, seen=0)
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


def test_a_look_under_a_clock_that_ran_ahead_is_repeated(office: Store) -> None:
    with session(office) as opened:
        set_next(opened, "mot", MORNING + 9 * MINUTE, MORNING + 5 * MINUTE, seen=0)
        set_next(opened, "hai", MORNING + 9 * MINUTE, MORNING, seen=0)
        set_next(opened, "ba", None, MORNING + MINUTE, seen=0)
        assert due_for_look(opened, MORNING) == ("mot", "ba")
        assert due_for_look(opened, MORNING + 5 * MINUTE) == ()


def test_a_look_is_called_for_and_never_put_off(office: Store) -> None:
    with session(office) as opened:
        set_next(opened, "mot", MORNING + MINUTE, MORNING, seen=0)
        set_next(opened, "hai", None, MORNING, seen=0)
        for directive in ("mot", "hai", "ba"):
            call_for_look(opened, directive, MORNING)
            call_for_look(opened, directive, MORNING + MINUTE)
        assert due_for_look(opened, MORNING) == ("hai", "mot")
        assert set(looks(opened)) == {"mot", "hai"}


def test_the_last_look_at_anything(office: Store) -> None:
    with session(office) as opened:
        assert last_look(opened) is None
        set_next(opened, "mot", None, MORNING + MINUTE, seen=0)
        set_next(opened, "hai", None, MORNING, seen=0)
        assert last_look(opened) == MORNING + MINUTE
