"""The Prefect environment of one Đôn Đốc home.

Two promises, kept for child processes and for this process alike: nothing of a user's own Prefect (variables, profiles,
`~/.prefect`) reaches us, and nothing of ours reaches it. Prefect listens on the loopback address alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.settings import ROOT

HOST = "127.0.0.1"

#: What a child may know of the user's shell: where programs, files and the way out to the network are. No PREFECT_*.
KEPT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV", "SSL_CERT_FILE"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
)

#: Switched off, tamed or sped up for every process, with the reason where it is not plain from the name.
FIXED = {
    "DO_NOT_TRACK": "1",  # the client's telemetry; the server's is the next line
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "true",  # the old run graph drops Vietnamese letters
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # an unreachable server is an error, never a second, empty server
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_CLI_PROMPT": "false",
    # Fewer write transactions: a run on SQLite takes 0.13 s instead of 0.18 s and is refused a lock three times less.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    # The sweep makes 300 runs a day: runs older than Prefect's 90 days go, the ledger being the memory.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_WORKER_QUERY_SECONDS": "5",  # a press of Run in the UI starts within this time
}


def api_url(port: int) -> str:
    """The address of our Prefect API on this machine."""
    return f"http://{HOST}:{port}/api"


def prefect_environment(
    home: Path, port: int, dondoc: Mapping[str, str], *, database: str | None = None
) -> dict[str, str]:
    """The whole environment of a Prefect child process.

    `dondoc` are our own variables (DONDOC_HOME …) which flow runs read; DONDOC_ROOT is there already. `database` is an
    async SQLAlchemy address (`postgresql+asyncpg://…`); without it Prefect keeps an SQLite file under the home.
    """
    prefect_home = home.resolve() / "prefect"
    site = f"http://{HOST}:{port},http://localhost:{port}"
    return {
        **_kept(os.environ),
        **FIXED,
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_PROFILES_PATH": str(prefect_home / "profiles.toml"),
        "PREFECT_API_URL": api_url(port),
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": site,  # shipped as "*": any page in a browser could start runs
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database or f"sqlite+aiosqlite:///{prefect_home}/prefect.db",
        "DONDOC_ROOT": str(ROOT),
        **dondoc,
    }


@contextmanager
def prefect_client_settings(environment: Mapping[str, str]) -> Iterator[None]:
    """Inside, flows called in this process and API clients belong to the home of `environment`.

    Prefect is imported here and not above: its first import already reads the variables, creates its home folder and,
    on a terminal, reports a new user. So enter this before the first import of a module that imports Prefect.
    The heartbeat is off inside, because a finished flow waits up to a second for that thread; a run in this process
    needs no crash detection, its caller sees the exception.
    """
    Path(environment["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    with _variables(environment):
        from prefect import context  # noqa: PLC0415 (see above)
        from prefect.settings import Profile, Settings  # noqa: PLC0415

        settings = Settings().copy_with_update(updates={"flows.heartbeat_frequency": None})
        ours = context.SettingsContext(profile=Profile(name="dondoc", settings={}), settings=settings)
        # The context variable serves this thread, the global serves the threads Prefect starts for logs and events.
        before, context.GLOBAL_SETTINGS_CONTEXT = context.GLOBAL_SETTINGS_CONTEXT, ours
        try:
            with ours:
                yield
                _deliver_what_is_queued()
        finally:
            context.GLOBAL_SETTINGS_CONTEXT = before


def _deliver_what_is_queued() -> None:
    """Hand over logs and events (task runs are recorded from events) while the server they are meant for still runs."""
    from prefect.events.worker import EventsWorker  # noqa: PLC0415 (see above)
    from prefect.logging.handlers import APILogWorker  # noqa: PLC0415

    EventsWorker.drain_all(timeout=5)
    APILogWorker.drain_all(timeout=5)


def _kept(shell: Mapping[str, str]) -> dict[str, str]:
    """The allowed part of the user's shell; an office proxy must not get our calls to the loopback address."""
    kept = {name: shell[name] for name in KEPT if name in shell}
    exempt = ",".join(filter(None, [shell.get("NO_PROXY") or shell.get("no_proxy"), HOST, "localhost"]))
    return {**kept, "NO_PROXY": exempt, "no_proxy": exempt}


@contextmanager
def _variables(environment: Mapping[str, str]) -> Iterator[None]:
    """Swap this process's Prefect and proxy-exemption variables for ours, and back."""
    before = dict(os.environ)
    ours = {name: value for name, value in environment.items() if _is_prefect(name)}
    for name in filter(_is_prefect, before):
        del os.environ[name]
    os.environ.update(ours)
    try:
        yield
    finally:
        for name in ours:
            os.environ.pop(name, None)
        os.environ.update({name: value for name, value in before.items() if _is_prefect(name)})


def _is_prefect(name: str) -> bool:
    return name.startswith("PREFECT_") or name in {"DO_NOT_TRACK", "NO_PROXY", "no_proxy"}
