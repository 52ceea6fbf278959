"""What stands around the pages of somebody who is signed in: who they are, where they can go, how they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from config.pages import DIRECTIVES, OWN
from domain.access import Part
from web.callers import Caller
from web.seal import seal


class Room(NamedTuple):
    """A page of the main menu."""

    path: str
    name: str
    part: Part


ROOMS = (
    Room(OWN, "Việc của tôi", Part.OWN),
    Room("/lanh-dao", "Lãnh đạo", Part.LEADER),
    Room("/theo-doi", "Theo dõi", Part.MONITOR),
    Room(DIRECTIVES, "Nhiệm vụ", Part.LOOK),
    Room("/don-vi", "Đơn vị", Part.LOOK),
    Room("/bang-tinh", "Bảng tính", Part.OWN),
    Room("/quan-tri", "Quản trị", Part.ADMIN),
)
"""In the order in which somebody who may open several looks for what is first theirs."""


@dataclass(frozen=True)
class Shell:
    """The menu for one caller, on one page."""

    person: str
    """Display name."""
    rooms: tuple[Room, ...]
    here: str
    """Path of the room the page belongs to."""
    seal: str
    """For every form on the page (web/seal.py)."""


def shell_of(caller: Caller, secret: str, here: str) -> Shell:
    """What stands around a page that belongs to the room of path `here`."""
    rooms = tuple(room for room in ROOMS if caller.access.may(room.part))
    return Shell(caller.person.name, rooms, here, seal(secret, caller.binding))
