"""What stands in the menu of every page, and which routers the app is made of: the one place to hang a page onto."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter

from passerelle.review.web import routes_home
from passerelle.review.web.people import Role


class Entry(NamedTuple):
    """An entry of the menu."""

    path: str
    words: str
    """Key of its words."""
    role: Role = "reader"
    """Who sees it."""


MENU: tuple[Entry, ...] = (Entry("/queue", "menu.queue"),)

ROUTERS: tuple[APIRouter, ...] = (routes_home.router,)
