"""One sentence's way to an engine and back: protected, expanded, translated, verified, written for a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from passerelle.translation import checks
from passerelle.translation.amounts import amounts_last
from passerelle.translation.bounds import changes_bound
from passerelle.translation.french_agreement import agree_verbs
from passerelle.translation.french_terms import agree
from passerelle.translation.hours import at_the_hour
from passerelle.translation.mending import mend
from passerelle.translation.post_edit import with_article
from passerelle.translation.protect import (
    ALL_KINDS,
    ALWAYS_HIDDEN,
    Masked,
    Placeholder,
    lost_span,
    mask,
    mask_terms,
    placeholder_pattern,
    restore_names,
    unmask,
)
from passerelle.translation.sentences import LONGEST
from passerelle.translation.spans import Span, find_spans
from passerelle.translation.typography import for_engine, for_reader, localise
from passerelle.translation.vocabulary import is_common
from schemas.base import Language
from schemas.inclusive import expand_inclusive

_Stop = Literal["as-is", "added", "dropped"]
Way = Literal["kept", "hidden", "terms", "both"]
"""First the engine sees names and numbers and copies them. On failure they are hidden, with other punctuation; where it
missed a term, the terms are; where it changed a number or a name too, both."""

CAPITALS_SHARE = 0.8
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE_WORD = re.compile(r"(?<![\w’'-])[A-ZÀ-Ý][a-zà-ÿ]+(?![\w’'-])")
_TERMINAL = re.compile(r"[.!?…:;][\"'»”)\]]*$")


@dataclass(frozen=True)
class Sentence:
    """A sentence to translate, with what is known of it."""

    text: str
    source: Language
    target: Language
    names: tuple[str, ...] = ()
    is_name: bool = False


@dataclass(frozen=True)
class Attempt:
    """A sentence made ready for an engine in one of the two ways."""

    sentence: Sentence
    masked: Masked
    kept: tuple[Span, ...]
    capitals: bool
    stop: _Stop

    @property
    def request(self) -> str:
        """What the engine reads."""
        return self.masked.text


@dataclass(frozen=True)
class Outcome:
    """A sentence's translation, or the names of the checks that refused it."""

    text: str | None
    failures: tuple[checks.Failure, ...] = ()

    @property
    def failure(self) -> checks.Failure | None:
        """The first of them."""
        return next(iter(self.failures), None)


def as_it_stands(sentence: Sentence) -> str | None:
    """Give the sentence without an engine where all its letters are protected (a name, an acronym, an address).

    What is longer than any sentence could not be split, and so is one word: no language has it.
    """
    if len(sentence.text) > LONGEST:
        return sentence.text
    spans = find_spans(
        sentence.text, sentence.names, acronyms=not _is_capitals(sentence.text) or _is_one_word(sentence.text)
    )
    masked = mask(sentence.text, spans, ALL_KINDS, sentence.target)
    rest = placeholder_pattern(masked.form).sub("", masked.text)
    return None if any(character.isalpha() for character in rest) else unmask(masked.text, masked)


def prepare(sentence: Sentence, way: Way, placeholder: Placeholder | None = None) -> Attempt:
    """Make a sentence ready for an engine; ``placeholder``: what its model copies through, if it was taught any."""
    text = unicodedata.normalize("NFC", sentence.text)
    if sentence.source == "en":
        text = amounts_last(text)
    capitals = _is_capitals(text)
    spans = find_spans(text, sentence.names, acronyms=not capitals)
    hidden = ALL_KINDS if way in ("hidden", "both") else ALWAYS_HIDDEN
    if capitals:
        text = _sentence_case(text, spans)
    elif not sentence.is_name and _is_title_case(text):
        text = _without_title_case(text, spans, sentence.source)
    masked = mask(text, spans, hidden, sentence.target, placeholder)
    if sentence.source == "fr":
        masked = replace(masked, text=expand_inclusive(masked.text))
    if way in ("terms", "both") and not capitals:
        masked = mask_terms(masked, sentence.source, sentence.target, placeholder)
    request = for_engine(masked.text)
    stop: _Stop = "as-is"
    if way == "hidden":
        request, stop = _other_punctuation(request)
    return Attempt(
        sentence=sentence,
        masked=replace(masked, text=request),
        kept=tuple(span for span in spans if span.kind not in hidden),
        capitals=capitals,
        stop=stop,
    )


