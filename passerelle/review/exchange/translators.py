"""Files for translators (XLIFF): out with what waits for them, back in as edits that somebody saw first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from passerelle.review.deciding import Act
from passerelle.review.exchange.brought import brought_by
from passerelle.review.exchange.sheets import shown
from passerelle.review.exchange.translated import TranslatedFile
from passerelle.review.help import Help
from passerelle.review.records import hold_named
from passerelle.store.records import load_outcome
from schemas.base import Language
from schemas.records import Translated

MEDIA_TYPE = "application/xliff+xml"
_RECORD = re.compile(rb"[\"']((?:ini|news)-[0-9a-z]{8,})[\"']")


def to_xliff(session: Session, ids: Sequence[str], target: Language, help: Help) -> tuple[bytes, int]:  # noqa: A002
    """Write what waits for a translator in some records; gives the file and its number of texts."""
    return help.write_xliff(_translated(session, ids, help), target)


def preview_xliff(session: Session, body: bytes, help: Help, by: str) -> TranslatedFile:  # noqa: A002
    """Say what a translator's file would change; texts that ``by`` brought in such a file may be brought anew.

    Raises:
        InvalidAct: it is no such file.
    """
    ids = [found.decode() for found in dict.fromkeys(_RECORD.findall(body))]
    redirects = load_outcome(session, "match").get("redirects", {})
    own = brought_by(by, hold_named(session, ids).values())
    return help.read_xliff(body, _translated(session, ids, help), redirects, own)


def acts_of(read: TranslatedFile) -> tuple[Act, ...]:
    """Give what taking a translator's texts would be."""
    return tuple(
        Act("edit", one.record, path=one.path, value=one.text, before=one.before, translated_from=one.source)
        for one in read.texts
    )


def _translated(session: Session, ids: Sequence[str], help: Help) -> tuple[Translated, ...]:  # noqa: A002
    held = hold_named(session, ids)
    found = {one.id: shown(session, one, help).record for one in held.values()}
    return tuple(record for record in found.values() if isinstance(record, Translated))
