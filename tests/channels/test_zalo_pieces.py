"""Small rules of Zalo: numbers, nights, forms, and what no log may show."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

import pytest
from pydantic import ValidationError

from channels.zalo.form import Button, Form, composed, read_form
from channels.zalo.night import may_push, push_opens
from channels.zalo.outcomes import next_day
from channels.zalo.phone import normalised
from channels.zalo.secrecy import quieten, scrubbed
from domain.clocktime import at, iso
from tests.channels.zalo_office import MORNING

MIDNIGHT = at(MORNING.date())


@pytest.mark.parametrize(
    "written",
    ["0912345678", "0912 345 678", "0912.345.678", "+84912345678", "84912345678", "0084912345678", "912345678"],
)
def test_a_number_is_written_in_one_way(written: str) -> None:
    assert normalised(written) == "84912345678"


@pytest.mark.parametrize("written", ["", "113", "abc", "091234567a", "84", "0000000000", "1234567890123456", "+1 555"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert normalised(written) is None


def test_the_number_of_examples_is_hashed_as_zalo_does() -> None:
    phone = normalised("+8400000000001")
    assert phone == "8400000000001"
    expected = "a6eb6d5061afcce5f46de16296013dfc188288292964c59a1a109ca076225289"
    assert hashlib.sha256(phone.encode()).hexdigest() == expected


@pytest.mark.parametrize(
    ("clock", "opens"),
    [
        ("00:00", "2024-09-27T06:05:00+07:00"),
        ("06:04", "2024-09-27T06:05:00+07:00"),
        ("06:05", "2024-09-27T06:05:00+07:00"),
        ("12:00", "2024-09-27T12:00:00+07:00"),
        ("21:44", "2024-09-27T21:44:00+07:00"),
        ("21:45", "2024-09-28T06:05:00+07:00"),
        ("23:59", "2024-09-28T06:05:00+07:00"),
    ],
)
def test_a_push_waits_for_the_morning(clock: str, opens: str) -> None:
    hours, minutes = map(int, clock.split(":"))
    moment = MIDNIGHT + timedelta(hours=hours, minutes=minutes)
    assert iso(push_opens(moment)) == opens
    assert may_push(moment) is (push_opens(moment) == moment)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="múi giờ"):
        may_push(datetime(2024, 9, 27, 7))  # noqa: DTZ001 - naive on purpose


def test_quotas_are_full_again_when_anybody_may_be_reached() -> None:
    assert may_push(next_day(MORNING))
    assert iso(next_day(MORNING)) == "2024-09-28T06:05:00+07:00"


def test_a_form_comes_back_as_it_was_frozen() -> None:
    for form in (
        Form(),
        Form(buttons=(Button(title="Ghi tiến độ", url="https://a.example/"), Button(title="Đã nhận", payload="#n"))),
        Form(template="512034", data={"ten": "Đầu mối"}),
    ):
        assert read_form(form.frozen()) == form
    assert read_form("") == Form()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "a"},
        {"title": "a", "url": "https://a.example", "payload": "#a"},
        {"title": "", "payload": "#a"},
        {"title": "a" * 101, "payload": "#a"},
        {"title": "a", "payload": "#" * 1001},
        {"title": "a", "url": "javascript:alert(1)"},
        {"title": "a", "url": "https://a.example/ b"},
    ],
)
def test_a_button_zalo_would_not_show_does_not_exist(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Button.model_validate(wrong)


def test_more_than_five_buttons_do_not_exist() -> None:
    with pytest.raises(ValidationError):
        Form(buttons=(Button(title="a", payload="#a"),) * 6)


def test_a_text_is_composed_and_counted() -> None:
    assert composed("  Đề nghị  ") == "Đề nghị"
    with pytest.raises(ValueError, match="2001 ký tự"):
        composed("đ" * 2001)


def test_secrets_are_replaced_whole_and_the_longest_first() -> None:
    assert scrubbed("khoá abcd1234 và abcd", ("abcd", "abcd1234")) == "khoá *** và ***"
    assert scrubbed("POST https://b.example/bot123:ab-c/sendMessage", ()) == "POST https://b.example/bot***/sendMessage"
    assert scrubbed("một\n hai", ("", "a")) == "một hai"


def test_the_log_of_the_library_is_scrubbed_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    quieten()
    quieten()
    logging.getLogger("httpx").info("HTTP Request: %s %s", "POST", "https://b.example/bot1:xyz-secret/sendMessage")
    assert "xyz-secret" not in caplog.text
    assert "/bot***/sendMessage" in caplog.text
    assert len(logging.getLogger("httpx").filters) == 1
