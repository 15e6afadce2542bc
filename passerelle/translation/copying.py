"""Placeholders that a model did not copy exactly once are asked for again: of more answers, then without the repeated.

What is given up here is left to the station, which refuses a text whose placeholders did not come out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from passerelle.translation.direction import Direction
from passerelle.translation.engines import Answer
from passerelle.translation.protect import Placeholder, placeholder_pattern

WIDE_BEAM = 32
"""Of so many answers the likeliest that has its sentence's placeholders is taken."""
_DIGIT = re.compile(r"\d")


class Copying:
    """What tells whether an answer has the placeholders of its sentence, and asks for one that has.

    Args:
        placeholder: what the package copies through; with None there is nothing to copy.
    """

    def __init__(self, placeholder: Placeholder | None) -> None:
        self._form = placeholder.form if placeholder else ""
        self._pattern = placeholder_pattern(self._form) if placeholder else None

    def faithful(self, sentence: str, answer: str) -> bool:
        """Tell whether an answer has each placeholder as often as its sentence."""
        return self._counted(sentence) == self._counted(answer)

    def mend(self, direction: Direction, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Ask again for the sentences whose placeholders were not all copied; give the answers that have them."""
        lost = [sentence for sentence, answer in answers.items() if not self.faithful(sentence, answer.text)]
        if not lost:
            return {}
        found = dict(zip(lost, direction.answer(lost, WIDE_BEAM, self.faithful), strict=True))
        for sentence in (one for one in lost if not found[one].text):
            found[sentence] = self._without_repeats(direction, sentence, answers[sentence])
        return {sentence: answer for sentence, answer in found.items() if answer.text}

    def _without_repeats(self, direction: Direction, sentence: str, answer: Answer) -> Answer:
        """Where a placeholder is said again, go on from there without it; "" unless all is well in the end.

        A model kept from repeating a number may make one up: an answer with more digits is not taken. The new answer
        is held to be as sure as the one it comes from.
        """
        for _ in range(len(self._counted(sentence))):
            beginning, said = self._until_repeat(sentence, answer.text)
            if not said:
                break
            answer = answer._replace(text=direction.go_on(sentence, beginning, said))
        new_digits = Counter(_DIGIT.findall(answer.text)) - Counter(_DIGIT.findall(sentence))
        return answer if self.faithful(sentence, answer.text) and not new_digits else Answer("")

    def _until_repeat(self, sentence: str, answer: str) -> tuple[str, list[str]]:
        """Give an answer as far as a placeholder too many, and the placeholders that have been said by then."""
        left, said = self._counted(sentence), list[str]()
        for found in self._pattern.finditer(answer) if self._pattern else ():
            if not left[found[1]]:
                return answer[: found.start()].rstrip(), said
            left[found[1]] -= 1
            if not left[found[1]]:
                said.append(self._form.format(found[1]))
        return answer, []

    def _counted(self, text: str) -> Counter[str]:
        return Counter(found[1] for found in self._pattern.finditer(text)) if self._pattern else Counter()
