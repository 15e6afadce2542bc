"""Whose texts a record holds and under which terms: those of its sources, never those of the data set as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from passerelle.publishing.exports.jsons import without_gaps
from passerelle.publishing.licences import UNKNOWN
from schemas.base import Language
from schemas.records import SourceRef
from schemas.release import Licence

Rights = Mapping[str | None, Licence]
"""Terms by source; ``None`` is a page of no source."""

WHOLE: dict[Language, str] = {
    "fr": "Sélection et données ajoutées : {name}. Les textes : aux conditions de leurs sources.",
    "en": "Selection and added data: {name}. Texts: under the terms of their sources.",
}
"""What holds of a data set whose texts belong to others."""


def rights_of(sources: Iterable[SourceRef], terms: Mapping[str, Licence]) -> Rights:
    """Give the terms of each source that a record was read from, in the order of its pages."""
    names = dict.fromkeys(reference.source for reference in sources)
    return {name: terms.get(name or "", UNKNOWN) for name in names}


def licences(rights: Rights) -> list[str]:
    """Give the addresses of the terms; none at all where those of one source have none."""
    return _of_all(one.url for one in rights.values())


def credits_of(rights: Rights) -> str | None:
    """Give the credits to reproduce; none where one source says none."""
    return "; ".join(_of_all(one.attribution for one in rights.values())) or None


def in_words(rights: Rights) -> str:
    """Write the terms of all sources on one line."""
    return "; ".join(f"{name}: {_said(one)}" if name else _said(one) for name, one in rights.items())


def as_json(rights: Rights) -> list[dict[str, object]]:
    """Give the terms of each source as JSON, without what is not known."""
    return [without_gaps({"source": name, **one.model_dump()}) for name, one in rights.items()]


def _said(licence: Licence) -> str:
    return f"{licence.name} ({licence.attribution})" if licence.attribution else licence.name


def _of_all(values: Iterable[str | None]) -> list[str]:
    found = list(dict.fromkeys(values))
    return [value for value in found if value] if all(found) else []
