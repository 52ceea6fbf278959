"""Twenty people recording at once on the real server: `python -m tests.web.crowd --seconds 60`.

Each takes a form, fills it in and sends it, again and again without a pause; now and then the same form once more, as
an impatient hand does, and every third statement through the API. Meanwhile the office's own rounds write to the same
database. Ends with 1 when a word was lost, was written twice, or somebody was shown a fault.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import partial
from pathlib import Path
from statistics import quantiles

import httpx

from actions.evaluate import evaluate_each
from actions.office import Office
from config.settings import Settings, load
from domain.clocktime import at
from domain.ledger import EntryKind
from store import open_store, reading
from store.ledger import entries
from store.verification import verify
from tests.reliability.homes import crowd, founded
from tests.reliability.served import cluster
from tests.web.api_client import program
from tests.web.browsing import Reading
from tests.web.town_hall import TownHall
from web.office_pages import office_app
from web.serve import Served

PEOPLE, DIRECTIVES = 20, 12
MORNING = at(date(2024, 9, 27), clock_time(8, 0))
FAULTS = re.compile(r"database is locked|deadlock|could not serialize|QueuePool|Traceback", re.IGNORECASE)
"""What nobody is to read, on a page or in the log."""
ENGINES = ("sqlite", "postgresql")
Word = tuple[str, str, str]
"""Who said what of which directive: each is said once."""


class Ticking(Office):
    """An office whose clock goes, from that morning on."""

    _begun = time.monotonic()

    def moment(self) -> datetime:
        """Now."""
        return MORNING + timedelta(seconds=time.monotonic() - self._begun)


@dataclass
class Ordeal:
    """What was seen by those who recorded."""

    acknowledged: list[Word] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"opened": [], "form": [], "api": []})
    broken: list[str] = field(default_factory=list)
    rounds: int = 0

    def take(self, what: str, ask: Callable[[], httpx.Response], status: int, shown: str) -> str:
        """The answer, where it is the one that was to come; else nothing."""
        begun = time.monotonic()
        answer = ask()
        self.seconds[what].append(time.monotonic() - begun)
        if answer.status_code == status and shown in answer.text and not FAULTS.search(answer.text):
            return answer.text
        self.broken.append(f"{what}: {answer.status_code} {' '.join(Reading(answer.text).words.split())[:300]}")
        return ""


# ------------------------------------------------------------------------------------------------------------- the work


@dataclass
class Recorder:
    """One of them, at a browser and a program of their own."""

    number: int
    browser: httpx.Client
    key: str
    codes: tuple[str, ...]
    ordeal: Ordeal
    pause: float

    @property
    def person(self) -> str:
        """As the office names them."""
        return f"dau-moi-{self.number}"

    def work(self, until: float) -> None:
        """Record until then, one statement after the other, and one at least."""
        try:
            for turn in itertools.count():
                if turn and time.monotonic() > until:
                    return
                code = self.codes[(self.number + turn) % len(self.codes)]
                word = (self.person, code, f"Phần việc số {turn} của đầu mối {self.number} đã xong.")
                send = self._call(word, turn) if (self.number + turn) % 3 == 2 else self._form(word)
                if all(send() for _ in range(2 if turn % 5 == 0 else 1)):
                    self.ordeal.acknowledged.append(word)
                time.sleep(self.pause)
        except Exception as error:  # noqa: BLE001 - told with the rest
            self.ordeal.broken.append(f"{self.person}: {error!r}")

    def _form(self, word: Word) -> Callable[[], str]:
        """The form, filled in."""
        _, code, said = word
        path = f"/nhiem-vu/{code}/ghi"
        page = self.ordeal.take("opened", lambda: self.browser.get(path), 200, "phieu-1")
        (form,) = [one.fields for one in Reading(page).forms if "phieu-1" in one.fields]
        sent = form | {"gia-tri-1": said}
        return lambda: self.ordeal.take("form", lambda: self.browser.post(path, data=sent), 200, "Đã ghi vào sổ 1 dòng")

    def _call(self, word: Word, turn: int) -> Callable[[], str]:
        """A call of the API, under an idempotency key."""
        _, code, said = word
        body = {"kind": "report", "directive": code, "metric": "tinh-hinh", "value": said, "as_of": "2024-09-27"}
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": f"lan-{turn}"}
        ask = partial(self.browser.post, "/api/v1/entries", json=body, headers=headers)
        return lambda: self.ordeal.take("api", ask, 201, '"seq":')


def recorded_at_once(settings: Settings, seconds: float, pause: float = 0) -> Ordeal:
    """What came of so many seconds of everybody recording, each resting for `pause` after a statement."""
    office = Ticking(settings, open_store(settings.database, settings.head_file))
    hall, ordeal, codes = TownHall(office, office_app(office)), Ordeal(), _codes(office)
    with ExitStack() as stack, overheard(ordeal):
        address = stack.enter_context(Served(hall.app, 0, "-")).address
        everybody = [
            Recorder(
                number,
                stack.enter_context(
                    httpx.Client(base_url=address, timeout=60, cookies=hall.signed_in(f"dau-moi-{number}").cookies)
                ),
                str(program(hall, f"dau-moi-{number}").key),
                codes,
                ordeal,
                pause,
            )
            for number in range(PEOPLE)
        ]
        done = threading.Event()
        with ThreadPoolExecutor(PEOPLE + 1) as pool:
            rounds = pool.submit(_rounds, office, done, ordeal)
            until = time.monotonic() + seconds
            list(pool.map(lambda one: one.work(until), everybody))
            done.set()
            rounds.result()
    ordeal.broken += _missed(office, ordeal)
    office.store.engine.dispose()
    return ordeal


def _codes(office: Office) -> tuple[str, ...]:
    """Directives on which a word is asked for."""
    found = office.configuration().directives.values()
    return tuple(one.code for one in found if [metric.id for metric in one.metrics] == ["tinh-hinh"])


def _rounds(office: Office, done: threading.Event, ordeal: Ordeal) -> None:
    """The office's worker, over connections of its own: it looks at everything all the time."""
    store, configuration = open_store(office.settings.database, office.settings.head_file), office.configuration()
    while not done.wait(2):
        swept = evaluate_each(store, configuration, configuration.directives, office.moment())
        ordeal.broken += [f"không rà soát được {code}" for code in swept.faults]
        ordeal.rounds += 1
    store.engine.dispose()


