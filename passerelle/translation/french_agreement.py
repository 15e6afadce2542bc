"""Makes French words agree: an adjective put in with what it describes, a verb with a term put in before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from passerelle.translation.french_terms import is_feminine, is_plural
from passerelle.translation.vocabulary import is_listed

_CLAUSE = re.compile(r"[.;:!?()](?:\s|$)")
_NOUN = re.compile(
    r"(?<![\w’'-])(?:(?P<masculine>un|le|ce|cet|du|au|mon|ton)|(?P<feminine>une|la|cette|ma|ta|sa)|"
    r"les|des|ces|mes|tes|ses|son|nos|vos|leurs?|notre|votre|aux|chaque|l(?=[’']))(?:\s+|[’'])(?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:^|\b(?:et|ou)\s+|,\s)(?P<noun>[^\W\d_]+)\s+\Z")
_BEING = re.compile(r"\b(?:est|sont|était|étaient|sera|seront|restent?|demeurent?)\s+(?:\w+ment\s+)?\Z", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\s*(?:(?:tous |toutes )?(?:les?|la|une?|des|ces?|cet|cette|nos|vos|leurs?|ses|notre|votre)\s+|l[’'])?\Z",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"(?P<between>\s+(?:(?:ne|se|nous|vous|leur|lui|y)\s+|[nsl][’'])?)(?P<verb>[^\W\d_]+)(?![\w’'-])", re.IGNORECASE
)
_VERBS = (
    "est/sont a/ont était/étaient avait/avaient sera/seront aura/auront peut/peuvent doit/doivent va/vont "
    "vient/viennent fait/font veut/veulent reçoit/reçoivent tient/tiennent"
)
_PLURALS = dict(pair.split("/") for pair in _VERBS.split())
_MANY = re.compile(
    r"(?P<before>(?:\A|(?<=[.!?] ))(?:Les|Des|Nos|Vos|Leurs|Ces|Plusieurs|(?:Plus de )?\d+) [a-zà-ÿœ]+[sx]"
    r"(?: [a-zà-ÿœ]+[sx])?(?: (?:ne|se|nous|vous|leur|lui|y|me))? )(?P<verb>est|a|était|avait|sera|aura|peut|doit)"
    r"(?![\w’'-])"
)
_SINGULARS = {many: one for one, many in _PLURALS.items()}
_NO_VERBS = frozenset(["entre", "contre", "outre", "autre", "jeune", "membre", "double", "triple", "fier", "ménager"])
"""Words after a noun that look like verbs in -er, or like their infinitives."""
_CLAUSES_VERB = re.compile(
    r"(?:^|[.!?;:,]\s|\b(?:que|et|mais|car|si|quand|où|comme)\s|\bqu[’'])"
    r"(?:(?:les?|la|une?|des|ces?|cette|nos|vos|leurs?|ses|notre|votre)\s|l[’'])"
    r"(?!(?:pouvoir|savoir|mieux|bien|vivre|laisser)\b)[^\W\d_]+\s(?P<verb>[a-zà-ÿœ]{3,}(?:er|ir|re))(?![\w’'-])",
    re.IGNORECASE,
)
_INFINITIVES = re.compile(
    "(?:ap|com)?prendre|(?:v|r|att|ent|déf)endre|perdre|répondre|(?:per|pro)?mettre|(?:sur)?vivre|suivre|écrire|lire|dire|"
    "faire|connaître|(?:con|pro)duire|construire|être|avoir|réussir|grandir|choisir|agir|offrir|ouvrir|sortir|partir|"
    "dormir|(?:re|de)?venir|(?:ob)?tenir|finir|réunir|fournir|bâtir|servir|sentir|voir|recevoir"
)
"""The commonest of those that do not end in -er."""


def describes_feminine(before: str) -> bool:
    """Tell whether an adjective after these words describes a feminine noun: the nearest, after “is” the subject."""
    clause = _CLAUSE.split(before)[-1]
    nouns, being = list(_NOUN.finditer(clause)), _BEING.search(clause)
    bare = None if being else _BARE.search(clause)
    if bare:
        return is_feminine(bare["noun"].lower().removesuffix("s"))
    if not nouns:
        return False
    noun = nouns[0] if being else nouns[-1]
    if noun["masculine"] or noun["feminine"]:
        return bool(noun["feminine"])
    return is_feminine(noun["noun"].lower().removesuffix("s"))


def agree_verbs(written: str, terms: Sequence[str]) -> str:
    """Give the verb after each term that was put in as a subject the term's number: an engine saw a placeholder."""
    for term in terms:
        many = is_plural(term)
        before, found, after = written.partition(term)
        predicate = _PREDICATE.match(after)
        if many is None or not found or predicate is None or not _SUBJECT.match(_CLAUSE.split(before)[-1]):
            continue
        verb = _plural(predicate["verb"]) if many else _SINGULARS.get(predicate["verb"], predicate["verb"])
        written = before + found + predicate["between"] + verb + after[predicate.end() :]
    return written


def agree_subjects(written: str) -> str:
    """Put « a », « est » and the like into the plural after a subject in the plural that opens a sentence."""
    return _MANY.sub(lambda found: found["before"] + _PLURALS[found["verb"]], written)


def has_bare_infinitive(written: str) -> bool:
    """Tell an infinitive where a clause's verb should be: « les enfants apprendre à nager »."""
    return any(_is_infinitive(found["verb"]) for found in _CLAUSES_VERB.finditer(written))


def _is_infinitive(word: str) -> bool:
    stem = word.removesuffix("er")
    if stem == word:
        return _INFINITIVES.fullmatch(word) is not None
    return word not in _NO_VERBS and is_listed(f"{stem}ent", "fr") and is_listed(f"{stem}é", "fr")


def _plural(verb: str) -> str:
    if verb in _PLURALS:
        return _PLURALS[verb]
    if not verb.endswith("e") or verb in _NO_VERBS:
        return verb
    return f"{verb}nt" if any(is_listed(verb[:-1] + ending, "fr") for ending in ("er", "ir")) else verb
