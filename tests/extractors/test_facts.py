"""Facts that a page states under labels count before what its sentences let guess."""

from __future__ import annotations

from schemas.drafts import InitiativeDraft
from tests.extractors.pages import extract

TOLD = (
    "Des bénévoles de la Maison des Bouées rencontrent les gens chaque semaine pour des ateliers de cuisine collective"
)


def entries(*facts: str) -> tuple[InitiativeDraft, ...]:
    """Read a directory whose entries state these facts."""
    listed = "\n\n".join(
        f"Exemple {n}\n" + "\n".join(facts) + f"\n{TOLD}, groupe {n}." for n in ("un", "deux", "trois")
    )
    return extract(f"Répertoire des projets\n\n{listed}\n").initiatives


def entry(*facts: str) -> InitiativeDraft:
    found = entries(*facts)
    assert [draft.name.value for draft in found] == ["Exemple un", "Exemple deux", "Exemple trois"]
    return found[0]


def test_the_stated_lead_and_partners_are_the_organisations() -> None:
    draft = entry("Organisme : Les Voisins d’en face", "Partenaires : CISSS du Bas-Saint-Laurent; Entraide Mitis")
    assert draft.lead_organization is not None
    assert draft.lead_organization.value.name == "Les Voisins d’en face"
    named = [found.value.name.replace("’", "'") for found in draft.partners]
    assert named == ["CISSS du Bas-Saint-Laurent", "Entraide Mitis"]


def test_a_label_is_no_organisation_and_a_name_is_read_whole() -> None:
    draft = entry("Porteur : Centre de femmes L’Aurore boréale (CFAB)")
    assert draft.lead_organization is not None
    assert draft.lead_organization.value.name == "Centre de femmes L’Aurore boréale"
    assert "Porteur" not in {found.value.name for found in draft.partners}


def test_stated_ages_cost_and_start_are_read() -> None:
    draft = entry("Âge : 18-35", "Coût : Gratuit", "Depuis : mars 2018")
    read = [found.value if found else None for found in (draft.min_age, draft.max_age, draft.cost, draft.start)]
    assert read == [18, 35, "free", "2018-03"]
    paid = entry("Coût : 10 $ par atelier").cost
    assert paid is not None
    assert paid.value == "paid"


def test_facts_are_neither_summary_nor_description() -> None:
    draft = entry("Partenaires : CISSS du Bas-Saint-Laurent; Ville de Rimouski; Entraide Mitis; Table de la Mitis")
    told = [found.value for found in (draft.summary, draft.description) if found]
    assert len(told) == 2
    assert "Partenaires" not in " ".join(told)


def test_an_organisation_beside_the_title_leads_and_is_no_part_of_the_name() -> None:
    listed = "\n\n".join(f"{name} – {who}\n{TOLD}, {name}." for name, who in BESIDE.items())
    found = extract(f"Répertoire des projets\n\n{listed}\n").initiatives
    assert {
        draft.name.value: draft.lead_organization.value.name for draft in found if draft.lead_organization
    } == BESIDE


BESIDE = {
    "LA COUR DES GRANDS": "Maison des jeunes Le Repère",
    "Pause papa": "Maison des familles du Fleuve",
    "Le Fil": "Centre d’action bénévole de la Vallée",
}


CARDS = """<html lang="fr"><head><title>Services aux proches aidants</title></head><body><main>
<h1>Services aux proches aidants</h1>{cards}</main></body></html>"""
CARD = """<div class="card"><div class="tag">{tag}</div><h3>Exemple {n}</h3>
<p>Le groupe {n} rencontre les gens chez eux pour des ateliers de cuisine chaque semaine, de l’automne au printemps,
en {n} séances.</p><div>Porteur : Maison des Bouées</div></div>"""


def test_the_tag_of_the_next_card_is_not_this_ones_and_the_pages_title_tells_whom_all_serve() -> None:
    tags = ("Cuisine", "Aînés", "Cuisine")
    cards = "".join(CARD.format(tag=tag, n=n) for tag, n in zip(tags, ("un", "deux", "trois"), strict=True))
    found = extract(CARDS.format(cards=cards), "text/html").initiatives
    assert [[group.value for group in draft.groups] for draft in found] == [["caregivers"]] * 3
    assert {draft.kind.value for draft in found if draft.kind} == {"service"}


def test_languages_under_a_label_need_no_word_for_a_service() -> None:
    assert [found.value for found in entry("Langues : français; anglais sur demande").languages_offered] == ["en", "fr"]
