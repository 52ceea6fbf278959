"""An official answers a reminder on Zalo: through the real stand-in, the real web application and the real ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.adopt import adopt
from actions.switching import Scope, switch_off
from actions.zalo_answering import GOOD_FOR
from channels.zalo.confirming import ACKNOWLEDGE
from channels.zalo.linking import link_code
from channels.zalo.zbs import tracking_id
from demo.zalo.people import Bubble, Kind, Mark, Reader
from demo.zalo.standin import OA_ID
from domain.clocktime import local_date
from domain.ledger import EntryKind
from domain.outbox import Delivery, Key, Reason
from domain.outbox import State as RowState
from store import reading, session
from store.messages import MessageState, NewMessage, Outcome, find_message
from store.outbox import insert_new
from store.sending import begin_transmission, claim, finish
from store.stops import Stop, StopKind, open_stops, stop
from store.verification import verify
from store.zalo_contacts import find_user, unlink
from tests.zalo_world import CODE, HEAD, HUNG_VU, MORNING, TAN_THANH, ZaloWorld, drafted, silenced, until, zalo_world

STADIUM = "Sân thể thao trung tâm xã Hưng Vũ"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ZaloWorld]:
    with zalo_world(tmp_path) as made:
        yield made


def texts(bubbles: list[Bubble]) -> list[str]:
    return [one.text for one in bubbles]


def said(world: ZaloWorld, person: str, text: str) -> str:
    """The one answer."""
    (answer,) = world.says(person, text)
    return answer.text


def pressed(world: ZaloWorld, person: str, title: str) -> str:
    """The one answer to the button of that title under the last message."""
    button = next(one for one in world.phone(person)[-1].presses if one.title.startswith(title))
    before = world.phone(person)
    world.standin.account.says(world.readers[person].user, button.payload, shown=False)
    world.settled()
    (answer,) = [one for one in world.phone(person) if one.id not in {old.id for old in before}]
    return answer.text


# ---------------------------------------------------------------------------------------------------- a figure is told


def test_a_figure_is_recorded_after_its_author_has_confirmed_it(world: ZaloWorld) -> None:
    question = said(world, HUNG_VU, "dạ được 45% ạ")
    assert f"Giải ngân 40% kế hoạch vốn, {STADIUM}: 45%, tính đến ngày 27/9/2024" in question
    assert world.recorded() == []
    answer = pressed(world, HUNG_VU, "ĐÚNG")
    (entry,) = world.recorded()
    assert (entry.kind, entry.actor, entry.metric, entry.subject) == (EntryKind.REPORT, HUNG_VU, "giai-ngan", "da-12")
    assert entry.value is not None
    assert entry.value.number == 45
    assert (entry.as_of, entry.recorded_at) == (local_date(MORNING), MORNING)
    assert entry.evidence is not None
    assert "“dạ được 45% ạ”" in entry.evidence
    assert answer.startswith(f"Đã ghi vào sổ: Giải ngân 40% kế hoạch vốn, {STADIUM}: 45%, tính đến ngày 27/9/2024.")
    assert entry.id in answer
    with reading(world.store) as opened:
        assert verify(opened, world.store.head_file) == ()


def test_that_something_has_begun_is_said_in_words(world: ZaloWorld) -> None:
    assert "Khởi công" in said(world, HUNG_VU, "đã khởi công")
    assert "đã hoàn thành" in said(world, HUNG_VU, "Đúng")
    assert [one.metric for one in world.recorded()] == ["khoi-cong"]
    assert "Giải ngân" in said(world, HUNG_VU, "45%")  # what is done is asked no more


def test_a_no_records_nothing(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    assert "bỏ qua" in pressed(world, HUNG_VU, "SAI")
    assert "đang chờ" in said(world, HUNG_VU, "đúng")
    assert world.recorded() == []


def test_what_fits_several_is_asked_with_a_button_for_each(world: ZaloWorld) -> None:
    question = said(world, TAN_THANH, "45%")
    assert "là kết quả của việc nào?" in question
    assert "Khởi công" not in question
    assert "Đường trục thôn xã Tân Thành: 45%" in pressed(world, TAN_THANH, "4.")
    pressed(world, TAN_THANH, "ĐÚNG")
    assert [one.subject for one in world.recorded()] == ["da-11"]


@pytest.mark.parametrize("text", ["khoảng 45%", "chưa khởi công", "xin chào", "45", "👍"])
def test_what_is_not_clear_is_asked_about_and_never_guessed(world: ZaloWorld, text: str) -> None:
    assert said(world, HUNG_VU, text).startswith("Chưa rõ")
    assert "đang chờ" in said(world, HUNG_VU, "đúng")
    assert world.recorded() == []


def test_neither_yes_nor_no_gets_the_question_again(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    again = said(world, HUNG_VU, "ok")
    assert again.startswith("Chưa rõ đồng chí đồng ý hay không.")
    assert f"{STADIUM}: 45%" in again
    pressed(world, HUNG_VU, "ĐÚNG")
    assert len(world.recorded()) == 1


def test_a_better_figure_takes_the_place_of_the_one_that_waits(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    said(world, HUNG_VU, "46,5%")
    said(world, HUNG_VU, "đúng")
    (entry,) = world.recorded()
    assert entry.value is not None
    assert str(entry.value.number) == "46.5"


def test_a_yes_given_twice_is_one_entry(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    said(world, HUNG_VU, "đúng")
    assert "đã được ghi vào sổ rồi" in said(world, HUNG_VU, "đúng")
    assert len(world.recorded()) == 1


def test_a_yes_counts_for_a_day(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    world.clock.moment += GOOD_FOR
    assert "quá 24 giờ" in said(world, HUNG_VU, "đúng")
    assert world.recorded() == []


def test_what_is_done_is_asked_no_more(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "đã khởi công")
    said(world, HUNG_VU, "đúng")
    assert said(world, HUNG_VU, "xong").startswith("Chưa rõ")
    assert len(world.recorded()) == 1


def test_a_question_put_before_somebody_else_recorded_it_is_not_recorded_again(world: ZaloWorld) -> None:
    said(world, TAN_THANH, "1: xong")
    said(world, HEAD, "1: xong")
    said(world, TAN_THANH, "đúng")
    assert said(world, HEAD, "đúng").startswith("Chưa ghi được: việc này không còn chờ")
    assert [one.actor for one in world.recorded()] == [TAN_THANH]


def test_what_the_ledger_refuses_is_told(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "9 tỷ/9 tỷ")  # the plan of that project is smaller
    answer = said(world, HUNG_VU, "đúng")
    assert answer.startswith("Chưa ghi được:")
    assert "vượt 100% kế hoạch" in answer
    assert world.recorded() == []
    assert "đang chờ" in said(world, HUNG_VU, "đúng")


# ------------------------------------------------------------------------------------------- what they were reminded of


def reminded(world: ZaloWorld, person: str, milestone: str, subjects: tuple[str, ...], provider_id: str = "z1") -> str:
    """A message on the person's phone, as the delivery engine leaves it; its id."""
    key = Key(
        directive=CODE, milestone=milestone, rung="before-3", occurrence="2024-09-30", person=person, channel="zalo"
    )
    row = Delivery(
        key=key,
        reason=Reason.RESPONSIBLE,
        subjects=subjects,
        rung_at=MORNING,
        not_before=MORNING,
        state=RowState.PLANNED,
    )
    message = NewMessage(
        id=f"<{provider_id}@dondoc.example>",
        person=person,
        channel="zalo",
        address=world.readers[person].user,
        at=MORNING,
        subject="Đôn đốc",
        text="Giải ngân 40%",
    )
    with session(world.store) as opened:
        insert_new(opened, [row], MORNING)
        assert claim(opened, [key], message, "a", MORNING, timedelta(minutes=5))
        number = begin_transmission(opened, message.id, "a", MORNING, timedelta(minutes=5))
        assert number is not None
        outcome = Outcome(state=MessageState.ACCEPTED, code="0", provider_id=provider_id)
        finish(opened, message.id, number, outcome, MORNING)
    return message.id


