"""Terms of reuse: of what Passerelle adds, of sources that say nothing, and all of them as a page for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from passerelle.publishing.files import OutFile
from schemas.release import Licence

METADATA = Licence(
    name="Creative Commons Attribution 4.0 International",
    spdx="CC-BY-4.0",
    url="https://creativecommons.org/licenses/by/4.0/",
    attribution="Passerelle",
)
"""Terms of what Passerelle itself adds: ids, codes, links between records, dates, this manifest."""

UNKNOWN = Licence(name="Conditions inconnues : demandez à la source / Terms unknown: ask the source")
"""Terms of a source that has pages and no file."""

PATH = "LICENCE.md"

_HEAD = {
    "fr": "# Conditions de réutilisation\n\n[English below.](#terms-of-reuse)\n\nLes mêmes conditions, pour les "
    "programmes, sont dans `index.json` : `licence`, `metadata_licence` et `sources`.\n",
    "en": "# Terms of reuse\n\nThe same terms, for programs, are in `index.json`: `licence`, `metadata_licence` and "
    "`sources`.\n",
}
_PARTS = {
    "fr": {
        "whole": "L’ensemble",
        "metadata": "Ce que Passerelle ajoute (identifiants, codes, liens, dates)",
        "sources": "Les textes, selon leur source",
        "which": "Le champ `sources` de chaque fiche nomme les pages et les sources d’où elle vient.",
        "columns": "| source | conditions | SPDX | mention à reproduire |",
    },
    "en": {
        "whole": "The whole",
        "metadata": "What Passerelle adds (ids, codes, links, dates)",
        "sources": "The texts, by source",
        "which": "The field `sources` of each record names the pages and sources that it comes from.",
        "columns": "| source | terms | SPDX | credit to reproduce |",
    },
}


def licence_file(licence: Licence, terms: Mapping[str, Licence]) -> OutFile:
    """Give the page on the terms of a release, in French and in English.

    Args:
        licence: terms of the data set as a whole.
        terms: terms by source.
    """
    pages = "\n".join("\n".join(_page(language, licence, terms)) for language in ("fr", "en"))
    return OutFile(PATH, [pages.encode()])


def _page(language: str, licence: Licence, terms: Mapping[str, Licence]) -> Iterator[str]:
    words = _PARTS[language]
    yield _HEAD[language]
    for part, told in (("whole", licence), ("metadata", METADATA)):
        yield f"## {words[part]}\n\n{_terms(told)}\n"
        if told.attribution:
            yield f"> {told.attribution}\n"
    if terms:
        yield f"## {words['sources']}\n\n{words['which']}\n\n{words['columns']}\n|---|---|---|---|"
        for name, told in sorted(terms.items()):
            cells = (f"`{name}`", _terms(told), told.spdx or "–", told.attribution or "–")
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        yield ""


def _terms(licence: Licence) -> str:
    return f"[{licence.name}](<{licence.url}>)" if licence.url else licence.name
