"""Where this office lives and how it is reached: environment variables `DONDOC_*` above the home's `settings.env`.

A secret may lie in a file instead, named by the same setting with `_FILE` after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.kinds import DatabaseUrl, Mailbox, Port, Site, StandingClock, Unguessable
from config.secret import given_or_filed, kept_secret

ROOT = Path(__file__).resolve().parent.parent
"""The root of the project: nothing outside it is read."""

ENV_FILE = "settings.env"


HOME = ROOT / "var" / "office"
"""The home of an office that names no other."""


def _absolute(path: Path) -> Path:
    return path if path.is_absolute() else (ROOT / path).resolve()


Folder = Annotated[Path, AfterValidator(_absolute)]
"""Seen from the project where it is relative, never from the working directory."""


FILED = Field(validate_default=True)
"""Of a secret that may lie in a file instead: its setting `…_FILE`, which stands before it."""


class Place(BaseSettings):
    """Where the office lives: known before the settings in its home can be read."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", extra="ignore", title="Settings")

    home: Folder = HOME
    """Everything this office writes: ledger, outbox, Prefect, logs."""


class Settings(Place):
    """Every path is absolute; ports are on loopback."""

    config_dir: Folder = ROOT / "config"
    database_url_file: Folder | None = None
    database_url: Annotated[DatabaseUrl, FILED] = ""
    """SQLAlchemy URL; empty: SQLite in the home."""
    demo: bool = False
    """A demo home: illustrative entries may be written, every page and message says MINH HOẠ."""
    clock: StandingClock = None
    """A standing clock, for demo homes only: in a real office it would remind nobody, and say nothing."""
    secret: Unguessable = SecretStr("")
    """Signs the links in messages; empty: made once and kept in the home."""
    secret_file: Folder | None = None
    """Where it is kept instead."""
    sender: Mailbox = "dondoc@vanphong.langson.example"
    smtp_host: str = "127.0.0.1"
    smtp_port: Port = 8425
    smtp_user: str = ""
    smtp_password_file: Folder | None = None
    smtp_password: Annotated[SecretStr, FILED] = SecretStr("")
    smtp_starttls: bool = False
    smtp_tls: bool = False
    """Encrypt from the first byte on (port 465)."""
    smtp_ca_file: Folder | None = None
    """Certificates to trust beside nobody else's, in PEM."""
    bounce_domain: str = ""
    """Domain whose mail is handed to `dondoc bounce`: letters that come back name themselves (channels/bounce.py)."""
    alarm_urls_file: Folder | None = None
    alarm_urls: Annotated[SecretStr, FILED] = SecretStr("")
    """Where admins are told when channels fail: addresses of Apprise, parted by spaces."""
    proxy_secret_file: Folder | None = None
    proxy_secret: Annotated[SecretStr, FILED] = SecretStr("")
    """What a proxy in front of the pages shows in X-Dondoc-Proxy; empty: nobody comes in by a proxy's word."""
    proxy_user_header: str = "X-Remote-User"
    """The header in which it names who is signed in there, by e-mail address or code."""
    api_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 300
    """How often a program may call the API with one key."""
    prefect_port: Port = 8420
    web_port: Port = 8480
    mailbox_port: Port = 8481
    public_url: Site = ""
    """Address at which officials reach the web page; empty: loopback and web_port."""

    @field_validator("database_url", "smtp_password", "alarm_urls", "proxy_secret", mode="before")
    @classmethod
    def _or_filed(cls, given: SecretStr | str, others: ValidationInfo) -> SecretStr | str:
        name = f"{others.field_name}"
        return given_or_filed(given, others.data.get(f"{name}_file"), f"DONDOC_{name.upper()}")

    @field_validator("clock")
    @classmethod
    def _of_a_demo(cls, clock: StandingClock, others: ValidationInfo) -> StandingClock:
        if clock is not None and not others.data.get("demo"):
            raise ValueError("đồng hồ đứng yên chỉ dành cho bản minh hoạ; bỏ DONDOC_CLOCK, hoặc đặt DONDOC_DEMO=true")
        return clock

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
        """The secret that signs links; made on first use, readable by the owner only. Raises UnusableSecretError."""
        return self.secret.get_secret_value() or kept_secret(self.secret_file or self.home / "secret")


def load(home: Path | None = None) -> Settings:
    """Settings from the environment, then from the home's own file. Raises pydantic.ValidationError."""
    base = Place() if home is None else Place(home=home)
    return Settings(home=base.home, _env_file=base.home / ENV_FILE)  # type: ignore[call-arg]


def write_home(home: Path, values: Mapping[str, str]) -> None:
    """Write the home's own settings, replacing the file whole. Keys are without the DONDOC_ prefix, lower case."""
    home.mkdir(parents=True, exist_ok=True)
    lines = [f"DONDOC_{key.upper()}={value}\n" for key, value in sorted(values.items())]
    draft = home / f"{ENV_FILE}.new"
    draft.write_text("".join(lines), encoding="utf-8")
    draft.replace(home / ENV_FILE)
