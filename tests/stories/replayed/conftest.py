"""The whole year lived once through Prefect, for all tests that ask about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.postoffice import post_office
from tests.stories.replayed.barriers import Barriers
from tests.stories.replayed.replaying import settled, written
from tests.stories.replayed.users import User
from tests.stories.replayed.years import Year, lived


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    mail = Barriers()
    with post_office(mail) as port, User.at_home(tmp_path_factory.mktemp("user")) as user:
        office = settled(tmp_path_factory.mktemp("office") / "home", written(), port)
        yield lived(office, mail, user)
        office.store.engine.dispose()
