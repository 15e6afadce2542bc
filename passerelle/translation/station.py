"""The translation station: all gaps of all records in one stream, memory first, then an engine, then the checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from passerelle.translation.attempt import Sentence
from passerelle.translation.engines import Engine
from passerelle.translation.gaps import field_of, find_gaps
from passerelle.translation.known_names import names_in
from passerelle.translation.memory import Memory, source_hash
from passerelle.translation.reasons import reason_label
from passerelle.translation.rounds import KEPT_LABEL, Keep, Progress, Result, Rounds
from passerelle.translation.sentences import split_sentences
from passerelle.translation.structure import Piece, plain_words, put_together, take_apart
from passerelle.translation.typography import quotation_marks, unquote
from schemas.issue import Issue
from schemas.records import Origin, TextStatus, Translated
from schemas.working import Filling, Gap, MemoryEntry

NAME_FIELDS = frozenset({"name", "awards.name"})
"""Fields that are often proper names: they may come out as they went in."""


def translate(
    records: Iterable[Translated],
    memory: Memory,
    engine: Engine,
    *,
    progress: Progress | None = None,
    keep: Keep | None = None,
) -> tuple[tuple[Filling, ...], tuple[MemoryEntry, ...], tuple[Issue, ...]]:
    """Fill the gaps of records.

    A text that a page gives is never touched: only gaps are filled, with a person's translation from the memory, else
    with the engine's where it passes every check, else not at all, with the reason.

    Args:
        records: with the texts that pages and curators gave.
        memory: what people and engines translated before.
        engine: see ``engines.make_engine``.
        progress: called after each batch.
        keep: called with the engine's answers of each batch.

    Returns:
        One filling a gap, in the records' order; the engine's new answers; the issues.
    """
    known = len(memory.made)
    gaps = [(gap, names_in(record, gap.text)) for record in records for gap in find_gaps(record)]
    fillings, troubles = fill(gaps, memory, engine, progress=progress, keep=keep)
    issues = (*troubles, *_no_engine(fillings), *(issue for filling in fillings for issue in _failed(filling)))
    return fillings, memory.made[known:], issues


def fill(
    gaps: Iterable[tuple[Gap, tuple[str, ...]]],
    memory: Memory,
    engine: Engine,
    *,
    progress: Progress | None = None,
    keep: Keep | None = None,
) -> tuple[tuple[Filling, ...], tuple[Issue, ...]]:
    """Fill gaps, each given with the proper names that its text may hold; what the engine answers enters the memory.

    Returns:
        One filling a gap, in order; what went wrong with the engine.
    """
    jobs = [_Job.of(gap, names, memory) for gap, names in gaps]
    rounds = Rounds(memory, engine, progress, keep)
    rounds.work(list(dict.fromkeys(sentence for job in jobs for part in job.parts for sentence in part.sentences)))
    return tuple(job.filling(rounds) for job in jobs), tuple(rounds.issues)


@dataclass(frozen=True)
class _Part:
    """A block of a gap's text: translated by a person, the same in both languages, or sentences for an engine."""

    piece: Piece
    human: str | None = None
    doubt: str | None = None
    """How near the person's source is to this text, where it is not the same."""
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class _Job:
    """A gap and what is to be done for it."""

    gap: Gap
    human: str | None = None
    doubt: str | None = None
    approved: MemoryEntry | None = None
    """A machine's translation of the whole text that a person approved."""
    parts: tuple[_Part, ...] = ()

    @classmethod
    def of(cls, gap: Gap, names: tuple[str, ...], memory: Memory) -> _Job:
        """Look the whole text up, else each of its blocks, else split them into sentences."""
        human, doubt = _remembered(memory, gap.text, gap)
        if human is None or doubt is not None:
            direction = gap.source_language, gap.target_language
            approved = memory.approved(gap.text, *direction, field_of(gap.path))
            if approved:
                return cls(gap, approved=approved)
        if human is not None:
            return cls(gap, human=human, doubt=doubt)
        return cls(gap, parts=tuple(_part(piece, gap, names, memory) for piece in take_apart(gap.text)))

    def filling(self, rounds: Rounds) -> Filling:
        """Put the translated blocks together, or say why they stay out."""
        if self.approved is not None:
            return self._make(self.approved.target, "machine", engine=self.approved.engine, reviewed=True)
        if self.human is not None:
            return self._make(self.human, "memory", reason=self.doubt)
        refused = [(at, done) for at, done in enumerate(self._done(rounds), 1) if done.text is None]
        if refused:
            return self._pending(refused)
        pieces: list[Piece] = []
        labels: set[str] = set()
        for part in self.parts:
            words: list[str] = [part.human] if part.human is not None else []
            for sentence in part.sentences:
                done = rounds.result(sentence)
                words.append(done.text or "")
                labels.add(done.label)
            pieces.append(part.piece.with_words(" ".join(words)) if words else part.piece)
        doubt = min((part.doubt for part in self.parts if part.doubt), default=None)
        from_engine = sorted(labels - {KEPT_LABEL})
        text = put_together(tuple(pieces))
        if not from_engine and any(part.human is not None for part in self.parts):
            return self._make(text, "memory", reason=doubt)
        return self._make(text, "machine", engine=", ".join(from_engine) or KEPT_LABEL, reason=doubt)

    def _done(self, rounds: Rounds) -> Iterator[Result]:
        return (rounds.result(sentence) for part in self.parts for sentence in part.sentences)

    def _pending(self, refused: Sequence[tuple[int, Result]]) -> Filling:
        """Say why the first sentence without a translation has none, and all checks that any of them failed."""
        at, first = refused[0]
        failed = tuple(dict.fromkeys(check for _, one in refused for check in one.checks))
        filling = self._make(None, "pending", engine=first.label or None, reason=first.reason, failed=failed)
        several = sum(len(part.sentences) for part in self.parts) > 1
        return filling.model_copy(update={"refused": at}) if several else filling

    def _make(
        self,
        text: str | None,
        origin: Origin,
        *,
        engine: str | None = None,
        reason: str | None = None,
        reviewed: bool = False,
        failed: tuple[str, ...] = (),
    ) -> Filling:
        gap = self.gap
        status = TextStatus(
            origin=origin,
            engine=engine,
            source_language=gap.source_language,
            source_hash=source_hash(gap.text),
            reviewed=reviewed,
            reason=reason,
            checks=failed,
        )
        return Filling(record=gap.record, path=f"{gap.path}.{gap.target_language}", text=text, status=status)


