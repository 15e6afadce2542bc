"""Files of the site made from the whole release: names, lists from A to Z, terms of reuse, ids that are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import Any

from passerelle.publishing.changes import last_ends
from passerelle.publishing.files import OutFile, Pieces, keyed, plain_digest
from passerelle.publishing.site.data import FOLDER
from passerelle.publishing.site.fixed import makers
from passerelle.publishing.site.names import Listed, Names
from passerelle.publishing.site.pages import HOME, ROOT
from passerelle.publishing.site.rendering import render
from passerelle.publishing.site.safe import script, web_link
from passerelle.publishing.site.words import day, words
from passerelle.publishing.view import View, json_lines
from schemas.base import LANGUAGES, Language
from schemas.release import Change
from schemas.wording import number

PAGE = 500
"""Names on a page of a list."""

_FOLDERS = {"initiative": "initiatives", "organization": "organizations"}


def site_files(view: View, names: Names | None = None, pieces: Pieces | None = None) -> Iterator[OutFile]:
    """Yield every file of the site that is not a record's own, nor a list file.

    Args:
        view: the release.
        names: the names of its records, where they can be had more quickly.
        pieces: those of the release before.
    """
    pieces = pieces or Pieces()
    yield from (keyed(path, "fixed", make) for path, make in makers().items())
    release = {"number": view.number, "as_of": view.as_of.date().isoformat()}
    yield OutFile(f"{FOLDER}/release.js", [script("release", release)])
    names = names or Names.of(view)
    yield from names.files(pieces)
    for language in LANGUAGES:
        initiatives = _List("initiatives", language, partial(names.listed_initiatives, language))
        yield from initiatives.files(names.digest("initiative"), pieces)
        organizations = _List("organizations", language, partial(names.listed_organizations, language))
        yield from organizations.files(names.digest("organization"), pieces)
        yield OutFile(f"site/{language}/about.html", [_about(view, language)])
    yield from _gone(view.changes)


@dataclass(frozen=True)
class _List:
    """The pages of a list, sorted from A to Z, put together only where one of them is to be made."""

    folder: str
    language: Language
    listed: Callable[[], list[Listed]]

    def files(self, digest: str, pieces: Pieces) -> Iterator[OutFile]:
        """Yield its pages; ``digest`` tells what names are in it."""
        pages = pieces.piece(("list", self.folder, self.language, digest), self._outline)
        for place, (made_from, count) in enumerate(pages, 1):
            yield keyed(f"site/{self.language}/{self._path(place)}", made_from, partial(self._render, place), count)

    def _outline(self) -> list[Any]:
        return [[plain_digest(told), len(told["names"])] for told in self._pages]

    def _render(self, place: int) -> bytes:
        return render("list", self.language, self._path(place), root="../", **self._pages[place - 1])

    def _path(self, place: int) -> str:
        return f"{self.folder}-{place}.html"

    @cached_property
    def _pages(self) -> list[dict[str, Any]]:
        names, title = self.listed(), words("page", self.language)[f"all-{self.folder}"]
        pages = [names[start : start + PAGE] for start in range(0, len(names), PAGE)] or [[]]
        firsts = [page[0][0][:12] if page else "" for page in pages]
        common = {"folder": self.folder, "firsts": firsts, "title": title, "count": number(len(names), self.language)}
        return [{**common, "names": page, "page": place} for place, page in enumerate(pages, 1)]


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
    gone = (told for told in last_ends(json_lines(changes)).values() if told["type"] in _FOLDERS)
    for change, language in product(map(Change.model_validate, gone), LANGUAGES):
        place = f"{_FOLDERS[change.type]}/{change.id}.html"
        said: dict[str, Any] = {"id": change.id, "into": change.into, "date": day(change.at, language)}
        make = partial(render, "gone", language, place, root=ROOT, home=HOME, **said)
        yield keyed(f"site/{language}/{place}", said, make)
