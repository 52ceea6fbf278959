"""`dondoc up`: everything in one process group until Ctrl-C."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from actions.evaluate import situations
from actions.office import Office, opened_office
from actions.status import status_rows
from cli.showing import err, show_table
from config.reading import IncompleteError
from config.settings import Settings, load
from demo import mailbox, world
from demo.zalo.phones import Phones
from domain import vietnamese as vn
from domain.clocktime import local_date
from flows.environment import prefect_client_settings, prefect_environment
from flows.server import prefect_server
from store import open_store, reading, upgrade
from web.office_pages import serve_pages
from web.places import Places
from web.warm import warm
from web.zalo_office import zalo_desk_of


def up_command(
    demo: Annotated[
        bool, typer.Option("--demo", metavar="", help="Bản minh hoạ: diễn lại năm 2024 rồi dừng đồng hồ ở cuối kỳ.")
    ] = False,
) -> None:
    """Chạy toàn bộ hệ thống cho đến khi bấm Ctrl-C."""
    ours = world.settings() if demo else load()
    os.environ["DONDOC_HOME"] = str(ours.home)  # the flows of this process open the same office
    with ExitStack() as stack:
        stack.enter_context(_until_stopped())
        phones = stack.enter_context(Phones(ours, world.START, world.END)) if ours.demo else None
        places = _serve(stack, ours, phones)
        if phones:
            _replay(ours, phones)
        else:
            upgrade(open_store(ours.database, ours.head_file))
        office = stack.enter_context(opened_office(ours))
        page = stack.enter_context(serve_pages(office, places, zalo_desk_of(office)))
        stack.enter_context(warm(office))
        if phones:
            phones.tell(page.address)
        _work(stack, office)
        _tell(office, places, page.address)
        threading.Event().wait()


class Stopped(KeyboardInterrupt):
    """Somebody asked the program to end."""


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Ctrl-C and SIGTERM alike end the block, quietly and with everything it started."""

    def stop(_number: int, _frame: object) -> None:
        raise Stopped

    # By name for both: what a script starts in the background inherits a Ctrl-C that is ignored.
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, stop)
    try:
        yield
    except KeyboardInterrupt:
        err.print("Đã dừng. Chạy lại cùng lệnh để tiếp tục.")


def _serve(stack: ExitStack, ours: Settings, phones: Phones | None) -> Places:
    """The servers that need no ledger yet: the mailbox of a demo, and Prefect, whose settings hold from here on."""
    environment = _environment(ours)
    box = None
    if ours.demo:
        box = stack.enter_context(mailbox.start(ours.home, ours.smtp_port, ours.mailbox_port, ours.address))
    with err.status("Đang khởi động máy chủ Prefect…"):
        stack.enter_context(prefect_server(ours.home, environment))
    stack.enter_context(prefect_client_settings(environment))
    prefect = f"http://127.0.0.1:{ours.prefect_port}/v2/dashboard"
    shown = phones.address if phones else None
    return Places(mailbox=box.pages.address if box else None, prefect=prefect, phones=shown)


def _environment(ours: Settings) -> dict[str, str]:
    """The environment of Prefect's processes and of the flow runs they start."""
    own = {name: value for name, value in os.environ.items() if name.startswith("DONDOC_")}
    return prefect_environment(ours.home, ours.prefect_port, own)


def _replay(ours: Settings, phones: Phones) -> None:
    """Live the scenario's year through the flows, or what an interrupted replay left of it."""
    from flows.following import follow  # noqa: PLC0415 - Prefect must not be imported before its settings are ours
    from flows.replaying import live  # noqa: PLC0415

    with err.status("Đang đưa thông báo vào hiệu lực…"):
        office = world.prepare(ours, phones)
        follow(office, world.START)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    scenario = world.scenario(office.configuration().directives)
    with Progress(*columns, console=err) as bar, phones.heard_by(office):
        task = bar.add_task("Diễn lại năm 2024", total=1.0)
        runs = live(office, scenario, world.START, world.END, _on(bar, task, phones))
        bar.update(task, completed=1.0)
    err.print(f"Đã diễn lại bằng {runs} lượt chạy luồng." if runs else "Năm 2024 đã được diễn lại từ trước.")
    office.store.engine.dispose()


def _on(bar: Progress, task: TaskID, phones: Phones) -> Callable[[datetime, int], None]:
    def progress(moment: datetime, runs: int) -> None:
        phones.live(moment)
        said = f"Diễn lại năm 2024: {vn.day(local_date(moment))}, {runs} lượt chạy"
        bar.update(task, completed=world.elapsed(moment), description=said)

    return progress


def _work(stack: ExitStack, office: Office) -> None:
    """The worker, the schedules, and the watcher of the ledger."""
    from flows.working import working  # noqa: PLC0415 - as in _replay

    with err.status("Đang khởi động bộ chạy luồng và đồng bộ lịch…"):
        followed = stack.enter_context(working(office, _environment(office.settings)))
    if followed is None:
        err.print("Chưa có cấu hình nào có hiệu lực: chạy “dondoc adopt”, hệ thống sẽ tự theo.", style="yellow")


def _tell(office: Office, places: Places, page: str) -> None:
    """What is running, and where to look."""
    rows = _standings(office)
    if rows:
        show_table(f"Tình trạng tính đến {vn.moment(office.moment())}", ["Tình trạng", "Số mốc"], rows)
    show_table(
        "Đang chạy, bấm Ctrl-C để dừng",
        ["Trang", "Địa chỉ"],
        [
            *([["Bảng vận hành (Prefect)", places.prefect]] if places.prefect else []),
            ["Trang của cán bộ", page],
            *([["Hộp thư thử (mọi thư đã gửi)", places.mailbox]] if places.mailbox else []),
            *([["Zalo minh hoạ (điện thoại của cán bộ)", places.phones]] if places.phones else []),
        ],
    )


def _standings(office: Office) -> list[list[str]]:
    try:
        configuration = office.configuration()
    except IncompleteError:
        return []
    with reading(office.store) as opened:
        rows = status_rows(situations(opened, configuration, office.moment()).values())
    counts = Counter(row["official"] for row in rows if row["subject"] is None)
    return [[word, str(counts[official])] for official, word in vn.OFFICIAL.items() if counts[official]]
