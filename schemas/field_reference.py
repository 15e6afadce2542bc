"""The reference of all published fields as a page a language: ``python -m schemas.renew`` rewrites them.

docs/fields.en.md and docs/fields.fr.md say what the JSON Schemas say, for people; a test fails when they drift.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.base import LANGUAGES, Language
from schemas.documentation import shape_name
from schemas.json_schema import published_json
from schemas.records import SCHEMA_VERSION

FOLDER = Path(__file__).parents[1] / "docs"

_KINDS = {
    "string": {"en": "text", "fr": "texte"},
    "integer": {"en": "integer", "fr": "entier"},
    "number": {"en": "number", "fr": "nombre"},
    "boolean": {"en": "true or false", "fr": "vrai ou faux"},
    "null": {"en": "null", "fr": "null"},
    "date-time": {"en": "time (UTC)", "fr": "moment (UTC)"},
    "object": {"en": "object", "fr": "objet"},
    "any": {"en": "any value", "fr": "toute valeur"},
}
_WORDS = {
    "en": {
        "head": "# Fields\n\nEvery field of a release, schema {version}. The same is in the JSON Schemas "
        "(`schema/` in each release).\nWhat may change, and what may not: [stability.md](stability.md). "
        "[En français](fields.fr.md)\n\nThis page is written from `schemas/fields.yml`: "
        "`python -m schemas.renew`.\n",
        "columns": "| field | type | meaning | example |",
        "list": "list: {item}",
        "map": "names → {item}",
        "or": " or ",
        "codes": "Codes: vocabulary `{name}`.",
    },
    "fr": {
        "head": "# Champs\n\nChaque champ d’une version, schéma {version}. Les schémas JSON disent la même chose "
        "(`schema/` dans chaque version).\nCe qui peut changer, et ce qui ne le peut pas : "
        "[stability.md](stability.md). [In English](fields.en.md)\n\nCette page est écrite à partir de "
        "`schemas/fields.yml` : `python -m schemas.renew`.\n",
        "columns": "| champ | type | sens | exemple |",
        "list": "liste : {item}",
        "map": "noms → {item}",
        "or": " ou ",
        "codes": "Codes : vocabulaire `{name}`.",
    },
}


def page(language: Language) -> str:
    """Write the reference in one language."""
    shapes: dict[str, dict[str, Any]] = {}
    for text in published_json().values():
        schema = json.loads(text)
        name = schema["$id"].rpartition("/")[2]
        shapes[name] = schema
        shapes |= {part: told for part, told in schema.get("$defs", {}).items() if part not in shapes}
    sections = ["\n".join(_section(name, schema, language)) for name, schema in shapes.items()]
    return "\n".join([_WORDS[language]["head"].format(version=SCHEMA_VERSION), *sections])


def write(folder: Path = FOLDER) -> None:
    """Write both pages."""
    for language in LANGUAGES:
        (folder / f"fields.{language}.md").write_text(page(language), "utf-8", newline="\n")


def _section(name: str, schema: dict[str, Any], language: Language) -> Iterator[str]:
    title = _said(schema, "title", language)
    yield f'<a id="{_anchor(name)}"></a>\n\n## {title} (`{name}`)\n\n{_said(schema, "description", language)}\n'
    yield f"{_WORDS[language]['columns']}\n|---|---|---|---|"
    for field, prop in schema["properties"].items():
        meaning = f"**{_said(prop, 'title', language)}.** {_said(prop, 'description', language)}."
        if "x-vocabulary" in prop:
            meaning += f" {_WORDS[language]['codes'].format(name=prop['x-vocabulary'])}"
        example = json.dumps(prop["examples"][0], ensure_ascii=False)
        yield f"| `{field}` | {_type(prop, language)} | {_cell(meaning)} | `{_cell(example)}` |"
    yield ""


def _type(schema: dict[str, Any], language: Language) -> str:
    words = _WORDS[language]
    if "anyOf" in schema:
        return words["or"].join(_type(one, language) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return words["or"].join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    part = shape_name(schema)
    if part:
        return f"[{part}](#{_anchor(part)})"
    if schema.get("type") == "array":
        return words["list"].format(item=_type(schema["items"], language))
    if isinstance(schema.get("additionalProperties"), dict):
        return words["map"].format(item=_type(schema["additionalProperties"], language))
    return _KINDS[schema.get("format") or schema.get("type") or "any"][language]


def _said(schema: dict[str, Any], what: str, language: Language) -> str:
    text: str = schema[what if language == "en" else f"x-{what}-fr"]
    return text


def _anchor(name: str) -> str:
    return name.removesuffix(".schema.json").lower()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
