"""What Prefect is told of every adopted directive."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.evaluate import situations
from actions.office import Office
from config.settings import ROOT
from domain.situation import Situation, decision_points
from flows.reconcile import DirectiveDeployment, Reconciled, flow_name, reconcile
from store import reading

HORIZON = timedelta(days=400)
"""How far ahead decision points are scheduled; the daily reconciliation renews them."""


def follow(office: Office, as_of: datetime) -> Reconciled:
    """Make Prefect's deployments equal to the adopted directives, scheduled at their decision points after `as_of`."""
    with reading(office.store) as opened:
        found = situations(opened, office.configuration(), as_of)
    wanted = [_deployment(situation, as_of) for situation in found.values()]
    return reconcile(wanted, root=ROOT, environment={"DONDOC_HOME": str(office.settings.home)})


def _deployment(found: Situation, as_of: datetime) -> DirectiveDeployment:
    directive = found.directive
    return DirectiveDeployment(
        code=directive.code,
        flow_name=flow_name(directive.code, directive.title),
        points=decision_points(found, as_of + HORIZON),
        parameters={"directive": directive.code},
        description=f"{directive.quote}\n\n({directive.notice.reference()}, mục {directive.section})",
    )
