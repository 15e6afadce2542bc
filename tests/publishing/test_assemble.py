from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passerelle.publishing.assemble import apply_fillings
from passerelle.publishing.coverage import coverage
from passerelle.translation.memory import source_hash
from schemas.base import LANGUAGES, LanguageMap
from schemas.paths import language_maps
from schemas.records import Award, Initiative, TextStatus
from schemas.texts import text_digest
from schemas.working import Filling
from tests.publishing.factories import filling, initiative, news

NAME = "L’atelier des marées n° 1"


def one(record: Initiative, *fillings: Filling, machine_texts: bool = True) -> Initiative:
    (done,) = apply_fillings([record], fillings, machine_texts=machine_texts)
    return done


def test_a_fitting_translation_fills_its_gap_and_says_where_it_comes_from() -> None:
    done = one(
        initiative(),
        filling("ini-00000001", "name.en", "The tide workshop", NAME, engine="argos fr→en 1.9"),
        filling("ini-00000001", "benefits.0.text.en", "A place of one's own.", "Un lieu à soi."),
    )
    assert done.name == LanguageMap(fr=NAME, en="The tide workshop")
    assert done.benefits[0].text.en == "A place of one's own."
    assert done.text_status["name.en"].engine == "argos fr→en 1.9"


def test_a_text_of_a_page_is_never_replaced() -> None:
    offered = filling("ini-00000001", "summary.en", "Something else", "À Rimouski, 1 soirs par semaine.")
    done = one(initiative(), offered)
    assert done.summary == initiative().summary
    assert "summary.en" not in done.text_status


def test_a_text_of_a_curator_is_never_replaced_and_keeps_its_status() -> None:
    human = TextStatus(origin="human", reviewed=True)
    record = initiative(name=LanguageMap(fr=NAME, en="Tides"), text_status={"name.en": human})
    done = one(record, filling(record.id, "name.en", "The tide workshop", NAME))
    assert (done.name.en, done.text_status["name.en"]) == ("Tides", human)


def test_a_translation_of_an_older_text_leaves_a_stale_gap() -> None:
    done = one(initiative(), filling("ini-00000001", "name.en", "The workshop", "L’atelier"))
    assert done.name.en is None
    assert (done.text_status["name.en"].origin, done.text_status["name.en"].reason) == ("pending", "stale")


def test_a_change_of_quotes_or_spaces_does_not_make_a_translation_stale() -> None:
    done = one(initiative(), filling("ini-00000001", "name.en", "The tide workshop", NAME.replace("’", "'") + " "))
    assert done.name.en == "The tide workshop"


@given(st.text() | st.sampled_from([NAME, "« Oui »\u202f! dit-elle", "l'an  deux‑mille\n\nfin", "e\u0301te\u0301"]))
def test_translation_and_publishing_know_a_text_by_the_same_digest(text: str) -> None:
    assert source_hash(text) == text_digest(text)


def test_a_translation_that_failed_a_check_never_comes_out() -> None:
    failed = filling("ini-00000001", "name.en", "salad salad salad", NAME, origin="pending", reason="repetition")
    done = one(initiative(), failed)
    assert done.name.en is None
    assert done.text_status["name.en"].reason == "repetition"


def test_a_text_that_does_not_say_what_it_was_made_from_is_not_trusted() -> None:
    done = one(initiative(), filling("ini-00000001", "name.en", "The workshop", NAME, source_hash=None))
    assert done.name.en is None


def test_of_two_translations_the_one_closest_to_a_person_is_taken() -> None:
    machine = filling("ini-00000001", "name.en", "A machine's", NAME)
    memory = filling("ini-00000001", "name.en", "A person's", NAME, origin="memory")
    for offers in ((machine, memory), (memory, machine)):
        assert one(initiative(), *offers).name.en == "A person's"


def test_a_status_that_leads_to_no_text_is_dropped() -> None:
    lost = {"impacts.7.en": TextStatus(origin="human"), "name.fr": TextStatus(origin="pending", reason="no-engine")}
    assert not {"impacts.7.en", "name.fr"} & set(one(initiative(text_status=lost)).text_status)


