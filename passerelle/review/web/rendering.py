"""Templates to answers: what every page of the desk is given."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from markupsafe import Markup

from passerelle.charting.templating import environment
from passerelle.review.web.people import Person
from passerelle.review.web.words import has_words, label, moment, translator
from schemas.base import LANGUAGES, Language
from schemas.wording import labels, number

STATIC = Path(__file__).with_name("static")
LANGUAGE_COOKIE = "passerelle_lang"
CSRF_FIELD = "csrf"
"""Name of the hidden field; htmx sends the same token in the header X-CSRF-Token."""
_YEAR = 31_536_000


def language_of(request: Request) -> Language:
    """Choose the language of a page: ``?lang=``, then the cookie, then what the browser asks for, then French."""
    said = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    chosen = next((language for one in said for language in LANGUAGES if one == language), None)
    return chosen or _accepted(request.headers.get("accept-language", ""))


def render(
    request: Request, template: str, status: int = 200, headers: dict[str, str] | None = None, **told: Any
) -> HTMLResponse:
    """Answer with a template.

    Every template has: ``lang``, ``other``, ``t(key, …)``, ``label(list, code)``, ``labels(list)``, ``number(n)``,
    ``moment(at)``, ``person``, ``path``, ``csrf()`` for forms, ``static(name)``, ``switch`` (this page in the other
    language), ``partial`` (htmx asked for a part of a page) and ``menu``.
    """
    language = language_of(request)
    text = _environment().get_template(template).render(_given(request, language) | told)
    answer = HTMLResponse(text.encode("utf-8", errors="replace"), status, headers)
    answer.headers["Vary"] = "Cookie, Accept-Language, HX-Request"
    answer.headers.setdefault("Cache-Control", "no-store")
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="lax", httponly=True)
    return answer


def wants_part(request: Request) -> bool:
    """Tell whether htmx asked, and so wants a part of the page instead of a redirection."""
    return request.headers.get("hx-request") == "true"


@cache
def static(name: str) -> str:
    """Give the address of a file in ``static/``, which changes when the file does."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _given(request: Request, language: Language) -> dict[str, Any]:
    from passerelle.review.web.navigation import MENU  # noqa: PLC0415 - the menu knows the routes, which render

    visitor = getattr(request.state, "visitor", None)  # none yet where the guard refuses a stranger
    person: Person | None = visitor.person if visitor else None
    other: Language = "en" if language == "fr" else "fr"
    token = visitor.form_token if visitor else ""
    done = request.query_params.get("done", "")
    return {
        "lang": language,
        "other": other,
        "t": translator(language),
        "label": lambda name, code: label(name, code, language),
        "labels": lambda name: labels(name, language),
        "number": lambda value: number(value, language),
        "moment": lambda value: moment(value, language),
        "person": person,
        "alone": bool(visitor and visitor.alone),
        "path": request.url.path,
        "here": f"{request.url.path}?{request.url.query}" if request.method == "GET" else request.url.path,
        "request_done": done if has_words(f"done.{done}") else "",
        "csrf": lambda: Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, token),
        "hx_headers": json.dumps({"X-CSRF-Token": token}),
        "static": static,
        "switch": _switch(request, other),
        "partial": wants_part(request),
        "menu": [entry for entry in MENU if person and person.may(entry.role)],
    }


def _switch(request: Request, other: Language) -> str:
    """Give the address of this page in the other language; of the page a form stands on, where this is its answer."""
    url = request.url.include_query_params(lang=other) if request.method == "GET" else request.url.replace(path="/")
    return f"{url.path}?{url.query or f'lang={other}'}"


def _accepted(header: str) -> Language:
    """Give the first of our languages that the header names, by its weights."""
    wanted = []
    for place, part in enumerate(header.split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, name[:2].lower()))
        except ValueError:
            continue
    return next((language for _, _, name in sorted(wanted) for language in LANGUAGES if name == language), "fr")


def load_templates() -> None:
    """Compile every template, and the words and addresses that they show."""
    for name in _environment().list_templates(extensions=("html",)):
        _environment().get_template(name)
    for language in LANGUAGES:
        translator(language)("title")
    for path in STATIC.rglob("*.*"):
        static(path.relative_to(STATIC).as_posix())


@cache
def _environment() -> Environment:
    return environment(Path(__file__).with_name("templates"))
