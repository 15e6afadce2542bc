"""The name that a headline and its article share: 'Cap Nord ouvre ses portes', and below '… inaugure Cap Nord, qui'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.name_patterns import NOT_NAMES, OPENINGS, SMALL, VERBS
from extractors.naming import NameHit, Span
from extractors.passage import Passage
from extractors.recognizers.fold import fold_text
from extractors.recognizers.lexicon import FIRST_NAMES
from extractors.recognizers.mentions import mentions_in
from extractors.recognizers.place_names import is_place_name

_WORD = re.compile(r"[\w’'&-]+")
_CAPITAL = re.compile(r"(?<=[\w,;(«“\"’'][\s\u00a0])(?:[«“\"][\s\u00a0]?)?(?P<word>[A-ZÀ-ÖØ-Þ][\w’'&-]+)")
"""A word with a capital that does not begin its sentence."""
_NO_INITIATIVE = re.compile(
    r"(?:prix|award|prize|trophee|gala|fonds|fund|soiree|semaine|week|journee|day|mois|month|fete|festival|salon|"
    r"colloque|congres|conference|tournoi|tournament|marathon|loi|act|bill|covid\w*|noel|christmas|paques|easter|"
    r"saint|ville|city|quebec|canada|gouvernement|government|ministere|mrc|ecole|school|police|centre|center|maison|"
    r"nouvelle?|new|annee|year|etat|bonhomme|coupe|cup|jeux|games|halloween|ramadan)\b"
)
"""First folded words of what headlines name besides initiatives."""
_HAPPENS = re.compile(
    r"\b(?:ouv(?:re|rira|erture)|lanc\w+|inaugur\w+|debut\w*|demarr\w+|voi(?:t|ent) le jour|prend\b|devoil\w+|arriv\w+|"
    r"debarqu\w+|s'installe\w*|s'eten\w+|s'implante\w*|deploi\w+|fete\w*|celebr\w+|souffle\w*|anniversaire|rec(?:oit|u)|"
    r"remport\w+|cohortes?|finissant\w*|recompens\w+|honor\w+|salu\w+|poursui\w+|revien\w+|de retour|bilan|grandi\w+|"
    r"open(?:s|ed|ing)?|launch\w*|unveil\w*|start\w*|kick\w* off|wins?|won|celebrat\w+|marks|expand\w*|returns?|"
    r"comes to|receiv\w+|recogni[sz]ed|honou?red|anniversary|grows?|cohorts?|graduat\w+)\b"
)
"""What headlines say of an initiative, in folded words: that it begins, goes on or is honoured."""
_MOST_WORDS = 8
_LEAST_LETTERS = 5
_VERB = re.compile(rf"(?:{VERBS})$")


def shared_name(body: Passage, headline: str, taken: Iterable[Span]) -> NameHit | None:
    """Find the longest run of a headline's words that the body writes as a name; ``None`` where there is none.

    It begins with a capital inside a sentence of the body, is no person's, place's or organisation's name
    (``taken``: where they stand), and has two words, or one that only a name has.
    """
    title = [fold_text(word) for word in _WORD.findall(headline)]
    if not _HAPPENS.search(fold_text(headline)):
        return None
    spans = tuple(taken)
    found = [
        hit
        for position, block in body.blocks
        for hit in _shared(position, block.text, title)
        if not _is_other(hit, spans, block.text, body)
    ]
    return max(found, key=lambda hit: (len(hit.name), -hit.position), default=None)


def _shared(position: int, text: str, title: list[str]) -> Iterator[NameHit]:
    for match in _CAPITAL.finditer(text):
        if fold_text(match["word"]) not in title:
            continue
        words = list(_WORD.finditer(text, match.start("word")))[:_MOST_WORDS]
        length = _common(text, words, title)
        while length and (SMALL.fullmatch(fold_text(words[length - 1][0])) or _VERB.match(words[length - 1][0])):
            length -= 1
        if length:
            start, end = words[0].start(), words[length - 1].end()
            yield NameHit(text[start:end], position, start, end, "", 2)


def _common(text: str, words: list[re.Match[str]], title: list[str]) -> int:
    """Count the words from the first on that the headline has in the same order, without a mark between them."""
    folded = [fold_text(word[0]) for word in words]
    best = 0
    for place, word in enumerate(title):
        length = 0
        while (
            place + length < len(title)
            and length < len(words)
            and title[place + length] == folded[length]
            and (length == 0 or not text[words[length - 1].end() : words[length].start()].strip(" \u00a0"))
        ):
            length += 1
        best = max(best, length) if word == folded[0] else best
    return best


def _is_other(hit: NameHit, taken: Iterable[Span], text: str, body: Passage) -> bool:
    """Say whether a shared name is not an initiative's."""
    folded = fold_text(hit.name)
    words = folded.split()
    if len(hit.name) < _LEAST_LETTERS or OPENINGS.fullmatch(words[0]) or NOT_NAMES.fullmatch(folded):
        return True
    if _NO_INITIATIVE.match(folded) or words[0].split("-")[0] in FIRST_NAMES or is_place_name(hit.name):
        return True
    if len(words) == 1 and body.language == "en":
        return True
    if len(words) == 1 and folded in re.findall(r"[\w-]+", fold_text(body.text.replace(hit.name, ""))):
        return True
    within = mentions_in(text, body.language)
    spans = [*((m.start, m.end) for m in within), *((s, e) for p, s, e in taken if p == hit.position)]
    return any(start < hit.end and hit.start < end for start, end in spans)
