"""Finds the spans of a text that a translation must keep: names, addresses, numbers, dates, acronyms, symbols."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from passerelle.translation.hours import find_hours
from passerelle.translation.typography import MONTHS
from schemas.paths import language_maps
from schemas.records import Initiative
from schemas.texts import without_accents

Kind = Literal[
    "url",
    "email",
    "phone",
    "postal",
    "title",
    "symbol",
    "name",
    "date",
    "time",
    "duration",
    "amount",
    "number",
    "acronym",
]

_MONTH = "|".join(month for names in MONTHS.values() for month in names)
_SP = "[ \u00a0\u202f]"
_NUMBER = rf"\d{{1,3}}(?:{_SP}\d{{3}}|,\d{{3}}|\.\d{{3}}){{1,4}}(?!\d)(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+){{0,3}}"
_CAPITAL = "[A-ZÀ-Ý]"
_TITLED = (
    "projet|programme|prix|campagne|guide|livre|film|spectacle|trousse|outil|soirée|émission|chanson|document|balado|"
    "revue|journal|exposition|concours|project|program|award|campaign|book|play|kit|toolkit|tool|show|song|podcast|"
    "magazine|exhibition|contest"
)
"""What is followed by a title in quotation marks."""
_FORMS: dict[Kind, tuple[str, ...]] = {
    "url": (
        r"(?:https?://|www\.)[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]’']",
        r"(?<![\w@.-])(?i:[a-z0-9-]+\.)+(?i:ca|com|org|net|quebec|info)(?:/[^\s<>()]*[^\s<>().,;:!?])?(?![\w@])",
    ),
    "email": (r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",),
    "phone": (
        r"(?<!\w)(?:\+?1[ .-])?\(?\d{3}\)?[ .\u00a0-]?\d{3}[-.\u00a0 ‑]\d{4}(?!\d)(?:,? (?:poste|ext\.?|x) ?\d+)?",
    ),
    "postal": (r"(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d(?!\w)",),
    "title": (
        rf"(?i:\b(?:{_TITLED}))s?(?: [\w’'-]+)?{_SP}[«“\"]{_SP}?(?P<title>{_CAPITAL}[^«»“”\"\n]{{1,60}}?){_SP}?[»”\"]",
    ),
    "name": (),
    "date": (
        rf"(?<!\w)\d{{1,2}}(?:er)?{_SP}(?i:{_MONTH})(?:{_SP}\d{{4}})?(?!\w)",
        rf"(?<!\w)(?i:{_MONTH}){_SP}\d{{1,2}}(?:st|nd|rd|th)?(?:,{_SP}\d{{4}})?(?!\w)",
        r"(?<!\w)\d{4}-\d\d-\d\d(?!\w)",
    ),
    "time": (
        rf"(?<![\w:])\d{{1,2}}(?::[0-5]\d)?{_SP}?(?i:[ap]\.?m\b\.?)",
        r"(?<![\w:])\d{1,2}:[0-5]\d(?!\w)",
    ),
    "duration": (),
    "amount": (rf"(?<![\w$])\$(?:{_NUMBER})(?!\w)", rf"(?<![\w$])(?:{_NUMBER}){_SP}?[$%€](?!\w)"),
    "acronym": (
        rf"(?<![\w.])(?:{_CAPITAL}\.){{2,}}(?!\w)",
        rf"(?<![\w.]){_CAPITAL}{{2,}}[A-ZÀ-Ý0-9]*\+?(?:-[A-ZÀ-Ý0-9]+(?![a-zà-ÿ]))*(?!\w)",
    ),
    "number": (rf"(?<![\w,.])(?:{_NUMBER})(?!\w)",),
    "symbol": ("[\u2600-\u27bf\u2190-\u21ff\U0001f300-\U0001faff]\ufe0f?",),
}
"""The kinds in the order in which they win over one another, and how each is written."""
_PATTERNS = {kind: tuple(re.compile(form) for form in forms) for kind, forms in _FORMS.items()}
NUMBER = re.compile(_NUMBER)
KEPT = 1024
"""Texts of which is kept what was found in them: a source is held against each of its answers, twice or more."""
_VARIANTS = {
    "a": "aàâä",
    "c": "cç",
    "e": "eéèêë",
    "i": "iîï",
    "o": "oôö",
    "u": "uùûü",
    "y": "yÿ",
    "'": "'’",
    "-": "-‑ ",
}


_OF_HOURS: dict[str, Kind] = {"clock": "time", "duration": "duration", "unclear": "number"}


@dataclass(frozen=True)
class Span:
    """Characters of a text to be protected."""

    start: int
    end: int
    kind: Kind
    text: str


def names_of(initiative: Initiative) -> tuple[str, ...]:
    """List the proper names that a record knows: people, organisations and places, longest first."""
    organizations = [initiative.lead_organization, *initiative.partners]
    names = [organization.name for organization in organizations if organization]
    for testimonial in initiative.testimonials:
        names += [testimonial.author or "", testimonial.organization or ""]
    names += [award.awarded_by or "" for award in initiative.awards]
    names += [*initiative.territory.municipalities, *initiative.territory.neighbourhoods]
    both = (texts.fr for path, texts in language_maps(initiative) if path == "name" and texts.fr == texts.en)
    names += [name for name in both if name]
    return order_names(names)


def order_names(names: Iterable[str]) -> tuple[str, ...]:
    """Drop what is no name (shorter than three letters) and doubles; longest first, so that it wins."""
    usable = {unicodedata.normalize("NFC", name.strip()) for name in names}
    return tuple(sorted((name for name in usable if len(name) > 2), key=lambda name: (-len(name), name)))


def find_spans(text: str, names: Sequence[str], *, acronyms: bool = True, any_case: bool = False) -> tuple[Span, ...]:
    """Find the spans to protect, in order, none overlapping another; addresses win over names, names over the rest.

    A name counts only where its capitals are (« le refuge » is no « Le Refuge »), unless ``any_case`` is set.
    """
    spans: list[Span] = []
    taken = bytearray(len(text))
    for kind, start, end in _matches(text, names, any_case=any_case):
        if not any(taken[start:end]) and (acronyms or kind != "acronym"):
            taken[start:end] = b"\1" * (end - start)
            spans.append(Span(start, end, kind, text[start:end]))
    return tuple(sorted(spans, key=lambda span: span.start))


def _matches(text: str, names: Sequence[str], *, any_case: bool) -> Iterator[tuple[Kind, int, int]]:
    """Yield all spans, the kinds that win first."""
    for kind, patterns in _PATTERNS.items():
        for pattern in patterns:
            group = "title" if kind == "title" else 0
            yield from ((kind, *found.span(group)) for found in pattern.finditer(text))
        if kind == "time":
            yield from ((_OF_HOURS[hour.kind], hour.start, hour.end) for hour in find_hours(text))
        for name in names if kind == "name" else ():
            found_names = name_pattern(name).finditer(text)
            yield from ((kind, *found.span()) for found in found_names if any_case or _has_capitals(found[0], name))


def _has_capitals(written: str, name: str) -> bool:
    """Tell whether the capitals of a name are there; its first letter's only if it has no other."""
    after_first = sum(character.isupper() for character in name[1:])
    if not after_first:
        return written[:1].isupper() or not name[:1].isupper()
    return sum(character.isupper() for character in written[1:]) >= after_first


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the telephone numbers of a text stand."""
    for pattern in _PATTERNS["phone"]:
        yield from (found.span() for found in pattern.finditer(text))


def fold_word(word: str) -> str:
    """Give a word in small letters without accents."""
    return without_accents(word.lower())


def fold_name(name: str) -> str:
    """Give a name without accents, capitals and hyphens: the same for all that its pattern matches."""
    folded = without_accents(name.replace("’", "'").replace("‑", "-")).casefold()
    return " ".join(folded.replace("-", " ").split())


@lru_cache(maxsize=4096)
def name_pattern(name: str) -> re.Pattern[str]:
    """Match a name whatever its accents, capitals, spaces, apostrophes and hyphens."""
    parts = []
    for character in unicodedata.normalize("NFC", name):
        base = unicodedata.normalize("NFKD", character)[0].lower()
        base = {"’": "'", "‑": "-"}.get(base, base)
        if character.isspace():
            parts.append(r"\s+")
        elif base in _VARIANTS:
            parts.append(f"[{re.escape(_VARIANTS[base])}]")
        else:
            parts.append(re.escape(character))
    return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)", re.IGNORECASE)


def number_values(text: str) -> Counter[str]:
    """Count the numbers of a text by value, however they are grouped: ``25 000``, ``25,000`` and ``25000`` are one."""
    return Counter(_value(found[0]) for found in NUMBER.finditer(text))


def _value(written: str) -> str:
    plain = re.sub(_SP, "", written)
    whole = re.fullmatch(r"(\d+(?:[.,]\d{3})*)(?:[.,](\d{1,2}))?", plain)
    if whole is None:
        return plain
    digits = re.sub("[.,]", "", whole[1]).lstrip("0") or "0"
    decimals = (whole[2] or "").rstrip("0")
    return f"{digits}.{decimals}" if decimals else digits
