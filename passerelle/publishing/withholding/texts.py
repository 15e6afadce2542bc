"""A record being withheld from: its plain data, its evidence, and what was done to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from passerelle.publishing.withholding.names import folded
from schemas.base import LANGUAGES, Language

Json = dict[str, Any]
Change = Callable[[str, Language], str]

WITHHELD = "withheld"
"""Reason in ``text_status`` of a text that something was taken out of, or of a translation of such a text."""
PASSAGE_MARKERS: dict[Language, str] = {"fr": "[passage retiré]", "en": "[passage withheld]"}
QUOTE_MARKERS: dict[Language, str] = {"fr": "[témoignage retiré]", "en": "[testimonial withheld]"}

SENTENCE_END = re.compile(
    r"[.!?…](?<![ (.][A-Z].)(?<!\bMme.)(?<!\bDr.)(?<!\bMr.)(?<!\bMs.)[.!?…]*[»”\"]?\s+(?=[«“\"(]?[^\W\d_a-z])"
)
"""The mark stands before what looks behind it, so that only marks are looked at."""
_PASSAGE_END = re.compile(rf"({SENTENCE_END.pattern}|\n+)")
_MARKUP = re.compile(r"[\s>#*•–—-]*")
_DERIVED = {"machine", "memory"}
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_FEWEST_WORDS = 4
"""Words of a sentence that is looked for elsewhere; a shorter one says nothing of who spoke it."""


class Working:
    """One record as plain data, changed in place; evidence by path, and the sides of texts that changed."""

    def __init__(self, record: Json, evidence: Json | None, language: Language) -> None:
        self.record = record
        self.evidence: Json = evidence or {}
        self.language = language
        self.changed: set[str] = set()
        self._stale: set[str] = set()

    @property
    def status(self) -> Json:
        """The record's text_status; a throwaway one where it has none."""
        status: Json = self.record.get("text_status", {})
        return status

    def rewrite(self, change: Change, kept: Collection[str] = ()) -> bool:
        """Rewrite every running text save those kept, and the quotations of evidence; tell whether a text changed."""
        changed: set[str] = set()
        for path, texts in language_maps(self.record):
            for language in LANGUAGES:
                if not is_under(f"{path}.{language}", kept) and _replace(texts, language, change, language):
                    changed.add(f"{path}.{language}")
        plain = (name for name in ("title", "text") if name not in kept)
        changed |= {name for name in plain if _replace(self.record, name, change, self.language)}
        for path, places in self.evidence.items():
            language = next((one for one in LANGUAGES if path.endswith(f".{one}")), self.language)
            for place in places:
                _replace(place, "quote", change, language)
        self.changed |= changed
        # A translation in which this change found nothing may still say what it took away.
        self._stale |= {twin for key in changed if (twin := _twin(key)) and twin not in changed}
        return bool(changed)

    def clear(self, path: str) -> bool:
        """Take the values of a field away, in every item of a list; tell whether there were any."""
        cleared = _clear(self.record, path.split("."))
        if cleared:
            self._forget(lambda key: _fits(re.sub(r"\.\d+", "", key), path))
        return cleared

    def drop(self, name: str, positions: set[int]) -> None:
        """Take items out of a list; status and evidence of those behind them move up."""
        items = self.record[name]
        self.record[name] = [item for position, item in enumerate(items) if position not in positions]
        new = {old: place for place, old in enumerate(p for p in range(len(items)) if p not in positions)}

        def moved(key: str) -> str | None:
            head, _, rest = key.partition(".")
            position, dot, tail = rest.partition(".")
            if head != name or not position.isdecimal():
                return key
            place = new.get(int(position))
            return None if place is None else f"{name}.{place}{dot}{tail}"

        for keyed in (self.status, self.evidence):
            kept = {at: value for key, value in keyed.items() if (at := moved(key)) is not None}
            keyed.clear()
            keyed.update(kept)
        self.changed = {at for key in self.changed if (at := moved(key)) is not None}
        self._stale = {at for key in self._stale if (at := moved(key)) is not None}

    def finish(self) -> None:
        """Mark the texts that changed, and empty their translations that did not."""
        if "text_status" not in self.record:
            return
        maps = dict(language_maps(self.record))
        # Title and text of news have no status: they are no language maps.
        for key in (key for key in self.changed if key.rpartition(".")[0] in maps):
            self.status[key] = {**self.status.get(key, {"origin": "source"}), "reason": WITHHELD}
        for key in self._stale:
            path, _, language = key.rpartition(".")
            if path in maps and self.status.get(key, {}).get("origin") in _DERIVED:
                maps[path][language] = None
                told = {"origin": "pending", "source_language": _twin(key)[-2:], "reason": WITHHELD}
                self.status[key] = told
        self.record["text_status"] = dict(sorted(self.status.items()))

    def _forget(self, gone: Callable[[str], bool]) -> None:
        for keyed in (self.status, self.evidence):
            for key in [key for key in keyed if gone(key)]:
                del keyed[key]


