"""The real ways out of an office: its mail server, its Official Account, its ways for alarms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import SecretStr

from actions.courier import Post
from actions.zalo_office import custody_of, zalo_of
from channels.calling import call
from channels.letter import Letter, Outcome
from channels.pool import Pool
from channels.seam import send
from channels.smtp import Smtp
from channels.zalo.access import Zalo
from config.channel import Channel
from config.settings import Settings
from config.zalo import load_zalo
from domain.office import Person
from store import Store, session
from store.notices import notice

Moment = Callable[[], datetime]


def smtp_of(settings: Settings) -> Smtp:
    """The office's mail server. Raises pydantic.ValidationError where its settings do not fit together."""
    return Smtp(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.sender,
        user=settings.smtp_user,
        password=settings.smtp_password,
        starttls=settings.smtp_starttls,
        implicit_tls=settings.smtp_tls,
        ca_file=settings.smtp_ca_file,
        bounce_domain=settings.bounce_domain,
        bounce_secret=SecretStr(settings.signing_secret()),
    )


def zalo_for(settings: Settings, store: Store, moment: Moment) -> Zalo | None:
    """How the office reaches Zalo; None where it has no Official Account and no bot.

    When its tokens die, an admin is told by another channel. Raises MissingZaloSettingError.
    """
    ours = load_zalo(settings.home)
    if not ours.oa_id and not ours.bot_id:
        return None

    def alarm(text: str) -> None:
        with session(store) as opened:
            notice(opened, "zalo", "tokens", text, moment())

    return zalo_of(ours, custody_of(ours, store, settings.home, moment, alarm))


def post_through(settings: Settings, pool: Pool, zalo: Zalo | None) -> Post:
    """Through Apprise, over lines of the pool, or with the tokens of the Official Account."""
    smtp = smtp_of(settings)

    def post(channel: Channel, person: Person, letter: Letter) -> Outcome:
        return send(channel, person, letter, smtp, pool, zalo)

    return post


def alarms_of(settings: Settings) -> Callable[[str, str], bool]:
    """The ways for alarms of this office."""
    urls = settings.alarm_urls.get_secret_value().split()
    return lambda subject, text: call(urls, subject, text)
