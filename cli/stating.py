"""How a command states something in the ledger: by a person the office knows, in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import typer

from actions.office import opened_office
from actions.stating import Said
from cli.asking import Format
from cli.showing import err, show_json
from config.reading import Configuration
from domain.ledger import SealedEntry
from store import Session, session

SOURCE = "dòng lệnh"


@dataclass(frozen=True)
class Sitting:
    """The ledger open for one statement."""

    session: Session
    configuration: Configuration
    moment: datetime
    """The instant at which it is recorded."""


@contextmanager
def sitting(by: str) -> Iterator[Sitting]:
    """The office of the environment, for a statement of the person. Raises typer.BadParameter for an unknown one."""
    with opened_office() as office:
        configuration = office.configuration()
        if configuration.rules.office.person(by) is None:
            raise typer.BadParameter(f"không có cán bộ “{by}” trong people.yaml")
        with session(office.store) as opened:
            yield Sitting(opened, configuration, office.moment())


def said(
    by: str, entry_id: str | None, reason: str | None = None, evidence: str | None = None, day: date | None = None
) -> Said:
    """What the options of a command say; an id is made where none is given."""
    return Said(entry_id or f"cli-{uuid.uuid4()}", by, SOURCE, reason, evidence, day)


def show_recorded(sealed: SealedEntry, format_: Format, *more: str) -> None:
    """The entry as JSON, or in a sentence with what else its maker should know."""
    if format_ is Format.JSON:
        show_json({"entry": sealed.entry.id, "hash": sealed.hash})
        return
    err.print(f"Đã ghi bút toán {sealed.entry.id}, số thứ tự {sealed.seq} trong sổ.")
    for sentence in more:
        err.print(sentence, soft_wrap=True)
