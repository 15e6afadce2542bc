"""Every message that the command line itself says, in French and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.base import Language

MESSAGES: dict[str, tuple[str, str]] = {
    "error": ("Erreur : {said}", "Error: {said}"),
    "interrupted": (
        "Interrompu; rien n’est perdu, la prochaine exécution reprend où celle-ci s’est arrêtée.",
        "Interrupted; nothing is lost, the next run goes on where this one stopped.",
    ),
    "progress.ingest": ("Archivage", "Archiving"),
    "progress.extract": ("Lecture des pages", "Reading pages"),
    "progress.match": ("Appariement", "Matching"),
    "progress.translate": ("Traduction", "Translating"),
    "progress.download": ("Téléchargement", "Downloading"),
    "progress.run": ("Lecture, appariement, traduction", "Reading, matching, translating"),
    "progress.captures": ("Vérification de l’archive", "Checking the archive"),
    "ingest.done": (
        "Archive : {new} nouveau(x), {known} déjà là, {skipped} écarté(s).",
        "Archive: {new} new, {known} there already, {skipped} skipped.",
    ),
    "ingest.issue": ("{severity} : {said}", "{severity}: {said}"),
    "ingest.more": ("… et {count} de plus : passerelle issues", "… and {count} more: passerelle issues"),
    "ingest.no-file": (
        "{path} n’existe pas; donnez un manifeste .json ou une page .html ou .txt.",
        "{path} does not exist; give a .json manifest, or an .html or .txt page.",
    ),
    "ingest.no-source": (
        "{path} : dites de quelle source vient cette page, avec --source NOM (passerelle sources les liste).",
        "{path}: say which source this page comes from, with --source NAME (passerelle sources lists them).",
    ),
    "station.extract": (
        "Extraction : {changed} page(s) lue(s) à neuf sur {total}; {issues} problème(s).",
        "Extract: {changed} pages read anew of {total}; issues: {issues}.",
    ),
    "station.match": (
        "Appariement : {changed} fiche(s) changée(s), {total} en tout; {issues} problème(s).",
        "Match: {changed} records changed, {total} in all; issues: {issues}.",
    ),
    "station.translate": (
        "Traduction : {changed} texte(s) changé(s) sur {total} trou(s); {issues} problème(s).",
        "Translate: {changed} texts changed of {total} gaps; issues: {issues}.",
    ),
    "publish.published": ("La version {number} est publiée : {place}", "Release {number} is published: {place}"),
    "publish.unchanged": (
        "Rien n’a changé; la version {number} reste en place : {place}",
        "Nothing changed; release {number} is still served: {place}",
    ),
    "publish.refused": (
        "la publication est refusée; la version {number} reste en place.",
        "the release was refused; release {number} is still served.",
    ),
    "publish.refused-first": (
        "la publication est refusée; rien n’est publié.",
        "the release was refused; nothing is published.",
    ),
    "run.release": ("Version {number}", "Release {number}"),
    "run.nothing": (
        "Rien à publier : versez d’abord des pages, par exemple passerelle ingest examples/site/manifest.json",
        "Nothing to publish: take in pages first, for instance passerelle ingest examples/site/manifest.json",
    ),
    "run.records": ("fiches", "records"),
    "run.texts-fr": ("textes français", "French texts"),
    "run.texts-en": ("textes anglais", "English texts"),
    "run.issues": ("problèmes", "issues"),
    "run.next": ("Voir ensuite :", "Where to look next:"),
    "run.next-release": ("la version publiée", "the release"),
    "run.next-show": ("une fiche et ses preuves", "a record and its evidence"),
    "run.next-issues": ("ce qui n’a pas marché", "what went wrong"),
    "run.next-models": ("pour combler les trous", "to fill the gaps"),
    "count.initiatives": ("initiatives {count}", "initiatives {count}"),
    "count.organizations": ("organismes {count}", "organizations {count}"),
    "count.news": ("nouvelles {count}", "news {count}"),
    "severity.error": ("erreur", "error"),
    "severity.warning": ("avertissement", "warning"),
    "severity.info": ("information", "info"),
    "origin.source": ("pages", "pages"),
    "origin.human": ("personne", "person"),
    "origin.memory": ("mémoire", "memory"),
    "origin.machine": ("machine", "machine"),
    "origin.pending": ("en attente", "pending"),
    "review.unreviewed": ("pas encore vue", "unreviewed"),
    "review.approved": ("approuvée", "approved"),
    "review.reopened": ("rouverte", "reopened"),
    "stale": ("périmé", "stale"),
    "reviewed": ("relu", "reviewed"),
    "show.none": (
        "aucune fiche ne s’appelle « {query} ». {near}",
        "no record is called “{query}”. {near}",
    ),
    "show.near": ("Peut-être : {names}.", "Perhaps: {names}."),
    "show.empty": (
        "Il n’y a pas encore de fiche : passerelle run",
        "There are no records yet: passerelle run",
    ),
    "show.many": ("« {query} » désigne plusieurs fiches; choisissez :", "“{query}” names several records; choose:"),
    "show.redirect": ("{old} a été fusionnée dans {new}.", "{old} was merged into {new}."),
    "show.withdrawn": ("{id} a été retirée : {reason}", "{id} was withdrawn: {reason}"),
    "field.activities": ("activités", "activities"),
    "field.acronyms": ("sigles", "acronyms"),
    "field.audience": ("public", "audience"),
    "field.author": ("auteur", "author"),
    "field.authors": ("signature", "authors"),
    "field.awarded_by": ("remis par", "awarded by"),
    "field.awards": ("prix", "awards"),
    "field.benefits": ("bénéfices", "benefits"),
    "field.by": ("par", "by"),
    "field.at": ("le", "at"),
    "field.collaboration": ("collaboration", "collaboration"),
    "field.conclusion": ("conclusion", "conclusion"),
    "field.contact": ("contact", "contact"),
    "field.cost": ("coût", "cost"),
    "field.description": ("description", "description"),
    "field.email": ("courriel", "e-mail"),
    "field.first_seen": ("vu d’abord", "first seen"),
    "field.former_names": ("anciens noms", "former names"),
    "field.genders": ("genres", "genders"),
    "field.groups": ("groupes", "groups"),
    "field.impacts": ("retombées", "impacts"),
    "field.kind": ("type", "kind"),
    "field.language": ("langue", "language"),
    "field.languages_offered": ("langues offertes", "languages offered"),
    "field.last_changed": ("dernier changement", "last changed"),
    "field.last_seen": ("vu en dernier", "last seen"),
    "field.lead_organization": ("organisme porteur", "lead organization"),
    "field.links": ("liens", "links"),
    "field.max_age": ("âge maximal", "oldest age"),
    "field.mentions": ("mentions", "mentions"),
    "field.min_age": ("âge minimal", "youngest age"),
    "field.municipalities": ("municipalités", "municipalities"),
    "field.municipality": ("municipalité", "municipality"),
    "field.name": ("nom", "name"),
    "field.neighbourhoods": ("quartiers", "neighbourhoods"),
    "field.organization": ("organisme", "organization"),
    "field.other_names": ("autres noms", "other names"),
    "field.partners": ("partenaires", "partners"),
    "field.people": ("personnes", "people"),
    "field.phone": ("téléphone", "phone"),
    "field.province": ("province", "province"),
    "field.published": ("paru", "published"),
    "field.publisher": ("éditeur", "publisher"),
    "field.quote": ("citation", "quote"),
    "field.regions": ("régions", "regions"),
    "field.related": ("liées", "related"),
    "field.relation": ("lien", "relation"),
    "field.review": ("révision", "review"),
    "field.role": ("rôle", "role"),
    "field.sector": ("secteur", "sector"),
    "field.sectors": ("secteurs", "sectors"),
    "field.start": ("début", "start"),
    "field.status": ("état", "status"),
    "field.summary": ("résumé", "summary"),
    "field.territory": ("territoire", "territory"),
    "field.testimonials": ("témoignages", "testimonials"),
    "field.text": ("texte", "text"),
    "field.themes": ("thèmes", "themes"),
    "field.title": ("titre", "title"),
    "field.url": ("adresse", "URL"),
    "field.version": ("version", "version"),
    "field.year": ("année", "year"),
    "show.facts": ("Faits", "Facts"),
    "show.texts": ("Textes", "Texts"),
    "show.evidence": ("Preuves", "Evidence"),
    "show.sources": ("Sources", "Sources"),
    "french": ("Français", "French"),
    "english": ("Anglais", "English"),
    "issues.unknown": (
        "« {value} » est inconnu; choisissez parmi {choices}.",
        "“{value}” is unknown; choose one of {choices}.",
    ),
    "issues.none": ("Aucun problème.", "No issues."),
    "issues.line": ("{severity} {stage}/{code}{where} : {said}", "{severity} {stage}/{code}{where}: {said}"),
    "issues.total": ("{count} problème(s).", "{count} issues."),
    "sources.none": ("Aucune source décrite dans {folders}.", "No source is described in {folders}."),
    "sources.name": ("Source", "Source"),
    "sources.title": ("Titre", "Title"),
    "sources.enabled": ("Active", "Enabled"),
    "sources.pages": ("Pages", "Pages"),
    "sources.initiatives": ("Initiatives", "Initiatives"),
    "sources.news": ("Nouvelles", "News"),
    "sources.undescribed": ("(pas de fichier sources/{name}.yml)", "(no file sources/{name}.yml)"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "page.drafts": (
        "{page}\nLangue : {language} · extracteur : {extractor}",
        "{page}\nLanguage: {language} · extractor: {extractor}",
    ),
    "page.initiative": ("initiative", "initiative"),
    "page.news": ("nouvelle", "news"),
    "page.organization": ("organisme", "organization"),
    "page.nothing": ("Rien de lu sur cette page.", "Nothing was read on this page."),
    "page.no-file": ("{path} n’existe pas.", "{path} does not exist."),
    "page.usage": (
        "donnez un fichier, ou --jsonl pour lire des lignes sur l’entrée standard.",
        "give a file, or --jsonl to read lines from standard input.",
    ),
    "extractor.usage": (
        "--page sert à commencer un extracteur, --update-expected à le suivre : donnez l’un ou l’autre.",
        "--page starts an extractor, --update-expected follows it up: give one or the other.",
    ),
    "rollback.done": (
        "La version {number} est de nouveau en place : {place}",
        "Release {number} is served again: {place}",
    ),
    "models.none": (
        "Aucun paquet de traduction : passerelle models install fr-en",
        "No translation package: passerelle models install fr-en",
    ),
    "models.no-digest": ("sans empreinte", "no digest"),
    "models.installed": (
        "{package} est installé; son empreinte est celle attendue.",
        "{package} is installed; its SHA-256 matches the pin.",
    ),
    "models.there": ("{package} est déjà installé.", "{package} is installed already."),
    "models.pinned": (
        "{package} est installé; première fois, on lui fait confiance : l’empreinte {sha256} est retenue désormais.",
        "{package} is installed; trusted for the first time, its SHA-256 {sha256} is pinned from now on.",
    ),
    "models.removed": ("{package} est retiré.", "{package} is removed."),
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
    "doctor.models": ("Traduction : {said}", "Translation: {said}"),
    "doctor.no-models": (
        "Traduction : aucun paquet, les trous restent en attente; passerelle models install fr-en",
        "Translation: no package, gaps stay pending; passerelle models install fr-en",
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
"""Key → (French, English). Figures stand where no agreement with a plural is needed."""


def message(key: str, language: Language, /, **values: object) -> str:
    """Give a message in one language, with its values filled in."""
    return MESSAGES[key][0 if language == "fr" else 1].format(**values)


def field_label(path: str, language: Language) -> str:
    """Name a dotted path in words (``benefits.0.text`` → « bénéfices 1 · texte »); steps without a label stay."""
    words: list[str] = []
    for step in path.split("."):
        if step.isdecimal() and words:
            words[-1] += f" {int(step) + 1}"
        else:
            words.append(message(f"field.{step}", language) if f"field.{step}" in MESSAGES else step)
    return " · ".join(words)
