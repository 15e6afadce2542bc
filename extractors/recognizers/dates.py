"""Dates in French and English, as EDTF: 2020, 2020-07 or 2020-07-14.

Written here rather than left to a general parser, which reads "sept." (September in French) as July and guesses where
a page is ambiguous; a date that can be read in two ways is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from extractors.passage import Passage
from extractors.recognizers.fold import fold, fold_text
from extractors.recognizers.refused import Refused
from extractors.recognizers.sentences import sentence_after, sentence_before
from schemas.base import PageLanguage
from schemas.drafts import Evidence, Found

_FRENCH = (
    "janvier|janv|jan",
    "fevrier|fevr|fev",
    "mars",
    "avril|avr",
    "mai",
    "juin",
    "juillet|juill|juil",
    "aout",
    "septembre|sept",
    "octobre|oct",
    "novembre|nov",
    "decembre|dec",
)
_ENGLISH = (
    "january|jan",
    "february|feb",
    "march|mar",
    "april|apr",
    "may",
    "june|jun",
    "july|jul",
    "august|aug",
    "september|sept|sep",
    "october|oct",
    "november|nov",
    "december|dec",
)
_MONTHS = {
    name: month for table in (_FRENCH, _ENGLISH) for month, names in enumerate(table, 1) for name in names.split("|")
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b(?![.,]?\d)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>0[1-9]|1[0-2])(?:[-/.](?P<day>0[1-9]|[12]\d|3[01]))?(?!\d|-\d)"
)
_DATES = re.compile(
    rf"\b{_DAY}(?:er|st|nd|rd|th)?(?: of| de)? (?P<month>{_MONTH}),? (?:de )?{_YEAR}".replace("?P<", "?P<a_")
    + "|"
    + rf"\b(?P<month>{_MONTH}) {_DAY}(?:st|nd|rd|th)?,? {_YEAR}".replace("?P<", "?P<b_")
    + "|"
    + rf"\b(?P<month>{_MONTH}),? (?:of |de )?{_YEAR}".replace("?P<", "?P<c_")
    + "|"
    + r"(?<![\d/.-])(?P<d_first>\d{1,2})[/.-](?P<d_second>\d{1,2})[/.-](?P<d_year>(?:19|20)\d\d)(?![\d/-])"
)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERIC = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_TUESDAY = re.compile(r"\bmar\.(?= )")
_YEAR_ALONE = re.compile(rf"(?<![\d$#/-]){_YEAR}(?! ?[$%-])")
_LEAD = re.compile(
    r"(?:\b(?:le|la|l'|the|early|late|mid|mi|debut|fin|automne|hiver|printemps|ete|rentree(?: scolaire)?|"
    r"annee|cours|mois|"
    r"fall|autumn|winter|spring|summer|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|"
    r"wednes|thurs|fri|"
    r"satur|sun)day|de|du|d'|of|en|in)\b[ ',-]*)+"
)
_CUE = (
    r"(?P<opened>\bpremi(?:er|ere)s? [a-z]+ (?:y )?(?:a|ont) (?:eu lieu|ete [a-z]+|commence|debute)|"
    r"\b(?:depuis|des) (?:la |le |l'|sa |son )?premi(?:er|ere) "
    r"(?:cohorte|edition|groupe|session|annee|rencontre|atelier)|"
    r"\bsince (?:the|its) first (?:cohort|edition|group|session|meeting|workshop)(?: met)?|"
    r"\bfirst [a-z]+ (?:took place|met|gathered|(?:was|were) (?:held|welcomed|served)))"
    r"|(?P<weak>\bdepuis|\bsince|\bas of|\bstarting (?:in|on)|\bbeginning (?:in|on)|\beffective|"
    r"\ba (?:compter|partir) d[ue]|\bdes)"
    r"|(?P<begun>\b(?:debut (?:du|de la|des|de l')? ?[a-z]+(?= ?:)|debut[ea]\w*|commence\w*|demarr\w+|lance\w*|"
    r"implant\w+|instaur\w+|inaugur\w+|amorc\w+|"
    r"vu le jour|pris son envol|(?:pris|prend|prendra) effet|t(?:ook|akes) effect|came into (?:effect|force)|"
    r"m(?:is\w*|ettre|it) (?:sur pied|en place|en oeuvre|en branle)|cree\w*|nee?s?|"
    r"developpe\w*|"
    r"en (?:cours|vigueur|fonction|operation|activite)|(?:a|ont) ouvert|opened|started as [a-z0-9' -]{3,50}?(?= in )|"
    r"started|began|begun|launched|created|introduced|established|"
    r"implemented|initiated|set up|born|start date|date de debut)\b)"
    r"|(?P<founded>\b(?:fond(?:ee?s?|ation)|founded|incorpor\w+|constitue\w*)\b)"
)
_LINK = (
    r"(?: (?:le|la|son|ce|cet|cette|the|its|this|un|une) (?:nouveau |nouvelle |new )?(?P<launched>projet|"
    r"programme|service|initiative|"
    r"project|program|campagne|campaign|atelier|workshop|groupe|group|ligne|line|"
    r"clinique|clinic)(?: pilote)?)?(?: ?:| l'|,? (?:officiellement|depuis|en|le|la|au|a|"
    r"in|on|as early as|back|"
    r"since|des|au cours de|during|au mois de|du mois de)(?![a-z']))*"
)
_START = re.compile(rf"(?:{_CUE}){_LINK} ?")
_PROJECT = re.compile(
    r"\b(?:projets?|programmes?|programs?|projects?|services?|initiatives?|ateliers?|workshops?|campagnes?|campaigns?|"
    r"formations?|trainings?|volets?|tables?|reseaux?|networks?|communaute de pratique|comites?|committees?|"
    r"collaborations?|partenariats?|partnerships?|activites?|activities|demarches?|concertations?|alliances?|ententes?|"
    r"interventions?|mesures?|cellules?|equipes?|brigades?|escouades?|patrouilles?|duos?|pilotes?|parcours|cohortes?|cohorts?|"
    r"teams?|squads?|(?:la|cette|the|this) (?:clini(?:que|c)|ligne|halte|caravane|helpline|hotline|caravan)|"
    r"il|elle|it|ce dernier)\b"
)
_ORGANIZATION = re.compile(
    r"\b(?:organismes?|organisations?|organizations?|associations?|fondations?|foundations?|maisons?|corporations?|"
    r"societes?|entreprises?|cooperatives?|osbl|obnl|nous|we|centres?|centers?|refuges?|agency|agence|"
    r"charity|carrefours?)\b"
)
_TOGETHER = re.compile(
    r"\b(?:ensemble|convenu|unissent|joint|s'allient|collaborent|s'associent|main dans la main|together|joined forces|"
    r"agreed|partnered|teamed up|hand in hand)\b"
)
"""What several do at the beginning of a collaboration."""
_AGENT = re.compile(
    r"\b(?:par|by|with|avec|of|de|du|d'|des|aux?|pour|for|chez) (?:l'|la |le |les |the |un |une |notre |our )?$"
)

_GOES_ON = re.compile(r"[ ,]*(?:(?:les?|la|the|son|sa|its|notre|our) |l')?[\"]? ?")
_DATELINE = re.compile(r"^[^.;:]{2,50}\b(?:19|20)\d\d ?\)? ?-+ ?$")
"""Place and day with which a communiqué begins."""

_SEASON = re.compile(r"\b(?:automne|hiver|printemps|ete|rentree|fall|autumn|winter|spring|summer)\b")
_PROJECT_NAMED, _UNNAMED = 3, 1
"""Weights of a start whose sentence speaks of the project, and of nothing that is known."""
_MOST_EVIDENCE = 5
_SHORT_PASSAGE = 1_500
"""Characters up to which a passage is about its initiative throughout, so that a date needs no named subject."""


def parse_date(text: str, language: PageLanguage = "unknown") -> str | None:
    """Read the first date of a short text; ``None`` where there is none or where it can be read in two ways.

    ``language`` is the page's: in French "mar." is Tuesday, in English it is March.
    """
    folded = fold_text(text)
    if language == "fr":
        folded = _TUESDAY.sub("    ", folded)
    spans = _spans(folded)
    if spans:
        return spans[0][2]
    year = None if _NUMERIC.search(folded) else _YEAR_ALONE.search(folded)
    return year["year"] if year else None


def read_dates(p: Passage) -> tuple[Found[str], ...]:
    """Give every date that the passage writes at least to the month, in order, each once."""
    found: dict[str, list[Evidence]] = {}
    for position, block in p.blocks:
        folded = fold(block.text)
        for start, end, value in _spans(folded.text):
            place = p.evidence(position, *folded.span(start, end), "dates.written")
            found.setdefault(value, []).append(place)
    return tuple(Found(value=value, evidence=tuple(places[:_MOST_EVIDENCE])) for value, places in found.items())


def read_start(p: Passage, names: Iterable[str] = ()) -> Found[str] | None:
    """Give the date since when the initiative exists: of several, one whose sentence names it as its subject.

    ``names`` are those of the initiative itself. The year an organisation was founded is not the start of its project.
    """
    best = max(_starts(p, names), key=lambda start: start.weight, default=None)
    return p.found(best.value, best.block, best.start, best.end, "dates.start") if best and best.weight else None


def refused_dates(p: Passage, names: Iterable[str] = ()) -> Iterator[Refused]:
    """Give the dates that the passage writes and that are not the initiative's beginning."""
    starts = list(_starts(p, names))
    best = max(starts, key=lambda start: start.weight, default=None)
    for one in starts:
        if one is not best or not one.weight:
            quote = p.document.blocks[one.block].text[one.start : one.end]
            yield Refused(one.block, one.start, one.end, quote, one.reason or "less-sure")
    for position, block in p.blocks:
        folded = fold(block.text)
        told = [(one.start, one.end) for one in starts if one.block == position]
        for match in (*_NUMERIC.finditer(folded.text), *_ISO.finditer(folded.text), *_DATES.finditer(folded.text)):
            start, end = folded.span(match.start(), match.end())
            if not any(start < reached and begun < end for begun, reached in told):
                told.append((start, end))
                reason = "two-ways" if _reads_two_ways(match[0]) else "no-beginning"
                yield Refused(position, start, end, block.text[start:end], reason)


