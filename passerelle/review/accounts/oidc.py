"""Signing in through an identity provider (OpenID Connect)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """An identity provider, and how it knows this desk."""

    issuer: str
    client_id: str
    client_secret: str
    label: str
    """What people call it."""
