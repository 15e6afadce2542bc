"""Mentions of organisations in one block: gazetteer bodies, headed names, and names that cues announce."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extractors.recognizers.bodies import BodyHit, bodies_in
from extractors.recognizers.fold import MEMORY, Folded, fold
from extractors.recognizers.lexicon import (
    ACRONYM_HEADS,
    FRENCH_HEADS,
    NOT_NAMES,
    PARTICLES,
    TITLES,
)
from extractors.recognizers.name_shapes import (
    begins_with_head,
    cut_before_body,
    is_no_body,
    is_opening_word,
    is_title_case,
    looks_like_person,
    spells,
)
from extractors.recognizers.name_tails import tail_end
from extractors.recognizers.names import Name, name_at
from extractors.recognizers.numbers import number_words
from extractors.recognizers.org_cues import coordinated, cue_after, cue_before
from extractors.recognizers.place_names import is_place_name
from extractors.recognizers.small_bodies import small_bodies
from extractors.recognizers.tokens import Token, shouting, tokens_of
from schemas.base import PageLanguage
from schemas.gazetteer import Body

_DEFINED = re.compile(r" ?\((?:le |la |l['’]|the )?[«\"“]? ?(?P<acronym>[A-ZÀ-Ý][A-Za-zÀ-ÿ.&0-9-]{1,11})[»\"”]?\)")
_ANNOUNCED = re.compile(
    r"\b(?:[Oo]rganismes?|[Oo]rgani[sz]ations?|[Aa]ssociations?)(?: communautaires?| jeunesse| local)? "
    r"(?P<name>(?:Sur|Sous|Dans|Par|Vers) (?:les? |la |l['’])[a-zà-ÿ][\w’'-]+|"
    r"(?:(?:Au|Aux|À|En|Pour|Sur|Sans|Entre|Les|Le|La) (?:[a-zà-ÿ][\w’'-]*|[A-ZÀ-Ý][\w’'-]+)|L['’]\w+|"
    r"[A-ZÀ-Ý][\w’'-]+)(?: (?:de la|de l['’]|des|du|de|d['’]|à la|à|au|aux|en|pour|sans|contre|et) ?"
    r"[a-zà-ÿ][\w’'-]+){1,2}|[A-ZÀ-Ý][\w’'-]+ (?!qui|que|dont|est)[a-zà-ÿ]{3,} [A-ZÀ-Ý][\w’'-]+|[A-ZÀ-Ý]\w+-(?:moi|"
    r"toi|nous|vous) (?:les? |la |l['’])[a-zà-ÿ][\w’'-]+)"
    r"(?=,| \(|[.;]|$| (?:depuis|travaille|offre|accueille|anime|propose|aide|accompagne|porte|pilote|organise|rejoint|"
    r"intervient|forme|a|est) )"
)
"""An organisation named with small words, up to a mark that ends the name."""
_ACTING = re.compile(
    r"(?:^|(?<=[.!?] ))(?P<name>(?:L[ae]s? |L['’])[A-ZÀ-Ý][a-zà-ÿ-]{2,} (?:du|de la|de l['’]|des|d['’]|à la|aux?|en) ?"
    r"[a-zà-ÿ-]{3,})"
    r"(?= (?:distribue|offre|accueille|héberge|anime|organise|accompagne|reçoit|propose|forme|aide)(?:nt)? )"
)
"""An organisation named with small words that a sentence opens with and that acts: 'La Porte du fond accueille'."""
_WHAT_IT_IS = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=chez )|(?<=par ))"
    r"(?P<name>(?:L[ae]s? |L['’])[A-ZÀ-Ý][a-zà-ÿ-]{2,} (?:(?:à|à la|aux?|de|du|de la|en|et|sans|qui) )?"
    r"[a-zà-ÿ-]{3,}(?: (?:du|de la|de|des) [a-zà-ÿ-]{3,})?)"
    r"(?=, (?:une? |l['’])?(?:organisme|organisation|association|coopérative|fondation|regroupement|ressource|"
    r"OBNL|OSBL)\b)"
)
"""An organisation named with small words of which the sentence says what it is: 'La Porte du fond, organisme de'."""
_TITLED = ("La ", "Le ", "Las ", "Les ", "L'", "L’")
"""What those begin with: most texts have none of them."""
_AND_NAME = re.compile(r" (?:and|et|à|to) (?P<name>[A-ZÀ-Ý][\w-]+)")
_EXPANDED = re.compile(r" ?\((?P<full>[A-ZÀ-Ýa-zà-ÿ][^()]{6,100})\)")
_INCORPORATED = re.compile(r",? (?:inc|ltee|senc)\b\.?")
_INITIATIVE_WORDS = frozenset(
    ("projet", "programme", "volet", "laboratoire", "plan", "strategie", "project", "program", "initiative")
)

_ARTICLES = ("le", "la", "les", "l")
_SEVERAL = 2
"""Words of a name that is more than the word that begins it."""
_SHORTEST = 3
"""Characters that a name has at least."""
_FARTHEST_EXPANSION = 14
"""Words before an acronym among which those that it stands for are sought."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a block names an organisation, or an initiative (``rule`` is then ``project``)."""

    start: int
    end: int
    rule: str
    body: Body | None = None
    acronym: str | None = None
    full: str | None = None
    """The name spelled out after an acronym, where the page does so."""


