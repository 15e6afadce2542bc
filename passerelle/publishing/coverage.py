"""Count how the texts of each language came to be, for the manifest and the closing table of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schemas.base import LANGUAGES
from schemas.paths import language_maps
from schemas.records import Initiative
from schemas.release import Coverage

ORIGINS = tuple(Coverage.model_fields)


def coverage(initiatives: Iterable[Initiative]) -> dict[str, Coverage]:
    """Count the texts of all language maps by language and origin.

    A text without a ``text_status`` entry was read on a page (``source``); a missing one counts as ``pending``.
    """
    counts = {language: Counter[str]() for language in LANGUAGES}
    for initiative in initiatives:
        for path, texts in language_maps(initiative):
            for language in LANGUAGES:
                status = initiative.text_status.get(f"{path}.{language}")
                origin = status.origin if status else "source"
                counts[language][origin if texts.get(language) else "pending"] += 1
    return {language: Coverage(**count) for language, count in counts.items()}
