"""Reading one initiative: a method for every field, which families override where their pages say more."""

from __future__ import annotations

import re
from functools import cached_property
from typing import ClassVar

from extractors import facts
from extractors.base import Reader
from extractors.leads import Mention, Parts, divide, sectors_of, spans_of
from extractors.naming import NameHit, Naming, Span, described_name, namings, said_after, split_acronym
from extractors.passage import Passage
from extractors.prose import markdown, shorten
from extractors.quotations import read_testimonials, without_signatures
from extractors.recognizers.ages import read_ages
from extractors.recognizers.audience import groups_of_ages, read_genders, read_groups, with_students
from extractors.recognizers.awards import read_awards
from extractors.recognizers.contacts import read_email, read_phone, read_url
from extractors.recognizers.dates import read_start
from extractors.recognizers.fold import fold_text
from extractors.recognizers.mentions import mentions_in
from extractors.recognizers.offered import read_cost
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.places import PlacesFound, read_places
from extractors.recognizers.terms import hits_in, read_terms, with_isolation
from extractors.seats import regions_of, towns_of
from schemas.document import Block
from schemas.drafts import (
    DraftAward,
    DraftBenefit,
    DraftTestimonial,
    Evidence,
    Found,
    InitiativeDraft,
    OrganizationMention,
)

_SECTOR_REACH = 12
_SECTOR_PHRASE = re.compile(r"\b(?:milieux?|secteurs?|reseaux?|sectors?|networks?)\b")
_SPOKEN_KINDS = ("project", "program", "network", "campaign")
"""Kinds whose words mostly mean the initiative itself: a training or a service may be only one of its activities."""
_WITH_OTHERS = re.compile(r",? (?i:en (?:partenariat|collaboration|concertation)|in (?:partnership|collaboration))")
LINKS = 20
"""Most links kept of one initiative."""


