"""What the curator's desk asks of the other stations, which it may not import itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from threading import Lock

from pydantic import JsonValue
from sqlalchemy.orm import Session

from extractors.documents import UnreadablePage, read
from extractors.extract import charset_of
from passerelle import pipeline
from passerelle.crawling.archive import ArchiveError, read_body
from passerelle.exchanging import Exchanging
from passerelle.laying import Laying
from passerelle.matching import match
from passerelle.matching.created import created
from passerelle.observing import Observing
from passerelle.publishing.site.safe import markdown
from passerelle.review.codes import codes
from passerelle.review.fates import fates
from passerelle.review.help import CapturedPage, MergePreview, Record, Suggestion, TermUse
from passerelle.review.joining import lists_of_both
from passerelle.review.records import Held, hold, pages_named, pages_of
from passerelle.store import captures as captures_store
from passerelle.store import records, texts
from passerelle.translation.align import from_decisions
from passerelle.translation.checks import Pair, all_failures
from passerelle.translation.engines import Engine
from passerelle.translation.gaps import field_of, other
from passerelle.translation.known_names import names_in
from passerelle.translation.memory import Memory
from passerelle.translation.station import NAME_FIELDS, fill
from passerelle.translation.terminology import forms_to_avoid, missed, uses
from passerelle.trying_words import TryingWords
from passerelle.workplace import Workplace
from schemas.base import Language, LanguageMap
from schemas.capture import Capture
from schemas.decision import Action, Decision, decision_id
from schemas.document import Document
from schemas.paths import value_at
from schemas.records import Organization, Provenance, Translated
from schemas.working import Filling, Gap, Matched


def helper(workplace: Workplace) -> Helper:
    """Give the desk its help at one data set."""
    return Helper(workplace)


class Helper(Laying, Exchanging, TryingWords, Observing):
    """The help of one data set; may be used by several threads at once."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._translating = Lock()

    def recall(self, session: Session, record: str) -> tuple[Record, Provenance | None] | None:
        """Read a record that curators put out, as its own page still says it; none where no page gave it its id."""
        own = records.load_identities(session, record)
        states = captures_store.page_states(session, pages_named(identity.key for identity in own))
        told = match(states, identities=own, sources=self._workplace.sources)
        found = next((one for one in _records(told) if one.id == record), None)
        evidence = next((one for one in told.provenance if one.id == record), None)
        return (found, evidence) if found else None

    def created(self, session: Session, decision: Decision) -> tuple[str, Organization]:
        """Give the source key and the record of an organisation that a decision creates, with the id that it gets."""
        return created(decision, records.load_identities(session))

    def codes(self, field: str) -> Mapping[str, LanguageMap] | None:
        """Give code → label of a field of controlled codes; else none."""
        return codes(field)

    def page(self, digest: str) -> CapturedPage | None:
        """Give a captured body and what is read from it; none where the archive lost it."""
        with self._workplace.store.session() as session:
            capture = captures_store.capture_with_digest(session, digest)
        if capture is None:
            return None
        try:
            body = read_body(self._workplace.raw, capture.place, capture.digest)
        except ArchiveError:
            return None
        return CapturedPage(
            digest=capture.digest,
            url=capture.url,
            source=capture.source,
            media_type=capture.media_type,
            body=body,
            captured_at=capture.captured_at,
            document=self._document(capture, body),
        )

    def markdown(self, text: str) -> str:
        """Give a description as harmless HTML, as the public pages show it."""
        return markdown(text)

    def translate(self, record: Translated, path: str) -> Filling:
        """Translate one text anew; the engine's answers enter the memory, and the record stays as it is."""
        place, _, language = path.rpartition(".")
        target: Language = "fr" if language == "fr" else "en"
        whole = value_at(record, place)
        text = (whole.get(other(target)) if isinstance(whole, LanguageMap) else None) or ""
        gap = Gap(record=record.id, path=place, source_language=other(target), target_language=target, text=text)
        with self._translating:
            memory = self._memory
            filled, _ = fill([(gap, names_in(record, text))], memory, self._engine)
            learnt = memory.made
        with self._workplace.store.session() as session:
            texts.add_memory(session, learnt)
        return filled[0]

    def suggestions(self, text: str, source: Language, path: str) -> tuple[Suggestion, ...]:
        """Give what people translated of this text into the other language before, best first."""
        memory, context = self._memory, field_of(path.rpartition(".")[0] or path)
        exact = memory.human(text, source, other(source), context)
        near = memory.similar(text, source, other(source), context)
        found = [Suggestion(exact.target, exact.source, 1.0)] if exact else []
        if near and (not exact or near.target != exact.target):
            found.append(Suggestion(near.target, near.entry.source, near.score))
        return tuple(found)

    def failed_checks(self, source: str, target: str, language: Language, path: str = "") -> tuple[str, ...]:
        """Name the checks that a translation out of ``language`` fails; names may stay as they are."""
        name = field_of(path.rpartition(".")[0] or path) in NAME_FIELDS
        return tuple(all_failures(Pair(source, target, language, other(language), name)))

    def terms(self, source: str, target: str, language: Language) -> tuple[TermUse, ...]:
        """Give the termbase's words in a text in ``language`` and whether its translation keeps them."""
        lost = missed(source, target, language, other(language))
        return tuple(
            TermUse(
                text=use.text,
                preferred=tuple(dict.fromkeys(term.forms(other(language)).preferred for term in use.terms)),
                avoid=tuple(forms_to_avoid(use, other(language))),
                kept=use not in lost,
            )
            for use in uses(source, language)
        )

    def preview_merge(self, session: Session, one: str, other: str) -> MergePreview:
        """Say what would become of every field if two records were one."""
        held = hold(session, one), hold(session, other)
        told = self._what_if(session, held, "merge", held[0].id, held[1].id, lists=lists_of_both(*held))
        made = {record.id: record for record in _records(told)}
        keeps, goes = (held[1], held[0]) if held[0].id in told.redirects else held
        whole = made.get(keeps.id) if told.redirects.get(goes.id) == keeps.id else None
        return MergePreview(
            keeps=keeps.id,
            redirects=goes.id,
            record=whole,
            fields=fates(held[0].record, held[1].record, whole) if whole else (),
            issues=tuple(one for one in told.issues if one.severity != "info"),
        )

    def preview_split(self, session: Session, record: str, part: str) -> tuple[Record, ...]:
        """Give the records that a split of ``part`` (an id or a source key) off ``record`` would make."""
        held = hold(session, record)
        keys = {identity.id: identity.key for identity in records.load_identities(session)}
        told = self._what_if(session, (held,), "split", held.id, part)
        own = {id_ for id_, parts in told.parts.items() if {*parts} & {*held.parts, keys.get(part, part)}}
        return tuple(one for one in _records(told) if one.id in own)

    def rematch(self) -> int:
        """Match all pages anew, so that merges, splits and rejections take effect."""
        return pipeline.match(self._workplace).changed

    @cached_property
    def _engine(self) -> Engine:
        return pipeline.chosen_engine(self._workplace.settings)

    @property
    def _memory(self) -> Memory:
        """What translators and curators wrote, and what engines answered; pages that say both are not gone through."""
        with self._workplace.store.session() as session:
            by_curators = from_decisions(records.load_decisions(session))
            return Memory((*texts.load_memory(session), *by_curators))

    def _document(self, capture: Capture, body: bytes) -> Document | None:
        source = self._workplace.sources.get(capture.source)
        try:
            return read(
                body,
                page=capture.page,
                url=capture.url,
                digest=capture.digest,
                source=capture.source,
                media_type=capture.media_type,
                charset_header=charset_of(capture.headers),
                drop_blocks=source.drop_blocks if source else (),
            )
        except UnreadablePage:
            return None

    def _what_if(
        self,
        session: Session,
        held: Sequence[Held],
        action: Action,
        record: str,
        value: str,
        *,
        lists: Mapping[str, JsonValue] | None = None,
    ) -> Matched:
        """Match only the pages of some records, as if one more decision had been taken, and lists set with it."""
        at = datetime.now(UTC)
        more = [Decision(id=decision_id(at), at=at, by="", action=action, record=record, value=value)]
        for path, entries in (lists or {}).items():
            told = {"action": "edit", "path": path, "value": entries}
            more.append(more[0].model_copy(update=told | {"id": decision_id(at + timedelta(microseconds=len(more)))}))
        pages = {page for one in held for page in pages_of(session, one)}
        return match(
            captures_store.page_states(session, pages),
            identities=records.load_identities(session),
            judgements=records.load_judgements(session),
            decisions=(*(decision for one in held for decision in one.decisions), *more),
            sources=self._workplace.sources,
        )


def _records(matched: Matched) -> Iterable[Record]:
    return (*matched.initiatives, *matched.organizations, *matched.news)
