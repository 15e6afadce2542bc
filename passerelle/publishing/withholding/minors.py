"""Who speaks as a minor: a stated age under 18, or presented as a pupil, a child or a young participant.

Only what is said of the speaker counts: "élève de 5e secondaire" does, "enseignante des élèves" and "12 ans
d’expérience" do not. An adult age said of the speaker settles it the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from passerelle.publishing.withholding.names import folded
from schemas.records import Testimonial

MAJORITY = 18
"""Age of majority in Québec: Civil Code of Québec, article 153."""

PIECES = re.compile(r"[,;:()\[\]\n|/–—]|\s-\s|\.\s")
"""Between two pieces of what is said of a person."""
_MARKS = re.compile(r"[*_\"«»“”·∙.•](?:(?<=[*_\"«»“”])|(?<=\w.)(?=[a-z]{1,5}\b))")
"""Marks of writing and inclusive dots; in one set at the start, so that little else is looked at."""

_NUMBER_WORDS = {
    word: str(number)
    for words in (
        "six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
        "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    )
    for number, word in enumerate(words.split(), 6)
}
_NUMBER_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})(?=(?:-| )(?:ans?|years?)\b)"
    rf"|(?<=\baged )(?:{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})\b"
)
"""An age written out: quinze ans, fifteen-year-old."""
_BY_AGE = re.compile(r"[- ](?:ans?|years?)\b|aged ")

_YOUNG = (
    r"(?:participante?|personne|fille|garcon|homme|femme|jeune|ado|adolescente?|eleve|ecolier|ecoliere|etudiante?|enfant|"
    r"beneficiaire|usagere?|residente?|membre|benevole|ambassadeur|ambassadrice|"
    r"participant|girl|boy|teen|teenager|youth|student|pupil|child|kid|member|volunteer|resident|person|man|woman)"
)
_ARTICLE = r"(?:(?:une?|la|le|l'|notre|the|an?|our) ?)?"
_AGES = re.compile(
    rf"^(?:{_ARTICLE}(?:(?:jeune|ancien(?:ne)?|young|former) )*(?:{_YOUNG} )*(?:agee?s? )?(?:de |d')?)?"
    r"(?P<fr>\d{1,3}) ans(?: et demi)?$"
    r"|^(?:agee? (?:de )?)(?P<fr2>\d{1,3})(?: ans)?$"
    rf"|^{_ARTICLE}(?:{_YOUNG} )*(?:aged?:? )?(?P<en>\d{{1,3}})(?:[ -]years?[ -]olds?| yrs?(?: old)?| y\.?o\.?)$"
    rf"|^{_ARTICLE}(?P<en2>\d{{1,3}})[ -]years?[ -]old (?:{_YOUNG} ?)+$"
    rf"|^{_ARTICLE}(?:{_YOUNG} )*aged? (?P<en3>\d{{1,3}})$"
    r"|^(?P<bare>\d{1,2})$"
)

_AGE_FIRST = re.compile(
    r"^(?:agee?s? (?:de |d')|d'a peine |a peine |seulement |now |only |just |aged? )*(?P<age>\d{1,2})"
    r"(?: ans\b(?! ?(?:d'|de\b|du\b|des\b|apres|plus|et plus|ou plus|durant|auparavant|deja|comme|au\b|a la\b|dans\b))"
    r"|[ -]years?[ -]olds?\b)"
)

_HEADS = re.compile(
    rf"^{_ARTICLE}(?:"
    r"jeune(?: (?:participante?|fille|garcon|eleve|usagere?|ambassadeur|ambassadrice|benevole|membre|leader))?"
    r"(?: (?:de|du|des|d'|qui|ayant|au|a|en)\b.*)?"
    r"|(?:(?:jeune|petite?) )?(?:eleves?|ecolier|ecoliere|enfants?|mineure?|adolescente?|ado|fillette|garconnet)"
    r"(?: (?!stagiaire|infirmiere?|avocate?|policiere?|maitre|adulte|majeure?)\S.*)?"
    r"|(?:etudiante?|finissante?) (?:(?:de|du|au|en) )?(?:la |le )?.*\b(?:secondaire|primaire)\b.*"
    r"|(?:young|youth|teen|teenage|teenaged|child|student|minor) "
    r"(?:participant|student|girl|boy|member|volunteer|leader)(?: .*)?"
    r"|(?:pupil|schoolchild|schoolgirl|schoolboy|child|teen|teenager|adolescent|minor|youth|kid)"
    r"(?: (?:from|at|in|of|who)\b.*)?"
    r"|(?:(?:high|middle|elementary|secondary|primary) school) (?:student|pupil|girl|boy)(?: .*)?"
    r"|(?:student|pupil) (?:in|at|from|of) .*(?:(?:high|middle) school|elementary|secondary|primary|grade \d{1,2})\b.*"
    r"|grade \d{1,2}(?: (?:student|pupil|boy|girl)(?: .*)?)?"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|\d{1,2}(?:st|nd|rd|th))"
    r"[ -]grade(?:r| student| pupil)(?: .*)?"
    r"|(?:en )?secondaire (?:[1-5]|iv|v|i{1,3})|(?:en )?[1-5]e? (?:annee )?(?:du |de )?secondaire|(?:en )?[1-6]e annee"
    r"|(?:son|sa|leur|his|her|their) (?:fils|fille|garcon|son|daughter|child|enfant)"
    r")$"
)
_ADULT = re.compile(r"\b(?:adulte?s?|retraitee?|universit\w*|cegep|college|ancien(?:ne)?|former|ex-)\b")
_ADULT_ROLE = re.compile(
    r"\b(?:meres?|peres?|parente?s?|grand-meres?|grand-peres?|enseignante?s?|professeure?s?|intervenante?s?|"
    r"educat(?:eur|rice)s?|direct(?:eur|rice)s?|coordonnat(?:eur|rice)s?|travailleu(?:r|se)s?|"
    r"mother|father|parents?|teacher|principal|worker|director|coordinator|counsell?or|educator|coach)\b"
)
"""Said of the speaker in another piece: then a grade or a school is where this person works."""
_ATTRIBUTED = re.compile(r"(?:^|\s)[–—-]\s*(?P<who>[^–—\n]{2,80})$")


def speaks_as_minor(testimonial: Testimonial) -> bool:
    """Tell whether a testimonial is a minor's, as far as the page says."""
    pieces = list(_pieces(testimonial))
    ages = [age for piece in pieces if (age := stated_age(piece)) is not None]
    if ages:
        return min(ages) < MAJORITY
    return any(map(presented_as_minor, pieces)) and not any(_ADULT_ROLE.search(tidy(piece)) for piece in pieces)


