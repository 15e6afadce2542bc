"""The dashboard as a piece of a page: the desk and the pages of a release put their own frame around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from passerelle.charting import svg
from passerelle.charting.figures import AGES, ORIGINS, UNKNOWN, Figures, Milestone
from passerelle.charting.templating import environment
from schemas.base import LANGUAGES, Language
from schemas.beside import yaml_beside
from schemas.completeness import KEY_FIELDS
from schemas.records import Origin
from schemas.release import Coverage
from schemas.wording import NO_BREAK

STYLE = Path(__file__).with_name("charts.css")
SHOWN = 24
"""Releases in the chart over time, the newest ones."""


@dataclass(frozen=True)
class Frame:
    """What the page around the charts knows: its language, labels, how it writes numbers, and where lists are."""

    language: Language
    label: Callable[[str, str], str]
    """``label(vocabulary, code)``."""
    number: Callable[[int], str]
    codes: Mapping[str, Sequence[str]]
    """Codes of ``themes`` and ``regions`` in their order."""
    link: Callable[[str, str], str] | None = None
    """``link(filter, code)`` leads to the list of what is counted; ``region``, ``theme`` or ``source``."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Names of sources, where there are better ones than their own."""


class Line(NamedTuple):
    """A line of a table with a bar."""

    label: str
    shown: str
    bar: Markup
    link: str | None = None


class OriginsLine(NamedTuple):
    """A line of a table of origins."""

    heads: tuple[str, ...]
    numbers: tuple[str, ...]
    bar: Markup


@cache
def words(language: Language) -> dict[str, str]:
    """Give the words of the charts in one language."""
    read = yaml_beside(Path(__file__).with_name("words.yml"))
    return {key: both[language] for key, both in read.items()}


def dashboard(figures: Figures, milestones: Sequence[Milestone], today: date, frame: Frame) -> Markup:
    """Draw the dashboard; it has headings of the second level.

    Args:
        figures: the sums.
        milestones: releases, oldest first; the last ones are drawn.
        today: the day that ages are counted up to.
        frame: the page around it.
    """
    w, n, whole = words(frame.language), frame.number, figures.initiatives
    parts: dict[str, Any] = {
        "w": w,
        "patterns": svg.patterns(),
        "swatches": {origin: svg.swatch(origin) for origin in ORIGINS},
        "origins": ORIGINS,
        "lead": w["lead"].format(n=n(whole)),
        "headline": _headline(figures, w, n),
        "map": _map(figures, w, frame),
        "regions": _coded(figures.regions, "regions", "region", w["no-region"], frame),
        "themes": _coded(figures.themes, "themes", "theme", w["no-theme"], frame),
        "sources": _sources(figures, w, frame),
        "texts": [
            OriginsLine((w[language],), _numbers(coverage, n), svg.stack(_parts(coverage)))
            for language, coverage in figures.coverage().items()
        ],
        "times": _times(milestones[-SHOWN:], w),
        "milestones": _milestones(milestones[-SHOWN:], w, n),
        "fields": _lines(((w[f"field-{name}"], figures.fields[name], None) for name in KEY_FIELDS), frame, whole),
        "complete": _lines(
            ((str(count), figures.complete[count], None) for count in range(len(KEY_FIELDS), -1, -1)), frame, whole
        ),
        "filled_count": w["filled-count"].format(of=len(KEY_FIELDS)),
        "ages": _lines(
            ((w[f"age-{place}"], figures.ages[place], None) for place in range(len(AGES) + 1)), frame, whole
        ),
        "ages_note": w["ages-note"].format(day=today.isoformat()),
    }
    return Markup(_environment().get_template("dashboard.html").render(parts))  # noqa: S704 - escaped by the template


def _headline(figures: Figures, w: Mapping[str, str], n: Callable[[int], str]) -> list[tuple[str, str]]:
    told = [(w["initiatives"], n(figures.initiatives)), (w["approved"], n(figures.review["approved"]))]
    return told + [(w[f"whole-{language}"], n(figures.whole[language])) for language in LANGUAGES]


def _map(figures: Figures, w: Mapping[str, str], frame: Frame) -> Markup:
    names = {code: frame.label("regions", code) for code in svg.TILES}
    links = {code: frame.link("region", code) for code in svg.TILES} if frame.link else {}
    return svg.tile_grid(figures.regions, names, w["regions"], links)


def _coded(counts: Mapping[str, int], name: str, filtered: str, missing: str, frame: Frame) -> list[Line]:
    """Give the lines of a vocabulary, those with nothing too: a gap is part of the picture."""
    codes = [*frame.codes[name], *sorted(code for code in counts if code and code not in frame.codes[name])]
    told = [
        (frame.label(name, code), counts.get(code, 0), frame.link(filtered, code) if frame.link else None)
        for code in codes
    ]
    if name != "regions":  # the regions stay in the order of their codes
        told.sort(key=lambda one: -one[1])
    told += [(missing, counts[""], None)] if counts.get("") else []
    return _lines(told, frame)


def _sources(figures: Figures, w: Mapping[str, str], frame: Frame) -> list[Line]:
    def named(name: str) -> str:
        return w["no-source"] if name == UNKNOWN else frame.sources.get(name, name)

    counts = sorted(figures.sources.items(), key=lambda one: (-one[1], one[0]))
    known = frame.link
    told = (
        (named(name), count, known("source", name) if known and name != UNKNOWN else None) for name, count in counts
    )
    return _lines(told, frame)


def _lines(told: Iterable[tuple[str, int, str | None]], frame: Frame, whole: int | None = None) -> list[Line]:
    """Give lines with bars, of the largest number or of the whole, whose percentage then stands beside the number."""
    lines = list(told)
    most = max((count for _, count, _ in lines), default=0) if whole is None else whole
    return [Line(label, _shown(count, whole, frame), svg.bar(count, most), link) for label, count, link in lines]


def _shown(count: int, whole: int | None, frame: Frame) -> str:
    number = frame.number(count)
    return number if whole is None else f"{number} ({_percent(count, whole, frame.language)})"


def _percent(count: int, whole: int, language: Language) -> str:
    return f"{round(100 * count / whole) if whole else 0}{NO_BREAK if language == 'fr' else ''}%"


def _parts(coverage: Coverage) -> dict[Origin, int]:
    return {origin: getattr(coverage, origin) for origin in ORIGINS}


def _numbers(coverage: Coverage, n: Callable[[int], str]) -> tuple[str, ...]:
    return tuple(map(n, _parts(coverage).values()))


def _times(milestones: Sequence[Milestone], w: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "language": w[language],
            "svg": svg.columns(
                [(str(one.release), _parts(one.coverage[language])) for one in milestones],
                f"{w['time']}, {w[language]}",
            ),
        }
        for language in LANGUAGES
        if milestones
    ]


def _milestones(milestones: Sequence[Milestone], w: Mapping[str, str], n: Callable[[int], str]) -> list[OriginsLine]:
    return [
        OriginsLine((str(one.release), one.as_of, w[language]), _numbers(one.coverage[language], n), Markup(""))
        for one in milestones
        for language in LANGUAGES
    ]


@cache
def _environment() -> Environment:
    return environment(Path(__file__).with_name("templates"))
