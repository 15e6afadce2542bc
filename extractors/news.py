"""Reading one news item or communiqué, and the initiative that it is mainly about."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from extractors.base import PageContext, Reader
from extractors.documents.main_text import body_blocks
from extractors.leads import Mention, spans_of
from extractors.naming import described_name, namings
from extractors.once import once_a_page
from extractors.passage import Passage
from extractors.prose import shorten
from extractors.recognizers.awards import read_awards
from extractors.recognizers.dates import parse_date
from extractors.recognizers.fold import fold, fold_text
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.people import read_people
from extractors.recognizers.place_names import is_place_name, place_entries
from extractors.recognizers.places import PlacesFound, read_places
from schemas.document import Block, Document
from schemas.drafts import DraftAward, Evidence, Found, NewsDraft, OrganizationMention, PersonMention, quoted

_NAME_PART = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_BYLINE = re.compile(
    rf"^(?:(?:(?:texte|photos?|article)\s*(?:de|:)?\s*)?(?:par|by)|texte\s*(?:de|:)|(?:écrit|propos recueillis|"
    rf"written)\s+(?:par|by))\s*:?\s+(?P<author>{_NAME_PART}(?:\s+{_NAME_PART}){{1,3}})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_EMAIL_ONLY = re.compile(r"^\W*[\w.+-]+\s?(?:@|\[at\])\s?[\w-]+(?:\.[\w-]+)+\W*$")
_DATE_LINE = re.compile(
    r"^(?:(?:publie|mis a jour|modifie|published|updated|posted|le|on|date)\b[ :,]*)*(?:\w+,? )?"
    r"(?:\d{1,2}(?:er)? \w+\.? \d{4}|\w+\.? \d{1,2},? \d{4}|"
    r"\d{4}-\d\d-\d\d)(?:[ ,a-z|-]*\d{1,2} ?[h:]\d{0,2}.{0,80})?$"
)
_LABEL = re.compile(
    r"^(?:(?:\w+ [-–—:] )?communique|press release|pour diffusion|for immediate release|actualites|nouvelles|a propos|"
    r"about|(?:publie|posted|submitted) (?:par|by)|accueil|home|babillard|annonces?$)\b"
)
DATELINE = re.compile(
    r"^[A-ZÀ-ÖØ-Þ][\w’' -]{2,40}(?: \([^)]*\)|, (?:QC|Qué\.|Québec|Que\.|Quebec))?, (?:le )?"
    r"(?P<day>\d{1,2}(?:er)? \w+\.? \d{4}|\w+\.? \d{1,2}, \d{4})(?:\s*/[^/]{2,30}/)?\s*[–—.-]"
)
_DATED_BYLINE = re.compile(
    r"^(?:(?:posted |published |publie )?(?:on |le )?[\w ,.]{6,25}\b(?:by|par)\b.{3,60}|"
    r"(?:by|par)\b.{3,50}(?:\b(?:on|le)\b|[|,•·–—-]).{6,25}\d{4}\b.{0,20})$"
)
_CREDIT = re.compile(
    r"^(?:\W*(?:advertisement|publicité|annonce)\W*|\(?(?:photo|credit|crédit|source|archives|gracieuseté|"
    r"courtoisie)\b.{0,80}|-\s?30\s?-|initiative de journalisme local|"
    r"local journalism initiative|temps de lecture.{0,20}|\d+ min(?:utes)?(?: de lecture| read)?)$",
    re.IGNORECASE,
)
_STAFF = re.compile(
    rf"^{_NAME_PART}(?:\s+{_NAME_PART}){{1,3}} (?:(?:is|est) (?:an? |une? |the |la |le )?(?:[\w-]+ ){{0,3}}"
    r"(?:reporter|journalist|columnist|editor|writer|journaliste|chroniqueu\w+|rédact\w+)\b|(?:covers|couvre)\b).{0,160}$"
)
"""What a paper says of its reporter below an article."""
_SIGNED = re.compile(
    r"^(?:\d{1,2} \w{3,9}\.?(?: \d{4})? ?)?(?:written|posted|published|écrit|rédigé|publié) (?:by|par) [^.!?]{3,50}$",
    re.IGNORECASE,
)
_SITE_TAIL = re.compile(r"\s+(?:[|»•·–—-]|::)\s+")
_DATE_AFTER = re.compile(
    r"\s+(?=\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|f[ée]v|avr|mai|juin|juil|ao[ûu]t)\w*\.? \d)",
    re.IGNORECASE,
)
_FALSE_AUTHORS = re.compile(
    r"^(?:(?:site |web |super )?admin\w*|(?-i:[a-z][a-z0-9._-]+)|no author|"
    r"editor|r[ée]daction|webmaster|webmestre|wordpress|\S+@\S+|https?:\S+)$",
    re.IGNORECASE,
)

_TOP = 8
"""First blocks of a page among which byline and date may stand."""
_BELOW_TITLE = 4
"""Blocks below the title among which they stand as well."""
_NEAR_NAME = 120
"""Characters after 'lance aujourd'hui' within which an initiative is named."""
_CAPITALS = ("Montréal", "Québec")
"""Where ministries and networks date what they tell of anywhere."""
PULL_QUOTE_LENGTH = 30
"""Shortest text whose repetition inside another block makes it a pull-out."""