def is_minors_role(role: str) -> bool:
    """Tell whether what is given as a person's role says that the person is a minor."""
    pieces = [piece for piece in PIECES.split(role) if piece.strip()]
    ages = [age for piece in pieces for age in (stated_age(piece) or age_at_start(piece),) if age]
    if ages:
        return min(ages) < MAJORITY
    return any(map(presented_as_minor, pieces)) and not any(_ADULT_ROLE.search(tidy(piece)) for piece in pieces)


def stated_age(piece: str) -> int | None:
    """Give the age that a piece of an attribution says of the speaker, in years."""
    found = _AGES.match(tidy(piece))
    return next((int(age) for age in found.groups() if age), None) if found else None


def age_at_start(piece: str) -> int | None:
    """Give the age that a piece of running text begins with, whatever it goes on to say: "15 ans et élève"."""
    found = _AGE_FIRST.match(tidy(piece))
    return int(found["age"]) if found else None


def presented_as_minor(piece: str) -> bool:
    """Tell whether a piece of an attribution presents the speaker as a pupil, a child or a young participant."""
    words = tidy(piece)
    return bool(_HEADS.match(words)) and not _ADULT.search(words)


def _pieces(testimonial: Testimonial) -> Iterator[str]:
    """Yield what is said of the speaker, cut at commas and dashes: author, role, a signature below the quote."""
    role, quote = testimonial.role, testimonial.quote
    said = [testimonial.author, *((role.fr, role.en) if role else ())]
    for text in (quote.fr, quote.en):
        signed = _ATTRIBUTED.search((text or "").strip())
        said.append(signed["who"] if signed else None)
    for text in said:
        yield from (piece for piece in PIECES.split(text or "") if piece.strip())


@lru_cache(maxsize=1024)
def tidy(piece: str) -> str:
    """Give words folded, without marks, ages in figures, one space between them."""
    plain = " ".join(_MARKS.sub("", folded(piece)).split()).strip(" .-'")
    return _NUMBER_WORD.sub(lambda found: _NUMBER_WORDS[found[0]], plain) if _BY_AGE.search(plain) else plain
