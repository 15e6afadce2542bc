"""Whatever a page says, the recognizers answer, and quote it exactly."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.recognizers import (
    ages,
    audience,
    awards,
    contacts,
    dates,
    offered,
    organizations,
    people,
    places,
    terms,
)
from extractors.recognizers.lexicon import word_set
from tests.recognizers.passages import check_evidence, passage

WORDS = st.sampled_from(
    sorted(
        word_set(
            "Le la de du d’ l’ Centre Table jeunes filles de 12 à 25 ans prix Impact CISSS-ME (CISSS) (TAVD)",
            "« » “ ” — – : , . Québec Montréal Saint-Henri lévisien organisme Tournesol Anne Roy directrice",
            "dit depuis juillet 2020",
            "gratuit info@exemple.org 514 555-0112 œuvre E\u0301quipe intervenant.es usager·ères l’Île and of in with",
            "partnership Award \u00ad \u200b ﬁn İ ß 1er mars 31/02/2020 $ % ( ) C.B.J.M. A. inc.",
        )
    )
)
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=20).map("".join)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.sampled_from(["fr", "en"]))
def test_evidence_is_always_the_words_of_the_page(texts: list[str], language: str) -> None:
    p = passage(*texts, language="fr" if language == "fr" else "en")
    where = places.read_places(p)
    check_evidence(p, ages.read_ages(p))
    check_evidence(p, dates.read_dates(p))
    check_evidence(p, [dates.read_start(p)])
    check_evidence(p, organizations.read_organizations(p))
    check_evidence(p, (*where.regions, *where.municipalities, *where.neighbourhoods))
    check_evidence(p, people.read_people(p))
    check_evidence(p, awards.read_awards(p))
    check_evidence(p, audience.read_genders(p))
    check_evidence(p, audience.read_groups(p))
    check_evidence(p, offered.read_languages(p))
    check_evidence(p, [offered.read_cost(p), contacts.read_email(p), contacts.read_phone(p), contacts.read_url(p)])
    for name in ("themes", "activities", "sectors", "kinds", "collaboration"):
        check_evidence(p, terms.read_terms(p, name))


@given(st.sampled_from(["a", "A", "12 à 25 ans ", "(AB) ", "Le Centre de la Maison ", "le prix Impact ", "a.e.", "« "]))
@settings(max_examples=8, deadline=None)
def test_one_endless_line_is_read_like_any_other(unit: str) -> None:
    p = passage(unit * (60_000 // len(unit)))
    check_evidence(p, organizations.read_organizations(p))
    check_evidence(p, places.read_places(p).regions)
    check_evidence(p, ages.read_ages(p))
    check_evidence(p, [contacts.read_email(p), dates.read_start(p)])
