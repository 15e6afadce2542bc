"""Paths of releases, vocabularies and schemas."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Path, Query, Request, Response

from passerelle.publishing.api.answers import A_DAY, answer_with, serving, to_json
from passerelle.publishing.api.description import answers
from passerelle.publishing.api.opened import OpenRelease, last_number, manifest_head
from passerelle.publishing.api.parameters import Nothing
from passerelle.publishing.api.problems import ProblemError
from passerelle.publishing.api.rows import Json
from passerelle.publishing.folder import MANIFEST, PublishError, numbers, release_folder
from passerelle.publishing.withholding.kept import removed
from schemas.gazetteer import regions
from schemas.json_schema import BASE, file_name
from schemas.vocabulary import NAMES, vocabulary

router, at_home = APIRouter(prefix="/v1"), APIRouter()
SCHEMAS = urlsplit(BASE).path
"""Path below which schemas are at home: that of their ``$id``."""
SchemaName = Annotated[str, Path(description="Name of a schema.", examples=["initiative.schema.json"])]
SCHEMA_MEDIA_TYPE = "application/schema+json"
NoParameters = Annotated[Nothing, Query()]


@router.get("/releases", tags=["releases"], responses=answers("releases"))
def releases(request: Request, _none: NoParameters) -> Response:
    """List the releases that are kept, newest first; `serving` is the one that this API answers from.

    `damaged` are the numbers of those that cannot be read, if any.
    """
    release = serving(request)
    heads = _heads(release.folder.parents[1])
    told = {"serving": release.number, "items": [_summary(head) for head in heads.values() if head]}
    bad = [number for number, head in heads.items() if head is None]
    return answer_with(request, to_json({**told, "damaged": bad} if bad else told), release)


@router.get("/releases/{number}", tags=["releases"], responses=answers("release", missing=True))
def one_release(
    request: Request,
    number: Annotated[str, Path(pattern="^([1-9][0-9]{0,8}|latest)$", examples=["latest"])],
    _none: NoParameters,
) -> Response:
    """Tell what a release says of itself; its whole manifest is /releases/NUMBER/index.json."""
    release = serving(request)
    head = kept_release(release, release.number if number == "latest" else int(number))
    return answer_with(request, to_json(_summary(head)), release)


@router.get("/vocabularies", tags=["codes"], responses=answers("vocabularies"))
def vocabularies(request: Request, _none: NoParameters) -> Response:
    """List the controlled lists, with their codes and labels in both languages."""
    lists = [vocabulary_json(name) for name in (*NAMES, "regions")]
    return answer_with(request, to_json({"items": lists}), serving(request))


@router.get("/vocabularies/{name}", tags=["codes"], responses=answers("vocabulary", missing=True))
def one_vocabulary(
    request: Request,
    name: Annotated[str, Path(description=f"One of: {', '.join((*NAMES, 'regions'))}.", examples=["themes"])],
    _none: NoParameters,
) -> Response:
    """Give one controlled list."""
    if name not in (*NAMES, "regions"):
        said = f"There is no vocabulary {name}; there are: {', '.join((*NAMES, 'regions'))}."
        raise ProblemError("not-found", said)
    return answer_with(request, to_json(vocabulary_json(name)), serving(request))


@router.get("/schema", tags=["codes"], responses=answers("schemas"))
def schemas(request: Request, _none: NoParameters) -> Response:
    """List the JSON Schemas of what a release holds."""
    release = serving(request)
    names = sorted(path.name.removesuffix(".schema.json") for path in (release.folder / "schema").glob("*.schema.json"))
    items = [{"name": name, "url": f"/v1/schema/{file_name(name)}"} for name in names]
    return answer_with(request, to_json({"items": items}), release)


@router.get("/schema/{name}", tags=["codes"], responses=answers("schema", SCHEMA_MEDIA_TYPE, missing=True))
def schema(request: Request, name: SchemaName, _none: NoParameters) -> Response:
    """Give a JSON Schema."""
    release = serving(request)
    return answer_with(request, _schema(release, name), release, SCHEMA_MEDIA_TYPE)


@at_home.get(f"{SCHEMAS}{{name}}", tags=["codes"], responses=answers("schema", SCHEMA_MEDIA_TYPE, missing=True))
def schema_by_id(request: Request, name: SchemaName, _none: NoParameters) -> Response:
    """Give a JSON Schema under the path of its `$id`; within schema 1 it may gain fields, so ask again with its tag."""
    release = serving(request)
    return answer_with(request, _schema(release, name), release, SCHEMA_MEDIA_TYPE, cache=A_DAY)


def _schema(release: OpenRelease, name: str) -> bytes:
    stem = name.removesuffix(".schema.json")
    path = release.folder / "schema" / file_name(stem)
    if not stem.replace("-", "").isalpha() or not path.is_file():
        raise ProblemError("not-found", f"There is no schema {name}.")
    return path.read_bytes()


def kept_release(release: OpenRelease, number: int) -> Json:
    """Give the head of the manifest of a release that is kept.

    Raises:
        ProblemError: it is not there, or cannot be read.
    """
    place = release.folder.parent / str(number)
    try:
        return _head(place, (place / MANIFEST).stat().st_mtime_ns)
    except (OSError, PublishError) as error:
        if place.is_dir():
            raise ProblemError(
                "release-damaged", f"Release {number} cannot be read.", serving=release.number
            ) from error
        raise _missing(release, number) from error


def _missing(release: OpenRelease, number: int) -> ProblemError:
    """Say why a release is not there: a number is never used twice, so a lower one was there once."""
    curated = release.folder.parents[1]
    gone = next((told for told in removed(curated) if told["release"] == number), None)
    if gone:
        said = f"Release {number} held what was withdrawn since, and was removed on {gone['at'][:10]}."
        return ProblemError("release-gone", said, serving=release.number, removed_at=gone["at"])
    if number < last_number(release):
        return ProblemError("release-gone", f"Release {number} is not kept.", serving=release.number)
    return ProblemError("not-found", f"There is no release {number}.", serving=release.number)


@cache
def vocabulary_json(name: str) -> Json:
    """Give a vocabulary, or the regions, as published: codes and labels, without the words that pages use."""
    if name == "regions":
        terms = [{"code": region.code, "label": region.name.model_dump(), "note": None} for region in regions()]
        return {
            "name": name,
            "title": {"fr": "Régions administratives", "en": "Administrative regions"},
            "terms": terms,
        }
    known = vocabulary(name)
    return known.model_dump(exclude={"terms": {"__all__": {"synonyms"}}})


def _heads(curated: FilePath) -> dict[int, Json | None]:
    """Give the releases that are kept, newest first; none for one that cannot be read."""
    return {number: _head_if_sound(release_folder(curated, number)) for number in reversed(numbers(curated))}


def _head_if_sound(folder: FilePath) -> Json | None:
    try:
        return _head(folder, (folder / MANIFEST).stat().st_mtime_ns)
    except (OSError, PublishError):
        return None


@lru_cache(maxsize=256)
def _head(folder: FilePath, _written: int) -> Json:
    return manifest_head(folder)


def _summary(head: Json) -> Json:
    number = head["version"]
    return {"number": number, **head, "manifest": f"/releases/{number}/{MANIFEST}"}
