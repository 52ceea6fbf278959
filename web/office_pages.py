"""The web pages of an office, served."""

from __future__ import annotations

from datetime import timedelta

from actions.office import Office
from web.app import Places, create_app
from web.office_book import OfficeBook
from web.serve import Served

LINK_AGE = timedelta(days=45)
"""How long the link of a message opens its page: past the next rung of any ladder."""
DEMO_LINK_AGE = timedelta(days=366)
"""A demo's clock stands at the end of its year, and the letters of the whole year are there to be tried."""


def serve_pages(office: Office, places: Places) -> Served:
    """The pages on the office's port. Raises web.serve.PortBusyError."""
    ours = office.settings
    age = DEMO_LINK_AGE if ours.demo else LINK_AGE
    app = create_app(OfficeBook(office), ours.signing_secret(), age, places, illustrative=ours.demo)
    return Served(app, ours.web_port, "DONDOC_WEB_PORT")
