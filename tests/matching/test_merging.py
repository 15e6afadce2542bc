"""What the record of several pages says. All organisations are fictional."""

from typing import Any

from passerelle.matching import match
from schemas.base import LanguageMap
from schemas.records import Initiative
from schemas.source import Source
from schemas.working import PageState, Sighting
from tests.matching.factories import day, decision, digest, initiative, organization, page, small_world

FR, EN = "https://liens.example/fiche/", "https://liens.example/en/fiche/"


def pair(french: dict[str, Any], english: dict[str, Any]) -> Initiative:
    """Merge a French and an English page, linked by their addresses."""
    (record,) = match(
        [page(FR, initiative("Filou", **french)), page(EN, initiative("Filou", "en", **english))]
    ).initiatives
    return record


def test_texts_come_from_pages_of_their_language_and_gaps_stay_open() -> None:
    record = pair({"description": "Un lieu.", "summary": "  "}, {"description": "A place.", "conclusion": "Done."})
    assert record.description == LanguageMap(fr="Un lieu.", en="A place.")
    assert record.conclusion == LanguageMap(en="Done.")
    assert record.summary is None
    assert record.text_status == {}


def test_a_name_without_a_page_in_its_language_has_no_such_side() -> None:
    (record,) = match([page(EN, initiative("Open Door", "en"))]).initiatives
    assert record.name == LanguageMap(en="Open Door")
    assert record.slug == "open-door"


def test_benefits_of_both_pages_pair_sector_by_sector() -> None:
    record = pair(
        {"benefits": [("community", "Pour 3 groupes"), ("police", "Confiance"), ("police", "Moins de 20 appels")]},
        {"benefits": [("police", "Trust"), ("police", "Fewer than 20 calls"), ("community", "For 3 groups")]},
    )
    assert [(one.sector, one.text.fr, one.text.en) for one in record.benefits] == [
        ("community", "Pour 3 groupes", "For 3 groups"),
        ("police", "Confiance", "Trust"),
        ("police", "Moins de 20 appels", "Fewer than 20 calls"),
    ]


def test_lists_that_do_not_correspond_are_kept_apart_and_whole() -> None:
    record = pair({"impacts": ["Un", "Deux"]}, {"impacts": ["One"]})
    assert record.impacts == (LanguageMap(fr="Un"), LanguageMap(fr="Deux"), LanguageMap(en="One"))
    record = pair({"impacts": ["En 2019", "En 2020"]}, {"impacts": ["In 2020", "In 2019"]})
    assert len(record.impacts) == 4


def test_figures_are_compared_without_their_typography() -> None:
    record = pair({"impacts": ["1\u00a0200 repas", "Moins"]}, {"impacts": ["1,200 meals", "Less"]})
    assert record.impacts[0] == LanguageMap(fr="1\u00a0200 repas", en="1,200 meals")


def test_a_quotation_given_in_both_languages_is_one() -> None:
    record = pair(
        {"testimonials": [{"quote": "On se parle enfin."}]},
        {
            "testimonials": [
                {"quote": "At last we talk.", "author": "Ana B.", "role": "Guide", "organization": "Le Quai"}
            ]
        },
    )
    (said,) = record.testimonials
    assert said.quote == LanguageMap(fr="On se parle enfin.", en="At last we talk.")
    assert (said.author, said.role, said.organization) == ("Ana B.", LanguageMap(en="Guide"), "Le Quai")


def test_quotations_of_two_people_are_two() -> None:
    record = pair(
        {"testimonials": [{"quote": "On se parle enfin.", "author": "Ana B."}]},
        {"testimonials": [{"quote": "At last we talk.", "author": "Zoé C."}]},
    )
    assert [one.author for one in record.testimonials] == ["Ana B.", "Zoé C."]


