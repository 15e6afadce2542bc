"""What the desk asks of other stations. It may import none of them: ``passerelle.reviewing`` gives it this help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from sqlalchemy.orm import Session

from passerelle.review.dashboard.asking import Observing
from passerelle.review.exchange.keeping import Keeping
from passerelle.review.exchange.translated import Translators
from passerelle.review.vocabulary.asking import Words
from schemas.base import Language, LanguageMap
from schemas.decision import Decision
from schemas.document import Document
from schemas.issue import Issue
from schemas.records import Initiative, NewsItem, Organization, Provenance, Translated
from schemas.working import Filling

Record = Initiative | NewsItem | Organization
R = TypeVar("R", Initiative, NewsItem, Organization)
T = TypeVar("T", bound=Translated)

Fate = Literal["same", "one", "other", "joined", "changed", "lost"]
"""What a merge makes of a field: equal in both, the first's, the second's, put together, something else, or gone."""


@dataclass(frozen=True)
class Laid:
    """A record with decisions laid over it."""

    record: Record
    set_paths: tuple[str, ...]
    """Paths that decisions set."""
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class CapturedPage:
    """A page as it was captured: its body as bytes, untrusted, and what was read from it."""

    digest: str
    url: str | None
    source: str
    media_type: str
    body: bytes
    captured_at: datetime
    document: Document | None
    """Its blocks, to which evidence points; none where it cannot be read."""


@dataclass(frozen=True)
class TermUse:
    """A word of the termbase in a text that is translated."""

    text: str
    """As the source text writes it."""
    preferred: tuple[str, ...]
    """What to write in the other language."""
    avoid: tuple[str, ...]
    kept: bool
    """Whether the translation writes it as it should."""


@dataclass(frozen=True)
class Suggestion:
    """What a person translated of the same text, or nearly the same, before."""

    text: str
    source: str
    """The text that it was made from."""
    score: float
    """Similarity of the two sources, from 0 to 1."""


@dataclass(frozen=True)
class FieldFate:
    """What becomes of one field when two records merge; values as JSON."""

    path: str
    one: object
    other: object
    merged: object
    fate: Fate
    lost: tuple[tuple[int, ...], ...] = ((), ())
    """Places of the entries of the first and of the second record that the merged one does not say."""


@dataclass(frozen=True)
class MergePreview:
    """What a merge of two records would make."""

    keeps: str
    """Id that lives on."""
    redirects: str
    """Id that redirects to it."""
    record: Record | None
    """None where the two cannot be one, for the reasons in ``issues``."""
    fields: tuple[FieldFate, ...]
    issues: tuple[Issue, ...]


class Folding(Protocol):
    """What keeping the working rows and the queue in step asks; the pipeline gives this much itself."""

    def fold(self, record: Record, decisions: Sequence[Decision]) -> Laid:
        """Lay edits and reviews over a record as matching does."""

    def complete(self, record: T, fillings: Sequence[Filling]) -> T:
        """Fill the gaps of a record as publishing does; what stays open is marked ``pending``."""


class Help(Folding, Translators, Words, Observing, Keeping, Protocol):
    """What other stations do for the desk."""

    def recall(self, session: Session, record: str) -> tuple[Record, Provenance | None] | None:
        """Read a record that curators put out, as its own page still says it; none where no page gave it its id."""

    def created(self, session: Session, decision: Decision) -> tuple[str, Organization]:
        """Give the source key and the record of an organisation that a decision creates, with the id that it gets."""

    def codes(self, field: str) -> Mapping[str, LanguageMap] | None:
        """Give code → label of a field of controlled codes (``themes``, ``audience.genders`` …); else none."""

    def page(self, digest: str) -> CapturedPage | None:
        """Give a captured body and what is read from it; none where the archive lost it."""

    def markdown(self, text: str) -> str:
        """Give a description as harmless HTML, as the public pages show it."""

    def translate(self, record: Translated, path: str) -> Filling:
        """Translate one text anew, without a change of the record; ``path`` as in ``benefits.0.text.en``."""

    def suggestions(self, text: str, source: Language, path: str) -> tuple[Suggestion, ...]:
        """Give what people translated of this text into the other language before, best first."""

    def failed_checks(self, source: str, target: str, language: Language, path: str = "") -> tuple[str, ...]:
        """Name the checks that a translation out of ``language`` fails; by its path a name may stay as it is."""

    def terms(self, source: str, target: str, language: Language) -> tuple[TermUse, ...]:
        """Give the termbase's words in a text in ``language`` and whether its translation keeps them."""

    def preview_merge(self, session: Session, one: str, other: str) -> MergePreview:
        """Say what would become of every field if two records were one."""

    def preview_split(self, session: Session, record: str, part: str) -> tuple[Record, ...]:
        """Give the records that a split of ``part`` (an id or a source key) off ``record`` would make."""

    def rematch(self) -> int:
        """Match all pages anew, so that merges, splits and rejections take effect; gives how many records changed."""
