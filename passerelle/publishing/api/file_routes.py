"""Files of releases, byte for byte: ``/releases/NUMBER/…`` for ever, ``/latest/…`` of the one being served."""

from __future__ import annotations

import os
import stat
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.types import Message, Receive, Scope, Send

from passerelle.publishing.api.answers import FOR_EVER, SHORT, answer_with, digest, serving, unchanged, validators
from passerelle.publishing.api.description import answers, file_answers
from passerelle.publishing.api.opened import OpenRelease
from passerelle.publishing.api.problems import ProblemError, problem
from passerelle.publishing.api.release_routes import NoParameters, kept_release
from passerelle.publishing.files import media_type
from passerelle.publishing.folder import MANIFEST, pointer

router = APIRouter()
WHOLE = 1_000_000
"""Bytes up to which a file is read at once and known by its digest; a larger one is streamed as it is."""

FilePathParameter = Annotated[str, Path(description="Path of the file, as in the manifest.", examples=["index.json"])]


@router.get("/latest.json", tags=["files"], responses=answers("latest"))
def latest(request: Request, _none: NoParameters) -> Response:
    """Tell which release is being served: read it once, and stay under its `path`."""
    release = serving(request)
    return answer_with(request, pointer(release.folder), release)


@router.get("/latest/{path:path}", tags=["files"], responses=file_answers())
def latest_file(request: Request, path: FilePathParameter) -> Response:
    """Give a file of the release being served; `Passerelle-Release` tells its number. No path gives its manifest."""
    release = serving(request)
    return _file(request, release, release.folder, path, SHORT)


@router.get("/releases/{number}/{path:path}", tags=["files"], responses=file_answers())
def release_file(
    request: Request,
    number: Annotated[int, Path(ge=1, le=999_999_999, examples=[1])],
    path: FilePathParameter,
) -> Response:
    """Give a file of a release; it never changes, so keep it as long as you like. No path gives its manifest."""
    release = serving(request)
    kept_release(release, number)
    return _file(request, release, release.folder.parent / str(number), path, FOR_EVER)


def _file(request: Request, release: OpenRelease, folder: FilePath, path: str, cache: str) -> Response:
    place = _place(folder, path)
    if place == folder:
        place /= MANIFEST  # which lists all the others
    if place.is_dir() and (place / "index.html").is_file():
        if path and not path.endswith("/"):
            return RedirectResponse(f"{request.url.path}/", 308)
        place /= "index.html"
    try:
        about = place.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileNotFoundError
        body = place.read_bytes() if about.st_size <= WHOLE else None
    except OSError as error:
        raise ProblemError("not-found", f"Release {folder.name} has no file {path}.") from error
    kind = _media_type(place.relative_to(folder).as_posix())
    tag = _large_tag(about) if body is None else digest(body)
    headers = validators(tag, about.st_mtime, cache) | {"Passerelle-Release": folder.name, "Accept-Ranges": "bytes"}
    same = unchanged(request, headers)
    if same:
        return same
    if body is None or "range" in request.headers:
        return _Part(place, headers=headers, media_type=kind, stat_result=about)
    return Response(body, headers=headers, media_type=kind)


class _Part(FileResponse):
    """A file or a part of it; where it has no such part, a problem document instead of an empty text."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = False

        async def sending(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] in (400, 416):
                refused = True
            if not refused:
                await send(message)

        await super().__call__(scope, receive, sending)
        if refused:
            size = self.headers["content-length"]
            said = f"The file has {size} bytes."
            answer = problem("range-not-satisfiable", said, scope["path"], {"Content-Range": f"bytes */{size}"})
            await answer(scope, receive, send)


def _place(folder: FilePath, path: str) -> FilePath:
    """Give the place of a file below a folder.

    Raises:
        ProblemError: the path leads elsewhere.
    """
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or "\0" in part or "\\" in part for part in parts):
        raise ProblemError("not-found", f"Release {folder.name} has no file {path}.")
    return folder.joinpath(*parts)


def _large_tag(about: os.stat_result) -> str:
    """Give the tag of a file too large to digest at each request: a file of a release is never written again."""
    return f"{about.st_ino:x}-{about.st_mtime_ns:x}-{about.st_size:x}"


def _media_type(path: str) -> str:
    try:
        return media_type(path)
    except KeyError:
        return "application/octet-stream"
