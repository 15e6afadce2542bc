"""Files of the site made from the whole release: names, lists from A to Z, terms of reuse, ids that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any

from passerelle.publishing.files import OutFile, keyed
from passerelle.publishing.site.data import FOLDER
from passerelle.publishing.site.fixed import makers
from passerelle.publishing.site.names import Listed, Names
from passerelle.publishing.site.pages import HOME, ROOT
from passerelle.publishing.site.rendering import render
from passerelle.publishing.site.safe import script, web_link
from passerelle.publishing.site.words import day, words
from passerelle.publishing.view import View, plain
from schemas.base import LANGUAGES, Language
from schemas.release import Change
from schemas.wording import number

PAGE = 500
"""Names on a page of a list."""

_FOLDERS = {"initiative": "initiatives", "organization": "organizations"}


def site_files(view: View, names: Names | None = None) -> Iterator[OutFile]:
    """Yield every file of the site that is not a record's own, nor a list file.

    Args:
        view: the release.
        names: the names of its records, where they have been gathered already.
    """
    yield from (keyed(path, "fixed", make) for path, make in makers().items())
    release = {"number": view.number, "as_of": view.as_of.date().isoformat()}
    yield OutFile(f"{FOLDER}/release.js", [script("release", release)])
    names = names or Names.of(view)
    yield from names.files()
    for language in LANGUAGES:
        yield from _list("initiatives", "all-initiatives", names.listed_initiatives(language), language)
        yield from _list("organizations", "all-organizations", names.listed_organizations(language), language)
        yield OutFile(f"site/{language}/about.html", [_about(view, language)])
    yield from _gone(view.changes)


def _list(folder: str, title: str, names: list[Listed], language: Language) -> Iterator[OutFile]:
    """Yield the pages of a list, sorted from A to Z."""
    pages = [names[start : start + PAGE] for start in range(0, len(names), PAGE)] or [[]]
    firsts = [page[0][0][:12] if page else "" for page in pages]
    for place, page in enumerate(pages, 1):
        path = f"{folder}-{place}.html"
        told: dict[str, Any] = {"folder": folder, "names": page, "firsts": firsts, "page": place}
        told |= {"title": words("page", language)[title], "count": number(len(names), language)}
        make = partial(render, "list", language, path, root="../", **told)
        yield keyed(f"site/{language}/{path}", told, make, len(page))


def _about(view: View, language: Language) -> bytes:
    a = words("about", language)
    origins, notes = words("origin", language), words("origin-note", language)
    terms = [(a["whole"], view.licence), *view.terms.items()]
    return render(
        "about",
        language,
        "about.html",
        root="../",
        a=a,
        release=a["release"].format(number=view.number, date=day(view.as_of, language)),
        kinds=[(key, origins[key], notes[key]) for key in origins],
        terms=[
            {
                "of": name,
                "name": licence.name,
                "link": web_link(licence.url),
                "credit": licence.attribution and a["attribution"].format(who=licence.attribution),
            }
            for name, licence in terms
        ],
    )


def _gone(changes: Iterable[Change]) -> Iterator[OutFile]:
    """Yield a page for every id that was merged or withdrawn, so that a link once given never leads to nothing."""
    gone: dict[str, dict[str, Any]] = {}
    for told in plain(changes):
        gone.pop(told["id"], None)
        if told["type"] in _FOLDERS and told["change"] in {"merged", "withdrawn"}:
            gone[told["id"]] = told
    for change, language in product(map(Change.model_validate, gone.values()), LANGUAGES):
        place = f"{_FOLDERS[change.type]}/{change.id}.html"
        said: dict[str, Any] = {"id": change.id, "into": change.into, "date": day(change.at, language)}
        make = partial(render, "gone", language, place, root=ROOT, home=HOME, **said)
        yield keyed(f"site/{language}/{place}", said, make)
