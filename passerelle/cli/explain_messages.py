"""What ``passerelle explain`` says, in French and in English."""

from __future__ import annotations

EXPLAIN: dict[str, tuple[str, str]] = {
    "explain.record": ("{name} ({id})", "{name} ({id})"),
    "explain.value": ("  {value} – règle {rule}", "  {value} – rule {rule}"),
    "explain.sentence": ("      « {sentence} »", "      “{sentence}”"),
    "explain.page": ("      {page}", "      {page}"),
    "explain.refused": ("Lu mais écarté :", "Read but not kept:"),
    "explain.nothing-refused": ("Rien n’a été écarté.", "Nothing was set aside."),
    "explain.denied": ("la phrase le nie ou l’excepte", "the sentence denies or excepts it"),
    "explain.in-a-name": (
        "ne se lit que dans le nom d’un organisme",
        "it only stands in the name of an organisation",
    ),
    "explain.no-part": (
        "nommé sans que la page lui donne une part dans l’initiative",
        "named, but the page gives it no part in the initiative",
    ),
    "explain.payer": ("ne fait que payer", "it only pays"),
    "explain.prize-giver": ("ne fait que remettre un prix", "it only gives a prize"),
    "explain.carer": (
        "des personnes lui sont confiées, sans plus",
        "people are only said to be in its charge",
    ),
    "explain.home": ("ne dit que d’où viennent les gens", "it only tells where people live"),
    "explain.helpers": (
        "l’âge ou le groupe de qui donne un coup de main, non du public",
        "the age or group of those who help, not of the audience",
    ),
    "explain.part-only": ("une partie de l’offre seulement leur est réservée", "only a part of the offer is for them"),
    "explain.no-audience": (
        "un sujet (égalité, droits, violence), non le public",
        "a subject (equality, rights, violence), not the audience",
    ),
    "explain.offenders": (
        "ceux dont il faut protéger, non le public",
        "those from whom others are protected, not the audience",
    ),
    "explain.elsewhere": (
        "quelque chose de semblable s’y trouve, non l’initiative",
        "something like the initiative is there, not the initiative",
    ),
    "explain.no-role": ("nommé sans fonction ni citation", "named without a role or a quotation"),
    "explain.ceremony": ("une cérémonie, non un prix", "a ceremony, not a prize"),
    "explain.not-won": ("la page ne dit pas qu’il a été reçu", "the page does not say that it was won"),
    "explain.no-fee": (
        "une subvention, un budget ou un autre montant, non ce que paie qui participe",
        "a grant, a budget or another sum, not what taking part costs",
    ),
    "explain.duration": ("une durée ou un anniversaire, non un âge", "a length of time or a jubilee, not an age"),
    "explain.figure": (
        "une statistique ou un tarif, non l’âge du public",
        "a statistic or a price, not the audience’s age",
    ),
    "explain.nobody": ("aucune personne n’est nommée devant ces âges", "no people are named before these ages"),
    "explain.restated": (
        "ne redit qu’une partie d’une tranche d’âge déjà lue",
        "it only restates a part of an age range read elsewhere",
    ),
    "explain.founding": (
        "le début ou la fondation d’un organisme, non de l’initiative",
        "the beginning or founding of an organisation, not of the initiative",
    ),
    "explain.no-subject": (
        "la phrase ne dit pas ce qui commence, et la page est longue",
        "the sentence does not say what begins, and the page is long",
    ),
    "explain.less-sure": (
        "une autre phrase date le début plus clairement ou avant celle-ci",
        "another sentence dates the beginning more clearly, or before this one",
    ),
    "explain.two-ways": (
        "se lit de deux façons : jour et mois s’échangent",
        "it reads in two ways: day and month can be exchanged",
    ),
    "explain.no-beginning": ("aucun mot de commencement ne le précède", "no word of beginning stands before it"),
    "explain.province": ("la province de Québec, non la ville", "the province of Québec, not the city"),
    "explain.river": ("une rivière, non une localité", "a river, not a town"),
    "explain.no-place": (
        "une rue, une personne ou un mot courant : rien autour n’en fait un lieu",
        "a street, a person or a common word: nothing around makes a place of it",
    ),
    "explain.aside": (
        "il date un communiqué ou situe un organisme, et la page nomme elle-même des lieux",
        "it dates a release or places an organisation, and the page names places itself",
    ),
    "explain.several-places": (
        "plusieurs lieux portent ce nom et rien ne départage",
        "several places have this name and nothing decides between them",
    ),
    "explain.no-evidence": (
        "Aucune preuve n’est gardée pour cette fiche.",
        "No evidence is kept for this record.",
    ),
}