def _reads_two_ways(text: str) -> bool:
    return bool(_NUMERIC.fullmatch(text)) and not _spans(text)


@dataclass(frozen=True, slots=True)
class _Start:
    """A date that a word of beginning introduces; of weight 0 where it is not the initiative's, for a reason."""

    block: int
    start: int
    end: int
    value: str
    weight: int
    reason: str | None = None


def _starts(p: Passage, names: Iterable[str]) -> Iterator[_Start]:
    spelled = "|".join(map(re.escape, filter(None, map(fold_text, names))))
    short = sum(len(block.text) for _, block in p.blocks) <= _SHORT_PASSAGE
    for position, block in p.blocks:
        folded = fold(block.text)
        if not _ANY_YEAR.search(folded.text):
            continue
        for cue in _START.finditer(folded.text):
            dated = _date_at(folded.text, cue.end())
            if dated is None:
                continue
            weight = _subject_weight(folded.text, cue, re.compile(rf"(?<!\w)(?:{spelled})(?!\w)") if names else None)
            to_the_season = _SEASON.search(folded.text, cue.end(), dated[0])
            if not weight and cue["weak"] and (len(dated[1]) > len("2019") or to_the_season):
                weight = _UNNAMED  # not since when the organisation exists, but what it does
            reason = None if weight else "founding"
            if weight == _UNNAMED and not short:
                weight, reason = 0, "no-subject"
            yield _Start(position, *folded.span(cue.start(), dated[0]), dated[1], weight, reason)


