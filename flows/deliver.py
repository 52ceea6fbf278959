"""Delivery as a flow: rows of all directives become one message per person, channel and window."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from actions.deliver import deliver
from actions.office import opened_office
from actions.rounds import moment_of_round
from actions.telling import delivered_line
from flows.naming import run_name


@flow(name="Gửi lời nhắc", flow_run_name=run_name("Gửi"))
def deliver_flow(as_of: datetime | None = None) -> State[Any]:
    """Deliver what may go out at `as_of` (default: the office's clock). Raises FutureError and HeldError."""
    with opened_office() as office:
        done = deliver(office.courier(), office.configuration(), moment_of_round(office, as_of))
    if done.stopped:
        return Failed(name="Đang tắt gửi", message=done.stopped)
    if done.troubled:
        return Failed(name="Có thư chưa gửi được", message=delivered_line(done))
    return Completed(name="Đã gửi", message=delivered_line(done))
