"""The admin's room, put together."""

from __future__ import annotations

from fastapi import APIRouter

from web.admin.audit import audit
from web.admin.calendar import calendar
from web.admin.channels import channels
from web.admin.configuration import configuration
from web.admin.front import front
from web.admin.hand_over import hand_over
from web.admin.keys import keys
from web.admin.notice_form import notice_form
from web.admin.people import people
from web.admin.policy import policy
from web.admin.units import units
from web.house import House

_PARTS = (front, channels, people, units, configuration, notice_form, policy, calendar, audit, keys, hand_over)


def admin(house: House) -> APIRouter:
    """The routes of the room."""
    routes = APIRouter()
    for part in _PARTS:
        routes.include_router(part(house))
    return routes
