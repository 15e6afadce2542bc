"""Tables for people with a spreadsheet: one row an initiative, French and English side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

from schemas.base import LANGUAGES, LanguageMap
from schemas.records import Initiative

BOM = "\ufeff"
"""Without it, spreadsheets read accents as garbage; other readers skip it."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

_TEXTS: dict[str, Callable[[Initiative], LanguageMap | None]] = {
    "name": lambda i: i.name,
    "summary": lambda i: i.summary,
    "description": lambda i: i.description,
    "conclusion": lambda i: i.conclusion,
}
_FACTS: dict[str, Callable[[Initiative], object]] = {
    "kind": lambda i: i.kind,
    "lead_organization": lambda i: i.lead_organization.name if i.lead_organization else None,
    "partners": lambda i: [partner.name for partner in i.partners],
    "sectors": lambda i: i.sectors,
    "collaboration": lambda i: i.collaboration,
    "min_age": lambda i: i.audience.min_age,
    "max_age": lambda i: i.audience.max_age,
    "genders": lambda i: i.audience.genders,
    "groups": lambda i: i.audience.groups,
    "themes": lambda i: i.themes,
    "activities": lambda i: i.activities,
    "languages_offered": lambda i: i.languages_offered,
    "cost": lambda i: i.cost,
    "regions": lambda i: i.territory.regions,
    "municipalities": lambda i: i.territory.municipalities,
    "neighbourhoods": lambda i: i.territory.neighbourhoods,
    "start": lambda i: i.start,
    "email": lambda i: i.contact.email,
    "phone": lambda i: i.contact.phone,
    "url": lambda i: i.contact.url,
    "review": lambda i: i.review.status,
    "sources": lambda i: [source.url for source in i.sources if source.url],
}


def initiatives_csv(initiatives: Iterable[Initiative]) -> bytes:
    """Write the initiatives as CSV: UTF-8 with a byte order mark, lists joined by ``; ``.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    page = io.StringIO()
    table = csv.writer(page, lineterminator="\n")
    texts = [(name, language) for name in _TEXTS for language in LANGUAGES]
    origins = [f"{name}_{language}_origin" for name, language in texts]
    table.writerow(["id", "slug", *(f"{name}_{language}" for name, language in texts), *origins, *_FACTS])
    for initiative in initiatives:
        sides = [(name, language, _TEXTS[name](initiative)) for name, language in texts]
        row = [initiative.id, initiative.slug, *(both.get(language) if both else None for _, language, both in sides)]
        row += [_origin(initiative, f"{name}.{language}") if both else None for name, language, both in sides]
        table.writerow([cell(value) for value in (*row, *(read(initiative) for read in _FACTS.values()))])
    return (BOM + page.getvalue()).encode("utf-8")


def cell(value: object) -> str:
    """Write one value as the text of a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = "; ".join(str(one) for one in value) if isinstance(value, tuple | list) else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _origin(initiative: Initiative, path: str) -> str:
    status = initiative.text_status.get(path)
    return status.origin if status else "source"
