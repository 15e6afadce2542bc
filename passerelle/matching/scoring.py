"""How much two initiative drafts of different pages look like one initiative, from 0 to 1, and why."""

from __future__ import annotations

from dataclasses import dataclass

from passerelle.matching.profiles import Profile, shared
from passerelle.matching.text import WEAK, same_word

MERGE = 0.75
"""From here on two drafts become one record. An equal distinctive name under the same lead organisation reaches it
(0.62 + 0.2); an equal name needs places, ages and themes instead; all of them without the name do not."""

PROPOSE = 0.55
"""From here on a pair is shown to the curator: an equal name with nothing against it, or a similar one with
the lead organisation, places and ages for it."""

TRANSLATION_MERGE, TRANSLATION_PROPOSE = 0.7, 0.55
"""The same for the French and the English page of one site. Two initiatives of one house with the same partners,
ages, places and themes but names of their own reach 0.65: shown to the curator, not merged."""

NAME, LEAD, PLACES, AGES, THEMES = 0.62, 0.2, 0.06, 0.06, 0.06
"""What each agreement gives between pages of one language or of different sites; together they make 1."""

TOLD = 0.55
"""What the name of one in the text of the other counts as: with all else in agreement it is proposed, not merged,
since a text also names the sister projects of its house."""

OTHER_LEAD, OTHER_PLACE, OTHER_AGES = -0.3, -0.3, -0.05
"""What each contradiction takes away. One name in two towns is two initiatives; ages are often told differently."""

PARTNER_LEAD = 0.1
"""The lead of one is a partner of the other: pages disagree on who leads more often than initiatives share all else."""

TRANSLATION_SITE, TRANSLATION_NAME, TRANSLATION_LEAD = 0.2, 0.5, 0.3
TRANSLATION_PARTNERS, TRANSLATION_AGES, TRANSLATION_ANCHORS = 0.1, 0.1, 0.15
TRANSLATION_THEMES, TRANSLATION_PLACES = 0.05, 0.05
"""What each agreement gives between the French and the English pages of one site, where names may be translated:
a name kept in both is enough, else the lead organisation, ages, figures and proper names must do. They make more
than 1: pages that agree on most are sure."""

TRANSLATION_OTHER_NAME = -0.15
"""Both names have words of their own and share none: translated, or another initiative of the same house."""

CONTRAST = 0.5
"""Least weight of a word in the place of another: more than a weak word has, less than a telling one."""

LINKED = 0.2
"""The site says itself that the two pages are one, and they hold several initiatives: not yet which is which."""

SAME_RANK = 0.25
"""Same place in two lists that are translations of each other: with ``LINKED`` and one more agreement it decides."""


@dataclass(frozen=True)
class Score:
    """A score with the reasons for it."""

    value: float
    reasons: tuple[str, ...]


def score(one: Profile, two: Profile) -> Score:
    """Score two drafts of different pages."""
    gains = _translation(one, two) if is_translation(one, two) else _plain(one, two)
    return Score(_bounded(sum(gains.values())), tuple(reason for reason, gain in gains.items() if gain > 0))


def raised(score: Score, gain: float, reason: str) -> Score:
    """Give a score with one more reason."""
    return Score(_bounded(score.value + gain), (*score.reasons, reason))


def _bounded(value: float) -> float:
    return round(max(0.0, min(1.0, value)), 4)


def is_translation(one: Profile, two: Profile) -> bool:
    """Tell whether two drafts could be the French and the English page of one site."""
    return one.language != two.language and one.site == two.site


def name_similarity(one: Profile, two: Profile) -> float:
    """Give the best similarity of two drafts' names, 0 to 1; words of the field alone say little."""
    return max((_similarity(left, right) for left in one.names for right in two.names), default=0.0)


def contradict(one: Profile, two: Profile) -> bool:
    """Tell whether two drafts cannot be chained into one record: other organisations, or other places."""
    strangers = one.lead and two.lead and one.lead != two.lead and not one.organizations & two.organizations
    return bool(strangers) or _places(one, two) < 0


