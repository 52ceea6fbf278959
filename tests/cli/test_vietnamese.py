"""Every way in which Typer refuses a command line, said in Vietnamese."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from cli import vietnamese
from domain.vietnamese import nfc


class Colour(StrEnum):
    RED = "do"
    BLUE = "xanh"


def paint(
    wall: Annotated[str, typer.Argument(metavar="BỨC_TƯỜNG")],
    colour: Annotated[Colour, typer.Option("--colour")] = Colour.RED,
    coats: Annotated[int, typer.Option("--coats")] = 1,
    quick: Annotated[bool, typer.Option("--quick")] = False,
) -> None:
    """Sơn tường."""
    if wall == "cháy":
        raise typer.BadParameter("bức tường đang cháy")
    if wall == "ngừng":
        raise typer.Exit(3)
    raise typer.Exit(int(quick) + coats - 1 + (colour is Colour.BLUE))


def wash(by: Annotated[str, typer.Option("--by")]) -> None:
    """Rửa tường."""


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer(
        cls=vietnamese.Group, options_metavar=vietnamese.OPTIONS, subcommand_metavar=vietnamese.COMMANDS,
        add_completion=False, pretty_exceptions_enable=False,
    )  # fmt: skip
    for name, command in (("son", paint), ("rua", wash)):
        made.command(name, cls=vietnamese.Command, options_metavar=vietnamese.OPTIONS)(command)
    return made


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "thiếu tên lệnh"),
        ("quet", "không có lệnh quet"),
        ("sonn x", "không có lệnh sonn; có phải son?"),
        ("son", "thiếu tham số BỨC_TƯỜNG"),
        ("rua", "thiếu tuỳ chọn bắt buộc --by"),
        ("rua --by", "tuỳ chọn --by phải kèm một giá trị"),
        ("son x --slowly", "không có tuỳ chọn --slowly"),
        ("son x --color do", "không có tuỳ chọn --color; có phải --colour?"),
        ("son x --quick=yes", "tuỳ chọn --quick không kèm giá trị"),
        ("son x y z", "thừa tham số: y z"),
        ("son x --colour tim", "--colour: không có lựa chọn “tim”; chọn do, xanh"),
        ("son x --coats hai", "--coats: cần số nguyên"),
        ("son cháy", "bức tường đang cháy"),
    ],
    ids=lambda value: value if value.isascii() else "",
)
def test_a_wrong_command_line_is_told_in_one_vietnamese_line(app: typer.Typer, words: str, said: str) -> None:
    refused = CliRunner().invoke(app, words.split(), prog_name="nha")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    first, *rest = nfc(refused.stderr).splitlines()
    assert first == f"LỖI: {said}"
    if rest:  # an option alone does not say of which command it is
        assert rest[0].startswith("Cách dùng: nha")
        assert rest[-1].startswith("Xem hướng dẫn: nha")
    assert not re.search(r"Usage|Try|Error|Missing|No such|Invalid|Option|Got", refused.stderr)


@pytest.mark.parametrize(("words", "code"), [("son x", 0), ("son x --quick", 1), ("son ngừng", 3)])
def test_a_command_that_runs_says_how_it_ended(app: typer.Typer, words: str, code: int) -> None:
    assert CliRunner().invoke(app, words.split()).exit_code == code


def test_as_a_part_of_another_program_it_raises_and_returns(app: typer.Typer) -> None:
    with pytest.raises(typer.BadParameter):
        app(["son", "cháy"], standalone_mode=False)
    assert app(["son", "ngừng"], standalone_mode=False) == 3


def test_what_is_not_known_stays_as_it_is() -> None:
    assert vietnamese.sentence("Something new.") == "Something new."
