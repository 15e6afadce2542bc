from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from passerelle.translation.attempt import Sentence, Way, as_it_stands, finish, prepare
from passerelle.translation.known_names import gazetteer_names
from passerelle.translation.protect import ALL_KINDS, Placeholder, mask, unmask
from passerelle.translation.spans import find_spans, names_of, number_values
from schemas.base import LanguageMap
from schemas.records import Initiative
from tests.translation.test_gaps_and_memory import Make

NAMES = ("Maison des jeunes L’Éclaircie", "Trois-Rivières", "Zoé Bélanger")
TEXT = (
    "Le 14 juillet 2020 à 14 h 30, Zoé Bélanger (CISSS-ME) a remis 25 000 $ à 40 jeunes de Trois-Rivières 🎉 : "
    "info@eclaircie.example, 450 555-0199 poste 12, https://eclaircie.example/dons?x=1, J6S 4B7."
)

piece = st.sampled_from(
    [
        *NAMES,
        "CISSS",
        "C.I.J.M.",
        "25 000 $",
        "10 %",
        "3,5",
        "14 h",
        "12 juin 2021",
        "a@b.example",
        "www.b.example/c",
        "450 555-0199",
        "J6S 4B7",
        "les jeunes",
        "et",
        "pour",
        "XQ0Q",
        "xq1q",
        "XZ",
        "intervenant.es",
        "« oui »",
        "🎉",
        "le projet « Parlons-en! »",
        "⟦0⟧",
        "⟦",
        "réduction des méfaits",
        "organismes communautaires",
    ]
)
sentences = st.lists(st.one_of(piece, st.text(max_size=12)), min_size=1, max_size=12).map(" ".join)


def test_every_kind_of_span_is_found() -> None:
    found = {(span.kind, span.text) for span in find_spans(TEXT, NAMES)}
    assert found == {
        ("date", "14 juillet 2020"),
        ("time", "14 h 30"),
        ("name", "Zoé Bélanger"),
        ("acronym", "CISSS-ME"),
        ("amount", "25 000 $"),
        ("number", "40"),
        ("name", "Trois-Rivières"),
        ("symbol", "🎉"),
        ("email", "info@eclaircie.example"),
        ("phone", "450 555-0199 poste 12"),
        ("url", "https://eclaircie.example/dons?x=1"),
        ("postal", "J6S 4B7"),
    }


def test_a_record_gives_the_names_it_knows_longest_first(record: Make) -> None:
    ours: Initiative = record(name=LanguageMap(fr="Aurore", en="Aurore"))
    assert names_of(ours) == ("Maison des jeunes L’Éclaircie", "Aurore")


OWN = Placeholder("⟦{}⟧", 32)
placeholders = st.sampled_from([None, OWN, Placeholder("⟦{}⟧", 1)])


@settings(deadline=None)
@given(sentences, placeholders)
@example("XQ0Q et info@eclaircie.example", None)
@example("⟦0⟧ et info@eclaircie.example", OWN)
def test_hidden_spans_come_back_exactly_once_whatever_the_text(text: str, copied: Placeholder | None) -> None:
    spans = find_spans(text, NAMES)
    masked = mask(text, spans, ALL_KINDS, "fr", copied)
    assert [masked.text.count(tag) for tag, _ in masked.tags] == [1] * len(spans)
    unchanged = mask(text, spans, {span.kind for span in spans if span.kind in {"url", "email", "name", "phone"}}, "fr")
    assert unmask(unchanged.text, unchanged) == text


@settings(deadline=None)
@given(sentences, st.integers(0, 30))
@example("A🌀", 0)
def test_a_lost_or_doubled_placeholder_is_never_accepted(text: str, which: int) -> None:
    masked = mask(text, find_spans(text, NAMES), ALL_KINDS, "en")
    if masked.tags:
        tag = masked.tags[which % len(masked.tags)][0]
        assert unmask(masked.text.replace(tag, " "), masked) is None
        assert unmask(f"{masked.text} {tag}", masked) is None


