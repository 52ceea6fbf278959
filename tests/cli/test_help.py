"""Each command explains itself, all of its options, in Vietnamese."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from cli.main import COMMANDS, app

STATED = ("--by", "--evidence", "--as-of", "--id", "--format")
REPORTED = ("--file", "--estimate", "--basis", "--yes")
OPTIONS = {
    "up": ["--demo"],
    "check": ["THƯ_MỤC", "--format"],
    "plan": ["NHIỆM_VỤ", "--diff", "--config", "--format"],
    "explain": ["CỤM_TỪ", "--issued", "--received", "--batch", "--format"],
    "calendar": ["NĂM", "--svg", "--format"],
    "adopt": ["THƯ_MỤC", "--as-of", "--yes", "--format"],
    "rehearse": ["--from", "--to", "--scenario", "--format"],
    "message": ["CÁN_BỘ", "--as-of", "--channel", "--format"],
    "record": [
        "NHIỆM_VỤ",
        "CHỈ_TIÊU",
        "GIÁ_TRỊ",
        "--subject",
        "--occurrence",
        "--as-of",
        "--by",
        "--evidence",
        *REPORTED,
        "--format",
    ],
    "correct": ["BÁO_CÁO", "GIÁ_TRỊ", "--reason", *REPORTED, *STATED],
    "sheet": ["ĐƠN_VỊ", "--person", "--out"],
    "import": ["TỆP", "--by", "--yes", "--unsure", "--format"],
    "extend": ["NHIỆM_VỤ", "MỐC", "--to", "--subject", "--occurrence", "--grant", "--reason", *STATED],
    "decide": ["ĐỀ_NGHỊ", "--grant", "--to", "--refuse", "--reason", *STATED],
    "requests": ["--as-of", "--format"],
    "suspend": ["NHIỆM_VỤ", "--subject", "--reason", *STATED],
    "resume": ["NHIỆM_VỤ", "--subject", "--reason", *STATED],
    "cancel": ["NHIỆM_VỤ", "--subject", "--reason", *STATED],
    "confirm": ["BÁO_CÁO", "--reason", *STATED],
    "return": ["BÁO_CÁO", "--reason", *STATED],
    "acknowledge": ["NHIỆM_VỤ", "--by", "--id", "--format"],
    "schedule": ["NHIỆM_VỤ", "SỰ_KIỆN", "NGÀY", *STATED],
    "status": ["--as-of", "--known-at", "--format"],
    "tick": ["--as-of", "--format"],
    "doctor": ["--as-of", "--restored", "--format"],
    "sending": ["--stop", "--resume", "--channel", "--person", "--reason", "--by", "--format"],
    "bounce": ["--to"],
    "proof": ["--directive", "--milestone", "--person", "--from", "--to", "--out", "--format"],
    "verify": ["--head", "--format"],
}
ENGLISH = re.compile(
    r"\b(Usage|Options|Arguments|Commands|OPTIONS|ARGS|COMMAND|Show|this message|required|default|Error|bool|str)\b"
)
WIDE = {"COLUMNS": "160"}


def test_every_command_is_listed_with_its_purpose() -> None:
    shown = CliRunner().invoke(app, ["--help"], env=WIDE)
    assert shown.exit_code == 0
    for name, command in COMMANDS.items():
        assert re.search(rf"│ {name}\s+{re.escape((command.__doc__ or '').split('.')[0])}", shown.stdout), name
    assert not ENGLISH.search(shown.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_every_option_in_vietnamese(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env=WIDE)
    assert shown.exit_code == 0
    assert f"Cách dùng: dondoc {command} [TUỲ CHỌN]" in " ".join(shown.stdout.split()).replace("root ", "dondoc ")
    rows = [line for line in shown.stdout.splitlines() if line.startswith("│")]
    for option in [*OPTIONS[command], "--help"]:
        assert [row for row in rows if re.search(rf"{option} .*[à-ỹđ]", row)], option
    assert not ENGLISH.search(shown.stdout)
    assert shown.stderr == ""


def test_required_options_and_defaults_are_marked() -> None:
    shown = CliRunner().invoke(app, ["record", "--help"], env=WIDE).stdout
    assert re.search(r"\* +--by .*\[bắt buộc\]", shown)
    assert "[mặc định: table]" in shown


def test_without_a_command_the_help_is_shown_and_the_exit_says_wrong_use() -> None:
    shown = CliRunner().invoke(app, [], env=WIDE)
    assert shown.exit_code == 2
    assert "Cách dùng:" in shown.stdout + shown.stderr
    assert not ENGLISH.search(shown.stdout + shown.stderr)
