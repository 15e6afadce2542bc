"""What ``passerelle decide`` says, in French and in English."""

DECIDE: dict[str, tuple[str, str]] = {
    "decide.done": (
        "{what}, {record}. Pour l’annuler : passerelle decide undo {id}",
        "{what}, {record}. To undo it: passerelle decide undo {id}",
    ),
    "decide.act-edit": ("modification", "edit"),
    "decide.act-approve": ("approbation", "approval"),
    "decide.act-reopen": ("réouverture", "reopening"),
    "decide.act-merge": ("réunion", "merge"),
    "decide.act-split": ("séparation", "split"),
    "decide.act-reject": ("mise à l’écart", "rejection"),
    "decide.act-withdraw": ("retrait", "withdrawal"),
    "decide.act-withhold": ("retrait d’une personne", "withholding"),
    "decide.act-undo": ("annulation", "undo"),
    "decide.act-comment": ("commentaire", "comment"),
    "decide.act-define": ("vocabulaire", "vocabulary"),
    "decide.act-propose": ("proposition", "proposal"),
    "decide.act-create": ("création", "creation"),
    "decide.several": (
        "{count} décision(s) d’un coup. Pour les annuler : passerelle decide undo {id}",
        "{count} decisions in one act. To undo them: passerelle decide undo {id}",
    ),
    "decide.nothing": (
        "Rien à changer : la fiche dit cela déjà.",
        "Nothing to change: the record says this already.",
    ),
    "decide.undone": (
        "{count} décision(s) annulée(s). Pour les rétablir : passerelle decide redo {id}",
        "{count} decisions undone. To bring them back: passerelle decide redo {id}",
    ),
    "decide.redone": ("{count} décision(s) rétablie(s).", "{count} decisions brought back."),
    "decide.matched": (
        "Appariement refait : {changed} fiche(s) changée(s).",
        "Matched anew: {changed} records changed.",
    ),
    "decide.later": (
        "Le prochain appariement l’appliquera : passerelle match",
        "The next matching applies it: passerelle match",
    ),
    "decide.refused": ("{said} ({detail})", "{said} ({detail})"),
    "decide.keeps": (
        "La fiche {keeps} demeurerait; {goes} y mènerait.",
        "{keeps} would live on; {goes} would lead to it.",
    ),
    "decide.no-merge": (
        "Les deux fiches ne peuvent pas se réunir : une décision les tient à part.",
        "The two records cannot be merged: a decision keeps them apart.",
    ),
    "decide.parts": ("{count} fiches en sortiraient :", "{count} records would come of it:"),
    "decide.conflict": (
        "{record} a changé depuis : relisez-la avec passerelle show {record}, puis recommencez.",
        "{record} changed meanwhile: look at it with passerelle show {record}, then try again.",
    ),
    "decide.unknown": (
        "--{option} ne connaît pas « {value} ». Dites-en une de celles-ci : {known}",
        "--{option} knows no “{value}”. Say one of these: {known}",
    ),
    "decide.counts": ("{shown} sur {total}", "{shown} of {total}"),
    "decide.record": ("Fiche", "Record"),
    "decide.name": ("Nom", "Name"),
    "decide.why": ("Raisons", "Reasons"),
    "decide.status": ("État", "Status"),
    "decide.field": ("Champ", "Field"),
    "decide.one": ("Première", "First"),
    "decide.other": ("Seconde", "Second"),
    "decide.merged": ("Réunies", "Merged"),
    "decide.when": ("Quand", "When"),
    "decide.who": ("Qui", "Who"),
    "decide.what": ("Quoi", "What"),
    "decide.id": ("Décision", "Decision"),
    "decide.gone": ("annulée", "undone"),
}
"""Key → (French, English)."""
