"""Names of organisations: their keys, and the fullest form where a page also uses a short one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from passerelle.matching.gathering import Mention
from passerelle.matching.text import fold, is_acronym, legal_words, parenthesised, weight
from schemas.drafts import OrganizationMention
from schemas.gazetteer import Body, bodies

GENERIC = 1.0
"""Names that weigh less, such as « Maison des jeunes », stand in many towns: the town is part of their key."""

SHORT_FORM = 0.5
"""A short form needs two words of the field or one of its own: « Alliance » alone could be anybody."""


def name_words(name: str) -> tuple[str, ...]:
    """Give the words that tell one organisation's name from another's."""
    return legal_words(name) or (fold(name).replace(" ", "-"),)


def name_key(mention: OrganizationMention) -> str:
    """Give the key of an organisation as a page names it."""
    found = name_words(mention.name)
    key = "-".join(found)
    generic = sum(map(weight, found)) < GENERIC
    if generic and mention.municipality and not mention.gazetteer_id:
        return f"{key}@{fold(mention.municipality).replace(' ', '-')}"
    return key


def compact(key: str) -> str:
    """Give a key without hyphens, so that « Basse-Ville » and « Basseville » are one."""
    return key.replace("-", "")


def short_forms(mention: OrganizationMention) -> frozenset[str]:
    """Give the compact keys of the acronyms and short forms that a mention declares for its own name."""
    forms = {*parenthesised(mention.name), *parenthesised(mention.written)}
    if mention.acronym:
        forms.add(mention.acronym)
    if mention.gazetteer_id:
        forms.add(mention.written)
        if body := gazetteer_body(mention.gazetteer_id):
            forms.update((*body.acronyms, *body.other_names, *filter(None, (body.name.fr, body.name.en))))
    return frozenset(compact("-".join(name_words(form))) for form in forms)


@cache
def _bodies() -> dict[str, Body]:
    return {body.id: body for body in bodies()}


def gazetteer_body(body_id: str) -> Body | None:
    """Give a public body by its key in the gazetteer."""
    return _bodies().get(body_id)


def page_short_forms(mentions: Iterable[Mention]) -> dict[str, str]:
    """Say which names on one page are short forms of another name on that page: key of the short one → key of the full.

    « Le Rivage » is « Le Rivage de Matane » on a page that says both, and nothing of the sort elsewhere.
    """
    named = {name_key(mention.organization): mention.organization for mention in mentions}
    declared: defaultdict[str, set[str]] = defaultdict(set)
    for key, mention in named.items():
        for form in short_forms(mention):
            declared[form].add(key)
    shorts: dict[str, str] = {}
    for key, mention in named.items():
        full = declared.get(compact(key), set()) - {key}
        if not full and not is_acronym(mention.name):
            full = {other for other, long in named.items() if _begins(mention, long)}
        if len(full) == 1:
            shorts[key] = full.pop()
    return {short: shorts.get(full, full) for short, full in shorts.items() if shorts.get(full) != short}


def _begins(short: OrganizationMention, full: OrganizationMention) -> bool:
    if short.gazetteer_id and short.gazetteer_id != full.gazetteer_id:
        return False
    few, many = name_words(short.name), name_words(full.name)
    return len(few) < len(many) and many[: len(few)] == few and sum(map(weight, few)) >= SHORT_FORM
