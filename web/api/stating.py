"""From a program's statement to the ledger, by the same actions as the commands and the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions import suspend as stopping
from actions.acknowledge import acknowledge
from actions.confirm import confirm, send_back
from actions.correct import correct, correction, metric_of
from actions.evaluate import situation
from actions.extend import Extended, grant, refuse_request, request
from actions.record import RefusedError, ask_before, doubted
from actions.schedule import schedule
from actions.stating import Said, state
from domain.authority import not_responsible
from domain.findings import Finding
from domain.laterday import Wish
from domain.ledger import Entry, SealedEntry
from domain.situation import Situation
from domain.state import WHOLE
from store import Session
from store.ledger import find
from web.api import statements as said_by
from web.api.door import Client
from web.api.figures import figure_entry, source, value_of
from web.api.problem import asked, not_found

Done = tuple[SealedEntry, tuple[Finding, ...]]
"""The entry, and what should be looked at in it."""


@dataclass(frozen=True)
class Desk:
    """The ledger open for one statement of a program."""

    session: Session
    client: Client
    entry: str
    """Id of the entry to be."""

    @property
    def moment(self) -> datetime:
        """When it is recorded."""
        return self.client.moment

    def said(self, stated: said_by.Stated) -> Said:
        """What every statement may say."""
        return Said(self.entry, self.client.person, source(self.client), stated.reason, stated.evidence, stated.day)


def do(desk: Desk, statement: Any) -> Done:
    """Record it. Raises ProblemError, RefusedError, UnreadableError and what else is in web.api.refusing."""
    return _DOING[type(statement)](desk, statement)


def _report(desk: Desk, stated: said_by.Report) -> Done:
    client, entry = desk.client, figure_entry(desk.client, desk.entry, stated)

    def stranger(found: Situation) -> str | None:
        return not_responsible(found, client.person, entry.subject or WHOLE)

    if why := stranger(situation(desk.session, client.configuration, entry.directive, desk.moment)):
        raise RefusedError(why)  # before they are asked anything about it
    _ask(desk, entry, yes=stated.yes)
    sealed = state(desk.session, client.configuration, entry, stranger)
    return sealed, doubted(desk.session, client.configuration, sealed.entry)


def _correct(desk: Desk, stated: said_by.Correction) -> Done:
    _seen(desk, stated.report, "báo cáo")
    value = value_of(stated, metric_of(desk.session, desk.client.configuration, stated.report))
    words = desk.said(stated)
    _ask(desk, correction(desk.session, stated.report, value, words, desk.moment), yes=stated.yes)
    return correct(desk.session, desk.client.configuration, stated.report, value, words, desk.moment), ()


def _ask(desk: Desk, entry: Entry, *, yes: bool) -> None:
    findings = ask_before(desk.session, desk.client.configuration, entry)
    if findings and not yes:
        raise asked(findings)


def _acknowledge(desk: Desk, stated: said_by.Acknowledgement) -> Done:
    desk.client.situation(stated.directive)
    words = Said(desk.entry, desk.client.person, source(desk.client))
    return acknowledge(desk.session, desk.client.configuration, stated.directive, words, desk.moment), ()


def _judge(desk: Desk, stated: said_by.Verdict) -> Done:
    _seen(desk, stated.report, "báo cáo")
    act = confirm if stated.kind == "confirm" else send_back
    return act(desk.session, desk.client.configuration, stated.report, desk.said(stated), desk.moment), ()


def _wish(desk: Desk, stated: said_by.Wished) -> Done:
    desk.client.situation(stated.directive)
    wish = Wish(stated.milestone, stated.subject or WHOLE, stated.to, stated.occurrence)
    words = desk.said(stated)
    return _both(request(desk.session, desk.client.configuration, stated.directive, wish, words, desk.moment))


def _grant(desk: Desk, stated: said_by.Granted) -> Done:
    _seen(desk, stated.request, "đề nghị")
    words = desk.said(stated)
    return _both(grant(desk.session, desk.client.configuration, stated.request, words, desk.moment, stated.to))


def _decline(desk: Desk, stated: said_by.Declined) -> Done:
    _seen(desk, stated.request, "đề nghị")
    return _both(
        refuse_request(desk.session, desk.client.configuration, stated.request, desk.said(stated), desk.moment)
    )


def _stop(desk: Desk, stated: said_by.Stop) -> Done:
    desk.client.situation(stated.directive)
    act = {"suspend": stopping.suspend, "resume": stopping.resume, "cancel": stopping.cancel}[stated.kind]
    words, configuration = desk.said(stated), desk.client.configuration
    return act(desk.session, configuration, stated.directive, words, desk.moment, stated.subject), ()


def _schedule(desk: Desk, stated: said_by.Scheduled) -> Done:
    desk.client.situation(stated.directive)
    words, configuration = desk.said(stated), desk.client.configuration
    done = schedule(desk.session, configuration, stated.directive, stated.metric, stated.on, words, desk.moment)
    return done, ()


def _seen(desk: Desk, entry_id: str, what: str) -> None:
    """What a statement is about stands in the ledger, where its maker may see it. Raises ProblemError: 404."""
    about = find(desk.session, entry_id)
    seen = about and about.directive in desk.client.seen()
    if not seen:
        raise not_found(f"{what} “{entry_id}” trong sổ")


def _both(done: Extended) -> Done:
    return done.sealed, done.findings


_DOING: dict[type[Any], Callable[[Desk, Any], Done]] = {
    said_by.Report: _report,
    said_by.Correction: _correct,
    said_by.Acknowledgement: _acknowledge,
    said_by.Verdict: _judge,
    said_by.Wished: _wish,
    said_by.Granted: _grant,
    said_by.Declined: _decline,
    said_by.Stop: _stop,
    said_by.Scheduled: _schedule,
}
