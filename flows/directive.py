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
from actions.office import opened_office
from actions.rounds import moment_of_round
from actions.telling import artifact_rows, milestone_line, progress_of
from domain import vietnamese as vn
from domain.plan import Track
from domain.situation import Situation
from domain.standing import Official
from flows.naming import run_name
from store import reading, session

OVERDUE = vn.OFFICIAL[Official.OPEN_OVERDUE]


@flow(flow_run_name=run_name("{directive}"))
def directive_flow(directive: str, as_of: datetime | None = None) -> State[Any]:
    """Check the directive's milestones at `as_of` (default: the office's clock) and plan what has to be said.

    Raises MissingStoreError on a home without a ledger: an empty one would remind nobody; FutureError and HeldError.
    """
    with opened_office() as office:
        moment = moment_of_round(office, as_of)
        with reading(office.store) as opened:
            found = situation(opened, office.configuration(), directive, moment)
    futures = _milestones(found)
    reminded = remind.submit(
        directive, moment, return_state=False, wait_for=[allow_failure(future) for future in futures]
    )
    wait([*futures, reminded])
    if reminded.state.is_failed() or reminded.state.is_crashed():
        return reminded.state  # a fault of the program, under Prefect's own name
    _show(found)
    late = sum(found.whole(track).overdue for track in found.tracks)
    if late:
        return Failed(name=OVERDUE, message=f"{late} mốc quá hạn tính đến {vn.moment(moment)}")
    return Completed(name="Đã rà soát", message=f"Không mốc nào quá hạn tính đến {vn.moment(moment)}")


@task(task_run_name="{name} · {due}")
def check_milestone(name: str, due: str, official: str, said: str) -> State[Any]:  # noqa: ARG001 - the run's name
    """The milestone's standing as the state of a task; the figures behind it are in the message."""
    word = vn.OFFICIAL[official]
    if official == Official.OPEN_OVERDUE:
        return Failed(name=word, message=said)
    return Completed(name=word, message=said)


@task(task_run_name="Nhắc việc")
def remind(directive: str, as_of: datetime) -> State[Any]:
    """Write into the outbox what has to be said now; sending is the delivering flow's."""
    with opened_office() as office, session(office.store) as opened:
        evaluated = evaluate(opened, office.configuration(), directive, as_of)
    ahead = evaluated.next_moment
    said = f"lần xem tiếp theo: {vn.moment(ahead)}" if ahead else "không còn mốc nào phải nhắc"
    return Completed(name="Đã lập lời nhắc", message=f"{evaluated.planned} lượt nhắc mới; {said}")


def _milestones(found: Situation) -> list[PrefectFuture[Any]]:
    """A task run per track, each after those of the milestones it follows."""
    futures: list[PrefectFuture[Any]] = []
    tracks = _checked(found)
    for track in tracks:
        earlier = zip(tracks, futures, strict=False)
        before = [future for other, future in earlier if other.milestone.id in track.milestone.follows]
        futures.append(
            check_milestone.submit(
                track.milestone.name,
                _due(track),
                found.whole(track).official.value,
                milestone_line(found, track),
                return_state=False,
                wait_for=[allow_failure(future) for future in before],
            )
        )
    return futures


def _checked(found: Situation) -> list[Track]:
    """Every track; of what recurs the occurrences that are open and the last one that is not."""
    closed = {track.milestone.id: track for track in found.tracks if not found.whole(track).open}
    return [
        track
        for track in found.tracks
        if not track.milestone.recurring or found.whole(track).open or closed[track.milestone.id] is track
    ]


def _due(track: Track) -> str:
    return f"hạn {vn.day(track.due.nominal)}" if track.due else "chưa có hạn"


def _show(found: Situation) -> None:
    directive = found.directive
    create_table_artifact(
        key=directive.code, table=artifact_rows(found), description=f"**{directive.title}** — {directive.quote}"
    )
    for metric, percent in progress_of(found):
        key = f"{directive.code}-{metric.id}"
        create_progress_artifact(progress=float(percent), key=key, description=f"{metric.name}: {directive.title}")
