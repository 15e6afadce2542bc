"""Ages of the people an initiative serves.

Ranges ("de 14 à 24 ans", "aged 12 to 25") and open ends ("18 ans et plus", "under 18"), in digits or words; where a
page writes no ages, the school years that it names. Durations, anniversaries, statistics and prices by age are not an
audience.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from extractors.passage import Passage
from extractors.recognizers.fold import fold
from extractors.recognizers.grades import grades_in
from extractors.recognizers.numbers import number_pattern, number_words, read_number
from extractors.recognizers.refused import Refused
from extractors.recognizers.sentences import sentence_after, sentence_before
from schemas.drafts import Evidence, Found

_OLDEST = 120
_MOST_EVIDENCE = 5
_CONTEXT = 60
_SENTENCE = 200
_MOST_RANGES = 100
"""Ranges read from one passage: beyond that it is a table, and its widest range has long been met."""
_REACH = 45
"""Characters around a number within which its range, its unit and its people stand."""

_PEOPLE = (
    r"(?:jeunes?|enfants?|ados?|adolescent\w*|adultes?|personnes?|gens|femmes?|filles?|hommes?|garcons?|aines?|"
    r"ainees?|"
    r"eleves?|etudiant\w*|parents?|meres?|peres?|membres?|citoyen\w*|travailleu\w+|chercheu\w+|apprenant\w*|ecoliers?|"
    r"ecolieres?|artistes?|athletes?|joueu\w+|immigrant\w*|refugiee?s?|locataires?|entrepreneu\w+|"
    r"residents?|clientele|participant\w*|mineure?s?|celles|ceux|"
    r"youth|kids?|children|teens?|teenagers?|adults?|people|persons?|women|girls?|men|boys?|seniors?|students?|"
    r"individuals?|anyone|everyone|nobody|no one|those|clients?|seekers?|newcomers?|workers?|learners?|pupils?|moms?|"
    r"mothers?|fathers?|"
    r"dads?|athletes?|refugees?|immigrants?|tenants?|entrepreneurs?|caregivers?|victim\w*|agees?|ages?|aged)"
)
_DURATION_BEFORE = re.compile(
    r"(?:\bdure(?:nt)?(?: de)?|\blasts?|\bsejours? d[e']|\bstays? of|\bdelais? d[e']|\bdepuis|\bil y a|\bpendant|"
    r"\bdurant|\bapres|\bdans|\bd'ici|\btous les|\btoutes les|\bdurees?(?: \w+)? d[e']|"
    r"\bplan\w*(?: \w+)? (?:de|sur)|\bsur|\ben|\bfor|\bevery|\bpast|\blast|\bwithin|\bpeines? d[e']|\bfort\w* de|"
    r"\bau cours des|\bfete\w*|\bcelebr\w+|\bsoulign\w+|\bher|\bhis|\bits|\bses|\bnos|\bleurs|\bexperience d[e']|"
    r"\bin)"
    r"(?: (?:plus|moins|pres) d[e']| environ| presque| quelque| les| the| over| more than| less than|"
    r" nearly| deja| au moins|"
    r" at least| dernier\w*| prochaine?\w*| ses| nos| leurs)*\s*$"
)
_LASTING = re.compile(
    r"\b(?:dur\w+|last\w*|pendant|prolong\w+|sejour\w*|suivis?|hebergements?|accompagnements?|logements?|ententes?|"
    r"peines?|stays?|follow-up|support|housing)\b[^.;!?]{0,25}$"
)
"""Words before 'up to three years' that make it the length of something."""
_DURATION_AFTER = re.compile(
    r"\s*(?:(?:et|ou) plus |or more )?(?:d'(?:experience|existence|histoire|activite|action|engagement|"
    r"emprisonnement|"
    r"attente|implication|anciennete|amitie|carriere|intervention)|de (?:prison|services?|carriere|metier|pratique|"
    r"benevolat|collaboration|partenariat|recherche|lutte|loyaux|detention|mandat|financement|succes|presence)|"
    r"[ -]?(?:project|plan|program|lease|grant|agreement|term|mandate|strategy)|"
    r"plus (?:tard|tot)|auparavant|apres|durant|ago|later|earlier|of (?:experience|service|existence|history|work)|"
    r"d(?:e la|e l'|u|es)? ?(?:organisme|maison|association|fondation|centre))\b"
)
_COUNT = r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|one|two|three|four|five|six|seven|eight|nine|\d+)"
_NOT_AUDIENCE = re.compile(
    r"%|\bpour ?cents?\b|\bper ?cent\b|\bselon (?:une?|les?|la|l'|des|statistique)|\betudes? (?:montr|"
    r"revel|demontr|recente|menee)"
    r"|\benquetes?\b|\bstatisti\w+|\brecensement\b|\bsondages?\b|\bage moyen\b|\bmoyenne d'age\b|"
    r"\baverage age\b|\bsurveys?\b|"
    r"\bstud(?:y|ies) (?:show|found|of|shows)\b|\baccording to\b|\bcensus\b|\bgratuit\w* pour les\b|"
    r"\bfree for\b|\btarifs?\b|"
    rf"\b{_COUNT}(?: (?!jours?|heures?)\w+)? sur (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+)\b|"
    rf"\b{_COUNT}(?: (?!days?|hours?)\w+)? (?:in|out of)(?: every)? (?:two|three|four|five|six|seven|eight|nine|"
    rf"ten)\b|"
    r"\bprix d'entree\b|\bfrais d'inscription\b|(?<![\d.,])(?<!\d )\d{1,3}(?:[.,]\d\d)? ?\$|"
    r"\$ ?\d{1,3}(?:\.\d\d)?(?![\d,])|\bcette tranche d'age\b"
)
_OLD = re.compile(r"\bolds?\b|\bof age\b")
"""English words for an age, never for a duration: 'for 12- to 17-year-olds'."""
_PEOPLE_FIRST = re.compile(rf"{_PEOPLE}\b")
_PEOPLE_BEFORE = re.compile(rf"\b{_PEOPLE}\b[^.;!?]{{0,40}}$")


_HELPERS = re.compile(
    r"\b(?:drivers?|volunteers?|mentors?|tutors?|coaches|benevoles?|chauffeu\w+)(?: (?:agee?s?|aged|de|d'|from|entre|"
    r"between))* $"
)
"""Words before the ages of those who help."""
_OF_MOTHERS = re.compile(
    r"\b(?:meres?|femmes|mothers?|moms?|women)\b(?:(?!\b(?:peres?|fathers?|famil))[^.;]){0,40}?"
    r"\b(?:d'|(?:qui ont|ayant|avec) (?:un|des) |"
    r"of |with |who have )(?:jeunes? |young )?(?:enfants?|bebes?|tout-petits|children|kids|babies)"
    r"(?: agee?s?)?(?: aged)?(?: (?:de|entre|from|between|under))? ?$"
)
"""Words before the ages of children whose mothers are served."""
_TURNED_AWAY = re.compile(
    r"\bn(?:e |')(?:s')?(?:adress|vis|accueill|accept)\w* pas (?:a|aux|les?|des?)?[^.;,]{0,25}$|"
    r"\bnot (?:for|open to|meant for)[^.;,]{0,25}$"
)
_NOT_ADMITTED = re.compile(r"\W*(?:ne (?:sont|peuvent) pas|are not|cannot|may not)\b")


@dataclass(frozen=True, slots=True)
class _Pattern:
    rule: str
    text: str
    words: tuple[str, ...]
    """Words of which a text holds one that the pattern may fit: most texts need not be tried, nor patterns compiled."""
    low: int = 0
    """What to add to the first number to get the lowest age."""
    high: int = 0
    """What to add to the last number to get the highest age."""
    needs_people: bool = False

    @property
    def expression(self) -> re.Pattern[str]:
        """Give the pattern compiled, from its first use on."""
        return _compiled(self.text)


@dataclass(frozen=True, slots=True)
class _Range:
    low: int | None
    high: int | None
    evidence: Evidence

    def restates(self, lowest: int, highest: int) -> bool:
        """Say whether an open range overlaps the closed ones, which reach from ``lowest`` to ``highest``."""
        if self.low is None:
            return self.high is not None and self.high > lowest
        return self.high is None and self.low < highest


def read_ages(p: Passage) -> tuple[Found[int] | None, Found[int] | None]:
    """Give the lowest and the highest age served, in completed years; an end that the page leaves open is ``None``.

    Several audiences give the widest range; an open range that only restates part of a closed one does not widen it.
    """
    counted = [found for found, restated in _weighed(p) if not restated]
    if not counted:
        return None, None
    return (
        _bound([(found.low, found.evidence) for found in counted], min),
        _bound([(found.high, found.evidence) for found in counted], max),
    )


def refused_ages(p: Passage) -> Iterator[Refused]:
    """Give the ages that the passage writes and that say nothing of whom the initiative serves."""
    for position, block in p.blocks:
        folded = fold(block.text)
        taken = 0
        for pattern, match in _matches(folded.text):
            if match.start() < taken or _values(pattern, match) is None:
                continue
            taken = match.end()
            if reason := _no_audience(folded.text, match, pattern):
                start, end = folded.span(match.start(), match.end())
                yield Refused(position, start, end, block.text[start:end].strip(), reason)
    for found, restated in _weighed(p):
        if restated:
            place = found.evidence
            yield Refused(place.block, place.start, place.end, place.quote, "restated")


def _weighed(p: Passage) -> list[tuple[_Range, bool]]:
    """Give the ranges of a passage, and of each whether it only restates a part of the closed ones."""
    everywhere = (found for position, block in p.blocks for found in _ranges(p, position, block.text))
    ranges = list(islice(everywhere, _MOST_RANGES)) or list(islice(_school_years(p), _MOST_RANGES))
    closed = [found for found in ranges if found.low is not None and found.high is not None]
    lowest = min((found.low for found in closed if found.low is not None), default=_OLDEST)
    highest = max((found.high for found in closed if found.high is not None), default=0)
    return [(found, found.restates(lowest, highest)) for found in ranges]


def _ranges(p: Passage, position: int, text: str) -> Iterator[_Range]:
    folded = fold(text)
    taken = 0
    for pattern, match in _matches(folded.text):
        if match.start() < taken or _no_audience(folded.text, match, pattern):
            continue
        bounds = _values(pattern, match)
        if bounds is None:
            continue
        if _is_denied(folded.text, match.start(), match.end()):
            bounds = _remaining(bounds)
        taken = match.end()
        yield _Range(*bounds, p.evidence(position, *folded.span(match.start(), match.end()), pattern.rule))


def _school_years(p: Passage) -> Iterator[_Range]:
    for position, block in p.blocks:
        folded = fold(block.text)
        for grade in grades_in(folded.text):
            around = _sentence(folded.text, grade.start, grade.end)
            if not _is_denied(folded.text, grade.start, grade.end) and not _NOT_AUDIENCE.search(around):
                place = p.evidence(position, *folded.span(grade.start, grade.end), "ages.school-year")
                yield _Range(grade.low, grade.high, place)


def _is_denied(text: str, start: int, end: int) -> bool:
    """Say whether those of an age are turned away: 'not for people under 21', 'les moins de 16 ans ne sont pas'."""
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    return bool(_TURNED_AWAY.search(before) or _NOT_ADMITTED.match(after))


def _remaining(bounds: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    """Give the ages beside those turned away, where that leaves one side."""
    low, high = bounds
    if low is None and high is not None:
        return high + 1, None
    return (None, low - 1) if high is None and low else (None, None)


def _matches(text: str) -> list[tuple[_Pattern, re.Match[str]]]:
    """Match the patterns around the numbers of a text only: most of a page has none."""
    windows = _windows(text)
    tried = [pattern for pattern in _patterns() if any(word in text for word in pattern.words)] if windows else []
    found = [
        (pattern, match)
        for start, end in windows
        for pattern in tried
        for match in pattern.expression.finditer(text, start, end)
    ]
    return sorted(found, key=lambda pair: (pair[1].start(), -pair[1].end()))


def _windows(text: str) -> list[tuple[int, int]]:
    if not (_MAYBE if _DIGIT.search(text) else _YEARS).search(text):
        return []
    windows: list[tuple[int, int]] = []
    for match in _written_number().finditer(text):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _values(pattern: _Pattern, match: re.Match[str]) -> tuple[int | None, int | None] | None:
    parts = match.groupdict()
    if parts.get("low") and parts.get("high") and f"{parts['low']}-{parts['high']}" in number_words():
        return None
    low = read_number(parts["low"]) + pattern.low if parts.get("low") else None
    high = read_number(parts["high"]) + pattern.high if parts.get("high") else None
    if parts.get("low_unit") and low is not None:
        low = low // 12
    if parts.get("high_unit") and high is not None:
        high = high // 12
        low = low if low is None or parts.get("low_unit") else low // 12
    if parts.get("more"):
        high = None
    ages = [age for age in (low, high) if age is not None]
    return (low, high) if ages == sorted(ages) and all(0 <= age <= _OLDEST for age in ages) else None


def _no_audience(text: str, match: re.Match[str], pattern: _Pattern) -> str | None:
    """Say why the ages of a match are not those of people served; ``None`` where they are."""
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    after = text[match.end() : match.end() + _CONTEXT]
    aged = _PEOPLE_FIRST.match(match[0]) or _OLD.search(match[0])
    if _DURATION_AFTER.match(after) or (_DURATION_BEFORE.search(before) and not aged):
        return "duration"
    if match[0].startswith(("jusqu'a", "up to")) and "age" not in match[0] and _LASTING.search(before):
        return "duration"
    if _OF_MOTHERS.search(before + _DIGIT.split(match[0], 1)[0]):
        return "children"
    if _HELPERS.search(before):
        return "helpers"
    if pattern.needs_people and not _PEOPLE_BEFORE.search(before):
        return "nobody"
    return "figure" if _NOT_AUDIENCE.search(_sentence(text, match.start(), match.end())) else None


def _sentence(text: str, start: int, end: int) -> str:
    return sentence_before(text, start, _SENTENCE) + text[start:end] + sentence_after(text, end, _SENTENCE)


def _bound(values: list[tuple[int | None, Evidence]], choose: Callable[[Iterable[int]], int]) -> Found[int] | None:
    ages = [age for age, _ in values if age is not None]
    if len(ages) < len(values):
        return None
    chosen = choose(ages)
    places = [evidence for age, evidence in values if age == chosen]
    return Found(value=chosen, evidence=tuple(places[:_MOST_EVIDENCE]))


_DIGIT = re.compile(r"\d")
_YEARS = re.compile(r"\b(?:ans\b|(?:nobody|no one|anyone|those|people) (?:over|above)\b|years?\b|ages?\b|aged\b|teen)")
_MAYBE = re.compile(
    r"\b(?:ans\b|years?\b|ages?\b|aged\b|mois\b|anyone\b|everyone\b|under\b|over\b|youth|older\b|jeunes\b|"
    r"adult|teen|ados?\b|children \d|enfants \d|kids \d|girls \d|boys \d|men \d|women \d|seniors \d|\d+ ?\+)"
)


@cache
def _written_number() -> re.Pattern[str]:
    return re.compile(rf"\b{number_pattern()}\b")


_compiled = cache(re.compile)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Give the patterns, French then English; each names its lowest and highest age."""
    number = number_pattern()
    low, high = rf"(?<![\d.,$+-])\b(?P<low>{number})", rf"(?P<high>{number})\b(?![.,]\d)"
    return (*_french_patterns(number, low, high), *_english_patterns(number, low, high))


