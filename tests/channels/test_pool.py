"""Letters over lines that stay open: nothing is lost and nothing doubled, whatever becomes of a line."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from channels import pool as pools
from channels.letter import Accepted, Letter, Outcome, RefusedPermanently, TryLater, Unauthorised
from channels.pool import Pool
from channels.seam import send
from channels.smtp import Smtp
from tests.channels.moody import HANG_UP, Crude, Moody, crude_server
from tests.channels.postoffice import certificate, post_office
from tests.channels.test_send import EMAIL, LETTER, READER, smtp

SENT = Accepted(code=250)
PIPELINING = ("PIPELINING",)


def letter(number: int) -> Letter:
    return LETTER.model_copy(update={"message_id": f"<{number:040d}@langson.example>"})


def sent(pool: Pool, server: Smtp, numbers: Sequence[int]) -> list[Outcome]:
    return [send(EMAIL, READER, letter(number), server, pool) for number in numbers]


def arrived(script: Moody) -> list[int]:
    return [int(message["Message-ID"].strip()[1:41]) for message in script.letters()]


@contextmanager
def round_over(script: Moody, **settings: object) -> Iterator[tuple[Pool, Smtp]]:
    with post_office(script, **settings) as port, Pool() as pool:
        yield pool, smtp(port)


@pytest.fixture(params=[(), PIPELINING], ids=["singly", "pipelining"])
def offers(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Every behaviour holds with a server that takes commands one by one, and with one that takes them together."""
    return tuple(request.param)


# ------------------------------------------------------------------------------------------- one line, many letters


def test_a_round_goes_over_one_connection_and_ends_with_a_goodbye(offers: tuple[str, ...]) -> None:
    script = Moody(offers=offers)
    with round_over(script) as (pool, server):
        assert sent(pool, server, range(5)) == [SENT] * 5
        assert script.steps["QUIT"] == 0
    assert arrived(script) == [0, 1, 2, 3, 4]
    assert (script.steps["EHLO"], script.steps["RSET"], script.steps["QUIT"]) == (1, 4, 1)
    assert script.log[:5] == ["EHLO", "MAIL", "RCPT", "DATA", "RSET"]


def test_without_a_pool_each_letter_has_its_connection() -> None:
    script = Moody()
    with post_office(script) as port:
        assert [send(EMAIL, READER, letter(number), smtp(port)) for number in range(3)] == [SENT] * 3
    assert (script.steps["EHLO"], script.steps["QUIT"], script.steps["RSET"]) == (3, 3, 0)


def test_a_pool_serves_the_next_round_as_well() -> None:
    script = Moody()
    with round_over(script) as (pool, server):
        sent(pool, server, [1])
        pool.close()
        sent(pool, server, [2])
    assert (arrived(script), script.steps["EHLO"], script.steps["QUIT"]) == ([1, 2], 2, 2)


def test_each_account_has_its_own_lines() -> None:
    first, second = Moody(), Moody()
    with post_office(first) as one, post_office(second) as other, Pool() as pool:
        for number in range(4):
            sent(pool, smtp((one, other)[number % 2]), [number])
    assert (arrived(first), arrived(second)) == ([0, 2], [1, 3])
    assert first.steps["EHLO"] == second.steps["EHLO"] == 1


@pytest.mark.parametrize(("limit", "value"), [("IDLE", 0.0), ("AGE", 0.0), ("MESSAGES", 1)])
def test_a_line_idle_old_or_much_used_is_replaced(limit: str, value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, limit, value)
    script = Moody()
    with round_over(script) as (pool, server):
        assert sent(pool, server, range(3)) == [SENT] * 3
    assert (arrived(script), script.steps["EHLO"], script.steps["QUIT"]) == ([0, 1, 2], 3, 3)


def test_two_threads_never_share_a_line() -> None:
    script = Moody(offers=PIPELINING)
    with round_over(script) as (pool, server), ThreadPoolExecutor(2) as threads:
        halves = [threads.submit(sent, pool, server, range(start, 60, 2)) for start in (0, 1)]
        assert [outcome for half in halves for outcome in half.result()] == [SENT] * 60
    assert sorted(arrived(script)) == list(range(60))
    assert script.steps["EHLO"] == script.steps["QUIT"] <= 2


def test_a_child_process_leaves_its_parents_line_alone() -> None:
    script = Moody()
    with round_over(script) as (pool, server):
        sent(pool, server, [1])
        pool._process = os.getpid() + 1  # as it is after a fork
        assert sent(pool, server, [2]) == [SENT]
    assert (arrived(script), script.steps["EHLO"], script.steps["QUIT"]) == ([1, 2], 2, 1)