def _part(piece: Piece, gap: Gap, names: tuple[str, ...], memory: Memory) -> _Part:
    if not piece.translatable:
        return _Part(piece)
    context = field_of(gap.path)
    human, doubt = _remembered(memory, piece.words, gap)
    if human is not None:
        return _Part(piece, human=human, doubt=doubt)
    words = plain_words(piece.words)
    quoted = unquote(words)
    if quoted is not None:  # so that a long quotation is translated sentence by sentence
        opening, closing = quotation_marks(gap.target_language)
        piece, words = Piece(piece.lead + opening, words, closing + piece.trail), quoted
    sentences = [words] if context in NAME_FIELDS else split_sentences(words)
    return _Part(
        piece,
        sentences=tuple(
            Sentence(text, gap.source_language, gap.target_language, names, context in NAME_FIELDS)
            for text in sentences
        ),
    )


def _remembered(memory: Memory, text: str, gap: Gap) -> tuple[str | None, str | None]:
    """Give a person's translation of a text, and how near its source is if it is not the same; a name's must be."""
    context = field_of(gap.path)
    exact = memory.human(text, gap.source_language, gap.target_language, context)
    if exact:
        return exact.target, None
    near = None if context in NAME_FIELDS else memory.similar(text, gap.source_language, gap.target_language, context)
    return (near.target, near.label) if near else (None, None)


def _no_engine(fillings: Iterable[Filling]) -> tuple[Issue, ...]:
    """Say once how to install what is missing."""
    waiting = Counter(
        f"{filling.status.source_language}-{filling.path.rpartition('.')[2]}"
        for filling in fillings
        if filling.status.reason == "no-engine"
    )
    if not waiting:
        return ()
    counts = ", ".join(f"{direction} {number}" for direction, number in sorted(waiting.items()))
    commands = " and ".join(f"`passerelle models install {direction}`" for direction in sorted(waiting))
    message = f"{waiting.total()} texts wait for a translation engine ({counts}): run {commands}"
    french_commands = " et ".join(f"passerelle models install {direction}" for direction in sorted(waiting))
    french = f"{waiting.total()} texte(s) attendent un moteur de traduction ({counts}) : {french_commands}"
    return (Issue(stage="translate", severity="info", code="no-engine", message=message, message_fr=french),)


def _failed(filling: Filling) -> tuple[Issue, ...]:
    """Say of a text that the checks refused where it is and why."""
    reason = filling.status.reason
    if filling.text is not None or reason in {None, "no-engine", "engine-failed"}:
        return ()
    check, french_check = reason_label(reason or "", "en"), reason_label(reason or "", "fr")
    at = filling.refused  # its words are not quoted: issues are published, and the record may be withdrawn
    of, french_of = (f"sentence {at} of ", f"la phrase {at} de ") if at else ("", "")
    message = f"No machine translation of {of}{filling.path} passed the check “{check}”: translate it by hand"
    french = (
        f"Aucune traduction automatique de {french_of}{filling.path} n’a passé le contrôle « {french_check} » : "
        "traduisez-la"
    )
    return (
        Issue(
            stage="translate",
            severity="warning",
            code="translation-refused",
            message=message,
            message_fr=french,
            record=filling.record,
            detail=reason,
        ),
    )