LEAST_HEADLINE = 4
"""Words of the shortest heading taken for a headline where nothing else says which it is."""

LONG_PARAGRAPH = 18
"""Words from which a paragraph is prose, below which no headline stands any more."""


def news_title(context: PageContext) -> tuple[str, int] | None:
    """Find the title and its block (-1 where only the metadata have it); ``None`` where the page lost it."""
    return _title(context.document)


@once_a_page
def _title(document: Document) -> tuple[str, int] | None:
    meta = _without_site(document.metadata.title or "", document.metadata.site_name)
    tops = [(position, block) for position, block in enumerate(document.blocks[:12]) if block.kind == "heading"]
    for position, block in tops:
        if fold_text(block.text) == fold_text(meta) or (not meta and block.level == 1 and _levels_tell(document)):
            return block.text, position
    if meta:
        return meta, -1
    start = next((p for p, block in enumerate(document.blocks) if len(block.text.split()) >= LONG_PARAGRAPH), 12)
    if not any(position < start for position, _ in tops) and not _levels_tell(document):
        tops = [(position, block) for position, block in enumerate(document.blocks[:start]) if _may_title(block)]
    above = [
        (position, block)
        for position, block in tops
        if position < start and not (_LABEL.match(fold_text(block.text)) or is_place_name(block.text))
    ]
    long = next((entry for entry in above if len(entry[1].text.split()) >= LEAST_HEADLINE), None)
    chosen = long or next((entry for entry in above if entry[1].level == 1), None)
    return (chosen[1].text, chosen[0]) if chosen else None


def _may_title(block: Block) -> bool:
    """Say whether a line of a text copy may be the headline, though nothing below it shows that."""
    words = len(block.text.split())
    plain = block.kind == "paragraph" and block.text[:1].isupper() and block.text[-1] not in ".,;:…"
    return plain and LEAST_HEADLINE <= words < LONG_PARAGRAPH and not _is_byline(block)


def _levels_tell(document: Document) -> bool:
    """Say whether levels of headings come from the page: those of a text copy are only inferred."""
    return document.media_type != "text/plain"


def _without_site(title: str, site: str | None) -> str:
    """Take the site's name off the end of a page's title."""
    parts = _SITE_TAIL.split(title.strip())
    if site and len(parts) > 1 and fold_text(parts[-1]) == fold_text(site):
        return title[: title.rfind(parts[-1])].rstrip(" |»•·–—-:").strip()
    return title.strip()


def body_positions(context: PageContext) -> tuple[int, ...]:
    """Positions of the body's blocks: no title, byline, date line, credits or pull-outs."""
    return _body(context.document)


@once_a_page
def _body(document: Document) -> tuple[int, ...]:
    title = _title(document)
    folded_title = fold_text(title[0]) if title else ""
    chosen = [
        position for position in body_blocks(document) if fold_text(document.blocks[position].text) != folded_title
    ]
    texts = {position: fold_text(document.blocks[position].text).strip(" \"'") for position in chosen}
    kept = []
    for place, position in enumerate(chosen):
        block = document.blocks[position]
        top_or_end = place < 5 or place >= len(chosen) - 3
        if top_or_end and _is_byline(block):
            continue
        if _is_pull_out(position, block, texts):
            continue
        kept.append(position)
    while kept and document.blocks[kept[-1]].kind == "heading":
        kept.pop()
    return tuple(kept)