def _date_at(text: str, place: int) -> tuple[int, str] | None:
    """Read the date that stands right at ``place``, perhaps behind a season or a weekday; give its end and value."""
    window = text[place : place + 60]
    lead = _LEAD.match(window)
    offset = lead.end() if lead else 0
    for pattern in (_ISO, _DATES):
        match = pattern.match(window, offset)
        value = _value(match) if match else None
        if match and value:
            return place + match.end(), value
    year = _YEAR_ALONE.match(window, offset)
    return (place + year.end(), year["year"]) if year else None


def _subject_weight(text: str, cue: re.Match[str], own: re.Pattern[str] | None) -> int:
    """Weigh a start by what the sentence speaks of: 3 the project, 1 nothing named, 0 an organisation."""
    before = _DATELINE.sub("", sentence_before(text, cue.start(), 250))
    if not before.strip(' "'):
        before = sentence_after(text, cue.end(), 160)
        if _TOGETHER.search(before) or (own and own.search(before)):
            return _PROJECT_NAMED
        nouns = [(match.start(), kind) for kind, match in _nouns(before)]
        kind = min(nouns)[1] if nouns else ""
    else:
        subjects = [
            (match.start(), kind)
            for kind, match in _nouns(before)
            if cue["founded"] or kind == "project" or not _AGENT.search(before[: match.start()])
        ]
        kind = max(subjects)[1] if subjects else ""
    if own and cue["begun"] and own.match(text, _after_date(text, cue.end())):
        return _PROJECT_NAMED  # 'l'organisme a mis sur pied, en septembre 2024, Exemple'
    if cue["launched"] or cue["opened"] or (own and kind != "organization" and own.search(before)):
        return _PROJECT_NAMED
    if kind == "organization" or (cue["founded"] and kind != "project"):
        return 0
    return _PROJECT_NAMED if kind == "project" else _UNNAMED


def _after_date(text: str, place: int) -> int:
    """Give where a sentence goes on after the date at ``place``, an article and a mark apart."""
    dated = _date_at(text, place)
    match = _GOES_ON.match(text, dated[0]) if dated else None
    return match.end() if match else len(text)


def _nouns(text: str) -> list[tuple[str, re.Match[str]]]:
    kinds = (("project", _PROJECT), ("organization", _ORGANIZATION))
    return [(kind, match) for kind, pattern in kinds for match in pattern.finditer(text)]


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Find the dates of a folded text that are given at least to the month."""
    if not _ANY_YEAR.search(text):
        return []
    matches = sorted((*_ISO.finditer(text), *_DATES.finditer(text)), key=lambda match: match.start())
    values = [(match.start(), match.end(), _value(match)) for match in matches]
    return [(start, end, value) for start, end, value in values if value is not None]


def _value(match: re.Match[str]) -> str | None:
    parts = {name.split("_")[-1]: value for name, value in match.groupdict().items() if value is not None}
    year = int(parts["year"])
    if "first" in parts:
        return _numeric(int(parts["first"]), int(parts["second"]), year)
    name = parts["month"].rstrip(".")
    month = int(name) if name.isdigit() else _MONTHS[name]
    return _checked(year, month, int(parts["day"])) if "day" in parts else f"{year}-{month:02}"


def _numeric(first: int, second: int, year: int) -> str | None:
    """Read 14/03/2024 and 03/14/2024; 03/04/2024 stays unread."""
    if first > 12 or first == second:
        return _checked(year, second, first)
    return _checked(year, first, second) if second > 12 else None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
