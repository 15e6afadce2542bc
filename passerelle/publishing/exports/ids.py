"""Ids and addresses as other standards want them: a UUID for each id, the same in every release and language."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID, uuid5

NAMESPACE = UUID("5f0c1b1e-6a53-5d0e-9a3c-7d2a4c8e1f60")
"""Minted once for Passerelle; changing it would change every id that was ever exported."""


def uuid_of(*parts: str) -> str:
    """Give the UUID (version 5) of one of our ids, or of a thing below it named by further parts."""
    return str(uuid5(NAMESPACE, "/".join(parts)))


def urn_of(record: str) -> str:
    """Give the URN of a record."""
    return f"urn:uuid:{uuid_of(record)}"


def uri_of(address: str | None) -> str | None:
    """Write a web address with the characters that URIs have; what is no web address gives nothing."""
    if not address or not address.startswith(("http://", "https://")):
        return None
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]-._")
