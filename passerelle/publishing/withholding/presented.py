"""People whom a running text presents as minors or as private people: read beside their names, in both languages.

A text names somebody and says beside the name who that is: in apposition ("Name, 15 ans", "Name (élève de secondaire
3)"), before it ("une participante, Name", "15-year-old Name") or of it ("Name a 15 ans", "Name is a Grade 9 student").
Where the words may be read either way the name is withheld; docs/privacy.md says how a curator publishes it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

from passerelle.publishing.withholding.minors import (
    MAJORITY,
    PIECES,
    age_at_start,
    presented_as_minor,
    stated_age,
    tidy,
)
from passerelle.publishing.withholding.names import folded
from passerelle.publishing.withholding.not_names import OPENINGS, THINGS
from passerelle.publishing.withholding.private import holds_office, presented_as_private
from passerelle.publishing.withholding.texts import SENTENCE_END
from schemas.gazetteer import places

Presentation = Literal["minor", "private"]


class Presented(NamedTuple):
    """A person as a text presents them."""

    name: str
    kind: Presentation


_UPPER = "A-ZÀ-ÖØ-ÞĆČŁŚŠŹŻŽŒ"
_WORD = rf"[{_UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?(?:[-‐‑][^\W\d_]+(?:['’][^\W\d_]+)?)*\.?"
_PARTICLE = r"(?:(?:de|du|des|la|le|van|von|der|el|al|ben|bin|da|dos|di|del)[ \u00a0\u202f]|d['’])"
_NAME = re.compile(rf"(?<![\w@./-])(?:{_WORD}(?:[ \u00a0\u202f](?:{_PARTICLE}){{0,2}}{_WORD}){{0,4}})(?!\w)")

_NUMBER = r"(?P<age>\d{1,2})"
_NO_AGE = (
    r"(?! ?(?:d'(?!age)|de\b|du\b|des\b|apres|plus\b|et plus|ou plus|durant|auparavant|deja|comme|of\b|ago|later))"
)
_SAID_OF = re.compile(
    rf"^,?(?: qui| who| elle| lui)? (?:n')?(?:a|avait|aura|vient d'avoir|venait d'avoir|a eu|fete|fetait)"
    rf"(?: que| a peine| seulement| tout juste| aujourd'hui| maintenant)* {_NUMBER} ans\b{_NO_AGE}"
    rf"|^,?(?: qui| who)? (?:est|etait|is|was)(?: only| just| now| a peine)? (?:agee?|aged) (?:de |d')?"
    rf"(?P<age2>\d{{1,2}})\b"
    rf"|^,?(?: who)? (?:is|was|turned|turns|just turned|has turned|had turned)(?: only| just| now)* (?P<age3>\d{{1,2}})"
    r"(?= years? old|[.,;:!?]|$| when\b| and\b| at the time)"
)
_WITHIN = re.compile(
    rf"\b(?:agee?s? (?:de |d'a peine |d')|qui (?:n')?a(?:vait)?(?: que)? |du haut de (?:ses|leurs) |qui vient d'avoir )"
    rf"{_NUMBER} ans\b{_NO_AGE}"
    r"|\b(?:aged |who (?:is|was) (?:only |just |now )?)(?P<age2>\d{1,2})\b(?! (?:to|-|years of))"
    r"|\b(?P<age3>\d{1,2})[ -]years?[ -]olds?\b"
)
_IS = re.compile(
    r"^,?(?: qui| who)? (?:est|etait|is|was|est devenue?|becomes?|became|reste|fut|a ete|has been)"
    r"(?: aussi| also| encore| still| elle-meme| lui-meme| herself| himself)? (?P<what>[^,;:.!?()]{3,120})"
)
_IN_SCHOOL = re.compile(
    r"^(?:,? (?:qui|who))?,? (?:est|etait|is|was|etudie|etudiait|studies|entre|termine|commence|frequente|attends)\b"
    r"(?: (?:en|in|au|a|la|le|l'|the|sa|son|her|his))* ?(?:\S+ ){0,4}"
    r"(?:secondaire [1-5]\b|[1-5]e (?:annee (?:du |de )?)?secondaire|grade \d{1,2}\b|"
    r"(?:high|middle|elementary) school\b|"
    r"[1-6]e annee\b|(?:ecole |au )(?:secondaire|primaire)\b)"
)
_HARMED = re.compile(
    r"^,?(?: qui| who)? (?:a ete|avait ete|fut|was|were|has been|had been)(?: \w+ment| \w+ly)? (?:victime|exploitee?|"
    r"agressee?|abusee?|violentee?|violee?|battue?|trafficked|exploited|abused|assaulted|raped|groomed|recruitee?)\b"
)
_AGE_BEFORE = re.compile(
    rf"(?:^|[,;:(«\"“–—] ?|\b(?:et|mais|and|but) )(?:agee? (?:de |d')|a (?:peine |seulement )?|des |du haut de ses |"
    rf"aged? |at (?:only |just )?(?:age )?){_NUMBER}(?: ans)?(?: years old)?, $"
    r"|\b(?P<age2>\d{1,2})[ -]years?[ -]old(?: (?:[a-z-]+))?,? $"
)
_ARTICLE = re.compile(
    r"(?:^|[,;:«»(] ?|\b(?:une?|la|le|cette|cet|ce|notre|son|sa|leur|the|an?|our|her|his|their) |\bl')"
)
_NOUN = re.compile(
    r"(?P<what>(?:(?:jeune|young|petite?|ancien(?:ne)?|former|\d{1,2}-year-old|grade \d{1,2}|high school) )*"
    r"[a-z]+(?:-[a-z]+)?"
    r"(?: [^,;:.!?]{1,70},| de \d{1,2} ans|,)?) "
)
"""A noun before a name, with its complement where a comma follows: "élève Name", "une élève de secondaire 3, Name"."""
_LEAD_IN = re.compile(r"\b(?:selon|d'apres|pour|according to|for|avec|with|par|by|devant|aupres de)\s$")
_DIGIT = re.compile(r"\d")
"""Every age has one, once ``tidy`` has put it in figures."""
_STREET = re.compile(r"^\d*[ ,]*(?:rue|avenue|av\.|boul|chemin|route|rang|st\b|street|road|ave\b|place|montee|cote)\b")
_PLURAL = re.compile(
    r"^(?:(?:les|des|de|nos|leurs|the|our|two|deux|trois) )*(?:jeunes|eleves|enfants|ados|victimes|parents|"
    r"participant\w*s|residente?s|usager\w*s|meres|peres|students|pupils|victims|residents|participants|mothers|fathers|teens|youths)\b"
    r"|^(?:une?|a|one) [a-z]+ (?:sur|in|out of) (?:\d|deux|trois|cinq|dix|two|three|five|ten)"
)
_COMMON = re.compile(r"(?:\b(?:le|la|les|du|des|the|au|aux) |\bl'|\bd')$")
"""An article before a word that is no name of a person then."""
_WHERE = re.compile(r"\b(?:a|de|vers|pres|in|at|from|of|near|to) $")
"""Before the name of a place."""
_ARTICLES_REACH = 24
"""Characters before a name in which an article is looked for."""
_NEAR = 140
"""Characters before a name in which a noun may say who that is."""
_REACH = 300
"""Characters around a name that are read."""
_OTHERS_NEAR = 4
"""Pieces between commas after a name that may still say who that is."""
_MOST_WORDS = 22
_SIGNATURE_WORDS = 6


_CUES = (
    *("jeune", "ado", "son ", "élève", "éleve", "elève", "eleve", "écol", "ecol", "participant", "enfant", "parent"),
    *("secondaire", "grade", "school", "pupil", "student", "étudiant", "etudiant", "mineur", "minor", "child", "youth"),
    *("teen", "kid", "girl", "boy", "fill", "fils", "garçon", "garcon", "daughter", "mère", "mere", "maman", "père"),
    *("pere", "papa", "mother", "father", "mom", "dad", "victim", "surviv", "exploit", "abus", "traffick", "agress"),
    *("usag", "bénéfici", "benefici", "bénefici", "benéfici", "résident", "resident", "citoyen", "citizen", "témoin"),
    *("temoin", "witness", "patient", "client", "locataire", "tenant", "voisin", "neighb"),
)
_CUE = re.compile(
    r"\bans\b|years?[ -]old|\baged? |\b(?:at|à) (?:age )?1?\d\b|"
    r"\b(?:was|is|turn(?:s|ed)) 1\d\b|, 1[0-7]\b|\(1[0-7]\)"
)


def may_present(text: str) -> bool:
    """Tell quickly whether a text may present a minor or a private person; false is certain."""
    plain = text.lower()
    return any(cue in plain for cue in _CUES) or bool(_CUE.search(plain))


def people_presented(
    texts: Iterable[str], *, known: Collection[str] = (), officials: Collection[str] = ()
) -> tuple[Presented, ...]:
    """Give the people whom some texts present as minors or private people, each once, minors first.

    Args:
        texts: running texts.
        known: names of organisations, initiatives and places, which are nobody's.
        officials: names of people in office: only a stated age makes minors of them.
    """
    told = [sentence for text in dict.fromkeys(texts) for sentence in _sentences(text)]
    nobody = frozenset(map(folded, known))
    public = {folded(name) for name in officials}
    found: dict[str, Presented] = {}
    for one in (one for sentence in told if may_present(sentence) for one in _named(sentence, nobody)):
        plain = folded(one.name)
        if plain in found and found[plain].kind == "minor":
            continue
        kind = "minor" if one.under_age else None if plain in public else one.kind
        if not kind or (_is_place(plain) and not one.has_age):
            continue
        if not one.under_age and _in_office(one.name, told):
            public.add(plain)
        else:
            found[plain] = Presented(one.name, kind)
    return tuple(sorted(found.values(), key=lambda one: one.kind))


def _in_office(name: str, told: Iterable[str]) -> bool:
    """Tell whether some sentence names a person in an office."""
    here = (one for sentence in told if name in sentence for one in _named(sentence, frozenset()))
    return any(one.in_office for one in here if one.name == name)


@dataclass(frozen=True)
class _Named:
    """A name in a sentence and what stands beside it, folded."""

    name: str
    before: str
    after: str

    @cached_property
    def pieces(self) -> list[str]:
        """What stands in apposition after the name, cut at commas, up to the next name."""
        if not re.match(r"\s*[,(–—\n-]", self.after):
            return []
        found: list[str] = []
        for piece in PIECES.split(self.after)[1:]:
            if not piece.strip():
                continue
            if len(found) >= _OTHERS_NEAR or _begins_with_name(piece):
                break
            found.append(piece.strip())
        return found

    @cached_property
    def side_before(self) -> str:
        """The text before the name, folded."""
        return tidy_side(self.before)

    @cached_property
    def side_after(self) -> str:
        """The text after the name, folded."""
        return tidy_side(self.after)

    @cached_property
    def nearest_age(self) -> int | None:
        """The age said of the person that stands nearest."""
        return next(self._ages(), None)

    def _ages(self) -> Iterator[int]:
        pieces = self.pieces
        for place, piece in enumerate(pieces):
            age = stated_age(piece)
            street = place + 1 < len(pieces) and _STREET.match(folded(pieces[place + 1]))
            bare = piece.isdecimal() and (street or not 5 <= int(piece) < MAJORITY or place)
            if age is None or bare:
                age = age_at_start(piece)
            if age is None and _DIGIT.search(plain := tidy(piece)) and (within := _WITHIN.search(plain)):
                age = _age(within)
            if age is not None:
                yield age
        yield from (age for noun in self.nouns if (age := stated_age(noun)) is not None)
        sides = ((_SAID_OF.match, self.side_after), (_AGE_BEFORE.search, self.side_before))
        for search, side in sides:
            if _DIGIT.search(side) and (found := search(side)) and (age := _age(found)) is not None:
                yield age

    @cached_property
    def nouns(self) -> list[str]:
        """What the noun before the name says, read from every article on."""
        before = self.side_before[-_NEAR:]
        found = (_NOUN.fullmatch(before, article.end()) for article in _ARTICLE.finditer(before))
        return [noun["what"].strip(" ,") for noun in found if noun]

    @property
    def has_age(self) -> bool:
        """An age is said right behind the name and none of where it is before it: no place then, though called so."""
        said = self.pieces[0] if self.pieces else ""
        aged = not said.isdecimal() and stated_age(said) is not None
        where = _WHERE.search(folded(self.before[-_ARTICLES_REACH:]))
        return not where and (aged or bool(_SAID_OF.match(self.side_after)))

    @property
    def under_age(self) -> bool:
        """The nearest age said of the person is a minor's."""
        return self.nearest_age is not None and self.nearest_age < MAJORITY

    @property
    def in_office(self) -> bool:
        """The words beside the name say an office."""
        first = self.pieces[:2]
        before = self.side_before[-60:].strip(" ,")
        titled = re.search(r"(?:^|[,«»\"“”] ?|\b(?:la|le|l'|the|dit|said|ajoute) ?)([a-z' -]{4,60})$", before)
        return any(map(holds_office, first)) or bool(
            titled and holds_office(titled[1]) and not presented_as_private(titled[1].split(",")[-1].strip())
        )

    @property
    def kind(self) -> Presentation | None:
        """What the words beside the name make of the person, ages apart."""
        adult = self.nearest_age is not None and self.nearest_age >= MAJORITY
        said = self.pieces if not _LEAD_IN.search(folded(self.before[-_NEAR:])) else []
        is_ = _IS.match(self.side_after)
        said = [*said, is_["what"]] if is_ else said
        said = [*said, *self.nouns]
        said = [piece for piece in said if len(piece.split()) <= _MOST_WORDS and not _PLURAL.match(tidy(piece))]
        if not adult and (any(map(presented_as_minor, said)) or _IN_SCHOOL.match(self.side_after)):
            return "minor"
        return "private" if any(map(presented_as_private, said)) or _HARMED.match(self.side_after) else None