# ---------------------------------------------------------------------------------------------------------- what stands


def _missed(office: Office, ordeal: Ordeal) -> Iterator[str]:
    """Whatever is in the ledger and was not acknowledged, the other way round, or not once; a broken chain."""
    with reading(office.store) as opened:
        stand = Counter(
            (one.actor, one.directive, one.value.text or "")
            for one in entries(opened, kinds=[EntryKind.REPORT])
            if one.value is not None
        )
    said = Counter(ordeal.acknowledged)
    yield from (f"mất hoặc thừa trong sổ: {word} ×{count}" for word, count in (said - stand).items())
    yield from (f"chưa ai được báo đã ghi: {word} ×{count}" for word, count in (stand - said).items())
    with reading(office.store) as opened:
        yield from (finding.message for finding in verify(opened, office.settings.head_file))


@contextmanager
def overheard(ordeal: Ordeal) -> Iterator[None]:
    """Take every ERROR of the log, and every line that tells a fault of the database, for broken.

    Records are seen where they are made, whoever listens to them.
    """
    make = logging.getLogRecordFactory()

    def hearing(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make(*args, **kwargs)
        told = f"{record.getMessage()} {record.exc_info[1] if record.exc_info else ''}"
        if record.levelno >= logging.ERROR or FAULTS.search(told):
            ordeal.broken.append(f"nhật ký: {record.name}: {told}")
        return record

    logging.setLogRecordFactory(hearing)
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)


# --------------------------------------------------------------------------------------------------------- where it is


@contextmanager
def crowded(engine: str, folder: Path) -> Iterator[Settings]:
    """An office of twenty people on that engine, whose programs may call as often as they like."""
    with ExitStack() as stack:
        if engine == "sqlite":
            home = founded(folder / "home", crowd(DIRECTIVES, PEOPLE), 9)
        else:
            home = stack.enter_context(cluster()).office(folder / "home", 9, DIRECTIVES, PEOPLE)
        yield load(home).model_copy(update={"api_per_minute": 100_000})


def figures(ordeal: Ordeal) -> dict[str, object]:
    """The sums of an ordeal, and how long answers took, in milliseconds."""
    told: dict[str, object] = {"recorded": len(ordeal.acknowledged), "rounds": ordeal.rounds}
    for what, seconds in ordeal.seconds.items():
        cuts = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else seconds * 19
        told |= {what: len(seconds), f"{what}_p50": round(cuts[9] * 1000), f"{what}_p95": round(cuts[18] * 1000)}
        told |= {f"{what}_max": round(max(seconds) * 1000)}
    return told | {"broken": len(ordeal.broken)}


def main() -> int:
    """Let them record on each engine, print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--pause", type=float, default=0, help="seconds each rests after a statement")
    asked.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    options = asked.parse_args()
    code = 0
    for engine in options.engines:
        with tempfile.TemporaryDirectory(prefix="dondoc-crowd-") as folder, crowded(engine, Path(folder)) as settings:
            ordeal = recorded_at_once(settings, options.seconds, options.pause)
        sys.stderr.writelines(f"{engine}: {line}\n" for line in ordeal.broken)
        sys.stdout.write(f"{json.dumps({'engine': engine, **figures(ordeal)})}\n")
        code |= bool(ordeal.broken)
    return code


if __name__ == "__main__":
    sys.exit(main())
