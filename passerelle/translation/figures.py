"""Compares the figures of a text with those of its translation: values, amounts, hours, and what each counts.

Both languages are read alike: « 3,5 M$ » and “$3.5 million” are 3,500,000 dollars, « 20 h » in an evening’s schedule is
8 p.m. and « 20 h par mois » twenty hours. A number may be a word on one side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from passerelle.translation.hours import find_hours
from passerelle.translation.spans import KEPT, NUMBER, fold_word, number_values, phones
from passerelle.translation.typography import MONTHS
from schemas.beside import yaml_beside

_WORDS = Path(__file__).with_name("words")
_WORD = re.compile(r"[^\W\d_]+")
_SP = "[ \u00a0\u202f]"
_SCALES = {"k": 3, "m": 6, "mm": 6, "g": 9, "b": 9, "bn": 9}
_SCALES |= {"mille": 3, "thousand": 3, "million": 6, "milliard": 9, "billion": 9}
_FIGURE = re.compile(
    rf"(?P<dollar>(?:CA)?\${_SP}?)?(?P<number>{NUMBER.pattern})"
    rf"(?:(?P<words>(?:-|{_SP})?(?:millions?|milliards?|billions?|mille|thousand)\b)(?:{_SP}de\b|{_SP}d['’])?"
    rf"|(?P<letter>{_SP}?(?:mm?|k|g|bn?)(?={_SP}?\$|(?<=\d[kmbgKMBG])(?!\w))))?"
    rf"(?P<after>{_SP}?(?:\$|dollars?\b|%|p\.{_SP}?100|pour{_SP}?cent\b|per{_SP}?cent\b))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    rf"(?<![\w:$,.])(\d{{1,2}})(?::([0-5]\d))?(?:{_SP}?([ap])\.?m\b|(?=:\d))|(?<![\w:$,.])(\d{{1,2}}):([0-5]\d)(?!\w|:)|"
    rf"(?<![\w:$,.])(\d{{1,2}})(?={_SP}o['’]clock)",
    re.IGNORECASE,
)
_LINK = re.compile(rf"{_SP}?(?:-|–|—|à|et|ou|au|to|and|or){_SP}?\$?", re.IGNORECASE)
_ROMAN = re.compile(r"(?<!\w)([XVI]{2,6})(?:e|th|st)?(?!\w)")
_LAST_WORD = re.compile(rf"([^\W\d_]+)\.?{_SP}$")
_ORDINAL = re.compile(r"^(?:er|re|ère|e|ième|st|nd|rd|th)(?!\w)")
_STOP = re.compile(r"[.,;:!?()«»“”\"]")
_AFTER, _BEFORE = 3, 14
"""Words after a number among which is what it counts; characters before it that may hold a month."""
_COGNATE = 5
"""Letters that two words share which are of one origin: participants, concerts."""
_YEAR = 4
"""Digits of a year, which the day before it does not count."""
LEAST_SPELLED = 3
"""Number words below this one say other things too: one, first, a pair, once, the second."""
_YEARS_AND_HALF = re.compile(
    r"(?<!\w)(?:(\w+) ans? et demi|(\w+) years? and a half|(\w+)[ -]and[ -]a[ -]half[ -]years?)(?!\w)",
    re.IGNORECASE,
)
_HALF_DAY, _DAY, _CENT = 720, 1440, 100


@dataclass(frozen=True)
class Figure:
    """A number where it stands, what it may mean, and what it counts."""

    start: int
    end: int
    meanings: frozenset[str]
    """« 1500 », « clock 870 » (minutes after midnight); more than one where the text does not say which."""
    sign: str = ""
    """``$`` or ``%``."""
    counted: frozenset[str] = frozenset()


def has_same_figures(source: str, output: str) -> bool:
    """Tell whether all figures of each text stand in the other, as dollars, per cent or hours where they are such."""
    ours, theirs = figures(source), figures(output)
    covered = _covered(ours, theirs, output) and _covered(theirs, ours, source)
    return covered and not _changed_sign(ours, theirs) and not _changed_word(source, output)


def swaps_figures(source: str, output: str) -> bool:
    """Tell whether two numbers changed places: « le 3 mars, 5 jeunes » and “March 5, 3 young people”."""
    ours, theirs = figures(source), figures(output)
    return any(_took_place(one, other, ours, theirs) for one in ours if one.counted for other in theirs)


@lru_cache(maxsize=KEPT)
def figures(text: str) -> tuple[Figure, ...]:
    """Read the figures of a text, in either language, in order."""
    found = [*_phones(text), *_clocks(text)]
    taken = bytearray(len(text))
    for figure in found:
        taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
    found += [figure for figure in _numbers(text) if not any(taken[figure.start : figure.end])]
    ordered = _linked(text, sorted(found, key=lambda figure: figure.start))
    ends = [*(figure.start for figure in ordered[1:]), len(text)][: len(ordered)]
    return tuple(replace(one, counted=_counted(text, one, end)) for one, end in zip(ordered, ends, strict=True))


def value_of_word(word: str) -> int | None:
    """Give the number that a word of either language stands for."""
    return _VALUES.get(fold_word(word))


def _took_place(one: Figure, other: Figure, ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    if one.meanings & other.meanings or not one.counted & other.counted:
        return False
    same = [figure for figure in theirs if figure.meanings & one.meanings]
    if not same or any(figure.counted & one.counted or not figure.counted for figure in same):
        return False
    twins = [figure for figure in ours if figure.meanings & other.meanings]
    return bool(twins) and not any(figure.counted & one.counted for figure in twins)


def _covered(figures_: Iterable[Figure], others: Sequence[Figure], text: str) -> bool:
    known = {meaning for other in others for meaning in other.meanings}
    missing = [figure for figure in figures_ if not figure.meanings & known]
    return not missing or all(figure.meanings & _in_words(text) for figure in missing)


def _changed_sign(ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    """Tell a figure that is dollars or per cent on one side and never on the other."""
    for figures_, others in ((ours, theirs), (theirs, ours)):
        for figure in figures_:
            same = [other.sign for other in others if other.meanings & figure.meanings]
            if figure.sign and same and figure.sign not in same:
                return True
    return False


def _changed_word(source: str, output: str) -> bool:
    """Tell whether a number in words came back as another one in words: douze, twenty."""
    ours, theirs = _spelled(source), _spelled(output)
    return bool(ours - theirs - _written(output)) and bool(theirs - ours - _written(source))


def _written(text: str) -> frozenset[str]:
    return frozenset(meaning for figure in figures(text) for meaning in figure.meanings)


@lru_cache(maxsize=KEPT)
def _spelled(text: str) -> frozenset[str]:
    """Give the values of the number words of a text put together, from LEAST_SPELLED on."""
    runs = _runs(text, _NO_COUNTS)
    return _halves_of(text) | {str(value) for run in runs if (value := _put_together(run)) >= LEAST_SPELLED}


def _phones(text: str) -> Iterator[Figure]:
    for start, end in phones(text):
        digits = re.sub(r"\D", "", text[start:end]).removeprefix("1")
        yield Figure(start, end, frozenset([f"phone {digits}"]))


def _clocks(text: str) -> Iterator[Figure]:
    """Read hours in either language's writing."""
    for hour in find_hours(text):
        clock, number = f"clock {(hour.hour * 60 + hour.minute) % _DAY}", str(hour.hour)
        if hour.kind == "duration":
            if hour.minute:
                continue
            yield Figure(hour.start, hour.end, frozenset([number]))
        else:
            yield Figure(hour.start, hour.end, frozenset([clock] if hour.kind == "clock" else [clock, number]))
    for found in _CLOCK.finditer(text):
        o_clock, minutes = int(found[1] or found[4] or found[6]), int(found[2] or found[5] or 0)
        times = _halves(o_clock, minutes, found[3])
        yield Figure(found.start(), found.end(), frozenset([*times, str(o_clock)] if found[6] else times))


