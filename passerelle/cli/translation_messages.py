"""What the commands around translation say, in French and in English."""

from __future__ import annotations

TRANSLATION: dict[str, tuple[str, str]] = {
    "memory.exported": ("Paires dans {path} : {count}.", "Pairs in {path}: {count}."),
    "memory.preview": (
        "{path} : nouveaux textes {new}, traduits autrement ici {changed}, déjà là {known}, écartés {bad}.",
        "{path}: new texts {new}, translated otherwise here {changed}, there already {known}, left out {bad}.",
    ),
    "memory.beside": (
        "  {source}\n    = {ours}  (reste pour {field})\n    + {theirs}",
        "  {source}\n    = {ours}  (stays for {field})\n    + {theirs}",
    ),
    "memory.remark": (
        "  à relire ({checks}) : {source}\n    + {theirs}",
        "  to be read again ({checks}): {source}\n    + {theirs}",
    ),
    "memory.changed": ("  {source}\n    - {ours}\n    + {theirs}", "  {source}\n    - {ours}\n    + {theirs}"),
    "memory.imported": (
        "Entrés dans la mémoire : {count}; passerelle translate s’en sert. Pour les enlever : "
        "passerelle memory import --undo {path}",
        "Taken into the memory: {count}; passerelle translate makes use of them. To take them back: "
        "passerelle memory import --undo {path}",
    ),
    "memory.undone": (
        "Textes de {path} enlevés de la mémoire : {count}; ce qu’ils remplaçaient est de retour.",
        "Texts of {path} taken out of the memory: {count}; what they replaced is back.",
    ),
    "memory.would-undo": (
        "Textes de {path} qui seraient enlevés de la mémoire : {count}.",
        "Texts of {path} that would be taken out of the memory: {count}.",
    ),
    "memory.nothing-to-undo": (
        "rien dans la mémoire ne vient de {path}, tel qu’il est maintenant",
        "nothing in the memory comes from {path} as it is now",
    ),
    "exchange.dry": ("Rien n’a été changé (--dry-run).", "Nothing was changed (--dry-run)."),
    "xliff.exported": (
        "Textes à traduire ou à revoir, dans {path} : {count}. Ensuite : passerelle xliff import {path}",
        "Texts to translate or review, in {path}: {count}. Then: passerelle xliff import {path}",
    ),
    "xliff.there": (
        "{path} existe déjà et a peut-être des traductions : importez-le d’abord (passerelle xliff import {path}), "
        "nommez un autre fichier, ou remplacez-le avec --force",
        "{path} is there already and may hold translations: import it first (passerelle xliff import {path}), "
        "name another file, or replace it with --force",
    ),
    "xliff.none": (
        "Aucune traduction dans {path} : un texte compte quand son état est translated, reviewed ou final.",
        "No translation in {path}: a text counts once its state is translated, reviewed or final.",
    ),
    "xliff.preview": (
        "{path} : traductions {count}, laissées à l’état initial {untouched}, déjà là {known}, refusées {bad}.",
        "{path}: translations {count}, left in state initial {untouched}, there already {known}, refused {bad}.",
    ),
    "xliff.line": (
        "  {line}: {where}\n    - {before}\n    + {text}",
        "  {line}: {where}\n    - {before}\n    + {text}",
    ),
    "xliff.remark": ("    à relire : {checks}", "    to be read again: {checks}"),
    "xliff.still-initial": (
        'Non prises, leur état étant encore initial : {count}; mettez state="translated".',
        'Not taken, as their state is still initial: {count}; set state="translated".',
    ),
    "xliff.imported": (
        "Dans les fiches : {count}. Pour publier : passerelle run. Pour revenir en arrière : "
        "passerelle xliff import --undo {path}",
        "In the records: {count}. To publish: passerelle run. To go back: passerelle xliff import --undo {path}",
    ),
    "xliff.undone": ("Traductions de {path} enlevées : {count}.", "Translations of {path} taken back: {count}."),
    "xliff.would-undo": (
        "Traductions de {path} qui seraient enlevées : {count}.",
        "Translations of {path} that would be taken back: {count}.",
    ),
    "xliff.nothing-to-undo": (
        "aucune traduction en vigueur ne vient de {path}",
        "no translation in force comes from {path}",
    ),
    "translate-text.same": ("--from et --to sont la même langue", "--from and --to are the same language"),
    "translate-text.no-engine": (
        "aucun moteur ne traduit {source}→{target} (PASSERELLE_ENGINE={engine}) : choisissez-en un, ou "
        "passerelle models install {source}-{target}",
        "no engine translates {source}→{target} (PASSERELLE_ENGINE={engine}): choose one, or run "
        "passerelle models install {source}-{target}",
    ),
    "translate-text.pending": ("ligne {line} : {reason}", "line {line}: {reason}"),
    "translate-text.not-utf-8": ("pas de l’UTF-8; convertissez le fichier", "not UTF-8; convert the file"),
    "show.source-since": ("Le texte d’origine, depuis :", "Its source since then:"),
    "report.cell": ("{texts} ({words} mots)", "{texts} ({words} words)"),
    "report.counted": (
        "Textes des initiatives et des prix que nomment les nouvelles, tels qu’ils sont maintenant; passerelle run "
        "compte ceux des initiatives publiées.",
        "Texts of initiatives and of the prizes that news name, as they stand now; passerelle run counts those of the "
        "published initiatives.",
    ),
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