@lru_cache(maxsize=MEMORY)
def mentions_in(text: str, language: PageLanguage) -> tuple[Mention, ...]:
    """Find the mentions of a block, in order."""
    if text.islower():
        return ()
    reader = _Reader(text, tokens_of(text), fold(text), language)
    return tuple(sorted(reader.read(), key=lambda mention: mention.start))


class _Reader:
    """Reads one block; remembers what the last name was, for lists of names."""

    def __init__(self, text: str, tokens: Sequence[Token], folded: Folded, language: PageLanguage) -> None:
        self._text = text
        self._tokens = tokens
        self._folded = folded
        self._language = language
        self._last: tuple[int, str] | None = None
        self._bodies: dict[int, BodyHit] = {}

    @cached_property
    def _title_case(self) -> bool:
        return is_title_case(self._tokens)

    def read(self) -> Iterator[Mention]:
        bodies = self._bodies = {hit.first: hit for hit in bodies_in(self._text, self._tokens)}
        shouting_text = shouting(self._text)
        spelled = dict(self._schools()) | dict(self._announced()) | dict(self._spelled_out())
        reached = 0
        capitals = {place for place, token in enumerate(self._tokens) if token.capital}
        for place in sorted(capitals.union(bodies, spelled)):  # most words are small, and no name begins there
            token = self._tokens[place]
            if token.start < reached:
                continue
            hit = bodies.get(place)
            if hit is not None:
                known = self._body(hit)
                yield known
                reached = known.end
                continue
            if shouting_text:
                continue
            name = spelled.get(place)
            if name is None and token.capital:
                name = name_at(self._text, self._tokens, place)
            name = cut_before_body(self._tailed(name), bodies, self._tokens) if name else None
            if name is None:
                continue
            mention = self._judge(name)
            if mention is not None:
                yield mention
            if mention is not None or token.folded not in NOT_NAMES:
                reached = self._tokens[name.after - 1].end

    def _tailed(self, name: Name) -> Name:
        """Lengthen a French name by the small words that end it."""
        if self._language == "en":
            return name
        place = self._place(name.start)
        before = self._folded.text[max(0, place - 60) : place]
        first = self._tokens[name.first]
        written = self._text[name.start : name.end]
        articled = first.folded in _ARTICLES and name.after > name.first + 1 and self._tokens[name.first + 1].capital
        initial = first.initial and not articled
        end = tail_end(self._text, before, written, name.end, headed=name.headed, initial=initial)
        if end == name.end:
            return name
        after = name.after
        while after < len(self._tokens) and self._tokens[after].end <= end:
            after += 1
        capitals = name.capitals + sum(token.capital for token in self._tokens[name.after : after])
        return Name(name.first, after, name.start, end, name.headed, capitals, name.inside + after - name.after)

    def _announced(self) -> Iterator[tuple[int, Name]]:
        """Find names with small words that 'l'organisme' announces and a comma or bracket closes, by first token."""
        announced = "organis" in self._folded.text or "associat" in self._folded.text
        titled = any(map(self._text.__contains__, _TITLED))
        found = [
            *(_ANNOUNCED.finditer(self._text) if announced else ()),
            *(_ACTING.finditer(self._text) if titled else ()),
            *(_WHAT_IT_IS.finditer(self._text) if titled else ()),
        ]
        starts = [token.start for token in self._tokens] if found else []
        for match in found:
            first, after = bisect_left(starts, match.start("name")), bisect_left(starts, match.end("name"))
            words = self._tokens[first:after]
            if len(words) > 1 and not is_place_name(words[0].folded):
                capitals = sum(word.capital for word in words[1:])
                start, end = match.span("name")
                yield first, Name(first, after, start, end, False, capitals, len(words) - 1 - capitals)

    def _schools(self) -> Iterator[tuple[int, Name]]:
        """Find bodies whose kind is written small, by first token."""
        starts: list[int] = []
        for start, end in small_bodies(self._text, self._language):
            starts = starts or [token.start for token in self._tokens]
            first, after = bisect_left(starts, start), bisect_left(starts, end)
            capitals = sum(word.capital for word in self._tokens[first:after])
            yield first, Name(first, after, start, end, True, capitals, after - first - capitals)

    def _spelled_out(self) -> Iterator[tuple[int, Name]]:
        """Find the names that an acronym in brackets spells out, whatever words they are made of, by first token."""
        defined_in = [*_DEFINED.finditer(self._text)] if "(" in self._text else []
        starts = [token.start for token in self._tokens] if defined_in else []
        for defined in defined_in:
            acronym = self._definition(defined.start())
            after = bisect_left(starts, defined.start())
            if acronym is None or after == 0 or self._tokens[after - 1].end != defined.start():
                continue
            first = self._expansion_start(acronym, after)
            if first is not None:
                words = self._tokens[first:after]
                capitals = sum(word.capital for word in words[1:])
                headed = words[0].folded in FRENCH_HEADS
                yield (
                    first,
                    Name(first, after, words[0].start, words[-1].end, headed, capitals, len(words) - 1 - capitals),
                )

    def _expansion_start(self, acronym: str, after: int) -> int | None:
        """Give the nearest capitalised word from which the words up to ``after`` spell an acronym."""
        for first in range(after - 2, max(-1, after - 1 - _FARTHEST_EXPANSION), -1):
            if re.search(r"[.;:!?()]", self._text[self._tokens[first].end : self._tokens[first + 1].start]):
                return None
            words = [token.folded for token in self._tokens[first:after]]
            if self._tokens[first].capital and spells(acronym, words):
                return first
        return None

    def _body(self, hit: BodyHit) -> Mention:
        chapter = self._chapter(hit)
        if chapter is not None:
            return chapter
        start, end = self._tokens[hit.first].start, self._tokens[hit.after - 1].end
        self._remember(end, self._cue_before(start))
        rule = "organizations.acronym" if hit.by_acronym else "organizations.gazetteer"
        return Mention(start, end, rule, hit.body, self._definition(end))

    def _chapter(self, hit: BodyHit) -> Mention | None:
        """Read a network's name with a place after it as its local member: Centraide Outaouais."""
        following = next((one for one in self._tokens[hit.after : hit.after + 3] if one.folded not in PARTICLES), None)
        local = hit.body.kind == "network" or self._tokens[hit.first].folded in ACRONYM_HEADS
        if not local or hit.body.regions or following is None or not following.capital:
            return None
        name = name_at(self._text, self._tokens, hit.first)
        if name is None or name.after <= hit.after:
            return None
        self._remember(name.end, self._cue_before(name.start))
        return Mention(name.start, name.end, "organizations.name", acronym=self._definition(name.end))

    def _judge(self, name: Name) -> Mention | None:
        if name.end - name.start < _SHORTEST or self._opens_sentence(name):
            return None
        before = self._cue_before(name.start)
        after = cue_after(self._folded.text, self._place(name.end))
        listed = self._listed(name.start)
        if "project" in (before, after) or (listed == "project" and before is None and not name.headed):
            self._remember(name.end, "project")
            return Mention(name.start, name.end, "project", acronym=self._definition(name.end))
        rule = self._rule(name, before, after, listed)
        self._remember(name.end, before or (listed if rule else None))
        if rule == "definition" and self._is_initiative(name, before, after):
            return Mention(name.start, name.end, "project", acronym=self._definition(name.end))
        return self._mention(name, f"organizations.{rule}") if rule else None

    def _opens_sentence(self, name: Name) -> bool:
        """Say whether a name only begins with a sentence's first word, or with a word that begins no name."""
        first = self._tokens[name.first]
        if not (first.folded in NOT_NAMES or is_opening_word(name, first)) or self._expands(name):
            return False
        if first.initial or name.after - name.first < _SEVERAL:
            return True
        counted = name.headed and first.folded in number_words()  # the Seven Example Centre
        return not counted and self._cue_before(name.start) != "cue"

    def _mention(self, name: Name, rule: str) -> Mention:
        full = self._expansion(name)
        if full is not None:
            acronym = self._text[name.start : name.end]
            return Mention(name.start, full[1], rule, acronym=acronym, full=self._text[slice(*full)])
        return Mention(name.start, self._with_incorporated(name.end), rule, acronym=self._definition(name.end))

    def _rule(self, name: Name, before: str | None, after: str | None, listed: str | None) -> str | None:
        """Name the rule by which a name is an organisation's, from its shape first, then from the words around it."""
        words = self._tokens[name.first : name.after]
        if looks_like_person(words) or self._titled(name) or self._is_place(name) or is_no_body(words):
            return None
        if name.headed and self._is_full(name, words):
            return None if self._are_many(name) else "name"
        if self._expands(name):
            return "definition"
        if name.headed and len(words) == 1 and not begins_with_head(words[0], compound=True):
            return None
        return self._rule_by_cues(words, before, after, listed) or ("cue" if self._beside_body(name) else None)

    def _titled(self, name: Name) -> bool:
        """Say whether a person's title stands right before: Mme Exemple."""
        before = self._tokens[name.first - 1] if name.first else None
        if before is None or before.folded not in TITLES or name.headed:
            return False
        return (before.capital or before.folded in ("dr", "dre")) and name.start - before.end <= len(". ")

    def _rule_by_cues(
        self, words: Sequence[Token], before: str | None, after: str | None, listed: str | None
    ) -> str | None:
        telling = len(words) > 1 or words[0].acronym
        if before == "cue" and self._beside_place(words):
            return None
        if before == "cue" or (listed == "cue" and (telling or not words[0].initial)):
            return "cue"
        if after == "apposition":
            return "apposition"
        if after in ("subject", "agent") and not self._title_case:
            sure = telling or not words[0].initial or self._language != "en"
            return "subject" if sure and before in (None, "weak-cue") else None
        return "cue" if before == "weak-cue" and telling else None

    def _beside_body(self, name: Name) -> bool:
        """Say whether a name with its article is listed with a known body after it: 'Le Phare du Nord et le CISSS'."""
        articles = (*_ARTICLES, "the")
        article = any(self._tokens[place].folded in articles for place in (max(0, name.first - 1), name.first))
        if not article or name.capitals < _SEVERAL or self._title_case:
            return False
        following = next((place for place in range(name.after, name.after + 5) if place in self._bodies), None)
        if following is None:
            return False
        between = self._folded.text[self._place(name.end) : self._place(self._tokens[following].start)]
        return coordinated(between)

    def _are_many(self, name: Name) -> bool:
        """Say whether an acronym stands for several bodies of a place: les CPE de Saint-Georges."""
        first = self._tokens[name.first]
        head = self._tokens[name.first + 1] if first.folded == "les" else first
        before = self._tokens[name.first - 1].folded if name.first and first is head else first.folded
        return head.folded in ACRONYM_HEADS and before in ("les", "des", "aux")

    def _beside_place(self, words: Sequence[Token]) -> bool:
        """Say whether one word is only listed with a place: 'from Exemple and Natashquan'."""
        if len(words) != 1 or words[0].acronym:
            return False
        following = _AND_NAME.match(self._text, words[0].end)
        return bool(following and is_place_name(following["name"]))

    def _is_full(self, name: Name, words: Sequence[Token]) -> bool:
        """Say whether a headed name says more than its head."""
        if begins_with_head(words[0]):
            english_title = self._title_case and self._language == "en"
            return (name.capitals >= 1 and not english_title) or (name.inside >= 2 and not words[0].initial)
        return not self._title_case and name.capitals >= (3 if words[0].initial else 2)

    def _is_initiative(self, name: Name, before: str | None, after: str | None) -> bool:
        """Say whether a spelled-out name is a project's, which nothing around it makes an organisation."""
        full = self._expansion(name)
        start = full[0] if full else name.start
        first = fold(self._text[start : start + 24]).text.split()[0]
        return first in _INITIATIVE_WORDS and before != "cue" and after not in ("agent", "apposition")

    def _expands(self, name: Name) -> bool:
        """Say whether the name is spelled out by an acronym right after it, or the other way round."""
        acronym = self._definition(name.end)
        words = self._tokens[name.first : name.after]
        if acronym is not None:
            return len(words) > 1 and spells(acronym, [word.folded for word in words])
        return self._expansion(name) is not None

    def _expansion(self, name: Name) -> tuple[int, int] | None:
        """Give the characters in brackets that spell out an acronym: C.E.N. (Centre Exemple du Nord)."""
        words = self._tokens[name.first : name.after]
        full = _EXPANDED.match(self._text, name.end) if len(words) == 1 and words[0].acronym else None
        if full is None:
            return None
        return full.span("full") if spells(words[0].folded, fold(full["full"]).text.split()) else None

    def _definition(self, end: int) -> str | None:
        defined = _DEFINED.match(self._text, end) if self._text.startswith((" (", "("), end) else None
        if defined is None or sum(letter.isupper() for letter in defined["acronym"]) < 2:
            return None
        return defined["acronym"]

    def _with_incorporated(self, end: int) -> int:
        match = _INCORPORATED.match(self._folded.text, self._place(end))
        return self._folded.span(match.start(), match.end())[1] if match else end

    def _is_place(self, name: Name) -> bool:
        return not name.headed and is_place_name(self._text[name.start : name.end])

    def _listed(self, start: int) -> str | None:
        if self._last is None:
            return None
        end, kind = self._last
        return kind if coordinated(self._folded.text[self._place(end) : self._place(start)]) else None

    def _remember(self, end: int, kind: str | None) -> None:
        self._last = (end, kind) if kind else None

    def _cue_before(self, start: int) -> str | None:
        return cue_before(self._folded.text, self._place(start))

    def _place(self, original: int) -> int:
        return self._folded.place(original)
