"""Words written with a capital that are nobody's name: openings of sentences, titles, organisations.

All are folded (``names.folded``).
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


OPENINGS = _words(
    "le la les l jusqu lorsqu puisqu qu quoiqu c s n t un une des du de d ce cet cette ces il elle ils elles iel",
    "on nous vous je j tu son sa ses mon ma mes notre nos votre vos leur leurs aujourd hui hier demain depuis",
    "pour selon avec chez dans en au aux par mais et ou si quand comme lorsque apres avant ainsi puis alors a age",
    "agee ages eleve eleves etudiant etudiante jeune jeunes adolescent adolescente participant participante",
    "victime survivante survivant resident residente mme m mr mrs ms dr dre me monsieur madame mere pere parent",
    "enfant fille garcon seule seul voici voila merci bonjour secondaire primaire the an in at for with from when",
    "after before but and or if she he they we i my her his our their this that these those today yesterday aged",
    "student students grade victim survivor teen teenager youth young mother father parents daughter pupil since",
    "now then here there only just photo credit source janvier fevrier mars avril mai juin juillet aout septembre",
    "octobre novembre decembre january february march april may june july august september october november",
    "december lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday",
    "saturday sunday ans temoignage testimonial nom name page retire",
)
"""Folded words that begin sentences with a capital, and titles: never part of a name."""

THINGS = _words(
    "centre maison maisons ecole ecoles polyvalente college cegep universite comite conseil table carrefour",
    "fondation association organisme regroupement service services projet programme project program center house",
    "school council committee foundation society societe alliance auberge clinique hopital hospital mrc ciusss",
    "cisss cje prix gala rue avenue boulevard ville municipalite quebec montreal canada club relais reseau",
    "entraide equipe mouvement jeunesse ministere police surete cooperative coop bureau street network team",
    "festival loi charte fonds refuge halte ligne academie academy university city town ministry department",
)
"""Folded words that name an organisation, a place or a thing."""