def test_without_machine_texts_every_gap_says_so_and_human_translations_stay() -> None:
    done = one(
        initiative(),
        filling("ini-00000001", "name.en", "A person's", NAME, origin="memory"),
        filling("ini-00000001", "benefits.0.text.en", "A place.", "Un lieu à soi."),
        filling("ini-00000001", "impacts.0.fr", None, "Forty young people met.", origin="pending", reason="no-engine"),
        machine_texts=False,
    )
    assert done.name.en == "A person's"
    assert done.benefits[0].text.en is None
    reasons = {path: status.reason for path, status in done.text_status.items() if status.origin == "pending"}
    assert reasons == dict.fromkeys(("benefits.0.text.en", "impacts.0.fr"), "machine-text-left-out")


def test_coverage_counts_every_text_once() -> None:
    done = apply_fillings(
        [initiative()],
        [
            filling("ini-00000001", "name.en", "The tide workshop", NAME),
            filling("ini-00000001", "benefits.0.text.en", "A place.", "Un lieu à soi.", origin="memory"),
        ],
    )
    counted = {language: one.model_dump(exclude_defaults=True) for language, one in coverage(done).items()}
    assert counted == {
        "fr": {"source": 3, "pending": 1},
        "en": {"source": 2, "machine": 1, "memory": 1},
    }


TEXTS = st.sampled_from([None, "", "  ", "Une soirée.", "An evening."])
MAPS = st.builds(LanguageMap, fr=TEXTS, en=TEXTS)
STATUSES = st.builds(TextStatus, origin=st.sampled_from(["source", "human", "memory", "machine", "pending"]))
PATHS = st.sampled_from([f"{path}.{side}" for path in ("name", "impacts.0", "conclusion") for side in LANGUAGES])
FILLINGS = st.builds(
    filling,
    st.just("ini-00000001"),
    PATHS,
    TEXTS,
    st.sampled_from(["Une soirée.", "An evening.", "Old words."]),
    st.sampled_from(["machine", "memory", "pending"]),
)


@given(
    name=MAPS,
    impacts=st.lists(MAPS, max_size=2).map(tuple),
    conclusion=st.none() | MAPS,
    known=st.dictionaries(PATHS, STATUSES),
    fillings=st.lists(FILLINGS, max_size=6),
    machine_texts=st.booleans(),
)
def test_each_language_has_a_text_or_a_pending_status_and_never_both(
    *,
    name: LanguageMap,
    impacts: tuple[LanguageMap, ...],
    conclusion: LanguageMap | None,
    known: dict[str, TextStatus],
    fillings: list[Filling],
    machine_texts: bool,
) -> None:
    record = initiative(name=name, impacts=impacts, conclusion=conclusion, text_status=known)
    done = one(record, *fillings, machine_texts=machine_texts)
    given_texts = dict(language_maps(record))
    for path, texts in language_maps(done):
        for language in LANGUAGES:
            status = done.text_status.get(f"{path}.{language}")
            pending = status is not None and status.origin == "pending"
            text = texts.get(language)
            assert bool(text and text.strip()) != pending
            before = given_texts[path].get(language)
            assert text == before or not (before and before.strip())
    assert Initiative.model_validate_json(done.model_dump_json()) == done
    assert one(record, *reversed(fillings), machine_texts=machine_texts) == done


def test_the_prize_in_a_news_item_is_filled_or_marked_pending_and_its_title_is_left_alone() -> None:
    prize = Award(name=LanguageMap(fr="Prix de la relève"), awarded_by=None, year=2024)
    item = news(awards=(prize,))
    (waits,) = apply_fillings([item], [])
    assert (waits.title, waits.text) == (item.title, item.text)
    assert {path: status.reason for path, status in waits.text_status.items()} == {"awards.0.name.en": "not-translated"}
    offer = filling(item.id, "awards.0.name.en", "Next generation award", "Prix de la relève")
    (done,) = apply_fillings([item], [offer])
    assert done.awards[0].name == LanguageMap(fr="Prix de la relève", en="Next generation award")
    assert done.text_status["awards.0.name.en"].origin == "machine"
