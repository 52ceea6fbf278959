"""The patrol as a flow: proof that nobody is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from actions.office import opened_office
from actions.patrol import patrol
from flows.naming import run_name


@flow(name="Tuần tra", flow_run_name=run_name("Tuần tra"))
def patrol_flow(as_of: datetime | None = None) -> State[Any]:
    """Red when an open milestone has nobody or nothing that will remind it; the findings are in the message."""
    with opened_office() as office:
        findings = patrol(office, as_of or office.moment())
    if findings:
        return Failed(name="Có mốc bị bỏ sót", message="\n".join(str(finding) for finding in findings))
    return Completed(name="Không bỏ sót", message="mọi mốc đang mở đều có lần nhắc tiếp theo và người nhận")
