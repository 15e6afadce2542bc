"""Reading a page that presents one initiative, by its title and its labelled sections."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import cached_property

from extractors.base import PageContext
from extractors.fact_places import facts_on
from extractors.initiative import InitiativeReader
from extractors.leads import Mention, bears, sectors_of
from extractors.naming import NameHit, Naming, is_named, name_hits, namings, same_name
from extractors.owners import owner_of
from extractors.passage import Passage
from extractors.quotations import read_speaker, read_testimonials, stray_attribution
from extractors.recognizers.ages import read_ages
from extractors.recognizers.contacts import read_email, read_phone, read_url
from extractors.recognizers.fold import fold_text
from extractors.recognizers.places import PlacesFound, read_places
from extractors.sections import Section, SectionName, find_sections
from extractors.titles import Title, find_title, is_generic, title_forms
from schemas.document import Block
from schemas.drafts import DraftBenefit, DraftTestimonial, Found

_OPENING = re.compile(
    r"\b(?:vous venez de|you have(?: just)?|you've(?: just)?) (?:creer|faire|realiser|former|etablir|"
    r"created|made|built|formed)\b"
    r".{0,60}\b(?:maillage|alliance|partenariat|jumelage|lien|partnership|match|link|connection)"
)
_CONTACT = re.compile(
    r"^(?:pour (?:nous )?joindre|contact|nous joindre|to (?:reach|contact)|renseignements|reach).*(?:@|\d{4})"
)
_EMERGENCY = re.compile(
    r"\b(?:compose[rz]|appele[rz]|faites|dial|call)\b[^.]{0,12}\b9-?1-?1\b|"
    r"\b(?:si|if) (?:vous (?:etes|avez)|you(?:'re| are)) (?:moins de|under|en danger|in danger|in crisis)\b[^.]*"
    r"\b(?:compose[rz]|appele[rz]|call|dial)\b"
)
"""A note that sends elsewhere whoever is in danger or is not served."""


def is_opening(block: Block) -> bool:
    """Say whether a block congratulates the reader on the match that a collaboration platform shows."""
    return bool(_OPENING.search(fold_text(block.text)))


def told(context: PageContext) -> Passage:
    """The page without its closing words."""
    blocks = context.document.blocks
    closing = {
        position
        for section in find_sections(blocks)
        if section.name == "closing"
        for position in (*section.positions, section.heading)
        if position is not None and not _CONTACT.search(fold_text(blocks[position].text))
    }
    closing |= {position for position, block in enumerate(blocks) if _EMERGENCY.search(fold_text(block.text))}
    every = range(len(context.document.blocks))
    return context.passage(tuple(position for position in every if position not in closing))


_PASSING = ("organizations.subject", "directory.subject")
"""Rules by which anything that acts is taken for an organisation."""


def names_organization(name: str, mentions: Iterable[Mention]) -> bool:
    """Say whether a title is the name of an organisation that the page makes out to be one."""
    return any(
        bears(mention, name) and any(place.rule not in _PASSING for place in mention.evidence) for mention in mentions
    )


class DetailReader(InitiativeReader):
    """Reads a detail page by its sections."""

    @cached_property
    def sections(self) -> list[Section]:
        """The page's sections; the label of one fact, as 'Partners' above its value, opens none."""
        facts = facts_on(self.context.document).whole
        kept: list[Section] = []
        for section in find_sections(self.context.document.blocks):
            if kept and section.heading in facts:
                kept[-1] = replace(kept[-1], positions=[*kept[-1].positions, *section.positions])
            else:
                kept.append(section)
        return kept

    @cached_property
    def title(self) -> Title | None:
        """The name that the page's titles give it and its text repeats."""
        return find_title(self.context.document, self.passage.positions)

    @cached_property
    def heading(self) -> int | None:
        """The page's own title, which stands before every section."""
        blocks = self.context.document.blocks
        if self.title is not None and blocks[self.title.position].kind == "heading":
            return self.title.position
        first = next((p for p in self.passage.positions if blocks[p].kind == "heading"), None)
        if first is not None and is_generic(blocks[first].text):
            return None
        titled = next((s for s in self.sections if s.heading == first and s.name == "other"), None)
        return first if titled is not None and blocks[first or 0].level == 1 else None

    @cached_property
    def naming(self) -> Naming | None:
        """The initiative as the text names it under its title; else the one named most."""
        found = namings(self.passage, self.taken)
        if self.title is None or (self.is_organization and found and found[0].name.strength > 1):
            return self.headed or next(iter(found), None)
        hit = NameHit(self.title.name, *self.title.place, "", 3)
        alike = next((naming for naming in found if same_name(naming.name, hit)), None)
        if self.headed is not None:
            return self.headed
        if alike is not None and alike.name.strength > 1:
            return alike
        return Naming(hit, (), self.title.mentions, hit.position, alike.kind_words if alike else ())

    @cached_property
    def headed(self) -> Naming | None:
        """The name as the page's title gives it with its kind before it: 'Projet Exemple'."""
        if self.heading is None:
            return None
        text = self.context.document.blocks[self.heading].text
        for form in title_forms(text):
            hit = next((hit for hit in name_hits(self.context.passage((self.heading,))) if hit.name in form), None)
            bare = hit.name if hit else ""
            if hit and form != bare and form.endswith(bare) and is_named(form, self.context.language):
                start = text.index(form)
                whole = NameHit(form, self.heading, start, start + len(form), hit.kind_word, 3, (bare, *hit.others))
                return Naming(whole, whole.others, 1, self.heading, (hit.kind_word,))
        return None

    @cached_property
    def is_organization(self) -> bool:
        """Whether the title is the name of an organisation, as far as its own words tell."""
        return bool(self.title and names_organization(self.title.name, super().organizations))

    @cached_property
    def organizations(self) -> tuple[Mention, ...]:
        """Every organisation of the page; what bears the page's title is the initiative, unless nobody else acts."""
        found = super().organizations
        if self.title is None:
            return found
        others = tuple(mention for mention in found if not bears(mention, self.title.name))
        return others or found

    @property
    def owner(self) -> Mention | None:
        """The organisation whose site the page stands on."""
        return owner_of(self.context.document)

    def named(self, *names: SectionName) -> list[Section]:
        """Sections by name, in the order of the page."""
        return [section for section in self.sections if section.name in names]

    def in_sections(self, *names: SectionName) -> Passage:
        """The blocks of some sections."""
        return self.context.passage(tuple(p for section in self.named(*names) for p in section.positions))

    @cached_property
    def description_passage(self) -> Passage:
        """The introduction, unless it only greets, and the description, with headings that only this page has."""
        return self.context.passage((*self.introducing, *self.describing))

    @cached_property
    def introducing(self) -> tuple[int, ...]:
        """The introduction, where it is the page's own: no greeting to the reader."""
        blocks = self.context.document.blocks
        return () if any(is_opening(blocks[p]) for p in self.passage.positions[:8]) else self.intro.positions

    @cached_property
    def describing(self) -> tuple[int, ...]:
        """The description section, and sections of other names that follow it."""
        positions: list[int] = []
        described = bool(self.named("description"))
        for section in self.named("description", "other"):
            own = section.name == "other" and section.heading is not None and section.heading != self.heading
            if section.name == "description" or (own and section.positions and (positions or not described)):
                positions += [section.heading, *section.positions] if own and section.heading else section.positions
        return tuple(positions)

    @cached_property
    def ages(self) -> tuple[Found[int] | None, Found[int] | None]:
        """Those of the audience, not of people in a testimonial."""
        told = {position for section in self.named("testimonials") for position in section.positions}
        return read_ages(self.context.passage(tuple(p for p in self.passage.positions if p not in told)))

    @cached_property
    def places(self) -> PlacesFound:
        """Those of what is done, before those that are only planned or spoken of."""
        aside = {p for section in self.named("testimonials", "conclusion") for p in section.positions}
        found = read_places(self.context.passage(tuple(p for p in self.passage.positions if p not in aside)))
        return found if found.regions or found.municipalities else super().places

    def summary(self) -> Found[str] | None:
        """The first sentences of the description, else of the introduction."""
        described = self.context.passage(self.describing)
        return self.shortened(described) or self.shortened(self.description_passage) or self.shortened(self.intro)

    @cached_property
    def intro(self) -> Passage:
        """What stands before the first section, below the title."""
        sections = [
            s for s in self.sections if s.name == "intro" or (s.heading is not None and s.heading == self.heading)
        ]
        return self.context.passage(tuple(p for section in sections for p in section.positions))

    def description(self) -> Found[str] | None:
        """What introduces and describes it, else a greeting that is all there is."""
        return self.as_markdown(self.description_passage, "description.section") or self.as_markdown(
            self.intro, "description.introduction"
        )

    def benefits(self) -> tuple[Found[DraftBenefit], ...]:
        """What each sector gains, by the section's label."""
        found: list[Found[DraftBenefit]] = []
        sections = self.named("benefits")
        for place, section in enumerate(sections):
            above = sections[place - 1] if place else None
            shared = above and not above.positions and self.sector_of(above)
            sector = None if shared else self.sector_of(section)  # one list under two labels does not say whose
            found += [
                Found(value=DraftBenefit(sector=sector, text=item.value), evidence=item.evidence)
                for item in self.items(section, "benefits.section")
            ]
        return tuple(found)

    def sector_of(self, section: Section) -> str | None:
        """The sector that a label names; "institutional" is the one public sector that takes part."""
        label = self.context.document.blocks[section.heading].text if section.heading is not None else ""
        code = self.code_in(label, "sectors")
        if code is None and "institution" in fold_text(label):
            lead = (self.parts.lead,) if self.parts.lead else ()
            public = [sector for sector in sectors_of((*lead, *self.parts.partners)) if sector != "community"]
            code = public[0] if len(public) == 1 else None
        return code

    def items(self, section: Section, rule: str) -> tuple[Found[str], ...]:
        """The items of a section, without the semicolons of a list."""
        blocks = self.context.document.blocks
        return tuple(
            self.passage.found_block(blocks[position].text.rstrip(" ;\u00a0\u202f"), position, rule)
            for position in section.positions
            if position not in self.stray[1] and not self.leads_in(section, position)
        )

    def leads_in(self, section: Section, position: int) -> bool:
        """Say whether a block only introduces the list that follows it."""
        block = self.context.document.blocks[position]
        return block.text.rstrip().endswith(":") and position != section.positions[-1]

    def impacts(self) -> tuple[Found[str], ...]:
        """The items of the impacts sections."""
        return tuple(
            item for section in self.named("impacts") for item in self.items(self.listed(section), "impacts.section")
        )

    def listed(self, section: Section) -> Section:
        """The list of a section that has one, without what follows it, and no quotation."""
        blocks = self.context.document.blocks
        items = [position for position in section.positions if blocks[position].kind == "list_item"]
        told = [position for position in section.positions if blocks[position].kind != "quotation"]
        return replace(section, positions=items if len(items) > 1 else told)

    def conclusion(self) -> Found[str] | None:
        """The conclusion section."""
        return self.as_markdown(self.in_sections("conclusion"), "conclusion.section")

    def testimonials(self) -> tuple[Found[DraftTestimonial], ...]:
        """Those of the testimonials sections, else attributed quotations elsewhere."""
        own = self.in_sections("testimonials")
        if not own.positions:
            return read_testimonials(self.passage)
        found = read_testimonials(own, section=True)
        said, positions = self.stray
        if len(found) != 1 or found[0].value.author or not said:
            return found
        speaker = read_speaker(said)
        value = found[0].value.model_copy(update=asdict(speaker))
        apart = tuple(
            self.passage.evidence(position, 0, len(self.context.document.blocks[position].text), "testimonials.apart")
            for position in positions
        )
        return (Found(value=value, evidence=(*found[0].evidence, *apart)),)

    @cached_property
    def stray(self) -> tuple[str, tuple[int, ...]]:
        """An attribution that a dump put below another section than the testimonial's."""
        own = {position for section in self.named("testimonials") for position in section.positions}
        others = tuple(position for position in self.passage.positions if position not in own)
        return stray_attribution(self.context.passage(others)) if own else ("", ())

    def email(self) -> Found[str] | None:
        """The contact section's, else any."""
        return read_email(self.in_sections("contact")) or read_email(self.passage)

    def phone(self) -> Found[str] | None:
        """The contact section's, else any."""
        return read_phone(self.in_sections("contact")) or read_phone(self.passage)

    def url(self) -> Found[str] | None:
        """The contact section's, else any."""
        return read_url(self.in_sections("contact")) or read_url(self.passage)
