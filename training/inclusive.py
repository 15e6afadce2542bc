"""Writes French person nouns inclusively: ``intervenants`` as ``intervenant.es``, ``intervenant·e·s``, and others.

Only for training sources: the model learns to read such forms; it writes plain ones.
"""

from __future__ import annotations

import re

import numpy as np

_SEPARATORS = (".", "·", "•", "∙", "-", "/")
_NOUNS = {
    "e": "intervenants participants étudiants résidents habitants adhérents militants représentants enseignants "
    "adolescents immigrants migrants assistants dirigeants survivants aspirants consultants commerçants débutants "
    "employés invités réfugiés élus aînés diplômés délégués députés inscrits salariés retraités avocats présidents "
    "adjoints apprentis clients voisins amis artisans agents experts marchands écrivains détenus abonnés professeurs "
    "entrepreneurs auteurs gouverneurs ingénieurs superviseurs candidats sénateurs montréalais québécois",
    "ne": "citoyens musiciens gardiens comédiens techniciens pharmaciens canadiens chirurgiens historiens patrons "
    "électriciens politiciens paysans",
    "euse": "travailleurs chercheurs coiffeurs danseurs serveurs vendeurs joueurs entraîneurs chômeurs demandeurs "
    "employeurs campeurs",
    "trice": "acteurs directeurs éducateurs animateurs coordonnateurs créateurs lecteurs spectateurs administrateurs "
    "consommateurs utilisateurs agriculteurs électeurs médiateurs formateurs organisateurs collaborateurs "
    "facilitateurs modérateurs producteurs conducteurs inspecteurs",
    "ère": "usagers infirmiers ouvriers policiers conseillers passagers étrangers écoliers pompiers fermiers bouchers",
}
_FEMININE = {noun.removesuffix("s"): ending for ending, nouns in _NOUNS.items() for noun in nouns.split()}
_WORD = re.compile(rf"(?<![\w-])({'|'.join(sorted(_FEMININE, key=len, reverse=True))})s(?![\w-])", re.IGNORECASE)


def write_inclusively(text: str, rng: np.random.Generator) -> str:
    """Put all masculine plurals that are known in one inclusive form, drawn for the whole text.

    Args:
        text: French.
        rng: draws the separator and whether it is doubled (``·e·s`` or ``·es``).
    """
    separator = _SEPARATORS[int(rng.integers(len(_SEPARATORS)))]
    draw = rng.random()
    if draw < 0.2:
        return _WORD.sub(lambda found: f"{found[1]}({_ending(found[1])})s", text)
    doubled = separator if draw < 0.6 else ""
    return _WORD.sub(lambda found: f"{found[1]}{separator}{_ending(found[1])}{doubled}s", text)


def _ending(noun: str) -> str:
    return _FEMININE[noun.lower()]
