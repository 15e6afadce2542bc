"""Back-off at the door: failed attempts to sign in make the next ones wait, and nobody wait for ever.

An attempt is counted before its password is looked at, so that many at once are counted too; one that comes too early
is not looked at and makes no wait longer. A known browser (``sessions.know_browser``) has a count of its own instead of
its account's: strangers who guess at an account cannot keep its owner out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from passerelle.review.accounts.users import fold_name
from passerelle.store.account_tables import ThrottleRow

FORGOTTEN = timedelta(days=1)
"""Failures count no more when none followed for so long."""
_NETWORK_BITS = 64
_NO_WAIT = timedelta(0)


@dataclass(frozen=True)
class Rule:
    """How attempts of one kind are slowed down."""

    free: int
    """Failures before the first wait."""
    longest: timedelta
    """Waits double from one second up to this."""

    def wait(self, failures: int) -> timedelta:
        """Give how long the next attempt waits after so many failures."""
        over = failures - self.free
        return min(self.longest, timedelta(seconds=2 ** min(over - 1, 30))) if over > 0 else _NO_WAIT


RULES = {
    "account": Rule(5, timedelta(minutes=1)),
    "browser": Rule(5, timedelta(minutes=1)),
    "address": Rule(20, timedelta(minutes=15)),
}
"""An account's wait stays short, since anybody can cause it; an address can only slow itself down."""


@dataclass(frozen=True)
class Gate:
    """What one attempt is counted under."""

    kind: str
    key: str

    @property
    def rule(self) -> Rule:
        """How attempts of this kind are slowed down."""
        return RULES[self.kind]


def account_gate(name: str) -> Gate:
    """Count attempts at an account, whether there is such an account or not."""
    return Gate("account", f"account:{hashlib.sha256(fold_name(name).encode()).hexdigest()}")


def browser_gate(browser: str) -> Gate:
    """Count attempts of a known browser, by the hash of its token."""
    return Gate("browser", f"browser:{browser}")


def address_gate(address: str) -> Gate:
    """Count attempts of an address, or of the network of an IPv6 one, which has more addresses than it can use."""
    try:
        known = ip_address(address)
    except ValueError:
        return Gate("address", f"address:{hashlib.sha256(address.encode()).hexdigest()}")
    network = ip_network(f"{known}/{_NETWORK_BITS}", strict=False).network_address if known.version > 4 else known
    return Gate("address", f"address:{network}")


def take(session: Session, gate: Gate, now: datetime) -> timedelta:
    """Count an attempt; give how long it must wait instead, where it comes too early."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    quiet = ThrottleRow.last <= now - FORGOTTEN
    adding = insert(ThrottleRow).values(key=gate.key, failures=1, last=now, until=now)
    counted = adding.on_conflict_do_update(
        index_elements=["key"],
        set_={"failures": case((quiet, 1), else_=ThrottleRow.failures + 1), "last": now},
        where=ThrottleRow.until <= now,
    ).returning(ThrottleRow.failures)
    failures = session.scalar(counted)
    mine = ThrottleRow.key == gate.key
    if failures is None:
        return (session.scalar(select(ThrottleRow.until).where(mine)) or now) - now
    session.execute(update(ThrottleRow).where(mine).values(until=now + gate.rule.wait(failures)))
    return _NO_WAIT


def forgive(session: Session, *gates: Gate) -> None:
    """Take an attempt back that was none: the password was right.

    An account or a browser begins anew. An address only loses this one, or an account of one's own would free it.
    """
    for gate in gates:
        mine = ThrottleRow.key == gate.key
        if gate.kind == "address":
            one_less = {"failures": ThrottleRow.failures - 1, "until": ThrottleRow.last}
            session.execute(update(ThrottleRow).where(mine, ThrottleRow.failures > 0).values(one_less))
        else:
            session.execute(delete(ThrottleRow).where(mine))


def forget_old(session: Session, now: datetime) -> None:
    """Drop the counts that count no more."""
    session.execute(delete(ThrottleRow).where(ThrottleRow.last <= now - FORGOTTEN))
