"""Demonyms as the Répertoire des municipalités abridges them ('Maskoutain, e'), written out."""

from __future__ import annotations

import re

_AGREEING_ENDINGS = {"ois": "oise", "ais": "aise", "ien": "ienne", "ain": "aine", "éen": "éenne"}
"""Masculine and feminine endings of a demonym given in its masculine alone, or inside a compound."""

_NEITHER_GENDER_NOR_PLURAL = ("hronon", "iiw", "iwi", "nu")
"""Endings of Mohawk, Cree and Innu demonyms, kept as they are."""


def demonym_forms(written: str) -> tuple[str, ...]:
    """Write out the masculine and the feminine, singular and plural, in lower case and without repeats.

    Accepts the directory's notations: 'Percéen, enne', 'Saint-Elzien, Saint-Elzienne', 'Boilois,oise',
    'Rawdonnois oise', 'Duhamellois, oise-de-l'Ouest', 'Boltonnois,oise*East Boltoner', 'Lowite'.
    """
    names = (part.strip(" ,") for part in written.split("*"))
    return tuple(dict.fromkeys(form for name in names if name for form in _forms(re.sub(r"\(.*?\)", "", name))))


def _forms(name: str) -> tuple[str, ...]:
    masculine, ending, rest = _split(name.lower())
    if masculine.endswith(_NEITHER_GENDER_NOR_PLURAL):
        return (masculine,)
    feminine = _feminine(masculine, ending)
    return tuple(form + rest for form in (masculine, feminine, _plural(masculine), _plural(feminine)))


def _split(name: str) -> tuple[str, str, str]:
    """Give the masculine, the feminine or its ending, and the words that follow both ('-de-l'ouest')."""
    match = re.fullmatch(
        r"(?P<masculine>[^,]+?)(?: ?, ?|(?<=ois) (?=oise))(?P<ending>.+?)(?P<rest>[ -]de[ -].+)?", name
    )
    return (match["masculine"], match["ending"], match["rest"] or "") if match else (name, "", "")


def _feminine(masculine: str, ending: str) -> str:
    """Join the masculine's stem and the feminine ending where they overlap; agree by rule when none is given."""
    if not ending:
        return "-".join(_agree(part) for part in masculine.split("-"))
    if ending == "e":
        return masculine + ending
    if ending[:3] == masculine[:3]:
        return ending
    *others, last = masculine.split("-")
    place = max(range(len(last) + 1), key=lambda start: (_shared(last[start:], ending), start))
    return "-".join((*map(_agree, others), last[:place] + ending))


def _agree(word: str) -> str:
    masculine = next((end for end in _AGREEING_ENDINGS if word.endswith(end)), None)
    return word.removesuffix(masculine) + _AGREEING_ENDINGS[masculine] if masculine else word


def _shared(one: str, other: str) -> int:
    """Count the letters that two words begin with together."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _plural(word: str) -> str:
    """Put every part that agrees in the plural; the Inuktitut -miuq of the northern villages becomes -miut."""
    if word.endswith("miuq"):
        return word.removesuffix("q") + "t"
    *others, last = word.split("-")
    agreeing = (*_AGREEING_ENDINGS, *_AGREEING_ENDINGS.values())
    return "-".join((*(_add_s(part) if part.endswith(agreeing) else part for part in others), _add_s(last)))


def _add_s(word: str) -> str:
    if word.endswith(("s", "x")):
        return word
    return word + ("x" if word.endswith("eau") else "s")
