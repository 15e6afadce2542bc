"""Reading an article about several initiatives, each in paragraphs of its own, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from extractors.amounts import SUM
from extractors.base import PageContext
from extractors.initiative import InitiativeReader
from extractors.leads import divide, spans_of
from extractors.naming import NameHit, Naming, namings
from extractors.news import news_title, places_with_headline
from extractors.passage import Passage
from extractors.prose import slug
from extractors.recognizers.ages import read_ages
from extractors.recognizers.audience import read_groups
from extractors.recognizers.fold import fold_text
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.places import PlacesFound
from extractors.recognizers.terms import read_terms
from schemas.drafts import InitiativeDraft
from schemas.issue import Issue

LEAST = 2
"""Initiatives that an article presents each in its own paragraph before it is taken to be about several."""

_LEAST_PARTS = 3
"""Subheadings of an article of which each stands over an initiative."""
_MANY = re.compile(
    r"\b(?:projets|initiatives|programmes|organismes|groupes|services|idees|actions|projects|programs|organi[sz]ations|"
    r"groups|ideas)\b"
)
_ON = re.compile(
    r"(?:il|elle|ce projet|ce programme|cette initiative|le projet|le programme|it|this|the project|the program)\b"
)
"""How a paragraph begins that goes on about what the one before named."""
_ARTICLE = re.compile(r"(?:Les?|La|The)[ \u00a0]|L[’']", re.IGNORECASE)
_OPENS = 60
"""Characters of a paragraph within which it names what it is about."""


def several(context: PageContext, passage: Passage) -> list[tuple[Naming, Passage]]:
    """Divide an article among the initiatives that it presents; nothing where its title speaks of one or none."""
    title = news_title(context)
    if title is None:
        return []
    many = bool(_MANY.search(fold_text(title[0])))
    if many and (parts := _under_headings(context, passage)):
        return parts
    forms = {form: naming.name.name for naming in namings(passage) for form in (naming.name.name, *naming.others)}
    named = [naming for naming in namings(passage) if naming.name.strength > 1]
    found: list[tuple[Naming, list[int]]] = []
    for position in passage.positions:
        block = context.document.blocks[position]
        if block.kind == "heading" or block.text[:1] in '«“"':
            continue
        naming = (
            (_opening(context, position) or _known(named, position, block.text)) if many else _led(context, position)
        )
        known = naming is not None and any(_is_same(naming, other, forms) for other, _ in found)
        if naming is not None and not known:
            found.append((naming, [position]))
        elif found and found[-1][1][-1] == position - 1 and naming is None and _ON.match(fold_text(block.text)):
            found[-1][1].append(position)
    titled = [naming for naming, _ in found if fold_text(naming.name.name) in fold_text(title[0])]
    if len(found) < LEAST or (len(titled) == 1 and not many):
        return []
    return [(naming, context.passage(tuple(positions))) for naming, positions in found]


def _under_headings(context: PageContext, passage: Passage) -> list[tuple[Naming, Passage]]:
    """Divide an article among its subheadings, where each part says who acts and for whom, or about what.

    A part is named by the initiative that it introduces, else by its subheading.
    """
    parts: list[list[int]] = []
    for position in passage.positions:
        if context.document.blocks[position].kind == "heading":
            parts.append([position])
        elif parts:
            parts[-1].append(position)
    if len(parts) < _LEAST_PARTS or any(len(part) < LEAST for part in parts):
        return []
    most = max(len(part) for part in parts[:-1])
    parts[-1] = parts[-1][:most]  # below the last one stands what closes the article
    told = [context.passage(tuple(part)) for part in parts]
    named = [_introduced(p) for p in told]
    if not (all(map(_tells, told)) and any(named)):
        return []
    return [(name or _titled(p), p) for name, p in zip(named, told, strict=True)]


def _tells(p: Passage) -> bool:
    """Say whether a part is about an initiative: who, and whom or what it is for."""
    return bool(read_organizations(p) and (read_groups(p) or any(read_ages(p)) or read_terms(p, "themes")))


def _introduced(p: Passage) -> Naming | None:
    named = [naming for naming in namings(p, spans_of(read_organizations(p))) if naming.name.strength > 1]
    return next(filter(_is_introduced, named), None)


def _titled(p: Passage) -> Naming:
    """Name a part by its subheading."""
    position = p.positions[0]
    text = p.document.blocks[position].text
    return Naming(NameHit(text, position, 0, len(text), "", 1), (), 1, position)


def _is_same(one: Naming, other: Naming, forms: dict[str, str]) -> bool:
    """Say whether two paragraphs name one initiative, in whole or in a short form that the article gives."""
    names = (one.name.name, other.name.name)
    return forms.get(names[0], names[0]) == forms.get(names[1], names[1])


def _led(context: PageContext, position: int) -> Naming | None:
    """Give the one initiative that a paragraph presents together with who leads it, where no headline says 'projects'.

    Its own lead tells it from what the item only mentions beside its subject.
    """
    p = context.passage((position,))
    if not namings(p):  # most paragraphs: their organisations are not asked for
        return None
    organizations = read_organizations(p)
    named = [naming for naming in namings(p, spans_of(organizations)) if naming.name.strength > 1]
    introduced = [naming for naming in named if _is_introduced(naming)]
    if len(introduced) != 1:
        return None
    lead = divide(p, organizations, strict=True, name=introduced[0].name.name).lead
    return introduced[0] if lead is not None and lead.value.sector in (None, "community") else None


def _opening(context: PageContext, position: int) -> Naming | None:
    """Give the one initiative that a paragraph names at its beginning, or gives money to, by its kind."""
    named = [naming for naming in namings(context.passage((position,))) if naming.name.strength > 1]
    given = SUM.search(context.document.blocks[position].text)
    return next((naming for naming in named if _is_introduced(naming) and (given or naming.name.start < _OPENS)), None)


def _known(named: Sequence[Naming], position: int, text: str) -> Naming | None:
    """Give the initiative, introduced elsewhere in the article, whose name is a paragraph's first words."""
    for naming in named:
        start = _article_end(text)
        name = naming.name.name[_article_end(naming.name.name) :]
        if text.startswith(name, start) and not text[start + len(name) : start + len(name) + 1].isalnum():
            hit = replace(naming.name, position=position, start=start, end=start + len(name))
            return replace(naming, name=hit, first=position)
    return None


