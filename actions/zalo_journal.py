"""The pair of tokens between Zalo's answer and the database: a file, on disk before anything else is done with it.

The refresh token is used up by the time its answer arrives. Killed then, with the answer in memory alone, an admin
would have to grant access anew; from the file the pair is found again. It holds only what is sealed.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from pathlib import Path

from store.zalo_tokens import SealedPair

_log = logging.getLogger(__name__)


def journal_of(home: Path, oa_id: str, generation: int) -> Path:
    """Where the pair that follows that generation is noted."""
    return home / f"{_name(oa_id)}.{generation}.next"


def note(file: Path, pair: SealedPair) -> None:
    """Put the pair on disk in one step, readable by its owner alone.

    A disk that takes nothing is logged, not raised: the database may still take the pair.
    """
    try:
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as fresh:
            fresh.write(pair.model_dump_json())
            fresh.flush()
            os.fsync(fresh.fileno())
        Path(fresh.name).replace(file)
    except OSError as error:
        _log.warning("không ghi được tệp tạm giữ mã truy cập Zalo %s: %s", file, error)


def noted(file: Path) -> SealedPair | None:
    """The pair a killed process left behind, if any; a file that cannot be read is none."""
    try:
        return SealedPair.model_validate_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _log.warning("không đọc được tệp tạm giữ mã truy cập Zalo %s: %s", file, type(error).__name__)
        return None


def forget_all(home: Path, oa_id: str) -> None:
    """Forget what was noted for the account: an admin has brought another pair."""
    for file in home.glob(f"{_name(oa_id)}.*.next"):
        file.unlink(missing_ok=True)


def _name(oa_id: str) -> str:
    return f"zalo-{re.sub(r'[^0-9A-Za-z]', '_', oa_id)}"
