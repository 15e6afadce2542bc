"""Splits French and English prose into sentences, and over-long ones at clauses; needs no model.

Rules of our own: the splitters at hand break after « M. », « no. » and inside quotations. See
``benchmarks/sentence_splitting.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

LONGEST = 2_000
"""Characters of a sentence: so long a one no engine translates, and the work on it would grow faster than the text."""
_LAST = 60
"""Characters before a stop that tell whether a sentence ends there."""
_END = re.compile(
    r"(?<![.!?…])(?:\.{3}|[.!?…]{1,40})[»”\")\]’']*(?:[ \u00a0\u202f]*»)?\s+"
    r"(?=[«“\"(\[—–-]?[ \u00a0\u202f]?[A-Za-zÀ-ÖØ-öø-ÿŒœ0-9])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«“\"’'-])(?:M|MM|Mme|Mmes|Mlle|Mr|Mrs|Ms|Dr|Dre|Drs|Prof|Me|Mgr|St|Ste|Sts|Stes|n°|art|av|"
    r"boul|bur|ch|app|apt|tél|tel|poste|ext|pp|éd|ed|Éd|env|approx|min|max|hon|Hon|Jr|Sr|vs|cf|e\.g|i\.e|c\.-à-d|"
    r"p\. ?ex|P\. ?ex|etc\. ?al|et al|janv|févr|avr|juill|sept|oct|nov|déc|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|p|[A-ZÀ-Ý])\.$"
)
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(«“])(?:[Nn]os?|[Vv]ol|[Cc]h?ap|[Ss]ect?|[Ff]ig|[Tt]ab|lun|mar|mer|jeu|ven|sam|dim|\d+)\.$"
)
_LONG_WORD = re.compile(r"[a-zà-ÿœ]{5,}[»”\")\]]*\.$")
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.-?){2,}$")
_OPENERS = re.compile(
    r"(?:Le|La|Les|L['’]|Un|Une|Des|Il|Elle|Ils|Elles|On|Ce|Cette|Ces|Nous|Vous|Pour|Dans|Avec|Depuis|En|À|"
    r"The|A|An|It|They|We|You|This|These|In|For|With|Since|At)(?=\s|\b)"
)
_CLAUSES = (
    re.compile(r"(?<=[;:])\s+"),
    re.compile(r"(?<=[,–—])\s+"),
    re.compile(r"\s+(?=(?:et|ou|mais|car|and|or|but|which|qui)\s)"),
    re.compile(r"\s+"),
)


def split_sentences(text: str) -> list[str]:
    """Split one block into its sentences, white space around them dropped; a quotation in « » or “ ” stays whole.

    What is longer than LONGEST characters is split at clauses: a list without a stop, not a sentence.
    """
    return [part for sentence in _sentences(text) for part in split_long(sentence, len, LONGEST)]


def _sentences(text: str) -> Iterator[str]:
    start = seen = open_quotes = 0
    for end in _END.finditer(text):
        open_quotes += sum(text.count(mark, seen, end.end()) for mark in "«“")
        open_quotes -= sum(text.count(mark, seen, end.end()) for mark in "»”")
        seen = end.end()
        if open_quotes <= 0 and _is_end(text[max(start, end.end() - _LAST) : end.end()].rstrip(), text, end.end()):
            yield text[start:seen].strip()
            start, open_quotes = seen, 0
    if rest := text[start:].strip():
        yield rest


def split_long(sentence: str, count: Callable[[str], int], most: int) -> list[str]:
    """Split a sentence of more than ``most`` tokens at clauses, else at words; no word is lost.

    ``count`` gives the number of tokens of a text. A single word longer than that is left whole.
    """
    if count(sentence) <= most:
        return [sentence]
    for clause in _CLAUSES:
        breaks = list(clause.finditer(sentence))
        if breaks:
            middle = min(breaks, key=lambda found: abs(found.start() - len(sentence) // 2))
            left, right = sentence[: middle.start()], sentence[middle.end() :]
            if left.strip() and right.strip():
                return [*split_long(left, count, most), *split_long(right, count, most)]
    return [sentence]


def _is_end(sentence: str, text: str, after: int) -> bool:
    last_words, following = sentence[-24:], text[after : after + 1]
    if _INITIALS.search(last_words):
        return bool(_OPENERS.match(text, after))
    if following.islower() and not _LONG_WORD.search(last_words):  # a writer who uses no capitals, or no end at all
        return False
    if following.isdigit() and _BEFORE_NUMBER.search(last_words):
        return False
    return not _ABBREVIATION.search(last_words) and not sentence.strip().removesuffix(".").isdigit()
