"""Rewrites a training pair the way real pages are written, so that the model is not thrown by it.

Every change is drawn from a seeded generator. Most touch the source alone (missing accents, inclusive forms, quotes);
those that a translation keeps (capitals, bullets, codes, placeholders) touch both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from training.inclusive import write_inclusively
from training.tokenizer import PLACEHOLDERS, Language
from training.typography import as_engine_reads

Random = np.random.Generator


@dataclass(frozen=True)
class Example:
    """One thing to learn: a source text, its translation, and the language of the translation."""

    source: str
    target: str
    language: Language


Change = Callable[[Example, Random], Example]

SHORT, MIDDLE = 8, 16
"""Words up to which a text may be a heading, or be shouted: capitals cost three times the tokens."""
TYPOGRAPHIC_SHARE, CANONICAL_SHARE = 0.15, 0.1
"""How often a source keeps curly quotes, or the form that the model writes; else as the station hands it over."""

_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_END = re.compile(r"(?<=[\w)»\"])[\u00a0 ]?[.!]$")
_COPIED = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|https?://[^\s,;)»\"]+|www\.[^\s,;)»\"]+"
    r"|(?<![\w.,$-])\d+(?:[.-]\d+)*(?![\w,.%$-]*\d)(?![\w%$])"
    r"|(?<!\w)[A-ZÀ-Ý][\w-]+(?: (?:(?:de|du|des|la|le) )?[A-ZÀ-Ý][\w-]+)*"
)
_CODES = ("AB-{n}", "#{n}", "{n}-{m}", "C{n}", "514 555-{n}", "courriel{m}@exemple.org", "www.exemple{m}.org", "({n})")
_BULLETS = ("• ", "- ", "– ", "* ", "· ", "► ", "1. ", "2) ", "a) ")


def augment(english: str, french: str, rng: Random) -> Example:
    """Draw a direction and the changes, and make the example.

    Args:
        english: English side, as prepared.
        french: French side, as prepared.
        rng: the generator that every choice comes from.
    """
    language: Language = "fr" if rng.random() < 0.5 else "en"
    example = Example(english, french, "fr") if language == "fr" else Example(french, english, "en")
    for share, change in CHANGES:
        if rng.random() < share:
            example = change(example, rng)
    return replace(example, source=_vary_typography(example.source, rng))


def both_directions(english: str, french: str) -> list[Example]:
    """Make a pair's two examples, unchanged but for the source's typography, which is as the station hands it over."""
    return [Example(as_engine_reads(english), french, "fr"), Example(as_engine_reads(french), english, "en")]


def hide_copies(example: Example, rng: Random) -> Example:
    """Put placeholders for up to four names, numbers and addresses that stand once on either side."""
    texts = [found[0] for found in _COPIED.finditer(example.source) if found.start() > 0 or " " in found[0]]
    both = [text for text in dict.fromkeys(texts) if _once(text, example.source) and _once(text, example.target)]
    if not both:
        return add_placeholder(example, rng) if rng.random() < 0.15 else example
    picked = [both[at] for at in sorted(rng.permutation(len(both))[: int(rng.integers(1, 5))])]
    first = 0 if rng.random() < 0.6 else int(rng.integers(0, len(PLACEHOLDERS) - len(picked)))
    source, target = example.source, example.target
    for text, placeholder in zip(picked, PLACEHOLDERS[first:], strict=False):
        source, target = (re.sub(_alone(text), placeholder, side) for side in (source, target))
    return replace(example, source=source, target=target)


def add_placeholder(example: Example, rng: Random) -> Example:
    """Set a placeholder after a text, as an address after its label."""
    return _append(example, PLACEHOLDERS[int(rng.integers(len(PLACEHOLDERS)))], rng)


def add_code(example: Example, rng: Random) -> Example:
    """Set a code, a number or an address after a text, to be copied."""
    form = _CODES[int(rng.integers(len(_CODES)))]
    return _append(example, form.format(n=rng.integers(1000, 9999), m=rng.integers(1, 99)), rng)


def add_bullet(example: Example, rng: Random) -> Example:
    """Set the same bullet before both sides."""
    bullet = _BULLETS[int(rng.integers(len(_BULLETS)))]
    return replace(example, source=bullet + example.source, target=bullet + example.target)


def drop_stop(example: Example, rng: Random) -> Example:
    """Drop the final stop of both sides, as headings and list items do."""
    del rng
    if not (_END.search(example.source) and _END.search(example.target)):
        return example
    return replace(example, source=_END.sub("", example.source), target=_END.sub("", example.target))


def shout(example: Example, rng: Random) -> Example:
    """Put both sides in capitals; French sometimes loses its accents with them."""
    if len(example.source.split()) > MIDDLE:
        return example
    source = strip_accents(example.source) if rng.random() < 0.3 else example.source
    return replace(example, source=source.upper(), target=example.target.upper())


def title_case(example: Example, rng: Random) -> Example:
    """Capitalise each word of a short text, as in headings; French targets stay in sentence case, as usage has it."""
    if len(example.source.split()) > SHORT:
        return example
    example = drop_stop(example, rng)
    target = _capitalise(example.target) if example.language == "en" else example.target
    return replace(example, source=_capitalise(example.source), target=target)


def lose_accents(example: Example, rng: Random) -> Example:
    """Drop the accents of the source."""
    del rng
    return replace(example, source=strip_accents(example.source))


def lower_source(example: Example, rng: Random) -> Example:
    """Put the source in small letters."""
    del rng
    return replace(example, source=example.source.lower())


def include(example: Example, rng: Random) -> Example:
    """Write the person nouns of a French source inclusively."""
    if example.language == "fr":
        return example
    return replace(example, source=write_inclusively(example.source, rng))


CHANGES: tuple[tuple[float, Change], ...] = (
    (0.4, hide_copies),
    (0.02, add_code),
    (0.03, add_bullet),
    (0.06, drop_stop),
    (0.03, title_case),
    (0.05, shout),
    (0.02, lose_accents),
    (0.01, lower_source),
    (0.3, include),
)
"""Each change and the share of examples that get it, in the order of application."""


def join(examples: list[tuple[str, str]]) -> tuple[str, str]:
    """Join pairs that follow one another into one longer pair: English, French."""
    return " ".join(english for english, _ in examples), " ".join(french for _, french in examples)


def strip_accents(text: str) -> str:
    """Write a text without accents and cedillas."""
    plain = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


def _vary_typography(source: str, rng: Random) -> str:
    draw = rng.random()
    if draw < CANONICAL_SHARE:
        return source
    if draw < CANONICAL_SHARE + TYPOGRAPHIC_SHARE:
        return re.sub(r'"([^"]+)"', r"“\1”", source.replace("'", "’"))
    return as_engine_reads(source)


def _append(example: Example, text: str, rng: Random) -> Example:
    joint = (" ", " : ", " (", ", ")[int(rng.integers(4))]
    close = ")" if joint == " (" else ""
    sides = {"fr": joint.replace(" :", "\u00a0:"), "en": joint.replace(" :", ":")}
    source_joint = sides["en" if example.language == "fr" else "fr"]
    stopless = drop_stop(example, rng)
    return replace(
        example,
        source=f"{stopless.source}{source_joint}{text}{close}",
        target=f"{stopless.target}{sides[example.language]}{text}{close}",
    )


def _alone(text: str) -> str:
    return rf"(?<![\w@./-]){re.escape(text)}(?![\w@/-])"


def _once(text: str, side: str) -> bool:
    return side.count(text) == 1 and re.search(_alone(text), side) is not None


def _capitalise(text: str) -> str:
    words = text.split(" ")
    return " ".join(w if w in _SMALL_WORDS and at else w[:1].upper() + w[1:] for at, w in enumerate(words))
