"""Typer's own English in Vietnamese: the words around our help, and the sentences that refuse a wrong command line.

Help keeps Typer's look; a refusal looks like every other error of ours: `LỖI: …` on stderr, exit code 2.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

from typer import rich_utils
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.exceptions import TyperException

from cli.showing import err

OPTIONS = "[TUỲ CHỌN]"
COMMANDS = "LỆNH [THAM SỐ]..."

_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "Tham số",
    "OPTIONS_PANEL_TITLE": "Tuỳ chọn",
    "COMMANDS_PANEL_TITLE": "Lệnh",
    "DEFAULT_STRING": "[mặc định: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
}
"""Fixed strings of Typer's help, by their names in typer.rich_utils."""

_SENTENCES = (
    (r"Missing argument '(.+?)'\..*", "thiếu tham số {0}"),
    (r"Missing option '(.+?)'\..*", "thiếu tuỳ chọn bắt buộc {0}"),
    (r"Missing command\.", "thiếu tên lệnh"),
    (r"No such command '(.+?)'\. Did you mean (.+)\?", "không có lệnh {0}; có phải {1}?"),
    (r"No such command '(.+?)'\.", "không có lệnh {0}"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", "không có tuỳ chọn {0}; có phải {1}?"),
    (r"No such option: (\S+)", "không có tuỳ chọn {0}"),
    (r"Option '(.+?)' requires an argument\.", "tuỳ chọn {0} phải kèm một giá trị"),
    (r"Option '(.+?)' does not take a value\.", "tuỳ chọn {0} không kèm giá trị"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "thừa tham số: {0}"),
    (r"Invalid value for '(.+?)': Value error, '(.*)' is not one of (.+)\.", "{0}: không có lựa chọn “{1}”; chọn {2}"),
    (r"Invalid value for '(.+?)': Input should be a valid integer.*", "{0}: cần số nguyên"),
    (r"Invalid value for '(.+?)': (.+)", "{0}: {1}"),
    (r"Invalid value: (.+)", "{0}"),
)
"""What Typer says of a wrong command line, and how we say it; the first that fits is taken."""


def sentence(said: str) -> str:
    """Typer's refusal in Vietnamese; what is not known here stays as it is."""
    for pattern, ours in _SENTENCES:
        found = re.fullmatch(pattern, said.strip(), re.DOTALL)
        if found:
            return ours.format(*(part.replace("'", "") for part in found.groups()))
    return said


class Command(TyperCommand):
    """A command that speaks Vietnamese about itself."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The `--help` option."""
        return _in_our_words(super().get_help_option(ctx))


class Group(TyperGroup):
    """The program as a whole, which also tells a person what is wrong with the command line."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The `--help` option."""
        return _in_our_words(super().get_help_option(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; a wrong command line is told in one line and ends the process with 2."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except TyperException as refusal:
            if not standalone_mode:
                raise
            _tell(refusal)
            sys.exit(refusal.exit_code)
        if not standalone_mode:
            return code
        sys.exit(code if isinstance(code, int) else 0)


def speak_vietnamese() -> None:
    """Put our words in the place of Typer's; once, before the program is run."""
    for name, words in _WORDS.items():
        setattr(rich_utils, name, words)
    # The name of an argument says what it is; `<str>` beside it says nothing to an official.
    setattr(TyperArgument, "display_type_rich", lambda _argument, ctx: "")  # noqa: ARG005, B010 - mypy refuses the other


def _write_usage(command: Command | Group, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")


def _in_our_words(option: Any) -> Any:
    if option is not None:
        option.help, option.metavar = "Xem hướng dẫn này rồi thoát.", ""
    return option


def _tell(refusal: TyperException) -> None:
    if type(refusal).__name__ == "NoArgsIsHelpError":
        return  # the help has been shown
    err.print(f"LỖI: {sentence(refusal.format_message())}", style="bold red", soft_wrap=True)
    ctx = getattr(refusal, "ctx", None)
    if ctx is not None:
        err.print(f"{ctx.get_usage()}\nXem hướng dẫn: {ctx.command_path} --help", soft_wrap=True)
