"""School years as ages: « 5e année », "secondaire 3", "Grade 7 to 9", « élèves du primaire », kindergarten.

Ages are those of the Québec school system: a child who is 6 on 30 September enters the first year of primary school
(admission ages of the Basic school regulation, CQLR I-13.3, r. 8; kindergarten at 5, or at 4 where offered), six years
later the first of secondary school. A year is given from the age at its beginning to the age reached in it: secondaire
3 is 14 to 15. What comes after (cégep, university) has no age and leaves the upper end open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.recognizers.sentences import sentence_after, sentence_before

_PRIMARY, _SECONDARY = 5, 11
"""What to add to a year of primary or of secondary school to get the age at its beginning."""
_LEVELS = {
    "maternelle": (5, 6), "kindergarten": (5, 6), "prescolaire": (4, 6), "preschool": (4, 6),
    "prematernelle": (4, 5), "pre-kindergarten": (4, 5),
    "primaire": (6, 12), "primary": (6, 12), "elementary": (6, 12),
    "secondaire": (12, 17), "secondary": (12, 17), "high": (12, 17),
}  # fmt: skip
"""Lowest and highest age of a whole level."""
_CYCLES = {("primaire", 1): (1, 2), ("primaire", 2): (3, 4), ("primaire", 3): (5, 6), ("secondaire", 1): (1, 2),
           ("secondaire", 2): (3, 5)}  # fmt: skip
"""First and last year of a cycle."""

_WORDS = {
    word: number
    for words in (
        "premiere deuxieme troisieme quatrieme cinquieme sixieme",
        "premier second",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "one two three four five six seven eight nine ten eleven twelve",
        "i ii iii iv v",
    )
    for number, word in enumerate(words.split(), 1)
}
_ORDINAL = r"(?:\d{1,2}(?:re|ere|er|e|eme|ieme|iere)|premi(?:ere|er)|deuxieme|second|(?:trois|quatr|cinqu|six)ieme)"
_ENGLISH_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"
)
_CARDINAL = (
    r"(?:\d{1,2}(?![\d.,]\d)|(?:iii|ii|iv|i|v|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"
)
_AND = r"(?: ?(?:,|-+|/|&|\bet\b|\bou\b|\ba\b|\band\b|\bor\b|\bto\b|\bthrough\b|\bjusqu'a\b) ?)+(?:de )?(?:la |the )?"


def _several(number: str) -> str:
    return rf"(?<![\w.,$/-])(?P<years>{number}(?:{_AND}{number}){{0,5}})"


@dataclass(frozen=True, slots=True)
class _Shape:
    expression: re.Pattern[str]
    add: int
    most: int
    """The last year of the level."""
    named: bool = True
    """The level's own name stands in it; else pupils or another year must stand beside it."""


_SHAPES = tuple(
    _Shape(re.compile(text), add, most, named)
    for text, add, most, named in (
        (rf"{_several(_ORDINAL)} (?:annees? )?(?:du |de |d'ecole )?sec(?:ondaires?\b|\.)", _SECONDARY, 5, True),
        (rf"\bsec(?:ondaires?|ondary|\.)? {_several(_CARDINAL)}(?!\w| ?[%$h])", _SECONDARY, 5, True),
        (rf"{_several(_ORDINAL)} annees? (?:du |de )?primaire\b", _PRIMARY, 6, True),
        (rf"{_several(_ORDINAL)} annees?\b(?! d[eu']| suivant| scolaire de| consecutive)", _PRIMARY, 6, False),
        (rf"\b(?:grades?|gr\.) {_several(_CARDINAL)}(?: ?(?:-+|to|and) ?(?:grade )?(?P<last>\d\d?))?(?!\w| ?[%$])",
         _PRIMARY, 12, True),
        (rf"{_several(_ENGLISH_ORDINAL)}[ -]grade(?:rs?|s)?\b", _PRIMARY, 12, True),
        (r"\bk ?(?:-|to) ?(?P<years>\d\d?)\b", _PRIMARY, 12, True),
    )
)  # fmt: skip
_CYCLE = re.compile(
    rf"(?P<cycle>{_ORDINAL})(?: et (?:du )?(?P<last>{_ORDINAL}))? cycles? (?:du|de) (?P<level>primaire|secondaire)\b"
)

