"""Ids and addresses as other standards want them: a UUID for each id, the same in every release and language."""

from __future__ import annotations

from hashlib import sha1
from urllib.parse import quote
from uuid import UUID

NAMESPACE = UUID("5f0c1b1e-6a53-5d0e-9a3c-7d2a4c8e1f60")
"""Minted once for Passerelle; changing it would change every id that was ever exported."""


def uuid_of(*parts: str) -> str:
    """Give the UUID (version 5) of one of our ids, or of a thing below it named by further parts."""
    # As uuid.uuid5 does (RFC 9562, section 5.5), without an object in between: an export asks for dozens a record.
    digest = bytearray(sha1(NAMESPACE.bytes + "/".join(parts).encode("utf-8"), usedforsecurity=False).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x50, digest[8] & 0x3F | 0x80
    plain = digest.hex()
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def urn_of(record: str) -> str:
    """Give the URN of a record."""
    return f"urn:uuid:{uuid_of(record)}"


def uri_of(address: str | None) -> str | None:
    """Write a web address with the characters that URIs have; what is no web address gives nothing."""
    if not address or not address.startswith(("http://", "https://")):
        return None
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]-._")
