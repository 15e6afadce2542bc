"""Named checks that every machine text must pass; the name of the first that fails becomes the pending reason.

Thresholds were moved until good translations pass; ``benchmarks/translation_checks`` measures precision and recall.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from passerelle.translation.bounds import changes_bound
from passerelle.translation.calendar import changes_calendar
from passerelle.translation.contrasts import changes_title, reverses, says_contrary
from passerelle.translation.figures import has_same_figures, swaps_figures
from passerelle.translation.french_agreement import has_bare_infinitive
from passerelle.translation.known_names import changes_name
from passerelle.translation.lists import loses_item
from passerelle.translation.negation import adds_negation, loses_negation
from passerelle.translation.pairing import has_words, share_of_words
from passerelle.translation.sentences import split_sentences
from passerelle.translation.terminology import violations
from passerelle.translation.vocabulary import unknown_words
from schemas.base import Language
from schemas.beside import yaml_beside

Failure = Literal[
    "empty",
    "placeholder-left",
    "repetition",
    "length-ratio",
    "missing-sentence",
    "sentence-added",
    "untranslated-copy",
    "wrong-language",
    "numbers-changed",
    "numbers-swapped",
    "bound-changed",
    "item-lost",
    "calendar-changed",
    "negation-lost",
    "negation-added",
    "meaning-reversed",
    "title-changed",
    "name-changed",
    "name-unlike",
    "unbalanced-quotes",
    "unknown-word",
    "bare-infinitive",
    "profanity",
    "termbase",
    "meaning-lost",
    "low-confidence",
    "protected-changed",
]
"""The checks of this module, in their order, and that of ``protect``."""

LONGEST, MORE, SHORTEST, LESS = 2.0, 14, 0.5, 6
"""Output characters for one source character, at most (and some more) and at least (and some less)."""
SENTENCE_SHORTEST: dict[Language, float] = {"fr": 0.9, "en": 0.72}
"""Below this share of the source's length an output with fewer sentences misses one; by the output's language."""
ADDED: dict[Language, float] = {"fr": 1.45, "en": 1.25}
"""Above this many times the source's length an output with more sentences adds one; by the output's language."""
COPIED_SHARE, COPIED_LEAST = 0.8, 4
"""Share of a sentence's words (of at least so many) found again in the same order in an untranslated copy."""
COPIED_RUN = 3
"""So many words of the source in a row, a small one of its language among them, are a copied part."""
FOREIGN_LEAST, FOREIGN_SHARE = 3, 0.6
"""So many small words of the source language, and at least this share of all small words: the wrong language."""
NAME_ALIKE = 0.3
"""Share of the words of both sides that look alike or are known for one another: below it, a name is no translation.
One good name in eight has so few, and waits for a person rather than being published as another name."""
LEAST_CONFIDENCE = -1.2
"""Mean log-probability of a token below which the engine itself doubts its answer: it gives its own words 30 % on
average. Chosen on ``benchmarks/translation/confidence.py``."""
LEAST_LIKELY = -1.8
"""Mean log-probability of a token of the source, given its translation (``direction.LENIENCE`` added), below which the
translation leaves something out or says something else. Chosen on the same benchmark."""
STRANGE_LEAST, STRANGE_WORDS = 2, 4
"""So many small words of a third language, more than of the target's; in a text with none of these one is enough, if
the text has so many words."""

_WORD = re.compile(r"[^\W\d_]+")
_FOLDER = Path(__file__).with_name("words")
_WORDS = yaml_beside(_FOLDER / "small_words.yml")
_SMALL: dict[Language, frozenset[str]] = {"fr": frozenset(_WORDS["fr"]), "en": frozenset(_WORDS["en"])}
_SHARED = _SMALL["fr"] & _SMALL["en"]
_LANGUAGES = yaml_beside(_FOLDER / "languages.yml")
_STRANGE = {name: frozenset(words) - _SMALL["fr"] - _SMALL["en"] for name, words in _LANGUAGES.items()}
_RUDE = frozenset(yaml_beside(_FOLDER / "profanity.yml"))
_LEFT = re.compile(r"⟦|⟧|▁|\ufffd|<unk>|<0x|\b[XQZWKJV]{2,}\s?\d{1,3}\s?[XQZWKJV]\b", re.IGNORECASE)
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))


