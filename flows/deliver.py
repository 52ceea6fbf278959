"""Delivery as a flow: rows of all directives become one message per person, channel and window."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from actions.deliver import deliver
from actions.office import opened_office
from flows.naming import run_name


@flow(name="Gửi lời nhắc", flow_run_name=run_name("Gửi"))
def deliver_flow(as_of: datetime | None = None) -> State[Any]:
    """Deliver what may go out at `as_of` (default: the office's clock)."""
    with opened_office() as office:
        done = deliver(office.courier(), office.configuration(), as_of or office.moment())
    counts = f"{done.sent} đã gửi, {done.previewed} xem trước, {done.failed} bị từ chối"
    said = f"{counts}, {done.unknown} chưa rõ kết quả, {done.faults} lỗi"
    if done.failed or done.faults:
        return Failed(name="Có thư chưa gửi được", message=said)
    return Completed(name="Đã gửi", message=said)
