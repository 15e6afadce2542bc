"""Communiqués: on portals among heavy furniture, often with their title lost in a text copy, or on any site."""

from __future__ import annotations

import re
from functools import cached_property

from extractors.base import Drafts, Extractor, PageContext
from extractors.families.wordpress_news import mentioning
from extractors.initiative import InitiativeReader
from extractors.news import DATELINE, CommuniqueReader, begun_today, body_positions, places_with_headline
from extractors.news_granted import read_parts
from extractors.news_initiative import by_the_writer, without_issuers
from extractors.recognizers.ages import read_ages
from extractors.recognizers.fold import fold_text
from extractors.recognizers.places import PlacesFound
from schemas.document import Document
from schemas.drafts import Found

_MARK = re.compile(
    r"pour diffusion immediate\b|for immediate release\b|"
    r"(?:\w+ [-–—:] )?communiques?(?: de presse)?$|(?:\w+ [-–—:] )?press release$|"
    r"nouvelles? fournies? par\b|news provided by\b|"
    r"(?:publie|affiche|soumis|posted|submitted|published) (?:par|by) (?:un|une|a|an) (?:de nos )?"
    r"(?:membres?|organismes?|members?|organi[sz]ations?)|"
    r"(?:devene[zr]|devenir|become a) (?:membre|member)|(?:vous aussi,? )?(?:publie[zr]|affiche[zr]|diffuse[zr]|post|"
    r"publish|share) (?:du|vos|votre|your) (?:own )?(?:contenu|nouvelles?|annonces?|communiques?|content|news)|"
    r"partage[rz] (?:sur votre reseau|cette publication)|share (?:with|on) your network"
)
"""What the portal says of itself around a communiqué."""
_CHOICE = re.compile(
    r"(?:selectionne[zr]|choisi(?:ssez|r)|select|choose) (?:une?|votre|la|a|your|an) (?:ville|municipalite|region|"
    r"mrc|territoire|secteur|arrondissement|quartier|localite|city|town|region|area|county|borough|district)|"
    r"tou(?:t le quebec|tes les (?:regions|villes))|all (?:of quebec|regions)|"
    r"(?:filtre[rz]|filter|trie[rz]|sort) (?:par|by)\b|(?:signale[rz]|report) (?:cette|this) \w+$|"
    r"(?:cree[zr]|create) (?:mon|votre|un|your|an|a) (?:free )?(?:compte|account)|"
    r"(?:abonne[zr]-vous|subscribe)\b.{0,20}\b(?:alertes?|alerts?)$"
)
"""What any board of many senders offers its readers."""
_ABOUT = re.compile(
    r"^(?:a propos\b|about\b|qui sommes|pour information|source ?:|renseignements|informations?\b|contact)"
)
_LABEL = re.compile(
    r"^(?:\w+ [-–—:] )?communiques?(?: de presse)?\b.{0,20}$|"
    r"^(?:publie|posted|submitted) (?:par|by)\b.{0,40}$|"
    r"^pour diffusion immediate$|^press release$|^for immediate release$"
)

_PRESS = re.compile(
    r"\b(?:relations (?:medias?|publiques|de presse)|media (?:relations|contact)|medias?@|presse@|press@)"
)
"""Where only the press is to write to."""
_THIRTY = re.compile(r"\W*30\W*")
"""How a communiqué ends, whatever stands below."""

LEAST_MARKS = 2
"""Marks of such a board, furniture included, that a page shows before it is taken; one at least is the portal's."""


class MaCommunaute(Extractor):
    """Communiqués of a community portal, and those that say themselves what they are."""

    family = "macommunaute"
    version = 1

    def takes(self, document: Document) -> float:
        """Sure where two marks of a portal, or of a communiqué, stand around the text."""
        texts = [block.text for block in document.blocks] + [dropped.text for dropped in document.dropped]
        starts = [fold_text(text[:60]).strip(" !:") for text in texts]
        marks = {match[0] for text in starts if (match := _MARK.match(text))}
        choices = {match[0] for text in starts if (match := _CHOICE.match(text))}
        conventions = any(map(DATELINE.match, texts)) + any(map(_THIRTY.fullmatch, texts))
        return 0.85 if marks and len(marks) + len(choices) + conventions >= LEAST_MARKS else 0.0

    def extract(self, context: PageContext) -> Drafts:
        """The communiqué as news, and the initiative that it presents, or those that it tells apart."""
        drafts = Drafts()
        passage = without_issuers(context, context.passage(_told(context)))
        news = CommuniqueReader(context, passage).read(drafts.issues)
        drafts.initiatives = read_parts(context, passage, drafts.issues)
        if not drafts.initiatives and (draft := PresentedReader(context, passage).read(drafts.issues)):
            drafts.initiatives = [draft]
        drafts.news = [mentioning(news, drafts.initiatives)] if news else []
        return drafts


def _told(context: PageContext) -> tuple[int, ...]:
    """The communiqué's own blocks: below its label, above 'À propos de l'organisme'."""
    kept: list[int] = []
    for position in body_positions(context):
        block = context.document.blocks[position]
        text = fold_text(block.text).strip(" :")
        if kept and ((block.kind == "heading" and _ABOUT.match(text)) or _THIRTY.fullmatch(block.text)):
            break
        if not (_LABEL.match(text) or _PRESS.search(text)):
            kept.append(position)
    return tuple(kept)


class PresentedReader(InitiativeReader):
    """Reads the initiative that a communiqué presents: the one it names, else the one it describes."""

    @cached_property
    def heading(self) -> int | None:
        """A communiqué's headline tells the news, not a name."""
        return None

    @cached_property
    def ages(self) -> tuple[Found[int] | None, Found[int] | None]:
        """Those that the communiqué tells, not those of whom people speak."""
        return read_ages(by_the_writer(self.context, self.body))

    @cached_property
    def places(self) -> PlacesFound:
        """The territory that the text names, else that of the headline."""
        return places_with_headline(self.context, self.passage, super().places)

    def start(self) -> Found[str] | None:
        """Since when; the day of the text where it begins on that day."""
        name = self.name()
        return super().start() or (begun_today(self.context, self.passage, name.value) if name else None)
