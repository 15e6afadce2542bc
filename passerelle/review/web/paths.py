"""Fields and words of the lists, by their paths, as people call them."""

from __future__ import annotations

from pydantic import BaseModel

from passerelle.review.web.fields import SHAPES, Field, fields_of
from passerelle.review.web.words import label, translator
from schemas.base import LANGUAGES, Language
from schemas.edition import VOCABULARY

BETWEEN = " · "
"""Between the steps of a path in words."""
_PREFIXES = {"ini": "initiative", "news": "news", "org": "organization"}


def is_record(name: str) -> bool:
    """Tell whether a name is the id of a record."""
    return name.partition("-")[0] in _PREFIXES


def shape_of(record: str) -> type[BaseModel]:
    """Give the shape of a record by its id."""
    return SHAPES[_PREFIXES.get(record.partition("-")[0], "initiative")]


def path_title(path: str, record: str, language: Language) -> str:
    """Name a field: ``Public visé · Âge minimal``, ``Gains 2 · Texte, français``; or a word of a list."""
    if record.startswith(VOCABULARY):
        return label(record.removeprefix(VOCABULARY), path, language)
    if "|" in path:
        return path.partition("|")[0]  # an entry of the termbase, with its part of speech
    steps, said = path.split("."), list[str]()
    here: tuple[Field, ...] = fields_of(shape_of(record))
    for place, step in enumerate(steps):
        found = next((field for field in here if field.name == step), None)
        if found:
            said.append(found.title(language))
            here = found.parts
        elif step.isdigit() and said:
            said[-1] += f" {int(step) + 1}"
        elif step in LANGUAGES and place == len(steps) - 1 and said:
            said[-1] += f", {translator(language)(f'language.{step}')}"
        else:
            return path
    return BETWEEN.join(said)
