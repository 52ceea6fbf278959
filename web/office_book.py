"""The book of an office: its ledger and plan as one person's page sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.evaluate import situation
from actions.evidence import attached, keep
from actions.office import Office
from actions.record import RefusedError, ask_before, doubted, record
from domain.compose import answered_for
from domain.digest import Section
from domain.figures import read_value, say
from domain.findings import Finding
from domain.ledger import Entry, EntryKind
from domain.metric import Metric, Value
from domain.office import Person
from domain.situation import Situation
from domain.vietnamese import UnreadableError
from store import reading, session
from store.ledger import EntryConflictError, find, head
from web import office_pleas, office_receipts
from web.book import About, Asked, Movable, Noted, Questioned, Read, Recorded, Statement, Told
from web.gone import why_gone
from web.office_noted import SOURCE, refused


@dataclass(frozen=True)
class OfficeBook:
    """A web.book.Book over a real office."""

    office: Office

    def clock(self) -> datetime:
        """This office's moment."""
        return self.office.moment()

    def person(self, code: str) -> Person | None:
        """The person of that code, if the adopted configuration still has one."""
        return self.office.configuration().rules.office.person(code)

    def items(self, person: str) -> tuple[Section, ...]:
        """All open milestones the person answers for now, worst first, undated ones last."""
        book = self.office.overlook()
        known = book.configuration.rules.office.person(person)
        return () if known is None else answered_for(known, book.situations.values())

    def items_of(self, person: str, directive: str, as_of: datetime) -> tuple[Section, ...]:
        """Those of one directive."""
        with reading(self.office.store) as opened:
            configuration = self.office.memory.configuration(opened)
            known = configuration.rules.office.person(person)
            if known is None or directive not in configuration.directives:
                return ()
            return answered_for(known, (situation(opened, configuration, directive, as_of),))

    def has(self, entry: str) -> bool:
        """Whether something was recorded under that id."""
        with reading(self.office.store) as opened:
            return find(opened, entry) is not None

    def why_gone(self, about: About, as_of: datetime) -> Finding:
        """Why what a form is about is no longer among the items of the person who was shown it."""
        configuration = self.office.configuration()
        with reading(self.office.store) as opened:
            known = about.directive in configuration.directives
            found = situation(opened, configuration, about.directive, as_of) if known else None
        return refused(why_gone(found, about.milestone, about.subject, about.occurrence))

    def record(self, statement: Statement, now: datetime) -> Recorded | Questioned | tuple[Finding, ...]:
        """Append the statement once, however often it is given; ask about an odd figure first; else say why not."""
        configuration = self.office.configuration()
        directive = configuration.directives.get(statement.directive)
        if directive is None:
            return (refused("nhiệm vụ này không còn hiệu lực"),)
        metric = directive.metric(statement.metric)
        try:
            value = _figure(statement, metric)
            files, entry = attached(statement.files), _entry(statement, value, now)
            with session(self.office.store) as opened:
                asked = () if statement.sure else ask_before(opened, configuration, entry)
                if asked:
                    return Questioned(findings=asked)
                kept = keep(opened, files, statement.person, now)
                before = head(opened).count
                sealed = record(opened, configuration, entry.model_copy(update={"attachments": kept}))
                findings = doubted(opened, configuration, sealed.entry)
                name = _name(situation(opened, configuration, statement.directive, now), statement.subject)
        except (RefusedError, UnreadableError, EntryConflictError) as error:
            return (refused(str(error)),)
        about = " — ".join(part for part in (metric.name, name, directive.title) if part)
        return Recorded(
            entry=sealed.entry.id,
            what=about,
            value=say(metric, sealed.entry.value or value),
            as_of=sealed.entry.as_of,
            recorded_at=sealed.entry.recorded_at,
            hash=sealed.hash,
            repeated=sealed.seq <= before,
            findings=findings,
        )

    def told(self, person: str, directive: str, as_of: datetime) -> Told | Finding:
        """The directive whose urging the person may acknowledge; else why not."""
        return office_receipts.told(self.office, person, directive, as_of)

    def acknowledge(self, read: Read, now: datetime) -> Noted | tuple[Finding, ...]:
        """Note once that the urging was read; else say why not."""
        return office_receipts.note_read(self.office, read, now)

    def movable(self, person: str, about: About, as_of: datetime) -> Movable | Finding:
        """The milestone the person may ask a later day for; else why not."""
        return office_pleas.movable(self.office, person, about, as_of)

    def ask(self, asked: Asked, now: datetime) -> Noted | tuple[Finding, ...]:
        """Put the request before the monitor, once; else say why not."""
        return office_pleas.ask(self.office, asked, now)


def _name(found: Situation, code: str | None) -> str | None:
    """What the subject is called."""
    return next((subject.name for subject in found.state.subjects if subject.code == code), None)


def _figure(statement: Statement, metric: Metric) -> Value:
    """Raises domain.vietnamese.UnreadableError."""
    value = read_value(statement.value, metric)
    return value.model_copy(update={"estimate": True}) if statement.estimate else value


def _entry(statement: Statement, value: Value, now: datetime) -> Entry:
    return Entry(
        id=statement.entry,
        kind=EntryKind.REPORT,
        directive=statement.directive,
        metric=statement.metric,
        subject=statement.subject,
        occurrence=statement.occurrence,
        value=value,
        as_of=statement.as_of,
        as_of_time=statement.as_of_time,
        recorded_at=now,
        actor=statement.person,
        source=SOURCE,
        evidence=statement.evidence,
    )
