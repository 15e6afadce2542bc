"""Ways to spoil a good translation, each as engines do it; ``None`` where a sentence has nothing to spoil."""

from __future__ import annotations

import re
from collections.abc import Callable

from passerelle.translation.checks import Failure
from passerelle.translation.post_edit import english
from passerelle.translation.terminology import find_forms, uses
from schemas.base import Language

Damage = Callable[[str, str, Language, Language, str], str | None]
"""Source, good translation, their languages, and another sentence's translation."""

_NOT = {
    "en": re.compile(r"\b(?:do|does|did|is|are|was|would|have|can)( not)\b|\b(never|no longer|no|not) ", re.IGNORECASE),
    "fr": re.compile(r"\b(ne |n[’'])|\b(pas|jamais|aucun|aucune|plus|sans) ", re.IGNORECASE),
}


def cut_short(_: str, good: str, *__: str) -> str | None:
    """Keep the first third of a long translation."""
    words = good.split()
    return " ".join(words[: len(words) // 3]) if len(words) >= 9 else None


def babble(_: str, good: str, *rest: str) -> str | None:
    """Go on with another sentence and its own words again."""
    return f"{good} {rest[-1]} {good}"


def loop(_: str, good: str, *__: str) -> str | None:
    """Say the last two words again and again."""
    words = good.rstrip(".!?").split()
    return " ".join([*words, *words[-2:] * 3]) if len(words) >= 4 else None


def echo(source: str, *_: str) -> str | None:
    """Give the source back."""
    return source if len(source.split()) >= 4 else None


def half_echo(source: str, good: str, *_: str) -> str | None:
    """Translate the first half and copy the second."""
    ours, theirs = good.split(), source.split()
    return " ".join(ours[: len(ours) // 2] + theirs[len(theirs) // 2 :]) if len(theirs) >= 10 else None


def other_language(source: str, good: str, *_: str) -> str | None:
    """Say it in the source's language with other words in between."""
    words = source.split()
    return " ".join(reversed(words)) if len(words) >= 8 and good else None


def other_number(_: str, good: str, *__: str) -> str | None:
    """Change the last digit of the first number above 12."""
    number = re.search(r"(?<![\d,.:-])(?:1[3-9]|[2-9]\d|\d{3,})(?![\d,.:-])", good)
    if number is None:
        return None
    return good[: number.end() - 1] + str((int(number[0][-1]) + 3) % 10) + good[number.end() :]


def lost_number(_: str, good: str, *__: str) -> str | None:
    """Leave a number out."""
    number = re.search(r"(?<![\d,.:$-])(?:1[3-9]|[2-9]\d|\d{3,})(?![\d,.:%-]) ?", good)
    return good[: number.start()] + good[number.end() :] if number else None


def affirm(_: str, good: str, __: str, target: Language, ___: str) -> str | None:
    """Take every negation out."""
    pattern = _NOT[target]
    if not pattern.search(good):
        return None
    return pattern.sub(lambda found: found[0].replace(next(filter(None, found.groups())), ""), good)


def drop_sentence(_: str, good: str, *__: str) -> str | None:
    """Leave out the longer one of two sentences."""
    parts = re.split(r"(?<=[.!?]) (?=[A-ZÀ-Ý])", good)
    return min(parts, key=len) if len(parts) == 2 else None


def leave_placeholder(_: str, good: str, *__: str) -> str | None:
    """Put a placeholder that the source has not."""
    first, space, rest = good.partition(" ")
    return f"{first}{space}XQ3Q {rest}" if space else None


def swear(_: str, good: str, __: str, target: Language, ___: str) -> str | None:
    """Be rude."""
    return good.rstrip(".") + (" merde" if target == "fr" else " bullshit")


def open_quote(_: str, good: str, *__: str) -> str | None:
    """Lose a closing quotation mark or bracket."""
    spoilt = re.sub(r"[\u00a0 ]?[»”]", "", good, count=1)
    return spoilt if spoilt != good else None


def wrong_term(source: str, good: str, language: Language, target: Language, _: str) -> str | None:
    """Say a term in a form that the termbase avoids."""
    for use in uses(source, language):
        forms = use.terms[0].forms(target)
        for start, end in find_forms(good, forms.good, target) if forms.avoid else []:
            plural = target == "en" and good[start:end].endswith("s")
            wrong = english(forms.avoid[0], plural=plural)
            return good[:start] + wrong + good[end:]
    return None


DAMAGES: dict[str, tuple[Failure, Damage]] = {
    "cut short": ("length-ratio", cut_short),
    "babble": ("length-ratio", babble),
    "loop": ("repetition", loop),
    "echo": ("untranslated-copy", echo),
    "half echo": ("untranslated-copy", half_echo),
    "other language": ("wrong-language", other_language),
    "number changed": ("numbers-changed", other_number),
    "number lost": ("numbers-changed", lost_number),
    "negation lost": ("negation-lost", affirm),
    "sentence lost": ("missing-sentence", drop_sentence),
    "placeholder left": ("placeholder-left", leave_placeholder),
    "rude word": ("profanity", swear),
    "quote left open": ("unbalanced-quotes", open_quote),
    "wrong term": ("termbase", wrong_term),
}
"""Each damage and the check that is there for it."""