def test_a_placeholder_may_come_back_small_or_spaced() -> None:
    masked = mask("Écrire à a@b.example", find_spans("Écrire à a@b.example", ()), ALL_KINDS, "en")
    assert masked.text == "Écrire à XQ0Q"
    assert [unmask(form, masked) for form in ("Write to xq0q", "Write to X Q 0 Q")] == ["Write to a@b.example"] * 2


@settings(deadline=None)
@given(
    sentences,
    st.sampled_from(["kept", "hidden", "terms", "both"]),
    st.sampled_from(["echo", "reverse", "drop", "double"]),
    placeholders,
)
def test_an_accepted_sentence_has_every_protected_span_exactly_once(
    text: str, way: Way, engine: str, copied: Placeholder | None
) -> None:
    sentence = Sentence(text, "fr", "en", NAMES, is_name=True)
    attempt = prepare(sentence, way, copied)
    words = attempt.request.split()
    answers = {"echo": words, "reverse": words[::-1], "drop": words[1:], "double": words * 2}
    outcome = finish(attempt, " ".join(answers[engine]))
    assert (outcome.text is None) == (outcome.failure is not None)
    if outcome.text is not None:
        fixed = {"url", "email", "phone", "name"}
        spans = [span for span in find_spans(attempt.sentence.text, NAMES, acronyms=False) if span.kind in fixed]
        found = Counter((span.kind, span.text) for span in find_spans(outcome.text, NAMES, acronyms=False))
        for span, count in Counter((span.kind, span.text) for span in spans).items():
            assert found[span] == count


ENGLISH = "Zoé Bélanger of the CISSS met 40 youth."


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (ENGLISH, ENGLISH),
        ("Zoe Belanger of the CISSS met 40 youth.", ENGLISH),
        ("Zoe Belanger of the CISSS met fifty youth.", "numbers-changed"),
        ("Zoe Belanger of the CISSS met 400 youth.", "numbers-changed"),
        ("Zoe Belanger of the cisss met 40 youth.", "protected-changed"),
        ("Zoe of the CISSS met 40 youth.", "protected-changed"),
        ("Zoé Bélanger and Zoé Bélanger of the CISSS met 40 youth.", "protected-changed"),
        ("", "empty"),
    ],
)
def test_kept_spans_are_verified_and_written_as_in_the_source(answer: str, result: str) -> None:
    attempt = prepare(Sentence("Zoé Bélanger du CISSS a rencontré 40 jeunes.", "fr", "en", NAMES), "kept")
    outcome = finish(attempt, answer)
    assert (outcome.text or outcome.failure) == result


def test_the_second_way_hides_everything_and_toggles_the_stop() -> None:
    sentence = Sentence("Zoé Bélanger du CISSS a reçu 25 000 $ le 2 mai 2021 à 14 h 30.", "fr", "en", NAMES)
    attempt = prepare(sentence, "hidden")
    assert attempt.request == "XQ0Q du XQ1Q a reçu XQ2Q le XQ3Q à XQ4Q"
    outcome = finish(attempt, "XQ0Q of the XQ1Q received XQ2Q on XQ3Q at XQ4Q")
    assert outcome.text == "Zoé Bélanger of the CISSS received $25,000 on May 2, 2021 at 2:30 p.m."


@pytest.mark.parametrize(
    ("heading", "request_"),
    [
        ("Our Services For Youth", "Our services for youth"),
        ("A Place to Meet in Sept-Îles With Friends", "A place to meet in Sept-Îles with friends"),
        ("Our Services and activities", "Our Services and activities"),
        ("The Tanguay Family", "The Tanguay family"),
        ("The School Helps Young Women.", "The School Helps Young Women."),
        ("Ville de Montréal", "Ville de Montréal"),
    ],
)
def test_title_case_is_put_into_sentence_case_for_the_engine(heading: str, request_: str) -> None:
    assert prepare(Sentence(heading, "en", "fr"), "kept").request == request_


def test_shouted_headings_are_whispered_to_the_engine_and_shouted_back() -> None:
    attempt = prepare(Sentence("NOS ACTIVITÉS À TROIS-RIVIÈRES", "fr", "en", NAMES), "kept")
    assert attempt.request == "Nos activités à TROIS-RIVIÈRES"
    assert finish(attempt, "Our activities in Trois-Rivières").text == "OUR ACTIVITIES IN TROIS-RIVIÈRES"


