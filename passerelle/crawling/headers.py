"""HTTP headers, as servers send them and as the archive keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message


def headers_by_name(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give headers by lower-case name; repeated ones joined by a comma."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


def content_type(header: str | None) -> Message:
    """Read a Content-Type header: type and charset; ``application/octet-stream`` where there is none."""
    message = Message()
    message.set_default_type("application/octet-stream")
    if header:
        message["content-type"] = header
    return message
