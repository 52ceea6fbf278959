"""`dondoc`: the commands, and how failures that a person can mend are told."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from actions.evaluate import NoSuchDirectiveError
from actions.record import RefusedError
from actions.regression import RestoredError
from actions.rounds import FutureError, HeldError
from cli import vietnamese
from cli.adopting import adopt_command
from cli.answering import acknowledge_command, confirm_command, return_command, schedule_command
from cli.bounce import bounce_command
from cli.calendar import calendar_command
from cli.deciding import decide_command, extend_command, requests_command
from cli.explain import explain_command
from cli.files import check_command, plan_command, rehearse_command
from cli.handing import hand_over_app
from cli.key import key_app
from cli.ledger import doctor_command, status_command, tick_command
from cli.message import message_command
from cli.proof import proof_command
from cli.recording import correct_command, record_command
from cli.sending import sending_command
from cli.sheets import import_command, sheet_command
from cli.showing import err
from cli.stopping import cancel_command, resume_command, suspend_command
from cli.trouble import unwritable
from cli.up import up_command
from cli.verify import verify_command
from cli.zalo import zalo_app
from config.reading import IncompleteError
from config.refusals import sentence
from config.secret import UnusableSecretError
from config.zalo import MissingZaloSettingError
from demo.world import NotADemoError
from domain.vietnamese import UnreadableError
from domain.workdays import OutsideCalendarError
from flows.child import ChildEndedError
from flows.server import PortBusyError as PrefectPortBusyError
from flows.system import DeployError
from reports.xlsx_file import UnusableFileError
from store import MissingStoreError, MissingTablesError, UnusableStoreError
from store.ledger import EntryConflictError
from web.serve import PortBusyError as PagePortBusyError

COMMANDS: dict[str, Callable[..., None]] = {
    "up": up_command,
    "check": check_command,
    "plan": plan_command,
    "adopt": adopt_command,
    "explain": explain_command,
    "calendar": calendar_command,
    "rehearse": rehearse_command,
    "message": message_command,
    "record": record_command,
    "correct": correct_command,
    "sheet": sheet_command,
    "import": import_command,
    "extend": extend_command,
    "decide": decide_command,
    "requests": requests_command,
    "suspend": suspend_command,
    "resume": resume_command,
    "cancel": cancel_command,
    "confirm": confirm_command,
    "return": return_command,
    "acknowledge": acknowledge_command,
    "schedule": schedule_command,
    "status": status_command,
    "tick": tick_command,
    "doctor": doctor_command,
    "sending": sending_command,
    "bounce": bounce_command,
    "proof": proof_command,
    "verify": verify_command,
}

vietnamese.speak_vietnamese()
app = typer.Typer(
    name="dondoc",
    cls=vietnamese.Group,
    help="Đôn Đốc: đọc thông báo, tính hạn, nhắc đúng người, ghi sổ.",
    options_metavar=vietnamese.OPTIONS,
    subcommand_metavar=vietnamese.COMMANDS,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _name, _command in COMMANDS.items():
    app.command(_name, cls=vietnamese.Command, options_metavar=vietnamese.OPTIONS)(_command)
app.add_typer(hand_over_app, name="hand-over")
app.add_typer(key_app, name="key")
app.add_typer(zalo_app, name="zalo")

MENDABLE = (
    ChildEndedError,
    DeployError,
    EntryConflictError,
    FutureError,
    HeldError,
    IncompleteError,
    MissingStoreError,
    MissingTablesError,
    MissingZaloSettingError,
    NotADemoError,
    NoSuchDirectiveError,
    OutsideCalendarError,
    PagePortBusyError,
    PrefectPortBusyError,
    RefusedError,
    RestoredError,
    UnreadableError,
    UnusableFileError,
    UnusableSecretError,
    UnusableStoreError,
)
"""Failures whose message is a sentence for the person at the keyboard."""


def main() -> None:
    """Run a command; exit 0 fine, 1 errors, 2 wrong use."""
    try:
        app()
    except MENDABLE as error:
        err.print(f"LỖI: {error}", style="bold red", soft_wrap=True)
        sys.exit(1)
    except OSError as error:
        err.print(f"LỖI: {unwritable(error)}", style="bold red", soft_wrap=True)
        sys.exit(1)
    except ValidationError as error:
        for detail in error.errors():
            err.print(f"LỖI: {_named(error.title, detail)}: {sentence(detail)}", style="bold red", soft_wrap=True)
        sys.exit(2)


def _named(model: str, detail: ErrorDetails) -> str:
    """What a person wrote and was refused: a setting, or an option of the command."""
    field = str(detail["loc"][0]) if detail["loc"] else ""
    prefixes = {"Settings": "DONDOC_", "ZaloSettings": "DONDOC_ZALO_"}
    return f"thiết lập {prefixes[model]}{field.upper()}" if model in prefixes else f"--{field}"