def _similarity(one: dict[str, float], two: dict[str, float]) -> float:
    """Weigh the words that two names share against all their words (Dice, squared), less where all of them are weak.

    Squared, because a name that differs in one word of three is rather another project of a series.
    """
    left, right = dict(one), dict(two)
    common = 0.0
    for word in one:
        twin = word if word in right else next((other for other in sorted(right) if same_word(word, other)), None)
        if twin is not None:
            common += min(left.pop(word), right.pop(twin))
    if left and right:
        left, right = _contrasted(left), _contrasted(right)
    total = 2 * common + sum(left.values()) + sum(right.values())
    return (2 * common / total) ** 2 * min(1.0, common) if total else 0.0


def _told(one: Profile, two: Profile) -> bool:
    return any(form in two.text for form in one.own_forms)


def _contrasted(rest: dict[str, float]) -> dict[str, float]:
    """Raise the words that stand against others: « Escale jeunesse » and « Escale familles » are two."""
    return {word: max(weight, CONTRAST) for word, weight in rest.items()}


def _plain(one: Profile, two: Profile) -> dict[str, float]:
    return {
        "name": NAME * max(name_similarity(one, two), TOLD if _told(one, two) or _told(two, one) else 0.0),
        "lead": _lead(one, two, LEAD),
        "places": {1: PLACES, 0: 0.0, -1: OTHER_PLACE}[_places(one, two)],
        "ages": {1: AGES, 0: 0.0, -1: OTHER_AGES}[_ages(one, two)],
        "themes": THEMES * shared(one.themes, two.themes),
    }


def _translation(one: Profile, two: Profile) -> dict[str, float]:
    partners = shared(one.organizations - {one.lead, two.lead}, two.organizations - {one.lead, two.lead})
    return {
        "site": TRANSLATION_SITE,
        "name": _translated_name(one, two),
        "lead": _lead(one, two, TRANSLATION_LEAD),
        "partners": TRANSLATION_PARTNERS * partners,
        "ages": {1: TRANSLATION_AGES, 0: 0.0, -1: OTHER_LEAD}[_ages(one, two)],
        "anchors": TRANSLATION_ANCHORS * shared(one.anchors, two.anchors),
        "themes": TRANSLATION_THEMES * shared(one.themes, two.themes),
        "places": {1: TRANSLATION_PLACES, 0: 0.0, -1: OTHER_PLACE}[_places(one, two)],
    }


def _translated_name(one: Profile, two: Profile) -> float:
    """Compare the words of their own that two names have; what a translation changes is not held against them."""
    best = name_similarity(one, two)
    for left in one.names:
        for right in two.names:
            best = max(best, shared(_telling(left), _telling(right)))
    if not best and one.tokens and two.tokens:
        return TRANSLATION_OTHER_NAME
    return TRANSLATION_NAME * best


def _telling(name: dict[str, float]) -> list[str]:
    return [word for word, weight in name.items() if weight > WEAK]


def _lead(one: Profile, two: Profile, gain: float) -> float:
    if not one.lead or not two.lead:
        return 0.0
    if one.lead == two.lead:
        return gain
    return PARTNER_LEAD if one.lead in two.organizations or two.lead in one.organizations else OTHER_LEAD


def _places(one: Profile, two: Profile) -> int:
    """Say 1 for a place in common, -1 for different towns or regions, 0 for unknown."""
    for left, right in ((one.municipalities, two.municipalities), (one.regions, two.regions)):
        if left and right:
            return 1 if left & right else -1
    return 0


def _ages(one: Profile, two: Profile) -> int:
    known = [(left, right) for left, right in zip(one.ages, two.ages, strict=True) if None not in (left, right)]
    if not known:
        return 0
    return 1 if all(left == right for left, right in known) else -1
