"""Ids: minted once from source keys, kept by the earliest key when records merge, given back when they split."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from schemas.drafts import InitiativeDraft, NewsDraft
from schemas.working import PREFIXES, Identity, RecordType

ID_LENGTH = 8
"""Characters of an id after its prefix: 40 bits, so that one data set of ten thousand records in twenty thousand has a
collision; the id then grows by one character at a time."""


@dataclass(frozen=True)
class SourceKey:
    """A key that pages give, and the first time that one of its pages was seen."""

    key: str
    type: RecordType
    first_seen: datetime


def draft_key(draft: InitiativeDraft | NewsDraft) -> str:
    """Give the source key of a draft: ``TYPE|PAGE|KEY``."""
    return f"{draft.type}|{draft.page}|{draft.key}"


def organization_key(name_key: str) -> str:
    """Give the source key of an organisation's name."""
    return f"organization|{name_key}"


def mint(keys: Iterable[SourceKey], stored: Iterable[Identity] = ()) -> dict[str, Identity]:
    """Give every key its identity: the stored one, else a new one made from the key alone.

    New ids do not depend on what was stored, unless two keys collide: then the one seen first is the shorter.
    """
    known = {identity.key: identity for identity in stored}
    taken = {identity.id for identity in known.values()}
    minted: dict[str, Identity] = {}
    for source in sorted(keys, key=lambda k: (k.first_seen, k.key)):
        identity = known.get(source.key)
        if identity is None:
            new = _free_id(source, taken)
            taken.add(new)
            identity = Identity(key=source.key, id=new, type=source.type, first_seen=source.first_seen)
        minted[source.key] = identity
    return minted


def _free_id(source: SourceKey, taken: set[str]) -> str:
    digest = hashlib.sha256(source.key.encode("utf-8")).digest()
    letters = base64.b32encode(digest).decode("ascii").rstrip("=").lower()
    ids = (PREFIXES[source.type] + letters[:length] for length in range(ID_LENGTH, len(letters) + 1))
    return next(candidate for candidate in ids if candidate not in taken)


def leading_key(keys: Iterable[str], first_seen: Mapping[str, datetime]) -> str:
    """Choose whose id a merged record keeps: the key seen first; of several, the first in the alphabet."""
    return min(keys, key=lambda key: (first_seen[key], key))
