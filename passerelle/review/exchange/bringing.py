"""A file brought back, whatever its kind: what it would change, and taking that as one act."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from passerelle.review.deciding import Act, decide
from passerelle.review.exchange.files import read_file
from passerelle.review.exchange.importing import Preview, preview
from passerelle.review.exchange.translated import TranslatedFile
from passerelle.review.exchange.translators import acts_of, preview_xliff
from passerelle.review.help import Help
from schemas.decision import Decision

_MARGIN = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the first mark of an XML file."""


@dataclass(frozen=True)
class Brought:
    """What a file would do: a sheet's cells, or a translator's texts."""

    sheet: Preview | None = None
    texts: TranslatedFile | None = None

    @property
    def plan(self) -> str:
        """Name what would be done, so that only what somebody looked at is done."""
        if self.sheet:
            return self.sheet.digest
        told = repr([(one.record, one.path, one.text, one.before) for one in self.texts.texts] if self.texts else [])
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def acts(self) -> tuple[Act, ...]:
        """What taking it would be."""
        if self.sheet:
            return self.sheet.acts
        return acts_of(self.texts) if self.texts else ()


def apply(
    session: Session,
    acts: Sequence[Act],
    *,
    by: str,
    help: Help,  # noqa: A002
    reason: str,
    act_id: str | None = None,
) -> tuple[Decision, ...]:
    """Take what a file changes as one batch, undone as one.

    Args:
        session: a transaction in which nothing was written yet.
        acts: what somebody looked at.
        by: who imports.
        help: what other stations do.
        reason: where the changes come from, for the history.
        act_id: made by the client; the same one again does nothing.

    Raises:
        Conflict: a record changed since the file was looked at.
    """
    told = [replace(act, reason=reason) for act in acts]
    return decide(session, told, by=by, help=help, act_id=act_id) if told else ()


def bring(session: Session, body: bytes, name: str, help: Help, by: str) -> Brought:  # noqa: A002
    """Say what a file would change; nothing is written.

    Raises:
        InvalidAct: it is no sheet and no translator's file of ours.
    """
    if body[:400].lstrip(_MARGIN).startswith(b"<"):
        return Brought(texts=preview_xliff(session, body, help, by))
    return Brought(sheet=preview(session, read_file(body, name), help, by))
