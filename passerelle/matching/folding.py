"""Curators' decisions laid over records: they win, they survive a new reading, and none is lost in silence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from passerelle.matching.freshness import human_status, stale, translated_place
from schemas.base import LANGUAGES, LanguageMap
from schemas.decision import Decision
from schemas.issue import Issue, Severity
from schemas.paths import dumped, language_maps, value_at, with_value
from schemas.records import Initiative, NewsItem, Organization, Review, TextStatus, Translated
from schemas.sameness import same

R = TypeVar("R", Initiative, NewsItem, Organization)

SHOWN = 160
"""Characters of a value shown in an issue."""

FIXED = frozenset({"id", "sources", "first_seen", "last_seen", "last_changed", "version", "review", "text_status"})
"""Fields that are worked out and not edited."""

_POSITION = re.compile(r"^(?P<list>.*?)\.(?P<place>\d+)(?P<rest>(?:\..*)?)$")


@dataclass(frozen=True)
class Folded(Generic[R]):
    """A record with the decisions laid over it, and the paths that they set."""

    record: R
    set_paths: tuple[str, ...]
    issues: tuple[Issue, ...]


@dataclass
class Standing:
    """The decisions in force, by the record that they now concern."""

    by_record: dict[str, list[Decision]] = field(default_factory=dict)
    orphans: list[Decision] = field(default_factory=list)

    @classmethod
    def of(cls, decisions: Iterable[Decision], redirects: Mapping[str, str], records: Iterable[str]) -> Standing:
        """Sort decisions by record; what concerned a merged record concerns the one that lives on."""
        known = set(records)
        by_record: defaultdict[str, list[Decision]] = defaultdict(list)
        orphans = []
        for decision in decisions:
            target = redirects.get(decision.record, decision.record)
            if target in known:
                by_record[target].append(decision)
            else:
                orphans.append(decision)
        return cls(dict(by_record), orphans)

    def of_record(self, record: str, *actions: str) -> list[Decision]:
        """Give the decisions of some kinds on a record, oldest first."""
        return [decision for decision in self.by_record.get(record, ()) if decision.action in actions]


def fold(record: R, decisions: Sequence[Decision], *, skip: tuple[str, ...] = ()) -> Folded[R]:
    """Lay edits and reviews over a record; edits of the top-level fields in ``skip`` are left for later."""
    base, now = record, record
    issues: list[Issue] = []
    paths: list[str] = []
    made_from: dict[str, str | None] = {}
    edits: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.action == "edit" and decision.path and decision.path.split(".")[0] not in skip:
            if decision.path.split(".")[0] in FIXED:
                message = f"The field {decision.path} is worked out and cannot be edited. Undo this edit."
                issues.append(_issue("decision-invalid", "error", message, decision, decision.value))
                continue
            try:
                path = _place_now(base, now, decision)
                now = _with(now, path, decision.value)
                paths.append(path)
                edits[path].append(decision)
                made_from[path] = decision.translated_from
            except KeyError:
                issues.append(without_target(decision, f"field {decision.path} is no longer in the record"))
            except ValidationError as error:
                message = (
                    f"The edit of {decision.path} cannot stand: {error.errors()[0]['msg']}. Undo it or set another."
                )
                issues.append(_issue("decision-invalid", "error", message, decision, decision.value))
        elif decision.action in ("approve", "reopen") and not decision.path and isinstance(now, Initiative):
            status = "approved" if decision.action == "approve" else "reopened"
            review = Review(status=status, by=decision.by, at=decision.at)
            now = now.model_copy(update={"review": review})
    issues += [issue for path, told in edits.items() for issue in _changed_source(base, path, told)]
    if isinstance(now, Translated) and isinstance(base, Translated) and paths:
        written = _human_texts(base, now, paths, made_from)
        now = now.model_copy(update={"text_status": now.text_status | written})
        issues += [stale(now.id, path) for path, status in written.items() if not status.fresh]
    return Folded(now, tuple(dict.fromkeys(paths)), tuple(issues))


def without_target(decision: Decision, why: str) -> Issue:
    """Say that a decision is kept but has nothing to act upon."""
    message = f"Decision {decision.id} ({decision.action}) is kept but changes nothing: {why}. Undo or repeat it."
    return _issue("decision-without-target", "warning", message, decision, decision.value)


def _issue(code: str, severity: Severity, message: str, decision: Decision, detail: object) -> Issue:
    shown = None if detail is None else str(detail)[:SHOWN]
    return Issue(stage="match", severity=severity, code=code, message=message, record=decision.record, detail=shown)


def _with(record: R, path: str, value: JsonValue) -> R:
    """Set a value; a text empties to none, and a map of two empty sides is none where the field allows it."""
    if isinstance(value, str) and not value.strip():
        value = None
    parent, _, last = path.rpartition(".")
    if parent and last in LANGUAGES and value_at(record, parent) is None:
        return with_value(record, parent, {last: value})
    done = with_value(record, path, value)
    if parent and last in LANGUAGES and value is None and value_at(done, parent) == LanguageMap():
        try:
            return with_value(done, parent, None)
        except ValidationError:
            return done
    return done


def _place_now(record: BaseModel, now: BaseModel, decision: Decision) -> str:
    """Find the list entry that an edit meant, should a new reading have moved it; ``now``: with earlier edits."""
    path = decision.path or ""
    if decision.translated_from:
        return translated_place(now, path, decision.translated_from)
    found = _POSITION.match(path)
    if not found or decision.source_value is None or dumped(record, path) == decision.source_value:
        return path
    try:
        entries = value_at(record, found["list"])
    except KeyError:
        return path
    places = (f"{found['list']}.{n}{found['rest']}" for n in range(len(entries) if isinstance(entries, tuple) else 0))
    moved = [place for place in places if dumped(record, place) == decision.source_value]
    return moved[0] if len(moved) == 1 else path


def _changed_source(record: BaseModel, path: str, edits: Sequence[Decision]) -> list[Issue]:
    """Say that a page gives what no edit of the field knew: what one of them answered is decided."""
    now = dumped(record, path)
    if now is None or any(same(now, known) for edit in edits for known in (edit.source_value, edit.value)):
        return []
    message = f"The page now gives another text or value for {path}; the curator's stays. Compare and decide."
    return [_issue("source-changed", "info", message, edits[-1], now)]


def _human_texts(
    base: Translated, now: Translated, paths: Sequence[str], made_from: Mapping[str, str | None]
) -> dict[str, TextStatus]:
    """Mark the texts that edits wrote: they stand on no page in this language, or no longer as the page has them."""
    given = dict(language_maps(base))
    written = {}
    for path, texts in language_maps(now):
        for language in LANGUAGES:
            full, text = f"{path}.{language}", texts.get(language)
            edited = any(full == one or full.startswith(f"{one}.") for one in paths)
            if edited and text and text != given.get(path, LanguageMap()).get(language):
                written[full] = human_status(texts, language, made_from.get(full))
    return written
