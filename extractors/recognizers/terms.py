"""Terms of the vocabularies, found by their synonyms.

Whole folded words, plurals tolerated, the longest phrase first; phrases that a page denies or sets aside ("ne
s'adresse pas aux…", "other than …") do not count. One pass over the words, whatever the size of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.passage import Passage
from extractors.recognizers.fold import MEMORY, fold, fold_text
from schemas.base import LANGUAGES, Language
from schemas.document import Block
from schemas.drafts import Evidence, Found
from schemas.edition import per_edition
from schemas.vocabulary import vocabulary

_ALONE = re.compile(r"\bisol|\blonel|\bsolitude|\bviv\w+ seule?s?\b|\balone\b")
WORD = re.compile(r"[a-z0-9]+")
_MOST_EVIDENCE = 5
_LONGEST_ACRONYM = 5
"""Letters up to which a synonym in capitals may be another word in small ones."""
_DONE_TO = ("referral",)
_BY = re.compile(r" (?:par|by)\b")
"""What an initiative does not do itself where words say who does: 'des jeunes référés par le CISSS'."""
_NO_PLURAL = frozenset(("trans",))
"""Words whose last letter is none of a plural, and that would become another word without it."""
_GAP = re.compile(r"[ '/&-]{0,3}")

_DENIAL = re.compile(
    r"\bn(?:e |')(?:s'|se )?(?:adress|vis|concern|offr|propos|accept|accueill|serv|inclu|comprend|couvr|"
    r"fourni|est|sont|"
    r"constitu|trait|port)\w*(?: (?:donc|plus|pas|ni|aucun\w*|jamais))+\b"
    r"|\b(?:does|do|is|are|did|was|were|will|can)(?: not|n't)\b|\bcannot\b|\bnot (?:for|intended|aimed|a|"
    r"an|about|only a)\b"
)
_EXCEPTION = re.compile(
    r"\bautres? (?:que|qu')|\bsauf\b|\bhormis\b|\ba l'exception d|\ba l'exclusion d|\bexclu(?:ant|s|t|"
    r"ent)\b|\bexcepte\b"
    r"|, (?:et )?non (?:pas )?(?=aux?\b|pour\b)|, not (?=to\b|for\b)"
    r"|\bplutot que\b|\bau lieu d|\bother than\b|\bexcept\b|\bexcluding\b|\binstead of\b|\brather than\b"
)
_HINTS = (
    *(" pas", " plus", "aucun", "jamais", " ni ", "autre", "sauf", "hormis", "a l'ex", "exc", "plutot", "lieu d"),
    *(", non ", "et non ", "not", "n't", "other than", "instead of", "rather than"),
)
"""Letters without which a text denies nothing: looked for first, for most texts have none of them."""
_DENIAL_REACH = 250
_DENIAL_ENDS = re.compile(r"\bmais\b|\bbut\b|\bplutot\b|\bcependant\b|\bseulement\b|\buniquement\b|[.;:!?](?= |$)")
_EXCEPTION_ENDS = re.compile(r"[,.;:!?()](?: |$)|\bmais\b|\bbut\b")


@dataclass(slots=True)
class _Node:
    code: str | None = None
    acronym: str | None = None
    """Code of a synonym that only counts in capitals: AIDS, not aids."""
    next: dict[str, _Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A synonym met in a block: the term's code and the characters of the block."""

    code: str
    start: int
    end: int


def read_terms(p: Passage, vocabulary_name: str) -> tuple[Found[str], ...]:
    """Give the codes of a vocabulary that the passage speaks of, strongest evidence first."""
    evidence: dict[str, list[Evidence]] = {}
    weight: dict[str, int] = {}
    for position, block in p.blocks:
        for hit in hits_in(block, languages_of(p, block), vocabulary_name):
            rule = f"terms.{vocabulary_name}"
            evidence.setdefault(hit.code, []).append(p.evidence(position, hit.start, hit.end, rule))
            weight[hit.code] = weight.get(hit.code, 0) + (3 if block.kind == "heading" else 1)
    ranked = sorted(evidence, key=lambda code: -weight[code])
    return tuple(Found(value=code, evidence=tuple(evidence[code][:_MOST_EVIDENCE])) for code in ranked)


def languages_of(p: Passage, block: Block) -> tuple[Language, ...]:
    """Give the languages to read a block in: the passage's and its own; both where neither page nor block says."""
    if block.language == "unknown":
        return LANGUAGES if p.document.language == "unknown" else (p.language,)
    return (p.language,) if block.language == p.language else (p.language, block.language)