class InitiativeReader(Reader[InitiativeDraft]):
    """Reads an initiative from its passage; by default every field by the recognizers alone."""

    draft = InitiativeDraft
    fields: ClassVar[tuple[str, ...]] = (
        "name", "other_names", "kind", "summary", "description", "lead_organization", "partners", "sectors",
        "collaboration", "min_age", "max_age", "genders", "groups", "themes", "activities", "languages_offered", "cost",
        "regions", "municipalities", "neighbourhoods", "benefits", "impacts", "conclusion", "testimonials", "awards",
        "start", "email", "phone", "url", "links",
    )  # fmt: skip
    strict_partners: ClassVar[bool] = False
    """Whether only organisations that a sentence about working together names are partners."""

    # ---- what several fields share

    @cached_property
    def heading(self) -> int | None:
        """Position of the heading that titles the initiative."""
        return next((position for position, block in self.passage.blocks if block.kind == "heading"), None)

    @cached_property
    def naming(self) -> Naming | None:
        """The initiative as its text names it."""
        return next(iter(namings(self.passage, self.taken)), None)

    @cached_property
    def taken(self) -> tuple[Span, ...]:
        """Where organisations are named: their names are not the initiative's."""
        return spans_of(self.organizations)

    @cached_property
    def body(self) -> Passage:
        """The passage without its headings."""
        kept = tuple(position for position, block in self.passage.blocks if block.kind != "heading")
        return self.context.passage(kept)

    @cached_property
    def organizations(self) -> tuple[Mention, ...]:
        """Every organisation of the passage."""
        return facts.with_stated(self.passage, read_organizations(self.passage))

    @cached_property
    def parts(self) -> Parts:
        """Lead and partners."""
        name = self.name()
        spelled = name.value if name else ""
        strict, owner = self.strict_partners, self.owner
        parts = divide(self.passage, self.organizations, strict=strict, name=spelled, owner=owner)
        parts = facts.stated_parts(self.passage, self.organizations, parts)
        own = self.own_organization(spelled)
        if own is None:
            return parts
        return Parts(own, (*((parts.lead,) if parts.lead else ()), *parts.partners))

    @property
    def owner(self) -> Mention | None:
        """The organisation whose site the page stands on, where that makes it the one that leads."""
        return None

    def own_organization(self, name: str) -> Mention | None:
        """The initiative itself, where it acts in its own name with others: 'Le PEQ, en partenariat avec'."""
        forms = [form for form in (name, *(found.value for found in self.other_names())) if form]
        for position, block in self.body.blocks:
            # Every name is an expression of its own to compile, and few blocks have the words after it.
            for form in forms if _WITH_OTHERS.search(block.text) else ():
                match = re.search(rf"(?i:{re.escape(form)})(?:\s*\([^)]*\))?{_WITH_OTHERS.pattern}", block.text)
                if match:
                    acronym = next((other for other in forms if other.isupper()), None)
                    value = OrganizationMention(name=name, written=form, acronym=acronym, sector="community")
                    return self.passage.found(value, position, match.start(), match.start() + len(form), "leads.itself")
        return None

    @cached_property
    def places(self) -> PlacesFound:
        """The territory that the passage names."""
        return read_places(self.passage)

    @cached_property
    def ages(self) -> tuple[Found[int] | None, Found[int] | None]:
        """Lowest and highest age."""
        return read_ages(self.passage)

    @cached_property
    def served(self) -> tuple[Found[int] | None, Found[int] | None]:
        """The ages that a label states, else those that the text tells."""
        labelled = facts.stated_ages(self.passage)
        return labelled if any(labelled) else self.ages

    # ---- what it is

    def name(self) -> Found[str] | None:
        """The project's own name; else its heading; else its fullest description."""
        if self.naming is not None:
            return self.found_name(self.naming.name)
        if self.heading is not None:
            text = self.context.document.blocks[self.heading].text
            return self.passage.found_block(split_acronym(text)[0], self.heading, "name.heading")
        described = described_name(self.passage)
        return self.found_name(described) if described else None

    def found_name(self, hit: NameHit) -> Found[str]:
        """Make a name's evidence."""
        return self.passage.found(hit.name, hit.position, hit.start, hit.end, "name.introduced")

    def other_names(self) -> tuple[Found[str], ...]:
        """Acronyms and short forms, and the heading where the text names the initiative otherwise."""
        name = self.name()
        found: dict[str, Found[str]] = {}
        if self.heading is not None:
            text, acronym = split_acronym(self.context.document.blocks[self.heading].text)
            for form in (text, acronym):
                if form:
                    found[fold_text(form)] = self.passage.found_block(form, self.heading, "name.heading")
        for form in self.naming.others if self.naming else ():
            hit = self.naming.name if self.naming else None
            if hit:
                found.setdefault(
                    fold_text(form), self.passage.found(form, hit.position, hit.start, hit.end, "name.form")
                )
        return tuple(value for form, value in found.items() if name is None or form != fold_text(name.value))

    def kind(self) -> Found[str] | None:
        """The kind that the name says, or the word that introduces it; a project where neither tells."""
        name = self.name()
        if name is None:
            return None
        words = [word for word in (self.naming.kind_words if self.naming else ()) if word != "collectif"]
        for text in (re.sub(r"\b(?:en|in an?) [\w-]+$", "", name.value), *words):  # 'Exemples en réseau' is no network
            code = self.code_in(text, "kinds")
            if code:
                return Found(value=code, evidence=name.evidence)
        told = (self.code_in(text, "kinds") for text in said_after(self.body, name))
        code = next(filter(None, told), None)
        if code:
            return Found(value=code, evidence=name.evidence)
        told_of = self.of_its_own(read_terms(facts.without_facts(self.body), "kinds"))
        spoken = [found for found in told_of if found.value in _SPOKEN_KINDS]
        if spoken and (not words or (spoken[0].value == "network" and len(spoken[0].evidence) > 1)):
            return spoken[0]
        return Found(value="project", evidence=name.evidence)

    def code_in(self, text: str, vocabulary: str) -> str | None:
        """Give the first term of a vocabulary in a short text."""
        block = Block(kind="paragraph", text=text, language=self.context.language)
        return next((hit.code for hit in hits_in(block, (self.context.language,), vocabulary)), None)

    def summary(self) -> Found[str] | None:
        """The first sentences about it, at most 300 characters."""
        return self.shortened(self.body)

    def shortened(self, passage: Passage) -> Found[str] | None:
        """Summarise a passage by its first paragraph of more than a few words."""
        for position, block in facts.without_facts(passage).blocks:
            if block.kind == "paragraph" and len(block.text.split()) >= 8:
                return passage.found_block(shorten(block.text), position, "summary.first-sentences")
        return None

    def description(self) -> Found[str] | None:
        """The whole text about it."""
        return self.as_markdown(self.body, "description.text")

    def as_markdown(self, passage: Passage, rule: str) -> Found[str] | None:
        """Write a passage as one Markdown text, with a piece of evidence for each block."""
        passage = facts.without_facts(passage)
        text = markdown(block for _, block in passage.blocks)
        if not text:
            return None
        evidence = tuple(
            passage.evidence(position, 0, len(block.text), rule) for position, block in passage.blocks if block.text
        )
        return Found(value=text, evidence=evidence)

    # ---- who

    def lead_organization(self) -> Found[OrganizationMention] | None:
        """The organisation that leads."""
        return self.parts.lead

    def partners(self) -> tuple[Found[OrganizationMention], ...]:
        """The organisations that work with the lead."""
        return self.parts.partners

    def sectors(self) -> tuple[Found[str], ...]:
        """The sectors of lead and partners, and those that the text says work together."""
        return self.found_sectors

    @cached_property
    def found_sectors(self) -> tuple[Found[str], ...]:
        """The sectors, read once."""
        lead = (self.parts.lead,) if self.parts.lead else ()
        sectors = sectors_of((*lead, *self.parts.partners))
        for found in self.named_sectors():
            sectors.setdefault(found.value, []).extend(found.evidence)
        return tuple(Found(value=code, evidence=tuple(evidence)) for code, evidence in sectors.items())

    def named_sectors(self) -> tuple[Found[str], ...]:
        """Sectors that the text itself names as such: "le milieu scolaire", "the community sector"."""
        found: list[Found[str]] = []
        for sector in read_terms(self.passage, "sectors"):
            said = tuple(place for place in sector.evidence if self.is_sector_phrase(place))
            if said:
                found.append(Found(value=sector.value, evidence=said))
        return tuple(found)

    def is_sector_phrase(self, place: Evidence) -> bool:
        """Say whether words stand beside "milieu", "secteur" and the like."""
        text = self.context.document.blocks[place.block].text
        around = fold_text(text[max(0, place.start - _SECTOR_REACH) : place.end + _SECTOR_REACH])
        return bool(_SECTOR_PHRASE.search(around))

    def collaboration(self) -> tuple[Found[str], ...]:
        """Between sectors where two or more take part or the text says so; between regions where it says so."""
        said = read_terms(self.passage, "collaboration")
        if any(found.value == "intersectoral" for found in said) or len(self.found_sectors) < 2:
            return said
        evidence: tuple[Evidence, ...] = tuple(found.evidence[0] for found in self.found_sectors)
        return (Found(value="intersectoral", evidence=evidence), *said)

    # ---- for whom

    def min_age(self) -> Found[int] | None:
        """Lowest age served."""
        return self.served[0]

    def max_age(self) -> Found[int] | None:
        """Highest age served."""
        return self.served[1]

    def genders(self) -> tuple[Found[str], ...]:
        """Genders it is meant for."""
        return read_genders(self.passage)

    def groups(self) -> tuple[Found[str], ...]:
        """Groups it serves; where none is named, the one that its ages tell."""
        found = read_groups(without_signatures(self.passage)) or groups_of_ages(*self.served)
        return with_students(found, *self.served)

    def themes(self) -> tuple[Found[str], ...]:
        """What it is about; isolation, where it serves seniors, is theirs."""
        return with_isolation(self.of_its_own(read_terms(self.passage, "themes")), self.groups())

    def activities(self) -> tuple[Found[str], ...]:
        """What it does."""
        return self.of_its_own(read_terms(self.passage, "activities"))

    def of_its_own(self, found: tuple[Found[str], ...]) -> tuple[Found[str], ...]:
        """Leave out what only the names of organisations say: Refuge Exemple may run a choir."""
        return tuple(one for one in found if not all(map(self.in_organization, one.evidence)))

    def in_organization(self, place: Evidence) -> bool:
        """Say whether words stand inside the name of an organisation, the initiative's own apart."""
        return any(
            position == place.block and start <= place.start and place.end <= end
            for position, start, end in self.other_organizations
        )

    @cached_property
    def other_organizations(self) -> tuple[Span, ...]:
        """Every place of this passage that names an organisation, known by the gazetteer or not."""
        stated = (mention for mention in self.organizations if mention.evidence[0].rule == "organizations.label")
        return spans_of(stated) + tuple(
            (position, mention.start, mention.end)
            for position, block in self.passage.blocks
            if block.kind != "heading"
            for mention in mentions_in(block.text, block.language)
            if mention.rule != "project"
        )

    def languages_offered(self) -> tuple[Found[str], ...]:
        """Languages it is offered in."""
        return facts.told_languages(self.passage)

    def cost(self) -> Found[str] | None:
        """What taking part costs."""
        return facts.stated_cost(self.passage) or read_cost(self.passage)

    @property
    def forms(self) -> tuple[str, ...]:
        """Its name and other names."""
        name = self.name()
        return (name.value, *(found.value for found in self.other_names())) if name else ()

    # ---- where

    def regions(self) -> tuple[Found[str], ...]:
        """Regions that the text names, else those of its organisations."""
        return self.places.regions or regions_of(self.parts)

    def municipalities(self) -> tuple[Found[str], ...]:
        """Municipalities that the text names, else the lead's, else that of a town's own service that takes part."""
        return self.places.municipalities or towns_of(self.parts)

    def neighbourhoods(self) -> tuple[Found[str], ...]:
        """Neighbourhoods that the text names."""
        return self.places.neighbourhoods

    def benefits(self) -> tuple[Found[DraftBenefit], ...]:
        """What each sector gains; only pages with such a section say it."""
        return ()

    def impacts(self) -> tuple[Found[str], ...]:
        """What changed; only pages with such a section say it."""
        return ()

    def conclusion(self) -> Found[str] | None:
        """Closing words; only pages with such a section have them."""
        return None

    def testimonials(self) -> tuple[Found[DraftTestimonial], ...]:
        """Quotations presented as testimonials."""
        return read_testimonials(self.passage)

    def awards(self) -> tuple[Found[DraftAward], ...]:
        """Prizes it received."""
        return read_awards(self.passage)

    def start(self) -> Found[str] | None:
        """Since when it exists."""
        return facts.stated_start(self.passage) or read_start(self.passage, self.forms)

    def email(self) -> Found[str] | None:
        """E-mail address."""
        return read_email(self.passage, self.forms)

    def phone(self) -> Found[str] | None:
        """Telephone number."""
        return read_phone(self.passage)

    def url(self) -> Found[str] | None:
        """Web address written in the text."""
        return read_url(self.passage)

    def links(self) -> tuple[Found[str], ...]:
        """Web addresses that the text links to."""
        found: dict[str, Found[str]] = {}
        for position, block in self.passage.blocks:
            for link in block.links:
                if link.url.startswith(("http://", "https://")):
                    found.setdefault(link.url, self.passage.found_block(link.url, position, "links"))
        return tuple(found.values())[:LINKS]
