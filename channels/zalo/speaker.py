"""What the three Zalo plugins have in common."""

from __future__ import annotations

from abc import abstractmethod

from channels.letter import Accepted, Letter, Outcome
from channels.parcel import Carrier, Parcel
from channels.smtp import Smtp
from channels.zalo.access import Zalo
from channels.zalo.codes import Verdict
from channels.zalo.form import Form, composed, read_form
from channels.zalo.outcomes import no_such_person, not_made, refused
from channels.zalo.replies import Reply
from domain.office import Person


class ZaloParcel(Parcel):
    """One letter to one person on Zalo. Its `html` is the message's form (channels/zalo/form.py)."""

    def __init__(self, person: Person, letter: Letter, smtp: Smtp, zalo: Zalo) -> None:
        super().__init__(person, letter, smtp)
        self.zalo = zalo


class Speaker(Carrier):
    """A plugin that says a letter on Zalo."""

    body_maxlen = 2000
    title_maxlen = 0

    @classmethod
    def place(cls, parcel: Parcel) -> dict[str, str | int]:
        """The account; who is written to stands in the letter."""
        assert isinstance(parcel, ZaloParcel)
        return {"schema": cls.secure_protocol, "host": parcel.zalo.oa_id or parcel.zalo.bot_id or "bot"}

    @staticmethod
    @abstractmethod
    def reader(to: str) -> str | None:
        """Who `to` is at this door; None where nobody can be meant by it."""

    @abstractmethod
    def say(self, zalo: Zalo, letter: Letter, text: str, form: Form) -> Reply | Outcome:
        """Ask Zalo to take the message, or say why that is not done. Raises ValueError for what cannot be made."""

    def carry(self, parcel: Parcel) -> Outcome:
        """Say the letter, once. A message that cannot be made is not asked for."""
        assert isinstance(parcel, ZaloParcel)
        zalo, letter = parcel.zalo, parcel.letter
        if self.reader(letter.to) is None:
            return no_such_person(f"“{letter.to}” không phải là địa chỉ nhận của kênh {self.service_name}")
        try:
            reply = self.say(zalo, letter, composed(letter.text), read_form(letter.html))
        except ValueError as error:
            return not_made(str(error))
        return outcome_of(reply, zalo) if isinstance(reply, Reply) else reply


def outcome_of(reply: Reply, zalo: Zalo) -> Outcome:
    """What became of a message that was asked for."""
    if reply.meaning.verdict is not Verdict.TAKEN:
        return refused(reply.code, reply.meaning, reply.said, zalo.moment())
    ids = (("data", "message_id"), ("data", "msg_id"), ("result", "message_id"))
    return Accepted(code=0, provider_id=next(filter(None, (reply.text(*path) for path in ids)), None))
