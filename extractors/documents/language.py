"""Which of French and English a text is in; ``unknown`` for any other language and wherever there is doubt."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.documents.apart import letters_in
from extractors.documents.detector import detector
from schemas.base import PageLanguage

SAMPLE = 4000
"""Characters of a text that are looked at; more does not change the answer."""

_CLEAR = 3
"""Function words that settle the matter when they lead the other language two to one."""

_SURE = 0.9
"""Least share that the statistical detector must give its first choice."""

_FRENCH_WORDS = (
    "le la les un une des du de et est sont en au aux ce cet cette ces dans par pour sur avec qui que où ou nous vous "
    "ils elles il elle leur leurs notre nos votre vos son sa ses mais plus pas ne être été à afin ainsi chez comme "
    "depuis donc dont entre lors même sans selon sous très aussi tout tous toute toutes propos lire suite"
)
_ENGLISH_WORDS = (
    "the of and to in is are was were for with on at by from that this these those it its we you they he she their our "
    "your his her but not be been has have had an as or if which who what when where how will would can more"
    " than about "
    "into through between all any both each other such only so out up"
)
_OTHER_WORDS = (
    # Function words of Spanish, Portuguese, Italian, German, Dutch and Haitian Creole that French and English lack.
    "el los las del una y con por para como más pero sus muy está son también nuestra nuestro "
    "o os das dos uma não são mais com seu sua pelo pela il lo gli della delle dei nel che per sono è anche "
    "der die das und ist nicht mit für auf ein eine zu von dem den werden het een van niet zijn voor op te ook "
    "yo nan ak pou yon ki gen fè"
)
_SHARED_WORDS = "de la le en un tu me te se si on a no il son entre sous tout lire au par sur"
"""Words of French or English that other languages have too: they do not settle a short label."""

_FRENCH_LABELS = (
    "accueil actualités aînés bénévolat bénévoles bibliothèque but calendrier clientèle communiqué communiqués "
    "coordonnées courriel écoles emplois équipe formation formations gratuit horaire infolettre jeunes joindre lieu "
    "mission nouvelle nouvelles objectif objectifs organisme organismes partenaires répertoire ressources retombées "
    "santé téléphone témoignage témoignages ville ateliers bénéfices"
)
_ENGLISH_LABELS = (
    "home news seniors volunteer volunteers library goal calendar email schools jobs team training free schedule "
    "newsletter youth place goals organization organizations partner partners directory resources health phone "
    "testimonial testimonials city workshops benefits testimony address overview"
)
_FRENCH, _ENGLISH = frozenset(_FRENCH_WORDS.split()), frozenset(_ENGLISH_WORDS.split())
_OTHERS, _SHARED = frozenset(_OTHER_WORDS.split()), frozenset(_SHARED_WORDS.split())
_LABELS_FRENCH, _LABELS_ENGLISH = frozenset(_FRENCH_LABELS.split()), frozenset(_ENGLISH_LABELS.split())
_KINDS = {word: (word in _FRENCH, word in _ENGLISH, word in _OTHERS) for word in _FRENCH | _ENGLISH | _OTHERS}
"""Function word → whether French, English and other languages have it."""
_MAY_BE_SIGN = re.compile("['’«»·∙]")
_OWN_FRENCH = _FRENCH - _OTHERS - _ENGLISH - _SHARED
_OWN_ENGLISH = _ENGLISH - _OTHERS - _FRENCH - _SHARED

_ONLY_FRENCH, _ONLY_ENGLISH, _ONLY_OTHERS = _FRENCH - _ENGLISH, _ENGLISH - _FRENCH, _OTHERS - _FRENCH - _ENGLISH

_SHORT = 9
"""Words below which a text is a label: too few for statistics."""

_FOREIGN_ENDING = re.compile(r"\w{2}(?:[oai]|[oa]s|ión|dad|ão|ões|mente|one|eres|zione|chen|ung)$")
"""Endings common in Spanish, Portuguese, Italian and German, rare in French and English."""

_FRENCH_SIGNS = re.compile(
    r"['’«»·∙](?:(?<=['’])(?:(?<=\b[ldnsjmt].)|(?<=\bqu.)|(?<=\bjusqu.)|(?<=\baujourd.))(?=\w)|(?<=[«»])|"
    r"(?<=\w[·∙])e?s?\b)",
    re.IGNORECASE,
)
"""Elisions, French quotation marks, inclusive endings; like the English ones from the mark on, for marks are few."""
_ENGLISH_SIGNS = re.compile(r"['’](?<=\w.)(?:s|t|re|ve|ll)\b", re.IGNORECASE)


def language_of(text: str) -> PageLanguage:
    """Tell the language of a text of any length by its function words, else by py3langid."""
    return _language_of(text[:SAMPLE])


@lru_cache(maxsize=4096)
def _language_of(text: str) -> PageLanguage:
    words, french, english, others = _count(text)
    if (clear := _clear(len(words), french, english, others)) != "unknown":
        return clear
    short = _short_label(words) if len(words) < _SHORT else "unknown"
    return short if short != "unknown" or len(words) < 5 else _detect(text)


def _count(text: str) -> tuple[list[str], int, int, int]:
    """Give a text's words, and count its function words in French, English and other languages."""
    words = letters_in(text.lower())
    french = english = others = 0
    for kinds in filter(None, map(_KINDS.get, words)):
        french += kinds[0]
        english += kinds[1]
        others += kinds[2]
    if _MAY_BE_SIGN.search(text):
        french += len(_FRENCH_SIGNS.findall(text))
        english += len(_ENGLISH_SIGNS.findall(text))
    return words, french, english, others


