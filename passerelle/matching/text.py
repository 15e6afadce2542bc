"""Words as matching compares them: folded, without plural marks, weighed by how much they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from schemas.texts import without_accents

WEAK = 0.25
"""Weight of a word that many initiatives share: four of them together count as one distinctive word."""

TYPO_LENGTH = 6
"""Words shorter than this must be equal: one letter makes another short word (Rémi, Rémy) more often than a typo."""

_STOP = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "au",
        "aux",
        "a",
        "et",
        "en",
        "pour",
        "par",
        "sur",
        "dans",
        "avec",
        "chez",
        "vers",
        "entre",
        "ou",
        "qui",
        "que",
        "se",
        "sa",
        "son",
        "ses",
        "ce",
        "cet",
        "cette",
        "the",
        "of",
        "and",
        "for",
        "in",
        "to",
        "with",
        "an",
        "on",
        "at",
        "by",
        "from",
        "or",
        "its",
        "their",
        "s",
    ]
)
_LEGAL = frozenset(["inc", "ltee", "ltd", "limitee", "obnl", "osbl", "enr"])
_WEAK_WORDS = """
accompagnement accueil action activite agir aide aine aines alliance approche atelier association banque bien centre
chantier clinique collaboration collectif collective comite communautaire communaute communication concertation
concertee concerte consolide consolidee contre contrer coordination difficulte developpement donner dossier ecole
education enfant ensemble equipe espace etude exploitation famille femme fille filet formation fugue garcon groupe
habitation hebergement homme initiative institutionnel insertion integration interregional interregionale
intersectoriel intersectorielle intervention itinerance jeune jeunesse justice lieu local locale lutte maison
maillage milieu mobile mobilisation municipal organisme organisation parent partage partenaire partenariat personne
police policier pratique prevenir prevention programme projet prostitution protection quartier quebec recherche
refuge region regional regionale regroupement renforcer reseau ressource risque rue sante securite sensibilisation
service sexuel sexuelle social sociale soutien strategie support table territoire transition travail unite victime
vie violence volet vulnerable
abuse against assistance better campaign center child children city collaborative collective community concerted
cooperation counselling crisis cross difficulty education elder family girl group health help home homelessness
housing institutional intersectoral interregional network older outreach parent partnership people person practice
program project region regional resource risk runaway safe safety school sector sectoral senior sexual shelter
social society strengthen street support territory together training victim village vulnerable woman women work
workshop young youth
"""
_SAINTS = {"st": "saint", "ste": "sainte"}
_PARENTHESES = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_DIGIT_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f,.](?=\d{3}\b)")
_NUMBER = re.compile(r"\d+")
_PROPER = re.compile(r"(?<![.!?…«“:;•\n] )(?<!^)(?<!\n)\b[A-ZÀÂÇÉÈÊËÎÏÔÛÙÜŒ][\w’'-]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Give a text without case, accents, punctuation and double spaces."""
    letters = without_accents(text.replace("œ", "oe").replace("Œ", "oe").replace("&", " et ")).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Give the words of a text, without stop words and plural marks; ``A.B.C.`` is one word."""
    joined = re.sub(r"\b(?:\w )+\w\b", lambda run: _join_initials(run.group()), fold(text))
    return tuple(stem(_SAINTS.get(word, word)) for word in joined.split() if word not in _STOP)


def _join_initials(run: str) -> str:
    letters = run.split()
    initials = len(letters) > 2 or (len(letters) == 2 and not set(letters) & _STOP)
    return "".join(letters) if initials else run


def stem(word: str) -> str:
    """Take the plural mark off a folded word."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss") else word


def weight(word: str) -> float:
    """Say how much a word tells an initiative from others, ``WEAK`` or 1."""
    return WEAK if word in WEAK_WORDS else 1.0


WEAK_WORDS = frozenset(stem(word) for word in _WEAK_WORDS.split())
"""Words of the field in both languages, stemmed."""


KIND_WORDS = frozenset(stem(word) for word in ("projet", "programme", "initiative", "service", "project", "program"))
"""Words that say only that something is an initiative: « Projet X » and « X » are one name."""


def name_weights(name: str) -> dict[str, float]:
    """Weigh the words of an initiative's name; words for « project » are left out of a name that has telling words."""
    weighed = {word: weight(word) for word in words(name)}
    if max(weighed.values(), default=0) > WEAK:
        return {word: telling for word, telling in weighed.items() if word not in KIND_WORDS}
    return weighed


def same_word(one: str, two: str) -> bool:
    """Tell whether two words are equal but for one slip of the pen in a long word."""
    if one == two:
        return True
    if min(len(one), len(two)) < TYPO_LENGTH or OSA.distance(one, two, score_cutoff=1) > 1:
        return False
    return not any(c.isdigit() for c in one + two)


def without_parentheses(name: str) -> str:
    """Give a name without what stands in parentheses."""
    return _PARENTHESES.sub("", name).strip()


def parenthesised(name: str) -> tuple[str, ...]:
    """Give the short forms in parentheses: one word, mostly capitals."""
    inner = (found.strip() for found in _PARENTHESES.findall(name))
    return tuple(text for text in inner if is_acronym(text))


def is_acronym(text: str) -> bool:
    """Tell whether a text looks like an acronym: one word of capitals, such as ``CISSS-ME`` or ``C.I.J.M.``."""
    letters = [c for c in text if c.isalpha()]
    return (
        len(text.split()) == 1 and 2 <= len(letters) <= 12 and sum(c.isupper() for c in letters) * 3 >= len(letters) * 2
    )


@lru_cache(maxsize=65536)
def legal_words(name: str) -> tuple[str, ...]:
    """Give the words of an organisation's name without its legal form."""
    return tuple(word for word in words(without_parentheses(name)) if word not in _LEGAL)


def numbers(texts: Iterable[str]) -> frozenset[str]:
    """Give the numbers written in digits, thousands joined."""
    return frozenset(number for text in texts for number in _NUMBER.findall(_DIGIT_GROUPS.sub("", text)))


def proper_names(texts: Iterable[str]) -> frozenset[str]:
    """Give the capitalised words inside sentences: names that a translation keeps."""
    found = (word for text in texts for name in _PROPER.findall(text) for word in words(name))
    return frozenset(word for word in found if len(word) > 3 and word not in WEAK_WORDS)


def slug(text: str, limit: int = 60) -> str:
    """Give a name for URLs: ASCII letters, digits and hyphens, cut between words."""
    ascii_text = fold(text).encode("ascii", "ignore").decode()
    kept = ""
    for word in ascii_text.split():
        if kept and len(kept) + 1 + len(word) > limit:
            break
        kept = f"{kept}-{word}" if kept else word[:limit]
    return kept or "initiative"
