"""The desk's help with words: what a change of vocabularies or termbase would do to records and translations."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from pydantic import JsonValue, ValidationError
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from extractors.recognizers.terms import hits_in
from passerelle.publishing.assemble import apply_fillings
from passerelle.review.errors import InvalidAct
from passerelle.review.searching import plain
from passerelle.review.vocabulary.asking import TermEffect, Touched, VocabularyEffect
from passerelle.store.decisions import decisions_on
from passerelle.store.pages import IN_ONE
from passerelle.store.records import load_outcome
from passerelle.store.review_tables import ReviewRow
from passerelle.store.tables import RecordRow
from passerelle.store.texts import fillings_by_record
from passerelle.translation.checks import Pair
from passerelle.translation.gaps import other
from passerelle.translation.termbase import Term, key_of, own_terms, problems_of
from passerelle.translation.terminology import Use, uses, violations
from schemas.base import LANGUAGES, Language
from schemas.decision import in_force
from schemas.document import Block
from schemas.edition import Edition, TermEdit, edition, trying
from schemas.paths import language_maps, value_at
from schemas.records import Initiative, Provenance
from schemas.vocabulary import vocabulary
from schemas.wording import excerpt, shortened

PLACES = {
    "themes": "themes",
    "activities": "activities",
    "sectors": "sectors",
    "collaboration": "collaboration",
    "groups": "audience.groups",
    "genders": "audience.genders",
    "kinds": "kind",
    "cost": "cost",
}
"""Where initiatives hold the codes of each vocabulary."""
_STEM = 5
"""Letters of a word below which its ending is kept when records are looked up."""
SHOWN = 160
"""Characters of a translation that is shown."""
AROUND = 40
"""Characters shown around the words that make a difference."""


class TryingWords:
    """The part of the desk's help that tries words; see ``vocabulary.asking.Words``."""

    def vocabulary_effect(self, session: Session, name: str, code: str, edit: TermEdit) -> VocabularyEffect:
        """Say what a change of a term of a vocabulary would do."""
        then = edition().with_term(name, code, edit)
        if name not in PLACES:
            return VocabularyEffect(0, (), ())
        carrying = list(_initiatives(session, RecordRow.payload.like(f'%"{code}"%')))
        having = [(record, evidence) for record, evidence in carrying if code in _codes(record, name)]
        known = {record.id for record, _ in having}
        lost = [_lost(record, evidence, name, code, then) for record, evidence in having]
        found = [one for one in _as_pages_say(session, _new_words(name, code, then)) if one.id not in known]
        kept = _set_by_people(session, [record.id for record in found], PLACES[name])
        gained = [_gained(record, name, code, then) for record in found if record.id not in kept]
        return VocabularyEffect(len(having), tuple(filter(None, gained)), tuple(filter(None, lost)))

    def entries(self) -> Mapping[str, Mapping[str, JsonValue]]:
        """Give the termbase, as JSON by key, in its order."""
        changed = edition().termbase
        told: dict[str, JsonValue] = {key_of(term): _written(term) for term in own_terms()}
        return {key: entry for key, entry in {**told, **changed}.items() if isinstance(entry, dict)}

    def entry_of(self, typed: Mapping[str, JsonValue]) -> tuple[str, Mapping[str, JsonValue]]:
        """Give the key and the entry that somebody typed.

        Raises:
            InvalidAct: it is none (``bad-entry``), or lacks its term in a language (``entry-short``).
        """
        try:
            term = Term.model_validate({**typed, "subject": ""})
        except ValidationError as error:
            first = error.errors()[0]
            if first["type"] == "string_too_short":
                raise InvalidAct("entry-short") from error
            where = ".".join(map(str, first["loc"]))
            raise InvalidAct("bad-entry", where=where, fr=first["msg"], en=first["msg"]) from error
        for problem in problems_of(term):
            said = {one: problem.text(one).partition(": ")[2].removeprefix(f"{problem.field}: ") for one in LANGUAGES}
            raise InvalidAct("bad-entry", where=problem.field, **said)
        return key_of(term), _written(term)

    def entry_effect(self, session: Session, key: str, entry: JsonValue) -> TermEffect:
        """Say what a change of an entry would do; none takes it out."""
        then = edition().with_entry(key, entry)
        old = edition().termbase.get(key) or next((_written(one) for one in own_terms() if key_of(one) == key), None)
        words = [word for one in (old, entry) for word in _named(one)]
        keys = {key_of(Term.model_validate(one)) for one in (old, entry) if one}
        used, worse, better = 0, list[Touched](), list[Touched]()
        for record in _complete(session, words):
            for path, pair in _pairs(record):
                before, named_before = _missed(pair, keys)
                with trying(then):
                    after, named_after = _missed(pair, keys)
                used += named_before or named_after
                if before != after:
                    (worse if after else better).append(
                        Touched(record.id, _name(record), shortened(pair.output, SHOWN), path)
                    )
        return TermEffect(used, tuple(worse), tuple(better))


def _complete(session: Session, words: Iterable[str]) -> Iterator[Initiative]:
    """Yield the records that hold one of some words, with their translations."""
    found = [record for record, _ in _speaking_of(session, words)]
    for start in range(0, len(found), IN_ONE):
        some = found[start : start + IN_ONE]
        fillings = fillings_by_record(session, [record.id for record in some])
        for record in some:
            yield from apply_fillings([record], fillings.get(record.id, ()))


def _pairs(record: Initiative) -> Iterator[tuple[str, Pair]]:
    """Yield each translation of a record with its source; what pages say in both languages is none."""
    for path, texts in language_maps(record):
        for target in LANGUAGES:
            text, source = texts.get(target), texts.get(other(target))
            if text and source and record.text_status.get(f"{path}.{target}"):
                yield f"{path}.{target}", Pair(source, text, other(target), target)