def _french_patterns(number: str, low: str, high: str) -> tuple[_Pattern, ...]:
    or_more = r"(?P<more> ?\+| (?:et|ou) (?:plus|\+))"
    to = r"(?: ?-+ ?| ?/ ?| a | et | jusqu'a )(?:l'age de )?"
    low_months, high_months = r"(?: (?:ans|(?P<low_unit>mois)))?", r" ?(?:ans|(?P<high_unit>mois))\b"
    people_to = rf"\b{_PEOPLE}(?: \(| de | | entre |: ?){low}(?:-+| a | et | to |/){high}(?! ?(?:%|h\b|\$|mois))"
    from_age = rf"\b(?:a partir de|des|d'au moins|au moins) (?:l'age de )?(?P<low>{number}) ans\b"
    birthday = (
        rf"\b(?:(?:des|a partir de|a) (?:l'age de )?)?{low} ans\b"
        rf"[^.;!?]{{0,60}}\bjusqu'a (?:leur|son) (?P<high>{number}) ?e? anniversaire"
    )
    at_most = rf"\b(?:d')?au moins {low} ans et (?:d')?au plus {high} ans\b"
    return (
        _Pattern("ages.range", at_most, ("au plus",)),
        _Pattern("ages.range", birthday, ("anniversaire",)),
        _Pattern("ages.range", rf"{low}{low_months}{to}{high}{high_months}{or_more}?", ("ans", "mois")),
        _Pattern("ages.range", people_to, ("",)),
        _Pattern("ages.min", rf"{low} ans (?:et|ou) (?:\+|plus\b|au-dessus)", (" ans ",)),
        _Pattern("ages.min", rf"{low} ?(?:ans)? ?\+(?!\d)", ("+",)),
        _Pattern("ages.min", from_age, (" ans",)),
        _Pattern("ages.min", rf"\bplus de (?P<low>{number}) ans\b", ("plus de ",), needs_people=True),
        _Pattern("ages.max", rf"\bmoins de (?P<high>{number}) ans\b", ("moins de ",), high=-1),
        _Pattern("ages.max", rf"(?<![\d.,$-])\b(?P<high>{number}) ans (?:et|ou) moins\b", (" moins",)),
        _Pattern("ages.max", rf"\bjusqu'a (?:l'age de )?(?P<high>{number}) ans\b", ("jusqu'a ",)),
    )


