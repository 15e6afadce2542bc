"""Templates to bytes: what every page of the site is given, and the rule that it runs the site's scripts only."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from passerelle.charting.templating import environment
from passerelle.publishing.site.words import other, words
from schemas.base import Language

POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; base-uri 'none'"
"""Nothing inline, nothing from elsewhere. ``file:`` is for browsers whose 'self' does not cover pages on a disk; a page
that came over HTTP cannot load from there anyway."""


def render(
    template: str, language: Language, place: str, *, root: str, home: str = "", twins: bool = True, **told: Any
) -> bytes:
    """Make a page.

    Args:
        template: name of the template.
        language: language of the page.
        place: the page's path below the folder of its language.
        root: way to the folder ``site/``, with a slash behind it; empty for the folder itself.
        home: way to the folder of the page's language, likewise.
        twins: whether the page exists in the other language at the same place.
        told: what else the template shows.
    """
    page = _environment().get_template(f"{template}.html")
    given = {
        "lang": language,
        "other": other(language),
        "place": place,
        "root": root,
        "home": home,
        "twins": twins,
        "policy": POLICY,
        "t": words("page", language),
        "origins": words("origin", language),
    }
    return page.render(given | told).encode("utf-8", errors="replace")


@cache
def _environment() -> Environment:
    return environment(Path(__file__).with_name("templates"))