def _article_end(text: str) -> int:
    return match.end() if (match := _ARTICLE.match(text)) else 0


def _is_introduced(naming: Naming) -> bool:
    """Say whether a name stands beside the word for what it names, or between quotation marks."""
    return bool(naming.kind_words) or naming.name.strength > 2


class OneOfSeveral(InitiativeReader):
    """Reads one of the initiatives that an article presents."""

    def __init__(self, context: PageContext, passage: Passage, naming: Naming, whole: Passage) -> None:
        super().__init__(context, passage, slug(naming.name.name))
        self._naming, self._whole = naming, whole

    @cached_property
    def heading(self) -> int | None:
        """The headline tells the news."""
        return None

    @cached_property
    def naming(self) -> Naming | None:
        """The initiative that the paragraph opens with."""
        return self._naming

    @cached_property
    def places(self) -> PlacesFound:
        """The territory of its own paragraphs, else of the article."""
        own = super().places
        if own.municipalities:
            return own
        reader = InitiativeReader(self.context, self._whole)
        whole = places_with_headline(self.context, self._whole, reader.places)
        if len(whole.municipalities) > 1 and not _MANY.search(fold_text((news_title(self.context) or ("", 0))[0])):
            return own
        regions = {found.value for found in whole.regions}
        return whole if all(found.value in regions for found in own.regions) else own


def read_several(context: PageContext, passage: Passage, issues: list[Issue]) -> list[InitiativeDraft]:
    """Read every initiative of an article about several; nothing for any other article."""
    parts = several(context, passage)
    taken = {position for _, own in parts for position in own.positions}
    shared = context.passage(tuple(position for position in passage.positions if position not in taken))
    drafts = (OneOfSeveral(context, own, naming, shared).read(issues) for naming, own in parts)
    return [draft for draft in drafts if draft is not None]


def read_beside(context: PageContext, named: Sequence[Naming], issues: list[Issue]) -> list[InitiativeDraft]:
    """Read the initiatives that an item tells beside its main one, where a paragraph says what, for whom and where."""
    drafts = []
    for naming in named:
        own = context.passage((naming.name.position,))
        what = read_terms(own, "activities") or read_terms(own, "themes")
        reader = OneOfSeveral(context, own, naming, context.passage(()))
        if naming.kind_words and what and read_groups(own) and reader.places.municipalities:
            drafts.append(reader.read(issues))
    return [draft for draft in drafts if draft is not None]
