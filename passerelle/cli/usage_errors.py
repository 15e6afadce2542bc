"""What Click says of wrong usage, in French: it has no French of its own, and its messages are few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from passerelle.cli.messages import message

if TYPE_CHECKING:
    from typer._click.exceptions import UsageError

_FRENCH: tuple[tuple[str, str], ...] = (
    (r"Invalid value for (.+?): (.*)", r"valeur refusée pour \1 : \2"),
    (r"Invalid value: (.*)", r"valeur refusée : \1"),
    (r"Missing option (.+?)\.", r"il manque l’option \1."),
    (r"Missing argument (.+?)\.", r"il manque l’argument \1."),
    (r"Missing command\.", r"il manque la commande."),
    (r"No such option: (\S+?)\.?(?=\s|$)", r"l’option \1 n’existe pas."),
    (r"No such command (.+?)\.(?=\s|$)", r"la commande \1 n’existe pas."),
    (r"Option (.+?) requires an argument\.", r"l’option \1 demande une valeur."),
    (r"Option (.+?) requires (\d+) arguments\.", r"l’option \1 demande \2 valeurs."),
    (r"Option (.+?) does not take a value\.", r"l’option \1 ne prend pas de valeur."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", r"de trop : \1"),
    (r"(?:[Ff]ile|[Pp]ath) ('.+?') does not exist\.", r"le fichier \1 n’existe pas."),
    (r"[Dd]irectory ('.+?') does not exist\.", r"le dossier \1 n’existe pas."),
    (r"(?:[Ff]ile|[Pp]ath|[Dd]irectory) ('.+?') is a file\.", r"\1 est un fichier."),
    (r"(?:[Ff]ile|[Pp]ath|[Dd]irectory) ('.+?') is a directory\.", r"\1 est un dossier."),
    (r"(?:[Ff]ile|[Pp]ath|[Dd]irectory) ('.+?') is not readable\.", r"\1 ne peut être lu."),
    (r"(?:[Ff]ile|[Pp]ath|[Dd]irectory) ('.+?') is not writable\.", r"\1 ne peut être écrit."),
    (r"(\S+) is not a valid (?:integer|int|float)(?: range)?\.", r"\1 n’est pas un nombre."),
    (r"(\S+) is not in the range (.+?)\.(?=\s|$)", r"\1 n’est pas dans l’intervalle \2."),
    (r"(\S+) is not one of (.+?)\.(?=\s|$)", r"\1 n’est pas parmi \2."),
    (r"Input should be a valid integer.*", r"il faut un nombre entier"),
    (r"Did you mean(?: one of:?)? (.+?)\?", r"Est-ce \1?"),
    (r"Possible options: (.+)", r"Options semblables : \1"),
)
"""Pattern of Click's English → French, tried one after the other; a message may hold several."""


def in_french(said: str) -> str:
    """Put a message of Click into French; what is not known stays."""
    for pattern, french in _FRENCH:
        said = re.sub(pattern, french, said)
    return re.sub(r"'([^']*)'", "«\u00a0\\1\u00a0»", said)


def as_lines(error: UsageError) -> str:
    """Say of wrong usage what Click would, in French: how the command is used, where its help is, what was wrong."""
    lines = []
    if error.ctx is not None:
        lines = [error.ctx.get_usage(), message("usage.help", "fr", command=error.ctx.command_path), ""]
    return "\n".join((*lines, message("error", "fr", said=in_french(error.format_message()))))