def language_maps(value: Json | list[Any], path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every language map of plain data with its dotted path."""
    if isinstance(value, dict) and value.keys() == {"fr", "en"}:
        yield path, value
        return
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from language_maps(inner, f"{path}.{name}" if path else str(name))


def is_under(path: str, paths: Collection[str]) -> bool:
    """Tell whether a dotted path is one of some paths or lies below one."""
    return any(path == one or path.startswith(f"{one}.") for one in paths)


def _replace(holder: Json, key: str, change: Change, language: Language) -> bool:
    text = holder.get(key)
    if not text or (new := change(text, language)) == text:
        return False
    holder[key] = new
    return True


def _twin(key: str) -> str:
    """Give the path of the same text in the other language; empty for a text that has one language."""
    path, _, language = key.rpartition(".")
    return f"{path}.{'en' if language == 'fr' else 'fr'}" if path else ""


def without_quote(quote: str) -> Change:
    """Give the change that puts a marker where a text repeats a quotation, whole or a sentence of it."""
    words = [re.findall(r"[^\W_]+", sentence) for sentence in (quote, *_SENTENCES.split(quote))]
    long = (one for one in words if len(one) >= _FEWEST_WORDS)
    patterns = [re.compile(r"[\W_]+".join(map(re.escape, one)) + "[.!?…]?") for one in long]

    def change(text: str, language: Language) -> str:
        marker = QUOTE_MARKERS[language]
        for pattern in patterns:
            text = pattern.sub(marker, text)
        return _once(marker, text)

    return change


def without_sentences(mask: Change) -> Change:
    """Give the change that puts a marker instead of every sentence in which a mask finds a name.

    What else such a sentence says, an age or what happened, may tell who is meant though the name is gone.
    """

    def change(text: str, language: Language) -> str:
        if mask(text, language) == text:
            return text
        marker = PASSAGE_MARKERS[language]
        parts = _PASSAGE_END.split(text)
        for place in range(0, len(parts), 2):
            if mask(parts[place], language) != parts[place]:
                parts[place] = f"{_lead(parts[place])}{marker}"
        return _once(marker, "".join(parts))

    return change


def _lead(sentence: str) -> str:
    """Give the marks of Markdown that a line begins with."""
    found = _MARKUP.match(sentence)
    return found[0] if found else ""


def _once(marker: str, text: str) -> str:
    return re.sub(rf"{re.escape(marker)}(?:[\s.!?…]*{re.escape(marker)})+", marker, text)


def without_word(word: str, marker: dict[Language, str]) -> Change:
    """Give the change that puts a marker where a text has a word, written with a capital as a name is."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return lambda text, language: pattern.sub(marker[language], text)


def is_name(word: str) -> bool:
    """Tell whether one word may be a first name: it begins with a capital and is no code or sentence."""
    return word[:1].isupper() and word[1:].islower() and folded(word).replace("-", "").isalpha()


def _clear(value: Any, steps: list[str]) -> bool:
    if isinstance(value, list):
        return sum(_clear(item, steps) for item in value) > 0  # all of them, not up to the first
    if not isinstance(value, dict) or steps[0] not in value:
        return False
    here = value[steps[0]]
    if len(steps) > 1:
        return _clear(here, steps[1:])
    if steps[0] == "contact":
        return sum(_clear(here, [name]) for name in here) > 0
    value[steps[0]] = [] if isinstance(here, list) else None
    return here not in (None, [])


def _fits(key: str, path: str) -> bool:
    return key == path or key.startswith(f"{path}.")


def strings_in(value: Any) -> Iterator[str]:
    """Give every string of a JSON value, keys apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings_in(inner)
