"""Charts as SVG that a page holds: patterns instead of colours, in the colour of the text, without style attributes.

Every mark has its number beside it or in it, and the chart says in ``<title>`` what it shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from schemas.records import Origin

TILES: Mapping[str, tuple[int, int]] = {
    "10": (2, 0),
    "09": (5, 0),
    "08": (0, 1),
    "04": (2, 1),
    "02": (3, 1),
    "03": (4, 1),
    "01": (5, 1),
    "11": (6, 1),
    "07": (0, 2),
    "15": (1, 2),
    "14": (2, 2),
    "17": (3, 2),
    "12": (4, 2),
    "13": (1, 3),
    "06": (2, 3),
    "16": (3, 3),
    "05": (4, 3),
}
"""Column and line of each region's tile, about where the region lies; as on the search page of a release."""
_TILE, _GAP = 84, 6
STEPS = 4
"""Densities of a tile that is not empty."""

_PATTERNS: dict[Origin, str] = {
    "source": '<rect width="8" height="8" fill="currentColor"/>',
    "human": '<path d="M0 2h8M0 6h8" stroke="currentColor" stroke-width="2"/>',
    "memory": '<path d="M2 0v8M6 0v8" stroke="currentColor" stroke-width="1.2"/>',
    "machine": '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="currentColor" stroke-width="1.4"/>',
    "pending": '<circle cx="4" cy="4" r="1" fill="currentColor"/>',
}
_DOTS = (0.0, 1.0, 1.6, 2.3, 3.1)
"""Radius of the dots of each density."""


def patterns() -> Markup:
    """Give the patterns of all charts, to stand once on a page, before them."""
    made = [_pattern(f"origin-{origin}", mark) for origin, mark in _PATTERNS.items()]
    made += [
        _pattern(f"dots-{step}", f'<circle cx="4" cy="4" r="{_DOTS[step]}" fill="currentColor"/>')
        for step in range(1, STEPS + 1)
    ]
    return Markup(
        '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>{}</defs></svg>'
    ).format(Markup("").join(made))


def swatch(origin: Origin) -> Markup:
    """Give the sign of an origin, for a legend."""
    box = _mark(origin, 1, 1, 26, 14)
    return Markup('<svg class="swatch" viewBox="0 0 28 16" width="28" height="16" aria-hidden="true">{}</svg>').format(
        box
    )


def bar(value: int, most: int) -> Markup:
    """Give a bar for one line of a table, where the number stands already."""
    width = 100 * value / most if most else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" width="100" height="10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect x=".5" y=".5" width="99" height="9" fill="none" stroke="currentColor" stroke-opacity=".35"/>'
        '<rect width="{:.2f}" height="10" fill="currentColor"/></svg>'
    ).format(width)


def stack(parts: Mapping[Origin, int]) -> Markup:
    """Give a bar of the shares of each origin, for one line of a table, where the numbers stand already."""
    total, at, made = sum(parts.values()) or 1, 0.0, []
    for origin, number in parts.items():
        width = 400 * number / total
        made += [_mark(origin, at, 0.5, width, 19)] if number else []
        at += width
    return Markup('<svg class="stack" viewBox="0 0 400 20" width="400" height="20" aria-hidden="true">{}</svg>').format(
        Markup("").join(made)
    )


def tile_grid(numbers: Mapping[str, int], names: Mapping[str, str], title: str, links: Mapping[str, str]) -> Markup:
    """Draw the 17 regions as tiles about where they lie, each with its number; the denser its dots, the more.

    Args:
        numbers: region → number.
        names: region → its name, which also orders the tiles for who reads by ear.
        title: what the chart shows.
        links: region → address of its list, where there is one.
    """
    most = max((numbers.get(code, 0) for code in TILES), default=0)
    made = [_tile(code, numbers.get(code, 0), most, names.get(code, code), links.get(code)) for code in sorted(TILES)]
    wide, high = (7 * (_TILE + _GAP) - _GAP), (4 * (_TILE + _GAP) - _GAP)
    return Markup('<svg class="tile-map" viewBox="0 0 {} {}" role="{}" aria-label="{}">{}</svg>').format(
        wide, high, "group" if links else "img", title, Markup("").join(made)
    )


def step_of(number: int, most: int) -> int:
    """Give the density for a number: 0 for none, then 1 to ``STEPS``."""
    return 0 if not number or not most else min(STEPS, 1 + (number - 1) * STEPS // most)


def columns(parts: Sequence[tuple[str, Mapping[Origin, int]]], title: str) -> Markup:
    """Draw stacked columns, one a release: its label below, the shares of each origin in it."""
    wide = max(1, len(parts)) * 44
    made = []
    for place, (label, shares) in enumerate(parts):
        total, at = sum(shares.values()) or 1, 160.0
        for origin, number in shares.items():
            high = 150 * number / total
            at -= high
            made += [_mark(origin, place * 44 + 8, at, 28, high)] if number else []
        made.append(_text(place * 44 + 22, 176, label, 12))
    return Markup(
        '<svg class="columns-chart" viewBox="0 0 {} 184" width="{}" height="184" role="img" aria-label="{}">{}</svg>'
    ).format(wide, wide, title, Markup("").join(made))


def _mark(origin: Origin, x: float, y: float, width: float, height: float) -> Markup:
    return Markup(
        '<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" fill="url(#origin-{})" stroke="currentColor"/>'
    ).format(x, y, width, height, origin)


def _tile(code: str, number: int, most: int, name: str, link: str | None) -> Markup:
    column, line = TILES[code]
    x, y = column * (_TILE + _GAP), line * (_TILE + _GAP)
    step = step_of(number, most)
    fill = f"url(#dots-{step})" if step else "none"
    box = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="6" fill="{}" stroke="currentColor"/>').format(
        x + 1, y + 1, _TILE - 2, _TILE - 2, fill
    )
    plate = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="4" fill="Canvas"/>').format(
        x + 10, y + 12, _TILE - 20, _TILE - 24
    )
    words = _text(x + _TILE // 2, y + 34, code, 20) + _text(x + _TILE // 2, y + 64, str(number), 30)
    title = Markup("<title>{}</title>").format(f"{name} ({code}): {number}")
    drawn = Markup("{}{}{}{}").format(title, box, plate, words)
    if link is None:
        return Markup("<g>{}</g>").format(drawn)
    return Markup('<a href="{}" aria-label="{}">{}</a>').format(link, f"{name}: {number}", drawn)


def _text(x: int, y: int, words: str, size: int) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="middle" font-size="{}" fill="currentColor">{}</text>').format(
        x, y, size, words
    )


def _pattern(name: str, mark: str) -> Markup:
    # The mark is one of ours, so it is markup already.
    return Markup('<pattern id="{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>').format(
        name,
        Markup(mark),  # noqa: S704
    )
