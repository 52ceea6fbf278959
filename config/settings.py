"""Where this office lives and how it is reached: environment variables `DONDOC_*` above the home's `settings.env`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The root of the project: nothing outside it is read."""

ENV_FILE = "settings.env"


HOME = ROOT / "var" / "office"
"""The home of an office that names no other."""


class Settings(BaseSettings):
    """Every path is absolute; ports are on loopback."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", extra="ignore")

    home: Path = HOME
    """Everything this office writes: ledger, outbox, Prefect, logs."""
    config_dir: Path = ROOT / "config"
    database_url: str = ""
    """SQLAlchemy URL; empty: SQLite in the home."""
    demo: bool = False
    """A demo home: illustrative entries may be written, every page and message says MINH HOẠ."""
    clock: datetime | None = None
    """A standing clock, for demo homes only."""
    secret: SecretStr = SecretStr("")
    """Signs the links in messages; empty: made once and kept in the home."""
    secret_file: Path | None = None
    sender: str = "dondoc@vanphong.langson.example"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8425
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    prefect_port: int = 8420
    web_port: int = 8480
    mailbox_port: int = 8481
    public_url: str = ""
    """Address at which officials reach the web page; empty: loopback and web_port."""

    @field_validator("home", "config_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path if path.is_absolute() else (ROOT / path).resolve()

    @field_validator("clock")
    @classmethod
    def _aware(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is None:
            raise ValueError("DONDOC_CLOCK phải có múi giờ, ví dụ 2025-01-31T17:00:00+07:00")
        return moment

    @property
    def database(self) -> str:
        """The store's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home / 'dondoc.sqlite'}"

    @property
    def head_file(self) -> Path:
        """Where the chain's head is kept outside the database."""
        return self.home / "ledger.head"

    @property
    def address(self) -> str:
        """Base address of the links in messages, without a trailing slash."""
        return self.public_url.rstrip("/") or f"http://127.0.0.1:{self.web_port}"

    def signing_secret(self) -> str:
        """The secret that signs links; made on first use and kept readable by the owner only."""
        if self.secret.get_secret_value():
            return self.secret.get_secret_value()
        kept = self.secret_file or self.home / "secret"
        if not kept.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        return kept.read_text(encoding="utf-8").strip()


def load(home: Path | None = None) -> Settings:
    """Settings from the environment, then from the home's own file. Raises pydantic.ValidationError."""
    base = Settings() if home is None else Settings(home=home)
    return Settings(home=base.home, _env_file=base.home / ENV_FILE)  # type: ignore[call-arg]


def write_home(home: Path, values: Mapping[str, str]) -> None:
    """Write the home's own settings, replacing the file whole. Keys are without the DONDOC_ prefix, lower case."""
    home.mkdir(parents=True, exist_ok=True)
    lines = [f"DONDOC_{key.upper()}={value}\n" for key, value in sorted(values.items())]
    draft = home / f"{ENV_FILE}.new"
    draft.write_text("".join(lines), encoding="utf-8")
    draft.replace(home / ENV_FILE)
