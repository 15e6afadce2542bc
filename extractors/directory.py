"""Reading the entries of a directory page: each its own initiative, with only its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from extractors.amounts import funded, large_sum, without_amount
from extractors.base import PageContext
from extractors.documents.labels import fact_label
from extractors.entries import Entry, Listing
from extractors.fact_places import facts_on
from extractors.facts import stated
from extractors.initiative import InitiativeReader
from extractors.leads import SUBJECT_RULE, Mention, Parts, bears
from extractors.name_patterns import NAME, SUBJECT_ORGANIZATION
from extractors.naming import NameHit, Naming, is_named, namings, split_acronym
from extractors.owners import lists_own_work, owner_of, places_above, runs_all
from extractors.passage import Passage
from extractors.prose import sentences, slug
from extractors.recognizers.fold import fold_text
from extractors.recognizers.org_sectors import sector_of
from extractors.recognizers.place_names import is_place_name
from extractors.recognizers.places import PlacesFound
from extractors.recognizers.terms import read_terms
from schemas.drafts import Found, InitiativeDraft, OrganizationMention
from schemas.issue import Issue

_TAG_WORDS = 6
"""Words of the longest line of tags."""
_SENTENCE = 8
"""Words from which a block below a title is a sentence; a shorter one tells the place or the date."""

_BESIDE = re.compile(r"\s+[–—|-]\s+|\s*\((?=[^()]+\)$)|\)$")

_TITLE_CASE = re.compile(r"[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|of|the|to|and|in|on|for|a|at)){0,3} [A-Z][\w’'-]+[!?]?")
"""A title of few words, each with a capital: in English a name of its own."""
_GIVEN = ("Pour", "For", "pour", "for", "$", *"0123456789")
"""How a text begins that says what a sum was given for."""

_FIRST_LABEL = re.compile(r"(?P<name>[A-ZÀ-ÖØ-Þ«“\"][^:.;,()\n]{2,60}?)[\s\u00a0]?:\s+(?=\w)")
"""The name with which the text below a sum begins: 'Exemple à deux : des voisins cuisinent'."""
_BARE_SUBJECT = re.compile(
    r"(?!(?:Les?|La|Une?|Des?|Du|Ce|Cet|Cette|Ces|Son|Sa|Ses|Leurs?|Nos|Notre|Vos|Votre|Mon|Ma|Mes|Chaque|Deux|Trois|Quatre|"
    r"Cinq|Six|Il|Elle|On|Nous|Vous|Ils|Elles|Qui|Plusieurs|Tous|Toutes?|Aux?|En|Dans|Pour|Par|Avec|Grâce|Depuis)\b|L[’'])"
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [\w’'-]+){1,4}?) (?:initie|forme|offre|permet|propose|réuni|jumelle|outille|"
    r"accompagne|invite|aide|soutien|accueille|amène|enseigne|donne|ouvre|rassemble|distribue|"
    r"apprend)(?:nt|t|ra|ront)? "
    r"(?=(?:les?|la|une?|des|aux?|à|de|du)\b|l[’'])"
)
"""A French subject without an article is a proper name: 'Exemple en mer initie des jeunes'."""
_FIRST_APPOSED = re.compile(rf"(?P<name>{NAME}(?: [a-zà-ÿ][\w’'-]+){{0,3}}), (?:une?|an?) [a-zà-ÿ]")
"""The name with which the text below a sum begins, and what it is: 'Exemple du matin, un déjeuner pour'."""
_AFTER_KIND = re.compile(
    rf"(?:Une?|An?) [a-zà-ÿ][^.,;:()]{{3,50}}, (?P<name>{NAME}(?: [a-zà-ÿ][\w’'-]+){{0,3}}), "
    r"(?:pour|qui|où|dont|for|that|which|where)\b"
)
"""The same the other way round: 'Un déjeuner gratuit, Exemple du matin, pour'."""
_FIRST_NAMED = (_FIRST_LABEL, _BARE_SUBJECT, _FIRST_APPOSED, _AFTER_KIND)
_JOINED = re.compile(
    r",? (?:en (?:collaboration|partenariat|concertation)|in (?:partnership|collaboration)|with|avec) "
)
"""Words between who receives a sum and who works with them."""
_LISTED = re.compile(r"(?:(?:nos|les|our|the) )?(?P<kind>services?|programmes?|programs?)\b(?! (?:et|and|&)\b)")
_LISTED_FOR = re.compile(
    r"\b(?:services?|projets?|projects?|programm?e?s?|initiatives?|ressources?|resources|activites|activities|aide|soutien|"
    r"support|help) (?:offerts? |offered )?(?:aux?|pour|for|to)\b"
)
"""The title of a page that lists what is done for one public: 'Services aux familles'."""
_BRACKETED_BELOW = re.compile(r"\s*\|\s*\((?P<name>[^()|]{3,90})\)\s*\|")


class EntryReader(InitiativeReader):
    """Reads one entry: its heading, and the text until the next."""

    def __init__(self, context: PageContext, entry: Entry, key: str) -> None:
        super().__init__(context, context.passage(entry.positions), key)
        self.entry = entry

    @cached_property
    def heading(self) -> int | None:
        """The block of the entry's title."""
        return None if self.entry.inline else self.entry.title_position

    @cached_property
    def naming(self) -> Naming | None:
        """The initiative that the heading names, else the one that the text is about."""
        found = [naming for naming in namings(self.passage, self.taken) if naming.name.strength > 1]
        if self.funded is not None:
            below = [naming for naming in found if self.is_below_title(naming.name)]
            return self.given_for or next(iter(below), None)
        if is_named(self.entry.title, self.context.language):
            return next((naming for naming in found if naming.first == self.entry.title_position), None)
        if self.context.language == "en" and _TITLE_CASE.fullmatch(self.entry.title) and not self.names_subject():
            found = [naming for naming in found if self.bears_title(naming)]
        if self.entry.inline:
            found = [naming for naming in found if self.bears_title(naming)]
        return next(iter(found), None)

    @cached_property
    def owner(self) -> Mention | None:
        """The organisation whose site the page stands on, where it lists what it does itself; else who runs it all."""
        document = self.context.document
        return owner_of(document) if lists_own_work(document) else runs_all(document)

    @cached_property
    def places(self) -> PlacesFound:
        """Those of the entry, else, where one organisation lists its own work, those that stand above its list."""
        found = super().places
        if self.owner is None or found.regions or found.municipalities:
            return found
        return places_above(self.context.document, self.context.language)

    def names_subject(self) -> bool:
        """Say whether the title is words of a vocabulary, rather than a name: 'Mental Health'."""
        return any(self.code_in(self.entry.title, words) for words in ("themes", "activities", "groups", "kinds"))

    def bears_title(self, naming: Naming) -> bool:
        """Say whether a name is, or begins as, the title."""
        title = fold_text(self.entry.title)
        return any(title in (form := fold_text(one)) or form in title for one in (naming.name.name, *naming.others))

    def name(self) -> Found[str] | None:
        """The title where it is a name, else the project that the text names, else the title."""
        return self._own_name

    @cached_property
    def _own_name(self) -> Found[str] | None:
        title = self.entry.title
        if self.funded is not None:
            return self.found_name(self.naming.name) if self.naming else self.titled(self.funded)
        if self.beside is not None:
            return self.titled(self.beside[0])
        if self.naming is None or is_named(title, self.context.language):
            return self.titled(split_acronym(title)[0])
        return self.found_name(self.naming.name)

    @cached_property
    def funded(self) -> str | None:
        """The organisation that a list of grants names as the title, beside or before what it received."""
        name, amount = without_amount(self.entry.title)
        if amount is None and self.entry.inline and not self.entry.row:
            match = funded(self.text_of_title, self.end_of_title)
            amount = (match["sum"] if match else None) or large_sum(self.text_of_title, self.end_of_title)
        name = _JOINED.split(name)[0]
        head, comma, place = name.removesuffix(")").rpartition(" (" if name.endswith(")") else ", ")
        name = head if comma and is_place_name(place) else name
        return name if amount else None

    @cached_property
    def given_for(self) -> Naming | None:
        """What the sum was given for, where the text begins with its name."""
        start = self.end_of_title if self.entry.inline else 0
        below = (position for position in self.passage.positions if position != self.entry.title_position)
        position = self.entry.title_position if self.entry.inline else next(below, None)
        if position is None:
            return None
        text = self.context.document.blocks[position].text
        match = funded(text, start)
        if match is None or not match[0].startswith(_GIVEN):
            first = next(filter(None, (pattern.match(text) for pattern in _FIRST_NAMED)), None)
            match = first if first and not self.entry.inline and not fact_label(first["name"]) else None
        if match is None:
            return None
        return Naming(NameHit(match["name"], position, *match.span("name"), "", 2), (), 1, position)

    @cached_property
    def text_of_title(self) -> str:
        """The whole block in which the title stands."""
        return self.context.document.blocks[self.entry.title_position].text

    @cached_property
    def end_of_title(self) -> int:
        """Character of that block after the title."""
        return max(self.text_of_title.find(self.entry.title), 0) + len(self.entry.title)

    def is_below_title(self, hit: NameHit) -> bool:
        """Say whether a name stands in the text, not in the title."""
        return hit.position != self.entry.title_position or (self.entry.inline and hit.start >= self.end_of_title)

    @cached_property
    def beside(self) -> tuple[str, Mention] | None:
        """The title's own name and the organisation that stands beside it: 'Exemple – Maison Exemple'."""
        block = self.context.document.blocks[self.entry.title_position]
        parts = [part for part in _BESIDE.split(block.text) if part]
        if self.entry.inline or len(parts) != 2:
            return None
        for name, other in (parts, parts[::-1]):
            for mention in super().organizations:
                places = [place for place in mention.evidence if place.block == self.entry.title_position]
                if [block.text[place.start : place.end] for place in places] == [other]:
                    return name, mention
        return None

    @cached_property
    def parts(self) -> Parts:
        """Lead and partners; whoever stands beside the title leads, and whoever receives a sum."""
        parts = super().parts
        if self.funded is not None and not stated(self.passage, "lead"):
            lead = self.receiver(self.funded)
            return Parts(
                lead, tuple(one for one in (parts.lead, *parts.partners) if one and not bears(one, lead.value.name))
            )
        if self.beside is None or parts.lead is self.beside[1]:
            return parts
        lead = self.beside[1]
        others = (parts.lead, *parts.partners)
        return Parts(lead, tuple(mention for mention in others if mention and mention is not lead))

    @cached_property
    def organizations(self) -> tuple[Mention, ...]:
        """Those that the text names; where none of them may lead, whoever the first sentence is about."""
        found = tuple(mention for mention in super().organizations if not self.is_in_title(mention))
        if any(mention.value.sector in (None, "community") for mention in found):
            return found
        subject = self.subject()
        return (subject, *found) if subject else found

    def is_in_title(self, mention: Mention) -> bool:
        """Say whether an organisation is read out of the title of an entry in one block, and is not all of it."""
        if not self.entry.inline or self.entry.row or bears(mention, self.entry.title):
            return False
        title, end = self.entry.title_position, self.end_of_title
        return all(place.block == title and place.start < end for place in mention.evidence)

    def other_names(self) -> tuple[Found[str], ...]:
        """Those that the text gives, and one in brackets below the title of a row."""
        position = self.entry.title_position
        text = self.context.document.blocks[position].text
        match = _BRACKETED_BELOW.match(text, len(self.entry.title)) if self.entry.inline else None
        if match is None or not text.startswith(self.entry.title):
            return super().other_names()
        return (*super().other_names(), self.passage.found(match["name"], position, *match.span("name"), "name.form"))

    def receiver(self, name: str) -> Mention:
        """Give the organisation that receives a sum."""
        known = next((mention for mention in self.organizations if bears(mention, name)), None)
        value = OrganizationMention(name=name, written=name, sector=sector_of(name))
        place = self.titled(name).evidence[0]
        return known or self.passage.found(value, place.block, place.start, place.end, "directory.receiver")

    def kind(self) -> Found[str] | None:
        """The kind that a column of its table states, else the one that the text tells."""
        cell = facts_on(self.context.document).named("kind", self.entry.title_position)
        code = self.code_in(cell.text(self.context.document), "kinds") if cell else None
        if cell and code:
            return self.passage.found(code, *cell.place, "kinds.column")
        told = super().kind()
        return told if told is None or told.value != "project" else self.kind_of_column() or self.kind_of_page() or told

    def kind_of_page(self) -> Found[str] | None:
        """The kind that the page's title says of all it lists: 'Services aux familles'."""
        title = self.title_of_page
        match = _LISTED.match(fold_text(self.context.document.blocks[title].text)) if title is not None else None
        code = self.code_in(match["kind"], "kinds") if match else None
        return (
            self.passage.found(code, title, 0, match.end("kind"), "kinds.title")
            if match and code and title is not None
            else None
        )

    @cached_property
    def title_of_page(self) -> int | None:
        """Position of the page's first heading, where it stands before the entries."""
        first = next(
            (place for place, block in enumerate(self.context.document.blocks) if block.kind == "heading"), None
        )
        return first if first is not None and first < self.entry.title_position else None

    @cached_property
    def public(self) -> Passage:
        """The page's title, where it says for whom is all that it lists; nothing else."""
        title = self.title_of_page
        told = title is not None and _LISTED_FOR.search(fold_text(self.context.document.blocks[title].text))
        return self.context.passage((title,) if told and title is not None else ())

    def groups(self) -> tuple[Found[str], ...]:
        """Those of the entry, else of the page's title."""
        return super().groups() or read_terms(self.public, "groups")

    def themes(self) -> tuple[Found[str], ...]:
        """Those of the entry and of the tags above its title, else of the page's title."""
        found = super().themes()
        known = {theme.value for theme in found}
        tagged = tuple(theme for theme in read_terms(self.tags, "themes") if theme.value not in known)
        return (*found, *tagged) or read_terms(self.public, "themes")

    @cached_property
    def tags(self) -> Passage:
        """The few words that stand above the title in its card."""
        blocks, title = self.context.document.blocks, self.entry.title_position
        first = title
        while first and blocks[title].group is not None and blocks[first - 1].group == blocks[title].group:
            first -= 1
        short = all(len(block.text.split()) <= _TAG_WORDS for block in blocks[first:title])
        return self.context.passage(tuple(range(first, title)) if short else ())

    def kind_of_column(self) -> Found[str] | None:
        """The kind that the head of the column of names says of every row: 'Programme'."""
        facts = facts_on(self.context.document)
        title = self.entry.title_position
        head = max((row for row in facts.heads if row < title), default=None) if self.entry.row else None
        if head is None:
            return None
        first = self.context.document.blocks[head].text.partition("|")[0].strip()
        code = self.code_in(first, "kinds")
        return self.passage.found(code, head, 0, len(first), "kinds.head") if code else None

    def description(self) -> Found[str] | None:
        """The column that describes it, else the whole text."""
        cell = facts_on(self.context.document).named("text", self.entry.title_position)
        if cell is None or not self.entry.row:
            return super().description()
        return self.passage.found(cell.text(self.context.document), *cell.place, "description.column")

    def subject(self) -> Mention | None:
        """The first capitalised subject of a sentence: in a list, most often the organisation that acts."""
        told = ((position, block) for position, block in self.body.blocks if len(block.text.split()) >= _SENTENCE)
        position, block = next(told, (None, None))
        if position is None or block is None:
            return None
        start = 0
        for sentence in sentences(block.text):
            start = block.text.index(sentence, start)
            match = SUBJECT_ORGANIZATION.match(block.text, start)
            if match and any(
                self._stands_in(mention, position, *match.span("name")) for mention in super().organizations
            ):
                return None
            if match and fold_text(match["name"]) not in fold_text(self.entry.title):
                value = OrganizationMention(name=match["name"], written=match["name"], sector="community")
                return self.passage.found(value, position, *match.span("name"), SUBJECT_RULE)
        return None

    @staticmethod
    def _stands_in(mention: Mention, position: int, start: int, end: int) -> bool:
        """Say whether an organisation is already read in a piece of text."""
        return any(place.block == position and start <= place.start and place.end <= end for place in mention.evidence)

    def titled(self, text: str) -> Found[str]:
        """Make a name that the entry's title says."""
        block = self.context.document.blocks[self.entry.title_position].text
        start = max(block.find(text), 0)
        return self.passage.found(text, self.entry.title_position, start, start + len(text), "name.heading")


def read_entries(
    context: PageContext, listing: Listing, issues: list[Issue], reader: type[EntryReader]
) -> list[InitiativeDraft]:
    """Read every entry of a listing; keys are slugs of the titles, numbered where two are alike."""
    drafts = []
    for entry, key in zip(listing.entries, _keys(listing.entries), strict=True):
        draft = reader(context, entry, key).read(issues)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _keys(entries: Sequence[Entry]) -> list[str]:
    taken: dict[str, int] = {}
    keys = []
    for entry in entries:
        key = slug(split_acronym(entry.title)[0])
        taken[key] = taken.get(key, 0) + 1
        keys.append(key if taken[key] == 1 else f"{key}-{taken[key]}")
    return keys