def finish(attempt: Attempt, answer: str, confidence: float | None = None, likelihood: float | None = None) -> Outcome:
    """Verify an engine's answer and write it for a reader; ``confidence``, ``likelihood``: see ``engines.Answer``."""
    sentence = attempt.sentence
    output = _trim(attempt, unicodedata.normalize("NFC", answer))
    if not sentence.is_name:
        output = mend(attempt.request, output, sentence.source, sentence.target)
    failures = _failures(attempt, output, confidence, likelihood)
    if failures:
        return Outcome(None, failures)
    written = restore_names(for_reader(localise(output, sentence.target), sentence.target), attempt.kept)
    if _TERMINAL.search(output) and not _TERMINAL.search(written):  # the stop of p.m. was the sentence's too
        written += "."
    whole = unmask(_with_case(attempt, written), attempt.masked)
    if whole is None:
        return Outcome(None, ("protected-changed",))
    whole = at_the_hour(sentence.text, whole)  # an hour that was hidden is back
    if changes_bound(sentence.text, whole, sentence.source, sentence.target):  # hidden numbers are back
        return Outcome(None, ("bound-changed",))
    if (
        whole[:1].islower() and re.match(r"\w+(?:\s|$)", whole) and not attempt.capitals
    ):  # a term put in at the beginning
        whole = _with_case(attempt, whole)
    put_in = [term for _, term in attempt.masked.tags]
    whole = agree_verbs(agree(whole, put_in), put_in) if sentence.target == "fr" else _with_articles(whole, put_in)
    return Outcome(re.sub(r"(?<=\.m)\.\.$", ".", whole))


def _failures(
    attempt: Attempt, output: str, confidence: float | None, likelihood: float | None
) -> tuple[checks.Failure, ...]:
    """Name all checks that an answer fails, those of what must come out as it went in at the end."""
    sentence, pattern = attempt.sentence, placeholder_pattern(attempt.masked.form)
    failed = checks.all_failures(
        checks.Pair(
            pattern.sub("", attempt.request),
            pattern.sub("", output),
            sentence.source,
            sentence.target,
            sentence.is_name,
            confidence,
            likelihood,
            " ".join(span.text for span in attempt.kept),
        )
    )
    if lost_span(attempt.kept, output, sentence.target) or unmask(output, attempt.masked) is None:
        failed.append("protected-changed")
    return tuple(failed)


def _other_punctuation(request: str) -> tuple[str, _Stop]:
    """Toggle the final stop: an engine that stumbles over a sentence often gets its twin right."""
    if not _TERMINAL.search(request):
        return f"{request}.", "added"
    if request.endswith(".") and not request.endswith("..") and len(request.split()) > 1:
        return request[:-1], "dropped"
    return request, "as-is"


def _trim(attempt: Attempt, answer: str) -> str:
    """Give the answer the final stop that the source has, or none."""
    output = " ".join(answer.split())
    if attempt.stop == "dropped":
        return output if not output or _TERMINAL.search(output) else f"{output}."
    if attempt.stop == "added" or not _TERMINAL.search(attempt.request):
        return re.sub(r"(?<=[\w)%$])\.$", "", output)
    return output


def _with_case(attempt: Attempt, written: str) -> str:
    """Give back the source's capitals: all of them, or the first."""
    if attempt.capitals:
        return written.upper()
    if attempt.sentence.text[:1].isupper() and written[:1].islower():
        return written[0].upper() + written[1:]
    return written


def _with_articles(written: str, terms: Sequence[str]) -> str:
    """Give “a” and “an” the form that a term put in after them asks for."""
    for term in filter(str.islower, terms):
        before, found, after = written.partition(term)
        written = (with_article(before, term) if found else before) + found + after
    return written


def _is_capitals(text: str) -> bool:
    """Tell a text shouted in capitals from one with an acronym in it."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 1 and sum(word.isupper() for word in words) / len(words) >= CAPITALS_SHARE


def _is_title_case(text: str) -> bool:
    """Tell a heading Whose Words All Have Capitals, which an engine translates far worse."""
    long = [found for found in _LONG_WORD.finditer(text) if found.start()]
    return len(long) > 1 and not _TERMINAL.search(text) and all(found[0][0].isupper() for found in long)


def _without_title_case(text: str, spans: Sequence[Span], language: Language) -> str:
    """Put the common words of a heading in small letters, but the first and those protected; its length stays."""

    def lowered(found: re.Match[str]) -> str:
        kept = any(span.start < found.end() and found.start() < span.end for span in spans)
        low = found[0].lower()
        return found[0] if kept or not found.start() or not is_common(low, language) else low

    return _TITLE_WORD.sub(lowered, text)


def _is_one_word(text: str) -> bool:
    return len(text.split()) == 1


def _sentence_case(text: str, spans: Sequence[Span]) -> str:
    """Put a shouted text into small letters after the first, protected spans aside; its length stays the same."""
    small = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    cased = small[:1].upper() + small[1:]
    for span in spans:
        cased = cased[: span.start] + span.text + cased[span.end :]
    return cased
