"""Source files checked as a whole: every problem of every file, with file, line and field."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import soupsieve
import yaml
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic import BaseModel, ValidationError

from passerelle.crawling.source_texts import SAME_AS, TEXTS
from schemas.base import Language, LanguageMap
from schemas.release import Licence
from schemas.source import Crawl, Schedule, Source, StartPoint, field_name
from schemas.urls import host_of, normal_url
from schemas.yaml_lines import Location, line_of, lines_of, repeated_keys

_SHAPES: tuple[type[BaseModel], ...] = (Source, Crawl, StartPoint, Schedule, Licence, LanguageMap)
_FIELDS = sorted({name for shape in _SHAPES for name in shape.model_fields})
_REGIONS = frozenset(f"{number:02}" for number in range(1, 18))


@dataclass(frozen=True)
class SourceProblem:
    """Something wrong with a source file; a warning does not keep it from being used."""

    path: Path
    line: int
    field: str
    code: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"

    def text(self, language: Language) -> str:
        """Say it on one line: ``file:line: field: message``."""
        said = TEXTS[self.code][0 if language == "fr" else 1].format(**self.values)
        return f"{self.path}:{self.line}: {self.field}: {said}"

    def __str__(self) -> str:
        return self.text("en")


def check_source_files(folders: Iterable[Path], *, families: Collection[str] = ()) -> list[SourceProblem]:
    """Check every ``*.yml`` of some folders; gives all problems of all files, by file and line.

    Args:
        folders: where source files are.
        families: the extractor families there are; without any, families are not checked.
    """
    problems: list[SourceProblem] = []
    good: dict[str, _File] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.yml"))):
        checked = _File.read(path, problems)
        if checked:
            problems += _disagreements(checked, families)
            good[checked.source.name] = checked  # a later folder wins, as in load_sources
    problems += _shared_hosts(good.values())
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.field))


@dataclass(frozen=True)
class _File:
    path: Path
    lines: dict[Location, int]
    source: Source

    @classmethod
    def read(cls, path: Path, problems: list[SourceProblem]) -> _File | None:
        """Read a file; ``None``, and its problems noted, where it cannot be used."""
        try:
            text = path.read_text("utf-8-sig")
            lines, repeated, content = lines_of(text), repeated_keys(text), yaml.safe_load(text)
        except OSError as error:
            problems.append(SourceProblem(path, 1, "file", "unreadable", {"why": error.strerror}))
        except UnicodeDecodeError:
            problems.append(SourceProblem(path, 1, "file", "not-utf8"))
        except yaml.YAMLError as error:
            problems.append(_not_yaml(path, error))
        except (ValueError, RecursionError) as error:  # a date such as 2026-13-45, or a thousand brackets
            problems.append(SourceProblem(path, 1, "file", "not-yaml", {"why": _first_line(error)}))
        else:
            problems += [SourceProblem(path, line, field_name(where), "repeated") for where, line in repeated]
            return cls._validate(path, lines, content, problems)
        return None

    @classmethod
    def _validate(
        cls, path: Path, lines: dict[Location, int], content: Any, problems: list[SourceProblem]
    ) -> _File | None:
        try:
            checked = cls(path, lines, Source.model_validate(content))
        except ValidationError as error:
            for one in _causes(error):
                code, values = _told(one["type"], one["loc"], one["msg"], one.get("ctx", {}))
                where = line_of(lines, one["loc"])
                problems.append(SourceProblem(path, where, field_name(one["loc"]), code, values))
            return None
        if checked.source.name != path.stem:
            problems.append(checked.problem(("name",), "misnamed", value=checked.source.name))
        return checked

    def problem(self, location: Location, code: str, **values: object) -> SourceProblem:
        return SourceProblem(self.path, line_of(self.lines, location), field_name(location), code, values)

    def warning(self, location: Location, code: str, **values: object) -> SourceProblem:
        where = line_of(self.lines, location)
        return SourceProblem(self.path, where, field_name(location), code, values, "warning")


def _causes(error: ValidationError) -> Iterator[Any]:
    """Yield what pydantic found; a list is not too short because its entries are wrong."""
    found = error.errors()
    parents = {one["loc"][:place] for one in found for place in range(len(one["loc"]))}
    yield from (one for one in found if one["type"] != "too_short" or one["loc"] not in parents)


def _not_yaml(path: Path, error: yaml.YAMLError) -> SourceProblem:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    why = (error.problem if isinstance(error, yaml.MarkedYAMLError) else None) or _first_line(error)
    return SourceProblem(path, mark.line + 1 if mark else 1, "file", "not-yaml", {"why": why})


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _told(kind: str, location: Location, said: str, context: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
    """Give code and values of what pydantic found."""
    code = SAME_AS.get(kind, kind)
    if code == "extra_forbidden":
        near = get_close_matches(str(location[-1]), _FIELDS, 1)
        return code, {"near": f" ({near[0]} ?)" if near else ""}
    if code == "literal_error":
        return code, {"expected": str(context["expected"]).replace(" or ", ", ")}
    return (code, dict(context)) if code in TEXTS else ("other", {"said": said})


def _disagreements(file: _File, families: Collection[str]) -> Iterator[SourceProblem]:
    source = file.source
    if not (source.title.fr or source.title.en):
        yield file.problem(("title",), "no-title")
    for place, region in enumerate(source.regions):
        if region not in _REGIONS:
            yield file.problem(("regions", place), "unknown-region", value=region)
    if families and source.family not in {"auto", *families}:
        choices = ", ".join(("auto", *families))
        yield file.problem(("family",), "unknown-family", value=source.family, choices=choices)
    yield from _host_problems(file)
    yield from _start_problems(file)
    if source.licence.spdx and not _is_spdx(source.licence.spdx):
        yield file.problem(("licence", "spdx"), "unknown-spdx", value=source.licence.spdx)
    if source.enabled:
        if not (source.licence.spdx or source.licence.url):
            yield file.warning(("licence",), "no-licence")
        if not source.licence.attribution:
            yield file.warning(("licence",), "no-attribution")
        if source.crawl and not source.crawl.schedule and not source.demonstration:
            yield file.warning(("crawl",), "no-schedule")


def _host_problems(file: _File) -> Iterator[SourceProblem]:
    source = file.source
    for place, host in enumerate(source.hosts):
        if host_of(f"//{host}") is None or set(host) & set("/:@ "):
            yield file.problem(("hosts", place), "bad-host", value=host)
    addresses: list[tuple[Location, str]] = [(("home",), source.home)] if source.home else []
    if source.crawl:
        addresses += [(("crawl", "start", place, "url"), point.url) for place, point in enumerate(source.crawl.start)]
    known = {host_of(f"//{host}") for host in source.hosts}
    for location, url in addresses:
        if known and host_of(url) not in known:
            say = file.warning if location == ("home",) else file.problem
            yield say(location, "other-host", value=host_of(url), hosts=", ".join(source.hosts))


def _start_problems(file: _File) -> Iterator[SourceProblem]:
    if not (crawl := file.source.crawl):
        return
    for place, point in enumerate(crawl.start):
        here: Location = ("crawl", "start", place)
        url = normal_url(point.url) or point.url
        denied = next((pattern for pattern in crawl.deny if re.search(pattern, url)), None)
        if denied:
            yield file.problem((*here, "url"), "denied-start", value=denied)
        for name, selector in (("next", point.next), ("links", point.links)):
            if selector is not None and not _is_selector(selector):
                yield file.problem((*here, name), "bad-selector", value=selector)


def _is_spdx(code: str) -> bool:
    try:
        canonicalize_license_expression(code)
    except InvalidLicenseExpression:
        return False
    return True


def _is_selector(selector: str) -> bool:
    try:
        soupsieve.compile(selector)
    except (soupsieve.SelectorSyntaxError, NotImplementedError):
        return False
    return True


def _shared_hosts(files: Iterable[_File]) -> Iterator[SourceProblem]:
    owners: dict[str, str] = {}
    for file in files:
        for place, host in enumerate(file.source.hosts):
            owner = owners.setdefault(host.lower(), file.source.name)
            if owner != file.source.name:
                yield file.warning(("hosts", place), "shared-host", value=host, other=owner)