_PUPILS = (
    r"(?:(?:chaque|tout|toute) (?:jeune|eleve)|(?:each|every|any) (?:student|pupil)|"
    r"eleves|jeunes|enfants|filles|garcons|ecoliers|ecolieres|etudiants|etudiantes|adolescents|adolescentes|ados|"
    r"classes?|groupes|cohortes|clienteles?|public|niveaux?|degres?|students|pupils|youth|kids|children|girls|boys|"
    r"teens|teenagers|learners)"
)
_LEVEL = r"(?:pre)?maternelle|prescolaire|primaire|secondaire"
_ENGLISH_LEVEL = r"(?:pre-?)?kindergarten|preschool|primary|elementary|secondary|high"
_WHOLE = tuple(
    re.compile(text)
    for text in (
        rf"\b{_PUPILS}(?: [a-z-]+)?,? (?:du|au|de(?: niveau)?|de la|en|a la)(?: niveau)? (?P<a>{_LEVEL})s?"
        rf"(?:(?: et| ou| a|,)(?: du| de la| au| la| de)? (?P<b>{_LEVEL}))?\b(?! \d)",
        rf"\b(?:(?P<a>{_ENGLISH_LEVEL})(?:[ -]school)? (?:and|or|to|&) )?(?P<b>{_ENGLISH_LEVEL})(?:[ -]school)?"
        rf"[ -](?:level )?{_PUPILS}\b",
        rf"\b{_PUPILS} (?:in|from|of|at) (?P<a>{_ENGLISH_LEVEL})(?: school)?(?: (?:and|or|to) (?P<b>{_ENGLISH_LEVEL}))?"
        r"(?: schools?)?\b",
        r"\b(?P<a>maternelle)(?= a la \d| a la (?:prem|deux|trois|quatr|cinq|six)| au secondaire)",
        r"\b(?P<a>kindergarten)(?= (?:to|through|and) (?:grade|secondary|sec\b|\d))",
    )
)
_BESIDE = re.compile(rf"\b{_PUPILS}\b[^.;!?]{{0,30}}$")
_TO_SECONDARY = re.compile(r" (?:a|jusqu'a|et|au|to) (?:la |le )?\S+ sec(?:ondaire|\.)")
_FROM_KINDERGARTEN = re.compile(r"\bmaternelle (?:a|jusqu'a) la $")

_NOT_PUPILS = re.compile(
    r"\b(?:enseignant\w*|professeure?s?|profs?|titulaires?|teachers?|diplom\w+|equivalences?|scolarite|ecoles?|routes?|"
    r"voie|effets?|attestation|depuis|complet\w+|termin\w+|reussi\w*|obten\w+|finish\w*|passed|graduat\w+)\b"
    r"[^.;,:]{0,20}$|\b(?:(?:help|support) (?:of|from)|aide|soutien|appui|thanks to|grace|by|par)"
    r"(?: (?:the|les|des|d'|de|aux?|a))*(?: \w+)? ?$|(?<!chaque )(?<!tout )(?<!toute )(?<!every )(?<!each )(?<!any )"
    r"\b(?:eleve|etudiante?|ecoliere?|student|pupil|fille|garcon) (?:de |en |d'|in |of )?(?:la )?(?:niveau )?$"
)
"""Words before a school year that make it a person's own, or a level of education."""
_NOT_PUPILS_AFTER = re.compile(
    r"[ -](?:students?' |teachers?|student\b|pupil\b|teaching|diploma|education\b|equivalen)"
)
_TOLD = re.compile(r"\b(?:je|j'(?:ai|etais|avais)|i (?:was|had|am|dropped)|when i|my)\b")
"""A person tells of their own years at school."""
_AFTER_SCHOOL = re.compile(
    r"[^.;!?()]{0,30}?(?:\bau|\bdu|\bet|\bto|\band|,) (?:les |le |du |au |des |d'|de l'|of )?"
    r"(?:cegeps?|colleg\w+|universit\w+|adultes?|adults?)\b"
)
_MAYBE = re.compile(
    r"\bsec(?:ondair|ondary|\.| )|primaire|prescolaire|maternelle|kindergarten|preschool|\bgrades?\b|\bgr\. |"
    r"\d(?:e|re|ere|ieme|eme) annee|ieme annee|premiere annee|[dht][- ]grade|elementary|primary|"
    r"high[ -]school|\bk ?(?:-|to) ?\d"
)
_HINTS = (
    *("secondair", "secondary", "sec.", "sec ", "primaire", "prescolaire", "maternelle", "kindergarten", "preschool"),
    *("grade", "gr. ", "annee", "elementary", "primary", "high school", "high-school", "k-", "k -", "k to", "kto"),
)
"""Letters of which each of those holds some: looking for them costs less."""
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Grade:
    """Ages that a school year or level stands for, and the folded characters that name it."""

    start: int
    end: int
    low: int
    high: int | None
    whole: bool = False