def test_a_forgotten_pool_hangs_up() -> None:
    script = Moody()
    with post_office(script) as port:
        pool = Pool()
        sent(pool, smtp(port), [1])
        del pool
        assert script.steps["QUIT"] == 1


# ------------------------------------------------------------------------------------------ lines that give out


@pytest.mark.parametrize("step", ["RSET", "MAIL", "RCPT"])
@pytest.mark.parametrize("mood", [HANG_UP, "421 4.4.2 idle too long"], ids=["hangs up", "421"])
def test_a_line_that_gives_out_before_the_message_is_replaced_unseen(
    step: str, mood: str, offers: tuple[str, ...]
) -> None:
    second = 1 if step == "RSET" else 2
    script = Moody(moods={(step, second): mood}, offers=offers)
    with round_over(script) as (pool, server):
        assert sent(pool, server, range(4)) == [SENT] * 4
    assert arrived(script) == [0, 1, 2, 3]
    assert script.steps["EHLO"] == 2


def test_a_server_that_hangs_up_between_messages_loses_none(offers: tuple[str, ...]) -> None:
    script = Moody(offers=offers)
    with round_over(script, timeout=0.2) as (pool, server):
        for number in range(3):
            assert sent(pool, server, [number]) == [SENT]
            time.sleep(0.4)
    assert arrived(script) == [0, 1, 2]
    assert script.steps["EHLO"] == 3


def test_a_server_that_counts_messages_per_connection_gets_the_next_over_a_new_one(offers: tuple[str, ...]) -> None:
    script = Moody(limit=3, offers=offers)
    with round_over(script) as (pool, server):
        assert sent(pool, server, range(10)) == [SENT] * 10
    assert arrived(script) == list(range(10))
    assert script.steps["EHLO"] == 4


@pytest.mark.parametrize("number", [1, 2], ids=["new line", "line that served"])
def test_a_line_cut_after_the_message_is_unknown_and_not_tried_again(number: int, offers: tuple[str, ...]) -> None:
    script = Moody(moods={("DATA", number): HANG_UP}, offers=offers)
    with round_over(script) as (pool, server):
        outcomes = sent(pool, server, range(3))
    unknown = outcomes.pop(number - 1)
    assert isinstance(unknown, TryLater)
    assert unknown.perhaps_arrived
    assert unknown.code is None
    assert outcomes == [SENT] * 2
    assert arrived(script) == [0, 1, 2]
    assert script.steps["DATA"] == 3


def test_421_after_the_message_is_a_no_and_ends_the_line(offers: tuple[str, ...]) -> None:
    script = Moody(moods={("DATA", 2): "421 4.3.2 shutting down"}, offers=offers)
    with round_over(script) as (pool, server):
        assert sent(pool, server, range(3)) == [SENT, TryLater(code=421, detail="4.3.2 shutting down"), SENT]
    assert (arrived(script), script.steps["EHLO"]) == ([0, 2], 2)


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_421_on_a_new_line_is_the_servers_last_word(step: str, offers: tuple[str, ...]) -> None:
    script = Moody(moods={(step, 1): "421 4.3.2 busy"}, offers=offers)
    with round_over(script) as (pool, server):
        assert sent(pool, server, [0, 1]) == [TryLater(code=421, detail="4.3.2 busy"), SENT]
    assert (arrived(script), script.steps["EHLO"]) == ([1], 2)


# ------------------------------------------------------------------------------------- refusals on a line that lives


def test_a_refused_recipient_spoils_neither_the_line_nor_the_next_letter(offers: tuple[str, ...]) -> None:
    script = Moody(moods={("RCPT", 2): "550 5.1.1 unknown", ("DATA", 2): "451 4.7.1 greylisted"}, offers=offers)
    with round_over(script) as (pool, server):
        outcomes = sent(pool, server, range(4))
    refused, later = (
        RefusedPermanently(code=550, detail="5.1.1 unknown", address=True),
        TryLater(code=451, detail="4.7.1 greylisted"),
    )
    assert outcomes == [SENT, refused, later, SENT]
    assert (arrived(script), script.steps["EHLO"]) == ([0, 3], 1)
    assert all(len(envelope.rcpt_tos) == 1 for envelope in script.taken)


