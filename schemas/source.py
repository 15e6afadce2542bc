"""Sources: what a curator writes about one site in sources/NAME.yml."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import yaml
from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from schemas.base import Language, LanguageMap, Shape
from schemas.capture import SourceName
from schemas.release import Licence
from schemas.urls import normal_url
from schemas.yaml_lines import Location, line_of, lines_of

_CRON_FIELDS = 5
"""CronSim takes a sixth field too, which other readers of schedules take for something else."""


def _check_address(value: str) -> str:
    if normal_url(value) is None:
        raise PydanticCustomError("web_address", "'{value}' is no http or https URL", {"value": value})
    return value


def _check_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        context = {"value": value, "why": str(error)}
        raise PydanticCustomError("pattern", "'{value}' is no regular expression: {why}", context) from error
    return value


def _check_cron(value: str) -> str:
    try:
        if len(value.split()) != _CRON_FIELDS:
            raise CronSimError
        next(CronSim(value, datetime(2000, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration) as error:
        raise PydanticCustomError("cron", "'{value}' is no schedule in five fields", {"value": value}) from error
    return value


def _check_timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise PydanticCustomError("timezone", "'{value}' is no time zone", {"value": value}) from error
    return value


WebAddress = Annotated[str, AfterValidator(_check_address)]
"""An http or https URL."""

Pattern = Annotated[str, AfterValidator(_check_pattern)]
"""A regular expression, searched anywhere in a URL."""

Cron = Annotated[str, AfterValidator(_check_cron)]
TimeZone = Annotated[str, AfterValidator(_check_timezone)]
"""A name of the time zone database, such as America/Toronto."""


class StartPoint(Shape):
    """Where the discovery of a site's pages begins."""

    kind: Literal["page", "listing", "feed", "sitemap"]
    url: WebAddress
    next: str | None = Field(default=None, description="CSS selector of a listing's link to its next page")
    links: str | None = Field(
        default=None, description="CSS selector of a listing's links to pages; all of them when absent"
    )


class Schedule(Shape):
    """When a source is crawled."""

    cron: Cron = Field(description="Five fields: minute, hour, day of the month, month, day of the week")
    timezone: TimeZone = "America/Toronto"


class Crawl(Shape):
    """How a site is visited."""

    start: tuple[StartPoint, ...] = Field(min_length=1)
    allow: tuple[Pattern, ...] = Field(
        default=(), description="Regular expressions; a page's URL must match one, if any"
    )
    deny: tuple[Pattern, ...] = Field(
        default=(), description="Regular expressions; a URL that matches one is not visited"
    )
    depth: int = Field(default=1, ge=0, le=10, description="Links followed from a start point")
    max_pages: int = Field(default=500, ge=1, le=100_000, description="Pages fetched in one crawl, at most")
    pace: float = Field(default=2.0, ge=0, le=3600, description="Seconds between two requests to one host")
    schedule: Schedule | None = None


WithheldField = Literal[
    "summary",
    "description",
    "benefits",
    "impacts",
    "conclusion",
    "testimonials",
    "testimonials.author",
    "testimonials.role",
    "testimonials.organization",
    "awards",
    "contact",
    "contact.email",
    "contact.phone",
    "contact.url",
    "links",
    "people",
    "authors",
]
"""A field that a source may have withheld: all that can be missing and may tell of a person."""


class Source(Shape):
    """One site, described apart from any code."""

    name: SourceName
    title: LanguageMap
    home: WebAddress | None = Field(default=None, description="Home page, with its scheme")
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
    withhold: tuple[WithheldField, ...] = Field(default=(), description="Fields never published of this source's pages")
    crawl: Crawl | None = Field(default=None, description="How it is crawled; none for a source taken in by hand")


class SourceError(ValueError):
    """A source file that cannot be read; the message names file, line and field."""


def load_sources(*folders: Path, broken: dict[Path, SourceError] | None = None) -> dict[str, Source]:
    """Read every ``*.yml`` of some folders, by source name; a later folder wins.

    Args:
        folders: where source files are.
        broken: takes the files that cannot be read, whose sources are then left out; without it, the first one raises.

    Raises:
        SourceError: a file is not YAML, misses a field, has an unknown one, or is not named after its source.
    """
    sources: dict[str, Source] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.yml"))):
        try:
            sources[path.stem] = load_source(path)
        except SourceError as error:
            if broken is None:
                raise
            broken[path] = error
            sources.pop(path.stem, None)  # what a broken file stands in for is not what its writer wants
    return sources


def load_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceError: see ``load_sources``.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as UTF-8: {error}"
        raise SourceError(msg) from error
    try:
        source = Source.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        msg = f"{path}: not valid YAML: {error}"
        raise SourceError(msg) from error
    except ValidationError as error:
        lines = lines_of(text)
        said = ((problem["loc"], problem["msg"]) for problem in error.errors())
        problems = "; ".join(f"line {line_of(lines, loc)}, {field_name(loc)}: {msg}" for loc, msg in said)
        msg = f"{path}: {problems}"
        raise SourceError(msg) from error
    if source.name != path.stem:
        msg = f"{path}: the source is named {source.name!r}; name the file {source.name}.yml"
        raise SourceError(msg)
    return source


def field_name(location: Location) -> str:
    """Write the way to a field with dots; the whole is ``file``."""
    return ".".join(str(step) for step in location) or "file"
