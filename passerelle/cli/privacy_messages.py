"""What ``passerelle withdraw`` says, in French and in English."""

PRIVACY: dict[str, tuple[str, str]] = {
    "withdraw.one": (
        "dites une chose : un identifiant, --person, --undo ou --list",
        "say one thing: an id, --person, --undo or --list",
    ),
    "withdraw.dry-undo": (
        "--dry-run montre ce qu’un retrait changerait : donnez un identifiant ou --person",
        "--dry-run shows what a withdrawal would change: give an id or --person",
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
    "withdraw.still-held": (
        "{what} reste retiré : un autre retrait le tient ({others}); passerelle withdraw --list les montre",
        "{what} stays withdrawn: another withdrawal holds it ({others}); passerelle withdraw --list shows them",
    ),
    "withdraw.already": (
        "{what} est déjà retiré depuis le {at} : {reason}. Rien n’a été fait. Pour l’annuler : passerelle withdraw "
        "--undo {id} --reason …",
        "{what} has been withdrawn since {at}: {reason}. Nothing was done. To lift it: passerelle withdraw --undo {id} "
        "--reason …",
    ),
    "withdraw.later": (
        "La prochaine exécution l’appliquera; tout de suite : passerelle match, puis passerelle publish",
        "The next run applies it; at once: passerelle match, then passerelle publish",
    ),
    "withdraw.nowhere": (
        "Rien de publié ne contient « {what} ». Vérifiez l’orthographe; si elle est bonne, les prochaines versions ne "
        "le donneront pas non plus.",
        "Nothing published holds “{what}”. Check the spelling; if it is right, the next releases will not give it "
        "either.",
    ),
    "withdraw.nowhere-dry": (
        "Rien de publié ne contient « {what} » : rien ne changerait. Vérifiez l’orthographe.",
        "Nothing published holds “{what}”: nothing would change. Check the spelling.",
    ),
    "withdraw.records": ("Fiches : {count} ({which})", "Records: {count} ({which})"),
    "withdraw.releases": ("Versions à effacer : {which}", "Releases to remove: {which}"),
    "withdraw.deltas": ("Écarts à laisser : {which}", "Deltas to leave out: {which}"),
    "withdraw.dry": ("Rien n’a été fait (--dry-run).", "Nothing was done (--dry-run)."),
    "withdraw.removed": ("Versions effacées : {numbers}", "Releases removed: {numbers}"),
    "withdraw.none": ("Aucun retrait en vigueur.", "No withdrawal in force."),
    "withdraw.line": ("{id} : {what} – {reason} ({by}, {at})", "{id}: {what} – {reason} ({by}, {at})"),
}
