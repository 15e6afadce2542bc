"""Communiqué portals: one communiqué among heavy furniture, often with its title lost in a text copy."""

from __future__ import annotations

import re
from functools import cached_property

from extractors.base import Drafts, Extractor, PageContext
from extractors.initiative import InitiativeReader
from extractors.news import CommuniqueReader, body_positions
from extractors.recognizers.fold import fold_text
from schemas.document import Document

_MARK = re.compile(
    r"^communiques?(?: de presse)?$|^selectionnez une (?:ville|municipalite)|^devene[zr] membre|"
    r"^publiez du contenu|^tout le quebec$|"
    r"^partagez sur votre reseau|^press release$|^(?:become a|devenez) member"
)
_ABOUT = re.compile(
    r"^(?:a propos d[eu]|about (?:the|us)|qui sommes|pour information|source ?:|renseignements|informations?\b|contact)"
)
_LABEL = re.compile(
    r"^communiques?(?: de presse)?\b.{0,20}$|^pour diffusion immediate$|^press release$|^for immediate release$"
)

LEAST_MARKS = 2
"""Marks of the portal, furniture included, that a page shows before it is taken."""


class MaCommunaute(Extractor):
    """Communiqués of a community portal."""

    family = "macommunaute"
    version = 1

    def takes(self, document: Document) -> float:
        """Sure where two of the portal's own marks stand around the text."""
        texts = [block.text for block in document.blocks] + [dropped.text for dropped in document.dropped]
        marks = {match[0] for text in texts if (match := _MARK.match(fold_text(text[:60]).strip(" !:")))}
        return 0.85 if len(marks) >= LEAST_MARKS else 0.0

    def extract(self, context: PageContext) -> Drafts:
        """The communiqué as news, and the initiative that it presents."""
        drafts = Drafts()
        passage = context.passage(_told(context))
        news = CommuniqueReader(context, passage).read(drafts.issues)
        drafts.news = [news] if news else []
        draft = PresentedReader(context, passage).read(drafts.issues)
        drafts.initiatives = [draft] if draft else []
        return drafts


def _told(context: PageContext) -> tuple[int, ...]:
    """The communiqué's own blocks: below its label, above 'À propos de l'organisme'."""
    kept: list[int] = []
    for position in body_positions(context):
        block = context.document.blocks[position]
        text = fold_text(block.text).strip(" :")
        if kept and block.kind == "heading" and _ABOUT.match(text):
            break
        if not _LABEL.match(text):
            kept.append(position)
    return tuple(kept)


class PresentedReader(InitiativeReader):
    """Reads the initiative that a communiqué presents: the one it names, else the one it describes."""

    @cached_property
    def heading(self) -> int | None:
        """A communiqué's headline tells the news, not a name."""
        return None
