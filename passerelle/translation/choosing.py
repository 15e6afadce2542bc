"""Chooses among an engine's answers: where the likeliest fails a check, the best of many that passes.

The package of the other way round says how likely a sentence is, given an answer: what an answer leaves out is
unlikely. That costs a third of a translation, so that it is asked last and only of answers that may be taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from passerelle.translation.checks import LEAST_LIKELY, Failure, Pair, failures
from passerelle.translation.direction import Direction, Faithful
from passerelle.translation.engines import Answer
from passerelle.translation.mending import mend
from passerelle.translation.post_edit import preferred_form
from passerelle.translation.terminology import uses, violations
from schemas.base import Language

MANY = 8
"""Answers asked for where the likeliest does not pass the checks."""
_MENDED: frozenset[Failure] = frozenset(["termbase", "placeholder-left"])
"""What the station mends by asking in another way."""


@dataclass(frozen=True)
class Choosing:
    """Both directions of a language pair, and what tells whether an answer has its sentence's placeholders."""

    direction: Direction
    back: Direction
    source: Language
    target: Language
    faithful: Faithful
    _edited: dict[tuple[str, str], str] = field(default_factory=dict)

    def weighed(self, found: Sequence[tuple[str, Answer]]) -> list[Answer]:
        """Say of each answer how likely its sentence is, given it."""
        likelihoods = self.back.likelihoods([one.text for _, one in found], [sentence for sentence, _ in found])
        return [one._replace(likelihood=how) for (_, one), how in zip(found, likelihoods, strict=True)]

    def weighed_each(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Weigh one answer a sentence."""
        return dict(zip(answers, self.weighed([*answers.items()]), strict=True))

    def best(self, answers: Mapping[str, Answer], names: Collection[str] = ()) -> dict[str, Answer]:
        """Give each sentence the best answer both ways of those that pass the checks, weighed.

        Args:
            answers: by sentence, the likeliest.
            names: sentences that are proper names, in which no term is enforced.
        """
        later = {one for one, answer in answers.items() if one not in names and self._is_asked_again(one, answer)}
        sure = [one for one, answer in answers.items() if one in later or self._is_sound(one, answer)]
        done = self.weighed_each({one: answers[one] for one in sure})
        doubtful = [one for one in answers if one not in later and not _is_likely(done.get(one))]
        others = self._others(doubtful, {**answers, **done}) if doubtful else {}
        return {sentence: others.get(sentence) or done[sentence] for sentence in answers}

    def _others(self, doubtful: Sequence[str], answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Ask for many answers of each sentence and give the best; of none that is sound, what fails fewest checks."""
        many = zip(doubtful, self.direction.choices(doubtful, MANY, MANY), strict=True)
        choices: dict[str, dict[str, Answer]] = {one: {answers[one].text: answers[one]} for one in doubtful}
        for sentence, some in many:
            for answer in some:
                if self.faithful(sentence, answer.text):
                    choices[sentence].setdefault(answer.text, answer)
        left = {sentence: self._worth_weighing(sentence, [*some.values()]) for sentence, some in choices.items()}
        new = [(sentence, one) for sentence, some in left.items() for one in some if one.likelihood is None]
        weighed = {(sentence, one.text): one for (sentence, _), one in zip(new, self.weighed(new), strict=True)}
        return {
            sentence: max((weighed.get((sentence, one.text), one) for one in some), key=_worth)
            for sentence, some in left.items()
        }

    def _worth_weighing(self, sentence: str, answers: Sequence[Answer]) -> list[Answer]:
        """Give the sound answers, else the likeliest of those that fail fewest checks."""
        sound = [answer for answer in answers if self._is_sound(sentence, answer)]
        if sound:
            return sound
        return [min(answers, key=lambda one: (len([*self._failures(sentence, one)]), -(one.confidence or 0.0)))]

    def _is_sound(self, sentence: str, answer: Answer) -> bool:
        """Tell whether an answer passes the checks that need no weighing."""
        return next(self._failures(sentence, answer), None) is None

    def _failures(self, sentence: str, answer: Answer) -> Iterator[Failure]:
        pair = Pair(sentence, self._mended(sentence, answer), self.source, self.target, confidence=answer.confidence)
        return failures(pair, without=_MENDED)

    def _is_asked_again(self, sentence: str, answer: Answer) -> bool:
        """Tell an answer without a term that the station hides when it asks again: more answers would be no use."""
        hidden = any(preferred_form(use, self.source, self.target) for use in uses(sentence, self.source))
        return hidden and bool(violations(sentence, self._mended(sentence, answer), self.source, self.target))

    def _mended(self, sentence: str, answer: Answer) -> str:
        """Give an answer as the station mends it."""
        key = sentence, answer.text
        if key not in self._edited:
            self._edited[key] = mend(*key, self.source, self.target)
        return self._edited[key]


def _is_likely(answer: Answer | None) -> bool:
    return answer is not None and answer.likelihood is not None and answer.likelihood >= LEAST_LIKELY


def _worth(answer: Answer) -> tuple[bool, float]:
    """Order weighed answers: those that leave nothing out first, then by what both ways say."""
    return _is_likely(answer), (answer.confidence or 0.0) + (answer.likelihood or 0.0)
