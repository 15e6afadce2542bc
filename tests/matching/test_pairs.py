"""Pages that speak of one initiative, and pages that only look as if they did. All organisations are fictional."""

from typing import Any

from passerelle.matching import match
from passerelle.matching.scoring import MERGE, PROPOSE
from schemas.records import Initiative
from schemas.working import Judgement, Matched, PageState
from tests.matching.factories import initiative, organization, page

FR, EN = "https://liens.example/maillages/", "https://liens.example/en/alliances/"
BERGES = organization("Atelier des Berges", sector="community")
FACTS: dict[str, Any] = {"lead": BERGES, "ages": (14, 24), "themes": ["runaway"], "regions": ["16"]}


def only(*pages: PageState) -> Initiative:
    (record,) = match(pages).initiatives
    return record


def relations(matched: Matched) -> set[str]:
    return {link.relation for record in matched.initiatives for link in record.related}


def test_hreflang_makes_one_record_of_two_pages_that_share_nothing_else() -> None:
    french = page(f"{FR}a/", initiative("Partage de pain"), alternates={"en": f"{EN}b/#top"})
    english = page(f"{EN}b/", initiative("Breaking bread", "en"))
    record = only(french, english)
    assert (record.name.fr, record.name.en) == ("Partage de pain", "Breaking bread")
    assert [ref.language for ref in record.sources] == ["en", "fr"]


def test_hreflang_counts_in_both_directions() -> None:
    french = page(f"{FR}a/", initiative("Partage de pain"))
    english = page(f"{EN}b/", initiative("Breaking bread", "en"), alternates={"fr-CA": f"{FR}a/"})
    assert only(english, french).name.fr == "Partage de pain"


def test_a_home_page_named_by_every_page_is_no_translation() -> None:
    home = page("https://liens.example/en/", initiative("Breaking bread", "en"))
    pages = [
        page(f"{FR}{n}/", initiative(name), alternates={"en": "https://liens.example/en/"})
        for n, name in enumerate(("Partage de pain", "Voisins de palier"))
    ]
    assert len(match([home, *pages]).initiatives) == 3


def test_addresses_that_differ_in_en_alone_are_one_page() -> None:
    french = page("https://liens.example/fiches/pain/", initiative("Partage de pain"))
    english = page("https://www.liens.example/en/fiches/pain", initiative("Breaking bread", "en"))
    assert only(french, english).name.en == "Breaking bread"


def test_pages_without_hreflang_pair_by_a_name_kept_in_both_languages() -> None:
    french = page(f"{FR}a/", initiative("Ateliers Filou", ages=(14, 24), lead=BERGES))
    english = page(f"{EN}b/", initiative("Ateliers Filou", "en", ages=(14, 24)))
    record = only(french, english)
    assert (record.name.fr, record.name.en) == ("Ateliers Filou", "Ateliers Filou")


def test_pages_without_hreflang_pair_by_organisations_ages_and_figures() -> None:
    french = page(f"{FR}a/", initiative("Coudre sa route", description="En 2019, 30 filles.", **FACTS))
    english = page(f"{EN}b/", initiative("Sewing a way out", "en", description="In 2019, 30 girls.", **FACTS))
    assert only(french, english).description is not None


def test_each_page_pairs_with_its_own_translation() -> None:
    one: dict[str, Any] = {"lead": BERGES, "ages": (14, 24), "regions": ["16"]}
    pages = [
        page(f"{FR}a/", initiative("Ateliers Filou", **one)),
        page(f"{EN}a2/", initiative("Filou Workshops", "en", **one)),
        page(f"{FR}b/", initiative("Cousu Main", **one)),
        page(f"{EN}b2/", initiative("Cousu Main Project", "en", **one)),
    ]
    names = {(record.name.fr, record.name.en) for record in match(pages).initiatives}
    assert names == {("Ateliers Filou", "Filou Workshops"), ("Cousu Main", "Cousu Main Project")}


def test_a_page_has_one_translation() -> None:
    french = page(f"{FR}a/", initiative("Ateliers Filou", **FACTS))
    english = [
        page(f"{EN}{name[-7:]}/", initiative(name, "en", **FACTS)) for name in ("Filou Workshops", "Filou Kitchen")
    ]
    records = match([french, *english]).initiatives
    assert sorted(len(record.sources) for record in records) == [1, 2]