def _is_byline(block: Block) -> bool:
    text = block.text.strip()
    byline = _BYLINE.match(text)
    return bool(
        _EMAIL_ONLY.match(text)
        or (byline and len(byline["rest"].split()) <= 8)
        or _CREDIT.match(text)
        or _SIGNED.match(text)
        or _STAFF.match(text)
        or _DATE_LINE.match(fold_text(text).strip())
        or (_DATED_BYLINE.match(fold_text(text)) and parse_date(text))
    )


def without_head(text: str, title: str) -> str:
    """Take title, byline and date off the first lines of an article's text."""
    lines = text.split("\n")
    while lines and (fold_text(lines[0]) == fold_text(title) or _is_byline(Block(kind="paragraph", text=lines[0]))):
        del lines[0]
    return "\n".join(lines)


def _is_pull_out(position: int, block: Block, texts: dict[int, str]) -> bool:
    """Say whether a block only repeats words of a longer one, as pulled quotations do."""
    own = texts[position]
    quoted = block.kind in ("quotation", "caption") or block.text[:1] in '«“"'
    if len(own) < PULL_QUOTE_LENGTH or not quoted:
        return False
    return any(own in other and len(other) > len(own) for place, other in texts.items() if place != position)


def _clean_author(author: str) -> str:
    """Take off what themes write around an author's name: 'Posted on … by Name', 'Name Feb 21, 2020'."""
    text = re.sub(r"^.*\b(?:by|par)\s+", "", author.strip(), flags=re.IGNORECASE)
    text = _DATE_AFTER.split(text)[0]
    return text.strip(" -–—|,·")


class NewsReader(Reader[NewsDraft]):
    """Reads a news item: the article's own text, without what surrounds it."""

    draft = NewsDraft
    fields: ClassVar[tuple[str, ...]] = (
        "title", "text", "authors", "published", "modified", "publisher", "people", "organizations",
        "initiative_names", "awards",
    )  # fmt: skip

    @cached_property
    def top(self) -> list[tuple[int, Block]]:
        """The first blocks of the page, and those below its title, where byline and date stand."""
        title, blocks = news_title(self.context), self.context.document.blocks
        below = title[1] + 1 if title and title[1] >= 0 else 0
        last = max(_TOP, below + _BELOW_TITLE)
        return [(place, block) for place, block in enumerate(blocks[:last]) if place < _TOP or place >= below]

    def title(self) -> Found[str] | None:
        """The headline, without the site's name."""
        found = news_title(self.context)
        if found is None:
            return None
        text, position = found
        if position >= 0:
            return self.passage.found_block(text, position, "title.heading")
        return self.from_metadata(text, "title.metadata")

    def from_metadata(self, text: str, rule: str) -> Found[str]:
        """Make a value that the page's metadata say."""
        evidence = Evidence(
            digest=self.context.document.digest, block=-1, start=0, end=len(text), quote=quoted(text), rule=rule
        )
        return Found(value=text, evidence=(evidence,))

    def written(self) -> str:
        """The body, one block a line, without its evidence."""
        return "\n".join(block.text for _, block in self.passage.blocks if block.text)

    def text(self) -> Found[str] | None:
        """The body, one block a line."""
        blocks = [(position, block) for position, block in self.passage.blocks if block.text]
        if not blocks:
            return None
        evidence = tuple(self.passage.evidence(position, 0, len(block.text), "text.body") for position, block in blocks)
        return Found(value=self.written(), evidence=evidence)

    def authors(self) -> tuple[Found[str], ...]:
        """Authors that the metadata name, else the byline's."""
        named = [
            author
            for author in dict.fromkeys(_clean_author(given) for given in self.context.document.metadata.authors)
            if author and not _FALSE_AUTHORS.match(author)
        ]
        if named:
            return tuple(self.from_metadata(author, "authors.metadata") for author in named)
        for position, block in self.top:
            match = _BYLINE.match(block.text)
            if match and match["author"][0].isupper() and len(match["rest"].split()) <= 8:
                return (self.passage.found(match["author"], position, *match.span("author"), "authors.byline"),)
        return ()

    def published(self) -> Found[str] | None:
        """Day of publication: metadata before the date line."""
        given = self.context.document.metadata.published
        day = parse_date(given, self.context.language) if given else None
        if day:
            return self.from_metadata(day, "published.metadata")
        for position, block in self.top:
            if _DATED_BYLINE.match(fold_text(block.text)) and (day := parse_date(block.text, self.context.language)):
                return self.passage.found_block(day, position, "published.byline")
            dateline = DATELINE.match(block.text)
            if dateline and (day := parse_date(dateline["day"], self.context.language)):
                return self.passage.found(day, position, *dateline.span("day"), "published.dateline")
            if _DATE_LINE.match(fold_text(block.text).strip()) and (
                day := parse_date(block.text, self.context.language)
            ):
                return self.passage.found_block(day, position, "published.date-line")
        return None

    def modified(self) -> Found[str] | None:
        """Day of the last change, where the metadata give one."""
        given = self.context.document.metadata.modified
        day = parse_date(given, self.context.language) if given else None
        return self.from_metadata(day, "modified.metadata") if day else None

    def publisher(self) -> Found[str] | None:
        """The source's publisher, else the site's name."""
        source, site = self.context.source, self.context.document.metadata.site_name
        if source is not None:
            return self.from_metadata(source.publisher, "publisher.source")
        return self.from_metadata(site, "publisher.metadata") if site else None

    def people(self) -> tuple[Found[PersonMention], ...]:
        """People quoted or named in a role."""
        return read_people(self.passage)

    def organizations(self) -> tuple[Found[OrganizationMention], ...]:
        """Organisations named."""
        return self.named_organizations

    @cached_property
    def named_organizations(self) -> tuple[Mention, ...]:
        """Organisations named, read once."""
        return read_organizations(self.passage)

    def initiative_names(self) -> tuple[Found[str], ...]:
        """Names of the initiatives it speaks of."""
        return tuple(
            self.passage.found(
                naming.name.name, naming.name.position, naming.name.start, naming.name.end, "name.introduced"
            )
            for naming in namings(self.passage, spans_of(self.named_organizations))
            if naming.name.strength > 1
        )

    def awards(self) -> tuple[Found[DraftAward], ...]:
        """Prizes it reports."""
        return read_awards(self.passage)


