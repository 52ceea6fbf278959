"""An office with two ways out, both real: a mail server with a script, and the stand-in's Official Account.

Footnote 8 of the named world, told to the huyện and to two communes on the morning of 22/4/2024. Every reader has an
address, and is linked on Zalo; so is an admin. The office's clock is the tests' own: it moves by what a round waits,
never by how long a server takes, so that every instant can be said beforehand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property
from pathlib import Path
from typing import Any

from actions.compose import Desk
from actions.courier import Courier, Delivered, Post
from actions.deliver import deliver
from actions.evaluate import evaluate_each
from actions.ways_out import alarms_of, post_through, zalo_for
from actions.zalo_events import Doorbell
from actions.zalo_reception import hear
from channels.pool import Pool
from channels.zalo.access import Zalo
from channels.zalo.events import Happening, What
from channels.zalo.wire import Patience
from config.channel import Channel, ChannelKind
from config.reading import Configuration
from config.settings import Settings, load, write_home
from demo.zalo.people import Kind, Reader
from demo.zalo.setup import introduce, settings_of
from demo.zalo.standin import OA_ID, Standin
from domain.clocktime import local
from domain.directive import Directive
from domain.office import Person, Role
from domain.outbox import Delivery, State
from domain.situation import Rules
from store import Store, reading, session
from store.moments import due_for_look
from store.notices import newest
from store.outbox import history
from store.stops import Stop, open_stops
from tests.actions.offices import ALONE, EMAIL, by_mail, looked
from tests.reliability_channels.mailserver import Copy
from tests.world import PEOPLE, UNDATED, VAN_PHONG, instant, person, rules

HUYEN, BRIDGE, ROAD, ADMIN = "dau-moi-huyen", "dau-moi-tan-thanh", "dau-moi-vu-le", "quan-tri"
READERS = (HUYEN, BRIDGE, ROAD)
"""In the order in which a round comes to them."""
START = instant("22/4/2024 07:30")
ZALO = Channel(code="zalo", kind=ChannelKind.ZALOOA, name="Zalo", sending=True)
BY_PHONE = Channel(code="zalo", kind=ChannelKind.ZBS, name="Zalo ZBS", sending=True)
TEMPLATE = "512034"
PATIENT = {"timeout": 15.0, "patience": 60.0}
IMPATIENT = {"timeout": 0.6, "patience": 1.2}
"""For servers that say nothing: a machine may be busy, so nobody else is hurried."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Clock:
    """Stands where it is put, and moves by what a round waits."""

    moment: datetime = START

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class Scene:
    """How things stand: readers reached, rows, stops, and what admins were told, each in a word or two."""

    mail: tuple[str, ...] = ()
    """Who has got a copy by e-mail, as often as they got one. Alarms are not among them."""
    zalo: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()
    """`reader channel state`, and for what is planned the hour at which it may go."""
    stops: frozenset[str] = frozenset()
    """`channel[/reader] kind hour`, the hour at which it is tried again; `-`: not by itself."""
    told: tuple[str, ...] = ()
    """By which way each notice was told, the oldest first; `-`: it waits."""


