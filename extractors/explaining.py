"""What was read in a passage and not kept, and why; and the sentence in which a value stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from extractors.amounts import refused_amounts
from extractors.leads import why_no_part
from extractors.passage import Passage
from extractors.prose import sentences
from extractors.recognizers.ages import refused_ages
from extractors.recognizers.audience import refused_audience
from extractors.recognizers.awards import refused_awards
from extractors.recognizers.dates import parse_date, refused_dates
from extractors.recognizers.mentions import mentions_in
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.people import refused_people
from extractors.recognizers.places import refused_places
from extractors.recognizers.terms import Hit, judged_hits, languages_of
from schemas.document import Block, Document

Reason = Literal[
    "denied", "in-a-name",
    "no-part", "payer", "prize-giver", "carer", "home",  # organisations
    "duration", "figure", "nobody", "restated", "helpers",  # ages
    "part-only", "no-audience", "offenders",  # audience
    "founding", "no-subject", "less-sure", "two-ways", "no-beginning",  # dates
    "province", "river", "no-place", "several-places", "aside", "elsewhere",  # places
    "no-role", "ceremony", "not-won", "no-fee",  # people, prizes, sums
]  # fmt: skip

_VOCABULARIES = ("themes", "activities", "groups")


@dataclass(frozen=True)
class Refusal:
    """A value that was read on a page and not kept."""

    field: str
    value: str
    reason: Reason
    sentence: str


def sentence_at(document: Document, block: int, start: int) -> str:
    """Give the sentence of a block in which a character stands; nothing for the page's metadata."""
    if not 0 <= block < len(document.blocks):
        return ""
    text = document.blocks[block].text
    begin = 0
    for sentence in sentences(text):
        begin = text.index(sentence, begin)
        if start < begin + len(sentence):
            return sentence
        begin += len(sentence)
    return text


def refusals(p: Passage, kept: Mapping[str, Iterable[str]]) -> list[Refusal]:
    """Give what a passage says of its initiative that a record does not hold, and why.

    ``kept`` is what it holds, by field; organisations by name under ``organizations``, places under ``territory``, the
    beginning under ``start``, the initiative's own names under ``name``, those who speak under ``people``.
    """
    held = {field: set(values) for field, values in kept.items()}
    found = [
        Refusal(field, hit.code, reason, sentence_at(p.document, position, hit.start))
        for field in _VOCABULARIES
        for position, block in p.blocks
        for hit, reason in _set_aside(p, block, field)
        if hit.code not in held.get(field, ())
    ]
    found += [
        Refusal(
            "organizations",
            one.value.name,
            cast("Reason", why_no_part(p, one) or "no-part"),
            sentence_at(p.document, place.block, place.start),
        )
        for one in read_organizations(p)
        for place in one.evidence[:1]
        if not {one.value.name, one.value.written} & held.get("organizations", set())
    ]
    found += [
        Refusal(field, one.value, cast("Reason", one.reason), sentence_at(p.document, one.block, one.start))
        for field, refused in (
            ("audience", refused_ages(p)),
            ("start", refused_dates(p, held.get("name", ()))),
            ("territory", refused_places(p)),
            ("audience", refused_audience(p)),
            ("people", refused_people(p)),
            ("awards", refused_awards(p)),
            ("cost", refused_amounts(p)),
        )
        for one in refused
        if not {one.value, parse_date(one.value) if field == "start" else None} & held.get(field, set())
    ]
    return list(dict.fromkeys(found))


def _set_aside(p: Passage, block: Block, field: str) -> Iterator[tuple[Hit, Reason]]:
    names = [mention for mention in mentions_in(block.text, block.language) if mention.rule != "project"]
    for hit, denied in judged_hits(block, languages_of(p, block), field):
        if denied:
            yield hit, "denied"
        elif any(mention.start <= hit.start and hit.end <= mention.end for mention in names):
            yield hit, "in-a-name"
