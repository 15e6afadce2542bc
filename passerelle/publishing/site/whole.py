"""Files of the site made from the whole release: names, lists from A to Z, terms of reuse, ids that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from passerelle.publishing.files import OutFile
from passerelle.publishing.site.data import fold, name_files
from passerelle.publishing.site.fixed import fixed_site_files
from passerelle.publishing.site.pages import HOME, ROOT
from passerelle.publishing.site.rendering import render
from passerelle.publishing.site.safe import one_line, web_link
from passerelle.publishing.site.texts import piece
from passerelle.publishing.site.words import day, number, words
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.release import Change

PAGE = 500
"""Names on a page of a list."""

_FOLDERS = {"initiative": "initiatives", "organization": "organizations"}


def site_files(view: View) -> Iterator[OutFile]:
    """Yield every file of the site that is not a record's own, nor a list file."""
    yield from (OutFile(path, [body]) for path, body in fixed_site_files().items())
    yield from name_files(view)
    for language in LANGUAGES:
        yield from _lists(view, language)
        yield OutFile(f"site/{language}/about.html", [_about(view, language)])
    yield from _gone(view.changes)


def _lists(view: View, language: Language) -> Iterator[OutFile]:
    names = []
    for record in view.initiatives:
        name = piece(record, "name", record.name, language)
        shown = (name.line, name.language) if name else (record.slug, language)
        names.append((fold(shown[0]), *shown, record.id))
    yield from _list("initiatives", "all-initiatives", names, language)
    called = [(fold(name), name, language, one.id) for one in view.organizations for name in [one_line(one.name)]]
    yield from _list("organizations", "all-organizations", called, language)


def _list(
    folder: str, title: str, names: list[tuple[str, str, Language, str]], language: Language
) -> Iterator[OutFile]:
    """Yield the pages of a list of folded name, name, its language and id."""
    names.sort()
    pages = [names[start : start + PAGE] for start in range(0, len(names), PAGE)] or [[]]
    firsts = [page[0][1][:12] if page else "" for page in pages]
    for place, page in enumerate(pages, 1):
        path = f"{folder}-{place}.html"
        body = render(
            "list",
            language,
            path,
            root="../",
            title=words("page", language)[title],
            count=number(len(names), language),
            folder=folder,
            names=page,
            firsts=firsts,
            page=place,
        )
        yield OutFile(f"site/{language}/{path}", [body], len(page))


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
    last: dict[str, Change] = {change.id: change for change in changes if change.type in _FOLDERS}
    for change in last.values():
        if change.change in {"merged", "withdrawn"}:
            for language in LANGUAGES:
                folder = _FOLDERS[change.type]
                place = f"{folder}/{change.id}.html"
                told: dict[str, Any] = {"id": change.id, "into": change.into, "date": day(change.at, language)}
                yield OutFile(
                    f"site/{language}/{place}", [render("gone", language, place, root=ROOT, home=HOME, **told)]
                )
