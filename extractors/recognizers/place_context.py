"""What the words around a place name say of it: a town, a street, a person; the city of Québec or the province."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.recognizers.place_names import Entry, doubtful, needs_naming, trusted

_STREET = re.compile(
    r"\b(?:rues?|boulevard|boul\.?|avenue|av\.?|chemin|ch\.|autoroute|route|rang|place|pont|station|metro|parc|hopital|"
    r"universite|university|street|st\.|road|eglise|lac|lake|fleuve|riviere|mont|famille|journal|gare|aeroport|"
    r"\d{1,5},?|m\.|mme|dr|dre|me|monsieur|madame|saint|sainte|campus|cegep|college|ecole|prix|fonds|fondation|bourse)"
    r"(?: (?:de la|de l'|de|du|des|d'|l'|la|le|sir|wilfrid|secondaire|primaire))? ?$"
)
_LOCATIVE = re.compile(
    r"(?:\b(?:a|dans|vers|en|pres de|a proximite de|autour de|hors de|au coeur de|a travers|cote de|in|"
    r"near|around|across|"
    r"at|from|pour|et|entre|and|to|of|de|d'|du|des)"
    r"(?: (?:le|la|les|l'|the))?|[(,:/|–-]|\b(?:l'|la|le|les)) ?$"
)
_SURE = re.compile(
    r"(?:\b(?:villes?|villages?|municipalites?|paroisse|agglomeration|arrondissements?|quartiers?|"
    r"secteurs?|mrc|regions?|"
    r"territoires?|comte|canton|communaute|environs|centre-ville|maire|mairesse|mayor|city|town|village|municipality|borough|district|area|"
    r"neighbou?rhoods?|grand|grande region)"
    r"(?: (?:maritime|metropolitaine|regionale?|rurale?))?(?: (?:de la|de l'|de|du|des|d'|of|l'))?"
    r"|\b(?:situee?s?|etablie?s?|basee?s?|implantee?s?|installee?s?|habit\w+|viv\w+|demeurant|residant|"
    r"resid\w+|bureaux?|locaux|"
    r"located|based|living|lives|live|residing|offices?|rendez-vous|communautaire|tenu\w*|jeunes|"
    r"aines|ainees|familles|residents?|gens|enfants|eleves|citoyens|people|seniors|youth|"
    r"personnes) (?:a|in|de|of)) ?$"
)
_ELSEWHERE = re.compile(
    r"\b(?:plus proche|comparables?|semblables?|similaires?|nearest|closest|similar)\b[^.;:!?]{0,60}"
    r"(?:\b(?:a|de|au|en|in|at|from|,) |d')$|\b(?:comme|as) (?:a|in) $"
)
_CELL = re.compile(r"(?:,[^|.;()]*)?\s*(?:[(|]|$)")
"""What follows the first town of a cell that only lists towns, their region in brackets."""
_AT_EACH = re.compile(r"\b(?:a|in) ?$")
_AND_AT = re.compile(r"(?:,| et| and| ou| or) (?:a|in) ")
_AT = re.compile(r"\b(?:a|in) ?$")
_AFTER_SURE = re.compile(r" ?(?:\(quebec\)|, ?(?:quebec|qc)\b|\(qc\))")
_REGION_WORD = re.compile(r"\b(?:regions?|territoires?|mrc|sol|grande region|area)\s?(?:de |d'|du |of )?$")
_QUARTER = re.compile(
    r"\b(?:quartiers?|secteurs?|arrondissements?|neighbou?rhoods?|borough)(?: (?:de la|de l'|de|du|des|d'|of))? ?$"
)
_TOWN = re.compile(r"\b(?:villes?|villages?|municipalites?|paroisse|city|town|village|municipality) (?:de |d'|of )?$")
_CITY = re.compile(
    r"(?:\b(?:ville|agglomeration|city|regions?|centre-ville|rive-sud|banlieue|communaute metropolitaine|port|gens|"
    r"jeunes|organismes?|police|habitants|citoyens|quartiers?|rues|vieux|secteur|basse-ville|haute-ville)"
    r"(?: [a-z-]+){0,2} (?:de|of)|\b(?:a|de)) ?$"
)
_PROVINCE = re.compile(
    r"\b(?:gouvernement|province|ministere|assemblee nationale|government|lois?|reseau|fonds)\b[^,.;]{0,25}$"
)


_DATELINE = re.compile(
    r" ?(?:\((?:quebec|qc)\) ?)?,? ?(?:le |the )?(?:\d{1,2}(?:er)? [a-z]{3,9}\.? \d{4}|[a-z]{3,9}\.? \d{1,2}, \d{4})"
)


@dataclass(frozen=True, slots=True)
class Around:
    """The folded words before and after a name, and what its neighbours are."""

    before: str
    after: str
    after_first_name: bool
    """A first name stands right before: Julie Racine."""
    before_capital: bool
    """A capitalised word stands right after: Sutton Tremblay."""
    listed: bool
    """Only a comma parts it from a place that was accepted."""


def is_city(around: Around) -> bool:
    """Say whether "Québec" is the city here rather than the province."""
    if around.after.lstrip().startswith("city"):
        return True
    return bool(_CITY.search(around.before)) and not _PROVINCE.search(around.before)


def wanted_kinds(around: Around) -> tuple[str, ...]:
    """Give the kinds of place that the words before a name ask for."""
    if _QUARTER.search(around.before):
        return ("neighbourhood", "borough", "former-municipality")
    if _TOWN.search(around.before):
        return ("municipality",)
    return ("mrc", "area") if follows_region_word(around.before) else ()


def follows_region_word(before: str) -> bool:
    """Say whether a name is introduced as a region's: "en région maskoutaine", "la région de Québec"."""
    return bool(_REGION_WORD.search(before))


def is_dateline(around: Around) -> bool:
    """Say whether a place only dates a release: "Longueuil, le 12 mars 2024 –"."""
    return not around.before.strip() and bool(_DATELINE.match(around.after))


def is_elsewhere(around: Around) -> bool:
    """Say whether something like the initiative is there, not the initiative: "le plus proche centre est à"."""
    return bool(_ELSEWHERE.search(around.before))


def is_place_here(around: Around, words: Sequence[str], entries: Sequence[Entry]) -> bool:
    """Say whether a name of the gazetteer is used as a place's name."""
    alone = not around.before.strip() and not around.after.strip()  # all that a block says, as below 'Location'
    alone = alone or (not around.before.strip() and around.after.startswith(". "))
    if alone or _AFTER_SURE.match(around.after) or _SURE.search(around.before):
        return True
    if around.after_first_name or (_STREET.search(around.before) and not around.listed):
        return False
    if around.before.endswith("| ") and _CELL.match(around.after):
        return True
    if _AT_EACH.search(around.before) and (around.listed or _AND_AT.match(around.after)):
        return True
    if doubtful(words):
        placed = around.listed or bool(_AT.search(around.before))
        return placed and not needs_naming(words) and not around.before_capital
    return around.listed or trusted(words, entries) or bool(_LOCATIVE.search(around.before))
