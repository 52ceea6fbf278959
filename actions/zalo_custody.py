"""The pair of tokens in our keeping: sealed in the store, found again after a crash, its death told once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from actions.zalo_journal import forget_all, journal_of, note, noted
from channels.zalo.access import NoAccessError
from channels.zalo.oauth import Pair
from store import Store, reading, session
from store.vault import BrokenSealError, Vault
from store.zalo_tokens import ASKED_AT_MOST, SealedPair, Tokens, TokenState, bury_lost, enter, read, ring, save

BROUGHT = timedelta(hours=1)
"""How old a pair is taken to be that an admin enters: refused, it may be renewed at once (zalo_access.py: SETTLED)."""
_LOST = "đã gửi mã làm mới hai lần mà không rõ kết quả; quản trị viên phải cấp quyền lại cho ứng dụng"

_log = logging.getLogger(__name__)


def alarm_in_log(message: str) -> None:
    """The way of alarms where none is given: the log."""
    _log.error("%s", message)


@dataclass(frozen=True)
class Custody:
    """Who keeps the pair of one Official Account."""

    store: Store
    vault: Vault
    oa_id: str
    home: Path
    moment: Callable[[], datetime]
    alarm: Callable[[str], None] = alarm_in_log
    """Tells an admin, not by Zalo."""

    def tokens(self) -> Tokens:
        """The pair in force, after what a killed process left behind is dealt with. Raises NoAccessError."""
        tokens = self._recovered(self._read())
        if tokens is None:
            raise NoAccessError("chưa nhập mã truy cập của Official Account; lấy cặp mã ở trang quản trị của Zalo")
        if tokens.state is TokenState.RENEWING and tokens.asked >= ASKED_AT_MOST:
            tokens = self._lost(tokens)
        if tokens.state is TokenState.DEAD:
            raise self.death(tokens.note or "mã truy cập Zalo không còn hiệu lực")
        return tokens

    def keep(self, tokens: Tokens, pair: Pair) -> None:
        """Keep the pair that followed `tokens`: on disk first, then in the store."""
        journal, sealed = journal_of(self.home, self.oa_id, tokens.generation), self._sealed(pair)
        note(journal, sealed)
        with session(self.store) as opened:
            save(opened, self.oa_id, tokens.generation, sealed)
        journal.unlink(missing_ok=True)

    def enter(self, pair: Pair) -> None:
        """Keep the pair that an admin brought from Zalo's console; nobody knows how old it is."""
        forget_all(self.home, self.oa_id)
        with session(self.store) as opened:
            enter(opened, self.oa_id, self._sealed(pair, BROUGHT))

    def death(self, why: str) -> NoAccessError:
        """The error of a dead pair. The alarm rings the first time, in whichever process that is."""
        with session(self.store) as opened:
            first = ring(opened, self.oa_id, self.moment())
        if first:
            self.alarm(f"Kênh Zalo của Official Account {self.oa_id} đã dừng: {why}")
        return NoAccessError(why)

    def opened(self, sealed: str) -> SecretStr:
        """The token in clear. Raises NoAccessError when today's key does not open it."""
        try:
            return self.vault.open(sealed)
        except BrokenSealError as error:
            raise NoAccessError(str(error)) from error

    def _read(self) -> Tokens | None:
        with reading(self.store) as opened:
            return read(opened, self.oa_id)

    def _recovered(self, tokens: Tokens | None) -> Tokens | None:
        """With the pair that was noted on disk and perhaps not saved, unless a newer one is in force."""
        journal = journal_of(self.home, self.oa_id, tokens.generation) if tokens else None
        found = noted(journal) if journal else None
        if tokens is None or journal is None or found is None:
            return tokens
        with session(self.store) as opened:
            saved = save(opened, self.oa_id, tokens.generation, found)
        journal.unlink(missing_ok=True)
        if saved:
            _log.warning("đã lấy lại cặp mã truy cập Zalo mà tiến trình trước chưa kịp lưu")
        return self._read()

    def _lost(self, tokens: Tokens) -> Tokens:
        """Sent twice, no end known: a person has to look. Not while the second sender may still be at it."""
        with session(self.store) as opened:
            bury_lost(opened, tokens, self.moment(), _LOST)
            return read(opened, self.oa_id) or tokens

    def _sealed(self, pair: Pair, age: timedelta = timedelta(0)) -> SealedPair:
        obtained = self.moment() - age
        return SealedPair(
            access=self.vault.seal(pair.access),
            refresh=self.vault.seal(pair.refresh),
            obtained_at=obtained,
            expires_at=obtained + pair.life,
        )
