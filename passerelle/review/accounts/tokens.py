"""Random tokens that browsers keep in cookies, of which the database knows the hash only."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """Give the name under which the database knows a token: SHA-256 in hexadecimal.

    A fast hash will do: the token is random, and who reads the database cannot make it from its hash.
    """
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()
