import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.demonyms import demonym_forms


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("Maskoutain, aine", ("maskoutain", "maskoutaine", "maskoutains", "maskoutaines")),
        ("Maskoutain, e", ("maskoutain", "maskoutaine", "maskoutains", "maskoutaines")),
        ("Percéen, enne", ("percéen", "percéenne", "percéens", "percéennes")),
        ("Lévisien, ienne", ("lévisien", "lévisienne", "lévisiens", "lévisiennes")),
        ("Coudrilois,oise", ("coudrilois", "coudriloise", "coudriloises")),
        ("Rawdonnois oise", ("rawdonnois", "rawdonnoise", "rawdonnoises")),
        ("Saint-Elzien, Saint-Elzienne", ("saint-elzien", "saint-elzienne", "saint-elziens", "saint-elziennes")),
        ("Petite-Valléen,Valléenne", ("petite-valléen", "petite-valléenne", "petite-valléens", "petite-valléennes")),
        ("Madelinot, Madelinienne", ("madelinot", "madelinienne", "madelinots", "madeliniennes")),
        ("Cèdreau, elle", ("cèdreau", "cèdrelle", "cèdreaux", "cèdrelles")),
        ("Cômier, ière", ("cômier", "cômière", "cômiers", "cômières")),
        ("Portageur, euse", ("portageur", "portageuse", "portageurs", "portageuses")),
        ("Shannonite", ("shannonite", "shannonites")),
        ("North Hatleyite", ("north hatleyite", "north hatleyites")),
        (
            "Boltonnois,oise*East Boltoner",
            ("boltonnois", "boltonnoise", "boltonnoises", "east boltoner", "east boltoners"),
        ),
        ("Elginois,oise*, elginite(ang)", ("elginois", "elginoise", "elginoises", "elginite", "elginites")),
        (
            "Duhamellois, oise-de-l'Ouest",
            ("duhamellois-de-l'ouest", "duhamelloise-de-l'ouest", "duhamelloises-de-l'ouest"),
        ),
        (
            "Villageois, oise de St-Pierre",
            ("villageois de st-pierre", "villageoise de st-pierre", "villageoises de st-pierre"),
        ),
        (
            "Vaudreuillois-Dorionnais",
            ("vaudreuillois-dorionnais", "vaudreuilloise-dorionnaise", "vaudreuilloises-dorionnaises"),
        ),
        ("Kuujjuamiuq, miuq", ("kuujjuamiuq", "kuujjuamiut")),
        ("Mistisiniiw, iijuw", ("mistisiniiw",)),
        ("", ()),
    ],
)
def test_a_demonym_is_written_out_in_its_four_forms(written: str, forms: tuple[str, ...]) -> None:
    assert demonym_forms(written) == forms


@given(st.text(alphabet="abcéèïoise ,*()-'", max_size=30))
def test_any_notation_gives_lower_case_forms_without_repeats(written: str) -> None:
    forms = demonym_forms(written)
    assert len(forms) == len(set(forms))
    assert all(form == form.lower() for form in forms)
