"""Reading the initiative that a news item is mainly about, if it is about one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from extractors.base import PageContext
from extractors.headline_names import shared_name
from extractors.initiative import InitiativeReader
from extractors.leads import Mention
from extractors.name_patterns import LED_AFTER
from extractors.naming import Naming, Span, namings
from extractors.news import begun_today, news_title, places_with_headline
from extractors.owners import owner_of
from extractors.passage import Passage
from extractors.quotations import without_signatures
from extractors.recognizers.ages import read_ages
from extractors.recognizers.audience import read_groups
from extractors.recognizers.fold import fold_text
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.people import read_people
from extractors.recognizers.places import PlacesFound
from extractors.recognizers.terms import read_terms
from schemas.document import Block
from schemas.drafts import Found

_KIND_WORD = re.compile(r"\b(?:projets?|programmes?|services?|initiatives?|project|program|initiative|service)\b")

_MEANT = re.compile(r"\b(?:le|ce|cette|l'|the|this) ?(?:projet|initiative|project|service|program)\b")
"""Words that mean the initiative spoken of without its name."""
_OURS = re.compile(r"\b(?:notre|our)\b")

LEAST_TOLD = 3
"""Of audience, theme, activity and organisations, those told beside a name that stands only once in an item."""
LEAST_MENTIONS = 2
"""A named initiative mentioned less often, and not at the top, is not what an article is about."""


_ABOUT_US = re.compile(r"(?:a propos|au sujet|about)(?: (?:de|du|des|d'|of))? ?(?:l[ea]s? |l'|the )?(?P<whom>.+)")
_ABOUT_WORDS = 14
"""Words of the longest line that heads what a communiqué says of those who issue it."""


def without_issuers(context: PageContext, passage: Passage) -> Passage:
    """Leave out what a communiqué says at its end, 'À propos de …', of those who issue it."""
    for position, block in passage.blocks:
        match = _ABOUT_US.fullmatch(fold_text(block.text).strip(" :"))
        if (
            match is None
            or len(block.text.split()) > _ABOUT_WORDS
            or position < passage.positions[len(passage.positions) // 3]
        ):
            continue
        before = context.passage(tuple(place for place in passage.positions if place < position))
        names = [fold_text(naming.name.name) for naming in namings(before) if naming.name.strength > 1]
        told = _KIND_WORD.search(match["whom"]) or any(match["whom"] in name or name in match["whom"] for name in names)
        if not told:
            return before
    return passage


_ALSO = re.compile(
    r"\b(?P<who>[A-ZÀ-ÖØ-Þ]\w+|organisme|organi[sz]ation|centre|association|group)(?:, [^,.;]{3,40},)? "
    r"(?:(?:who |which |qui )?also (?:runs|operates|offers|manages|hosts|organi[sz]es)|(?:offre|gère|anime|tient|"
    r"organise|poursui\w+|mène|exploite) "
    r"(?:aussi|également|par ailleurs))\b"
)


def without_other_work(context: PageContext, passage: Passage) -> Passage:
    """Leave out the paragraphs that only tell what else an organisation runs, or of another initiative by name.

    Those do not name the initiative itself.
    """
    aside = {naming.name.position for naming in told_beside(context, passage)}
    named = _main_of(context, passage)
    name = fold_text(named.name.name) if named else ""
    aside |= {
        position
        for position, block in passage.blocks
        if not _is_spoken(block)
        and (not name or name not in fold_text(block.text))
        and _tells_other_work(block.text, name)
    }
    aside |= {above for above, below in pairwise(passage.positions) if below in aside and _is_heading(context, above)}
    kept = tuple(position for position in passage.positions if position not in aside)
    return context.passage(kept) if aside and kept else passage


def _main_of(context: PageContext, passage: Passage) -> Naming | None:
    """Give the initiative that an item names most, or in its headline."""
    headline = fold_text((news_title(context) or ("", 0))[0])
    strong = [naming for naming in namings(passage) if naming.name.strength > 1]
    strong.sort(key=lambda naming: fold_text(naming.name.name) not in headline)
    return next(iter(strong), None)


def told_beside(context: PageContext, passage: Passage) -> list[Naming]:
    """Give the initiatives that an item names beside its main one, each in a paragraph that does not speak of that."""
    main = _main_of(context, passage)
    if main is None or main.mentions < LEAST_MENTIONS:
        return []
    forms = [fold_text(form) for form in (main.name.name, *main.others)]
    found = []
    for naming in namings(passage):
        block = context.document.blocks[naming.name.position]
        text = fold_text(block.text)
        apart = not _MEANT.search(text) and not any(form in text for form in forms)
        if naming.name.strength > 1 and apart and not _is_spoken(block):
            found.append(naming)
    return found


def _is_heading(context: PageContext, position: int) -> bool:
    return context.document.blocks[position].kind == "heading"


def by_the_writer(context: PageContext, passage: Passage) -> Passage:
    """Give the blocks that are the writer's own, no quotations."""
    return context.passage(tuple(position for position, block in passage.blocks if not _is_spoken(block)))