def test_one_prize_told_twice_is_one_award() -> None:
    prize = {"name": "Prix Main tendue", "year": 2024, "awarded_by": "Fondation Rive-Claire"}
    record = pair({"awards": [prize, {"name": "Prix Relève"}]}, {"awards": [prize | {"name": "Helping Hand Prize"}]})
    assert [(one.name.fr, one.name.en, one.year) for one in record.awards] == [
        ("Prix Main tendue", "Helping Hand Prize", 2024),
        ("Prix Relève", None, None),
    ]


def house(*, low: int, **fields: Any) -> list[PageState]:
    """Give three kinds of page about one initiative: article, list, its own."""
    lead: dict[str, Any] = {"lead": "Le Quai de Nuit", "municipalities": ["Lévis"]}
    return [
        page(
            "https://a.example/",
            initiative("Rondes Filou", ages=(11, 30), start="2020", **lead),
            news={"title": "Un prix"},
        ),
        page(
            "https://b.example/",
            initiative("Rondes Filou", key="r", ages=(12, 25), **lead),
            initiative("Autre", key="x"),
        ),
        page("https://c.example/", initiative("Rondes Filou", ages=(low, 24), start="2020-07", **lead, **fields)),
    ]


def test_the_page_of_the_initiative_is_believed_before_lists_and_news() -> None:
    matched = match(house(low=14))
    record = next(one for one in matched.initiatives if len(one.sources) == 3)
    assert (record.audience.min_age, record.audience.max_age, record.start) == (14, 24, "2020-07")
    told = [issue for issue in matched.issues if issue.code == "conflict"]
    assert {(issue.severity, issue.record, issue.detail) for issue in told} == {
        ("info", record.id, "audience.min_age: kept 14; elsewhere 11, 12"),
        ("info", record.id, "audience.max_age: kept 24; elsewhere 25, 30"),
    }


def test_places_come_from_the_best_kind_of_page() -> None:
    told = page(
        "https://a.example/",
        initiative("Rondes Filou", municipalities=["Québec", "Lévis"], lead="Le Quai"),
        news={"title": "x"},
    )
    own = page("https://c.example/", initiative("Rondes Filou", municipalities=["Lévis"], lead="Le Quai"))
    (record,) = match([told, own]).initiatives
    assert record.territory.municipalities == ("Lévis",)


def test_of_two_leads_the_community_organisation_is_believed() -> None:
    public = organization("CISSS de Laval", gazetteer_id="cisss-laval")
    record = pair({"lead": "Le Quai", "partners": [public]}, {"lead": public, "partners": ["Le Quai"]})
    assert record.lead_organization is not None
    assert record.lead_organization.name == "Le Quai"
    assert [one.name for one in record.partners] == ["CISSS de Laval"]


def test_codes_come_from_all_pages_in_the_order_of_the_vocabulary() -> None:
    record = pair(
        {"sectors": ["police"], "languages_offered": ["en"]}, {"sectors": ["community"], "languages_offered": ["fr"]}
    )
    assert record.sectors == ("community", "police")
    assert record.languages_offered == ("fr", "en")


def test_every_value_leads_back_to_its_pages() -> None:
    matched = match(
        [
            page(FR, initiative("Filou", sectors=["police"], partners=["Le Quai"], ages=(14, None), impacts=["Un"])),
            page(EN, initiative("Filou", "en", sectors=["community"], partners=["Le Quai"])),
        ]
    )
    (trail,) = [one.fields for one in matched.provenance if one.id.startswith("ini-")]
    assert {path: {one.url for one in evidence} for path, evidence in trail.items()} == {
        "name.fr": {FR},
        "name.en": {EN},
        "sectors.0": {EN},
        "sectors.1": {FR},
        "partners.0": {FR, EN},
        "audience.min_age": {FR},
        "impacts.0.fr": {FR},
    }
    assert trail["sectors.1"][0].rule == "test.rule"


