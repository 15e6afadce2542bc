"""Tables of the people who sign in at the curator's desk; secrets are kept as hashes only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from passerelle.store.tables import Base, UtcTime


class UserRow(Base):
    """A person with an account; never deleted, since decisions name who took them."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(64), primary_key=True, comment="As folded for signing in")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str | None] = mapped_column(Text, comment="argon2id; none where only a provider signs in")
    temporary: Mapped[bool] = mapped_column(Boolean, comment="Somebody else chose the password")
    created: Mapped[datetime] = mapped_column(UtcTime)
    disabled: Mapped[datetime | None] = mapped_column(UtcTime)


class SessionRow(Base):
    """A person signed in with one browser."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="SHA-256 of the token in the cookie")
    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"), index=True)
    created: Mapped[datetime] = mapped_column(UtcTime)
    seen: Mapped[datetime] = mapped_column(UtcTime, comment="To some minutes")
    agent: Mapped[str] = mapped_column(String(200), comment="What the browser calls itself")


class KnownBrowserRow(Base):
    """A browser that somebody signed in with before: strangers' failures do not slow it down."""

    __tablename__ = "known_browsers"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="SHA-256 of the token in the cookie")
    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"), index=True)
    seen: Mapped[datetime] = mapped_column(UtcTime)


class ThrottleRow(Base):
    """Failed attempts to sign in, by account, by address or by known browser."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last: Mapped[datetime] = mapped_column(UtcTime)
    until: Mapped[datetime] = mapped_column(UtcTime, comment="No attempt is looked at before")