def _age(found: re.Match[str]) -> int | None:
    return next((int(age) for name, age in found.groupdict().items() if name.startswith("age") and age), None)


def tidy_side(text: str) -> str:
    """Give the text beside a name folded, marks of Markdown and quotation left out, its outer space kept as one."""
    plain = tidy(text)
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() else ""
    sign = ", " if text.rstrip()[-1:] == "," else tail
    return f"{lead}{plain.strip(' ,')}{sign}" if plain else sign


def _begins_with_name(piece: str) -> bool:
    found = _NAME.match(piece.strip())
    return bool(found and len(found[0].split()) > 1 and folded(found[0].split()[0]) not in OPENINGS)


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; a short line that may be a name goes with the line below it."""
    lines = [line.strip(" \t>#*_") for line in text.split("\n")]
    lines = [line for line in lines if line]
    for place, line in enumerate(lines):
        bare = line.lstrip("—–-~ ")
        if place + 1 < len(lines) and len(bare.split()) <= _SIGNATURE_WORDS and _NAME.match(bare):
            yield f"{bare}\n{lines[place + 1].lstrip('—–- ')}"
        yield from SENTENCE_END.split(line)


def _named(sentence: str, known: frozenset[str]) -> Iterator[_Named]:
    for found in _NAME.finditer(sentence):
        start, end = found.span()
        words = re.split(r"[ \u00a0\u202f]", found[0])
        while words and (_bare(words[0]) in OPENINGS or words[0].endswith("-year-old")):
            start += len(words.pop(0)) + 1
        name = " ".join(words).rstrip(".")
        plain = folded(name)
        if len(plain) < 2 or not words or _no_person(words) or any(plain in one for one in known):
            continue
        if _COMMON.search(folded(sentence[max(0, start - _ARTICLES_REACH) : start])):
            continue
        end = start + len(name)
        yield _Named(name, sentence[max(0, start - _REACH) : start], sentence[end : end + _REACH])


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return folded(word).strip(".'").partition("'")[0]


def _no_person(words: list[str]) -> bool:
    parts = [part for word in words for part in re.split(r"[-‐‑']", _bare(word))]
    return any(part in THINGS for part in parts) or (len(words) == 1 and words[0].isupper() and len(words[0]) > 1)


def _is_place(plain: str) -> bool:
    return plain in _places()


@cache
def _places() -> frozenset[str]:
    return frozenset(folded(place.name) for place in places())
