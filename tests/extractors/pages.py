"""Small pages for the tests: fictional organisations in real places of Québec."""

from __future__ import annotations

from extractors.base import PageContext
from extractors.documents import read
from extractors.extract import extract_page
from schemas.base import Language
from schemas.capture import digest_of
from schemas.drafts import Extraction, InitiativeDraft


def extract(text: str, media_type: str = "text/plain") -> Extraction:
    body = text.encode()
    return extract_page(
        body, page="page", url=None, digest=digest_of(body), source=None, source_name="test",
        media_type=media_type, headers={},
    )  # fmt: skip


def only(text: str, media_type: str = "text/plain") -> InitiativeDraft:
    extraction = extract(text, media_type)
    assert len(extraction.initiatives) == 1, extraction.issues
    return extraction.initiatives[0]


def context(text: str, media_type: str = "text/plain") -> PageContext:
    body = text.encode()
    document = read(body, page="page", url=None, digest=digest_of(body), source="test", media_type=media_type)
    language: Language = "en" if document.language == "en" else "fr"
    return PageContext(document, language, None, "test", "test/1")


DETAIL = """\
Maillage entre le milieu scolaire et le milieu communautaire
Vous venez de former une alliance entre le milieu scolaire et le milieu communautaire! C'est ce qu'a fait la Maison des
 Bouées, un organisme communautaire de Rimouski, avec le CISSS du Bas-Saint-Laurent. Leur programme « Cap sur demain »
 existe depuis septembre 2019.
{benefits}
Description de la collaboration

Le programme vise à prévenir le décrochage scolaire chez les jeunes de 13 à 17 ans par du mentorat et de
 l'aide aux devoirs.
Retombées
Augmente la persévérance scolaire;
Améliore le climat en classe.
Témoignage
« Les jeunes reprennent confiance, et on le voit tous les jours en classe. »
— Mélanie Thériault-Roy
Coordonnatrice du programme – Maison des Bouées
Conclusion
Ce modèle peut être repris ailleurs.
Vous avez terminé le maillage!
Consultez la boîte à outils pour en savoir plus.
""".replace("\n ", " ")

SCHOOL = "Réduit l'absentéisme des élèves;\nSoutient le personnel enseignant."
COMMUNITY = "Rejoint des familles isolées;\nFait connaître l'organisme;\nOuvre les portes des écoles."
SCHOOL_LABEL = "Ce que le milieu scolaire y gagne"
COMMUNITY_LABEL = "Ce que le milieu communautaire y gagne"


def detail(*benefits: str) -> str:
    return DETAIL.format(benefits="\n".join(benefits))