_TODAY = re.compile(
    r"\b(?:lanc|inaugur|devoil|ouvr|launch|unveil|open)\w* (?:officiellement |officially )?(?:aujourd'hui|today)\b|"
    r"\b(?:lanc|inaugur|devoil|ouvr)\w*, (?:aujourd'hui|ce matin),"
)
"""What says, folded, that something begins on the day on which it is told."""


def begun_today(context: PageContext, passage: Passage, name: str) -> Found[str] | None:
    """Give the day of a text that says of an initiative that it begins today."""
    for position, block in passage.blocks:
        folded = fold(block.text)
        for match in _TODAY.finditer(folded.text):
            near = folded.text[match.end() : match.end() + _NEAR_NAME]
            day = NewsReader(context, passage).published() if fold_text(name) in near else None
            if day is not None:
                return passage.found(day.value, position, *folded.span(*match.span()), "dates.today")
    return None


def places_with_headline(context: PageContext, passage: Passage, found: PlacesFound) -> PlacesFound:
    """Give the places of a text; where it names no town, those of its headline too."""
    title = news_title(context)
    if not found.municipalities and title is not None and title[1] >= 0:
        found = read_places(context.passage((title[1], *(p for p in passage.positions if p != title[1]))))
    return found if found.municipalities else with_dateline(passage, found)


def with_dateline(passage: Passage, found: PlacesFound) -> PlacesFound:
    """Add the town that the dateline names, the capitals apart, where it lies in the one region that the text tells."""
    position, block = next(iter(passage.blocks), (0, None))
    dateline = DATELINE.match(block.text) if block else None
    regions = {one.value for one in found.regions}
    if block is None or dateline is None or len(regions) != 1:
        return found
    town = block.text.partition(",")[0].partition(" (")[0]
    entries = [entry for entry in place_entries(town) if entry.kind == "municipality" and set(entry.regions) == regions]
    if len(entries) != 1 or town in _CAPITALS:
        return found
    named = passage.found(entries[0].name, position, 0, len(town), "places.dateline")
    return replace(found, municipalities=(named,))


class CommuniqueReader(NewsReader):
    """Reads a communiqué of a portal, whose text may have lost its title."""

    def title(self) -> Found[str] | None:
        """The headline, else the name of what it is about, else its first sentence."""
        found = super().title()
        if found is not None:
            return found
        naming = next(iter(namings(self.passage, spans_of(self.named_organizations))), None)
        hit = naming.name if naming else described_name(self.passage)
        if hit:
            return self.passage.found(hit.name, hit.position, hit.start, hit.end, "title.name")
        for position, block in self.passage.blocks:
            if block.kind == "paragraph":
                return self.passage.found_block(shorten(block.text, 120), position, "title.first-sentence")
        return None
