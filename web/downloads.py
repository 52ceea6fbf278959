"""A table to take home: exactly what a page shows, as XLSX or CSV."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from fastapi import Response

from domain.clocktime import local
from reports.sheet import Table, csv_file
from reports.workbook import table_workbook

FIELD = "dang"
"""What of an address asks for a file: `?dang=xlsx`."""
_KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table_workbook),
    "csv": ("text/csv; charset=utf-8", csv_file),
}


def wanted(kind: str) -> bool:
    """Whether the address asks for a file there is."""
    return kind in _KINDS


def download(table: Table, kind: str, name: str, moment: datetime) -> Response:
    """The table as a file of that kind, called by `name` and the moment it shows."""
    media_type, written = _KINDS[kind]
    file = f"{name}-{local(moment):%Y%m%d-%H%M}.{kind}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}"}
    return Response(written(table), media_type=media_type, headers=headers)