@dataclass(frozen=True)
class Pair:
    """A source as the engine read it and its answer, placeholders taken out; ``name``: a proper name, may stay.

    ``confidence`` and ``likelihood`` are the engine's own, see ``engines.Answer``.
    """

    source: str
    output: str
    source_language: Language
    target_language: Language
    name: bool = False
    confidence: float | None = None
    likelihood: float | None = None
    names: str = ""
    """Names and addresses in it that stay as they are."""


def failed_check(
    source: str, output: str, source_language: Language, target_language: Language, *, name: bool = False
) -> Failure | None:
    """Name the first check that an output fails; ``None`` when it passes them all."""
    pair = Pair(source, output, source_language, target_language, name)
    return next(failures(pair), None)


def all_failures(pair: Pair) -> list[Failure]:
    """Name all checks that an output fails."""
    return [*failures(pair)]


def failures(pair: Pair, without: Collection[Failure] = ()) -> Iterator[Failure]:
    """Yield the checks that an output fails, but those ``without``, one by one: who asks for the first pays no more."""
    return (failure for failure, fails in CHECKS.items() if failure not in without and fails(pair))


def is_repetitive(text: str) -> bool:
    """Tell a loop: a word four times in a row, two to five words three times, or letters again and again in a word."""
    words = _words(text)
    for size in range(1, 6):
        times = 4 if size == 1 else 3
        for start in range(len(words) - size * times + 1):
            gram = words[start : start + size]
            if all(words[start + turn * size : start + (turn + 1) * size] == gram for turn in range(1, times)):
                return True
    return any(re.search(r"(\w{2,20})\1{2,}", word) for word in words)


def has_sane_length(source: str, output: str) -> bool:
    """Compare lengths in characters; see LONGEST and SHORTEST."""
    return SHORTEST * len(source) - LESS <= len(output) <= LONGEST * len(source) + MORE


def misses_sentence(source: str, output: str, target: Language) -> bool:
    """Tell an output of fewer sentences that is also too short; see SENTENCE_SHORTEST."""
    short = len(output) < SENTENCE_SHORTEST[target] * len(source)
    return short and len(split_sentences(output)) < len(split_sentences(source))


def adds_sentence(source: str, output: str, target: Language) -> bool:
    """Tell an output of more sentences that is also too long; see ADDED."""
    long = len(output) > ADDED[target] * len(source)
    return long and len(split_sentences(output)) > len(split_sentences(source))


def is_copy(source: str, output: str, language: Language) -> bool:
    """Tell whether a source comes back untranslated: whole with a small word in it, nearly whole, or a run of words."""
    before, after = _words(source), _words(output)
    small = _SMALL[language] - _SHARED
    if before == after and any(word in small for word in before):
        return True
    if len(before) < COPIED_LEAST or not any(word in small for word in after):
        return before == after and len(before) >= COPIED_LEAST
    said = set(after)
    kept = sum(1 for word in before if word in said)
    return kept / len(before) >= COPIED_SHARE or _has_copied_run(source, output, small)


def is_wrong_language(output: str, source: Language, target: Language) -> bool:
    """Count the small words of both languages; see FOREIGN_LEAST and FOREIGN_SHARE."""
    words = _words(output)
    foreign = sum(1 for word in words if word in _SMALL[source] - _SHARED)
    own = sum(1 for word in words if word in _SMALL[target] - _SHARED)
    return foreign >= FOREIGN_LEAST and foreign >= FOREIGN_SHARE * (foreign + own)


def is_third_language(source: str, output: str, target: Language) -> bool:
    """Count the small words of other languages than French and English that the source has not; see STRANGE_LEAST."""
    words = _WORD.findall(output)
    own = sum(1 for word in words if word.lower() in _SMALL[target])
    known = set(_WORD.findall(source))
    counts = [sum(1 for word in words if word in small and word not in known) for small in _STRANGE.values()]
    most = max(counts)
    return (most >= STRANGE_LEAST and most > own) or (most > 0 == own and len(words) >= STRANGE_WORDS)


