"""An office that keeps the stand-in's tokens; run as a process: `python -m tests.actions.zalo_keeper FACTS`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from actions.zalo_access import StoredAccess
from actions.zalo_custody import Custody, alarm_in_log
from channels.zalo.oauth import Pair, ZaloApp
from channels.zalo.wire import Patience
from demo.zalo.standin import APP_ID, OA_ID, Standin
from store import Store, open_store
from store.vault import Vault

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def keeper(
    store: Store,
    home: Path,
    where: tuple[str, str],
    moment: Callable[[], datetime],
    alarm: Callable[[str], None] = alarm_in_log,
) -> StoredAccess:
    """The access of one process; `where`: address and application secret of the stand-in."""
    patience = Patience(connect=2, read=2, overall=4)
    app = ZaloApp(app_id=APP_ID, secret=SecretStr(where[1]), url=where[0], patience=patience)
    return StoredAccess(Custody(store, Vault([SecretStr(KEY)]), OA_ID, home, moment, alarm), app)


def given(standin: Standin) -> Pair:
    """The pair an admin would copy from the console."""
    return Pair(access=SecretStr(standin.grants.access), refresh=SecretStr(standin.grants.refresh))


def main(facts: dict[str, str]) -> None:
    """Fetch a token, once."""
    moment = datetime.fromisoformat(facts["moment"])
    store = open_store(facts["url"], Path(facts["home"]) / "ledger.head")
    access = keeper(store, Path(facts["home"]), (facts["address"], facts["secret"]), lambda: moment)
    print(access.token().get_secret_value())  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
