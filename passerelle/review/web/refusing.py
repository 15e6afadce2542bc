"""One answer to what cannot be done: a whole page with the way back and what was typed, or a sentence for htmx."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

from passerelle.review.web.rendering import language_of, render, wants_part
from passerelle.review.web.security.hosts import local_path
from passerelle.review.web.words import translator

Pairs = tuple[tuple[str, str], ...]

_MACHINE = frozenset(
    {
        "csrf",
        "act",
        "action",
        "before",
        "chosen",
        "decision",
        "do",
        "judged",
        "key",
        "lang",
        "next",
        "path",
        "plan",
        "remove",
    }
    | {"part", "then", "version"}
    | {"age", "language", "region", "sort", "source", "status", "theme", "type"}
)
"""Fields that pages fill in, the queue's filter among them; ``version:RECORD`` and ``name:RECORD`` are such too."""


def refuse(
    request: Request,
    status: int,
    key: str,
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    *,
    values: Mapping[str, object] | None = None,
    fields: Iterable[tuple[str, Any]] = (),
    sign_in: bool = False,
) -> Response:
    """Say that something cannot be done, and why.

    Args:
        request: what was asked.
        status: of the answer.
        key: of the words that say why.
        detail: more of it, in whatever language.
        headers: of the answer.
        values: for these words.
        fields: the form, where it may be shown again.
        sign_in: whether the person has to sign in again, and may then send the same form.
    """
    said = translator(language_of(request))(key, **(values or {}))
    if wants_part(request):
        # In ASCII, as headers are; the page stays as it is, with what was typed in it.
        told = {"HX-Reswap": "none", "HX-Trigger": json.dumps({"refused": said})}
        return PlainTextResponse(said, status, {**(headers or {}), **told})
    pairs = tuple((name, value) for name, value in fields if isinstance(value, str))
    return render(
        request,
        "error.html",
        status,
        dict(headers or {}),
        said=said,
        detail=detail,
        typed=typed_by_a_person(pairs),
        back=_back(request),
        again=pairs if sign_in else (),
        action=f"{request.url.path}?{request.url.query}".rstrip("?"),
        sign_in=sign_in,
    )


def typed_by_a_person(pairs: Pairs) -> tuple[str, ...]:
    """Give the texts of a form that somebody typed or chose, without what the page put there itself."""
    typed = (value for name, value in pairs if value.strip() and ":" not in name and name not in _MACHINE)
    return tuple(dict.fromkeys(typed))


def _back(request: Request) -> str:
    """Give the page that a person came from; of a form's answer, the record that it was about."""
    came = urlsplit(request.headers.get("referer", ""))
    path = request.url.path
    if came.netloc == request.headers.get("host") and came.path != path:
        return local_path(f"{came.path}?{came.query}".rstrip("?"), "")
    steps = path.split("/")
    return "/".join(steps[:3]) if steps[1] == "records" and len(steps) > 3 else ""
