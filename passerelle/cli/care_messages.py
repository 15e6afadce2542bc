"""What ``doctor`` says, in French and in English."""

from __future__ import annotations

CARE: dict[str, tuple[str, str]] = {
    "doctor.fine": ("Tout va bien.", "All is well."),
    "doctor.trouble": ("{count} point(s) à corriger.", "{count} to put right."),
    "doctor.home": ("Dossier : {place}", "Home: {place}"),
    "doctor.home-bad": (
        "On ne peut pas écrire dans {place}; donnez-vous ce droit ou choisissez un autre dossier avec --home.",
        "{place} cannot be written to; give yourself that right or choose another folder with --home.",
    ),
    "doctor.sources": ("Sources : {count} valides", "Sources: {count} valid"),
    "doctor.sources-bad": ("Source à corriger : {said}", "A source to correct: {said}"),
    "doctor.database": ("Base de données : joignable et à jour", "Database: reachable and up to date"),
    "doctor.database-bad": (
        "Base de données : {said}. Vérifiez PASSERELLE_DATABASE_URL et que le serveur répond.",
        "Database: {said}. Check PASSERELLE_DATABASE_URL and that the server answers.",
    ),
    "doctor.captures": ("Archive : {count} capture(s) relue(s)", "Archive: {count} captures read back"),
    "doctor.archive-bad": ("Archive hors d’atteinte : {said}", "Archive out of reach: {said}"),
    "doctor.captures-bad": (
        "Archive : {bad} capture(s) sur {count} illisible(s); {said}",
        "Archive: {bad} of {count} captures cannot be read; {said}",
    ),
    "doctor.release": ("Version {number} : intacte", "Release {number}: whole"),
    "doctor.no-release": ("Aucune version publiée encore", "No release published yet"),
    "doctor.release-bad": (
        "Version {number} abîmée ({bad} point(s); {said}). passerelle rollback NUMÉRO en remet une autre en place.",
        "Release {number} is damaged ({bad} problems; {said}). passerelle rollback NUMBER serves another one.",
    ),
    "doctor.refused": (
        "La dernière version proposée a été refusée : {place} dit pourquoi, et quoi faire.",
        "The last release tried was refused: {place} says why, and what to do.",
    ),
    "doctor.models": ("Traduction : {said}", "Translation: {said}"),
    "doctor.no-models": (
        "Traduction : aucun paquet encore; ceux de Passerelle s’installent à la première traduction",
        "Translation: no package yet; Passerelle’s own are installed at the first translation",
    ),
    "doctor.no-engine": (
        "Traduction : désactivée (PASSERELLE_ENGINE={engine})",
        "Translation: switched off (PASSERELLE_ENGINE={engine})",
    ),
    "doctor.models-bad": ("Traduction : {said}", "Translation: {said}"),
    "doctor.leftovers": ("Aucun reste d’une exécution interrompue", "Nothing left over from an interrupted run"),
    "doctor.leftovers-bad": (
        "Restes d’une exécution interrompue : {names}. Le prochain passerelle run les reprend ou les enlève.",
        "Left over from an interrupted run: {names}. The next passerelle run takes them up or away.",
    ),
}
"""Key → (French, English)."""
