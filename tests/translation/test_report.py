from collections.abc import Callable

from passerelle.translation.report import report
from schemas.base import LanguageMap
from schemas.records import Initiative, TextStatus


def test_texts_and_words_are_counted_by_language_and_origin(record: Callable[..., Initiative]) -> None:
    ours = record(
        summary="Un lieu sûr.",
        description=LanguageMap(fr="Deux mots", en="Two words here"),
        conclusion=LanguageMap(fr="Fin.", en="The end."),
        impacts=(LanguageMap(),),
        text_status={
            "summary.en": TextStatus(origin="pending", engine="e", reason="numbers-changed"),
            "description.en": TextStatus(origin="machine", engine="e"),
            "conclusion.en": TextStatus(origin="human", fresh=False),
        },
    )
    french, english = report([ours])
    assert (dict(french.texts), dict(french.words)) == ({"source": 4}, {"source": 8})
    assert dict(english.texts) == {"source": 1, "pending": 1, "machine": 1, "human": 1}
    assert dict(english.words) == {"source": 2, "pending": 3, "machine": 3, "human": 2}
    assert (french.stale, english.stale, dict(english.reasons)) == (0, 1, {("numbers-changed", "e"): 1})