def test_a_no_to_the_sender_is_believed_only_of_a_new_line(offers: tuple[str, ...]) -> None:
    script = Moody(moods={("MAIL", 2): "550 5.5.0 too many transactions"}, offers=offers)
    with round_over(script) as (pool, server):
        assert sent(pool, server, range(3)) == [SENT] * 3
    assert (arrived(script), script.steps["EHLO"]) == ([0, 1, 2], 2)
    script = Moody(mail="550 5.7.1 sender refused", offers=offers)
    with round_over(script) as (pool, server):
        assert sent(pool, server, [0, 1]) == [RefusedPermanently(code=550, detail="5.7.1 sender refused")] * 2


def test_a_letter_that_cannot_be_made_leaves_no_trace_and_spoils_nothing(offers: tuple[str, ...]) -> None:
    script, broken = Moody(offers=offers), letter(1).model_copy(update={"text": "nửa ký tự \udc80"})
    with round_over(script) as (pool, server):
        assert sent(pool, server, [0]) == [SENT]
        assert isinstance(send(EMAIL, READER, broken, server, pool), RefusedPermanently)
        assert sent(pool, server, [2]) == [SENT]
    assert arrived(script) == [0, 2]


# --------------------------------------------------------------------------------------------- crude servers


TOGETHER = b"250-hello\r\n250 PIPELINING"


def test_an_answer_nobody_understands_leaves_open_whether_it_arrived() -> None:
    with crude_server(Crude({"end": b"what?"})) as port, Pool() as pool:
        (outcome,) = sent(pool, smtp(port), [0])
    assert isinstance(outcome, TryLater)
    assert (outcome.code, outcome.perhaps_arrived) == (None, True)


@pytest.mark.parametrize("greeting", [b"250 hello", TOGETHER], ids=["singly", "pipelining"])
def test_what_ends_before_the_message_is_certain(greeting: bytes) -> None:
    with crude_server(Crude({"EHLO": greeting, "DATA": b"554 5.3.4 no room"})) as port, Pool() as pool:
        assert sent(pool, smtp(port), [0, 1]) == [RefusedPermanently(code=554, detail="5.3.4 no room")] * 2
    with crude_server(Crude({"EHLO": greeting, "DATA": b""})) as port, Pool() as pool:
        (outcome,) = sent(pool, smtp(port), [0])
    assert isinstance(outcome, TryLater)
    assert not outcome.perhaps_arrived


def test_a_server_that_waits_for_a_message_to_nobody_gets_none() -> None:
    crude = Crude({"EHLO": TOGETHER, "RCPT": b"550 5.1.1 unknown"})
    with crude_server(crude) as port, Pool() as pool:
        assert (
            sent(pool, smtp(port), [0, 1]) == [RefusedPermanently(code=550, detail="5.1.1 unknown", address=True)] * 2
        )
    assert crude.heard == ["EHLO", "MAIL", "RCPT", "DATA"] * 2


def test_a_server_that_says_one_byte_at_a_time_meets_the_end_of_our_patience() -> None:
    with crude_server(Crude({"MAIL": b"250 " + b"o" * 100}, pause=0.05)) as port, Pool() as pool:
        started = time.monotonic()
        (outcome,) = sent(pool, smtp(port, timeout=0.5, patience=1.5), [0])
        assert 1.4 < time.monotonic() - started < 4
    assert isinstance(outcome, TryLater)
    assert not outcome.perhaps_arrived


# ------------------------------------------------------------------------------------------------------- encryption


@pytest.mark.parametrize("kind", ["starttls", "implicit_tls"])
def test_an_encrypted_line_is_kept_and_replaced_like_any_other(tmp_path: Path, kind: str) -> None:
    context, trusted = certificate(tmp_path)
    settings = {"tls_context": context, "require_starttls": True} if kind == "starttls" else {"ssl_context": context}
    script = Moody(moods={("RSET", 3): HANG_UP}, offers=PIPELINING)
    with post_office(script, **settings) as port, Pool() as pool:
        server = smtp(port, ca_file=trusted, **{kind: True})
        assert sent(pool, server, range(5)) == [SENT] * 5
    assert arrived(script) == list(range(5))
    assert script.steps["EHLO"] == (4 if kind == "starttls" else 2)


def test_implicit_tls_trusts_nobody_unknown(tmp_path: Path, expected_errors: list[str]) -> None:
    expected_errors.append("SMTP session exception|SSL")
    context, _ = certificate(tmp_path)
    script = Moody()
    with post_office(script, ssl_context=context) as port, Pool() as pool:
        (outcome,) = sent(pool, smtp(port, implicit_tls=True), [0])
    assert isinstance(outcome, Unauthorised)
    assert "chứng thư số" in outcome.detail
    assert script.steps["EHLO"] == 0
