"""Errors as RFC 9457 problem documents, each of a kind that is explained at ``/docs``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"

KINDS: dict[str, tuple[int, str, str]] = {
    "not-found": (404, "There is no such thing", "Check the id or the path; /openapi.json lists all paths."),
    "method-not-allowed": (405, "This API is read only", "Use GET or HEAD."),
    "withdrawn": (410, "The record was withdrawn", "Remove your copy; `reason` and `withdrawn_at` tell why and when."),
    "release-gone": (410, "This release is no longer kept", "Take one that /v1/releases lists."),
    "cursor-expired": (
        410,
        "The release that this cursor belongs to is no longer open",
        "Begin again without `cursor`; what you have is consistent with the release that its answers name, and"
        " /v1/changes?since=NUMBER tells what changed since.",
    ),
    "release-taken-back": (
        409,
        "The release you know is not being served any more",
        "It was taken back: load everything anew, then follow /v1/changes from the release now served.",
    ),
    "invalid-parameter": (422, "A parameter cannot be read", "`errors` names each, and what it may be."),
    "unknown-parameter": (422, "There is no such parameter", "`allowed` lists those of this path."),
    "range-not-satisfiable": (416, "The file has no such part", "`Content-Range` tells how many bytes it has."),
    "too-many-requests": (429, "Too many requests", "Wait as many seconds as Retry-After says."),
    "error": (500, "The server failed", "The fault is ours; try again later."),
    "release-damaged": (503, "This release is damaged", "Take another one that /v1/releases lists."),
    "no-release": (503, "Nothing is published yet", "Run `passerelle publish`; this server will take it up."),
}
"""Kind → status, title, what to do."""

_OF_STATUS = {status: kind for kind, (status, _, _) in reversed(KINDS.items())}


class ProblemError(Exception):
    """An answer that is a problem document."""

    def __init__(self, kind: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.headers, self.more = kind, detail, headers, more


class MovedError(Exception):
    """The record lives on under another id."""

    def __init__(self, into: str) -> None:
        super().__init__(into)
        self.into = into


def problem(kind: str, detail: str, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """Make a problem document."""
    status, title, advice = KINDS[kind]
    told = {"type": f"/docs#{kind}", "title": title, "status": status, "detail": f"{detail} {advice}".strip()}
    body = json.dumps({**told, "instance": path, **more}, ensure_ascii=False)
    return Response(body, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


async def moved(request: Request, error: MovedError) -> Response:
    """Lead on to the id that lives on, at the same kind of path with the same question."""
    url = request.url.replace(path=f"{request.url.path.rpartition('/')[0]}/{error.into}")
    place = url.path + (f"?{url.query}" if url.query else "")
    return Response(status_code=308, headers={"Location": place, "Cache-Control": "public, max-age=60"})


def add_handlers(app: FastAPI) -> None:
    """Let every error of an app be a problem document."""

    async def told(request: Request, error: ProblemError) -> Response:
        return problem(error.kind, error.detail, request.url.path, error.headers, **error.more)

    async def http(request: Request, error: HTTPException) -> Response:
        kind = _OF_STATUS.get(error.status_code, "error")
        said = HTTPStatus(KINDS[kind][0]).phrase
        return problem(kind, f"{said}: {request.method} {request.url.path}.", request.url.path, error.headers)

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return _invalid(request, error)

    async def bug(request: Request, _error: Exception) -> Response:
        return problem("error", "", request.url.path)

    app.add_exception_handler(MovedError, moved)  # type: ignore[arg-type]
    app.add_exception_handler(ProblemError, told)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, http)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, invalid)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, bug)


def _invalid(request: Request, error: RequestValidationError) -> Response:
    found = ((str(one["loc"][1]), one["msg"]) for one in error.errors() if len(one["loc"]) > 1)
    errors = [{"parameter": name, "detail": said.removeprefix("Value error, ")} for name, said in found]
    unknown = [str(one["loc"][1]) for one in error.errors() if one["type"] == "extra_forbidden"]
    if not unknown:
        said = "; ".join(f"{one['parameter']}: {one['detail']}" for one in errors)
        return problem("invalid-parameter", f"{said}.", request.url.path, errors=errors)
    allowed = allowed_parameters(request)
    names = ", ".join(sorted(set(unknown)))
    may = f"allowed here: {', '.join(allowed)}" if allowed else "this path takes none"
    return problem("unknown-parameter", f"{names}; {may}.", request.url.path, allowed=allowed)


async def once_each(request: Request) -> None:
    """Refuse a parameter of one value that is given twice: neither of them may be the one that was meant.

    Raises:
        ProblemError: there is one.
    """
    given = Counter(name for name, _ in request.query_params.multi_items())
    if given.total() == len(given):
        return
    single = (told["name"] for told in _described(request) if told["schema"].get("type") != "array")
    twice = [name for name in single if given[name] > 1]
    if twice:
        errors = [{"parameter": name, "detail": "takes one value; give it once"} for name in twice]
        said = "; ".join(f"{one['parameter']}: {one['detail']}" for one in errors)
        raise ProblemError("invalid-parameter", f"{said}.", errors=errors)


def allowed_parameters(request: Request) -> list[str]:
    """List the query parameters of the path that was asked for, as its description does."""
    return [told["name"] for told in _described(request)]


def _described(request: Request) -> list[dict[str, Any]]:
    path = getattr(request.scope.get("route"), "path", "")
    operation = request.app.openapi()["paths"].get(path, {}).get("get", {})
    return [told for told in operation.get("parameters", ()) if told["in"] == "query"]
