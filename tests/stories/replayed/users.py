"""A user who has a Prefect of their own: variables in the shell, a home folder, a server that counts its callers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.environment import HOST

Belongings = dict[str, tuple[bytes, int]]
"""Every file of a home: content, and when it was last written."""


@dataclass(frozen=True)
class User:
    """Their home, the address of their Prefect API, and who has called it."""

    home: Path
    port: int
    calls: list[str]
    brought: Belongings
    """What was in their home before we came."""

    @classmethod
    @contextmanager
    def at_home(cls, home: Path) -> Iterator[User]:
        """A user whose server answers while the block lasts."""
        calls: list[str] = []

        class Counting(BaseHTTPRequestHandler):
            """Writes down every request and answers 404."""

            def do_GET(self) -> None:
                calls.append(f"{self.command} {self.path}")
                self.send_error(404)

            do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815 - the library's names

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        server = ThreadingHTTPServer((HOST, 0), Counting)
        thread = threading.Thread(target=server.serve_forever, name="user", daemon=True)
        thread.start()
        _furnish(home, server.server_port)
        try:
            yield cls(home, server.server_port, calls, _belongings(home))
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    @property
    def variables(self) -> dict[str, str]:
        """What their shell says of Prefect."""
        return {
            "HOME": str(self.home),
            "PREFECT_HOME": str(self.home / ".prefect"),
            "PREFECT_PROFILES_PATH": str(self.home / ".prefect" / "profiles.toml"),
            "PREFECT_API_URL": f"http://{HOST}:{self.port}/api",
            "PREFECT_API_KEY": "theirs",
        }

    @contextmanager
    def shell(self, office_home: Path) -> Iterator[None]:
        """This process as started from the user's shell, for the office of that home."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**self.variables, "DONDOC_HOME": str(office_home)}.items():
                patch.setenv(name, value)
            yield

    def belongings(self) -> Belongings:
        """What is in their home now."""
        return _belongings(self.home)


def _belongings(home: Path) -> Belongings:
    files = (path for path in sorted(home.rglob("*")) if path.is_file())
    return {str(path.relative_to(home)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def _furnish(home: Path, port: int) -> None:
    theirs = home / ".prefect"
    theirs.mkdir()
    (theirs / "profiles.toml").write_text(
        f'active = "mine"\n[profiles.mine]\nPREFECT_API_URL = "http://{HOST}:{port}/api"\n', encoding="utf-8"
    )
    (theirs / "prefect.db").write_bytes(b"theirs alone")
