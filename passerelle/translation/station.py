"""The translation station: all gaps of all records in one stream, memory first, then an engine, then the checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from passerelle.translation.attempt import Attempt, Sentence, Way, as_it_stands, finish, prepare
from passerelle.translation.clauses import clauses_of, join_clauses
from passerelle.translation.engines import Engine
from passerelle.translation.errors import EngineError
from passerelle.translation.gaps import field_of, find_gaps
from passerelle.translation.known_names import names_in
from passerelle.translation.memory import Memory, source_hash
from passerelle.translation.protect import Placeholder
from passerelle.translation.reasons import reason_label
from passerelle.translation.sentences import split_sentences
from passerelle.translation.structure import Piece, plain_words, put_together, take_apart
from passerelle.translation.typography import quotation_marks, unquote
from schemas.base import Language
from schemas.issue import Issue
from schemas.records import Origin, TextStatus, Translated
from schemas.working import Filling, Gap, MemoryEntry

KEPT_LABEL = "kept as written"
"""Engine of a text that is all names, acronyms, numbers or addresses, and so the same in both languages."""
NAME_FIELDS = frozenset({"name", "awards.name"})
"""Fields that are often proper names: they may come out as they went in."""

Progress = Callable[[int, int], None]
"""Told how many sentences are done, and of how many."""
Keep = Callable[[Sequence[MemoryEntry]], None]
"""Given the engine's answers batch by batch, so that a run that is stopped loses none of them."""
_Direction = tuple[Language, Language]


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
    desk = _Desk(memory, engine, progress, keep)
    desk.work(list(dict.fromkeys(sentence for job in jobs for part in job.parts for sentence in part.sentences)))
    return tuple(job.filling(desk) for job in jobs), tuple(desk.issues)


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

    def filling(self, desk: _Desk) -> Filling:
        """Put the translated blocks together, or say why they stay out."""
        if self.approved is not None:
            return self._make(self.approved.target, "machine", engine=self.approved.engine, reviewed=True)
        if self.human is not None:
            return self._make(self.human, "memory", reason=self.doubt)
        pieces: list[Piece] = []
        labels: set[str] = set()
        for part in self.parts:
            words: list[str] = [part.human] if part.human is not None else []
            for sentence in part.sentences:
                done = desk.result(sentence)
                if done.text is None:
                    return self._pending(done)
                words.append(done.text)
                labels.add(done.label)
            pieces.append(part.piece.with_words(" ".join(words)) if words else part.piece)
        doubt = min((part.doubt for part in self.parts if part.doubt), default=None)
        from_engine = sorted(labels - {KEPT_LABEL})
        text = put_together(tuple(pieces))
        if not from_engine and any(part.human is not None for part in self.parts):
            return self._make(text, "memory", reason=doubt)
        return self._make(text, "machine", engine=", ".join(from_engine) or KEPT_LABEL, reason=doubt)

    def _pending(self, result: _Result) -> Filling:
        return self._make(None, "pending", engine=result.label or None, reason=result.reason)

    def _make(
        self,
        text: str | None,
        origin: Origin,
        *,
        engine: str | None = None,
        reason: str | None = None,
        reviewed: bool = False,
    ) -> Filling:
        gap = self.gap
        status = TextStatus(
            origin=origin,
            engine=engine,
            source_language=gap.source_language,
            source_hash=source_hash(gap.text),
            reviewed=reviewed,
            reason=reason,
        )
        return Filling(record=gap.record, path=f"{gap.path}.{gap.target_language}", text=text, status=status)


@dataclass(frozen=True)
class _Result:
    """What became of a sentence: its text and who made it, or why there is none."""

    text: str | None
    label: str = ""
    reason: str | None = None
    """The engine's name stands in ``label`` where it answered and a check refused what it said."""


