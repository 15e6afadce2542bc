"""What ``passerelle publish --dry-run`` and ``passerelle releases`` say, in French and in English."""

from __future__ import annotations

RELEASES: dict[str, tuple[str, str]] = {
    "plan.publish": (
        "La version {number} serait publiée : {changed}.",
        "Release {number} would be published: {changed}.",
    ),
    "plan.serve": (
        "La version {number}, déjà écrite, serait servie.",
        "Release {number}, which is written already, would be served.",
    ),
    "plan.unchanged": ("Rien ne changerait.", "Nothing would change."),
    "plan.refuse": ("La version serait refusée :", "The release would be refused:"),
    "plan.nothing": ("seulement ce qui n’est pas une fiche", "only what is no record"),
    "plan.added": ("{count} ajoutée(s)", "{count} added"),
    "plan.changed": ("{count} modifiée(s)", "{count} changed"),
    "plan.merged": ("{count} fusionnée(s)", "{count} merged"),
    "plan.withdrawn": ("{count} retirée(s)", "{count} withdrawn"),
    "plan.more": ("… et {count} de plus : --all les montre", "… and {count} more: --all shows them"),
    "publish.nothing": (
        "Rien à publier encore : prenez d’abord des pages, avec passerelle ingest ou passerelle crawl.",
        "Nothing to publish yet: take pages in first, with passerelle ingest or passerelle crawl.",
    ),
    "publish.damaged": (
        "Version endommagée, laissée de côté : {numbers}. Remettez son dossier d’une copie, ou enlevez-le de {place}.",
        "Damaged release, passed over: {numbers}. Bring its folder back from a copy, or remove it from {place}.",
    ),
    "releases.damaged": ("endommagée", "damaged"),
    "releases.none": ("Aucune version encore : passerelle publish", "No release yet: passerelle publish"),
    "releases.number": ("Version", "Release"),
    "releases.as-of": ("Données du", "Data of"),
    "releases.records": ("Fiches", "Records"),
    "releases.state": ("État", "State"),
    "releases.served": ("servie", "served"),
    "releases.taken-back": ("retirée", "taken back"),
    "releases.no-release": (
        "il n’y a pas de version {number}; il y a : {there}",
        "there is no release {number}; there are: {there}",
    ),
    "releases.out-there": (
        "{place} n’est pas un dossier vide; choisissez-en un autre",
        "{place} is not an empty folder; choose another one",
    ),
    "releases.applied": ("Les fichiers sont dans {place}", "The files are in {place}"),
}
