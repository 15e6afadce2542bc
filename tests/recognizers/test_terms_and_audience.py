"""Terms are found by whole words with plurals, not where they are denied; audiences are those that are served."""

import pytest

from extractors.recognizers.audience import read_genders, read_groups
from extractors.recognizers.terms import read_terms
from tests.recognizers.passages import check_evidence, guess, passage

# text, vocabulary, code, found
TERMS = [
    ("prévenir l'exploitation sexuelle", "themes", "sexual-exploitation", True),
    ("PRÉVENIR L’EXPLOITATION SEXUELLE", "themes", "sexual-exploitation", True),
    ("le milieu de la prostitution", "themes", "sexual-exploitation", True),
    ("to prevent sexual exploitation", "themes", "sexual-exploitation", True),
    ("les jeunes en fugue", "themes", "runaway", True),
    ("diminuer les fugues", "themes", "runaway", True),
    ("a fugue by Bach in the church", "themes", "runaway", False),
    ("running away from home", "themes", "runaway", True),
    ("réduire l'itinérance", "themes", "homelessness", True),
    ("un passage à la rue", "themes", "homelessness", True),
    ("des violences conjugales", "themes", "domestic-violence", True),
    ("lutte à la pauvreté", "themes", "poverty", True),
    ("lutte contre la criminalité", "themes", "crime-prevention", True),
    ("le sida", "themes", "sexual-health", True),
    ("the worker aids the family", "themes", "sexual-health", False),
    ("les relations égalitaires", "themes", "healthy-relationships", True),
    ("une relation saine", "themes", "healthy-relationships", True),
    ("the healthy relationships of youth", "themes", "healthy-relationships", True),
    ("les violoncelles", "themes", "sexual-violence", False),
    ("Le service ne traite pas de la pauvreté.", "themes", "poverty", False),
    ("Le projet ne s'adresse pas aux personnes en situation d'itinérance.", "themes", "homelessness", False),
    ("Un enjeu autre que l'exploitation sexuelle, comme la fugue", "themes", "sexual-exploitation", False),
    ("Un enjeu autre que l'exploitation sexuelle, comme la fugue", "themes", "runaway", True),
    ("The service does not cover homelessness.", "themes", "homelessness", False),
    ("The house is not a shelter but fights poverty.", "themes", "poverty", True),
    ("Le projet ne vise pas la pauvreté, mais l'itinérance.", "themes", "homelessness", True),
    ("Le projet ne vise pas la pauvreté. Il vise l'itinérance.", "themes", "homelessness", True),
    ("du travail de rue", "activities", "street-work", True),
    ("une travailleuse de rue", "activities", "street-work", True),
    ("outreach workers", "activities", "street-work", False),
    ("des ateliers éducatifs", "activities", "workshops", True),
    ("the workshops", "activities", "workshops", True),
    ("de l'hébergement d'urgence", "activities", "housing", True),
    ("un suivi psychosocial", "activities", "psychosocial-support", True),
    ("des suivis psychosociaux", "activities", "psychosocial-support", True),
    ("former les intervenant.es", "activities", "training", True),
    ("le milieu communautaire", "sectors", "community", True),
    ("le milieu policier", "sectors", "police", True),
    ("the community sector", "sectors", "community", True),
    ("les écoles", "sectors", "education", True),
]


@pytest.mark.parametrize(("text", "vocabulary", "code", "expected"), TERMS)
def test_a_term_is_found_by_its_words(text: str, vocabulary: str, code: str, expected: bool) -> None:
    p = passage(text, language=guess(text))
    found = read_terms(p, vocabulary)
    assert (code in [term.value for term in found]) is expected
    check_evidence(p, found)


def test_the_longest_phrase_wins() -> None:
    found = read_terms(passage("la violence conjugale"), "themes")
    assert [term.value for term in found] == ["domestic-violence"]


