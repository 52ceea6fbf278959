"""Channels in the admin's hands: one message to themselves over a real mail server, and the switch of all sending."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actions.trying import End, last_trial, try_out
from domain.office import Person
from store import reading, session
from store.stops import Stop, StopKind, open_stops, stop
from tests.channels.postoffice import Script, free_port, post_office, refuses
from tests.web.admin_folder import seal_of
from tests.web.browsing import Browser
from tests.web.town_hall import ADMIN, LEAD, MOMENT, TownHall, town_hall

KENH = "/quan-tri/kenh"
OWN = "quan-tri-he-thong@langson.example"


@contextmanager
def office_at(template: Path, home: Path, port: int, **settings: str) -> Iterator[tuple[TownHall, Browser]]:
    with town_hall(template, home, smtp_port=str(port), **settings) as hall:
        yield hall, hall.signed_in(ADMIN)


def tried(hall: TownHall, admin: Browser, channel: str = "email", **further: str) -> tuple[int, str]:
    answer = admin.post(f"{KENH}/thu", {"dau": seal_of(hall, admin), "channel": channel, **further})
    return answer.status_code, answer.text


def test_a_trial_goes_to_the_admin_and_to_nobody_else_and_says_that_it_is_one(
    prepared_home: Path, tmp_path: Path
) -> None:
    script = Script()
    with post_office(script) as port, office_at(prepared_home, tmp_path / "home", port) as (hall, admin):
        status, page = tried(hall, admin, person=LEAD, to="ai-do@ngoai.example")
        assert status == 200
        assert f"Tin thử qua Thư điện tử tới {OWN}: máy chủ của kênh đã nhận (mã 250)." in page
        assert "máy chủ của kênh đã nhận (mã 250)</dd>" in admin.get(KENH).text, "the last trial is kept"
    assert [envelope.rcpt_tos for envelope in script.taken] == [[OWN]]
    (letter,) = script.letters()
    assert letter["Subject"] == "[MINH HOẠ] [Đôn đốc] TIN THỬ kênh gửi"
    body = letter.get_body(("plain",))
    assert body
    assert "Tin không nhắc việc gì và không cần trả lời." in body.get_content()


@pytest.mark.parametrize(
    ("script", "end", "said"),
    [
        (Script(rcpt="550 5.1.1 No such user"), End.REFUSED, "bị từ chối (mã 550)"),
        (Script(data="451 4.7.1 Greylisted"), End.LATER, "chưa gửi được lúc này (mã 451)"),
    ],
)
def test_a_refusal_is_told_in_words(prepared_home: Path, tmp_path: Path, script: Script, end: End, said: str) -> None:
    with post_office(script) as port, office_at(prepared_home, tmp_path / "home", port) as (hall, admin):
        status, page = tried(hall, admin)
        with reading(hall.office.store) as opened:
            kept = last_trial(opened, "email")
    assert (status, said in page) == (422, True)
    assert kept
    assert (kept.end, kept.address, kept.person) == (end, OWN, ADMIN)


def test_a_server_that_lets_nobody_in_is_told_so(prepared_home: Path, tmp_path: Path) -> None:
    door: dict[str, object] = {"authenticator": refuses("535 5.7.8 Bad credentials"), "auth_require_tls": False}
    login = {"smtp_user": "don-doc", "smtp_password": "sai"}
    with (
        post_office(Script(), **door) as port,
        office_at(prepared_home, tmp_path / "home", port, **login) as (hall, admin),
    ):
        status, page = tried(hall, admin)
    assert (status, "không cho đăng nhập" in page) == (422, True), page


def test_a_server_that_is_not_there_is_told_so(prepared_home: Path, tmp_path: Path) -> None:
    with office_at(prepared_home, tmp_path / "home", free_port()) as (hall, admin):
        status, page = tried(hall, admin)
        assert (status, "chưa gửi được lúc này" in page) == (422, True)
        status, page = tried(hall, admin, "preview")
        assert (status, "kênh xem trước không gửi cho ai" in page) == (422, True)
        assert tried(hall, admin, "khong-co")[0] == 404


def test_who_has_no_address_on_the_channel_is_told_so(prepared_home: Path, tmp_path: Path) -> None:
    script = Script()
    with post_office(script) as port, office_at(prepared_home, tmp_path / "home", port) as (hall, _):
        stranger = Person.model_validate(
            {"code": "ai-do", "name": "Ai đó", "posts": [{"unit": "x", "role": "admin"}], "channels": ["email"]}
        )
        assert try_out(hall.office, "email", stranger, hall.wall()).end is End.NOT_SENT
    assert not script.taken


def test_all_sending_is_stopped_with_a_reason_and_let_go_on(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    sealed = {"dau": seal_of(hall, admin)}
    assert "nêu lý do" in admin.post(f"{KENH}/dung", sealed | {"reason": "  "}).text
    assert stops(hall) == []
    assert "Đã dừng gửi" in admin.post(f"{KENH}/dung", sealed | {"reason": "Bảo trì <máy chủ>"}).text
    assert stops(hall) == [("", "", "quan-tri-he-thong: Bảo trì <máy chủ>")]
    for path in (KENH, "/quan-tri"):
        page = admin.get(path).text
        assert "Việc gửi đang dừng hẳn" in page
        assert "Bảo trì &lt;máy chủ&gt;" in page
    assert "Việc gửi đã dừng từ trước" in admin.post(f"{KENH}/dung", sealed | {"reason": "lần nữa"}).text
    assert "Đã cho gửi lại" in admin.post(f"{KENH}/gui-lai", sealed).text
    assert stops(hall) == []


def test_lifting_one_stop_leaves_the_others(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    sealed = {"dau": seal_of(hall, admin)}
    with session(hall.office.store) as opened:
        shut = Stop(channel="email", kind=StopKind.UNAUTHORISED, reason="sai mật khẩu", since=MOMENT)
        assert stop(opened, shut)
        assert stop(opened, shut.model_copy(update={"person": LEAD, "kind": StopKind.REFUSED, "reason": "sai hộp thư"}))
    page = admin.get(KENH).text
    assert "không cho đăng nhập: sai mật khẩu" in page
    assert "địa chỉ bị từ chối: sai hộp thư" in page
    assert "Không có gì đang tạm dừng ở đó" in admin.post(f"{KENH}/gui-lai", sealed).text, "only the switch of all"
    assert admin.post(f"{KENH}/gui-lai", sealed | {"channel": "email", "person": LEAD}).status_code == 200
    assert stops(hall) == [("email", "", "sai mật khẩu")]
    assert admin.post(f"{KENH}/gui-lai", sealed | {"channel": "khong-co"}).status_code == 404


def stops(hall: TownHall) -> list[tuple[str, str, str]]:
    with reading(hall.office.store) as opened:
        return [(one.channel, one.person, one.reason) for one in open_stops(opened)]