def test_two_initiatives_of_one_house_in_two_languages_are_proposed_and_not_merged() -> None:
    french = page(f"{FR}a/", initiative("Ateliers Filou", partners=["Le Quai"], **FACTS))
    english = page(f"{EN}b/", initiative("Sewing a way out", "en", partners=["Le Quai"], **FACTS))
    matched = match([french, english])
    assert len(matched.initiatives) == 2
    assert relations(matched) == {"possible-duplicate", "same-organization"}


def listed(language: Any, names: list[str], leads: list[str | None]) -> PageState:
    drafts = [
        initiative(name, language, key=str(n), lead=lead)
        for n, (name, lead) in enumerate(zip(names, leads, strict=True))
    ]
    return page(f"https://liens.example/{'en/' if language == 'en' else ''}liste-{language}/", *drafts)


def test_lists_in_two_languages_pair_entry_by_entry_once_half_of_them_match() -> None:
    leads = ["Atelier des Berges", "Le Quai de Nuit", None]
    french = listed("fr", ["Rondes Filou", "Cousu Main", "Un toit pour chacune"], leads)
    english = listed("en", ["Filou rounds", "Cousu Main", "A roof for each of them"], leads)
    names = {(record.name.fr, record.name.en) for record in match([french, english]).initiatives}
    assert ("Un toit pour chacune", "A roof for each of them") not in names
    assert {("Rondes Filou", "Filou rounds"), ("Cousu Main", "Cousu Main")} <= names


def test_lists_of_different_initiatives_stay_apart() -> None:
    french = listed("fr", ["Rondes Filou", "Cousu Main"], ["Atelier des Berges", "Le Quai de Nuit"])
    english = listed("en", ["Open Door", "Two Chairs"], ["Porch Society", "Harbour House"])
    assert len(match([french, english]).initiatives) == 4


def test_one_name_and_one_lead_on_two_sites_is_one_initiative() -> None:
    own = page("https://berges.example/cousu", initiative("Projet Cousu Main", lead=BERGES))
    told = page(
        "https://liste.example/", initiative("Cousu main", key="c", lead="L’Atelier des berges"), source="autre"
    )
    assert len(only(own, told).sources) == 2


def test_one_name_in_two_towns_is_two_initiatives() -> None:
    pages = [
        page(f"https://{town}.example/", initiative("Escale Marine", lead=lead, municipalities=[town]), source="s")
        for town, lead in (("Rimouski", "Le Fil"), ("Gatineau", "La Trame"))
    ]
    matched = match(pages)
    assert len(matched.initiatives) == 2
    assert not relations(matched)


def test_one_name_of_one_house_in_two_towns_is_proposed() -> None:
    pages = [
        page(
            f"https://{town}.example/",
            initiative("Escale Marine", lead=BERGES, municipalities=[town], themes=["poverty"], ages=(6, 9)),
        )
        for town in ("Rimouski", "Gatineau")
    ]
    matched = match(pages)
    assert len(matched.initiatives) == 2
    assert "possible-duplicate" in relations(matched)
    (judgement,) = matched.judgements
    assert judgement.verdict == "unsure"
    assert PROPOSE <= judgement.score < MERGE


def test_two_entries_of_one_list_never_merge() -> None:
    twice = [initiative("Cousu Main", key=key, **FACTS) for key in ("a", "b")]
    matched = match([page("https://liens.example/liste/", *twice)])
    assert len(matched.initiatives) == 2
    assert relations(matched) == {"same-organization"}


def test_two_entries_of_one_list_do_not_merge_through_another_page() -> None:
    twice = [initiative("Cousu Main", key=key, **FACTS) for key in ("a", "b")]
    other = page("https://b.example/", initiative("Cousu Main", **FACTS), source="b")
    records = match([page("https://liens.example/liste/", *twice), other]).initiatives
    assert sorted(len(record.sources) for record in records) == [1, 2]