@pytest.mark.parametrize("text", ["Đã tiếp nhận", ACKNOWLEDGE, f"{ACKNOWLEDGE}:{CODE}"])
def test_that_a_reminder_was_read_silences_it_and_is_not_done(world: ZaloWorld, text: str) -> None:
    reminded(world, HUNG_VU, "giai-ngan-40", ("da-12",))
    answer = said(world, HUNG_VU, text)
    assert "tiếp nhận 1 nhiệm vụ" in answer
    assert "5 ngày làm việc" in answer
    assert "chưa phải là xong" in answer
    assert [(one.kind, one.directive) for one in world.recorded()] == [(EntryKind.ACKNOWLEDGE, CODE)]


def test_without_a_reminder_there_is_nothing_to_have_read(world: ZaloWorld) -> None:
    assert "Chưa có lời nhắc nào" in said(world, HUNG_VU, "đã nhận")
    assert said(world, HUNG_VU, f"{ACKNOWLEDGE}:viec-khac").startswith("Chưa ghi được:")
    assert world.recorded() == []


# ---------------------------------------------------------------------------------------------------- who it is


def test_somebody_unknown_is_told_how_to_link_and_links(world: ZaloWorld) -> None:
    stranger = world.standin.account.add(Reader("8841002233445599999", "Đầu mối xã Vũ Lễ", follows=False))
    world.readers["la"] = stranger
    world.standin.account.follows(stranger.user, yes=True)
    world.settled()
    assert texts(world.phone("la"))[0].startswith("Tài khoản Zalo này chưa được nối")
    assert said(world, "la", "45%").startswith("Tài khoản Zalo này chưa được nối")
    code = link_code(world.office.settings.signing_secret(), OA_ID, "dau-moi-xa-vu-le-bac-son", local_date(MORNING))
    assert "Đầu mối UBND xã Vũ Lễ" in said(world, "la", code)
    assert "đang chờ" in said(world, "la", "đúng")
    assert world.recorded() == []


