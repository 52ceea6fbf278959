"""Commands for figures in spreadsheets: one to be filled in, and one that came back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from actions.office import Office, opened_office
from actions.sheet_lines import Fate, Line, Sender
from actions.sheet_making import sheet_for
from actions.sheet_rows import units_of
from actions.sheet_saving import Preview, preview, save
from cli.asking import ByOption, Format, FormatOption
from cli.showing import err, show_json, show_table
from config.reading import Configuration
from domain.clocktime import local_date
from reports.xlsx_file import LARGEST
from store import reading

MOST_SHOWN = 100
"""Rows of the preview that are printed; what is wrong is printed in full."""
_YES = frozenset({"có", "co", "c", "y", "yes"})
_FATES = {Fate.NEW: "ghi mới", Fate.UNSURE: "phải hỏi lại", Fate.RECORDED: "đã ghi"}


def sheet_command(
    unit: Annotated[str | None, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị.", show_default=False)] = None,
    person: Annotated[
        str | None, typer.Option(metavar="CÁN_BỘ", help="Mã cán bộ, thay cho đơn vị: mọi việc người ấy được ghi.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="TỆP", help="Ghi ra tệp này. Mặc định: MÃ.xlsx.")] = None,
) -> None:
    """Bảng tính điền sẵn những gì đơn vị hoặc cán bộ được ghi; điền xong gửi lại bằng dondoc import."""
    if (unit is None) == (person is None):
        raise typer.BadParameter("nêu đúng một trong hai: mã đơn vị, hoặc --person (cán bộ)")
    with opened_office() as office:
        configuration, moment = office.configuration(), office.moment()
        units, whose = _asked(configuration, unit, person, office)
        with reading(office.store) as opened:
            content = sheet_for(opened, configuration, units, whose, moment)
    path = out or Path(f"{unit or person}.xlsx")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise typer.BadParameter(f"không ghi được tệp {path}: thư mục phải có sẵn và cho phép ghi") from error
    err.print(f"Đã lập bảng của {whose}: {path}", soft_wrap=True)


def _asked(
    configuration: Configuration, unit: str | None, person: str | None, office: Office
) -> tuple[frozenset[str], str]:
    """The units a sheet is for, and in words whose it is."""
    known = configuration.rules.office
    found = known.person(person) if person else None
    if found:
        return units_of(known, found.code, local_date(office.moment())), found.name
    if person or unit not in {one.code for one in known.units}:
        missing = f"cán bộ “{person}” trong people.yaml" if person else f"đơn vị “{unit}” trong units.yaml"
        raise typer.BadParameter(f"không có {missing}")
    return frozenset({unit}), known.name_of(unit)


def import_command(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Bảng tính .xlsx đã điền.", show_default=False)],
    *,
    by: ByOption,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", metavar="", help="Ghi ngay các dòng ghi được, không hỏi.")
    ] = False,
    unsure: Annotated[
        bool, typer.Option("--unsure", metavar="", help="Ghi cả các dòng có điều phải hỏi lại (số giảm, tăng vọt …).")
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Đọc bảng tính: xem trước từng dòng đổi gì, ô nào sai; rồi ghi vào sổ."""
    content = _content(file)
    with opened_office() as office:
        configuration = office.configuration()
        if configuration.rules.office.person(by) is None:
            raise typer.BadParameter(f"không có cán bộ “{by}” trong people.yaml")
        sender = Sender(by, office.moment())
        with reading(office.store) as opened:
            found = preview(opened, configuration, content, sender)
        wanted = {line.row for line in found.of(Fate.NEW, *([Fate.UNSURE] if unsure else []))}
        if format_ is Format.TABLE:
            _show(found)
        saving = bool(wanted) and (yes or (format_ is Format.TABLE and _agreed(len(wanted))))
        if saving:
            found = save(office.store, configuration, content, file.name, sender, wanted)
    _tell(found, wanted, format_, saved=saving)
    raise typer.Exit(1 if found.of(Fate.REFUSED) else 0)


def _content(file: Path) -> bytes:
    """No more than what shows that it is too large."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise typer.BadParameter(f"không đọc được tệp {file}") from error


def _agreed(count: int) -> bool:
    """Asked of a person at a terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    try:
        answer = err.input(f"Ghi {count} dòng vào sổ? (c: có, Enter: không) ")
    except EOFError:
        return False
    return answer.strip().lower() in _YES


def _show(found: Preview) -> None:
    changing = found.of(Fate.NEW, Fate.UNSURE)
    lines = [[one.cell, one.what, one.before, one.after, _FATES[one.fate]] for one in changing[:MOST_SHOWN]]
    show_table("Những gì sẽ đổi", ["Ô", "Nội dung", "Đã ghi", "Sẽ ghi", ""], lines)
    if len(changing) > MOST_SHOWN:
        err.print(f"… và {len(changing) - MOST_SHOWN} dòng nữa.")


def _tell(found: Preview, wanted: set[str], format_: Format, *, saved: bool) -> None:
    done = [line for line in found.lines if line.row in wanted and line.fate is not Fate.REFUSED]
    if format_ is Format.JSON:
        show_json(_row(found, len(done), saved=saved))
        return
    for line in found.of(Fate.REFUSED, Fate.UNSURE):
        grave = line.fate is Fate.REFUSED
        for fault in line.faults:
            err.print(
                f"{'LỖI' if grave else 'Hỏi lại'}: {fault}", style="bold red" if grave else "yellow", soft_wrap=True
            )
    same = len(found.of(Fate.UNCHANGED)) + len(found.of(Fate.RECORDED)) - (len(done) if saved else 0)
    left = len(found.of(Fate.UNSURE))
    err.print(
        f"{len(found.lines)} dòng có nội dung: {'đã ghi' if saved else 'ghi được'} {len(done)}, không đổi {same}, "
        f"phải hỏi lại {left}, sai {len(found.of(Fate.REFUSED))}.",
        soft_wrap=True,
    )
    if not saved:
        err.print("Chưa ghi gì. Ghi vào sổ: thêm --yes; ghi cả dòng phải hỏi lại: thêm --unsure.", soft_wrap=True)


def _row(found: Preview, accepted: int, *, saved: bool) -> dict[str, Any]:
    """As in the command contract, with what is neither accepted nor rejected beside it."""
    return {
        "rows": len(found.lines),
        "accepted": accepted,
        "rejected": _faults(found.of(Fate.REFUSED)),
        "unsure": _faults(found.of(Fate.UNSURE)),
        "unchanged": len(found.of(Fate.UNCHANGED)),
        "saved": saved,
    }


def _faults(lines: tuple[Line, ...]) -> list[dict[str, str]]:
    return [{"cell": fault.cell, "message": fault.message} for line in lines for fault in line.faults]
