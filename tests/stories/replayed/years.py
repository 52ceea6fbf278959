"""An office that has lived its year through real flows, and what Prefect knows of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prefect.client.orchestration import get_client
from prefect.client.schemas.schedules import RRuleSchedule

from actions.office import Office
from demo.world import END, START
from flows.deployments import owned
from flows.environment import prefect_client_settings, prefect_environment
from flows.following import follow
from flows.loopback import ask
from flows.reconcile import TAG
from flows.replaying import live
from flows.server import prefect_server
from tests.channels.postoffice import free_port
from tests.stories.replayed.barriers import Barriers
from tests.stories.replayed.replaying import Kept, kept, scenario
from tests.stories.replayed.users import User

Deployed = dict[tuple[str, str], tuple[str | None, dict[str, object], tuple[str, ...]]]
"""Deployments of directives by flow and own name: entrypoint, parameters, schedule."""


@dataclass(frozen=True)
class Year:
    """The office, and what it had come to at the end of the year."""

    office: Office
    mail: Barriers
    user: User
    runs: int
    """Flow runs the replay says it made."""
    recorded: int
    """Flow runs that Prefect had."""
    errors: tuple[str, ...]
    """What was logged at ERROR or above."""
    deployed: Deployed
    kept: Kept
    copies: dict[str, int]
    """How often each Message-ID had arrived."""

    def unchanged(self) -> bool:
        """Whether entries, rows, messages and what arrived are still what they were."""
        return kept(self.office) == self.kept and self.mail.copies() == self.copies


def lived(office: Office, mail: Barriers, user: User) -> Year:
    """Live the year from its start, and let Prefect know the directives at its end."""
    with prefect(office, user) as environment, logged() as errors:
        runs = live(office, scenario(office), START, END)
        recorded = runs_known(environment)
        follow(office, END)
        known = deployed()
    return Year(office, mail, user, runs, recorded, tuple(errors), known, kept(office), dict(mail.copies()))


@contextmanager
def prefect(office: Office, user: User) -> Iterator[dict[str, str]]:
    """A Prefect server for the office while the block lasts, on a fresh port, started from the user's shell."""
    home = office.settings.home
    with user.shell(home):
        environment = prefect_environment(home, free_port(), {"DONDOC_HOME": str(home)})
        with prefect_server(home, environment), prefect_client_settings(environment):
            yield environment


def runs_known(environment: dict[str, str]) -> int:
    """How many flow runs the server has, those still to come left out."""
    begun = {"flow_runs": {"state": {"type": {"not_any_": ["SCHEDULED"]}}}}
    count: int = ask(int(environment["PREFECT_SERVER_API_PORT"]), "flow_runs/count", begun)
    return count


def deployed() -> Deployed:
    """The deployments of directives that the server has."""
    with get_client(sync_client=True) as client:
        return {
            names: (
                one.entrypoint,
                one.parameters,
                tuple(at.schedule.rrule for at in one.schedules if isinstance(at.schedule, RRuleSchedule)),
            )
            for names, one in owned(client, TAG).items()
        }


@contextmanager
def logged() -> Iterator[list[str]]:
    """What is logged at ERROR or above while the block lasts; an overdue standing is Prefect's way to show red."""
    errors: list[str] = []
    make = logging.getLogRecordFactory()

    def watching(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.levelno >= logging.ERROR and "Quá hạn(" not in record.getMessage():
            errors.append(record.getMessage())
        return record

    logging.setLogRecordFactory(watching)
    try:
        yield errors
    finally:
        logging.setLogRecordFactory(make)