def _missed(pair: Pair, keys: Container[str]) -> tuple[bool, bool]:
    """Tell whether a translation misses or avoids not one of ``keys``, and whether its source uses one."""

    def among(found: Iterable[Use]) -> bool:
        return any(key_of(term) in keys for use in found for term in use.terms)

    wrong = violations(pair.source, pair.output, pair.source_language, pair.target_language)
    return among(wrong), among(uses(pair.source, pair.source_language))


def _initiatives(session: Session, condition: ColumnElement[bool]) -> Iterator[tuple[Initiative, Provenance | None]]:
    rows = select(RecordRow.payload, RecordRow.provenance).where(RecordRow.type == "initiative", condition)
    for payload, provenance in session.execute(rows.order_by(RecordRow.id)):
        evidence = Provenance.model_validate_json(provenance) if provenance else None
        yield Initiative.model_validate_json(payload), evidence


def _as_pages_say(session: Session, words: Iterable[str]) -> Iterator[Initiative]:
    """Yield the records that may hold one of some phrases, before decisions: what is read anew is read from pages."""
    wanted = _speaking(words)
    if wanted is not None:
        told = RecordRow.base.is_not(None) | wanted  # those whose words curators replaced are few
        rows = select(func.coalesce(RecordRow.base, RecordRow.payload)).where(RecordRow.type == "initiative", told)
        yield from map(Initiative.model_validate_json, session.scalars(rows.order_by(RecordRow.id)))


def _set_by_people(session: Session, records: Iterable[str], path: str) -> set[str]:
    """Give the records whose field at a path somebody set: what pages say of it changes nothing there."""
    redirects = load_outcome(session, "match").get("redirects", {})
    wanted = set(records)
    merged = [old for old, new in redirects.items() if new in wanted]
    told = in_force(decisions_on(session, [*wanted, *merged]))
    return {redirects.get(one.record, one.record) for one in told if one.action == "edit" and one.path == path}


def _speaking_of(session: Session, words: Iterable[str]) -> Iterator[tuple[Initiative, Provenance | None]]:
    """Yield the records in whose words one of some phrases may stand."""
    wanted = _speaking(words)
    if wanted is not None:
        yield from _initiatives(session, wanted)


def _speaking(words: Iterable[str]) -> ColumnElement[bool] | None:
    """Write as a condition that the longest part of one of some phrases stands in a record, whatever its ending."""
    stems = {max(plain(word).split() or [""], key=len) for word in words} - {""}
    cut = [stem[:-2] if len(stem) > _STEM else stem for stem in sorted(stems)]
    if not cut:
        return None
    ids = select(ReviewRow.record).where(or_(*(ReviewRow.search.like(f"%{stem}%") for stem in cut)))
    return RecordRow.id.in_(ids)


def _codes(record: Initiative, name: str) -> tuple[str, ...]:
    found = value_at(record, PLACES[name])
    return found if isinstance(found, tuple) else (str(found),) if found else ()


def _lost(record: Initiative, evidence: Provenance | None, name: str, code: str, then: Edition) -> Touched | None:
    """Give a record whose evidence of a code would be evidence no more; what a curator set has none, and stays."""
    codes = _codes(record, name)
    path = PLACES[name] if name in ("kinds", "cost") else f"{PLACES[name]}.{codes.index(code)}"
    quotes = [one.quote for one in evidence.fields.get(path, ())] if evidence else []
    now = [quote for quote in quotes if _speaks(quote, LANGUAGES, name, code)]
    with trying(then):
        left = [quote for quote in now if _speaks(quote, LANGUAGES, name, code)]
    return Touched(record.id, _name(record), now[0]) if now and not left else None


def _gained(record: Initiative, name: str, code: str, then: Edition) -> Touched | None:
    """Give a record whose texts, as pages give them, would speak of a code."""
    told = [
        (f"{path}.{language}", language, texts.get(language) or "")
        for path, texts in language_maps(record)
        for language in LANGUAGES
        if f"{path}.{language}" not in record.text_status
    ]
    with trying(then):
        found = ((path, _speaks(text, (language,), name, code)) for path, language, text in told if text)
        path, words = next(((path, words) for path, words in found if words), ("", ""))
    return Touched(record.id, _name(record), words, path) if words else None


def _speaks(text: str, languages: tuple[Language, ...], name: str, code: str) -> str:
    """Give the words by which a text speaks of a code, and a little of what stands around; empty where it does not."""
    block = Block(kind="paragraph", text=" ".join(text.split()), language=languages[0])
    found = next((hit for hit in hits_in(block, languages, name) if hit.code == code), None)
    return excerpt(block.text, found.start, found.end, AROUND) if found else ""


def _new_words(name: str, code: str, then: Edition) -> list[str]:
    def words() -> set[str]:
        term = next((one for one in vocabulary(name).terms if one.code == code), None)
        if term is None:
            return set()
        return {*term.synonyms.fr, *term.synonyms.en, term.label.fr or "", term.label.en or ""}

    now = words()
    with trying(then):
        return sorted(words() - now)


def _written(term: Term) -> dict[str, JsonValue]:
    return term.model_dump(mode="json", exclude={"subject"}, exclude_defaults=True)


def _named(entry: JsonValue) -> list[str]:
    term = Term.model_validate(entry) if entry else None
    return [word for language in LANGUAGES for word in term.names(language)] if term else []


def _name(record: Initiative) -> str:
    return record.name.fr or record.name.en or record.slug