def _english_patterns(number: str, low: str, high: str) -> tuple[_Pattern, ...]:
    years = r"(?:years?[ -]olds?|years? of age|years?|yrs?|y\.?o\.?)"
    to = r"(?:-? ?(?:-+|to|and|through|/|until|up to) ?)"
    over = rf"\b(?:aged? |ages |people |adults |those |anyone |nobody |no one )(?:over|above) (?P<low>{number})\b"
    under = (
        rf"\b(?:under|below|younger than) (?:the age of |age )?(?P<high>{number})\b"
        r"(?! ?[%$]| minutes| hours| days)"
    )
    under_or = low.replace("low", "high")
    people_to = (
        rf"\b(?:anyone|everyone|those|teens?|teenagers|youth|kids|children|(?:young |teenage )?(?:men|women)|boys|"
        rf"girls),?(?: (?:aged|from|between))* "
        rf"{low}{to}{high}"
        r"\b(?! ?(?:%|[ap]\.?m\b|h\b|\$))"
    )
    return (
        _Pattern(
            "ages.range",
            people_to,
            ("anyone", "everyone", "those", "teen", "youth", "kids", "children", "men ", "boys", "girls"),
        ),
        _Pattern("ages.range", rf"\bages?d?:? (?:of |between |from )*{low}{to}{high}", ("age",)),
        _Pattern("ages.range", rf"{low}{to}{high}[ -]{years}", ("year", "yr", "yo", "y.o")),
        _Pattern(
            "ages.min", rf"{low}(?: {years})? (?:and|or) (?:over|up|older|above)\b", ("over", "up", "older", "above")
        ),
        _Pattern("ages.min", over, ("over ", "above ")),
        _Pattern("ages.min", rf"\bat least (?P<low>{number}) {years}", ("at least ",)),
        _Pattern("ages.max", under, ("under ", "below ", "younger than "), high=-1, needs_people=True),
        _Pattern(
            "ages.max", rf"{under_or}(?: {years})? (?:and|or) (?:under|younger|below)\b", ("under", "younger", "below")
        ),
        _Pattern("ages.max", rf"\bup to (?:the age of |age )(?P<high>{number})\b", ("up to ",)),
    )
