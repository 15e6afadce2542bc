"""What ``passerelle export`` says, in French and in English."""

from __future__ import annotations

EXPORT: dict[str, tuple[str, str]] = {
    "progress.export": ("Export", "Exporting"),
    "export.format": ("Format", "Format"),
    "export.standard": ("Norme", "Standard"),
    "export.use": ("Usage", "Use"),
    "export.done": (
        "La version {number} est écrite en {format} ({files} fichier(s)) : {place}",
        "Release {number} is written as {format} ({files} file(s)): {place}",
    ),
    "export.no-out": (
        "dites où écrire : passerelle export {format} --out DOSSIER",
        "say where to write: passerelle export {format} --out DIR",
    ),
    "export.unwritable": (
        "{place} n’a pas pu être écrit : {said}; choisissez un autre dossier avec --out",
        "{place} could not be written: {said}; choose another folder with --out",
    ),
    "export.needs": (
        "le format {format} demande {module}, qui n’est pas installé : {python} -m pip install 'passerelle[{format}]'",
        "the format {format} needs {module}, which is not installed: {python} -m pip install 'passerelle[{format}]'",
    ),
    "export.none": (
        "{place} n’a pas encore de version; publiez d’abord, avec passerelle publish, ou choisissez un autre --curated",
        "{place} has no release yet; publish first, with passerelle publish, or choose another --curated",
    ),
    "export.no-release": (
        "{place} n’a pas de version {number}; il y a : {there}",
        "{place} has no release {number}; there are: {there}",
    ),
    "export.schema": (
        "la version {number} suit le schéma {schema}, ce logiciel le {known} : prenez le logiciel qui l’a écrite",
        "release {number} has schema {schema}, this software schema {known}: take the software that wrote it",
    ),
    "export.old": (
        "la version {number} n’a pas {files}; une version antérieure du logiciel l’a écrite : publiez de nouveau",
        "release {number} has no {files}; an earlier version of the software wrote it: publish again",
    ),
}
"""Key → (French, English), part of ``MESSAGES``."""
