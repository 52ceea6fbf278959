"""The sweep: look at every directive whose moment has come, and deliver."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from actions.deliver import deliver
from actions.evaluate import evaluate_each
from actions.office import opened_office
from actions.rounds import moment_of_round, note_round
from actions.telling import delivered_line
from flows.naming import run_name
from store import reading
from store.moments import due_for_look


@flow(name="Rà soát", flow_run_name=run_name("Rà soát"))
def sweep_flow(as_of: datetime | None = None) -> State[Any]:
    """Catch up with everything missed by `as_of` (default: the office's clock), whatever happened to its schedule.

    Raises FutureError and HeldError.
    """
    with opened_office() as office:
        moment = moment_of_round(office, as_of)
        with reading(office.store) as opened:
            codes = due_for_look(opened, moment)
        note_round(office)
    planned, faults = catch_up(list(codes), moment)
    troubled, delivered = send_out(moment)
    said = f"{len(codes)} nhiệm vụ, {planned} lượt nhắc mới; {delivered}"
    if faults:
        return Failed(name="Có nhiệm vụ lỗi", message=f"{said}; không rà soát được: {', '.join(faults)}")
    if troubled:
        return Failed(name="Có thư chưa gửi được", message=said)
    return Completed(name="Đã rà soát", message=said)


@task(task_run_name="Rà soát các nhiệm vụ đến lúc phải xem")
def catch_up(codes: list[str], as_of: datetime) -> tuple[int, list[str]]:
    """Evaluate each directive; how many new deliveries were planned, and which directives could not be evaluated."""
    with opened_office() as office:
        swept = evaluate_each(office.store, office.configuration(), codes, as_of)
    return swept.planned, list(swept.faults)


@task(task_run_name="Gửi lời nhắc")
def send_out(as_of: datetime) -> tuple[bool, str]:
    """Deliver what may go out; whether somebody could not be told, and what came of it in words."""
    with opened_office() as office:
        done = deliver(office.courier(), office.configuration(), as_of)
    return done.troubled, delivered_line(done)
