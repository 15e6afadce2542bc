"""The title of a page that presents one initiative: the heading whose words its text repeats as a name.

Above the text stand the site's name, a slogan, sectors and menus as well; in a text dump they all look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.naming import split_acronym
from extractors.recognizers.fold import Folded, fold, fold_text
from extractors.sections import section_of
from schemas.document import Block, Document

PROSE_WORDS = 12
"""Words from which a block below the titles is the text itself."""

_NAME_WORDS = 12
_PART = re.compile(r"\s*:\s+|\s+[|»•·–—-]\s+|,\s+(?=(?:une?|des?|l[ae]s?|pour|an?|the|for|where)\s|l[’'])")
"""What parts a name from what the title says of it: a colon, a dash, a comma before an article."""
_ARTICLE = re.compile(r"(?:l[ae]s?|the|une?|an?) |l'")
_KIND_AFTER = re.compile(r" (?:[Pp]roject|[Pp]rogram(?:me)?|[Ii]nitiative)$")
"""What English adds to a name: where the text also leaves it out, it is not part of the name."""
_GENERIC = re.compile(
    r"(?:(?:a propos|en savoir plus|about|more about|what is|qu'est-ce que)(?: (?:de|du|d'|of|sur))?:? ?)?"
    r"(?:(?:le|la|l'|les|ce|notre|nos|du|de|the|our|this) ?)*"
    r"(?:projets?|programmes?|initiatives?|services?|campagne|demarche|projects?|programs?|campaign)(?: ?\?)?"
)
"""A title that any page about an initiative may bear."""
_QUOTES = ' «»“”"\u00a0\u202f'


@dataclass(frozen=True)
class Title:
    """A name and where it stands: block, first character, character after the last."""

    name: str
    position: int
    start: int
    end: int
    mentions: int
    """Times that the text repeats it."""

    @property
    def place(self) -> tuple[int, int, int]:
        """Block and characters."""
        return self.position, self.start, self.end


def is_generic(text: str) -> bool:
    """Say whether a title only says that the page is about a project: 'Our project', 'À propos du programme'."""
    return bool(_GENERIC.fullmatch(fold_text(text).strip(" :.!")))


def find_title(document: Document, positions: Sequence[int]) -> Title | None:
    """Find the name that a page's titles give and its text repeats; ``None`` where the text repeats none of them.

    Of several the one repeated most counts, of equals the longest, then the one nearest to the text.
    """
    blocks = document.blocks
    text = fold("\n".join(blocks[p].text for p in positions if blocks[p].kind != "heading"))
    original = "\n".join(blocks[p].text for p in positions if blocks[p].kind != "heading")
    found = []
    for position in _titles(blocks, positions):
        for form in () if is_generic(blocks[position].text) else title_forms(blocks[position].text):
            times = _repeated(form, text, original)
            if times:
                start = blocks[position].text.index(form)
                found.append(Title(form, position, start, start + len(form), times))
    bare = {title.name: title.mentions for title in found}
    found = [title for title in found if bare.get(_KIND_AFTER.sub("", title.name), 0) <= title.mentions]
    if found:
        return max(found, key=lambda title: (min(title.mentions, 2), len(title.name), title.position))
    return _from_metadata(document, positions)


def _from_metadata(document: Document, positions: Sequence[int]) -> Title | None:
    """Give the page's own title where no heading says it, at the place where the text first repeats it."""
    for form in title_forms(document.metadata.title or ""):
        for position in positions:
            block = document.blocks[position]
            start = block.text.find(form)
            if block.kind != "heading" and start >= 0:
                return Title(form, position, start, start + len(form), 1)
    return None


def _titles(blocks: Sequence[Block], positions: Sequence[int]) -> Iterator[int]:
    """Give the headings above the text that are no section's label."""
    for position in positions:
        block = blocks[position]
        if block.kind == "heading":
            if section_of(block) == "other":
                yield position
        elif block.kind == "paragraph" and len(block.text.split()) >= PROSE_WORDS:
            return


def title_forms(text: str) -> Iterator[str]:
    """Give what a title may name: all of it, and what stands before its colon or dash."""
    whole = split_acronym(text)[0].strip(_QUOTES)
    first = _PART.split(whole)[0].strip(_QUOTES)
    for form in dict.fromkeys((whole, first, _KIND_AFTER.sub("", first))):
        if 1 <= len(form.split()) <= _NAME_WORDS and len(form) > 2 and form in text:
            yield form


def _repeated(form: str, text: Folded, original: str) -> int:
    """Count the times that a text repeats a title as a name: with a capital, whatever its article."""
    bare = _ARTICLE.sub("", fold_text(form), count=1)
    if len(bare) < 3:
        return 0
    matches = re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)", text.text)
    spans = (text.span(match.start(), match.end()) for match in matches)
    without_article = len(bare) < len(fold_text(form)) and len(bare.split()) > 1
    return sum(1 for start, end in spans if without_article or original[start:end] != original[start:end].lower())
