"""What stands in the menu of every page, and which routers the app is made of: the one place to hang a page onto."""

from __future__ import annotations

from typing import Literal, NamedTuple

from fastapi import APIRouter

from passerelle.review.accounts.users import Role
from passerelle.review.web import (
    routes_bulk,
    routes_captured,
    routes_dashboard,
    routes_duplicates,
    routes_edit,
    routes_exchange,
    routes_guide,
    routes_history,
    routes_home,
    routes_queue,
    routes_record,
    routes_termbase,
    routes_vocabulary,
    routes_words,
)
from passerelle.review.web.security import routes_account, routes_provider, routes_sign_in, routes_users

Place = Literal["bar", "wide", "more", "person"]
"""Where an entry stands: in the bar; there where it is wide, else under "More"; under "More"; with the account."""


class Entry(NamedTuple):
    """An entry of the menu."""

    path: str
    words: str
    """Key of its words."""
    role: Role = "reader"
    """Who sees it."""
    place: Place = "bar"
    """Where it stands."""


MENU: tuple[Entry, ...] = (
    Entry("/queue", "menu.queue"),
    Entry("/duplicates", "menu.duplicates"),
    Entry("/history", "menu.history"),
    Entry("/dashboard", "menu.dashboard", place="wide"),
    Entry("/exchange", "menu.exchange", place="wide"),
    Entry("/words", "menu.words", place="more"),
    Entry("/guide/", "menu.guide", place="more"),
    Entry("/users", "menu.users", "admin", "person"),
)

ROUTERS: tuple[APIRouter, ...] = (
    routes_home.router,
    routes_queue.router,
    routes_record.router,
    routes_edit.router,
    routes_captured.router,
    routes_bulk.router,
    routes_duplicates.router,
    routes_guide.router,
    routes_history.router,
    routes_dashboard.router,
    routes_exchange.router,
    routes_words.router,
    routes_termbase.router,
    routes_vocabulary.router,
    routes_sign_in.router,
    routes_provider.router,
    routes_account.router,
    routes_users.router,
)