def is_unlike(source: str, output: str, language: Language) -> bool:
    """Tell a name that came back as another: hardly a word has a counterpart; see NAME_ALIKE."""
    french, english = (source, output) if language == "fr" else (output, source)
    return has_words(french) and has_words(english) and share_of_words(french, english) < NAME_ALIKE


def is_unbalanced(text: str) -> bool:
    """Tell whether a quotation mark or a bracket stands alone."""
    return text.count('"') % 2 == 1 or any(text.count(left) != text.count(right) for left, right in _PAIRS)


def adds_profanity(source: str, output: str) -> bool:
    """Tell whether the output is rude where the source is not."""
    return not _RUDE.isdisjoint(_words(output)) and _RUDE.isdisjoint(_words(source))


def is_small_word(word: str, language: Language) -> bool:
    """Tell an article, a preposition and the like of a language."""
    return word.lower() in _SMALL[language]


CHECKS: dict[Failure, Callable[[Pair], bool]] = {
    "empty": lambda p: not p.output.strip(),
    "placeholder-left": lambda p: bool(_LEFT.search(p.output)) and not _LEFT.search(p.source),
    "repetition": lambda p: is_repetitive(p.output) and not is_repetitive(p.source),
    "length-ratio": lambda p: not has_sane_length(p.source, p.output),
    "missing-sentence": lambda p: misses_sentence(p.source, p.output, p.target_language),
    "sentence-added": lambda p: adds_sentence(p.source, p.output, p.target_language),
    "untranslated-copy": lambda p: not p.name and is_copy(p.source, p.output, p.source_language),
    "wrong-language": lambda p: (
        is_wrong_language(p.output, p.source_language, p.target_language)
        or (not p.name and is_third_language(p.source, p.output, p.target_language))
    ),
    "numbers-changed": lambda p: not has_same_figures(p.source, p.output),
    "numbers-swapped": lambda p: swaps_figures(p.source, p.output),
    "bound-changed": lambda p: changes_bound(*_both(p)),
    "item-lost": lambda p: loses_item(p.source, p.output),
    "calendar-changed": lambda p: changes_calendar(*_both(p)),
    "negation-lost": lambda p: not p.name and loses_negation(*_both(p)) and not says_contrary(*_both(p)),
    "negation-added": lambda p: not p.name and adds_negation(*_both(p)) and not says_contrary(*_both(p)),
    "meaning-reversed": lambda p: not p.name and reverses(*_both(p)),
    "title-changed": lambda p: changes_title(p.source, p.output),
    "name-changed": lambda p: changes_name(p.source, p.output, p.target_language),
    "name-unlike": lambda p: p.name and is_unlike(p.source, p.output, p.source_language),
    "unbalanced-quotes": lambda p: is_unbalanced(p.output) and not is_unbalanced(p.source),
    "unknown-word": lambda p: not p.name and bool(unknown_words(*_both(p), names=p.names)),
    "bare-infinitive": lambda p: not p.name and p.target_language == "fr" and has_bare_infinitive(p.output),
    "profanity": lambda p: adds_profanity(p.source, p.output),
    "termbase": lambda p: not p.name and bool(violations(*_both(p))),
    "meaning-lost": lambda p: not p.name and p.likelihood is not None and p.likelihood < LEAST_LIKELY,
    "low-confidence": lambda p: p.confidence is not None and p.confidence < LEAST_CONFIDENCE,
}
"""Each check by the name of its failure, in the order in which they are asked."""


def _both(pair: Pair) -> tuple[str, str, Language, Language]:
    return pair.source, pair.output, pair.source_language, pair.target_language


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _has_copied_run(source: str, output: str, small: frozenset[str]) -> bool:
    """Tell a run of the source's words in the output; a capital in it makes it a name, which may stay."""
    before, after = _WORD.findall(source), _WORD.findall(output)
    runs = {tuple(before[at : at + COPIED_RUN]) for at in range(len(before) - COPIED_RUN + 1)}
    return any(
        tuple(run) in runs and all(map(str.islower, run)) and any(word in small for word in run)
        for run in (after[at : at + COPIED_RUN] for at in range(len(after) - COPIED_RUN + 1))
    )
