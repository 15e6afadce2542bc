"""Why a text waits or needs a look, in words of both languages: the reasons of ``text_status`` and the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.base import Language  # the command line names reasons before it imports any shape

_NEAR = "fuzzy-"
REASONS: dict[str, tuple[str, str]] = {
    "no-engine": ("aucun moteur de traduction", "no translation engine"),
    "not-text": ("caractères qui n’existent pas", "characters that do not exist"),
    "engine-failed": ("le moteur a échoué", "the engine failed"),
    "not-translated": ("pas encore vu par passerelle translate", "not looked at by passerelle translate yet"),
    "stale": ("le texte d’origine a changé", "the source text has changed"),
    "no-text": ("aucune des deux langues n’a de texte", "neither language has a text"),
    "machine-text-left-out": ("publication sans textes de machines", "published without machine texts"),
    "withheld": ("retenu", "withheld"),
    "empty": ("réponse vide", "empty answer"),
    "placeholder-left": ("marqueur resté dans le texte", "marker left in the text"),
    "repetition": ("répétition", "repetition"),
    "length-ratio": ("longueur", "length"),
    "missing-sentence": ("phrase manquante", "missing sentence"),
    "sentence-added": ("phrase ajoutée", "sentence added"),
    "untranslated-copy": ("copie non traduite", "untranslated copy"),
    "wrong-language": ("mauvaise langue", "wrong language"),
    "unknown-word": ("mot inconnu", "unknown word"),
    "bare-infinitive": ("verbe resté à l’infinitif", "verb left in the infinitive"),
    "bound-changed": ("borne changée (et plus, au moins…)", "bound changed (and over, at least…)"),
    "item-lost": ("élément de liste perdu", "list item lost"),
    "numbers-changed": ("nombres changés", "numbers changed"),
    "numbers-swapped": ("nombres intervertis", "numbers swapped"),
    "calendar-changed": ("jour ou mois changé", "day or month changed"),
    "negation-lost": ("négation perdue", "negation lost"),
    "negation-added": ("négation ajoutée", "negation added"),
    "meaning-reversed": ("sens contraire", "meaning reversed"),
    "title-changed": ("M. et Mme intervertis", "Mr. and Ms. changed"),
    "name-changed": ("nom changé", "name changed"),
    "name-unlike": ("un autre nom", "another name"),
    "unbalanced-quotes": ("guillemets ou parenthèses", "quotation marks or brackets"),
    "profanity": ("grossièreté", "profanity"),
    "termbase": ("terme du secteur", "term of the sector"),
    "meaning-lost": ("sens perdu en partie", "part of the meaning lost"),
    "low-confidence": ("le moteur doute", "the engine is unsure"),
    "protected-changed": ("nom ou adresse changés", "name or address changed"),
    "unexpected-answer": ("réponse inattendue", "unexpected answer"),
}
"""Why a text waits or needs a look, and the names of the checks: code → (French, English)."""

ORIGINS: dict[str, tuple[str, str]] = {
    "source": ("pages", "pages"),
    "human": ("personne", "person"),
    "memory": ("mémoire", "memory"),
    "machine": ("machine", "machine"),
    "pending": ("en attente", "pending"),
}
"""Where a text comes from: code → (French, English)."""


def origin_label(code: str, language: Language) -> str:
    """Say in a word or two where a text comes from."""
    french, english = ORIGINS[code]
    return french if language == "fr" else english


def reason_label(code: str, language: Language) -> str:
    """Name the reason of a text's status, or a check, in words; what has none stays as it is."""
    if code.startswith(_NEAR):
        likeness = f"{100 * float(code.removeprefix(_NEAR)):.0f}"
        return f"d’un texte semblable à {likeness} %" if language == "fr" else f"from a text {likeness}% alike"
    french, english = REASONS.get(code, (code, code))
    return french if language == "fr" else english