def test_acronyms_with_an_accepted_other_form_may_take_it() -> None:
    attempt = prepare(Sentence("La prévention du VIH à l’école.", "fr", "en"), "kept")
    assert finish(attempt, "HIV prevention at school.").text == "HIV prevention at school."


@pytest.mark.parametrize(
    "text", ["Maison des jeunes L’Éclaircie", "CISSS", "450 555-0199", "Zoé Bélanger, 2020", "***"]
)
def test_a_text_without_a_word_to_translate_needs_no_engine(text: str) -> None:
    assert as_it_stands(Sentence(text, "fr", "en", NAMES)) == text


def test_a_common_word_is_not_taken_for_a_name() -> None:
    names = ("Le Refuge", "Aurore")
    assert [span.text for span in find_spans("Le refuge de l’aurore; au Le Refuge, Aurore", names)] == [
        "Le Refuge",
        "Aurore",
    ]


def test_numbers_are_compared_by_value() -> None:
    assert number_values("25 000 et 3,50 et 007") == number_values("25,000 and 3.5 and 7")
    assert number_values("25 000") != number_values("2500")


def test_a_models_own_placeholders_are_used_as_long_as_they_last() -> None:
    text = "Écrire à a@b.example ou à c@d.example"
    spans = find_spans(text, ())
    assert mask(text, spans, ALL_KINDS, "en", OWN).text == "Écrire à ⟦0⟧ ou à ⟦1⟧"
    assert mask(text, spans, ALL_KINDS, "en", Placeholder("⟦{}⟧", 1)).text == "Écrire à XQ0Q ou à XQ1Q"
    marked = f"⟦0⟧ {text}"
    assert mask(marked, find_spans(marked, ()), {"email"}, "en", OWN).text == "⟦0⟧ Écrire à XQ0Q ou à XQ1Q"


def test_a_models_own_placeholders_may_come_back_spaced() -> None:
    masked = mask("Écrire à a@b.example", find_spans("Écrire à a@b.example", ()), ALL_KINDS, "en", OWN)
    assert unmask("Write to ⟦ 0 ⟧.", masked) == "Write to a@b.example."
    assert unmask("Write to ⟦0⟧ ⟦0⟧.", masked) is None
    assert unmask("Write to ⟦1⟧.", masked) is None


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Le projet « Parlons-en! » est né.", ["Parlons-en!"]),
        ("Le prix jeunesse « Coup de cœur » est remis.", ["Coup de cœur"]),
        ("The guide “Entre voisins” is out.", ["Entre voisins"]),
        ("Elle dit « Bonjour à tous ».", []),
        ("Le projet « de rêve » est né.", []),
    ],
)
def test_a_quoted_title_is_kept(text: str, titles: list[str]) -> None:
    assert [span.text for span in find_spans(text, ()) if span.kind == "title"] == titles


def test_names_of_the_gazetteer_are_known() -> None:
    text = "Matane et Trois-Rivières appuient le CISSS du Bas-Saint-Laurent, la Sûreté du Québec et Rimouski."
    found = ("CISSS du Bas-Saint-Laurent", "Sûreté du Québec", "Trois-Rivières", "Rimouski")
    assert gazetteer_names(text) == found
    assert gazetteer_names("La prairie est verte. Racine du mal.") == ()


def test_a_missed_term_is_hidden_and_put_in() -> None:
    sentence = Sentence("Réduction des méfaits : voir a@b.example.", "fr", "en")
    first = prepare(sentence, "kept")
    assert finish(first, "Less damage: see XQ0Q.").failure == "termbase"
    again = prepare(sentence, "terms")
    assert again.request == "XQ0Q : voir XQ1Q."
    assert finish(again, "XQ0Q: see XQ1Q.").text == "Harm reduction: see a@b.example."


def test_a_time_at_the_end_does_not_take_the_stop_with_it() -> None:
    attempt = prepare(Sentence("It opens at 2:30 p.m.", "en", "fr"), "kept")
    assert finish(attempt, "Cela ouvre à 2:30 p.m.").text == "Cela ouvre à 14\u00a0h\u00a030."
