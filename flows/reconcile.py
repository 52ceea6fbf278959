"""Make Prefect's deployments of directives equal to those wanted: to each directive its own flow name and schedule.

Reconciliation owns the deployments tagged `dondoc:directive` and touches no other. Prefect's API is the one the caller
set with `prefect_client_settings`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import DeploymentSchedule
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import RRuleSchedule
from prefect.utilities.callables import parameter_schema_from_entrypoint

from config.settings import ROOT
from flows.deployments import ensure_pool, owned, remove
from flows.pool import POOL
from flows.schedule import covers, decision_schedule

TAG = "dondoc:directive"
DEPLOYMENT = "theo-doi"
ENTRYPOINT = "flows/directive.py:directive_flow"

#: Letters of a short title in a flow name.
TITLE_LENGTH = 80

#: What Prefect refuses in a name, and how it is said instead.
SPOKEN: dict[str, str | int | None] = {"%": " phần trăm", "&": " và ", "/": "-", "<": "‹", ">": "›"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveDeployment:
    """What Prefect is to know of one directive; `points` are aware instants still ahead."""

    code: str
    flow_name: str  #: made by flow_name()
    points: Sequence[datetime]
    parameters: Mapping[str, str]
    description: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """Flow names by what happened to their deployment. A renamed directive is one removed and one added."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def flow_name(code: str, title: str) -> str:
    """`<code> · <short title>` without the characters Prefect refuses in a name."""
    spoken = unicodedata.normalize("NFC", title).translate(str.maketrans(SPOKEN))
    short = re.sub(r"\s+", " ", spoken).strip()
    if len(short) > TITLE_LENGTH:
        short = short[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    return f"{code} · {short}"


def reconcile(
    wanted: Sequence[DirectiveDeployment], *, environment: Mapping[str, str], root: Path = ROOT
) -> Reconciled:
    """Add, update and remove until Prefect has exactly the wanted deployments; a second call changes nothing.

    Flow runs start in the project folder `root` with `environment` (DONDOC_HOME …) on top of their worker's.
    What is removed is verified gone, its runs still to come included; else DeploymentStaysError.
    """
    schema = parameter_schema_from_entrypoint(f"{root}/{ENTRYPOINT}").model_dump(mode="json")
    outcome: dict[str, list[str]] = {"added": [], "updated": [], "unchanged": [], "removed": []}
    with get_client(sync_client=True) as client:
        ensure_pool(client)
        existing = owned(client, TAG)
        for deployment in wanted:
            spec = _specification(deployment, root, environment, schema)
            before = existing.pop((deployment.flow_name, DEPLOYMENT), None)
            outcome[_apply(client, deployment.flow_name, spec, before)].append(deployment.flow_name)
        remove(client, existing.values())
        outcome["removed"] = sorted(name for name, _ in existing)
    return Reconciled(**{name: tuple(flows) for name, flows in outcome.items()})


def _specification(
    wanted: DirectiveDeployment, root: Path, environment: Mapping[str, str], schema: Mapping[str, Any]
) -> dict[str, Any]:
    """Every field of the deployment that is ours, as Prefect's API names it."""
    return {
        "name": DEPLOYMENT,
        "description": wanted.description,
        "tags": [TAG, *wanted.tags],
        "parameters": dict(wanted.parameters),
        "parameter_openapi_schema": dict(schema),
        "entrypoint": ENTRYPOINT,
        "path": str(root),
        # Without a pull step Prefect would copy the whole project folder for every run.
        "pull_steps": [{"prefect.deployments.steps.set_working_directory": {"directory": str(root)}}],
        "work_pool_name": POOL,
        "job_variables": {"env": dict(environment)},
        "paused": False,
        "schedules": _schedules(wanted),
    }


def _schedules(wanted: DirectiveDeployment) -> list[DeploymentScheduleCreate]:
    schedule = decision_schedule(wanted.points, wanted.code)
    return [DeploymentScheduleCreate(schedule=schedule, active=True)] if schedule else []


def _apply(client: SyncPrefectClient, flow: str, spec: dict[str, Any], before: DeploymentResponse | None) -> str:
    if before is not None and _agrees(before, spec):
        return "unchanged"
    # An upsert: it replaces the schedule together with the runs made from it, so it is done on a difference alone.
    client.create_deployment(client.create_flow_from_name(flow), **spec)
    return "added" if before is None else "updated"


def _agrees(before: DeploymentResponse, spec: Mapping[str, Any]) -> bool:
    fields = [name for name in spec if name not in {"schedules", "tags"}]
    return (
        all(getattr(before, name) == spec[name] for name in fields)
        and sorted(before.tags) == sorted(spec["tags"])
        and len(before.schedules) == len(spec["schedules"])
        and all(_same_starts(old, new) for old, new in zip(before.schedules, spec["schedules"], strict=True))
    )


def _same_starts(old: DeploymentSchedule, new: DeploymentScheduleCreate) -> bool:
    return (
        old.active
        and isinstance(old.schedule, RRuleSchedule)
        and isinstance(new.schedule, RRuleSchedule)
        and covers(old.schedule, new.schedule)
    )
