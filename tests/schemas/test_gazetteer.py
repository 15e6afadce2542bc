import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from schemas import gazetteer
from schemas.build_municipalities import build, mrc_name
from schemas.gazetteer import BODY_TABLES, FOLDER, PLACE_TABLES, Place, bodies, places, region_points, regions
from schemas.vocabulary import vocabulary

DIRECTORY = Path(__file__).resolve().parents[3] / "shared" / "gazetteer" / "municipalites.csv"
needs_directory = pytest.mark.skipif(not DIRECTORY.exists(), reason="the ministry's directory is not here")

CODES = {f"{number:02}" for number in range(1, 18)}


def municipality(name: str, region: str) -> Place:
    (found,) = [p for p in places() if (p.kind, p.name, p.regions) == ("municipality", name, (region,))]
    return found


def test_there_are_seventeen_regions_with_both_names() -> None:
    assert [region.code for region in regions()] == sorted(CODES)
    assert all(region.name.fr and region.name.en for region in regions())


def test_every_region_has_a_point_near_a_town_of_its_own() -> None:
    points = region_points()
    assert points.keys() == CODES
    towns = {(place.name, code) for place in places() if place.kind == "municipality" for code in place.regions}
    assert [one for one in points.values() if (one.town, one.code) not in towns] == []
    assert len({(one.longitude, one.latitude) for one in points.values()}) == len(CODES)


def test_every_region_code_in_the_tables_is_a_region() -> None:
    used = {code for thing in (*places(), *bodies()) for code in thing.regions}
    assert used == CODES


def test_every_place_lies_in_a_region() -> None:
    assert [place.name for place in places() if not place.regions] == []


def test_the_readme_names_the_source_of_every_table() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    tables = {"regions.csv", "region_points.csv", *PLACE_TABLES, *BODY_TABLES}
    assert {path.name for path in FOLDER.glob("*.csv")} == tables
    assert [table for table in sorted(tables) if f"`{table}`" not in readme] == []


@needs_directory
def test_every_municipality_of_the_directory_is_in_the_table() -> None:
    with DIRECTORY.open(encoding="utf-8", newline="") as lines:
        wanted = {(row["name"].replace("--", "–"), row["region_code"]) for row in csv.DictReader(lines)}
    here = {(p.name, p.regions[0]) for p in places() if p.kind == "municipality"}
    assert here == {(name, region) for name, region in wanted if name != "Toponyme à venir"}


@needs_directory
def test_building_the_tables_anew_changes_nothing(tmp_path: Path) -> None:
    build(DIRECTORY, tmp_path)
    for table in ("municipalities.csv", "mrcs.csv"):
        assert (tmp_path / table).read_bytes() == (FOLDER / table).read_bytes(), f"{table} is not what the script makes"


def test_the_municipalities_come_first_and_the_most_populous_before_the_others() -> None:
    kinds = [place.kind for place in places()]
    count = kinds.count("municipality")
    assert set(kinds[:count]) == {"municipality"}
    assert count == 1244
    people = [place.population or 0 for place in places()[:count]]
    assert people == sorted(people, reverse=True)


def test_a_name_stands_once_in_a_region_and_kind() -> None:
    counts = Counter((place.kind, place.name, place.regions, place.municipality) for place in places())
    assert [key for key, count in counts.items() if count > 1] == []


def test_a_part_of_a_municipality_lies_in_one_that_exists_in_that_region() -> None:
    known = {(place.name, place.regions[0]) for place in places() if place.kind == "municipality"}
    parts = [p for p in places() if p.municipality and p.kind != "municipality"]
    assert len(parts) > 200
    astray = [p.name for p in parts if not any((p.municipality, code) in known for code in p.regions)]
    assert astray == []


def test_every_mrc_of_a_municipality_is_in_the_table_of_mrcs_in_its_region() -> None:
    known = {(place.name, code) for place in places() if place.kind == "mrc" for code in place.regions}
    named = {(p.mrc, p.regions[0]) for p in places() if p.kind == "municipality" and (p.mrc or "").startswith("MRC ")}
    assert len(known) == 87
    assert named == known


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("MRC Les Maskoutains", "MRC des Maskoutains"),
        ("MRC Le Haut-Richelieu", "MRC du Haut-Richelieu"),
        ("MRC La Haute-Yamaska", "MRC de La Haute-Yamaska"),
        ("MRC L'Érable", "MRC de L'Érable"),
        ("MRC Abitibi-Ouest", "MRC d'Abitibi-Ouest"),
        ("MRC Des Chenaux", "MRC des Chenaux"),
        ("MRC D'Autray", "MRC de D'Autray"),
        ("Administration régionale Kativik", "Administration régionale Kativik"),
    ],
)
def test_an_mrc_is_named_as_running_text_names_it(written: str, name: str) -> None:
    assert mrc_name(written) == name


