"""The mailbox as pages: a list, newest first, and one letter with its text and its HTML, the latter behind bars."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Response
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.maildir import body, envelopes, letter
from domain import vietnamese as vn
from web.guard import guard

_PAGES = Path(__file__).parent / "pages"
_PER_PAGE = 50
_FRAMED = {
    # The letter of somebody: no script, no form, nothing loaded but its own pictures; links open in other windows.
    "Content-Security-Policy": (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        "img-src data:; "
        "frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
}


def mailbox_pages(folder: Path, web_address: str | None = None) -> FastAPI:
    """The application over a Maildir; it only reads. `web_address` is linked as the way back."""
    app = FastAPI(title="Hộp thư thử", openapi_url=None)
    app.middleware("http")(guard)

    @app.get("/")
    def listed(
        person: Annotated[str, Query(alias="nguoi")] = "", number: Annotated[int, Query(alias="trang")] = 1
    ) -> Response:
        everything = envelopes(folder)
        found = [one for one in everything if person in ("", one.to)]
        first = max(number - 1, 0) * _PER_PAGE
        return _page(
            "list.j2",
            web_address=web_address,
            readers=sorted(Counter(one.to for one in everything).items()),
            person=person,
            total=len(found),
            letters=found[first : first + _PER_PAGE],
            number=first // _PER_PAGE + 1,
            last=max(-(-len(found) // _PER_PAGE), 1),
        )

    @app.get("/thu/{key}")
    def opened(key: str) -> Response:
        message = _found(folder, key)
        text = body(message, "plain")
        return _page("letter.j2", web_address=web_address, key=key, message=message, text=text)

    @app.get("/thu/{key}/html")
    def framed(key: str) -> Response:
        return HTMLResponse(_with_pictures(_found(folder, key)), headers=_FRAMED)

    @app.get("/hop-thu.css")
    def style() -> Response:
        return FileResponse(_PAGES / "mailbox.css", media_type="text/css")

    return app


def _with_pictures(message: EmailMessage) -> str:
    """The HTML with the letter's own pictures inside, as a mail program shows it."""
    html = body(message, "html")
    for part in message.walk():
        if part["Content-ID"] and part.get_content_maintype() == "image":
            content = b64encode(part.get_content()).decode("ascii")
            html = html.replace(f"cid:{part['Content-ID'][1:-1]}", f"data:{part.get_content_type()};base64,{content}")
    return html


def _found(folder: Path, key: str) -> EmailMessage:
    try:
        return letter(folder, key)
    except KeyError:
        raise HTTPException(404, "Không có thư này.") from None


def _page(template: str, **facts: object) -> Response:
    return HTMLResponse(vn.nfc(_environment().get_template(template).render(facts)), headers=_POLICY)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = vn.moment
    return environment
