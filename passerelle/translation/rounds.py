"""Has an engine translate sentences in rounds: what a check refuses is tried another way in the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from passerelle.translation.attempt import Attempt, Sentence, Way, as_it_stands, finish, prepare
from passerelle.translation.clauses import clauses_of, join_clauses
from passerelle.translation.engines import Answer, Engine, NoEngine
from passerelle.translation.errors import EngineError
from passerelle.translation.memory import Memory, source_hash
from passerelle.translation.protect import Placeholder
from schemas.base import Language
from schemas.issue import Issue
from schemas.working import MemoryEntry

KEPT_LABEL = "kept as written"
"""Engine of a text that is all names, acronyms, numbers or addresses, and so the same in both languages."""

Progress = Callable[[int, int], None]
"""Told how many sentences are done, and of how many."""
Keep = Callable[[Sequence[MemoryEntry]], None]
"""Given the engine's answers batch by batch, so that a run that is stopped loses none of them."""
_Direction = tuple[Language, Language]
_OF_SPANS = frozenset(["numbers-changed", "numbers-swapped", "bound-changed", "name-changed", "protected-changed"])
"""Checks that an answer passes where names and numbers are hidden from the engine."""


@dataclass(frozen=True)
class Result:
    """What became of a sentence: its text and who made it, or why there is none."""

    text: str | None
    label: str = ""
    reason: str | None = None
    """The engine's name stands in ``label`` where it answered and a check refused what it said."""
    checks: tuple[str, ...] = ()
    """All that the answer failed, of the try that failed fewest, the first of several; ``reason`` is their first."""


@dataclass
class Rounds:
    """Translates sentences in three rounds, asking the engine only what the memory does not know."""

    memory: Memory
    engine: Engine
    progress: Progress | None
    keep: Keep | None
    issues: list[Issue] = field(default_factory=list)
    _results: dict[Sentence, Result] = field(default_factory=dict)
    _placeholders: dict[_Direction, Placeholder | None] = field(default_factory=dict)

    def work(self, sentences: Sequence[Sentence]) -> None:
        """Translate; what a check refuses is tried another way, then without a beam, and last clause by clause."""
        refused = self._first(sentences)
        for engine in filter(None, (self.engine, self.engine.retry)):
            refused = self._round([self._prepare(sentence, self._other_way(sentence)) for sentence in refused], engine)
        self._by_clauses(refused)

    def result(self, sentence: Sentence) -> Result:
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
                self._results[sentence] = Result(same, KEPT_LABEL)
        return self._round([self._prepare(sentence, "kept") for sentence in others], self.engine)

    def _by_clauses(self, refused: Iterable[Sentence]) -> None:
        """Have the clauses of sentences translated one by one, and check the whole that they give."""
        parts = {sentence: clauses_of(sentence) for sentence in refused}
        self._first([part for part in dict.fromkeys(chain.from_iterable(parts.values())) if part not in self._results])
        for sentence, clauses in parts.items():
            done = [self._results[clause] for clause in clauses]
            whole = join_clauses(sentence, clauses, [one.text for one in done])
            if whole is not None:
                labels = sorted({one.label for one in done} - {KEPT_LABEL})
                self._results[sentence] = Result(whole, ", ".join(labels) or KEPT_LABEL)

    def _prepare(self, sentence: Sentence, way: Way) -> Attempt:
        direction = (sentence.source, sentence.target)
        if direction not in self._placeholders:
            try:
                self._placeholders[direction] = self.engine.placeholder(*direction)
            except EngineError:  # told when it is asked to translate
                self._placeholders[direction] = None
        return prepare(sentence, way, self._placeholders[direction])

    def _other_way(self, sentence: Sentence) -> Way:
        checks = self._results[sentence].checks
        if "termbase" not in checks:
            return "hidden"
        return "terms" if _OF_SPANS.isdisjoint(checks) else "both"

    def _round(self, attempts: Sequence[Attempt], engine: Engine) -> list[Sentence]:
        """Ask an engine for all attempts, direction by direction; give the sentences that a check refused."""
        refused: list[Sentence] = []
        for direction in sorted({(attempt.sentence.source, attempt.sentence.target) for attempt in attempts}):
            mine = [attempt for attempt in attempts if (attempt.sentence.source, attempt.sentence.target) == direction]
            answers, reason = self._answers(engine, direction, mine)
            for attempt in mine:
                refused += self._settle(attempt, answers.get(attempt.request), reason)
        return refused

    def _settle(self, attempt: Attempt, answer: MemoryEntry | None, reason: str) -> list[Sentence]:
        """Note a sentence's result; of tries that all fail the one stands that failed fewest checks."""
        sentence = attempt.sentence
        if answer is None:
            self._results.setdefault(sentence, Result(None, reason=reason))
            return []
        outcome = finish(attempt, answer.target, answer.confidence, answer.likelihood)
        label = answer.engine or self.engine.name
        if outcome.text is not None:
            self._results[sentence] = Result(outcome.text, label)
            return []
        best = self._results.get(sentence)
        if best is None or not best.checks or len(outcome.failures) < len(best.checks):
            self._results[sentence] = Result(None, label, outcome.failures[0], outcome.failures)
        hopeless = "name-unlike" in outcome.failures  # tries enough give a word in common by chance
        return [] if hopeless else [sentence]

    def _answers(
        self, engine: Engine, direction: _Direction, attempts: Sequence[Attempt]
    ) -> tuple[dict[str, MemoryEntry], str]:
        """Give what is known or newly answered by request, and the reason why the others have no answer."""
        if isinstance(engine, NoEngine):  # who wants no machine wants no answer of before either
            return {}, "no-engine"
        reason = "engine-failed"
        try:
            label = engine.label(*direction) if engine.available(*direction) else None
            if label is None:
                reason = "no-engine"
        except EngineError as error:
            self._report(error)
            label = None
        known = {one.request: self.memory.machine(one.request, *direction, label) for one in attempts}
        answers = {request: entry for request, entry in known.items() if entry}
        if label is not None:
            missing = sorted({*known} - {*answers}, key=lambda text: (-len(text), text))
            names = {one.request for one in attempts if one.sentence.is_name}
            for entry in self._ask(engine, direction, label, missing, names):
                self.memory.add(entry)
                answers[entry.source] = entry
        return answers, reason

    def _ask(
        self, engine: Engine, direction: _Direction, label: str, requests: Sequence[str], names: Collection[str]
    ) -> Iterator[MemoryEntry]:
        """Have the engine translate, longest first, until it is done or fails."""
        for start in range(0, len(requests), engine.batch):
            chunk = requests[start : start + engine.batch]
            try:
                outputs = engine.answer(chunk, *direction, names)
            except EngineError as error:
                self._report(error)
                return
            pairs = [(one, output) for one, output in zip(chunk, outputs, strict=True) if is_text(output.text)]
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


def _entry(direction: _Direction, request: str, answer: Answer, label: str) -> MemoryEntry:
    source, target = direction
    return MemoryEntry(
        source_language=source,
        target_language=target,
        source_hash=source_hash(request),
        source=request,
        target=answer.text,
        origin="machine",
        engine=label,
        confidence=answer.confidence,
        likelihood=answer.likelihood,
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
