"""What ``passerelle sheet`` says, in French and in English."""

SHEET: dict[str, tuple[str, str]] = {
    "sheet.exported": ("{count} fiche(s) dans {path}.", "{count} records in {path}."),
    "sheet.no-folder": ("Le dossier {folder} n’existe pas : créez-le.", "There is no folder {folder}: make it first."),
    "sheet.nothing": (
        "aucune fiche ne répond à ces critères; rien n’est écrit. Enlevez un filtre.",
        "no record meets these filters; nothing was written. Remove a filter.",
    ),
    "sheet.several-types": (
        "un fichier CSV porte une sorte de fiches; ajoutez --type, ou écrivez un .xlsx.",
        "a CSV file holds records of one kind; add --type, or write an .xlsx.",
    ),
    "sheet.ending": (
        "le fichier doit finir par .csv ou .xlsx : {path}",
        "the file must end with .csv or .xlsx: {path}",
    ),
    "sheet.sums": (
        "{path} : {changes} cellule(s) à changer dans {records} fiche(s), {conflicts} conflit(s), "
        "{problems} non reprise(s), {unchanged} ligne(s) inchangée(s).",
        "{path}: cells to change: {changes} in {records} records; conflicts: {conflicts}; not taken: {problems}; "
        "rows unchanged: {unchanged}.",
    ),
    "sheet.change": (
        "  {place} {record} : « {before} » → « {after} »",
        "  {place} {record}: “{before}” → “{after}”",
    ),
    "sheet.conflict": (
        "{place} {record} : changé entre-temps{who}; « {theirs} » reste, « {mine} » n’est pas pris",
        "{place} {record}: changed meanwhile{who}; “{theirs}” stays, “{mine}” is not taken",
    ),
    "sheet.more": ("  … et {count} autre(s)", "  … and {count} more"),
    "sheet.confirm": ("Enregistrer ces changements?", "Save these changes?"),
    "sheet.not-saved": (
        "Rien n’est enregistré; ajoutez --yes pour enregistrer.",
        "Nothing is saved; add --yes to save.",
    ),
    "sheet.saved": (
        "{count} décision(s) en un seul geste; pour l’annuler : passerelle decide undo {first}",
        "Decisions taken as one act: {count}; to undo it: passerelle decide undo {first}",
    ),
}
"""Key → (French, English)."""
