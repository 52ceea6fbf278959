"""One directive as a flow: a task per milestone that checks recorded progress, then the reminders that follow.

Every directive is this flow under its own name and deployment. State names are the Vietnamese standings: overdue is a
failed state, so that it is red in the UI; a fault of the program keeps Prefect's own names.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import allow_failure, flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, wait
from prefect.states import Completed, Failed

from actions.evaluate import evaluate, situation
from actions.office import open_office
from actions.telling import artifact_rows, milestone_line, progress_of
from domain import vietnamese as vn
from domain.plan import Track
from domain.situation import Situation
from domain.standing import Official
from store import reading, session

OVERDUE = vn.OFFICIAL[Official.OPEN_OVERDUE]


@flow(flow_run_name="{directive} · {as_of}")
def directive_flow(directive: str, as_of: datetime | None = None) -> State[Any]:
    """Check the directive's milestones at `as_of` (default: the office's clock) and plan what has to be said.

    Raises MissingStoreError on a home without a ledger: an empty one would remind nobody.
    """
    office = open_office()
    moment = as_of or office.now()
    with reading(office.store) as opened:
        found = situation(opened, office.configuration(), directive, moment)
    futures = _milestones(found)
    reminded = remind.submit(
        directive, moment, return_state=False, wait_for=[allow_failure(future) for future in futures.values()]
    )
    wait([*futures.values(), reminded])
    _show(found)
    late = sum(found.whole(track).overdue for track in found.tracks)
    if late:
        return Failed(name=OVERDUE, message=f"{late} mốc quá hạn tính đến {vn.moment(moment)}")
    return Completed(name="Đã rà soát", message=f"không mốc nào quá hạn tính đến {vn.moment(moment)}")


@task(task_run_name="{name} · {due}")
def check_milestone(name: str, due: str, official: str, said: str) -> State[Any]:
    """The milestone's standing as the state of a task; the figures behind it are in the message."""
    word = vn.OFFICIAL[official]
    if official == Official.OPEN_OVERDUE:
        return Failed(name=word, message=said)
    return Completed(name=word, message=said)


@task(task_run_name="Nhắc việc")
def remind(directive: str, as_of: datetime) -> State[Any]:
    """Write into the outbox what has to be said now; sending is the delivering flow's."""
    office = open_office()
    with session(office.store) as opened:
        evaluated = evaluate(opened, office.configuration(), directive, as_of)
    ahead = (
        f"lần xem tiếp theo: {vn.moment(evaluated.next_moment)}"
        if evaluated.next_moment
        else "không còn mốc nào phải nhắc"
    )
    return Completed(name="Đã lập lời nhắc", message=f"{evaluated.planned} lượt nhắc mới; {ahead}")


def _milestones(found: Situation) -> dict[int, PrefectFuture[Any]]:
    """A task run per track, each after those of the milestones it follows."""
    futures: dict[int, PrefectFuture[Any]] = {}
    for place, track in enumerate(found.tracks):
        before = [futures[other] for other in futures if found.tracks[other].milestone.id in track.milestone.follows]
        futures[place] = check_milestone.submit(
            track.milestone.name,
            _due(track),
            found.whole(track).official.value,
            milestone_line(found, track),
            return_state=False,
            wait_for=[allow_failure(future) for future in before],
        )
    return futures


def _due(track: Track) -> str:
    return f"hạn {vn.day(track.due.nominal)}" if track.due else "chưa có hạn"


def _show(found: Situation) -> None:
    code = found.directive.code
    create_table_artifact(
        key=code, table=artifact_rows(found), description=f"**{found.directive.title}** — {found.directive.quote}"
    )
    for metric, percent in progress_of(found):
        create_progress_artifact(
            progress=float(percent), key=f"{code}-{metric.id}", description=f"{metric.name}: {found.directive.title}"
        )
