"""What every test stands on: an empty environment, a Prefect home of its own, and no ERROR in the log unannounced."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator

import pytest

from tests.chromium import find_chromium

# What a developer's shell may carry: our settings, Prefect's, a database, a proxy, colours and widths of a terminal.
FOREIGN = re.compile(
    r"(DONDOC|PREFECT|APPRISE|PG|OTEL)[A-Z_]*|(HTTPS?|ALL|NO)_PROXY|TZ|(NO|FORCE)_COLOR|COLUMNS|LINES", re.IGNORECASE
)
PREFECT_HOME = tempfile.mkdtemp(prefix="dondoc-prefect-")
# UTC is nobody's office: a test that reads the machine's zone is seven hours wrong and fails.
OURS = {
    "TZ": "UTC",
    "PREFECT_HOME": PREFECT_HOME,
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}

# A lateness is shown in Prefect as a failed state of this name; the engine reports every failed state at ERROR, for a
# task twice.
OVERDUE_STATE = r"^(Finished in state|Task run failed with state:) Quá hạn\("


def _clean_environment() -> None:
    for name in [name for name in os.environ if FOREIGN.fullmatch(name)]:
        del os.environ[name]
    os.environ.update(OURS)
    time.tzset()


# Before the first test module is imported: Prefect reads its settings when it is imported.
_clean_environment()


def pytest_unconfigure() -> None:
    """Remove the Prefect home of this session."""
    shutil.rmtree(PREFECT_HOME, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave browser tests out, and say so, where there is no Chromium; in CI refuse to start instead."""
    browser = [item for item in items if item.get_closest_marker("browser")]
    if not browser or find_chromium():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(f"CI=true and no Chromium on this machine (browser tests: {len(browser)})")
    items[:] = [item for item in items if item not in browser]
    config.hook.pytest_deselected(items=browser)
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        reporter.write_line(f"\nno Chromium on this machine, left out: browser tests ({len(browser)})", yellow=True)


@pytest.fixture
def expected_errors() -> list[str]:
    """Regular expressions, searched in the message: ERROR records this test provokes on purpose."""
    return []


@pytest.fixture(autouse=True)
def no_unexpected_errors(expected_errors: list[str]) -> Iterator[None]:
    """Fail the test for each log record of level ERROR or above that it did not announce.

    Records are seen where they are made, because Prefect's loggers neither propagate nor keep foreign handlers.
    """
    seen: list[logging.LogRecord] = []
    make = logging.getLogRecordFactory()

    def watching(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.levelno >= logging.ERROR:
            seen.append(record)
        return record

    logging.setLogRecordFactory(watching)
    yield
    logging.setLogRecordFactory(make)
    allowed = re.compile("|".join([OVERDUE_STATE, *expected_errors]))
    surprises = [f"{record.name}: {record.getMessage()}" for record in seen if not allowed.search(record.getMessage())]
    assert not surprises, "ERROR in the log:\n" + "\n".join(surprises)
