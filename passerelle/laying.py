"""What records say under decisions and translations, as matching and publishing lay them; for the desk's lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from passerelle.matching.folding import Folded, fold
from passerelle.publishing.assemble import apply_fillings
from passerelle.review.help import Laid, Record
from schemas.decision import Decision
from schemas.records import Translated
from schemas.working import Filling

R = TypeVar("R", bound=Translated)


class Laying:
    """The part of the desk's help that the pipeline needs too; see ``passerelle.review.help.Folding``."""

    def fold(self, record: Record, decisions: Sequence[Decision]) -> Laid:
        """Lay edits and reviews over a record as matching does."""
        any_type: Any = record  # fold gives back the very type that it was given
        folded: Folded[Any] = fold(any_type, decisions)
        return Laid(folded.record, folded.set_paths, folded.issues)

    def complete(self, record: R, fillings: Sequence[Filling]) -> R:
        """Fill the gaps of a record as publishing does."""
        return apply_fillings([record], fillings)[0]