@dataclass
class Hall:
    """Everything that runs, and what of it a test may turn."""

    home: Path
    store: Store
    standin: Standin
    clock: Clock
    channels: tuple[Channel, ...] = (EMAIL, ZALO)
    directives: tuple[Directive, ...] = (ALONE,)
    rules: Rules = field(default_factory=rules)
    bag: list[Copy] = field(default_factory=list)
    readers: dict[str, Reader] = field(default_factory=dict)
    smtp: dict[str, object] = field(default_factory=dict)
    """Settings of the mail server of the moment."""
    seen: set[str] = field(default_factory=set)
    """Directives somebody has looked at."""
    asked: Counter[str] = field(default_factory=Counter)
    """How often each of Zalo's doors was knocked at, by the end of its address."""
    patience: dict[str, float] = field(default_factory=lambda: dict(PATIENT))
    """With the mail server, in seconds."""
    waited: list[float] = field(default_factory=list)
    """Seconds of each pause."""
    wrap: Callable[[Post], Post] = field(default=lambda post: post)

    # ------------------------------------------------------------------------------------------------------- who it has

    def people(self, *ways: str, more: Iterable[Person] = (), **policy: Any) -> None:
        """Everybody by these ways in that order, and an admin; other fields of the policy."""
        chosen = (*PEOPLE, person(ADMIN, (VAN_PHONG, Role.ADMIN)))
        mailed = by_mail(one.model_copy(update={"channels": ways}) for one in chosen)
        numbered = (one.model_copy(update={"phone": f"09120000{n:02}"}) for n, one in enumerate(mailed))
        self.rules = rules(people=(*numbered, *more), **policy)

    def person(self, code: str, **fields: object) -> None:
        """One of them with other fields."""
        changed = (one.model_copy(update=fields) if one.code == code else one for one in self.rules.office.people)
        office = self.rules.office.model_copy(update={"people": tuple(changed)})
        self.rules = replace(self.rules, office=office)

    def person_of(self, code: str) -> Person:
        found = self.rules.office.person(code)
        assert found is not None
        return found

    def on_zalo(self, *codes: str, at: datetime = START - HOUR) -> None:
        """These are linked, and wrote to the account then."""
        found = {one.code: one for one in self.rules.office.people if one.code in codes}
        self.readers = introduce(self.standin, self.store, found, at)

    @property
    def configuration(self) -> Configuration:
        return Configuration(self.rules, self.channels, {one.code: one for one in self.directives})

    # ----------------------------------------------------------------------------------------------------- what it does

    @cached_property
    def home_settings(self) -> Settings:
        """As they stand in the home; read once."""
        return load(self.home)

    @cached_property
    def desk(self) -> Desk:
        return Desk.of(self.home_settings)

    @cached_property
    def zalo(self) -> Zalo | None:
        """The office's own way to Zalo."""
        return zalo_for(self.home_settings, self.store, self.clock)

    def hurry_zalo(self, **elsewhere: str) -> None:
        """Wait for no answer of Zalo for long, at other addresses where they are given."""
        assert self.zalo is not None
        self.zalo = replace(self.zalo, patience=Patience(connect=1, read=0.6, overall=1.2), **elsewhere)  # type: ignore[arg-type]

    def courier(self) -> Courier:
        """From a process of its own: a new pool."""
        pool, ours = Pool(), self.home_settings.model_copy(update=self.smtp)
        post = self.wrap(post_through(ours, pool, self.zalo))
        began = self.clock()

        def pause(seconds: float) -> None:
            self.waited.append(seconds)
            self.clock.moment += timedelta(seconds=seconds)

        def timer() -> float:
            return (self.clock() - began).total_seconds()

        return Courier(self.store, self.desk, post, "a", pool.close, alarms_of(ours), timer, pause)

    def tick(self, when: datetime = START) -> Delivered:
        """Look at what is due for a look, and deliver, as `dondoc tick` does."""
        self.look(START)
        with reading(self.store) as opened:
            due = due_for_look(opened, when)
        evaluate_each(self.store, self.configuration, due, when)
        return self.deliver(when)

    def deliver(self, when: datetime) -> Delivered:
        """One round; the clock stands at its instant when it begins."""
        self.clock.moment = when
        return deliver(self.courier(), self.configuration, when)

    def look(self, when: datetime) -> None:
        """What has to be said by then of directives nobody has looked at yet is planned; nothing is sent."""
        for one in self.directives:
            if one.code not in self.seen:
                looked(self.store, self.configuration, when, one.code)
                self.seen.add(one.code)

    def next_matter_goes(self, when: datetime) -> str:
        """One more directive is given to the huyện, and a round made: by which channel its focal person heard of it."""
        new = UNDATED.model_copy(update={"code": f"viec-moi-{len(self.directives)}"})
        self.directives = (*self.directives, new)
        self.look(when)
        self.tick(when)
        with reading(self.store) as opened:
            return "".join(row.key.channel for row in history(opened, new.code) if row.state is State.ACCEPTED)

    def hears(self, code: str, what: What, at: datetime) -> None:
        """Zalo tells of the person by the webhook."""
        happening = Happening(id=f"{code}-{what}-{at}", what=what, at=at, user=self.readers[code].user, text="Chào")
        bell = Doorbell(OA_ID, self.desk.secret, READERS)
        with session(self.store) as opened:
            hear(opened, self.configuration, happening, bell, at)

    # ----------------------------------------------------------------------------------------------------- what it sees

    def scene(self) -> Scene:
        """How things stand by now."""
        mailed = [copy.to.partition("@")[0] for copy in self.bag]
        with reading(self.store) as opened:
            stops, notices = open_stops(opened), newest(opened, 20)
        return Scene(
            mail=tuple(sorted(one for one in mailed if one != ADMIN)),
            zalo=tuple(sorted(code for code in self.readers if code != ADMIN for _ in self.phone(code))),
            rows=frozenset(_said(row) for row in self.rows()),
            stops=frozenset(map(_stop, stops)),
            told=tuple(how or "-" for _, how in reversed(notices)),
        )

    def rows(self) -> tuple[Delivery, ...]:
        with reading(self.store) as opened:
            return tuple(row for one in self.directives for row in history(opened, one.code))

    def phone(self, code: str) -> list[str]:
        """What the account has said to the person."""
        bubbles = self.standin.account.bubbles.of(self.readers[code].user)
        return [one.text for one in bubbles if one.kind is not Kind.USER]

    def alarms(self) -> list[str]:
        """What the admin got by e-mail."""
        return [letter_of(copy) for copy in self.bag if copy.to.startswith(f"{ADMIN}@")]

    def notices(self) -> list[str]:
        """Their words, the oldest first."""
        with reading(self.store) as opened:
            return [one.text for one, _ in reversed(newest(opened, 20))]


def found(home: Path, standin: Standin, more: Mapping[str, str]) -> Settings:
    """A home whose settings name the stand-in."""
    write_home(home, {"secret": "of-tests-only-" * 3, "zalo_template": TEMPLATE, **settings_of(standin), **more})
    return load(home)


def letter_of(copy: Copy) -> str:
    """Subject and text of a letter."""
    letter = message_from_bytes(copy.content, policy=SMTP)
    assert isinstance(letter, EmailMessage)
    body = letter.get_body(("plain",))
    return f"{letter['Subject']}\n{body.get_content() if body else ''}"


def _said(row: Delivery) -> str:
    hour = f" {hour_of(row.not_before)}" if row.state is State.PLANNED else ""
    return f"{row.key.person} {row.key.channel} {row.state}{hour}"


def _stop(one: Stop) -> str:
    scope = "/".join(part for part in (one.channel or "all", one.person) if part)
    return f"{scope} {one.kind} {hour_of(one.until) if one.until else '-'}"


def hour_of(moment: datetime) -> str:
    """`07:31`, with its day where that is not the first one."""
    here = local(moment)
    return here.strftime("%H:%M") if here.date() == local(START).date() else f"{here:%-d/%-m %H:%M}"


def rows_of(**states: str) -> frozenset[str]:
    """`rows_of(email="obsolete", zalo="accepted")`: every reader has a row in that state on each of the channels."""
    return frozenset(f"{reader} {channel} {state}" for channel, state in states.items() for reader in READERS)
