"""Sources: what a curator writes about one site in sources/NAME.yml."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from schemas.base import Language, LanguageMap, Shape
from schemas.capture import SourceName
from schemas.release import Licence


class Source(Shape):
    """One site, described apart from any code."""

    name: SourceName
    title: LanguageMap
    home: str | None = Field(default=None, description="Home page, with its scheme")
    publisher: str
    hosts: tuple[str, ...] = Field(default=(), description="Host names whose pages belong to this source")
    licence: Licence
    languages: tuple[Language, ...] = ("fr",)
    family: str = Field(default="auto", description="Extractor family, or 'auto' to let the pages decide")
    enabled: bool = False
    demonstration: bool = Field(
        default=False, description="Fictional: its records step aside as soon as another source has pages"
    )
    regions: tuple[str, ...] = Field(default=(), description="What a local publisher covers, where a page names none")
    min_initiatives: int = Field(default=0, ge=0, description="Fewer than these in a release and the gate refuses it")
    drop_blocks: tuple[str, ...] = Field(default=(), description="Texts that this site repeats on every page")
    contact: str | None = None


class SourceError(ValueError):
    """A source file that cannot be read; the message names file, line and field."""


def load_sources(*folders: Path) -> dict[str, Source]:
    """Read every ``*.yml`` of some folders, by source name; a later folder wins.

    Raises:
        SourceError: a file is not YAML, misses a field, has an unknown one, or is not named after its source.
    """
    sources = (load_source(path) for folder in folders for path in sorted(folder.glob("*.yml")))
    return {source.name: source for source in sources}


def load_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceError: see ``load_sources``.
    """
    text = path.read_text("utf-8")
    try:
        source = Source.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        msg = f"{path}: not valid YAML: {error}"
        raise SourceError(msg) from error
    except ValidationError as error:
        problems = "; ".join(_say(text, problem["loc"], problem["msg"]) for problem in error.errors())
        msg = f"{path}: {problems}"
        raise SourceError(msg) from error
    if source.name != path.stem:
        msg = f"{path}: the source is named {source.name!r}; name the file {source.name}.yml"
        raise SourceError(msg)
    return source


def _say(text: str, location: tuple[str | int, ...], message: str) -> str:
    field = ".".join(str(step) for step in location) or "file"
    key = f"{location[0]}:" if location else ""
    line = next((n for n, row in enumerate(text.splitlines(), 1) if key and row.startswith(key)), 1)
    return f"line {line}, {field}: {message}"
