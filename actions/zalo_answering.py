"""A conversation with a person on Zalo: what they wrote becomes a question, their yes an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.acknowledge import acknowledge
from actions.evaluate import NoSuchDirectiveError
from actions.record import RefusedError
from actions.stating import Said
from actions.zalo_asked import Wanted, told_of, wanted_of
from actions.zalo_settling import SOURCE, odd, settle, still_wanted
from actions.zalo_words import (
    DROPPED,
    NOTHING_TOLD,
    NOTHING_WAITS,
    TOO_LATE,
    Word,
    acknowledged,
    choice,
    question,
    recorded_before,
    refused,
    unclear_yes,
)
from channels.zalo.confirming import Answer, answer, received
from channels.zalo.events import Happening
from channels.zalo.reply import Proposal, understand
from config.reading import Configuration
from domain.clocktime import local_date
from domain.figures import read_value
from domain.office import Person
from store import Session
from store.zalo_questions import Answered, ZaloQuestion, ask, close, newest

GOOD_FOR = timedelta(hours=24)
"""How long a yes counts for the question before it."""


def reports(text: str) -> bool:
    """Whether the text is neither a yes nor a no nor a mere sign of reading: it may be a result."""
    return received(text) is None and answer(text) is Answer.UNCLEAR


@dataclass(frozen=True)
class Talk:
    """One message of one linked person, taken in this transaction."""

    session: Session
    configuration: Configuration
    oa_id: str
    person: Person
    happening: Happening
    moment: datetime
    foreseen: tuple[Wanted, ...] | None = None
    """What it may be about, where that was looked up before."""

    def answered(self) -> Word:
        """What is said back, after what follows from it is done."""
        text = self.happening.text
        read = received(text)
        if read is not None:
            return self._word(self._acknowledged(read.directive))
        asked, said = newest(self.session, self.oa_id, self.happening.user), answer(text)
        if said is Answer.UNCLEAR:
            return self._proposed(asked if asked and self._waits(asked) else None)
        return self._word(self._settled(asked, said))

    def _waits(self, asked: ZaloQuestion) -> bool:
        same = asked.person == self.person.code
        return same and asked.answer is None and self.moment < asked.asked_at + GOOD_FOR

    def _settled(self, asked: ZaloQuestion | None, said: Answer) -> str:
        """Yes or no to the last question."""
        if asked is None or asked.person != self.person.code:
            return NOTHING_WAITS
        if asked.answer is Answered.YES and said is Answer.YES:
            return recorded_before(asked.id)
        if asked.answer is not None:
            return NOTHING_WAITS
        if not self._waits(asked):
            return TOO_LATE
        if said is Answer.YES:
            return settle(self.session, self.configuration, self.person, asked, self.moment)
        close(self.session, asked.id, Answered.NO, self.moment)
        return DROPPED

    def _proposed(self, waiting: ZaloQuestion | None) -> Word:
        """The question that what they wrote leads to; the one that waits, again, where it leads to none."""
        wanted = self.foreseen
        if wanted is None:
            wanted = wanted_of(self.session, self.configuration, self.person, self.moment)
        day = local_date(min(self.happening.at, self.moment))  # Zalo's clock may be before ours
        found = understand(self.happening.text, [one.asked for one in wanted], day)
        if isinstance(found, Proposal):
            one = wanted[int(found.asked.id)]
            asked = self._question(found, one)
            ask(self.session, asked)
            notes = odd(self.session, self.configuration, asked, one, self.moment)
            return question(self.happening.user, f"{notes}{found.question}")
        again = self._again(waiting) if waiting else None
        return again or choice(self.happening.user, found.question, found.choices)

    def _again(self, waiting: ZaloQuestion) -> Word | None:
        """The question that waits, if it can still be answered."""
        one = still_wanted(self.session, self.configuration, self.person, waiting, self.moment)
        if one is None:
            return None
        value = read_value(waiting.written, one.asked.metric)
        same = Proposal(asked=one.asked, value=value, written=waiting.written, as_of=waiting.as_of)
        return question(self.happening.user, unclear_yes(same.question))

    def _question(self, found: Proposal, one: Wanted) -> ZaloQuestion:
        return ZaloQuestion(
            id=f"zalo-{self.happening.id[:32]}",
            oa_id=self.oa_id,
            user_id=self.happening.user,
            person=self.person.code,
            milestone=one.milestone,
            written=found.written,
            said=self.happening.text,
            as_of=found.as_of,
            asked_at=self.moment,
            **one.figure.model_dump(),
        )

    def _acknowledged(self, directive: str | None) -> str:
        """That a reminder was read, stated for each directive it spoke of."""
        told = (directive,) if directive else told_of(self.session, self.configuration, self.person.code)
        done, why = 0, NOTHING_TOLD
        for number, code in enumerate(told, 1):
            said = Said(f"zalo-{self.happening.id[:32]}-{number}", self.person.code, SOURCE)
            try:
                acknowledge(self.session, self.configuration, code, said, self.moment)
                done += 1
            except (RefusedError, NoSuchDirectiveError) as error:
                why = refused(str(error))
        days = self.configuration.rules.policy.acknowledged_days
        return acknowledged(done, days) if done else why

    def _word(self, text: str) -> Word:
        return Word(self.happening.user, text)
