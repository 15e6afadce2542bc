"""What the dashboard counts of each initiative, as one row of a table, and the sums over all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import NamedTuple, get_args

from schemas.base import LANGUAGES
from schemas.completeness import KEY_FIELDS, filled
from schemas.paths import language_maps
from schemas.records import Initiative, Origin
from schemas.release import Coverage

ORIGINS: tuple[Origin, ...] = get_args(Origin)
TEXTS = tuple(f"{language}_{origin}" for language, origin in product(LANGUAGES, ORIGINS))
"""Columns that count an initiative's texts by language and origin."""
HEAD = ("id", "review", "regions", "themes", "sources", "captured", *(f"has_{name}" for name in KEY_FIELDS), *TEXTS)
"""Columns of a row; ``has_FIELD`` is 1 where the field has a value, else 0."""
BETWEEN = " "
"""Stands between the codes of one cell."""
AGES = (30, 90, 180, 365)
"""Days that part the ages of captures."""
UNKNOWN = "-"
"""Source of a page whose source is not told."""


class Row(NamedTuple):
    """What is counted of one initiative."""

    id: str
    review: str
    regions: tuple[str, ...]
    themes: tuple[str, ...]
    sources: tuple[str, ...]
    captured: str
    """Day of the newest capture of its pages; empty where it has none."""
    fields: tuple[int, ...]
    """1 for each of ``KEY_FIELDS`` that has a value."""
    texts: tuple[int, ...]
    """Numbers in the order of ``TEXTS``."""

    def cells(self) -> list[str]:
        """Give the row as cells in the order of ``HEAD``."""
        codes = (BETWEEN.join(one) for one in (self.regions, self.themes, self.sources))
        return [self.id, self.review, *codes, self.captured, *map(str, self.fields), *map(str, self.texts)]

    @classmethod
    def of_cells(cls, cells: Sequence[str]) -> Row:
        """Read what ``cells`` gave."""
        id_, review, *codes, captured = cells[:6]
        regions, themes, sources = (tuple(one.split()) for one in codes)
        numbers = tuple(map(int, cells[6:]))
        cut = len(KEY_FIELDS)
        return cls(id_, review, regions, themes, sources, captured, numbers[:cut], numbers[cut:])


def row_of(record: Initiative) -> Row:
    """Count one initiative."""
    texts: Counter[str] = Counter()
    for path, both in language_maps(record):
        for language in LANGUAGES:
            status = record.text_status.get(f"{path}.{language}")
            origin = (status.origin if status else "source") if both.get(language) else "pending"
            texts[f"{language}_{origin}"] += 1
    captured = max((source.captured_at for source in record.sources), default=None)
    return Row(
        id=record.id,
        review=record.review.status,
        regions=record.territory.regions,
        themes=record.themes,
        sources=tuple(sorted({source.source or UNKNOWN for source in record.sources})),
        captured=captured.date().isoformat() if captured else "",
        fields=tuple(map(int, filled(record))),
        texts=tuple(texts[name] for name in TEXTS),
    )


@dataclass
class Figures:
    """The sums over all initiatives."""

    initiatives: int = 0
    review: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    ages: Counter[int] = field(default_factory=Counter)
    """By the place of their age in ``AGES``, the last one for those that are older."""
    fields: Counter[str] = field(default_factory=Counter)
    complete: Counter[int] = field(default_factory=Counter)
    """By the number of ``KEY_FIELDS`` that have a value."""
    texts: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    """Initiatives without a missing text, by language."""

    def coverage(self) -> dict[str, Coverage]:
        """Give the texts by language and origin."""
        return {
            language: Coverage(**{origin: self.texts[f"{language}_{origin}"] for origin in ORIGINS})
            for language in LANGUAGES
        }


def summed(rows: Iterable[Row], today: date) -> Figures:
    """Sum the rows; ages are counted up to ``today``."""
    return summed_kinds(Counter(row._replace(id="") for row in rows), today)


def summed_kinds(rows: Mapping[Row, int], today: date) -> Figures:
    """Sum rows that say the same of several initiatives: row, whatever its id → how many."""
    done = Figures()
    for row, times in rows.items():
        done.initiatives += times
        done.review[row.review] += times
        for counter, codes in ((done.regions, row.regions), (done.themes, row.themes)):
            counter.update(dict.fromkeys(codes or ("",), times))
        done.sources.update(dict.fromkeys(row.sources or (UNKNOWN,), times))
        if row.captured:
            days = (today - date.fromisoformat(row.captured)).days
            done.ages[sum(days >= limit for limit in AGES)] += times
        named = zip(KEY_FIELDS, row.fields, strict=True)
        done.fields.update({name: times for name, there in named if there})
        done.complete[sum(row.fields)] += times
        numbers = dict(zip(TEXTS, row.texts, strict=True))
        done.texts.update({name: count * times for name, count in numbers.items() if count})
        done.whole.update({language: times for language in LANGUAGES if not numbers[f"{language}_pending"]})
    return done


class Milestone(NamedTuple):
    """One release: when, how many initiatives, and its texts by language and origin."""

    release: int
    as_of: str
    """Day."""
    initiatives: int
    coverage: Mapping[str, Coverage]
