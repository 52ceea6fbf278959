"""The system flows of prefect.yaml (sweep, deliver, patrol, reconcile), made known to the Prefect server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from config.settings import ROOT


class DeployError(RuntimeError):
    """`prefect deploy --all` failed; the message carries what it printed last."""


def deploy_system_flows(environment: Mapping[str, str], *, root: Path = ROOT) -> None:
    """Register every deployment of `<root>/prefect.yaml`, again and again without harm; about 4 s.

    The server and the work pool must be there. Raises DeployError.
    """
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "deploy", "--all"],
        cwd=root,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = "\n".join(done.stdout.splitlines()[-15:])
        raise DeployError(f"Không đăng ký được các luồng hệ thống với Prefect.\n{last}")
