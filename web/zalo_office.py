"""The Zalo desk of an office: its store, its adopted configuration, its Official Account."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from actions.office import Office
from actions.switching import switched_off
from actions.ways_out import zalo_for
from actions.zalo_events import Doorbell
from actions.zalo_office import signing_of
from actions.zalo_receipts import settle_receipt
from actions.zalo_reception import Heard, foresee, hear
from actions.zalo_words import Word
from channels.zalo.access import Zalo
from channels.zalo.codes import Verdict
from channels.zalo.events import Happening
from channels.zalo.form import TEXT_LIMIT, composed
from channels.zalo.oa import consult
from channels.zalo.webhook import Signing
from config.zalo import load_zalo
from store import reading, session
from store.zalo_contacts import ZaloContact, find_person

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OfficeZalo:
    """A web.zalo_desk.ZaloDesk over a real office."""

    office: Office
    zalo: Zalo
    signing: Signing
    chat: str
    clock: Callable[[], datetime]

    @property
    def oa_id(self) -> str:
        """The account."""
        return self.zalo.oa_id

    def hear(self, happening: Happening) -> Heard:
        """Take an event and do what it asks for, once; what is left to do comes back."""
        configuration, ours = self.office.configuration(), self.office.settings
        people = tuple(person.code for person in configuration.rules.office.people)
        bell = Doorbell(self.oa_id, ours.signing_secret(), people)
        moment = self.clock()
        with reading(self.office.store) as opened:
            foreseen = foresee(opened, configuration, happening, bell, moment)
        with session(self.office.store) as opened:
            heard = hear(opened, configuration, happening, bell, moment, foreseen)
        return replace(heard, word=heard.word.marked()) if heard.word and ours.demo else heard

    def settle(self, happening: Happening) -> bool:
        """Look again for the message a receipt is of."""
        with session(self.office.store) as opened:
            return settle_receipt(opened, self.office.configuration(), happening)

    def say(self, word: Word) -> None:
        """Send an answer, once, if it can be sent: not while sending is switched off. What was recorded stands."""
        with reading(self.office.store) as opened:
            if switched_off(opened, self.office.configuration()):
                return
        text = word.text if len(word.text) <= TEXT_LIMIT else f"{word.text[: TEXT_LIMIT - 1]}…"
        reply = consult(self.zalo, word.user, composed(text), word.form)
        if reply.meaning.verdict is not Verdict.TAKEN:
            _log.warning("không trả lời được một người trên Zalo: %s", reply.meaning.text)

    def linked(self, person: str) -> ZaloContact | None:
        """The user that this person is on Zalo."""
        with reading(self.office.store) as opened:
            return find_person(opened, self.oa_id, person)


def zalo_desk_of(office: Office, clock: Callable[[], datetime] | None = None) -> OfficeZalo | None:
    """The desk, where every setting of an Official Account is there; half of them are told in the log, and none.

    `clock` stands in for the office's own while a demonstration lives through its year.
    """
    ours = load_zalo(office.settings.home)
    if not ours.oa_id:
        return None
    if lacking := ours.lacking():
        _log.warning("chưa mở được cổng nhận sự kiện Zalo, còn thiếu: %s", ", ".join(lacking))
        return None
    try:
        zalo = zalo_for(office.settings, office.store, office.moment)
    except ValueError as error:
        _log.warning("chưa mở được cổng nhận sự kiện Zalo: %s", error)
        return None
    chat = ours.chat_url or f"https://zalo.me/{ours.oa_id}"
    return OfficeZalo(office, zalo, signing_of(ours), chat, clock or office.moment) if zalo else None
