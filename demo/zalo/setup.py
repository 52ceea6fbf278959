"""How a demonstration's office comes to know its stand-in: settings in its home, tokens and people in its store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet
from pydantic import SecretStr

from actions.zalo_office import custody_of
from channels.zalo.oauth import Pair
from config.areas import Area, Channels, People
from config.channel import Channel, ChannelKind
from config.reading import Draft
from config.settings import ENV_FILE
from config.zalo import load_zalo
from demo.zalo.people import Reader
from demo.zalo.standin import APP_ID, OA_ID, Standin
from domain.office import Person
from store import Store, session
from store.zalo_contacts import heard, link

CHANNEL = Channel(code="zalo", kind=ChannelKind.ZALOOA, name="Zalo", sending=True)
ON_ZALO = (
    "dau-moi-xa-tan-thanh-bac-son",
    "chu-tich-xa-tan-thanh-bac-son",
    "dau-moi-xa-hung-vu-bac-son",
    "chu-tich-xa-hung-vu-bac-son",
    "dau-moi-phong-nn-ptnt-bac-son",
)
"""Who of the demonstration's people prefers Zalo to e-mail."""


def on_zalo(draft: Draft, people: tuple[str, ...] = ON_ZALO) -> Draft:
    """The draft with these people reminded on Zalo first, and by e-mail where Zalo does not take it."""
    areas = dict(draft.areas)
    channels, known = areas[Area.CHANNELS], areas[Area.PEOPLE]
    if isinstance(channels, Channels) and CHANNEL.code not in {one.code for one in channels.channels}:
        areas[Area.CHANNELS] = Channels(channels=(*channels.channels, CHANNEL))
    if isinstance(known, People):
        areas[Area.PEOPLE] = People(people=tuple(_preferring(one, one.code in people) for one in known.people))
    return replace(draft, areas=areas)


def _preferring(person: Person, zalo: bool) -> Person:
    ways = tuple(one for one in person.channels if one != CHANNEL.code)
    return person.model_copy(update={"channels": (CHANNEL.code, *ways)}) if zalo else person


def settings_of(standin: Standin) -> dict[str, str]:
    """The settings by which an office reaches it; keys without the DONDOC_ prefix, lower case."""
    servers = dict.fromkeys(("oa_url", "zbs_url", "oauth_url", "bot_url"), standin.address)
    secrets = {"app_secret": standin.app_secret, "oa_secret": standin.oa_secret, "key": Fernet.generate_key().decode()}
    ours = {"oa_id": OA_ID, "app_id": APP_ID, "chat_url": standin.address, **servers, **secrets}
    return {f"zalo_{name}": value for name, value in ours.items()}


def settle_in(home: Path, values: Mapping[str, str]) -> None:
    """Write the settings into the home's own file beside the others, and into the environment: that one wins."""
    lines = {f"DONDOC_{name.upper()}": value for name, value in values.items()}
    file = home / ENV_FILE
    kept = [line for line in _lines(file) if line.partition("=")[0].strip() not in lines]
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text("".join([*kept, *(f"{name}={value}\n" for name, value in lines.items())]), encoding="utf-8")
    draft.replace(file)
    os.environ.update(lines)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines(keepends=True) if file.exists() else []


def give_tokens(standin: Standin, store: Store, home: Path, moment: datetime) -> None:
    """Enter the pair of tokens in force, as an admin would."""
    access, refresh = standin.grants.access, standin.grants.refresh
    custody = custody_of(load_zalo(home), store, home, lambda: moment)
    custody.enter(Pair(access=SecretStr(access), refresh=SecretStr(refresh)))


def introduce(standin: Standin, store: Store, people: Mapping[str, Person], at: datetime) -> dict[str, Reader]:
    """The phones of these people, each linked with its owner, who wrote to the account at `at`."""
    readers = {code: standin.account.add(_reader(number, one, at)) for number, (code, one) in enumerate(people.items())}
    with session(store) as opened:
        for code, reader in readers.items():
            heard(opened, standin.account.oa_id, reader.user, at)
            link(opened, standin.account.oa_id, reader.user, code)
    return readers


def _reader(number: int, person: Person, at: datetime) -> Reader:
    return Reader(f"88410022334455{number:05}", person.name, person.phone or "", heard=at)
