"""Tells whether a translation denies what its source says, or says what its source denies.

A negation is a word that denies: pas, jamais, sans; not, never, without. « ne … que » (only), « non seulement », the
« ne » of « avant qu’il ne parte » and “no later than” deny nothing. Words that merely sound negative (free, until,
intervention) count only where ``words/negation.yml`` lists them for what the source denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from passerelle.translation.spans import KEPT, fold_word
from schemas.base import Language
from schemas.beside import yaml_beside

_NE = r"(?:\bne\b|\bn['’](?!importe))"
_WITHIN = r"[^.;!?]"
_NO_QUE = rf"(?!{_WITHIN}{{0,60}}?\bqu(?:e\b|['’]))"
_STEPS = (
    *("un", "le", "ce", "au", "les", "des", "nos", "vos", "premier", "premiers", "quelques", "deux", "cent", "grand"),
    *("grands", "faux", "chaque", "petit", "petits"),
)
"""What stands before « pas » where it is a step."""
_NEGATION: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        "".join(rf"(?<!\b{word} )" for word in (*_STEPS, "pas à"))
        + r"\bpas\b(?! à pas\b| de danse| que\b| qu['’]| seulement\b| moins\b| mal de\b)"
        r"|\bjamais\b|\baucune?s?\b|\bsans\b(?![ -]abris?\b| cesse\b| (?:aucun )?doute\b| parler\b| dire\b)"
        r"|\bni\b|\brien\b(?! que\b)|\bnul(?:le)?\b(?! doute)|\bnon\b(?=\s?[.,;:!?]|\s?$| pas\b)"
        rf"|(?<!une )(?<!la )(?<!cette )(?<!chaque )(?<!toute )\bpersonne\b{_WITHIN}{{0,30}}?{_NE}"
        rf"|{_NE}{_WITHIN}{{1,50}}?\b(?:personne|guère|nulle part|pas qu)\b"
        rf"|{_NE}\s?(?:\w+['’]?\s){{0,4}}?(?:\w+\s)?plus\b(?! d['’]un| de \d|\s?\w+ que\b| qu(?:e\b|['’]))"
        rf"|{_NE}\s?(?:peu(?:t|vent|x)|saurai\w*|cesse\w*|ose\w*|(?:est|était|étaient|sont) en mesure)\b{_NO_QUE}",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bno\b(?! (?:more|later|fewer|less|longer) than| matter| doubt|\.\s?\d)"
        r"|\bnot\b(?! only| just\b| merely| simply| hesitate)|\bnever\b|\bnone\b|\bno one\b|\bnobody\b"
        r"|\bnothing\b(?! but\b)|\bnowhere\b|\bneither\b|\bnor\b|\bwithout\b(?! delay)|\bcannot\b(?! wait)"
        r"|n['’]t\b(?! (?:only|just|hesitate|miss|forget|wait)\b)",
        re.IGNORECASE,
    ),
}
_HARMLESS: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        rf"{_NE}\s?\w{{0,14}}hésit\w+ (?:surtout )?pas|pourquoi pas\b|n['’]est-ce pas"
        rf"|{_NE}\s?(?:manquez|oubliez) pas|(?:avant|à moins|de peur|de crainte|crain\w+|redout\w+|empêch\w+|évit\w+"
        rf"|sans) qu(?:e|['’]){_WITHIN}{{0,40}}?{_NE}"
        r"|si ce n['’]est|sans tarder|sans délai|sans plus attendre|sans rendez-vous|sans frais|sans-abris?",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bwhether or not\b|\bwhy not\b|\bcan['’]t wait|\bif not\b|\bnot to mention\b|\blast but not least\b|"
        r"\bat no cost\b|\b(?:at )?no charge\b|\bwithout (?:charge|an appointment|delay)\b|\bno appointment\b|\bnon-",
        re.IGNORECASE,
    ),
}
"""Turns of phrase that hold a negation and deny nothing, or of which the translation often has none."""
_LISTED = yaml_beside(Path(__file__).with_name("words") / "negation.yml")
_PREFIXED = re.compile(r"\b(?:non-?|un|in|im|ir|il|dis|dés|dé|mal)(\w{4,})|\b(\w{4,})(?:less|free)\b", re.IGNORECASE)
_STEM = 4
"""First letters that make two words kin: accessible in « n’est pas accessible » and in “inaccessible”."""


@dataclass(frozen=True)
class _Instead:
    denied: re.Pattern[str]
    said: re.Pattern[str]


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


_INSTEAD = {
    language: [_Instead(_any(row["denied"]), _any(row["said"])) for row in rows]
    for language, rows in _LISTED["instead"].items()
}
_ALLOWED = {language: _any(patterns) for language, patterns in _LISTED["allowed"].items()}


def loses_negation(source: str, output: str, source_language: Language, target_language: Language) -> bool:
    """Tell whether the source denies something and nothing in the output does, nor says it in a listed way."""
    if not denies(source, source_language) or denies(output, target_language, harmless=True):
        return False
    return not _says_instead(source, output, source_language)


def adds_negation(source: str, output: str, source_language: Language, target_language: Language) -> bool:
    """Tell whether the output denies something where no word of the source denies, forbids, excludes or lacks."""
    if not denies(output, target_language) or denies(source, source_language, harmless=True):
        return False
    if any(one.denied.search(output) and one.said.search(source) for one in _INSTEAD[target_language]):
        return False
    return not _ALLOWED[source_language].search(source)


@lru_cache(maxsize=4 * KEPT)
def denies(text: str, language: Language, *, harmless: bool = False) -> bool:
    """Tell whether a text has a negation; ``harmless``: those of ``_HARMLESS`` count as one."""
    if not harmless:
        text = _HARMLESS[language].sub(" ", text)
    elif _HARMLESS[language].search(text):
        return True
    return bool(_NEGATION[language].search(text))


def _says_instead(source: str, output: str, language: Language) -> bool:
    if any(one.denied.search(source) and one.said.search(output) for one in _INSTEAD[language]):
        return True
    known = {fold_word(word)[:_STEM] for word in re.findall(r"\w{4,}", source)}
    return any(fold_word(rest)[:_STEM] in known for pair in _PREFIXED.findall(output) for rest in pair if rest)
