"""Forms are the desk's own: each carries a token that only a page of this very session can have.

The token is made from the session's own (or, before anybody has signed in, from a random cookie), so nothing is kept,
and a new session makes the forms of the old one stale. It is masked anew on each page, as compressed answers could
otherwise tell it letter by letter (BREACH).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator

from starlette.datastructures import FormData
from starlette.requests import Request

from passerelle.review.web.rendering import CSRF_FIELD
from passerelle.review.web.security.hosts import SAFE_METHODS

HEADER = "X-CSRF-Token"
_BYTES = hashlib.sha256().digest_size


class StaleFormError(Exception):
    """A form without the token of this session: too old, or not ours."""

    def __init__(self, fields: FormData) -> None:
        super().__init__()
        self.fields = fields


def make_token(secret: str) -> str:
    """Make the token of a form."""
    pad = secrets.token_bytes(_BYTES)
    return base64.urlsafe_b64encode(pad + _masked(pad, _proof(secret))).decode()


def fits(secret: str, token: str) -> bool:
    """Tell whether a token belongs to a session."""
    try:
        said = base64.urlsafe_b64decode(token.encode("ascii"))
    except (binascii.Error, ValueError):
        return False
    pad, masked = said[:_BYTES], said[_BYTES:]
    return len(masked) == _BYTES and hmac.compare_digest(_masked(pad, masked), _proof(secret))


async def check_token(request: Request) -> AsyncIterator[None]:
    """Refuse what would change something and does not carry the token, in a field or in htmx's header.

    Files that came with a form are closed at the end, whoever read them.

    Raises:
        StaleFormError: it does not.
    """
    try:
        if request.method not in SAFE_METHODS:
            header = request.headers.get(HEADER)
            fields = FormData() if header else await request.form()
            request.state.fields = fields
            said = header or fields.get(CSRF_FIELD)
            if not isinstance(said, str) or not fits(request.state.secret, said):
                raise StaleFormError(fields)
        yield
    finally:
        await request.close()


def _proof(secret: str) -> bytes:
    return hmac.digest(secret.encode("utf-8", errors="replace"), b"form", "sha256")


def _masked(pad: bytes, proof: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(pad, proof, strict=True))
