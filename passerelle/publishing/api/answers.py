"""Answers that clients may keep: a strong ETag, Last-Modified, and 304 where nothing changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from email.utils import formatdate
from hashlib import sha256

from fastapi import Request, Response

from passerelle.publishing.api.opened import OpenRelease
from passerelle.publishing.api.problems import ProblemError

VERSION = 1
"""Raised by one when the same question to the same release is answered otherwise."""
SHORT = "public, max-age=60"
"""For what the next release may change."""
A_DAY = "public, max-age=86400"
"""For what changes with a version of the software."""
FOR_EVER = "public, max-age=31536000, immutable"
"""For what never changes: a numbered release."""

ENCODINGS = ("br", "gzip")


def serving(request: Request) -> OpenRelease:
    """Give the release that this request holds.

    Raises:
        ProblemError: nothing is published yet.
    """
    release = request.scope.get("release")
    if not isinstance(release, OpenRelease):
        raise ProblemError("no-release", "", {"Retry-After": "60"})
    return release


def answer_to(request: Request, release: OpenRelease, make: Callable[[], bytes]) -> Response:
    """Answer what depends on the release and the question alone; where the client has it, nothing is made."""
    headers = _question_headers(request, release)
    return unchanged(request, headers) or Response(make(), headers=headers, media_type="application/json")


def known_already(request: Request, release: OpenRelease) -> Response | None:
    """Give a 304 where the client has what ``answer_to`` would give; its tag says that the question was a good one."""
    known = request.headers.get("if-none-match", "*")
    return None if "*" in known else unchanged(request, _question_headers(request, release))


def answer_with(
    request: Request,
    body: bytes,
    release: OpenRelease,
    media_type: str = "application/json",
    *,
    cache: str = SHORT,
) -> Response:
    """Answer with bytes whose own digest is the ETag, so that they stay known from one release to the next."""
    headers = validators(digest(body), release.written, cache, release=release)
    return unchanged(request, headers) or Response(body, headers=headers, media_type=media_type)


def digest(body: bytes) -> str:
    """Give the digest of an answer, as its ETag has it."""
    return sha256(body).hexdigest()[:32]


def validators(tag: str, modified: float, cache: str = SHORT, *, release: OpenRelease | None = None) -> dict[str, str]:
    """Give the headers by which a client asks again."""
    number = {"Passerelle-Release": str(release.number)} if release else {}
    return {
        "ETag": f'"{tag}"',
        "Last-Modified": formatdate(modified, usegmt=True),
        "Cache-Control": cache,
        "Vary": "Accept-Encoding",
        **number,
    }


def unchanged(request: Request, headers: Mapping[str, str]) -> Response | None:
    """Give a 304 where the client has this very answer.

    A date counts only if it is the same: an earlier release that is served again has an earlier one.
    """
    known = request.headers.get("if-none-match")
    if known is None:
        return Response(status_code=304, headers=dict(headers)) if _same_date(request, headers) else None
    for one in known.split(","):
        tag = one.strip().removeprefix("W/")
        if tag == "*" or _plain(tag) == headers["ETag"]:
            return Response(status_code=304, headers={**headers, "ETag": headers["ETag"] if tag == "*" else tag})
    return None


def encoded_tag(tag: str, encoding: str) -> str:
    """Give the ETag of a compressed answer: other bytes, another strong tag."""
    return f'{tag[:-1]}-{encoding}"'


def to_json(value: object) -> bytes:
    """Write JSON as an answer has it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _question_headers(request: Request, release: OpenRelease) -> dict[str, str]:
    question = f"{VERSION} {release.tag} {request.url.path}?{request.url.query}"
    return validators(digest(question.encode()), release.written, release=release)


def _plain(tag: str) -> str:
    for encoding in ENCODINGS:
        if tag.endswith(f'-{encoding}"'):
            return f'{tag.removesuffix(f"-{encoding}" + chr(34))}"'
    return tag


def _same_date(request: Request, headers: Mapping[str, str]) -> bool:
    return request.headers.get("if-modified-since") == headers["Last-Modified"]
