"""Ids as other standards want them: a UUID for each of ours, the same in every release and language."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("5f0c1b1e-6a53-5d0e-9a3c-7d2a4c8e1f60")
"""Minted once for Passerelle; changing it would change every id that was ever exported."""


def uuid_of(*parts: str) -> str:
    """Give the UUID (version 5) of one of our ids, or of a thing below it named by further parts."""
    return str(uuid5(NAMESPACE, "/".join(parts)))


def urn_of(record: str) -> str:
    """Give the URN of a record."""
    return f"urn:uuid:{uuid_of(record)}"
