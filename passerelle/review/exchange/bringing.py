"""A file brought back, whatever its kind: what it would change, and taking that as one act."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from passerelle.review.exchange.files import read_file
from passerelle.review.exchange.importing import Preview, apply, preview
from passerelle.review.exchange.translated import TranslatedFile
from passerelle.review.exchange.translators import apply_xliff, preview_xliff
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

    def apply(
        self,
        session: Session,
        *,
        by: str,
        help: Help,  # noqa: A002
        reason: str,
        act_id: str | None = None,
    ) -> tuple[Decision, ...]:
        """Take it as one batch, undone as one.

        Raises:
            Conflict: a record changed since.
        """
        if self.sheet:
            return apply(session, self.sheet, by=by, help=help, reason=reason, act_id=act_id)
        if self.texts:
            return apply_xliff(session, self.texts, by=by, help=help, reason=reason, act_id=act_id)
        return ()


def bring(session: Session, body: bytes, name: str, help: Help, by: str) -> Brought:  # noqa: A002
    """Say what a file would change; nothing is written.

    Raises:
        InvalidAct: it is no sheet and no translator's file of ours.
    """
    if body[:400].lstrip(_MARGIN).startswith(b"<"):
        return Brought(texts=preview_xliff(session, body, help))
    return Brought(sheet=preview(session, read_file(body, name), help, by))
