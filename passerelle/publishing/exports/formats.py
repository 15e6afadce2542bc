"""The formats that a release can be exported in: the one list that the command, the guide and the tests read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from passerelle.publishing.exports.datapackage import datapackage_files
from passerelle.publishing.exports.feeds import feed_files
from passerelle.publishing.exports.geojson import geojson_files
from passerelle.publishing.exports.hsds import hsds_files
from passerelle.publishing.exports.jsonld import jsonld_files
from passerelle.publishing.exports.parquet import parquet_files
from passerelle.publishing.exports.skos import skos_files
from passerelle.publishing.exports.spreadsheet import csv_files
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import Language, LanguageMap

Files = Callable[[View, tuple[Language, ...]], Iterator[OutFile]]
"""Yields the files of an export; each must be written before the next is asked for."""


@dataclass(frozen=True)
class Format:
    """A way to write a release."""

    name: str
    standard: str
    use: LanguageMap
    files: Files
    module: str | None = None
    """A module that it needs and that is not installed with Passerelle, but with the extra of the format's name."""


FORMATS = {
    known.name: known
    for known in (
        Format(
            "csv",
            "CSV (RFC 4180)",
            LanguageMap(
                fr="un tableau pour tableur, une ligne par initiative", en="a table for spreadsheets, one row each"
            ),
            csv_files,
        ),
        Format(
            "hsds",
            "Human Services Data Specification 3.0",
            LanguageMap(
                fr="services et organismes pour les répertoires d’aide et les lignes 211, un jeu par langue",
                en="services and organisations for directories of help and 211 lines, one set a language",
            ),
            hsds_files,
        ),
        Format(
            "jsonld",
            "schema.org (JSON-LD 1.1)",
            LanguageMap(
                fr="données liées et moteurs de recherche, un fichier par fiche et par langue",
                en="linked data and search engines, one file a record and language",
            ),
            jsonld_files,
        ),
        Format(
            "skos",
            "SKOS (JSON-LD, N-Triples)",
            LanguageMap(
                fr="les vocabulaires et leurs libellés, pour aligner d’autres répertoires",
                en="the vocabularies and their labels, to align other directories with",
            ),
            skos_files,
        ),
        Format(
            "geojson",
            "GeoJSON (RFC 7946)",
            LanguageMap(
                fr="les initiatives par région administrative, à joindre à des limites par le code",
                en="initiatives by administrative region, to be joined to boundaries by the code",
            ),
            geojson_files,
        ),
        Format(
            "feeds",
            "Atom (RFC 4287), JSON Feed 1.1",
            LanguageMap(
                fr="les initiatives nouvelles ou changées, pour un lecteur de fils; dans chaque version aussi",
                en="new and changed initiatives, for a feed reader; in every release too",
            ),
            feed_files,
        ),
        Format(
            "datapackage",
            "Frictionless Data Package 1.0",
            LanguageMap(
                fr="toutes les données en tables CSV reliées, pour une base de données ou l’analyse; rien n’est perdu",
                en="all the data as linked CSV tables, for a database or analysis; nothing is lost",
            ),
            datapackage_files,
        ),
        Format(
            "parquet",
            "Apache Parquet",
            LanguageMap(
                fr="les mêmes tables, typées et compactes, pour DuckDB, pandas ou Spark",
                en="the same tables, typed and compact, for DuckDB, pandas or Spark",
            ),
            parquet_files,
            module="pyarrow",
        ),
    )
}
