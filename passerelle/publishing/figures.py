"""The figures of a release: a row for each initiative, a line for each release, and the pages that draw them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from passerelle.charting.figures import HEAD, TEXTS, Figures, Milestone, Row, row_of, summed_kinds
from passerelle.charting.page import STYLE, Frame, dashboard
from passerelle.publishing.exports.spreadsheet import exact_line
from passerelle.publishing.files import ListFile, OutFile
from passerelle.publishing.folder import Release
from passerelle.publishing.site.rendering import render
from passerelle.publishing.site.words import label, words
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.records import Initiative
from schemas.release import Coverage
from schemas.wording import labels, number

ROWS, LINES = "exports/figures.csv", "exports/coverage.csv"
_HEAD = ("release", "as_of", "initiatives", *TEXTS)


def _row(record: Initiative) -> bytes:
    return exact_line(row_of(record).cells())


FIGURES_LIST: ListFile[Initiative] = ListFile(ROWS, _row, opening=exact_line(HEAD))
"""One row an initiative: what is filled, when its pages were seen, its texts by language and origin."""


def milestones_of(release: Release | None) -> list[Milestone]:
    """Give the line of each release up to this one, oldest first; where it has no such file, only its own."""
    if release is None:
        return []
    path = release.folder / LINES
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            return [_read(line) for line in csv.DictReader(lines)]
    told = release.manifest
    return [Milestone(told.version, told.as_of.date().isoformat(), told.counts.get("initiatives", 0), told.coverage)]


def figures_files(staging: Path, view: View, newest: Release | None) -> Iterator[OutFile]:
    """Yield the table of all releases, and the page of charts in both languages.

    Args:
        staging: the release being written; its ``ROWS`` stand already.
        view: what it says.
        newest: the release before it.
    """
    figures = summed_kinds(_kinds(staging / ROWS), view.as_of.date())
    day = view.as_of.date().isoformat()
    milestones = [*milestones_of(newest), Milestone(view.number, day, figures.initiatives, figures.coverage())]
    yield OutFile(LINES, [exact_line(_HEAD), *(exact_line(_cells(one)) for one in milestones)], len(milestones))
    yield OutFile("site/assets/charts.css", [STYLE.read_bytes()])
    for language in LANGUAGES:
        yield OutFile(f"site/{language}/figures.html", [_page(figures, milestones, view, language)])


def _kinds(table: Path) -> dict[Row, int]:
    """Count the rows of the table that say the same, whatever their id; only one of each is parsed."""
    with table.open("rb") as rows:
        next(rows)
        kinds = Counter(row[row.index(b",") :] for row in rows)
    parsed = csv.reader(row.decode() for row in kinds)
    return {Row.of_cells(cells): times for cells, times in zip(parsed, kinds.values(), strict=True)}


def _page(figures: Figures, milestones: list[Milestone], view: View, language: Language) -> bytes:
    frame = Frame(
        language=language,
        label=partial(label, language=language),
        number=partial(number, language=language),
        codes={name: tuple(labels(name, language)) for name in ("regions", "themes")},
    )
    body = dashboard(figures, milestones, view.as_of.date(), frame)
    title = words("page", language)["figures"]
    return render("figures", language, "figures.html", root="../", title=title, body=body)


def _cells(one: Milestone) -> list[str]:
    numbers = (getattr(one.coverage[name[:2]], name[3:]) for name in TEXTS)
    return list(map(str, (one.release, one.as_of, one.initiatives, *numbers)))


def _read(line: dict[str, str]) -> Milestone:
    coverage: dict[str, Coverage] = {
        language: Coverage.model_validate({name[3:]: line[name] for name in TEXTS if name.startswith(language)})
        for language in LANGUAGES
    }
    return Milestone(int(line["release"]), line["as_of"], int(line["initiatives"]), coverage)
