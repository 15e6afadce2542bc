"""Puts a French term into a sentence: its plural, and the article before it with its gender, number and elision.

An engine that copies a placeholder cannot know what noun stands behind it: it writes « le ⟦0⟧ » for any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from passerelle.translation.termbase import load_terms
from schemas.beside import yaml_beside
from schemas.edition import per_edition

_NOUNS = yaml_beside(Path(__file__).with_name("words") / "french_nouns.yml")
_AFTER_HEAD = re.compile(r"\s(?:de|du|des|d’\S*|en|à|au|aux|pour|sans|sur|contre|envers|par|chez|dans|entre)(?:\s|$)")
_DETERMINERS: tuple[tuple[str, str, str, str], ...] = (
    ("le", "la", "l’", "les"),
    ("un", "une", "", "des"),
    ("du", "de la", "de l’", "des"),
    ("au", "à la", "à l’", "aux"),
    ("à", "à", "", "aux"),
    ("ce", "cette", "cet", "ces"),
    ("son", "sa", "son", "ses"),
    ("mon", "ma", "mon", "mes"),
    ("notre", "notre", "notre", "nos"),
    ("votre", "votre", "votre", "vos"),
    ("leur", "leur", "leur", "leurs"),
    ("aucun", "aucune", "", "aucun"),
)
"""Masculine, feminine, before a vowel (empty: as before a consonant; feminine « cette » stays), plural."""
_ELIDED = {"de": "d’", "que": "qu’"}
_BEFORE = re.compile(
    "(?<![\\w’'-])({})(\\s*)$".format(
        "|".join(sorted(filter(None, {*chain(*_DETERMINERS), *chain(*_ELIDED.items())}))).replace("’", "[’']")
    ),
    re.IGNORECASE,
)


def plural(term: str) -> str:
    """Put a French term into the plural: the words before its first preposition."""
    found = _AFTER_HEAD.search(term)
    head = term[: found.start()] if found else term
    return " ".join(map(_plural_word, head.split(" "))) + term[len(head) :]


def agree(written: str, terms: Sequence[str]) -> str:
    """Give what stands before each term that was put in the gender, number and elision that it asks for."""
    known = _known()
    for term in terms:
        if term not in known:
            continue
        feminine, many = known[term]
        if _opens(written, term):
            written = f"Le {term}{written[len(term) :]}"
        before, found, after = written.partition(term)
        if found:
            written = _determined(before, term, feminine=feminine, many=many) + found + after
    return written


def is_plural(term: str) -> bool | None:
    """Tell the number of a term of the termbase; none of another word."""
    known = _known().get(term)
    return known[1] if known else None


def is_feminine(noun: str) -> bool:
    """Tell a noun's gender by the lists of ``words/french_nouns.yml``, else by its ending."""
    if noun in _NOUNS["masculine"]:
        return False
    return noun in _NOUNS["feminine"] or noun.endswith(tuple(_NOUNS["feminine_endings"]))


def _opens(written: str, term: str) -> bool:
    """Tell whether a sentence, not a heading, begins with a term: “Users decide.”, where French has an article."""
    return written[: len(term)].lower() == term.lower() and written.endswith((".", "!")) and len(written.split()) > 3


def _determined(before: str, term: str, *, feminine: bool, many: bool) -> str:
    found = _BEFORE.search(before)
    if found is None or not (found[2] or found[1].endswith(("’", "'"))):
        return before
    word = found[1].lower().replace("'", "’")
    right = _elided(word, term) or _determiner(word, term, feminine=feminine, many=many)
    if right is None:
        return before
    if found[1][0].isupper():
        right = right[0].upper() + right[1:]
    return before[: found.start()] + right + ("" if right.endswith("’") else found[2] or " ")


def _elided(word: str, term: str) -> str | None:
    for whole, short in _ELIDED.items():
        if word in (whole, short):
            return short if _opens_with_vowel(term) else whole
    return None


def _determiner(word: str, term: str, *, feminine: bool, many: bool) -> str | None:
    for masculine, female, vowel, several in _DETERMINERS:
        if word not in (masculine, female, vowel, several):
            continue
        if many:
            return several
        one = female if feminine else masculine
        return vowel if vowel and _opens_with_vowel(term) and female != "cette" else _cet(one, term)
    return None


def _cet(word: str, term: str) -> str:
    return "cet" if word == "ce" and _opens_with_vowel(term) else word


def _opens_with_vowel(term: str) -> bool:
    return term[0].lower() in "aàâeéèêëiîïoôuùûœ" or (
        term[0].lower() == "h" and not term.startswith(tuple(_NOUNS["aspirated"]))
    )


def _plural_word(word: str) -> str:
    if word in _NOUNS["irregular"]:
        return str(_NOUNS["irregular"][word])
    if word.endswith(("s", "x", "z")) or word.isupper() or word in _NOUNS["invariable"]:
        return word
    if "-" in word:
        return "-".join(map(_plural_word, word.split("-")))
    if word.endswith("al"):
        return f"{word[:-1]}ux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")


@per_edition
def _known() -> dict[str, tuple[bool, bool]]:
    """Map each preferred term and its plural to whether it is feminine, and plural."""
    known: dict[str, tuple[bool, bool]] = {}
    for term in load_terms():
        if term.pos != "noun":
            continue
        preferred = term.fr.preferred
        head = preferred.split()[0].lower().rstrip(",")
        many = head.endswith(("s", "aux", "jeux")) and head not in _NOUNS["singular"]
        feminine = is_feminine(head.removesuffix("s") if many else head)
        known.setdefault(plural(preferred), (feminine, True))
        known[preferred] = (feminine, many)
    return known
