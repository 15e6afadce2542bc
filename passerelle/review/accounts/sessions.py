"""Sessions: that a person is signed in with a browser, until they sign out, rest, or a day is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from passerelle.review.accounts.tokens import hash_of, new_token
from passerelle.review.accounts.users import Account, as_account
from passerelle.store.account_tables import KnownBrowserRow, SessionRow, UserRow

SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is noted when a person was last there: each note is a write, which may wait for a pipeline's."""
_AGENT = 200
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How long a session lives."""

    idle: timedelta = timedelta(hours=2)
    absolute: timedelta = timedelta(hours=12)
    browser: timedelta = timedelta(days=90)
    """How long a browser is known after it was last used."""


@dataclass(frozen=True)
class SignedIn:
    """A session and whose it is."""

    id: str
    account: Account
    created: datetime
    seen: datetime
    agent: str

    @property
    def browser(self) -> str:
        """Name the browser as people do: ``Firefox, Windows``; whole, where it calls itself strangely."""
        names = (next((name for word, name in known if word in self.agent), "") for known in (_BROWSERS, _SYSTEMS))
        return ", ".join(filter(None, names)) or self.agent


def open_session(session: Session, name: str, *, now: datetime, agent: str, limits: Limits) -> str:
    """Sign a person in with a browser; give the token for its cookie. Sessions that are over go."""
    session.execute(delete(SessionRow).where(SessionRow.created <= now - limits.absolute))
    session.execute(delete(SessionRow).where(SessionRow.seen <= now - limits.idle))
    session.execute(delete(KnownBrowserRow).where(KnownBrowserRow.seen <= now - limits.browser))
    token = new_token()
    session.add(SessionRow(id=hash_of(token), user_name=name, created=now, seen=now, agent=agent[:_AGENT]))
    return token


def find_session(session: Session, token: str, *, now: datetime, limits: Limits) -> SignedIn | None:
    """Give whose session a token opens; none where it is over, or the account disabled."""
    wanted = select(SessionRow, UserRow).join(UserRow, UserRow.name == SessionRow.user_name)
    found = session.execute(wanted.where(SessionRow.id == hash_of(token), *_alive(now, limits))).tuples().first()
    return _signed_in(*found) if found else None


def note_seen(session: Session, id_: str, now: datetime) -> None:
    """Note that a person is there."""
    session.execute(update(SessionRow).where(SessionRow.id == id_).values(seen=now))


def sessions_of(session: Session, name: str, *, now: datetime, limits: Limits) -> Sequence[SignedIn]:
    """Give the sessions of a person, the last used first."""
    wanted = select(SessionRow, UserRow).join(UserRow, UserRow.name == SessionRow.user_name)
    rows = session.execute(wanted.where(UserRow.name == name, *_alive(now, limits)).order_by(SessionRow.seen.desc()))
    return [_signed_in(*row) for row in rows.tuples()]


def close_session(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(SessionRow).where(SessionRow.id == hash_of(token)))


def know_browser(session: Session, name: str, token: str | None, now: datetime) -> str:
    """Know a browser that somebody signed in with; give the token for its cookie."""
    known = session.get(KnownBrowserRow, hash_of(token)) if token else None
    if token and known and known.user_name == name:
        known.seen = now
        return token
    fresh = new_token()
    session.add(KnownBrowserRow(id=hash_of(fresh), user_name=name, seen=now))
    return fresh


def is_known(session: Session, name: str, token: str, *, now: datetime, limits: Limits) -> bool:
    """Tell whether a person signed in with a browser before."""
    known = session.get(KnownBrowserRow, hash_of(token))
    return known is not None and known.user_name == name and now - known.seen < limits.browser


def _alive(now: datetime, limits: Limits) -> tuple[ColumnElement[bool], ...]:
    return (
        SessionRow.created > now - limits.absolute,
        SessionRow.seen > now - limits.idle,
        UserRow.disabled.is_(None),
    )


def _signed_in(row: SessionRow, user: UserRow) -> SignedIn:
    return SignedIn(row.id, as_account(user), row.created, row.seen, row.agent)