@pytest.mark.parametrize(
    ("name", "region", "demonym"),
    [
        ("Saint-Hyacinthe", "16", "maskoutaine"),
        ("Lévis", "12", "lévisien"),
        ("Trois-Rivières", "04", "trifluviennes"),
        ("Montréal", "06", "montréalaises"),
        ("Salaberry-de-Valleyfield", "16", "campivallensienne"),
    ],
)
def test_a_city_has_its_demonyms(name: str, region: str, demonym: str) -> None:
    assert demonym in municipality(name, region).demonyms


def test_the_city_of_quebec_does_not_claim_the_adjective_of_the_whole_province() -> None:
    claimed = {form for place in (*places(), *regions()) for form in place.demonyms}
    assert not claimed & {"québécois", "québécoise", "québécoises"}


def test_a_demonym_is_lower_case_and_two_small_things_of_one_name_are_one_row() -> None:
    forms = [form for place in (*places(), *regions()) for form in place.demonyms]
    assert [form for form in forms if form != form.lower() or not re.fullmatch(r"[\w' -]+", form)] == []
    assert municipality("Natashquan", "09").population == 265 + 935


def test_no_two_bodies_share_an_id() -> None:
    counts = Counter(body.id for body in bodies())
    assert [key for key, count in counts.items() if count > 1] == []
    assert [key for key in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_every_body_belongs_to_a_sector_of_the_vocabulary() -> None:
    assert {body.sector for body in bodies()} <= set(vocabulary("sectors").codes)


def test_no_acronym_or_name_points_to_two_bodies() -> None:
    owners = defaultdict(set)
    for body in bodies():
        for name in (body.name.fr, body.name.en, *body.acronyms, *body.other_names):
            owners[(name or "").casefold()].add(body.id)
    assert {name: sorted(ids) for name, ids in owners.items() if len(ids) > 1} == {}


def test_a_body_of_one_municipality_is_in_one_that_exists() -> None:
    known = {place.name for place in places() if place.kind == "municipality"}
    assert [body.id for body in bodies() if body.municipality and body.municipality not in known] == []


@pytest.mark.parametrize(
    ("acronym", "name", "region"),
    [
        ("CISSS-ME", "CISSS de la Montérégie-Est", ("16",)),
        ("CISSSMO", "CISSS de la Montérégie-Ouest", ("16",)),
        ("CISSS-CA", "CISSS de Chaudière-Appalaches", ("12",)),
        ("CIUSSS MCQ", "CIUSSS de la Mauricie-et-du-Centre-du-Québec", ("04", "17")),
        ("CIUSSSCN", "CIUSSS de la Capitale-Nationale", ("03",)),
        ("CIUSS-CN", "CIUSSS de la Capitale-Nationale", ("03",)),
        ("CIUSSS NIM", "CIUSSS du Nord-de-l'Île-de-Montréal", ("06",)),
        ("SPVM", "Service de police de la Ville de Montréal", ("06",)),
        ("SQ", "Sûreté du Québec", ()),
        ("DPJ", "Directeur de la protection de la jeunesse", ()),
    ],
)
def test_an_acronym_leads_to_its_body(acronym: str, name: str, region: tuple[str, ...]) -> None:
    (body,) = [body for body in bodies() if acronym in body.acronyms]
    assert (body.name.fr, body.regions) == (name, region)


def test_every_region_has_a_health_establishment_and_a_school_service_centre() -> None:
    for kind in ("health", "education"):
        assert {code for body in bodies() if body.kind == kind for code in body.regions} == CODES


def test_there_are_twenty_two_integrated_centres_and_sixty_school_service_centres() -> None:
    assert sum(bool(re.match("CIU?SSS ", body.name.fr or "")) for body in bodies()) == 22
    assert sum((body.name.fr or "").startswith("Centre de services scolaire ") for body in bodies()) == 60


def test_a_cell_holds_many_values_between_bars() -> None:
    assert gazetteer._many("a | b||c") == ("a", "b", "c")
    assert gazetteer._many("") == ()
