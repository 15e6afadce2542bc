"""What is wrong with a source file, in French and in English."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # The file itself
    "unreadable": ("le fichier ne peut pas être lu ({why})", "the file cannot be read ({why})"),
    "not-utf8": ("le fichier n’est pas en UTF-8; enregistrez-le ainsi", "the file is not in UTF-8; save it so"),
    "not-yaml": ("ce n’est pas du YAML : {why}", "this is not YAML: {why}"),
    "repeated": ("ce champ est donné deux fois; enlevez-en un", "this field is given twice; take one away"),
    "misnamed": (
        "la source s’appelle « {value} »; nommez le fichier {value}.yml",
        "the source is named “{value}”; name the file {value}.yml",
    ),
    # One field; these names are pydantic's own
    "missing": ("ce champ manque", "this field is missing"),
    "extra_forbidden": ("ce champ est inconnu{near}", "this field is unknown{near}"),
    "string_type": (
        "un texte est attendu; mettez-le entre guillemets",
        "a text is expected; put it between quotation marks",
    ),
    "string_pattern_mismatch": (
        "minuscules, chiffres et traits d’union seulement, 63 signes au plus",
        "lower-case letters, digits and hyphens only, 63 characters at most",
    ),
    "bool_type": ("true ou false est attendu", "true or false is expected"),
    "number": ("un nombre est attendu", "a number is expected"),
    "whole-number": ("un nombre entier est attendu", "a whole number is expected"),
    "greater_than_equal": ("au moins {ge}", "at least {ge}"),
    "less_than_equal": ("au plus {le}", "at most {le}"),
    "literal_error": ("l’un de ceux-ci est attendu : {expected}", "one of these is expected: {expected}"),
    "list": ("une liste est attendue : [ … ]", "a list is expected: [ … ]"),
    "too_short": (
        "la liste est vide; donnez au moins {min_length} élément",
        "the list is empty; give at least {min_length} entry",
    ),
    "fields": ("des champs « nom: valeur » sont attendus", "fields “name: value” are expected"),
    "web_address": (
        "« {value} » n’est pas une adresse http ou https",
        "“{value}” is no http or https URL",
    ),
    "pattern": (
        "« {value} » n’est pas une expression régulière ({why})",
        "“{value}” is no regular expression ({why})",
    ),
    "cron": (
        "« {value} » n’est pas un horaire : minute, heure, jour du mois, mois, jour de la semaine, p. ex. 30 4 * * 1",
        "“{value}” is no schedule: minute, hour, day of the month, month, day of the week, for instance 30 4 * * 1",
    ),
    "timezone": (
        "« {value} » n’est pas un fuseau horaire, p. ex. America/Toronto",
        "“{value}” is no time zone, for instance America/Toronto",
    ),
    "other": ("{said}", "{said}"),
    # Fields that do not agree
    "no-title": ("donnez un titre, en français, en anglais ou les deux", "give a title, in French, English or both"),
    "bad-host": (
        "« {value} » n’est pas un nom d’hôte; écrivez-le sans « https:// » ni « / », p. ex. www.exemple.org",
        "“{value}” is no host name; write it without “https://” or “/”, for instance www.example.org",
    ),
    "other-host": (
        "l’hôte « {value} » n’est pas parmi les hosts : {hosts}; ajoutez-le ou changez l’adresse",
        "the host “{value}” is not among the hosts: {hosts}; add it or change the URL",
    ),
    "denied-start": (
        "ce point de départ est exclu par « {value} » (deny)",
        "this start point is denied by “{value}”",
    ),
    "bad-selector": ("« {value} » n’est pas un sélecteur CSS", "“{value}” is no CSS selector"),
    "unknown-family": (
        "la famille « {value} » est inconnue; choisissez parmi {choices}",
        "the family “{value}” is unknown; choose one of {choices}",
    ),
    "unknown-region": (
        '« {value} » n’est pas une région; écrivez son code entre guillemets, de "01" à "17"',
        '“{value}” is no region; write its code between quotation marks, from "01" to "17"',
    ),
    "shared-host": (
        "l’hôte « {value} » appartient aussi à la source {other}; une page pourrait être prise deux fois",
        "the host “{value}” belongs to source {other} too; a page might be taken twice",
    ),
    "no-licence": (
        "la source est active sans licence connue : donnez un code SPDX, ou l’adresse (url) des conditions",
        "the source is enabled without a known licence: give an SPDX code, or the URL of the terms",
    ),
    "unknown-spdx": (
        "« {value} » n’est pas un code SPDX (spdx.org/licenses); corrigez-le, ou mettez null et donnez l’adresse (url)",
        "“{value}” is no SPDX id (spdx.org/licenses); correct it, or write null and the URL of the terms",
    ),
    "no-attribution": (
        "la source est active sans mention à publier (attribution)",
        "the source is enabled without a credit to publish (attribution)",
    ),
    "no-schedule": (
        "la source est active sans horaire : elle n’est visitée que par passerelle crawl",
        "the source is enabled without a schedule: only passerelle crawl visits it",
    ),
}
"""Code → (French, English)."""

SAME_AS: Final = {
    "bool_parsing": "bool_type",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "int_type": "whole-number",
    "int_parsing": "whole-number",
    "int_from_float": "whole-number",
    "tuple_type": "list",
    "model_type": "fields",
    "model_attributes_type": "fields",
}
"""Other names of pydantic's for what is one problem to a curator."""
