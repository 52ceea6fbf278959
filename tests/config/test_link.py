"""A signed link opens one form of one person for a time, and cannot be made or changed by anybody else."""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.link import LinkExpiredError, LinkForgedError, Links, read, sign
from config.pages import form

SECRET = "x" * 32
NOW = datetime(2024, 7, 4, 2, 15, tzinfo=UTC)
MONTH = timedelta(days=30)
FORM = "?nhiem-vu=khoi-cong&moc=khoi-cong"


def test_a_link_leads_back_to_its_person_until_it_expires() -> None:
    token = sign(SECRET, "dau-moi-ubnd-huyen-bac-son", FORM, NOW)
    assert re.fullmatch(r"[A-Za-z0-9._-]+", token)
    for age in (timedelta(0), MONTH):
        assert read(SECRET, token, FORM, MONTH, NOW + age) == "dau-moi-ubnd-huyen-bac-son"
    for age in (MONTH + timedelta(seconds=1), timedelta(seconds=-1)):
        with pytest.raises(LinkExpiredError):
            read(SECRET, token, FORM, MONTH, NOW + age)


def test_the_same_moment_gives_the_same_link() -> None:
    assert sign(SECRET, "a", FORM, NOW) == sign(SECRET, "a", FORM, NOW)
    assert sign(SECRET, "a", FORM, NOW) != sign(SECRET, "b", FORM, NOW)


@pytest.mark.parametrize(
    "other", ["", "?", "?nhiem-vu=khoi-cong", "/tiep-nhan?nhiem-vu=khoi-cong", f"{FORM}&ky=2024-06-30"]
)
def test_it_opens_no_other_form(other: str) -> None:
    with pytest.raises(LinkForgedError):
        read(SECRET, sign(SECRET, "dau-moi", FORM, NOW), other, MONTH, NOW)


def test_a_message_carries_the_forms_address_as_it_is_signed() -> None:
    links = Links("https://dondoc.example", SECRET, "dau-moi", NOW)
    address = urlsplit(links.form(FORM))
    below, asked = address.path.removeprefix("/p/"), dict(parse_qsl(address.query))
    token, slash, page = below.partition("/")
    assert read(SECRET, token, form(slash + page, {**asked, "utm_source": "zalo"}), MONTH, NOW) == "dau-moi"
    assert SECRET not in repr(links)


@given(st.integers(min_value=0, max_value=200), st.characters(codec="ascii", categories=["L", "N"]))
def test_a_changed_letter_breaks_it(place: int, letter: str) -> None:
    token = sign(SECRET, "dau-moi", FORM, NOW)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(LinkForgedError):
            read(SECRET, changed, FORM, MONTH, NOW)


def test_not_even_the_spare_bits_of_the_last_letter_can_be_changed() -> None:
    token = sign(SECRET, "dau-moi", FORM, NOW)
    for letter in set(string.ascii_letters + string.digits + "-_") - {token[-1]}:
        with pytest.raises(LinkForgedError):
            read(SECRET, token[:-1] + letter, FORM, MONTH, NOW)


@given(st.text(max_size=80))
def test_no_text_is_a_link_by_itself(text: str) -> None:
    with pytest.raises(LinkForgedError):
        read(SECRET, text, FORM, MONTH, NOW)


def test_another_offices_link_and_a_weak_secret_are_refused() -> None:
    with pytest.raises(LinkForgedError):
        read("y" * 32, sign(SECRET, "dau-moi", FORM, NOW), FORM, MONTH, NOW)
    with pytest.raises(ValueError, match="ít nhất 32 ký tự"):
        sign("ngắn", "dau-moi", FORM, NOW)
    with pytest.raises(ValueError, match="múi giờ"):
        sign(SECRET, "dau-moi", FORM, NOW.replace(tzinfo=None))