def _tells_other_work(text: str, name: str) -> bool:
    match = _ALSO.search(text)
    return match is not None and fold_text(match["who"]) not in name.split()


def _is_spoken(block: Block) -> bool:
    return block.kind == "quotation" or block.text[:1] in '«“"'


class NewsInitiativeReader(InitiativeReader):
    """Reads the initiative that a news item is mainly about, if it is about one."""

    strict_partners = True

    @cached_property
    def heading(self) -> int | None:
        """A headline tells the news, not the initiative's name."""
        return None

    @cached_property
    def naming(self) -> Naming | None:
        """The named initiative that the item keeps coming back to, if its subject is one of ours."""
        found = sorted(namings(self.passage, self.taken), key=self.place_in_title)
        chosen = next((naming for naming in found if self.is_main(naming)), None)
        chosen = chosen or self.named_in_headline or self.only_one(found)
        return chosen if chosen and (read_terms(self.told, "themes") or read_terms(self.told, "activities")) else None

    @cached_property
    def named_in_headline(self) -> Naming | None:
        """The words that headline and text share and that the text writes with a capital inside a sentence."""
        title = news_title(self.context)
        if title is None or not self.is_of_here():
            return None
        hit = shared_name(self.body, title[0], (*self.taken, *self.named_people))
        return Naming(hit, (), fold_text(self.body.text).count(fold_text(hit.name)), hit.position) if hit else None

    @cached_property
    def owner(self) -> Mention | None:
        """The organisation whose site it is, where the item names it or calls the initiative its own."""
        owner = owner_of(self.context.document)
        name = re.sub(r"^(?:l[ea]s? |l'|the )", "", fold_text(owner.value.name)) if owner else ""
        text = fold_text(self.passage.text)
        undated = self.context.document.metadata.published is None  # a page of the site rather than news
        return owner if owner and (undated or name in text or (self.naming and self.is_own(self.naming))) else None

    def is_own(self, naming: Naming) -> bool:
        """Say whether an item calls an initiative 'notre programme', 'our project', before or after its name."""
        hit = naming.name
        text = self.context.document.blocks[hit.position].text
        return bool(_OURS.search(fold_text(text[max(0, hit.start - 40) : hit.end + 40])))

    def is_of_here(self) -> bool:
        """Say whether an item tells of Québec, for whom and about what: a shared name alone may be anything's."""
        here = self.places.regions or any(found.value.gazetteer_id for found in self.organizations)
        p = self.passage
        return bool(here and read_groups(p) and (read_terms(p, "themes") or read_terms(p, "activities")))

    @property
    def named_people(self) -> Iterator[Span]:
        """Where people are named."""
        for found in read_people(self.passage):
            yield from ((place.block, place.start, place.end) for place in found.evidence)

    def only_one(self, found: Sequence[Naming]) -> Naming | None:
        """Give the one initiative that an item names, though it names it once, where it tells who and for whom."""
        named = [naming for naming in found if naming.name.strength > 1 and (naming.kind_words or self.is_led(naming))]
        if len(named) != 1:
            return None
        first = named[0].first
        around = self.context.passage(tuple(p for p in self.passage.positions if first - 1 <= p <= first + 2))
        ages = any(read_ages(around))
        told = (ages or read_groups(around), read_terms(around, "themes"), read_terms(around, "activities"))
        organizations = read_organizations(around)
        shared = (bool(organizations), len(organizations) > 1)
        return named[0] if sum(map(bool, (*told, *shared))) >= LEAST_TOLD else None

    def is_led(self, naming: Naming) -> bool:
        """Say whether the text tells right after a name who runs it: 'Exemple, lancé en 2019 par'."""
        text = self.context.document.blocks[naming.name.position].text
        return LED_AFTER.match(text, naming.name.end) is not None

    @cached_property
    def told(self) -> Passage:
        """The text with its headline."""
        title = news_title(self.context)
        at = (title[1],) if title and title[1] >= 0 else ()
        return self.context.passage((*at, *(p for p in self.passage.positions if p not in at)))

    def is_main(self, naming: Naming) -> bool:
        """Say whether the item is about this initiative: named in its title, or at the top and again, or often."""
        title = news_title(self.context)
        if self.is_in_title(naming):
            return True
        top = self.context.passage(self.passage.positions[: max(3, len(self.passage.positions) // 3)])
        if naming.first not in top.positions and fold_text(naming.name.name) not in fold_text(top.text):
            return False
        if naming.name.strength > 1 and naming.mentions + self.meant_again(naming) >= LEAST_MENTIONS:
            return True
        return bool(title) and self.is_subject_of(title[0] if title else "", naming)

    def is_in_title(self, naming: Naming) -> bool:
        """Say whether the headline names an initiative, in any of its forms."""
        title = news_title(self.context)
        forms = [fold_text(form) for form in (naming.name.name, *naming.others)]
        return bool(title) and any(form in fold_text(title[0] if title else "") for form in forms)

    def place_in_title(self, naming: Naming) -> int:
        """Rank an initiative: 0 where the headline gives its whole name, 1 where a short form, 2 where neither."""
        title = news_title(self.context)
        if title and fold_text(naming.name.name) in fold_text(title[0]):
            return 0
        return 1 if self.is_in_title(naming) else 2

    def meant_again(self, naming: Naming) -> int:
        """Count the times that "the programme" means the one initiative that a text names as a programme."""
        kind = next(iter(naming.kind_words), "")
        alike = [other for other in namings(self.passage, self.taken) if kind in other.kind_words]
        if not kind or len(alike) > 1:
            return 0
        return len(
            re.findall(rf"(?:^|[.!?] |\n)(?:le|la|ce|cette|the|this) {re.escape(kind)}\b", fold_text(self.passage.text))
        )

    def is_subject_of(self, title: str, naming: Naming) -> bool:
        """Say whether a headline speaks of an initiative without its full name: by kind or by a word of it."""
        words = set(re.findall(r"\w{4,}", fold_text(title)))
        own = set(re.findall(r"\w{4,}", fold_text(naming.name.name)))
        return bool(words & own) or (naming.name.strength > 1 and bool(_KIND_WORD.search(fold_text(title))))

    @cached_property
    def ages(self) -> tuple[Found[int] | None, Found[int] | None]:
        """Those that the reporter tells, not those of whom people speak."""
        return read_ages(by_the_writer(self.context, self.body))

    @cached_property
    def about(self) -> Passage:
        """The paragraphs that speak of the initiative itself, quotations of people apart."""
        if self.naming is None:
            return self.body
        forms = [fold_text(form) for form in (self.naming.name.name, *self.naming.others)]
        kept = []
        for position, block in self.body.blocks:
            folded = fold_text(block.text)
            if not _is_spoken(block) and any(re.search(rf"\b{re.escape(form)}\b", folded) for form in forms):
                kept.append(position)
        return self.context.passage(tuple(kept)) if kept else self.body

    @cached_property
    def places(self) -> PlacesFound:
        """The territory that the text names, else that of the headline."""
        return places_with_headline(self.context, self.passage, super().places)

    def activities(self) -> tuple[Found[str], ...]:
        """What it does, as the reporter tells it: people speak of much else."""
        return self.of_its_own(read_terms(by_the_writer(self.context, self.passage), "activities"))

    def groups(self) -> tuple[Found[str], ...]:
        """Groups it serves, as the reporter tells them."""
        told = without_signatures(by_the_writer(self.context, self.passage))
        return read_groups(told) or super().groups()

    def summary(self) -> Found[str] | None:
        """The first sentences that name it."""
        return self.shortened(self.about)

    def description(self) -> Found[str] | None:
        """What the item says of it."""
        return self.as_markdown(self.about, "description.news")

    def testimonials(self) -> tuple[()]:
        """Quotations in the news are the reporter's, not testimonials."""
        return ()

    def regions(self) -> tuple[Found[str], ...]:
        """Regions named, else those that a local publisher covers."""
        regions, source = super().regions(), self.context.source
        if regions or source is None or len(source.regions) != 1:
            return regions
        name = self.name()
        return (Found(value=source.regions[0], evidence=name.evidence),) if name else ()

    def start(self) -> Found[str] | None:
        """Since when; the day of the text where it begins on that day."""
        name = self.name()
        return super().start() or (begun_today(self.context, self.passage, name.value) if name else None)
