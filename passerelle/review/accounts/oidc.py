"""Signing in through an identity provider (OpenID Connect)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """An identity provider, and how it knows this desk."""

    issuer: str
    client_id: str
    client_secret: str
    label: str
    """What people call it."""


def provider_from(environment: Mapping[str, str]) -> Provider | None:
    """Read the provider from the environment; none where ``PASSERELLE_OIDC_ISSUER`` is not set."""
    issuer = environment.get("PASSERELLE_OIDC_ISSUER")
    return Provider(issuer, "", "", "") if issuer else None
