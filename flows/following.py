"""What Prefect is told of every adopted directive."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.evaluate import situations
from actions.office import Office
from config.settings import ROOT
from domain.directive import Directive
from domain.situation import Situation, decision_points
from flows.reconcile import DirectiveDeployment, Reconciled, flow_name, reconcile
from store import reading

HORIZON = timedelta(days=400)
"""How far ahead decision points are scheduled; the daily reconciliation renews them."""


def follow(office: Office, as_of: datetime) -> Reconciled:
    """Make Prefect's deployments equal to the adopted directives, scheduled at their decision points after `as_of`."""
    configuration = office.configuration()
    with reading(office.store) as opened:
        found = situations(opened, configuration, as_of)
    wanted = [_deployment(directive, found.get(code), as_of) for code, directive in configuration.directives.items()]
    return reconcile(wanted, root=ROOT, environment={"DONDOC_HOME": str(office.settings.home)})


def _deployment(directive: Directive, found: Situation | None, as_of: datetime) -> DirectiveDeployment:
    """A directive that cannot be looked at keeps its deployment, without a schedule: a fault is not a removal."""
    return DirectiveDeployment(
        code=directive.code,
        flow_name=flow_name(directive.code, directive.title),
        points=decision_points(found, as_of + HORIZON) if found else (),
        parameters={"directive": directive.code},
        description=f"{directive.quote}\n\n({directive.notice.reference()}, mục {directive.section})",
    )
