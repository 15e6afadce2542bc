"""What the commands around translation say, in French and in English."""

from __future__ import annotations

TRANSLATION: dict[str, tuple[str, str]] = {
    "memory.exported": ("{count} paire(s) écrite(s) dans {path}.", "{count} pairs written to {path}."),
    "memory.preview": (
        "{path} : {new} texte(s) nouveau(x), {changed} autrement traduit(s), {known} déjà là, {bad} écarté(s).",
        "{path}: {new} new texts, {changed} translated otherwise, {known} there already, {bad} left out.",
    ),
    "memory.changed": ("  {source}\n    - {ours}\n    + {theirs}", "  {source}\n    - {ours}\n    + {theirs}"),
    "memory.imported": (
        "{count} texte(s) dans la mémoire; passerelle translate s’en sert. Pour les enlever : "
        "passerelle memory import --undo {path}",
        "{count} texts taken into the memory; passerelle translate makes use of them. To take them back: "
        "passerelle memory import --undo {path}",
    ),
    "memory.undone": (
        "{count} texte(s) de {path} enlevé(s) de la mémoire; ce qu’ils remplaçaient est de retour.",
        "{count} texts of {path} taken out of the memory; what they replaced is back.",
    ),
    "memory.nothing-to-undo": (
        "rien dans la mémoire ne vient de {path}, tel qu’il est maintenant",
        "nothing in the memory comes from {path} as it is now",
    ),
    "exchange.dry": ("Rien n’a été changé (--dry-run).", "Nothing was changed (--dry-run)."),
    "xliff.exported": (
        "{count} texte(s) à traduire ou à revoir écrit(s) dans {path}.",
        "{count} texts to translate or review written to {path}.",
    ),
    "xliff.preview": (
        "{path} : {count} traduction(s), {untouched} texte(s) laissé(s) à l’état initial, {known} déjà là, "
        "{bad} refusé(s).",
        "{path}: {count} translations, {untouched} texts left in state initial, {known} there already, {bad} refused.",
    ),
    "xliff.line": (
        "  {line}: {where}\n    - {before}\n    + {text}",
        "  {line}: {where}\n    - {before}\n    + {text}",
    ),
    "xliff.remark": ("    à relire : {checks}", "    to be read again: {checks}"),
    "xliff.still-initial": (
        '{count} traduction(s) dont l’état est encore initial n’ont pas été prises; mettez state="translated".',
        '{count} translations whose state is still initial were not taken; set state="translated".',
    ),
    "xliff.imported": (
        "{count} traduction(s) dans les fiches. Pour les enlever : passerelle xliff import --undo {path}",
        "{count} translations in the records. To take them back: passerelle xliff import --undo {path}",
    ),
    "xliff.undone": ("{count} traduction(s) de {path} enlevée(s).", "{count} translations of {path} taken back."),
    "xliff.nothing-to-undo": (
        "aucune traduction en vigueur ne vient de {path}, tel qu’il est maintenant",
        "no translation in force comes from {path} as it is now",
    ),
    "translate-text.same": ("--from et --to sont la même langue", "--from and --to are the same language"),
    "translate-text.no-engine": (
        "aucun moteur ne traduit {source}→{target} (PASSERELLE_ENGINE={engine}) : choisissez-en un, ou "
        "passerelle models install {source}-{target}",
        "no engine translates {source}→{target} (PASSERELLE_ENGINE={engine}): choose one, or run "
        "passerelle models install {source}-{target}",
    ),
    "translate-text.pending": ("ligne {line} : {reason}", "line {line}: {reason}"),
    "show.source-since": ("Le texte d’origine, depuis :", "Its source since then:"),
    "report.cell": ("{texts} ({words} mots)", "{texts} ({words} words)"),
    "report.pending": ("{language} en attente : {count} · {why}", "{language} pending: {count} · {why}"),
    "report.no-engine": (
        "Aucun moteur ne les a essayés (PASSERELLE_ENGINE={engine}) : passerelle models install fr-en",
        "No engine tried these (PASSERELLE_ENGINE={engine}): passerelle models install fr-en",
    ),
    "report.speed": (
        "Le moteur a traduit {words} mots, {speed} par seconde.",
        "The engine translated {words} words, {speed} a second.",
    ),
    "report.known": ("Le moteur n’avait rien à traduire.", "The engine had nothing to translate."),
    "models.problem.no-receipt": (
        "il n’a pas de reçu : installez-le de nouveau",
        "it has no receipt: install it again",
    ),
    "models.problem.changed": (
        "{file} n’est plus comme à l’installation : installez le paquet de nouveau",
        "{file} is not as it was installed: install the package again",
    ),
    "models.problem.fails": ("il ne traduit pas : {message}", "it does not translate: {message}"),
    "models.problem.not-used": (
        "il traduit {source}→{target}, dont Passerelle ne se sert pas : retirez-le",
        "it translates {source}→{target}, which Passerelle does not use: remove it",
    ),
    "models.problem.wrong-answer": (
        "de « {probe} » il fait « {answer} » (contrôle : {check}) : installez-en un autre",
        "it makes “{answer}” of “{probe}” (check: {check}): install another one",
    ),
    "models.problem.other-answer": (
        "de « {probe} » il fait « {answer} », et faisait à l’installation « {first} » : CTranslate2 ou la machine ont "
        "changé; installez-le de nouveau si la nouvelle réponse vous convient",
        "it makes “{answer}” of “{probe}”, and made “{first}” of it when it was installed: CTranslate2 or the machine "
        "has changed; install it again if the new answer suits you",
    ),
    "usage.help": ("Pour l’aide : {command} --help", "For help: {command} --help"),
    "models.odd": (
        "{folder} ne sert pas : {why}. Pour le retirer : passerelle models remove {folder}",
        "{folder} is not used: {why}. To remove it: passerelle models remove {folder}",
    ),
    "language.choose": ("donnez {option} fr ou {option} en", "give {option} fr or {option} en"),
}
