"""The demonstration's Zalo: its settings stay in its home, its people are linked, its year is heard as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.office import Office
from channels.zalo.codes import Verdict
from channels.zalo.form import Form
from channels.zalo.oa import consult
from config.settings import load
from config.zalo import load_zalo
from demo import world
from demo.zalo.phones import GREETS_AFTER, SILENT, SILENT_FROM, Phones
from demo.zalo.setup import CHANNEL, ON_ZALO
from demo.zalo.standin import OA_ID
from store import reading
from store.zalo_contacts import ZaloContact, find_person
from web.zalo_office import zalo_desk_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo's home; a real account in the environment, which must not be spoken to."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    monkeypatch.setenv("DONDOC_ZALO_PORT", "0")
    monkeypatch.setenv("DONDOC_ZALO_OA_ID", "2000000000000000002")
    for name in ("OA_URL", "ZBS_URL", "OAUTH_URL", "BOT_URL", "APP_ID", "APP_SECRET", "OA_SECRET", "KEY", "CHAT_URL"):
        monkeypatch.setenv(f"DONDOC_ZALO_{name}", "")  # what is set from here on is gone after the test
        monkeypatch.delenv(f"DONDOC_ZALO_{name}")
    return tmp_path


@pytest.fixture
def phones(home: Path) -> Iterator[Phones]:
    assert load(home).home == home
    with Phones(world.settings(), world.START, world.END) as made:
        yield made


@pytest.fixture
def office(phones: Phones) -> Iterator[Office]:
    made = world.prepare(world.settings(), phones)
    yield made
    made.store.engine.dispose()


def contact(office: Office, person: str) -> ZaloContact:
    with reading(office.store) as opened:
        found = find_person(opened, OA_ID, person)
    assert found is not None
    return found


def test_its_people_are_reminded_on_zalo_first_and_linked(office: Office) -> None:
    configuration = office.configuration()
    assert CHANNEL in configuration.channels
    preferring = {one.code for one in configuration.rules.office.people if one.channels[0] == CHANNEL.code}
    assert preferring == set(ON_ZALO)
    for code in ON_ZALO:
        person = configuration.rules.office.person(code)
        assert person is not None
        assert person.channels == (CHANNEL.code, "email")
        assert contact(office, code).heard_at == world.START


@pytest.mark.usefixtures("office")
def test_the_office_is_told_of_the_stand_in_and_of_nothing_else(phones: Phones, home: Path) -> None:
    ours = load_zalo(home)
    assert (ours.oa_id, ours.lacking()) == (OA_ID, ())
    assert {ours.oa_url, ours.zbs_url, ours.oauth_url, ours.bot_url} == {phones.address.rstrip("/")}
    file = home / "settings.env"
    assert file.stat().st_mode & 0o077 == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    assert "DONDOC_DEMO=true" in lines
    assert len({line.split("=")[0] for line in lines}) == len(lines)
    assert load(home).clock == world.END


def test_settings_of_a_user_outlive_the_next_start(home: Path) -> None:
    for _ in range(2):
        with Phones(world.settings(), world.START, world.END):
            file = home / "settings.env"
            file.write_text(file.read_text(encoding="utf-8") + "DONDOC_SENDER=a@b.example\n", encoding="utf-8")
    assert load(home).sender == "a@b.example"


def test_the_year_is_heard_on_its_own_clock_and_tokens_do_not_age(office: Office, phones: Phones) -> None:
    desk = zalo_desk_of(office)
    assert desk is not None
    user = contact(office, ON_ZALO[0]).user_id
    with phones.heard_by(office):
        for days in range(5, 284, 5):
            moment = world.START + timedelta(days=days)
            phones.live(moment)
            reply = consult(desk.zalo, user, f"Lời nhắc ngày thứ {days}", Form())
            assert reply.meaning.verdict is Verdict.TAKEN, reply
            assert contact(office, ON_ZALO[0]).heard_at == phones._readers[ON_ZALO[0]].heard
    assert phones.standin.grants.asked == 0
    heard = contact(office, ON_ZALO[0]).heard_at
    assert heard is not None
    assert world.END - heard <= GREETS_AFTER
    silent = contact(office, SILENT)
    assert silent.heard_at is not None
    assert silent.heard_at < SILENT_FROM
    late = consult(desk.zalo, silent.user_id, "Lời nhắc", Form())
    assert (late.meaning.verdict, late.code) == (Verdict.PERSON, -230)


def test_after_the_year_the_phones_can_be_answered(office: Office, phones: Phones) -> None:
    for _ in range(2):  # as the next start does
        phones.join(office)
        with phones.heard_by(office):
            pass
    desk = zalo_desk_of(office)
    assert desk is not None
    assert desk.chat == phones.address.rstrip("/")
    reply = consult(desk.zalo, contact(office, ON_ZALO[0]).user_id, "Chào đồng chí", Form())
    assert reply.meaning.verdict is Verdict.TAKEN
