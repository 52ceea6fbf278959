"""`dondoc`: the commands, and how failures that a person can mend are told."""

from __future__ import annotations

import sys

import typer
from pydantic import ValidationError

from actions.evaluate import NoSuchDirectiveError
from actions.record import RefusedError
from cli.files import check_command, plan_command, rehearse_command
from cli.ledger import adopt_command, doctor_command, record_command, status_command, tick_command
from cli.showing import err
from cli.up import up_command
from config.reading import IncompleteError
from domain.vietnamese import UnreadableError
from domain.workdays import OutsideCalendarError
from store import MissingStoreError

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: đọc thông báo, tính hạn, nhắc đúng người, ghi sổ.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("up")(up_command)
app.command("check")(check_command)
app.command("plan")(plan_command)
app.command("adopt")(adopt_command)
app.command("rehearse")(rehearse_command)
app.command("record")(record_command)
app.command("status")(status_command)
app.command("tick")(tick_command)
app.command("doctor")(doctor_command)

MENDABLE = (
    IncompleteError,
    MissingStoreError,
    NoSuchDirectiveError,
    OutsideCalendarError,
    RefusedError,
    UnreadableError,
)
"""Failures whose message is a sentence for the person at the keyboard."""


def main() -> None:
    """Run a command; exit 0 fine, 1 errors, 2 wrong use."""
    try:
        app()
    except MENDABLE as error:
        err.print(f"LỖI: {error}", style="bold red")
        sys.exit(1)
    except ValidationError as error:
        for detail in error.errors():
            err.print(f"LỖI: thiết lập DONDOC_{detail['loc'][0]}: {detail['msg']}".upper(), style="bold red")
        sys.exit(2)
