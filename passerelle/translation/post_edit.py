"""Puts the preferred term where an engine chose a rendering that the termbase knows as wrong, and touches nothing else.

Number, capitals and the English article a or an before it follow; where “the” would have to go, the text stays.
French agreement does not, but an adjective's: a noun is put in only where the wrong one begins with the same word, so
that gender and article stay right.
"""

from __future__ import annotations

import re

from passerelle.translation.french_agreement import describes_feminine
from passerelle.translation.french_terms import plural as french_plural
from passerelle.translation.termbase import Term
from passerelle.translation.terminology import Use, find_forms, forms_to_avoid, missed
from schemas.base import Language

_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
_VOWEL = re.compile(r"(?!(?:uni|use|eu|one))[aeiou]", re.IGNORECASE)
_HEAD_ENDS = re.compile(r"\s(?:of|in|at|to|for|with|who)\s")
_INVARIABLE = ("ing", "ness", "ship", "funding", "outreach", "housing", "justice", "support", "care", "use", "aid")


def post_edit(source: str, output: str, language: Language, target: Language) -> str:
    """Mend the terms of a translation that the termbase says how to mend.

    Only terms of which the translation has no good form are looked at.
    """
    for use in missed(source, output, language, target):
        output = _mend(use, output, target)
    return output


def _mend(use: Use, output: str, target: Language) -> str:
    preferred = use.terms[0].forms(target).preferred
    wrong = {form.lower() for form in forms_to_avoid(use, target)}
    for start, end in reversed(find_forms(output, sorted(wrong), target)):
        found = output[start:end]
        if _is_a_name(found, use, first=start == 0) or _loses_article(output[:start], found, preferred):
            continue
        plural = found.lower() not in wrong
        replacement = _replacement(use.terms[0], output[:start], found, target, plural=plural)
        if replacement is not None:
            before = with_article(output[:start], replacement) if target == "en" else output[:start]
            output = before + _with_case(replacement, found) + output[end:]
    return output


def _replacement(term: Term, before: str, found: str, target: Language, *, plural: bool) -> str | None:
    if target == "en":
        return english(term.en.preferred, plural=plural)
    return (
        _adjective(term, before, found) if term.pos == "adjective" else french(term.fr.preferred, found, plural=plural)
    )


def _adjective(term: Term, before: str, found: str) -> str | None:
    """Give a French adjective of one word in the gender and number that the wrong one's place asks for."""
    if " " in term.fr.preferred or " " in found:
        return None
    feminine = term.fr.feminine if describes_feminine(before) else None
    return (feminine or term.fr.preferred) + ("s" if found.endswith("s") else "")


def _loses_article(before: str, found: str, preferred: str) -> bool:
    """Tell “the reduction of X”, which would become “the X reduction”: there the check speaks."""
    return " of " in found and " of " not in preferred and before.lower().endswith("the ")


def _is_a_name(found: str, use: Use, *, first: bool) -> bool:
    """Tell a capital in mid-sentence, or the source's own words at its beginning, from a rendering."""
    return found[0].isupper() and not found.isupper() and (not first or found == use.text)


def preferred_form(use: Use, language: Language, target: Language) -> str | None:
    """Give what a use of a term should become; ``None`` where only the engine can tell."""
    term = use.terms[0]
    if len(use.terms) > 1 or not term.enforce or term.pos != "noun":
        return None
    plural = use.text.lower().endswith(("s", "x")) and use.text.lower() not in map(str.lower, term.names(language))
    preferred = term.forms(target).preferred
    if target == "fr":
        return french_plural(preferred) if plural else preferred
    return english(preferred, plural=plural)


def english(term: str, *, plural: bool) -> str:
    """Give an English term in the singular or the plural; what has no plural stays."""
    if not plural:
        return term
    if term.startswith("person "):
        return "people" + term.removeprefix("person")
    head = _HEAD_ENDS.split(term, maxsplit=1)[0]
    if head.endswith(_INVARIABLE) or head.endswith("s"):
        return term
    if head.endswith("person"):
        many = head.removesuffix("person") + "people"
    elif re.search(r"[^aeiou]y$", head):
        many = head[:-1] + "ies"
    else:
        many = head + ("es" if head.endswith(("x", "ch", "sh", "z")) else "s")
    return many + term[len(head) :]


def french(term: str, found: str, *, plural: bool) -> str | None:
    """Give a French term for the wrong one found, where they begin with the same word; else ``None``."""
    words, other = term.split(), found.split()
    if words[0].lower() != other[0].lower().rstrip("s" if plural else ""):
        return None
    return french_plural(term) if plural else term


def with_article(before: str, term: str) -> str:
    """Give what stands before a term with the article a or an that it asks for."""
    right = "an" if _VOWEL.match(term) else "a"
    return _ARTICLE.sub(lambda found: (right.capitalize() if found[1][0].isupper() else right) + found[2], before)


def _with_case(term: str, found: str) -> str:
    if found.isupper() and len(found) > 1:
        return term.upper()
    return term[0].upper() + term[1:] if found[0].isupper() else term
