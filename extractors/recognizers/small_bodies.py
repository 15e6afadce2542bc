"""Bodies whose kind is written in small letters: 'la polyvalente Exemple', 'the Exemple library'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.recognizers.place_names import is_place_name
from schemas.base import PageLanguage

_CAPITALS = r"[A-ZÀ-Ý][\w’'-]+"
_SCHOOL = re.compile(
    r"\b(?P<name>(?:école(?: (?:primaire|secondaire|élémentaire|alternative|internationale|polyvalente|de métiers))?|"
    r"polyvalente|cégep|collège|académie|centre (?:de formation (?:professionnelle|générale|des adultes)|"
    r"d[’']éducation des adultes))"
    rf" (?P<of>(?:d[eu]s?|de la) |de l[’']|d[’'])?(?P<whose>(?:l[’'])?{_CAPITALS}"
    rf"(?: (?:(?:d[eu]s?|de la) |de l[’']|d[’'])?{_CAPITALS}){{0,5}}))"
)
_FIRE = re.compile(
    rf"\b(?P<name>[Ss]ervice (?:de sécurité |de prévention des )?incendies? (?:de la |du |de |d[’']){_CAPITALS})"
)
_ENGLISH = re.compile(
    rf"(?P<name>{_CAPITALS}(?: {_CAPITALS}){{0,5}} (?:(?:public |municipal )?library|(?:high|elementary|"
    rf"primary) school|"
    r"(?:fire|police) department))\b"
)


_SCHOOLS = ("école", "polyvalente", "cégep", "collège", "académie", "centre de formation", "centre d")
_KINDS = ("library", "school", "department")
"""Words of which a text must hold one: looking for them costs a fraction of a pattern that begins at any capital."""


def small_bodies(text: str, language: PageLanguage) -> Iterator[tuple[int, int]]:
    """Give the characters of each such name; a school that is only said to be a town's bears none."""
    if language == "en":
        held = any(map(text.__contains__, _KINDS))
        yield from (match.span("name") for match in _ENGLISH.finditer(text)) if held else ()
        return
    for match in _SCHOOL.finditer(text) if any(map(text.__contains__, _SCHOOLS)) else ():
        if not (match["of"] and is_place_name(match["whose"])):
            yield match.span("name")
    yield from (match.span("name") for match in _FIRE.finditer(text)) if "incendie" in text else ()
