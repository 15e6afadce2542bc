"""A table for people with a spreadsheet: one row an initiative, French and English side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain

from passerelle.publishing.exports.texts import origin_of
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.cells import harmless
from schemas.records import Initiative

BOM = "\ufeff"
"""Without it, spreadsheets read accents as garbage; other readers skip it."""

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
    "source_names": lambda i: tuple(dict.fromkeys(source.source for source in i.sources if source.source)),
}


def csv_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield ``initiatives.csv``: UTF-8 with a byte order mark, lists joined by ``; ``.

    A cell that a spreadsheet would run as a formula begins with an apostrophe; ``plain_text`` takes it off.
    """
    lines = (table_row(initiative, languages) for initiative in view.initiatives)
    yield OutFile("initiatives.csv", chain([table_head(languages)], lines))


def table_head(languages: tuple[Language, ...] = LANGUAGES) -> bytes:
    """Give the byte order mark and the line with the names of the columns."""
    texts = [f"{name}_{language}" for name in _TEXTS for language in languages]
    return BOM.encode() + csv_line(["id", "slug", *texts, *(f"{text}_origin" for text in texts), *_FACTS])


def table_row(initiative: Initiative, languages: tuple[Language, ...] = LANGUAGES) -> bytes:
    """Give the line of one initiative."""
    sides = [(name, language, read(initiative)) for name, read in _TEXTS.items() for language in languages]
    texts = [both.get(language) if both else None for _, language, both in sides]
    origins = [origin_of(initiative, f"{name}.{language}") if both else None for name, language, both in sides]
    facts = [read(initiative) for read in _FACTS.values()]
    return csv_line([initiative.id, initiative.slug, *texts, *origins, *facts])


def csv_line(values: Iterable[object]) -> bytes:
    """Write one line of a CSV file whose cells no spreadsheet takes for formulas."""
    return exact_line(cell(value) for value in values)


def exact_line(values: Iterable[object]) -> bytes:
    """Write one line of a CSV file for programs, each value as it is."""
    page = io.StringIO(newline="")
    # Python quotes what breaks a line only where the line ends with it, so both stand there, and one is taken off.
    csv.writer(page, lineterminator="\r\n").writerow(values)
    return page.getvalue().removesuffix("\r\n").encode("utf-8") + b"\n"


def cell(value: object) -> str:
    """Write one value as the text of a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return moment(value)
    text = "; ".join(str(one) for one in value) if isinstance(value, tuple | list) else str(value)
    return harmless(text)


def moment(value: datetime) -> str:
    """Write a moment in UTC as the rest of the release does."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"
