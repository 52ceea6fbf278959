"""How this office speaks on Zalo: settings `DONDOC_ZALO_*`, and the secrets that may lie in files instead.

All empty: no Zalo. Secrets of one page of Zalo's console are easily taken for each other: `app_secret` (of the
application) renews tokens, `oa_secret` (of the webhook page) signs what Zalo tells us.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.kinds import Site
from config.settings import ENV_FILE


class MissingZaloSettingError(ValueError):
    """Zalo is asked for, and something is not set; the message names it."""


def _on_this_machine(url: str) -> bool:
    return urlsplit(url).hostname in {"127.0.0.1", "localhost"}


def _server(url: str) -> str:
    """Tokens travel with every request: in clear text to this machine alone."""
    if urlsplit(url).scheme == "https" or (urlsplit(url).scheme == "http" and _on_this_machine(url)):
        return url.rstrip("/")
    raise ValueError(f"“{url}”: máy chủ Zalo phải dùng https (http chỉ dùng trên chính máy này)")


Server = Annotated[str, AfterValidator(_server)]


class ZaloSettings(BaseSettings):
    """Each secret also as `…_file`: the path of a file that holds it."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_ZALO_", extra="ignore")

    oa_id: str = ""
    app_id: str = ""
    app_secret: SecretStr = SecretStr("")
    app_secret_file: Path | None = None
    prove: bool = False
    """Sign each request with the application's secret: for applications that ask for appsecret_proof."""
    oa_secret: SecretStr = SecretStr("")
    oa_secret_file: Path | None = None
    key: SecretStr = SecretStr("")
    """Seals the tokens at rest (Fernet); several, parted by spaces, while it is changed: the first one seals."""
    key_file: Path | None = None
    template: str = ""
    """Number of the approved template that carries reminders."""
    development: bool = False
    """Template messages to admins of the application only, free of charge."""
    bot_id: str = ""
    bot_token: SecretStr = SecretStr("")
    bot_token_file: Path | None = None
    oa_url: Server = "https://openapi.zalo.me"
    zbs_url: Server = "https://business.openapi.zalo.me"
    oauth_url: Server = "https://oauth.zaloapp.com"
    bot_url: Server = "https://bot-api.zaloplatforms.com"

    chat_url: Site = ""
    """Where a person opens a chat with the account; empty: its page at zalo.me."""
    port: int = 8482
    """Of the demonstration's stand-in."""

    def secret(self, name: str) -> SecretStr:
        """The secret of that name, from its setting or its file. Raises MissingZaloSettingError."""
        said: SecretStr = getattr(self, name)
        file: Path | None = getattr(self, f"{name}_file")
        if not said.get_secret_value() and file is not None:
            try:
                said = SecretStr(file.read_text(encoding="utf-8").strip())
            except (OSError, UnicodeDecodeError) as error:
                raise MissingZaloSettingError(f"không đọc được tệp DONDOC_ZALO_{name.upper()}_FILE: {file}") from error
        if not said.get_secret_value():
            setting = f"DONDOC_ZALO_{name.upper()}"
            raise MissingZaloSettingError(f"chưa khai {setting} hoặc {setting}_FILE")
        return said

    def lacking(self) -> tuple[str, ...]:
        """The settings that the Official Account still needs; empty: it can be spoken to, and heard."""
        missing = [f"DONDOC_ZALO_{name.upper()}" for name in ("oa_id", "app_id") if not getattr(self, name)]
        for name in ("app_secret", "oa_secret", "key"):
            try:
                self.secret(name)
            except MissingZaloSettingError:
                missing.append(f"DONDOC_ZALO_{name.upper()}")
        return tuple(missing)

    def keys(self) -> tuple[SecretStr, ...]:
        """The keys that seal tokens, the one of today first. Raises MissingZaloSettingError."""
        return tuple(SecretStr(one) for one in self.secret("key").get_secret_value().split())


class _Home(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="DONDOC_", extra="ignore")

    demo: bool = False


def load_zalo(home: Path) -> ZaloSettings:
    """Settings from the environment, then from the home's own file. Raises pydantic.ValidationError.

    A demonstration has no Official Account but the one of its own machine, whatever the environment says.
    """
    ours = ZaloSettings(_env_file=home / ENV_FILE)  # type: ignore[call-arg]
    servers = (ours.oa_url, ours.zbs_url, ours.oauth_url, ours.bot_url)
    if _Home(_env_file=home / ENV_FILE).demo and not all(map(_on_this_machine, servers)):  # type: ignore[call-arg]
        return ours.model_copy(update={"oa_id": "", "bot_id": ""})
    return ours