def test_a_record_changed_when_its_newest_page_took_its_present_form() -> None:
    old, new = digest("old"), digest("new")
    sightings = [Sighting(captured_at=day(n), digest=d) for n, d in ((0, new), (1, old), (3, new), (5, new))]
    states = [
        page(FR, initiative("Filou"), body="new", sightings=sightings),
        page(EN, initiative("Filou", "en"), seen=(2, 9)),
    ]
    (record,) = match(states).initiatives
    assert (record.first_seen, record.last_seen, record.last_changed) == (day(0), day(9), day(3))


def test_equal_names_get_different_slugs() -> None:
    pages = [page(f"https://{n}.example/", initiative("L’Été à Gaspé"), source=n) for n in ("a", "b")]
    slugs = {record.slug for record in match(pages).initiatives}
    assert slugs == {"l-ete-a-gaspe", "l-ete-a-gaspe-2"}


def test_demonstration_pages_step_aside_for_real_ones() -> None:
    title, licence = LanguageMap(fr="Exemple", en="Example"), {"name": "Apache-2.0"}
    shown = Source.model_validate(
        {"name": "exemple", "title": title, "publisher": "x", "licence": licence, "demonstration": True}
    )
    real = shown.model_copy(update={"name": "ailleurs", "demonstration": False})
    sources = {"exemple": shown, "ailleurs": real}
    matched = match(small_world(), sources=sources)
    assert {ref.source for record in matched.initiatives for ref in record.sources} == {"ailleurs", "journal"}
    (issue,) = [one for one in matched.issues if one.code == "demonstration-aside"]
    assert issue.message.startswith("4 pages")
    alone = [state for state in small_world() if state.source == "exemple"]
    assert len(match(alone, sources=sources).initiatives) == 3


def test_no_pages_give_no_records() -> None:
    assert match([]).model_dump(exclude_defaults=True) == {}


def joined_by_a_curator(*pages: PageState) -> Initiative:
    first = match(pages)
    one, two = (record.id for record in first.initiatives if record.benefits)
    done = match(pages, identities=first.identities, decisions=[decision(1, "merge", one, value=two)])
    record = max(done.initiatives, key=lambda one: len(one.sources))
    told = next(trail for trail in done.provenance if trail.id == record.id)
    assert all(any(path.startswith(f"benefits.{n}.") for path in told.fields) for n in range(len(record.benefits)))
    return record


def test_lists_of_what_a_curator_joined_keep_the_entries_of_both_and_say_none_twice() -> None:
    record = joined_by_a_curator(
        page(
            "https://a.example/",
            initiative(
                "Rondes Filou",
                benefits=[("community", "Un local gratuit pour 12 jeunes."), ("health", "Moins d’attente.")],
                impacts=["Dix logements."],
                municipalities=["Québec"],
            ),
        ),
        page(
            "https://b.example/",
            initiative(
                "Tournée du Pont",
                benefits=[("community", "Un local gratuit pour 15 jeunes."), ("health", "Moins d'attente")],
                impacts=["Vingt repas."],
                municipalities=["Lévis"],
            ),
            initiative("Une autre", key="x"),
        ),
    )
    assert [one.text.fr for one in record.benefits] == [
        "Un local gratuit pour 12 jeunes.",
        "Moins d’attente.",
        "Un local gratuit pour 15 jeunes.",
    ]
    assert [one.fr for one in record.impacts] == ["Dix logements.", "Vingt repas."]
    assert set(record.territory.municipalities) == {"Québec", "Lévis"}


def test_a_french_and_an_english_record_that_a_curator_joined_are_read_side_by_side() -> None:
    record = joined_by_a_curator(
        page("https://a.example/", initiative("Rondes Filou", benefits=[("health", "12 jeunes"), (None, "Du temps")])),
        page("https://b.example/", initiative("Bridge Tour", "en", benefits=[("health", "12 youth"), (None, "Time")])),
    )
    assert [(one.text.fr, one.text.en) for one in record.benefits] == [("12 jeunes", "12 youth"), ("Du temps", "Time")]
