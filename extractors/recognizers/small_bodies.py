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
    rf"(?: (?:(?:d[eu]s?|de la) |de l[’']|d[’'])?{_CAPITALS})*))"
)
_FIRE = re.compile(
    rf"\b(?P<name>[Ss]ervice (?:de sécurité |de prévention des )?incendies? (?:de la |du |de |d[’']){_CAPITALS})"
)
_ENGLISH = re.compile(
    rf"(?P<name>{_CAPITALS}(?: {_CAPITALS})* (?:(?:public |municipal )?library|(?:high|elementary|primary) school|"
    r"(?:fire|police) department))\b"
)


def small_bodies(text: str, language: PageLanguage) -> Iterator[tuple[int, int]]:
    """Give the characters of each such name; a school that is only said to be a town's bears none."""
    if language == "en":
        yield from (match.span("name") for match in _ENGLISH.finditer(text))
        return
    for match in _SCHOOL.finditer(text):
        if not (match["of"] and is_place_name(match["whose"])):
            yield match.span("name")
    yield from (match.span("name") for match in _FIRE.finditer(text))