def _halves(hour: int, minute: int, half: str | None) -> list[str]:
    if half:
        return [f"clock {hour % 12 * 60 + minute + _HALF_DAY * (half.lower() == 'p')}"]
    return [f"clock {(hour * 60 + minute + late) % _DAY}" for late in ((0, _HALF_DAY) if hour <= 12 else (0,))]


def _numbers(text: str) -> Iterator[Figure]:
    for found in _FIGURE.finditer(text):
        after = (found["after"] or "").strip().lower()
        money = bool(found["dollar"]) or after in {"$", "dollar", "dollars"}
        letter = (found["letter"] or "").strip().lower() if money else ""
        scale = letter or (found["words"] or "").strip(" -\u00a0\u202f").lower()
        value = _times(next(iter(number_values(found["number"]))), scale)
        yield Figure(found.start(), found.end(), frozenset([value]), "$" if money else "%" if after else "")


def _times(value: str, scale: str) -> str:
    power = _SCALES.get(scale.removesuffix("s"), 0)
    try:
        number = Decimal(value) * 10**power
    except InvalidOperation:  # 1.2.3
        return value
    return f"{number.normalize():f}"


def _linked(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Give the first number of a range the sign and the hours of the second: 9 to 11 a.m., 10 à 25 $."""
    done = list(found)
    for at, (one, two) in reversed(list(enumerate(pairwise(found)))):
        two = done[at + 1]  # noqa: PLW2901
        if len(one.meanings) > 1 or not _LINK.fullmatch(text, one.end, two.start):
            continue
        (value,) = one.meanings
        if any(meaning.startswith("clock") for meaning in two.meanings) and value.isdigit() and int(value) <= 24:
            done[at] = replace(one, meanings=frozenset([value, *_halves(int(value), 0, None)]))
        elif two.sign and not one.sign:
            done[at] = replace(one, sign=two.sign)
    return done


def _counted(text: str, figure: Figure, end: int) -> frozenset[str]:
    """Give what a figure counts: its month, its sign, the things named right after it."""
    if figure.sign:
        return frozenset([figure.sign])
    before = _LAST_WORD.findall(text[max(0, figure.start - _BEFORE) : figure.start])
    rest = _ORDINAL.sub("", text[figure.end : end])
    stop = _STOP.search(rest)
    words = [*_WORD.findall(rest[: stop.start()] if stop else rest)][:_AFTER]
    year = min(map(len, figure.meanings)) >= _YEAR
    months = [month for word in (*(() if year else before), *words[:1]) if (month := _MONTH.get(fold_word(word)))]
    if months:
        return frozenset(months[-1:])
    return frozenset(key for word in words for key in _keys(word))


def _keys(word: str) -> Iterator[str]:
    low = fold_word(word)
    singular = low[:-1] if len(low) > 3 and low.endswith(("s", "x")) else low
    for form in dict.fromkeys([low, singular, f"{low[:-3]}y" if low.endswith("ies") else low]):
        if form in _UNITS:
            yield _UNITS[form]
    if len(low) > _COGNATE:
        yield low[:_COGNATE]


@lru_cache(maxsize=KEPT)
def _in_words(text: str) -> frozenset[str]:
    """Give the values of the number words of a text, singly and put together, Roman numerals among them."""
    found: set[str] = {str(_roman(one[1])) for one in _ROMAN.finditer(text)} | _halves_of(text)
    for run in _runs(text):
        found |= {*map(str, run), *(str(_put_together(run[at:])) for at in range(len(run)))}
    if {"midi", "noon", "midday"} & {word.lower() for word in _WORD.findall(text)}:
        found.add(f"clock {_HALF_DAY}")
    if {"minuit", "midnight"} & {word.lower() for word in _WORD.findall(text)}:
        found.add("clock 0")
    return frozenset(found)


def _runs(text: str, without: frozenset[str] = frozenset()) -> Iterator[list[int]]:
    """Yield the values of number words that follow one another."""
    run: list[int] = []
    for word in [*(fold_word(word) for word in _WORD.findall(text)), "."]:
        if word in _VALUES and word not in without:
            run.append(_VALUES[word])
        elif word not in {"et", "and", "de", "d"}:
            if run:
                yield run
            run = []


def _halves_of(text: str) -> frozenset[str]:
    """Give a number of years and a half in months, as the other language may: un an et demi, eighteen months."""
    counts = (next(filter(None, found.groups())) for found in _YEARS_AND_HALF.finditer(text))
    years = (int(count) if count.isdigit() else _VALUES.get(fold_word(count), 0) for count in counts)
    return frozenset(str(12 * one + 6) for one in years if one)


def _put_together(values: Sequence[int]) -> int:
    """Give the value of number words in a row: deux cent vingt-cinq, quatre-vingts, fifteen thousand."""
    total = here = 0
    for value in values:
        if value >= _CENT:
            here = (here or 1) * value
            if value > _CENT:
                total, here = total + here, 0
        elif value == 20 and here % _CENT == 4:
            here += 76
        else:
            here += value
    return total + here


def _roman(written: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in written]
    return sum(-one if one < two else one for one, two in pairwise([*values, 0]))


def _values() -> dict[str, int]:
    table = yaml_beside(_WORDS / "numbers.yml")["values"]
    return {fold_word(word): value for value, words in table.items() for word in words}


def _units() -> dict[str, str]:
    rows = yaml_beside(_WORDS / "units.yml")
    return {fold_word(word): row[0] for row in rows for word in row}


_VALUES = _values()
_UNITS = _units()
_VAGUE = ("moitie", "half", "dizaines", "douzaines", "dozens", "centaines", "hundreds")
_NO_COUNTS = frozenset([*_VAGUE, *(word for word, value in _VALUES.items() if value == 1)])
"""Number words that stand before another one without counting: une dizaine, half a dozen, des centaines de milliers."""
_MONTH = {fold_word(name): f"month {at}" for names in MONTHS.values() for at, name in enumerate(names, 1)}
