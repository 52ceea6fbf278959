"""Who may propose, change and confirm a hand-over: whoever gives work away does not decide that others have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from actions.evaluate import situation
from actions.record import RefusedError
from config.reading import Configuration
from domain.authority import is_admin, not_monitor
from domain.clocktime import local_date
from domain.handing import Proposal, Row
from domain.office import Role
from store import Session


def refuse_proposer(
    session: Session,
    configuration: Configuration,
    by: str,
    units: tuple[str, ...],
    found: Iterable[Row],
    as_of: datetime,
) -> None:
    """An admin, who works in one of the units, or who monitors one of the directives. Raises RefusedError."""
    office, today = configuration.rules.office, local_date(as_of)
    roles = (Role.FOCAL, Role.HEAD)
    if by not in {one.code for unit in units for role in roles for one in office.holders(unit, role, today)}:
        _refuse_monitors(session, configuration, by, found, as_of)


def refuse_stranger(
    session: Session,
    configuration: Configuration,
    by: str,
    proposal: Proposal,
    found: Iterable[Row],
    as_of: datetime,
) -> None:
    """Who proposed it, and those who could confirm a part of it. Raises RefusedError."""
    if by != proposal.proposed_by:
        _refuse_monitors(session, configuration, by, found, as_of)


def refuse_undecided(
    session: Session, configuration: Configuration, by: str, found: Iterable[Row], as_of: datetime
) -> None:
    """An admin, or who monitors all of the directives. Raises RefusedError."""
    if is_admin(configuration.rules.office, by, local_date(as_of)):
        return
    for code in dict.fromkeys(row.directive for row in found):
        if why := _not_monitor(session, configuration, by, code, as_of):
            raise RefusedError(f"{code}: {why}; hoặc để quản trị viên xác nhận")


def _refuse_monitors(
    session: Session, configuration: Configuration, by: str, found: Iterable[Row], as_of: datetime
) -> None:
    if is_admin(configuration.rules.office, by, local_date(as_of)):
        return
    if all(_not_monitor(session, configuration, by, code, as_of) for code in {row.directive for row in found}):
        raise RefusedError(
            "chỉ quản trị viên, cán bộ của đơn vị bàn giao hoặc của đơn vị theo dõi được lập và sửa bàn giao này"
        )


def _not_monitor(session: Session, configuration: Configuration, by: str, code: str, as_of: datetime) -> str | None:
    if code not in configuration.directives:
        return "nhiệm vụ không còn hiệu lực"
    return not_monitor(situation(session, configuration, code, as_of), by)
