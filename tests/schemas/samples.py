"""Records for the tests of the shapes; the organisation is fictional."""

from schemas.base import LanguageMap
from schemas.records import Initiative


def initiative() -> Initiative:
    """Make an initiative with language maps at several depths."""
    return Initiative.model_validate(
        {
            "id": "ini-abcd1234",
            "slug": "le-phare",
            "kind": "project",
            "name": {"fr": "Le Phare de nuit", "en": None},
            "summary": {"fr": "Une halte à Rimouski.", "en": "A drop-in in Rimouski."},
            "territory": {"regions": ["01"], "municipalities": ["Rimouski"]},
            "benefits": [{"sector": "community", "text": {"fr": "Plus de liens."}}],
            "impacts": [{"fr": "Moins de fugues."}, {"en": "Better referrals."}],
            "testimonials": [{"quote": {"fr": "Enfin!"}, "author": None, "role": LanguageMap(fr="Intervenante")}],
            "start": "2020-07",
            "sources": [
                {
                    "url": "https://example.org/phare",
                    "captured_at": "2026-11-21T08:30:00Z",
                    "digest": "sha256:" + "0" * 64,
                    "language": "fr",
                    "extractor": "maillage/1",
                }
            ],
            "first_seen": "2026-11-21T08:30:00Z",
            "last_seen": "2026-11-21T08:30:00Z",
            "last_changed": "2026-11-21T08:30:00Z",
        }
    )
