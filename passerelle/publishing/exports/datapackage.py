"""A Frictionless Data Package: CSV tables with a schema, keys and references between them (datapackage.json)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from passerelle.publishing.exports.jsons import written
from passerelle.publishing.exports.package_rows import rows_of
from passerelle.publishing.exports.package_tables import TABLES
from passerelle.publishing.exports.rights import WHOLE
from passerelle.publishing.exports.spreadsheet import moment
from passerelle.publishing.exports.tables import Column, CsvSpool, Filled, Table, spooled
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.release import Licence

CELLS = (
    "Une cellule qu’un tableur prendrait pour une formule, ou qui commence par une apostrophe, est précédée d’une "
    "apostrophe; pour lire le texte exact, enlever la première apostrophe de la cellule. · A cell that a spreadsheet "
    "would take for a formula, or that begins with an apostrophe, is preceded by an apostrophe; to read the exact "
    "text, take the first apostrophe of the cell off."
)


def datapackage_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield the tables, then datapackage.json."""
    tables = [table.in_languages(languages) for table in TABLES]
    filled: list[Filled] = []
    for file, said in spooled(tables, rows_of(view), CsvSpool, ".csv"):
        yield file
        filled.append(said)
    told = package(view, "passerelle", filled, CELLS)
    yield OutFile("datapackage.json", [written(told)])


def package(view: View, name: str, tables: Iterable[Filled], description: str) -> dict[str, Any]:
    """Describe tables as a tabular data package (Data Package 1.0)."""
    sources = [_source(source, terms) for source, terms in sorted(view.terms.items())]
    terms = {f"rights_{one}": WHOLE[one].format(name=view.licence.name) for one in LANGUAGES}
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": "Passerelle : initiatives de collaboration · collaboration initiatives",
        "description": description,
        "version": str(view.number),
        "created": moment(view.as_of),
        **(_licences(view.licence) if _holds_for_all(view) else terms),
        **({"sources": sources} if sources else {}),
        "resources": [_resource(table) for table in tables],
    }


def _holds_for_all(view: View) -> bool:
    """Tell whether the terms of the whole are those of each source too: else they are not the texts' licence."""
    whole = (view.licence.spdx, view.licence.url)
    return any(whole) and all((one.spdx, one.url) == whole for one in view.terms.values())


def _source(name: str, terms: Licence) -> dict[str, Any]:
    credit = {"attribution": terms.attribution} if terms.attribution else {}
    return {"title": name, "description": terms.name, **credit, **_licences(terms)}


def _licences(licence: Licence) -> dict[str, Any]:
    """Name the terms; the standard knows only those that have an identifier or an address."""
    told = {"name": licence.spdx, "path": licence.url, "title": licence.name}
    known = bool(licence.spdx or licence.url)
    return {"licenses": [{key: value for key, value in told.items() if value}]} if known else {}


def _resource(filled: Filled) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": filled.table.name,
        "path": filled.path,
        "title": filled.table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": filled.bytes,
        "hash": f"sha256:{filled.sha256}",
        "schema": _schema(filled.table),
    }


def _schema(table: Table) -> dict[str, Any]:
    references = [
        {
            "fields": list(one.columns),
            "reference": {"resource": "" if one.table == table.name else one.table, "fields": list(one.to)},
        }
        for one in table.references
    ]
    return {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        **({"foreignKeys": references} if references else {}),
        "missingValues": [""],
    }


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.title}
    if column.description:
        told["description"] = column.description
    return {**told, **({"constraints": {"required": True}} if column.required else {})}
