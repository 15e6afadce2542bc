"""The sector's language: the terms that a translation must use, read from ``terms/*.yml``.

One file a subject, one entry a concept: in each language the preferred term, those admitted beside it and those to
avoid; for French also the feminine and the inclusive form. ``terminology`` holds texts against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, JsonValue, ValidationError, model_validator

from schemas.base import LANGUAGES, Language, LanguageMap, Shape
from schemas.edition import edition, per_edition
from schemas.yaml_lines import Location, line_of, lines_of, repeated_keys

FOLDER = Path(__file__).with_name("terms")

PartOfSpeech = Literal["noun", "verb", "adjective", "adverb", "acronym"]


class Forms(Shape):
    """How a concept is said in one language; a plain string stands for a preferred term alone."""

    preferred: str = Field(min_length=2)
    admitted: tuple[str, ...] = Field(default=(), description="Good too, or good in some contexts")
    avoid: tuple[str, ...] = Field(default=(), description="Wrong for this concept, as engines and calques have it")
    feminine: str | None = Field(default=None, description="French only")
    inclusive: tuple[str, ...] = Field(default=(), description="French only: intervenant·e")
    not_with: tuple[str, ...] = Field(
        default=(), description="Words of a text in which the form names something else: a fugue with « musique »"
    )

    also: tuple[str, ...] = Field(
        default=(), description="English only: other names of the concept in a source text, whether good or to avoid"
    )

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"preferred": value} if isinstance(value, str) else value

    @property
    def good(self) -> tuple[str, ...]:
        """Forms that a reader may find in a good text, the preferred one first."""
        return (self.preferred, *filter(None, (self.feminine,)), *self.admitted)

    @property
    def written(self) -> tuple[str, ...]:
        """All forms, good and bad."""
        return (*self.good, *self.inclusive, *self.avoid)


class Term(Shape):
    """A concept of the sector in both languages."""

    fr: Forms
    en: Forms
    pos: PartOfSpeech = "noun"
    note: LanguageMap | None = None
    enforce: bool = Field(
        default=True,
        description="Whether a translation without any good form is refused; else only one with a form to avoid",
    )
    subject: str = Field(default="", description="Name of the file, set when it is read")

    def forms(self, language: Language) -> Forms:
        """Give one side."""
        return self.fr if language == "fr" else self.en

    def names(self, language: Language) -> tuple[str, ...]:
        """Give the forms that name the concept in a source text.

        All good French ones, but of the English ones the preferred and those in ``also``: what is admitted is often a
        wider word.
        """
        return self.fr.good if language == "fr" else (self.en.preferred, *self.en.also)


@dataclass(frozen=True, order=True)
class TermProblem:
    """Something wrong with a file of terms."""

    path: Path
    line: int
    field: str
    code: str
    value: str = ""

    def text(self, language: Language) -> str:
        """Say it on one line: ``file:line: field: message``."""
        said = _TEXTS[self.code][0 if language == "fr" else 1].format(value=self.value)
        return f"{self.path}:{self.line}: {self.field}: {said}"

    def __str__(self) -> str:
        return self.text("en")


_TEXTS = {
    "not-yaml": ("illisible comme YAML : {value}", "not readable as YAML: {value}"),
    "not-a-list": ("doit être une liste : - {{fr: …, en: …}}", "must be a list: - {{fr: …, en: …}}"),
    "repeated": ("figure deux fois dans une même fiche", "stands twice in one entry"),
    "missing": ("manque", "is missing"),
    "extra_forbidden": ("n’est pas un champ de ces fiches", "is no field of these entries"),
    "literal_error": ("doit être noun, verb, adjective, adverb ou acronym", "must be one of the parts of speech"),
    "other": ("n’est pas valable ({value})", "is not valid ({value})"),
    "french-only": (
        "féminin et formes inclusives : en français seulement",
        "feminine and inclusive forms: French only",
    ),
    "english-only": ("autres noms (also) : en anglais seulement", "also: English only"),
    "twice": (
        "« {value} » figure deux fois; gardez-le comme préféré, admis ou à éviter",
        "“{value}” stands twice; keep it as preferred, admitted or to avoid",
    ),
    "double": (
        "« {value} » a déjà une fiche; réunissez-les",
        "“{value}” has an entry already; join them",
    ),
}


class TermbaseError(ValueError):
    """A file of terms cannot be used; the message has one line a problem."""


def read_terms(*folders: Path) -> tuple[tuple[Term, ...], tuple[TermProblem, ...]]:
    """Read every ``*.yml`` of some folders: the entries that can be used, and the problems of all."""
    terms: list[Term] = []
    problems: list[TermProblem] = []
    seen: set[tuple[str, str]] = set()
    for path in (path for folder in folders for path in sorted(folder.glob("*.yml"))):
        for line, term in _read(path, problems):
            problems += _contradictions(path, line, term)
            key = (term.fr.preferred.lower(), term.pos)
            if key in seen:
                problems.append(TermProblem(path, line, "fr", "double", term.fr.preferred))
            seen.add(key)
            terms.append(term)
    return tuple(terms), tuple(sorted(problems))


@per_edition
def load_terms() -> tuple[Term, ...]:
    """Give the termbase, with what curators changed.

    Raises:
        TermbaseError: a file has a problem.
    """
    own, changed = own_terms(), edition().termbase
    left = [(key_of(term), term) for term in own if changed.get(key_of(term), True) is not None]
    known = {key for key, _ in left}
    kept = (_entry(changed[key]) if key in changed else term for key, term in left)
    return (*kept, *(_entry(entry) for key, entry in changed.items() if entry is not None and key not in known))


def key_of(term: Term) -> str:
    """Give the key of an entry: its preferred French term and part of speech."""
    return f"{term.fr.preferred.lower()}|{term.pos}"


def problems_of(term: Term) -> tuple[TermProblem, ...]:
    """Give what an entry written at the desk says against itself."""
    return tuple(_contradictions(Path("termbase"), 1, term))


@cache
def own_terms() -> tuple[Term, ...]:
    """Read the termbase as the project has it.

    Raises:
        TermbaseError: a file has a problem.
    """
    terms, problems = read_terms(FOLDER)
    if problems:
        raise TermbaseError("\n".join(map(str, problems)))
    return terms


def _entry(said: JsonValue) -> Term:
    return Term.model_validate(said)


def _read(path: Path, problems: list[TermProblem]) -> Iterator[tuple[int, Term]]:
    """Yield a file's entries with their lines."""
    try:
        text = path.read_text("utf-8-sig")
        lines, content, repeated = lines_of(text), yaml.safe_load(text), repeated_keys(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        problems.append(TermProblem(path, mark.line + 1 if mark else 1, "file", "not-yaml", said))
        return
    problems += [TermProblem(path, line, _name(where), "repeated") for where, line in repeated]
    if not isinstance(content, list):
        problems.append(TermProblem(path, 1, "file", "not-a-list"))
        return
    for place, entry in enumerate(content):
        try:
            term = Term.model_validate(entry)
        except ValidationError as error:
            for one in error.errors():
                where: Location = (place, *one["loc"])
                code = one["type"] if one["type"] in _TEXTS else "other"
                problems.append(TermProblem(path, line_of(lines, where), _name(where), code, one["msg"]))
        else:
            yield line_of(lines, (place,)), term.model_copy(update={"subject": path.stem})


def _name(where: Location) -> str:
    return ".".join(map(str, where[1:])) or "entry"


def _contradictions(path: Path, line: int, term: Term) -> Iterator[TermProblem]:
    """Yield what an entry says against itself."""
    if term.en.feminine or term.en.inclusive:
        yield TermProblem(path, line, "en", "french-only")
    if term.fr.also:
        yield TermProblem(path, line, "fr", "english-only")
    for language in LANGUAGES:
        low = [form.lower() for form in term.forms(language).written]
        for form in sorted({form for form in low if low.count(form) > 1}):
            yield TermProblem(path, line, language, "twice", form)
