"""Who speaks as a minor: a stated age under 18, or presented as a pupil, a child or a young participant.

Only what is said of the speaker counts: "élève de 5e secondaire" does, "enseignante des élèves" and "12 ans
d’expérience" do not. An adult age said of the speaker settles it the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from passerelle.publishing.withholding.names import folded
from schemas.records import Testimonial

MAJORITY = 18
"""Age of majority in Québec: Civil Code of Québec, article 153."""

_PIECES = re.compile(r"[,;:()\[\]\n|/–—]|\s-\s|\.\s")
_MARKS = re.compile(r"[*_\"«»“”]|(?<=\w)[·∙.•](?=[a-z]{1,5}\b)")

_YOUNG = (
    r"(?:participante?|personne|fille|garcon|homme|femme|jeune|ado|adolescente?|eleve|ecolier|ecoliere|etudiante?|enfant|"
    r"beneficiaire|usagere?|residente?|membre|benevole|ambassadeur|ambassadrice|"
    r"participant|girl|boy|teen|teenager|youth|student|pupil|child|kid|member|volunteer|resident|person|man|woman)"
)
_ARTICLE = r"(?:(?:une?|la|le|l'|notre|the|an?|our) ?)?"
_AGES = re.compile(
    rf"^(?:{_ARTICLE}(?:(?:jeune|ancienne?|young|former) )*(?:{_YOUNG} )*(?:agee?s? )?(?:de |d')?)?"
    r"(?P<fr>\d{1,3}) ans(?: et demi)?$"
    r"|^(?:agee? (?:de )?)(?P<fr2>\d{1,3})(?: ans)?$"
    rf"|^{_ARTICLE}(?:{_YOUNG} )*(?:aged?:? )?(?P<en>\d{{1,3}})(?:[ -]years?[ -]olds?| yrs?(?: old)?| y\.?o\.?)$"
    rf"|^{_ARTICLE}(?P<en2>\d{{1,3}})[ -]years?[ -]old (?:{_YOUNG} ?)+$"
    rf"|^{_ARTICLE}(?:{_YOUNG} )*aged? (?P<en3>\d{{1,3}})$"
    r"|^(?P<bare>\d{1,2})$"
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
    r"|grade \d{1,2}(?: (?:student|pupil))?"
    r"|secondaire [1-5]|[1-5]e? (?:annee )?(?:du |de )?secondaire|[1-6]e annee"
    r")$"
)
_ADULT = re.compile(r"\b(?:adulte?s?|retraitee?|universit\w*|cegep|college|ancienne?|former|ex-)\b")
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
    return any(map(presented_as_minor, pieces)) and not any(_ADULT_ROLE.search(_tidy(piece)) for piece in pieces)


def stated_age(piece: str) -> int | None:
    """Give the age that a piece of an attribution says of the speaker, in years."""
    found = _AGES.match(_tidy(piece))
    return next((int(age) for age in found.groups() if age), None) if found else None


def presented_as_minor(piece: str) -> bool:
    """Tell whether a piece of an attribution presents the speaker as a pupil, a child or a young participant."""
    words = _tidy(piece)
    return bool(_HEADS.match(words)) and not _ADULT.search(words)


def _pieces(testimonial: Testimonial) -> Iterator[str]:
    """Yield what is said of the speaker, cut at commas and dashes: author, role, a signature below the quote."""
    role, quote = testimonial.role, testimonial.quote
    said = [testimonial.author, *((role.fr, role.en) if role else ())]
    for text in (quote.fr, quote.en):
        signed = _ATTRIBUTED.search((text or "").strip())
        said.append(signed["who"] if signed else None)
    for text in said:
        yield from (piece for piece in _PIECES.split(text or "") if piece.strip())


def _tidy(piece: str) -> str:
    return " ".join(_MARKS.sub("", folded(piece)).split()).strip(" .-'")
