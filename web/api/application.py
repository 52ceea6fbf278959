"""The API as an application of its own, to be mounted: its refusals are problems, its document is public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from actions.office import Office
from web.api.directives import directive_routes
from web.api.door import Door
from web.api.entries import STATEMENT, entry_routes
from web.api.guide import guide_routes
from web.api.lookups import lookup_routes
from web.api.problem import PREFIX
from web.api.rate import Rate
from web.api.records import RecordsTold, record_routes
from web.api.refusing import install
from web.api.shapes import ProblemDetails

_TEMPLATE = "#/components/schemas/{model}"
_ABOUT = (
    "Đọc tình trạng nhiệm vụ và sổ, ghi số liệu từ phần mềm khác. Số thập phân là chuỗi; thời điểm có +07:00; "
    "ngày dạng 2024-09-30. Lỗi theo RFC 9457."
)


def api_app(office: Office, wall: Callable[[], datetime]) -> FastAPI:
    """The API of an office; keys hold by the clock `wall`."""
    api = FastAPI(
        title="Đôn Đốc API",
        version=version("dondoc"),
        description=_ABOUT,
        docs_url=None,  # both pages would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    door = Door(office, wall, Rate(office.settings.api_per_minute))
    install(api)
    for routes in (directive_routes(door), entry_routes(door), record_routes(door), lookup_routes(door)):
        api.include_router(routes)
    document = cache(lambda: _document(api))  # made when first asked for: it takes longer than all the rest
    setattr(api, "openapi", document)  # noqa: B010 - FastAPI's own way; mypy refuses an assignment
    api.include_router(guide_routes(document, illustrative=office.settings.demo))
    return api


def _document(api: FastAPI) -> dict[str, Any]:
    """FastAPI's document with the bodies that are read by hand, and the shape of problems."""
    made = get_openapi(
        title=api.title, version=api.version, description=_ABOUT, routes=api.routes, servers=[{"url": PREFIX}]
    )
    told = made["components"]["schemas"]
    statement = STATEMENT.json_schema(ref_template=_TEMPLATE)
    told |= statement.pop("$defs")
    for model, name in ((RecordsTold, "Records"), (ProblemDetails, "ProblemDetails")):
        schema = model.model_json_schema(ref_template=_TEMPLATE)
        told |= schema.pop("$defs", {})
        told[name] = schema
    told["Statement"] = statement
    return made
