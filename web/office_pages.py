"""The web pages of an office, served."""

from __future__ import annotations

from actions.office import Office
from config.link import DEMO_LASTS, LASTS
from web.app import Places, create_app
from web.office_book import OfficeBook
from web.serve import Served
from web.zalo_desk import ZaloDesk


def serve_pages(office: Office, places: Places, zalo: ZaloDesk | None = None) -> Served:
    """The pages on the office's port. Raises web.serve.PortBusyError."""
    ours = office.settings
    age = DEMO_LASTS if ours.demo else LASTS
    book, secret = OfficeBook(office), ours.signing_secret()
    app = create_app(book, secret, age, places, zalo=zalo, illustrative=ours.demo)
    return Served(app, ours.web_port, "DONDOC_WEB_PORT")