@dataclass
class _Desk:
    """Translates sentences in three rounds, asking the engine only what the memory does not know."""

    memory: Memory
    engine: Engine
    progress: Progress | None
    keep: Keep | None
    issues: list[Issue] = field(default_factory=list)
    _results: dict[Sentence, _Result] = field(default_factory=dict)
    _placeholders: dict[_Direction, Placeholder | None] = field(default_factory=dict)

    def work(self, sentences: Sequence[Sentence]) -> None:
        """Translate; what a check refuses is tried another way, and last clause by clause."""
        refused = self._first(sentences)
        refused = self._round([self._prepare(sentence, self._other_way(sentence)) for sentence in refused])
        self._by_clauses(refused)

    def result(self, sentence: Sentence) -> _Result:
        """Give what became of a sentence."""
        return self._results[sentence]

    def _first(self, sentences: Iterable[Sentence]) -> list[Sentence]:
        """Settle sentences that need no engine, ask for the others; give those that a check refused."""
        others: list[Sentence] = []
        for sentence in sentences:
            same = as_it_stands(sentence)
            if same is None:
                others.append(sentence)
            else:
                self._results[sentence] = _Result(same, KEPT_LABEL)
        return self._round([self._prepare(sentence, "kept") for sentence in others])

    def _by_clauses(self, refused: Iterable[Sentence]) -> None:
        """Have the clauses of sentences translated one by one, and check the whole that they give."""
        parts = {sentence: clauses_of(sentence) for sentence in refused}
        self._first([part for part in dict.fromkeys(chain.from_iterable(parts.values())) if part not in self._results])
        for sentence, clauses in parts.items():
            done = [self._results[clause] for clause in clauses]
            whole = join_clauses(sentence, clauses, [one.text for one in done])
            if whole is not None:
                labels = sorted({one.label for one in done} - {KEPT_LABEL})
                self._results[sentence] = _Result(whole, ", ".join(labels) or KEPT_LABEL)

    def _prepare(self, sentence: Sentence, way: Way) -> Attempt:
        direction = (sentence.source, sentence.target)
        if direction not in self._placeholders:
            try:
                self._placeholders[direction] = self.engine.placeholder(*direction)
            except EngineError:  # told when it is asked to translate
                self._placeholders[direction] = None
        return prepare(sentence, way, self._placeholders[direction])

    def _other_way(self, sentence: Sentence) -> Way:
        return "terms" if self._results[sentence].reason == "termbase" else "hidden"

    def _round(self, attempts: Sequence[Attempt]) -> list[Sentence]:
        """Ask for all attempts, direction by direction; give the sentences that a check refused."""
        refused: list[Sentence] = []
        for direction in sorted({(attempt.sentence.source, attempt.sentence.target) for attempt in attempts}):
            mine = [attempt for attempt in attempts if (attempt.sentence.source, attempt.sentence.target) == direction]
            answers, reason = self._answers(direction, [attempt.request for attempt in mine])
            for attempt in mine:
                refused += self._settle(attempt, answers.get(attempt.request), reason)
        return refused

    def _settle(self, attempt: Attempt, answer: MemoryEntry | None, reason: str) -> list[Sentence]:
        """Note a sentence's result; the first reason stands when both ways fail."""
        sentence = attempt.sentence
        if answer is None:
            self._results.setdefault(sentence, _Result(None, reason=reason))
            return []
        outcome = finish(attempt, answer.target)
        label = answer.engine or self.engine.name
        if outcome.text is not None:
            self._results[sentence] = _Result(outcome.text, label)
            return []
        self._results.setdefault(sentence, _Result(None, label, outcome.failure))
        return [sentence]

    def _answers(self, direction: _Direction, requests: Sequence[str]) -> tuple[dict[str, MemoryEntry], str]:
        """Give what is known or newly answered by request, and the reason why the others have no answer."""
        reason = "engine-failed"
        try:
            label = self.engine.label(*direction) if self.engine.available(*direction) else None
            if label is None:
                reason = "no-engine"
        except EngineError as error:
            self._report(error)
            label = None
        known = {request: self.memory.machine(request, *direction, label) for request in requests}
        answers = {request: entry for request, entry in known.items() if entry}
        if label is not None:
            missing = sorted({*known} - {*answers}, key=lambda text: (-len(text), text))
            for entry in self._ask(direction, label, missing):
                self.memory.add(entry)
                answers[entry.source] = entry
        return answers, reason

    def _ask(self, direction: _Direction, label: str, requests: Sequence[str]) -> Iterator[MemoryEntry]:
        """Have the engine translate, longest first, until it is done or fails."""
        for start in range(0, len(requests), self.engine.batch):
            chunk = requests[start : start + self.engine.batch]
            try:
                outputs = self.engine.translate(chunk, *direction)
            except EngineError as error:
                self._report(error)
                return
            pairs = [(one, output) for one, output in zip(chunk, outputs, strict=True) if is_text(output)]
            if len(pairs) < len(chunk):
                self._report(_no_text(len(chunk) - len(pairs)))
            entries = [_entry(direction, request, output, label) for request, output in pairs]
            if self.keep:
                self.keep(entries)
            yield from entries
            if self.progress:
                self.progress(start + len(chunk), len(requests))

    def _report(self, error: EngineError) -> None:
        message, french = str(error), error.french
        issue = Issue(stage="translate", severity="error", code="engine-failed", message=message, message_fr=french)
        if issue not in self.issues:
            self.issues.append(issue)


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


def _entry(direction: _Direction, request: str, answer: str, label: str) -> MemoryEntry:
    source, target = direction
    return MemoryEntry(
        source_language=source,
        target_language=target,
        source_hash=source_hash(request),
        source=request,
        target=answer,
        origin="machine",
        engine=label,
    )


def is_text(answer: str) -> bool:
    """Tell text from what no file and no database can hold: half a character."""
    try:
        answer.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_text(count: int) -> EngineError:
    msg = f"{count} of the engine's answers hold characters that do not exist; their texts stay pending"
    return EngineError(msg, f"{count} réponse(s) du moteur ont des caractères qui n’existent pas; textes en attente")


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
    message = f"No machine translation of {filling.path} passed the check “{check}”: translate it by hand"
    french = f"Aucune traduction automatique de {filling.path} n’a passé le contrôle « {french_check} » : traduisez-la"
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
