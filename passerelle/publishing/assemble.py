"""Lay translated texts over records, so that every language of every text is either there or shown as a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import BaseModel

from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.paths import fields_with_texts
from schemas.records import TextStatus, Translated
from schemas.texts import text_digest
from schemas.working import Filling

T = TypeVar("T")
R = TypeVar("R", bound=Translated)

STALE = "stale"
"""Reason of a gap whose translation was made from a text that has changed since."""
NOT_TRANSLATED = "not-translated"
"""Reason of a gap that translation has not looked at."""
NO_TEXT = "no-text"
"""Reason of a gap that neither language can fill."""
LEFT_OUT = "machine-text-left-out"
"""Reason of every gap left to machines in a release made without machine texts."""

_RANK = {"human": 0, "memory": 1, "machine": 2, "source": 3, "pending": 4}


def apply_fillings(records: Iterable[R], fillings: Iterable[Filling], *, machine_texts: bool = True) -> tuple[R, ...]:
    """Give initiatives or news items with their gaps filled where a filling fits, and marked ``pending`` elsewhere.

    A text that a page or a curator gives is never replaced. A filling fits when its ``source_hash`` is the digest
    of the text that the record now has in the other language (``schemas.texts.text_digest``).
    Afterwards each language of each language map has either a text or a ``text_status`` entry of origin ``pending``.

    Args:
        records: as matching gives them; order is kept.
        fillings: what translation made of the gaps; of several for one gap the one closest to a person is taken.
        machine_texts: when false, only what people wrote is laid in; every other gap says ``machine-text-left-out``,
            so that the result does not depend on the engine at hand.
    """
    offered = _by_gap(filling for filling in fillings if machine_texts or filling.status.origin in {"human", "memory"})
    unfilled = NOT_TRANSLATED if machine_texts else LEFT_OUT
    return tuple(_complete(record, offered.get(record.id, {}), unfilled) for record in records)


def _by_gap(fillings: Iterable[Filling]) -> dict[str, dict[str, list[Filling]]]:
    gaps: dict[str, dict[str, list[Filling]]] = {}
    for filling in fillings:
        gaps.setdefault(filling.record, {}).setdefault(filling.path, []).append(filling)
    for paths in gaps.values():
        for offers in paths.values():
            offers.sort(key=lambda f: (_RANK[f.status.origin], f.model_dump_json()))
    return gaps


def _complete(record: R, offers: dict[str, list[Filling]], unfilled: str) -> R:
    status: dict[str, TextStatus] = {}

    def complete_map(path: str, texts: LanguageMap) -> LanguageMap:
        done = texts
        for language in LANGUAGES:
            key = f"{path}.{language}"
            text, said = _side(texts, language, record.text_status.get(key), offers.get(key, []), unfilled)
            if text != done.get(language):
                done = done.with_text(language, text)
            if said:
                status[key] = said
        return done if done != texts else texts

    filled = _map_texts(record, "", complete_map)
    return filled.model_copy(update={"text_status": dict(sorted(status.items()))})  # type: ignore[return-value]  # a copy is of the same shape


def _side(
    texts: LanguageMap, language: Language, known: TextStatus | None, offers: list[Filling], unfilled: str
) -> tuple[str | None, TextStatus | None]:
    """Give the text of one language and its status."""
    if _present(texts.get(language)):
        return texts.get(language), known if known and known.origin != "pending" else None
    other: Language = "en" if language == "fr" else "fr"
    source = texts.get(other)
    if not _present(source):
        return None, TextStatus(origin="pending", reason=NO_TEXT)
    fitting = [offer for offer in offers if _fits(offer, source or "")]
    for offer in fitting:
        if _present(offer.text) and offer.status.origin != "pending":
            return offer.text, offer.status
    if fitting and fitting[-1].status.origin == "pending":
        return None, fitting[-1].status
    reason = STALE if offers and not fitting else (known.reason if known and known.reason else unfilled)
    return None, TextStatus(origin="pending", source_language=other, reason=reason)


def _fits(filling: Filling, source: str) -> bool:
    made_from = filling.status.source_hash
    if made_from is None:
        return filling.status.origin == "pending"
    return made_from == text_digest(source)


def _present(text: str | None) -> bool:
    return bool(text and text.strip())


def _map_texts(value: T, path: str, change: Callable[[str, LanguageMap], LanguageMap]) -> T:
    """Give a copy of a shape with every language map changed; what holds none stays the same object."""
    new: object = value
    if isinstance(value, LanguageMap):
        new = change(path, value)
    elif isinstance(value, BaseModel):
        prefix = f"{path}." if path else ""
        fields = {name: getattr(value, name) for name in fields_with_texts(type(value))}
        done = {name: _map_texts(inner, f"{prefix}{name}", change) for name, inner in fields.items()}
        update = {name: inner for name, inner in done.items() if inner is not fields[name]}
        new = value.model_copy(update=update) if update else value
    elif isinstance(value, tuple):
        items = tuple(_map_texts(item, f"{path}.{position}", change) for position, item in enumerate(value))
        new = items if any(one is not two for one, two in zip(items, value, strict=True)) else value
    return new  # type: ignore[return-value]  # each branch gives back the type it was given
