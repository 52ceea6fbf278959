"""This office on Zalo: settings and store joined to what the plugins and the webhook need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from actions.zalo_access import StoredAccess
from actions.zalo_custody import Custody, alarm_in_log
from channels.zalo.access import Zalo
from channels.zalo.oauth import ZaloApp
from channels.zalo.webhook import Signing
from config.zalo import ZaloSettings
from store import Store
from store.vault import Vault

Moment = Callable[[], datetime]


def custody_of(
    ours: ZaloSettings, store: Store, home: Path, moment: Moment, alarm: Callable[[str], None] = alarm_in_log
) -> Custody:
    """Who keeps the tokens. Raises MissingZaloSettingError, and ValueError for a key that is none."""
    return Custody(store, Vault(ours.keys()), ours.oa_id, home, moment, alarm)


def zalo_of(ours: ZaloSettings, custody: Custody) -> Zalo:
    """How the plugins reach Zalo. Raises MissingZaloSettingError."""
    secret = ours.secret("app_secret")
    has_bot = bool(ours.bot_token.get_secret_value() or ours.bot_token_file)
    return Zalo(
        oa_id=ours.oa_id,
        access=StoredAccess(custody, ZaloApp(app_id=ours.app_id, secret=secret, url=ours.oauth_url)),
        moment=custody.moment,
        app_secret=secret if ours.prove else SecretStr(""),
        bot_id=ours.bot_id,
        bot_token=ours.secret("bot_token") if has_bot else SecretStr(""),
        development=ours.development,
        oa_url=ours.oa_url,
        zbs_url=ours.zbs_url,
        bot_url=ours.bot_url,
    )


def signing_of(ours: ZaloSettings) -> Signing:
    """By what events of the webhook are known. Raises MissingZaloSettingError."""
    return Signing(app_id=ours.app_id, oa_secret=ours.secret("oa_secret"))
