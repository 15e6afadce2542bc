"""Accounts: who may sign in, and in which role."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from passerelle.review.accounts.errors import AccountError
from passerelle.store.account_tables import KnownBrowserRow, SessionRow, UserRow

Role = Literal["reader", "curator", "admin"]
"""What a person may do; each may also do what those before it may."""

ROLES: tuple[Role, ...] = get_args(Role)

_NAME = re.compile(r"[^\W_][\w.-]{1,63}")
_EMAIL = re.compile(r"[^\s@\x00-\x1f]{1,64}@[^\s@\x00-\x1f]+\.[^\s@\x00-\x1f]+")
_LONGEST_EMAIL = 254


@dataclass(frozen=True)
class Account:
    """A person with an account, without the password."""

    name: str
    email: str | None
    role: Role
    created: datetime
    disabled: datetime | None
    has_password: bool
    temporary: bool
    """Somebody else chose the password: it is changed before anything else is done."""


def fold_name(name: str) -> str:
    """Write a name or an e-mail address as accounts are found by: ``Amélie`` and ``amélie`` are one."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def any_users(session: Session) -> bool:
    """Tell whether there is an account at all, disabled ones too."""
    return session.scalar(select(UserRow.name).limit(1)) is not None


def list_users(session: Session) -> tuple[Account, ...]:
    """Give every account, by name."""
    return tuple(map(as_account, session.scalars(select(UserRow).order_by(UserRow.name))))


def get_user(session: Session, name: str) -> Account:
    """Give the account of a name or of an e-mail address.

    Raises:
        AccountError: there is none.
    """
    return as_account(_row(session, name))


def find_row(session: Session, name: str) -> UserRow | None:
    """Give the row of a name or of an e-mail address."""
    folded = fold_name(name)
    return session.scalar(select(UserRow).where(or_(UserRow.name == folded, UserRow.email == folded)))


def add_user(
    session: Session, name: str, role: str, *, now: datetime, email: str | None = None, password: str | None = None
) -> Account:
    """Open an account.

    Args:
        session: a transaction.
        name: two letters or more, digits, dots, hyphens and underscores; signs decisions, and never changes.
        role: one of ``ROLES``.
        now: the time.
        email: address, by which an identity provider knows the person.
        password: hash of the first password; it is temporary where somebody else chose it, see ``set_password``.

    Raises:
        AccountError: the name or the address is malformed or taken.
    """
    folded, address = check_new(session, name, role, email)
    row = UserRow(
        name=folded,
        email=address,
        role=checked_role(role),
        password=password,
        temporary=False,
        created=now,
        disabled=None,
    )
    session.add(row)
    session.flush()
    return as_account(row)


def check_new(session: Session, name: str, role: str, email: str | None) -> tuple[str, str | None]:
    """Give name and address as they are kept, where an account can be opened with them.

    Raises:
        AccountError: one is malformed or taken, or there is no such role.
    """
    folded, address = fold_name(name), fold_name(email or "") or None
    checked_role(role)
    if not _NAME.fullmatch(folded):
        raise AccountError("account.bad-name", name=name)
    if address and (not _EMAIL.fullmatch(address) or len(address) > _LONGEST_EMAIL):
        raise AccountError("account.bad-email", email=address)
    if find_row(session, folded):
        raise AccountError("account.taken", name=folded)
    if address and find_row(session, address):
        raise AccountError("account.email-taken", email=address)
    return folded, address


def checked_role(role: str) -> Role:
    """Read a role.

    Raises:
        AccountError: there is no such role.
    """
    if role not in ROLES:
        raise AccountError("account.bad-role", role=role)
    return role


def set_password(session: Session, name: str, password: str, *, temporary: bool) -> None:
    """Keep the hash of a new password, and sign the person out everywhere."""
    row = _row(session, name)
    row.password, row.temporary = password, temporary
    forget_browsers(session, row.name)


def set_role(session: Session, name: str, role: str) -> None:
    """Change what a person may do, and sign them out everywhere.

    Raises:
        AccountError: nobody would be left to administer the accounts.
    """
    row = _row(session, name)
    if checked_role(role) == row.role:
        return
    _keep_an_admin(session, row)
    row.role = role
    sign_out_everywhere(session, row.name)


def disable(session: Session, name: str, now: datetime) -> None:
    """Let a person in no more; whoever they are signed in with is signed out at once.

    Raises:
        AccountError: nobody would be left to administer the accounts.
    """
    row = _row(session, name)
    _keep_an_admin(session, row)
    row.disabled = row.disabled or now
    forget_browsers(session, row.name)


def enable(session: Session, name: str) -> None:
    """Let a person in again."""
    _row(session, name).disabled = None


def sign_out_everywhere(session: Session, name: str) -> None:
    """End every session of a person."""
    session.execute(delete(SessionRow).where(SessionRow.user_name == fold_name(name)))


def forget_browsers(session: Session, name: str) -> None:
    """End every session of a person, and know none of their browsers any more."""
    sign_out_everywhere(session, name)
    session.execute(delete(KnownBrowserRow).where(KnownBrowserRow.user_name == fold_name(name)))


def _row(session: Session, name: str) -> UserRow:
    found = find_row(session, name)
    if found is None:
        raise AccountError("account.unknown", name=name)
    return found


def _keep_an_admin(session: Session, row: UserRow) -> None:
    others = select(func.count()).where(UserRow.role == "admin", UserRow.disabled.is_(None), UserRow.name != row.name)
    if row.role == "admin" and row.disabled is None and not session.scalar(others):
        raise AccountError("account.last-admin", name=row.name)


def as_account(row: UserRow) -> Account:
    """Give the account of a row."""
    return Account(
        name=row.name,
        email=row.email,
        role=cast(Role, row.role),
        created=row.created,
        disabled=row.disabled,
        has_password=row.password is not None,
        temporary=row.temporary,
    )