def hits_in(block: Block, languages: tuple[Language, ...], vocabulary_name: str) -> Iterator[Hit]:
    """Find the synonyms of a vocabulary in one block, in order; those that the block denies do not count."""
    return (hit for hit, denied in judged_hits(block, languages, vocabulary_name) if not denied)


def judged_hits(block: Block, languages: tuple[Language, ...], vocabulary_name: str) -> Iterator[tuple[Hit, bool]]:
    """Find the synonyms of a vocabulary in one block, in order, each with whether the block denies it."""
    folded = fold(block.text)
    words, stems_by_language = _words_of(folded.text, languages)
    reached: dict[int, tuple[int, _Node]] = {}
    for language, stems in zip(languages, stems_by_language, strict=True):
        root = _trie(vocabulary_name, language)
        if root.next.keys().isdisjoint(stems):  # most blocks say nothing of a vocabulary
            continue
        for index, stem in enumerate(stems):
            if stem in root.next:
                match = _longest(root, stems, words, folded.text, index)
                if match and match[0] > reached.get(index, (0,))[0]:
                    reached[index] = match
    if not reached:
        return
    denied = denied_spans(folded.text)
    after = 0
    for index in sorted(reached):
        end, node = reached[index]
        low, high = words[index][1], words[end - 1][2]
        span = folded.span(low, high)
        code = node.code or (node.acronym if block.text[slice(*span)].isupper() else None)
        if index < after or code is None:
            continue
        after = end
        others_do = code in _DONE_TO and _BY.match(folded.text, high)
        yield Hit(code, *span), bool(others_do) or any(start <= low < stop for start, stop in denied)


@lru_cache(maxsize=MEMORY)
def _words_of(text: str, languages: tuple[Language, ...]) -> tuple[list[tuple[str, int, int]], list[list[str]]]:
    """Cut a folded text into words with their places, and give their stems in each language."""
    words = [(match[0], match.start(), match.end()) for match in WORD.finditer(text)]
    return words, [[_stem(word, language) for word, _, _ in words] for language in languages]


@lru_cache(maxsize=MEMORY)
def denied_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Find the stretches of a folded text that its own words deny or except."""
    if not any(hint in text for hint in _HINTS):
        return ()
    spans = []
    for cue, ends in ((_DENIAL, _DENIAL_ENDS), (_EXCEPTION, _EXCEPTION_ENDS)):
        for match in cue.finditer(text):
            reach = min(len(text), match.end() + _DENIAL_REACH)
            end = ends.search(text, match.end(), reach)
            spans.append((match.end(), end.start() if end else reach))
    return tuple(spans)


def _longest(
    root: _Node, stems: list[str], words: list[tuple[str, int, int]], text: str, index: int
) -> tuple[int, _Node] | None:
    """Give the index after the longest synonym that starts at ``index``, and where it ends in the trie."""
    node, best = root, None
    for place in range(index, len(stems)):
        following = node.next.get(stems[place])
        if following is None or (
            place > index and not _GAP.fullmatch(text, words[place - 1][2], words[place][1])
        ):  # most words go on with nothing that the vocabulary holds
            break
        node = following
        if node.code is not None or node.acronym is not None:
            best = (place + 1, node)
    return best


def with_isolation(themes: tuple[Found[str], ...], groups: tuple[Found[str], ...]) -> tuple[Found[str], ...]:
    """Add the isolation of seniors to the themes, where isolation is one of them and seniors are served."""
    if any(theme.value == "seniors-isolation" for theme in themes) or all(one.value != "seniors" for one in groups):
        return themes
    for theme in themes:
        alone = tuple(place for place in theme.evidence if _ALONE.search(fold_text(place.quote)))
        if theme.value == "social-inclusion" and alone:
            return (*themes, Found(value="seniors-isolation", evidence=alone))
    return themes


@per_edition
def _trie(vocabulary_name: str, language: Language) -> _Node:
    root = _Node()
    for term in vocabulary(vocabulary_name).terms:
        label = term.label.get(language)
        for synonym in (*getattr(term.synonyms, language), *((label,) if label else ())):
            node = root
            for word in WORD.findall(fold_text(synonym)):
                node = node.next.setdefault(_stem(word, language), _Node())
            if node is root:
                continue
            if synonym.isupper() and len(synonym) <= _LONGEST_ACRONYM:
                node.acronym = node.acronym or term.code
            else:
                node.code = node.code or term.code
    return root


@lru_cache(maxsize=32_768)
def _stem(word: str, language: Language) -> str:
    """Take the plural off a folded word."""
    if len(word) <= 3 or not word.isalpha() or word in _NO_PLURAL:
        return word
    if language == "en" and word.endswith("ies"):
        return word[:-3] + "y"
    if language == "fr" and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al"
    return word[:-1] if word[-1] in "sx" and not word.endswith("ss") else word
