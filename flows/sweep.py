"""The sweep: look at every directive whose moment has come, deliver, and renew the schedules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.states import Completed

from actions.deliver import deliver
from actions.evaluate import evaluate
from actions.office import opened_office
from flows.naming import run_name
from store import reading, session
from store.moments import due_for_look


@flow(name="Rà soát", flow_run_name=run_name("Rà soát"))
def sweep_flow(as_of: datetime | None = None) -> State[Any]:
    """Catch up with everything missed by `as_of` (default: the office's clock), whatever happened to its schedule."""
    with opened_office() as office:
        moment = as_of or office.moment()
        with reading(office.store) as opened:
            codes = due_for_look(opened, moment)
    planned = catch_up(list(codes), moment)
    sent = send_out(moment)
    return Completed(name="Đã rà soát", message=f"{len(codes)} nhiệm vụ, {planned} lượt nhắc mới, {sent} thông điệp")


@task(task_run_name="Rà soát các nhiệm vụ đến lúc phải xem")
def catch_up(codes: list[str], as_of: datetime) -> int:
    """Evaluate each directive in a transaction of its own; how many new deliveries were planned."""
    planned = 0
    with opened_office() as office:
        configuration = office.configuration()
        for code in codes:
            with session(office.store) as opened:
                planned += evaluate(opened, configuration, code, as_of).planned
    return planned


@task(task_run_name="Gửi lời nhắc")
def send_out(as_of: datetime) -> int:
    """Deliver what may go out; how many messages were transmitted or previewed."""
    with opened_office() as office:
        done = deliver(office.courier(), office.configuration(), as_of)
    return done.sent + done.previewed