def test_a_code_of_somebody_who_is_linked_already_is_not_enough(world: ZaloWorld) -> None:
    stranger = world.standin.account.add(Reader("8841002233445599999", "Người lạ"))
    world.readers["la"] = stranger
    code = link_code(world.office.settings.signing_secret(), OA_ID, HUNG_VU, local_date(MORNING))
    assert said(world, "la", code).startswith("Chưa nối được")
    with session(world.store) as opened:
        unlink(opened, OA_ID, HUNG_VU)
    assert said(world, "la", code).startswith("Đã nối")


def test_a_question_does_not_pass_to_whoever_is_linked_next(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    with session(world.store) as opened:
        unlink(opened, OA_ID, HUNG_VU)
        unlink(opened, OA_ID, TAN_THANH)
    code = link_code(world.office.settings.signing_secret(), OA_ID, TAN_THANH, local_date(MORNING))
    assert said(world, HUNG_VU, code).startswith("Đã nối")  # the same phone is somebody else's now
    assert "đang chờ" in said(world, HUNG_VU, "đúng")
    assert world.recorded() == []


def test_pictures_are_answered_and_thumbs_are_not(world: ZaloWorld) -> None:
    account, user = world.standin.account, world.readers[HUNG_VU].user
    account.greets(user)
    world.settled()
    assert world.phone(HUNG_VU) == []
    account.postman.send(account._event("user_send_image", user, message={"msg_id": "anh"}))
    world.settled()
    assert "chỉ đọc được tin nhắn bằng chữ" in world.phone(HUNG_VU)[0].text


def test_our_own_messages_and_groups_are_never_answered(world: ZaloWorld) -> None:
    account, user = world.standin.account, world.readers[HUNG_VU].user
    for name in ("oa_send_text", "user_send_group_text", "user_send_unheard_of_group_thing"):
        account.postman.send(account._event(name, user, message={"msg_id": name, "text": "45%"}))
    world.settled()
    assert world.phone(HUNG_VU) == []


def test_an_office_that_has_not_switched_zalo_on_listens_and_says_nothing(world: ZaloWorld) -> None:
    with session(world.store) as opened:
        adopt(opened, silenced(drafted()), MORNING, by="quan-tri")
    world.clock.moment += timedelta(hours=2)
    assert world.says(HUNG_VU, "45%") == []
    with reading(world.store) as opened:
        found = find_user(opened, OA_ID, world.readers[HUNG_VU].user)
    assert found is not None
    assert found.heard_at == world.clock.moment


def test_whoever_is_heard_again_may_be_written_to_again(world: ZaloWorld) -> None:
    silent = Stop(channel="zalo", person=HUNG_VU, kind=StopKind.REFUSED, reason="quá 7 ngày", since=MORNING)
    other = Stop(channel="zalo", person=HEAD, kind=StopKind.REFUSED, reason="quá 7 ngày", since=MORNING)
    with session(world.store) as opened:
        stop(opened, silent)
        stop(opened, other)
    world.standin.account.greets(world.readers[HUNG_VU].user)
    world.settled()
    with reading(world.store) as opened:
        assert [one.person for one in open_stops(opened)] == [HEAD]


# ---------------------------------------------------------------------------------------------------- receipts


def state_of(world: ZaloWorld, message: str) -> MessageState:
    with reading(world.store) as opened:
        found = find_message(opened, message)
    assert found is not None
    return found.state


@pytest.mark.parametrize("name", ["user_received_message", "user_seen_message"])
def test_a_receipt_says_that_the_reminder_arrived(world: ZaloWorld, name: str) -> None:
    message = reminded(world, HUNG_VU, "giai-ngan-40", ("da-12",), "z7")
    account, user = world.standin.account, world.readers[HUNG_VU].user
    event = account._event(name, user, message={"msg_id": "z7"} if "received" in name else {"msg_ids": ["z7"]})
    if "received" in name:
        event |= {"sender": {"id": OA_ID}, "recipient": {"id": user}}
    account.postman.send(event)
    world.settled()
    assert state_of(world, message) is MessageState.DELIVERED


def test_a_receipt_that_is_faster_than_its_sender_is_looked_at_again(world: ZaloWorld) -> None:
    account, user = world.standin.account, world.readers[HUNG_VU].user
    event = account._event("user_received_message", user, message={"msg_id": "z9"})
    account.postman.send(event | {"sender": {"id": OA_ID}, "recipient": {"id": user}})
    world.settled()
    message = reminded(world, HUNG_VU, "giai-ngan-40", ("da-12",), "z9")
    until(lambda: state_of(world, message) is not MessageState.ACCEPTED)
    assert state_of(world, message) is MessageState.DELIVERED


def test_a_server_that_is_stopped_waits_for_no_receipt_to_be_looked_at_again(world: ZaloWorld) -> None:
    account, user = world.standin.account, world.readers[HUNG_VU].user
    event = account._event("user_received_message", user, message={"msg_id": "of-nobody"})
    account.postman.send(event | {"sender": {"id": OA_ID}, "recipient": {"id": user}})
    world.settled()
    assert world.pages is not None
    world.pages.stop()
    assert not world.pages._thread.is_alive()


def test_a_message_whose_answer_was_lost_is_known_by_our_own_name_for_it(world: ZaloWorld) -> None:
    message = reminded(world, HUNG_VU, "giai-ngan-40", ("da-12",), "z8")
    with session(world.store) as opened:
        from sqlalchemy import text  # noqa: PLC0415 - what a lost answer leaves behind

        opened.connection().execute(
            text("UPDATE message SET state = 'held', provider_id = NULL WHERE id = :id"), {"id": message}
        )
    account = world.standin.account
    told: dict[str, object] = {"msg_id": "la", "tracking_id": tracking_id(message)}
    event = account._event("user_received_message", "8400000000001", message=told)
    account.postman.send(event | {"sender": {"id": OA_ID}, "recipient": {"id": "8400000000001"}})
    world.settled()
    assert state_of(world, message) is MessageState.DELIVERED


def test_marks_on_the_phone_follow(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    world.standin.account.seen(world.readers[HUNG_VU].user)
    world.settled()
    assert [one.mark for one in world.phone(HUNG_VU) if one.kind is Kind.OA] == [Mark.SEEN]


def test_while_sending_is_switched_off_a_yes_is_recorded_and_nothing_is_said(world: ZaloWorld) -> None:
    said(world, HUNG_VU, "45%")
    with session(world.store) as opened:
        switch_off(opened, world.office.configuration(), Scope(), "kiểm tra", MORNING)
    assert world.says(HUNG_VU, "đúng") == []
    assert [one.actor for one in world.recorded()] == [HUNG_VU]