def test_a_page_that_fits_two_strangers_does_not_join_them() -> None:
    facts: dict[str, Any] = {"ages": (12, 25), "themes": ["poverty"]}
    towns = (("Le Fil", ["Rimouski"]), (None, ["Rimouski", "Gatineau"]), ("La Trame", ["Gatineau"]))
    pages = [
        page(
            f"https://{n}.example/",
            initiative("Escale Marine", lead=lead, municipalities=where, **facts),
            source=f"s{n}",
        )
        for n, (lead, where) in enumerate(towns)
    ]
    assert sorted(len(record.sources) for record in match(pages).initiatives) == [1, 2]


def test_entries_of_one_house_with_names_of_the_field_only_stay_apart() -> None:
    names = ("Projet de concertation pour les jeunes", "Programme d’intervention pour les familles")
    pages = [
        page(f"https://s{n}.example/", initiative(name, key="x", **FACTS), source=f"s{n}")
        for n, name in enumerate(names)
    ]
    matched = match(pages)
    assert len(matched.initiatives) == 2
    assert relations(matched) == {"same-organization"}


def test_an_acronym_stands_for_its_full_name() -> None:
    full = page("https://a.example/", initiative("Réseau Boussole Estrie (RBE)", lead=BERGES), source="a")
    short = page("https://b.example/", initiative("RBE", lead=BERGES), source="b")
    assert only(full, short).name.fr == "Réseau Boussole Estrie (RBE)"


def test_the_name_of_the_house_does_not_join_its_projects() -> None:
    one = page(
        "https://a.example/", initiative("Cousu Main", other_names=["Atelier des Berges"], lead=BERGES), source="a"
    )
    two = page("https://b.example/", initiative("Rondes", other_names=["Atelier des Berges"], lead=BERGES), source="b")
    assert len(match([one, two]).initiatives) == 2


def test_a_name_told_in_the_text_of_another_entry_is_proposed() -> None:
    own = page("https://a.example/", initiative("Escale Tournesol", **FACTS), source="a")
    entry = initiative("Un toit pour chacune", key="toit", description="Avec l’Escale-Tournesol, on loge.", **FACTS)
    matched = match([own, page("https://b.example/", entry, source="b")])
    assert len(matched.initiatives) == 2
    assert "possible-duplicate" in relations(matched)


def test_a_curators_word_wins_over_any_score() -> None:
    same = [page(f"https://{n}.example/", initiative("Cousu Main", **FACTS), source=n) for n in ("a", "b")]
    keys = [f"initiative|https://{n}.example/|" for n in ("a", "b")]
    apart = Judgement(left=keys[0], right=keys[1], verdict="different", score=0, by="curatrice")
    matched = match(same, judgements=[apart])
    assert len(matched.initiatives) == 2
    assert relations(matched) == {"same-organization"}
    strangers = [
        page("https://a.example/", initiative("Pain")),
        page("https://b.example/", initiative("Vélo"), source="b"),
    ]
    together = Judgement(left=keys[1], right=keys[0], verdict="same", score=0, by="curatrice")
    assert len(match(strangers, judgements=[together]).initiatives) == 1


def test_what_matching_said_before_does_not_bind_it() -> None:
    same = [page(f"https://{n}.example/", initiative("Cousu Main", **FACTS), source=n) for n in ("a", "b")]
    old = Judgement(
        left="initiative|https://a.example/|", right="initiative|https://b.example/|", verdict="different", score=0
    )
    assert len(match(same, judgements=[old]).initiatives) == 1


def test_curators_who_contradict_one_another_are_told() -> None:
    pages = [page(f"https://{n}.example/", initiative(n * 6), source=n) for n in "abc"]
    words = (("a", "b", "same"), ("b", "c", "same"), ("a", "c", "different"))
    said = [
        Judgement.model_validate(
            {"left": f"initiative|https://{x}.example/|", "right": f"initiative|https://{y}.example/|"}
            | {"verdict": verdict, "score": 1, "by": "curatrice"}
        )
        for x, y, verdict in words
    ]
    matched = match(pages, judgements=said)
    assert len(matched.initiatives) == 2
    assert [issue.code for issue in matched.issues] == ["judgement-conflict"]