def test_the_strongest_evidence_comes_first() -> None:
    p = passage("la fugue", "la pauvreté", "la pauvreté", "la pauvreté")
    assert [term.value for term in read_terms(p, "themes")][:2] == ["poverty", "runaway"]


def test_a_heading_weighs_more_than_a_passing_word() -> None:
    p = passage("la fugue et la fugue", heading="Contre la pauvreté")
    assert [term.value for term in read_terms(p, "themes")] == ["poverty", "runaway"]


GENDERS = [
    ("pour les filles de 14 à 24 ans", ["female"]),
    ("un espace pour les jeunes femmes", ["female"]),
    ("auprès des adolescentes", ["female"]),
    ("les jeunes femmes âgées de 16 à 30 ans", ["female"]),
    ("Le projet accompagne les femmes victimes de violence.", ["female"]),
    ("girls between the ages of 14 and 24", ["female"]),
    ("a safe space for young women", ["female"]),
    ("The house supports women.", ["female"]),
    ("destiné aux garçons de 12 à 17 ans", ["male"]),
    ("Un groupe pour hommes", ["male"]),
    ("a group for boys aged 12 to 15", ["male"]),
    ("pour les filles et les garçons de 12 à 17 ans", []),
    ("for girls and boys", []),
    ("pour les femmes et pour les hommes", []),
    ("Les jeunes de 12 à 25 ans", []),
    ("Les intervenantes accueillent les jeunes.", []),
    ("Une intervenante en travail de rue accompagne les jeunes.", []),
    ("les participantes sont venues", []),
    ("la masculinité (le dernier thème étant réservé aux garçons uniquement) chez les jeunes de 12 à 25 ans", []),
    ("L'égalité entre les femmes et les hommes", []),
    ("Le Centre de femmes L'Éclaircie accueille tout le monde.", []),
    ("Le projet ne s'adresse pas aux hommes.", []),
    ("Les auteurs sont souvent des hommes violents.", []),
    ("pour les personnes trans", ["trans"]),
    ("the youth who are non-binary", ["non-binary"]),
]


@pytest.mark.parametrize(("text", "expected"), GENDERS)
def test_the_gender_an_initiative_is_meant_for(text: str, expected: list[str]) -> None:
    p = passage(text, language=guess(text))
    found = read_genders(p)
    assert [gender.value for gender in found] == expected
    check_evidence(p, found)


GROUPS = [
    ("les jeunes à risque", "youth-at-risk", True),
    ("les jeunes vulnérables", "youth-at-risk", True),
    ("les jeunes de la rue", "youth-at-risk", True),
    ("for at-risk youth", "youth-at-risk", True),
    ("les personnes aînées", "seniors", True),
    ("les aîné.es du quartier", "seniors", True),
    ("des familles immigrantes", "families", True),
    ("les nouveaux arrivants", "newcomers", True),
    ("des jeunes LGBTQ+", "lgbtq", True),
    ("les Autochtones", "indigenous", True),
    ("the caregivers of the region", "caregivers", True),
    ("La Table des aînés Val-Doré se réunit.", "seniors", False),
    ("Le projet ne s'adresse pas aux familles.", "families", False),
    ("un service autre que pour les enfants", "children", False),
    ("pour les femmes en difficulté", "women", True),
    ("pour les filles et les garçons", "women", False),
]


@pytest.mark.parametrize(("text", "code", "expected"), GROUPS)
def test_the_groups_an_initiative_serves(text: str, code: str, expected: bool) -> None:
    p = passage(text, language=guess(text))
    found = read_groups(p)
    assert (code in [group.value for group in found]) is expected
    check_evidence(p, found)


def test_what_others_do_is_not_what_the_initiative_does() -> None:
    others = passage("Les jeunes sont référés par le CISSS de Laval.")
    assert "referral" not in {found.value for found in read_terms(others, "activities")}
    own = passage("Les jeunes sont référés au CISSS de Laval.")
    assert "referral" in {found.value for found in read_terms(own, "activities")}
