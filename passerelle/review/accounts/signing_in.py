"""Signing in with a password."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from passerelle.review.accounts import throttle
from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.passwords import Passwords, check_strength
from passerelle.review.accounts.sessions import Limits, close_session, is_known, know_browser, open_session
from passerelle.review.accounts.tokens import hash_of
from passerelle.review.accounts.users import find_row, fold_name, set_password
from passerelle.store.account_tables import UserRow
from passerelle.store.database import Store

LOG = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Give the time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Door:
    """How people come in: where accounts are kept, how passwords are hashed, how long sessions live."""

    store: Store
    passwords: Passwords = field(default_factory=Passwords)
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], datetime] = utc_now


class Caller(NamedTuple):
    """Who asks to come in, as far as the network tells."""

    address: str
    agent: str = ""
    browser: str | None = None
    """Token of a browser that was used to sign in before."""
    session: str | None = None
    """Token of the session it has, which ends."""


class Tokens(NamedTuple):
    """What a browser keeps of a person who signed in."""

    session: str
    browser: str


def sign_in(door: Door, name: str, password: str, caller: Caller) -> Tokens:
    """Sign a person in with a name, or an e-mail address, and a password.

    An unknown name, a wrong password and a disabled account take as long and are answered alike.

    Raises:
        AccountError: ``sign-in.wrong``, or ``sign-in.wait`` with the seconds after which to try again.
    """
    gates = _count(door, name, caller)
    with door.store.session() as session:
        row = find_row(session, name)
        stored, open_ = (row.password, row.disabled is None) if row else (None, False)
    verdict = door.passwords.check(stored, password)
    if not verdict.right or not open_:
        LOG.warning("sign-in refused: %r from %s", name[:64], caller.address)
        raise AccountError("sign-in.wrong")
    with door.store.session() as session:
        row = find_row(session, name)
        if row is None or row.disabled or row.password != stored:  # changed while the password was looked at
            raise AccountError("sign-in.wrong")
        row.password = verdict.renewed or row.password
        throttle.forgive(session, *gates)
        return let_in(session, door, row, caller)


def let_in(session: Session, door: Door, row: UserRow, caller: Caller) -> Tokens:
    """Open a session for a person who has proved who they are."""
    now = door.clock()
    if caller.session:
        close_session(session, caller.session)
    throttle.forget_old(session, now)
    token = open_session(session, row.name, now=now, agent=caller.agent, limits=door.limits)
    LOG.info("signed in: %s from %s", row.name, caller.address)
    return Tokens(token, know_browser(session, row.name, caller.browser, now))


def change_password(door: Door, name: str, old: str, new: str, caller: Caller) -> Tokens:
    """Change one's own password: other sessions end, and this one goes on under a new token.

    Raises:
        AccountError: the old password is wrong, tried too often, or the new one is refused.
    """
    gates = _count(door, name, caller)
    with door.store.session() as session:
        row = find_row(session, name)
        stored, email = (row.password, row.email) if row else (None, None)
    if not door.passwords.check(stored, old).right:
        raise AccountError("password.old-wrong")
    if old == new:
        raise AccountError("password.same")
    check_strength(new, name, email)
    hashed = door.passwords.hash(new)
    with door.store.session() as session:
        row = find_row(session, name)
        if row is None or row.disabled or row.password != stored:
            raise AccountError("password.old-wrong")
        throttle.forgive(session, *gates)
        set_password(session, name, hashed, temporary=False)
        return let_in(session, door, row, caller)


def _count(door: Door, name: str, caller: Caller) -> tuple[throttle.Gate, ...]:
    """Count an attempt under its address, and its account or the browser's own count."""
    now = door.clock()
    gates = [throttle.address_gate(caller.address)]
    with door.store.session() as session:
        waits = [throttle.take(session, gates[0], now)]
        if not waits[0]:
            gates.append(_own_gate(session, door, name, caller, now))
            waits.append(throttle.take(session, gates[1], now))
    if any(waits):
        raise AccountError("sign-in.wait", n=max(1, math.ceil(max(waits).total_seconds())))
    return tuple(gates)


def _own_gate(session: Session, door: Door, name: str, caller: Caller, now: datetime) -> throttle.Gate:
    row = find_row(session, name)
    whose = row.name if row else fold_name(name)
    if caller.browser and is_known(session, whose, caller.browser, now=now, limits=door.limits):
        return throttle.browser_gate(hash_of(caller.browser))
    return throttle.account_gate(whose)
