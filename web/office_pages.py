"""The web pages of an office, served."""

from __future__ import annotations

from actions.office import Office
from config.link import DEMO_LASTS, LASTS
from web.app import Places, create_app
from web.office_book import OfficeBook
from web.serve import Served


def serve_pages(office: Office, places: Places) -> Served:
    """The pages on the office's port. Raises web.serve.PortBusyError."""
    ours = office.settings
    age = DEMO_LASTS if ours.demo else LASTS
    app = create_app(OfficeBook(office), ours.signing_secret(), age, places, illustrative=ours.demo)
    return Served(app, ours.web_port, "DONDOC_WEB_PORT")