def grades_in(text: str) -> list[Grade]:
    """Give the school years and levels of pupils that a folded text names; a level that its years specify is left."""
    if not (any(map(text.__contains__, _HINTS)) and _MAYBE.search(text)):
        return []
    years = list(_apart([*_years(text), *_cycles(text)]))
    levels = [level for level in _levels(text) if not any(_specifies(year, level) for year in years)]
    return sorted((*years, *levels), key=lambda grade: grade.start)


def _specifies(year: Grade, level: Grade) -> bool:
    inside = level.low <= year.low and (year.high or level.low) <= (level.high or year.low)
    return inside or (year.start < level.end and level.start < year.end)


def _apart(grades: list[Grade]) -> Iterator[Grade]:
    """Give the longest of those that overlap."""
    reached = 0
    for grade in sorted(grades, key=lambda grade: (grade.start, -grade.end)):
        if grade.start >= reached:
            reached = grade.end
            yield grade


def _years(text: str) -> Iterator[Grade]:
    for shape in _SHAPES:
        for match in shape.expression.finditer(text):
            parts = match.groupdict()
            numbers = [_number(word) for word in re.findall(r"\d+|[a-z]+", parts["years"])]
            years = [number for number in (*numbers, _number(parts.get("last") or "")) if number]
            if match[0].startswith("k"):
                years.insert(0, 0)
            if years and max(years) <= shape.most and (shape.named or _stands_with_pupils(text, match)):
                grade = _grade(text, match, min(years) + shape.add, max(years) + shape.add + 1)
                if grade:
                    yield grade


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return _WORDS.get(word, 0)


def _stands_with_pupils(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    return bool(_BESIDE.search(before) or _FROM_KINDERGARTEN.search(before) or _TO_SECONDARY.match(text, match.end()))


def _cycles(text: str) -> Iterator[Grade]:
    for match in _CYCLE.finditer(text):
        add = _PRIMARY if match["level"] == "primaire" else _SECONDARY
        cycles = [
            _CYCLES[key]
            for word in (match["cycle"], match["last"])
            if word and (key := (match["level"], _number(re.sub(r"(?<=\d)[a-z]+", "", word)))) in _CYCLES
        ]
        if cycles:
            grade = _grade(text, match, cycles[0][0] + add, cycles[-1][1] + add + 1)
            if grade:
                yield grade


def _levels(text: str) -> Iterator[Grade]:
    for pattern in _WHOLE:
        for match in pattern.finditer(text):
            named = [name for name in match.groupdict().values() if name]
            ages = [_LEVELS[name.replace("prek", "pre-k")] for name in named]
            grade = _grade(text, match, min(low for low, _ in ages), max(high for _, high in ages), whole=True)
            if grade:
                yield grade


def _grade(text: str, match: re.Match[str], low: int, high: int, *, whole: bool = False) -> Grade | None:
    """Make a grade, unless the words around make it a person's own, a teacher's or a diploma's."""
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    if _NOT_PUPILS.search(before) or _NOT_PUPILS_AFTER.match(text, match.end()):
        return None
    if _TOLD.search(sentence_before(text, match.start(), 200) + sentence_after(text, match.end(), 200)):
        return None
    is_open = _AFTER_SCHOOL.match(text, match.end()) is not None
    return Grade(match.start(), match.end(), low, None if is_open else high, whole)
