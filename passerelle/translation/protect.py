"""Keeps names, acronyms, numbers, amounts, dates, addresses and symbols through a translation.

A span is either *hidden*, a placeholder in its place while the engine works, or *kept*, left for the engine to copy,
which gives better grammar around it. Both are verified afterwards: as often in the output as in the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import get_args

from passerelle.translation.post_edit import preferred_form
from passerelle.translation.spans import Kind, Span, find_spans, fold_name, name_pattern, order_names
from passerelle.translation.terminology import uses
from passerelle.translation.typography import MONTHS, localise
from schemas.base import Language
from schemas.beside import yaml_beside

ALWAYS_HIDDEN: frozenset[Kind] = frozenset({"url", "email", "phone", "postal", "title"})
"""Kinds that no engine copies reliably and no sentence needs for its grammar."""
_BEFORE: dict[Kind, str] = {"number": "", "amount": "", "date": "", "phone": "", "time": "à ", "duration": "pendant "}
"""What stands before a span of a kind that is rewritten, so that a text of its own shows what it is."""
ALL_KINDS: frozenset[Kind] = frozenset(get_args(Kind))


@dataclass(frozen=True)
class Placeholder:
    """The placeholders that a model was trained to copy: their form, ``⟦{}⟧``, and how many there are, from 0 on."""

    form: str
    count: int


@dataclass(frozen=True)
class Masked:
    """A text with its hidden spans replaced by placeholders, what stands behind each, and the placeholders' form."""

    text: str
    tags: tuple[tuple[str, str], ...]
    form: str


def mask(
    text: str, spans: Sequence[Span], hidden: Collection[Kind], target: Language, placeholder: Placeholder | None = None
) -> Masked:
    """Replace the spans of the hidden kinds by placeholders that occur nowhere else in the text.

    Where the model has none of its own, or too few, or the text has some itself, letters that no word has are used.
    """
    chosen = [span for span in spans if span.kind in hidden]
    places = [(span.start, span.end, render(span, target)) for span in chosen]
    return _put_in(text, places, _form(text, len(places), placeholder))


def mask_terms(masked: Masked, language: Language, target: Language, placeholder: Placeholder | None = None) -> Masked:
    """Hide the enforced terms too, so that they come out in their preferred form."""
    more = [
        (use.start, use.end, rendered)
        for use in uses(masked.text, language)
        if (rendered := preferred_form(use, language, target)) is not None
    ]
    before = {int(found[1]): found.span() for found in placeholder_pattern(masked.form).finditer(masked.text)}
    known = [(*span, masked.tags[number][1]) for number, span in before.items()]
    free = placeholder_pattern(masked.form).sub("", masked.text)
    return _put_in(masked.text, sorted(known + more), _form(free, len(known + more), placeholder))


def _put_in(text: str, places: Sequence[tuple[int, int, str]], form: str) -> Masked:
    parts: list[str] = []
    tags: list[tuple[str, str]] = []
    place = 0
    for start, end, rendered in places:
        tag = form.format(len(tags))
        tags.append((tag, rendered))
        parts += [text[place:start], tag]
        place = end
    return Masked("".join(parts) + text[place:], tuple(tags), form)


def _form(text: str, needed: int, placeholder: Placeholder | None) -> str:
    if placeholder and needed <= placeholder.count and not any(mark in text for mark in placeholder.form.split("{}")):
        return placeholder.form
    prefix = next(prefix for prefix in _prefixes() if prefix.lower() not in text.lower())
    return f"{prefix}{{}}{prefix[-1]}"


def unmask(output: str, masked: Masked) -> str | None:
    """Put the spans back in; ``None`` unless every placeholder stands in the output exactly once."""
    if not masked.tags:
        return output
    rendered = [text for _, text in masked.tags]
    pattern = placeholder_pattern(masked.form)
    if sorted(int(found[1]) for found in pattern.finditer(output)) != list(range(len(rendered))):
        return None
    return pattern.sub(lambda found: rendered[int(found[1])], output)


def placeholder_pattern(form: str) -> re.Pattern[str]:
    """Match the placeholders of a form as an engine may return them: small letters, spaces between, glued on.

    The group is the placeholder's number.
    """
    left, right = form.split("{}")
    opening = r"\s?".join(map(re.escape, left))
    number = r"\s?(\d{1,4})\s?"
    return re.compile(f"{opening}{number}{re.escape(right)}", re.IGNORECASE | re.ASCII)


def render(span: Span, target: Language) -> str:
    """Give a span's form in the target language: numbers, amounts, times and dates rewritten, the rest as written."""
    if span.kind == "acronym":
        return _equivalents(target).get(span.text, span.text)
    before = _BEFORE.get(span.kind)
    return span.text if before is None else localise(before + span.text, target).removeprefix(before)


def lost_span(spans: Sequence[Span], output: str, target: Language) -> str | None:
    """Name the kind of kept span that the output does not have as often as the source; ``None`` when all are there."""
    kept_names = [span.text for span in spans if span.kind == "name"]
    seen = Counter(
        fold_name(span.text)
        for span in find_spans(output, order_names(kept_names), any_case=True)
        if span.kind == "name"
    )
    if seen != Counter(fold_name(name) for name in kept_names):
        return "name"
    for text, wanted in Counter(span.text for span in spans if span.kind in {"acronym", "symbol"}).items():
        forms = {text, _equivalents(target).get(text, text)}
        if sum(_occurrences(form, output) for form in forms) != wanted:
            return "acronym" if text[0].isalpha() else "symbol"
    months = [span.text for span in spans if span.kind == "date"]
    if any(month not in output.lower() for date in months for month in _months(date, target)):
        return "date"
    return None


def restore_names(output: str, spans: Sequence[Span]) -> str:
    """Write kept names exactly as the source has them, where the engine changed an accent or a capital."""
    for name in order_names(span.text for span in spans if span.kind == "name"):
        output = name_pattern(name).sub(name.replace("\\", "\\\\"), output)
    return output


def _prefixes() -> Iterator[str]:
    """Yield letter sequences that no word has, longer ones when a text holds all the shorter."""
    for length in range(2, 8):
        yield from ("".join(letters) for letters in permutations("XQZWKJV", length))


def _occurrences(text: str, output: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(text)}(?!\w)", output))


def _months(date: str, target: Language) -> tuple[str, ...]:
    names = {month.lower(): number for months in MONTHS.values() for number, month in enumerate(months)}
    words = re.findall(r"[^\W\d]+", date.lower())
    return tuple(MONTHS[target][names[word]].lower() for word in words if word in names)


@cache
def _equivalents(target: Language) -> dict[str, str]:
    pairs = yaml_beside(Path(__file__).with_name("words") / "acronyms.yml")
    source = "en" if target == "fr" else "fr"
    forms: dict[str, str] = {}
    for pair in pairs:
        forms.setdefault(pair[source], pair[target])
    return forms