def _clear(total: int, french: int, english: int, others: int) -> PageLanguage:
    best, least = max(french, english), min(french, english)
    if best >= _CLEAR and best >= 2 * least and best > 1.5 * others and best >= total / 12:
        return "fr" if french > english else "en"
    return "unknown"


def _short_label(words: list[str]) -> PageLanguage:
    """Tell the language of a short label: only words that belong to one language count."""
    french = _hits(words, _OWN_FRENCH) + _hits(words, _LABELS_FRENCH)
    english = _hits(words, _OWN_ENGLISH) + _hits(words, _LABELS_ENGLISH)
    if not french and not english and not any(_FOREIGN_ENDING.search(word) for word in words):
        french, english = _hits(words, _ONLY_FRENCH), _hits(words, _ONLY_ENGLISH)
    if _hits(words, _ONLY_OTHERS) or bool(french) == bool(english):
        return "unknown"
    return "fr" if french else "en"


def _hits(words: list[str], vocabulary: frozenset[str]) -> int:
    return sum(map(vocabulary.__contains__, words))


def _detect(text: str) -> PageLanguage:
    code, share = detector().classify(text)
    return code if code in ("fr", "en") and share >= _SURE else "unknown"


def any_language(text: str) -> str:
    """Give the two-letter code of a text's language, whichever of the world's it is."""
    return str(detector().classify(text[:SAMPLE])[0])


def declared_language(tag: str | None) -> PageLanguage:
    """Read a language tag such as ``fr-CA`` or ``en_US``."""
    start = re.split(r"[-_,; ]", (tag or "").strip().lower())[0]
    return {"fr": "fr", "fra": "fr", "fre": "fr", "en": "en", "eng": "en"}.get(start, "unknown")  # type: ignore[return-value]


def block_language(text: str, declared: PageLanguage, page: PageLanguage) -> PageLanguage:
    """Tell a block's language: its own words where they are clear, else its ``lang``, else the page's language."""
    text = text[:SAMPLE]
    words, french, english, others = _count(text)
    if (clear := _clear(len(words), french, english, others)) != "unknown":
        return clear
    if len(words) < _SHORT and (label := _short_label(words)) != "unknown":
        return label
    expected = declared if declared != "unknown" else page
    if len(words) < _SHORT or expected == "unknown":  # on a page in a third language, only clear words tell another
        return expected
    own, other = (english, french) if expected == "en" else (french, english)
    # A long text that is neither French nor English is in a third language, whatever its page says.
    return expected if own > max(other, others) else _language_of(text)


def page_language(text: str, declared: PageLanguage) -> PageLanguage:
    """Tell a page's language: its text wins over what the page declares, since templates often keep a wrong one."""
    read = language_of(text)
    if read != "unknown" or len(letters_in(text[:SAMPLE])) >= 30:
        return read
    return declared
