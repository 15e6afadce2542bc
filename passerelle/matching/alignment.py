"""Lists of the French and the English page of one initiative: which entries are one, said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from passerelle.matching.reads import Read, Trail
from passerelle.matching.text import fold, numbers
from schemas.base import LanguageMap
from schemas.drafts import DraftAward, DraftBenefit, DraftTestimonial
from schemas.records import Award, Benefit, Testimonial

T = TypeVar("T")
Entry = tuple[Read[T] | None, Read[T] | None]
"""The French and the English side of one entry; at least one is there."""

SAME_QUOTE = 90.0
"""Two pages quote one sentence: spelling and typography apart, nine characters in ten are equal (rapidfuzz ratio)."""

LENGTHS = 0.4
"""A translation is at least this long in proportion: half when a page cuts the quotation, and a little less."""


def aligned(french: Sequence[Read[T]], english: Sequence[Read[T]], fits: Callable[[T, T], bool]) -> list[Entry[T]]:
    """Pair two lists entry by entry when they have one length and every pair fits; else keep all entries apart."""
    if len(french) == len(english) and all(
        fits(one.value, two.value) for one, two in zip(french, english, strict=True)
    ):
        return list(zip(french, english, strict=True))
    return [*((one, None) for one in french), *((None, two) for two in english)]


def benefit_entries(
    french: Sequence[Read[DraftBenefit]], english: Sequence[Read[DraftBenefit]]
) -> list[Entry[DraftBenefit]]:
    """Pair benefits sector by sector: pages in two languages often give the sectors in another order."""
    sectors = dict.fromkeys(one.value.sector for one in (*french, *english))
    whole = aligned(french, english, _same_benefit)
    if all(all(entry) for entry in whole):
        return whole
    entries: list[Entry[DraftBenefit]] = []
    for sector in sectors:
        mine = [one for one in french if one.value.sector == sector]
        theirs = [one for one in english if one.value.sector == sector]
        entries += aligned(mine, theirs, lambda one, two: same_numbers(one.text, two.text))
    return entries


def benefits(entries: Iterable[Entry[DraftBenefit]], trail: Trail) -> tuple[Benefit, ...]:
    """Make the benefits of a record."""
    made = []
    for position, entry in enumerate(entries):
        path = f"benefits.{position}"
        reads = [one for one in entry if one]
        trail.add(path, *reads)
        text = _texts(entry, f"{path}.text", trail, lambda benefit: benefit.text)
        made.append(Benefit(sector=next((one.value.sector for one in reads if one.value.sector), None), text=text))
    return tuple(made)


def impact_entries(french: Sequence[Read[str]], english: Sequence[Read[str]]) -> list[Entry[str]]:
    """Pair impacts where they give the same figures."""
    return aligned(french, english, same_numbers)


def impacts(entries: Iterable[Entry[str]], trail: Trail) -> tuple[LanguageMap, ...]:
    """Make the impacts of a record."""
    return tuple(_texts(entry, f"impacts.{n}", trail, lambda text: text) for n, entry in enumerate(entries))


def testimonials(
    french: Sequence[Read[DraftTestimonial]], english: Sequence[Read[DraftTestimonial]], trail: Trail
) -> tuple[Testimonial, ...]:
    """Make the testimonials of a record; the author and role come from whichever page gives them."""
    made = []
    for position, entry in enumerate(_quoted(_distinct(french), _distinct(english))):
        path = f"testimonials.{position}"
        reads = [one for one in entry if one]
        trail.add(path, *reads)
        said = [one.value for one in reads]
        roles = {one.member.language: one.value.role for one in reads if one.value.role}
        made.append(
            Testimonial(
                quote=_texts(entry, f"{path}.quote", trail, lambda testimonial: testimonial.quote),
                author=next((one.author for one in said if one.author), None),
                role=LanguageMap(**roles) if roles else None,
                organization=next((one.organization for one in said if one.organization), None),
            )
        )
    return tuple(made)


def awards(reads: Sequence[Read[DraftAward]], trail: Trail) -> tuple[Award, ...]:
    """Make the awards of a record: one prize told by several pages is one award."""
    groups: list[list[Read[DraftAward]]] = []
    for one in reads:
        group = next((known for known in groups if any(_same_award(one, other) for other in known)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    made = []
    for position, group in enumerate(groups):
        trail.add(f"awards.{position}", *group)
        names = {one.member.language: one.value.name for one in reversed(group)}
        made.append(
            Award(
                name=LanguageMap(**names),
                awarded_by=next((one.value.awarded_by for one in group if one.value.awarded_by), None),
                year=next((one.value.year for one in group if one.value.year), None),
            )
        )
    return tuple(made)


def _texts(entry: Entry[T], path: str, trail: Trail, text: Callable[[T], str]) -> LanguageMap:
    sides = {}
    for one in entry:
        if one:
            sides[one.member.language] = text(one.value).strip()
            trail.add(f"{path}.{one.member.language}", one)
    return LanguageMap(**sides)


def _same_benefit(one: DraftBenefit, two: DraftBenefit) -> bool:
    return (not one.sector or not two.sector or one.sector == two.sector) and same_numbers(one.text, two.text)


def same_numbers(one: str, two: str) -> bool:
    """Tell whether two texts give the same figures; one may write them in letters."""
    left, right = numbers([one]), numbers([two])
    return not left or not right or left == right


def _distinct(reads: Sequence[Read[DraftTestimonial]]) -> list[Read[DraftTestimonial]]:
    """Keep the longest form of each quotation."""
    kept: list[Read[DraftTestimonial]] = []
    for one in sorted(reads, key=lambda r: -len(r.value.quote)):
        if not any(_same_quote(one.value.quote, other.value.quote) for other in kept):
            kept.append(one)
    return [one for one in reads if any(one is other for other in kept)]


def _same_quote(one: str, two: str) -> bool:
    left, right = fold(one), fold(two)
    return left in right or right in left or fuzz.ratio(left, right) >= SAME_QUOTE


def _quoted(
    french: list[Read[DraftTestimonial]], english: list[Read[DraftTestimonial]]
) -> list[Entry[DraftTestimonial]]:
    """Pair quotations by author, then, on one site, those left over in order where they are as many."""
    pairs: dict[int, Read[DraftTestimonial]] = {}
    for one in french:
        author = fold(one.value.author or "")
        twin = next((t for t in english if author and fold(t.value.author or "") == author), None)
        if twin is not None and not any(twin is known for known in pairs.values()):
            pairs[id(one)] = twin
    mine = [one for one in french if id(one) not in pairs]
    theirs = [two for two in english if not any(two is known for known in pairs.values())]
    rest = aligned(mine, theirs, lambda one, two: True)
    if all(one and two and _may_be_one(one, two) for one, two in rest):
        pairs.update({id(one): two for one, two in rest if one and two})
        theirs = []
    return [*((one, pairs.get(id(one))) for one in french), *((None, two) for two in theirs)]


def _may_be_one(one: Read[DraftTestimonial], two: Read[DraftTestimonial]) -> bool:
    lengths = sorted((len(one.value.quote), len(two.value.quote)))
    named = one.value.author and two.value.author
    return one.member.site == two.member.site and not named and lengths[0] >= LENGTHS * lengths[1]


def _same_award(one: Read[DraftAward], two: Read[DraftAward]) -> bool:
    left, right = one.value, two.value
    if left.year and right.year and left.year != right.year:
        return False
    if fold(left.name) == fold(right.name):
        return True
    given = left.awarded_by and right.awarded_by and fold(left.awarded_by) == fold(right.awarded_by)
    return bool(one.member.language != two.member.language and given and left.year and left.year == right.year)
