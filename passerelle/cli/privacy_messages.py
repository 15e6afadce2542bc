"""What ``passerelle withdraw`` says, in French and in English."""

PRIVACY: dict[str, tuple[str, str]] = {
    "withdraw.one": (
        "dites une chose : un identifiant, --person, --undo ou --list",
        "say one thing: an id, --person, --undo or --list",
    ),
    "withdraw.reason": ("dites pourquoi, avec --reason", "say why, with --reason"),
    "withdraw.unknown": (
        "{id} n’est l’identifiant d’aucune fiche; cherchez-la avec passerelle show",
        "{id} is the id of no record; look for it with passerelle show",
    ),
    "withdraw.no-decision": (
        "{id} n’est pas un retrait en vigueur; passerelle withdraw --list les montre",
        "{id} is no withdrawal in force; passerelle withdraw --list shows them",
    ),
    "withdraw.noted": (
        "Retrait noté : {id}. Pour l’annuler : passerelle withdraw --undo {id} --reason …",
        "Withdrawal noted: {id}. To lift it: passerelle withdraw --undo {id} --reason …",
    ),
    "withdraw.undone": ("Retrait annulé : {id}", "Withdrawal lifted: {id}"),
    "withdraw.later": (
        "La prochaine publication l’appliquera : passerelle publish",
        "The next publication applies it: passerelle publish",
    ),
    "withdraw.removed": ("Versions effacées : {numbers}", "Releases removed: {numbers}"),
    "withdraw.none": ("Aucun retrait en vigueur.", "No withdrawal in force."),
    "withdraw.line": ("{id} : {what} – {reason} ({by}, {at})", "{id}: {what} – {reason} ({by}, {at})"),
}
