"""Every message that the command line itself says, in French and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passerelle.cli.care_messages import CARE
from passerelle.cli.export_messages import EXPORT
from passerelle.cli.privacy_messages import PRIVACY
from passerelle.cli.release_messages import RELEASES
from passerelle.cli.review_messages import REVIEW
from passerelle.cli.serve_messages import SERVE
from passerelle.cli.sheet_messages import SHEET
from passerelle.cli.translation_messages import TRANSLATION
from passerelle.cli.user_messages import USERS
from passerelle.translation.reasons import ORIGINS

if TYPE_CHECKING:
    from schemas.base import Language

MESSAGES: dict[str, tuple[str, str]] = {
    **PRIVACY,
    "home.new": (
        "Rien encore dans {place} : un nouveau jeu de données y commence.",
        "Nothing in {place} yet: a new data set begins there.",
    ),
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
        "{path} n’existe pas; donnez un manifeste, une page, un dossier, un WARC, un WACZ ou une liste d’adresses.",
        "{path} does not exist; give a manifest, a page, a folder, a WARC, a WACZ or a list of URLs.",
    ),
    "ingest.no-source": (
        "{path} : dites de quelle source cela vient, avec --source NOM (passerelle sources les liste).",
        "{path}: say which source this comes from, with --source NAME (passerelle sources lists them).",
    ),
    "ingest.no-url": (
        "{path} dit les adresses de ses pages : enlevez --url.",
        "{path} says the URLs of its pages: leave --url out.",
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
    **{f"origin.{code}": said for code, said in ORIGINS.items()},
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
    "issues.total": ("{count} problème(s).", "Issues: {count}."),
    "sources.none": ("Aucune source décrite dans {folders}.", "No source is described in {folders}."),
    "sources.name": ("Source", "Source"),
    "sources.last": ("Dernière visite", "Last visit"),
    "sources.changes": ("+ ~ −", "+ ~ −"),
    "sources.failing": ("Échecs", "Failing"),
    "sources.next": ("Prochaine", "Next visit"),
    "sources.health": ("Santé", "Health"),
    "sources.pages": ("Pages", "Pages"),
    "sources.initiatives": ("Initiatives", "Initiatives"),
    "sources.news": ("Nouvelles", "News"),
    "sources.legend": (
        "Dernière visite : + nouvelles, ~ changées, − disparues.",
        "Last visit: + new, ~ changed, − gone.",
    ),
    "sources.undescribed": (
        "{name} a des pages, mais pas de fichier sources/{name}.yml.",
        "{name} has pages but no file sources/{name}.yml.",
    ),
    "sources.problem": ("{severity} : {said}", "{severity}: {said}"),
    "sources.fine": ("{count} fichier(s) de source, rien à corriger.", "Source files: {count}; nothing to correct."),
    "sources.trouble": (
        "{errors} erreur(s) et {warnings} avertissement(s) dans {count} fichier(s).",
        "Source files: {count}; errors: {errors}, warnings: {warnings}.",
    ),
    "sources.exists": (
        "{path} existe déjà; choisissez un autre nom avec --name.",
        "{path} exists already; choose another name with --name.",
    ),
    "sources.no-contact": (
        "un site doit savoir qui le visite : donnez --contact, ou PASSERELLE_CONTACT, une adresse web ou un courriel.",
        "a site must know who visits it: give --contact, or PASSERELLE_CONTACT, a URL or an e-mail address.",
    ),
    "sources.drafted": (
        "{path} est écrit. Relisez-le, puis : passerelle sources check",
        "{path} is written. Read it over, then: passerelle sources check",
    ),
    "sources.scripted": ("{count} par script", "{count} by script"),
    "health.off": ("inactive", "off"),
    "health.manual": ("à la main", "by hand"),
    "health.never": ("jamais vue", "never"),
    "health.in-part": ("vue en partie", "seen in part"),
    "health.fine": ("bonne", "fine"),
    "health.failing": ("en panne", "failing"),
    "health.silent": ("muette", "silent"),
    "health.late": ("en retard", "late"),
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
    "crawl.none": (
        "aucune source à visiter : mettez enabled: true et une section crawl dans un fichier de sources/",
        "no source to crawl: write enabled: true and a crawl section in a file of sources/",
    ),
    "crawl.disabled": (
        "la source {name} est inactive : mettez d’abord enabled: true dans {path}",
        "source {name} is disabled: set enabled: true in {path} first",
    ),
    "crawl.by-hand": (
        "{name} n’a pas de section crawl : ses pages sont versées à la main, avec passerelle ingest",
        "{name} has no crawl section: its pages are taken in by hand, with passerelle ingest",
    ),
    "crawl.new": ("nouvelles", "new"),
    "crawl.changed": ("changées", "changed"),
    "crawl.unchanged": ("inchangées", "unchanged"),
    "crawl.gone": ("disparues", "gone"),
    "crawl.failed": ("échecs", "failed"),
    "crawl.blocked": ("refusées", "blocked"),
    "crawl.scripted": ("Par script", "By script"),
    "crawl.size": ("reçu", "received"),
    "crawl.kilobytes": ("{number} ko", "{number} kB"),
    "crawl.end": ("fin", "end"),
    "ended.done": ("tout est vu", "all seen"),
    "ended.limit": ("limite atteinte", "limit reached"),
    "ended.interrupted": ("interrompue", "interrupted"),
    "ended.unreachable": ("site injoignable", "site unreachable"),
    "ended.failed": ("échec", "failed"),
    "ended.listed": ("liste vue", "list seen"),
    "ended.busy": ("déjà en cours", "already under way"),
    "crawl.issues": (
        "{count} problème(s) : passerelle issues --stage crawl",
        "Issues: {count} (passerelle issues --stage crawl)",
    ),
    "crawl.planned": ("{source} : {count} page(s) à demander", "{source}: pages to ask for: {count}"),
    "raw.none": ("l’archive n’a rien de {url}", "the archive has nothing of {url}"),
    "deploy.done": (
        "{count} déploiement(s) : prefect deploy --all --prefect-file {path}, ou passerelle serve-schedules",
        "{count} deployments: prefect deploy --all --prefect-file {path}, or passerelle serve-schedules",
    ),
    "deploy.current": ("{path} est à jour.", "{path} is up to date."),
    "deploy.old": (
        "{path} ne suit plus les sources : passerelle deploy",
        "{path} no longer follows the sources: passerelle deploy",
    ),
    "serve.starting": (
        "Serveur Prefect : http://127.0.0.1:{port} (le premier démarrage est long); Ctrl-C arrête tout.",
        "Prefect server: http://127.0.0.1:{port} (its first start takes a while); Ctrl-C stops everything.",
    ),
    "serve.there": ("Serveur Prefect : {url}; Ctrl-C arrête.", "Prefect server: {url}; Ctrl-C stops."),
    "serve.ended": (
        "le serveur Prefect ou l’exécuteur s’est arrêté de lui-même; ce qu’il a écrit plus haut dit pourquoi",
        "the Prefect server or the runner ended by itself; what it wrote above says why",
    ),
    "rollback.done": (
        "La version {number} est de nouveau en place : {place}",
        "Release {number} is served again: {place}",
    ),
    "terms.fr": ("Français", "French"),
    "terms.en": ("Anglais", "English"),
    "terms.avoid": ("À éviter", "To avoid"),
    "terms.subject": ("Sujet", "Subject"),
    "terms.count": ("{count} terme(s).", "Terms: {count}."),
    "terms.fine": ("{count} termes, aucun problème.", "{count} terms, no problem."),
    "terms.trouble": ("{count} termes, {problems} problème(s).", "{count} terms; problems: {problems}."),
    "terms.exported": ("{count} termes écrits dans {path}.", "{count} terms written to {path}."),
    "models.none": (
        "Aucun paquet de traduction encore : ceux de Passerelle s’installent à la première traduction",
        "No translation package yet: Passerelle’s own are installed at the first translation",
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
    **CARE,
    **RELEASES,
    **EXPORT,
    **SERVE,
    **SHEET,
    **REVIEW,
    **USERS,
    **TRANSLATION,
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
