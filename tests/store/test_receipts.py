"""What is heard of a message after it was taken: it reached its reader, or came back. On both engines."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import delete, update

from domain.outbox import State
from domain.picture import Picture
from store import Store, reading, session
from store.messages import MessageState, Outcome, attempts, carried, find_message, pictures_of
from store.outbox import insert_new
from store.receipts import bounced, delivered
from store.sending import begin_transmission, claim, expired, finish
from store.tables import PictureRow
from tests.store.builders import LEASE, MINUTE, MORNING, delivery, key, message

PICTURE = Picture(cid="tien-do", content_type="image/png", content=b"\x89PNG\r\n\x1a\nhinh")


def sent(office: Store, end: MessageState | None, channel: str = "email") -> str:
    """A message with a picture and one row, transmitted to that end; None: its worker died on the way."""
    wanted = key(channel=channel)
    given = message(channel=channel).model_copy(update={"pictures": (PICTURE,)})
    with session(office) as opened:
        insert_new(opened, [delivery(wanted)], MORNING)
        assert claim(opened, [wanted], given, "a", MORNING, LEASE)
        number = begin_transmission(opened, given.id, "a", MORNING, LEASE)
        assert number == 1
        if end is not None:
            assert finish(opened, given.id, number, Outcome(state=end, provider_id="zalo-77"), MORNING + MINUTE)
    return given.id


def stands(office: Store, message_id: str) -> tuple[MessageState, set[State], list[MessageState]]:
    """The message, its rows, and its log."""
    with reading(office) as opened:
        found = find_message(opened, message_id)
        assert found is not None
        rows = {row.state for row in carried(opened, message_id)}
        return found.state, rows, [line.outcome for line in attempts(opened, message_id)]


@pytest.mark.parametrize("end", [MessageState.ACCEPTED, MessageState.HELD, MessageState.UNKNOWN])
@pytest.mark.parametrize("name", ["zalo-77", "m1@dondoc.example"])
def test_a_receipt_settles_what_was_taken_or_perhaps_was(office: Store, end: MessageState, name: str) -> None:
    message_id = sent(office, end)
    with session(office) as opened:
        assert delivered(opened, name, MORNING + 2 * MINUTE)
        assert not delivered(opened, name, MORNING + 3 * MINUTE)
    assert stands(office, message_id) == (
        MessageState.DELIVERED,
        {State.DELIVERED},
        [end, MessageState.DELIVERED],
    )


@pytest.mark.parametrize("end", [MessageState.FAILED, MessageState.PREVIEWED])
def test_a_receipt_for_what_was_never_taken_changes_nothing(office: Store, end: MessageState) -> None:
    message_id = sent(office, end)
    with session(office) as opened:
        assert not delivered(opened, message_id, MORNING + MINUTE)
        assert not delivered(opened, "khong-co", MORNING + MINUTE)
    assert stands(office, message_id)[0] is end


def test_what_comes_back_was_not_heard(office: Store) -> None:
    message_id = sent(office, MessageState.ACCEPTED)
    with session(office) as opened:
        assert bounced(opened, message_id, "5.1.1 no such user", "5.1.1", MORNING + MINUTE) == message_id
        assert bounced(opened, message_id, "5.1.1 no such user", "5.1.1", MORNING + MINUTE) is None
        assert not delivered(opened, message_id, MORNING + MINUTE)
    assert stands(office, message_id) == (
        MessageState.BOUNCED,
        {State.BOUNCED},
        [MessageState.ACCEPTED, MessageState.BOUNCED],
    )


def test_a_lost_transmission_is_held_where_nothing_is_sent_again(office: Store) -> None:
    message_id = sent(office, None, channel="zalo")
    with session(office) as opened:
        assert expired(opened, MORNING + LEASE, held=("zalo",)) == (message_id,)
    assert stands(office, message_id) == (MessageState.HELD, {State.HELD}, [MessageState.HELD])


def test_the_pictures_of_a_message_are_frozen_with_it(office: Store) -> None:
    message_id = sent(office, MessageState.ACCEPTED)
    with reading(office) as opened:
        assert pictures_of(opened, message_id) == (PICTURE,)
    for change in (update(PictureRow).values(content=b"khac"), delete(PictureRow)):
        with pytest.raises(DBAPIError, match="chỉ được ghi thêm"), session(office) as opened:
            opened.exec(change)
