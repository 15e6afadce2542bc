from __future__ import annotations

from threading import Thread

import pytest

from extractors.fingerprint import fingerprint
from extractors.recognizers.terms import hits_in
from passerelle.review.deciding import Act, undo
from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.vocabulary.deciding import (
    define,
    edit_of,
    proposals,
    propose,
    refresh_edition,
    term_now,
    version_of,
)
from passerelle.store.editions import load_edition
from passerelle.translation.termbase import key_of, load_terms, own_terms
from passerelle.translation.terminology import uses
from schemas.base import LanguageMap
from schemas.decision import Decision
from schemas.document import Block
from schemas.edition import Edition, Synonyms, TermEdit, edition, trying
from schemas.vocabulary import own_vocabulary, vocabulary
from tests.review.service.test_deciding import do
from tests.review.service.world import World

THEMES, CODE = "vocabulary/themes", "runaway"
SEAMS = TermEdit(add=Synonyms(fr=("couture nocturne",)))
SEAMS_JSON = SEAMS.model_dump(mode="json")
WOMBAT = {"fr": {"preferred": "marsupial fouisseur"}, "en": {"preferred": "wombat"}}


def themes_in(text: str) -> set[str]:
    return {hit.code for hit in hits_in(Block(kind="paragraph", text=text), ("fr",), "themes")}


def test_words_added_and_removed_hold_while_the_edition_does() -> None:
    plain = fingerprint(None)
    fewer = TermEdit(remove=Synonyms(fr=("fugueur",)), label=LanguageMap(fr="Départ", en="Leaving"))
    with trying(Edition({"themes": {CODE: SEAMS}})):
        assert themes_in("Un soir de coutures nocturnes.") == {CODE}
        assert fingerprint(None) != plain, "pages must be read again"
    with trying(Edition({"themes": {CODE: fewer}})):
        term = term_now("themes", CODE)
        assert (term.label.fr, "fugueur" in term.synonyms.fr) == ("Départ", False)
        assert set(own_vocabulary("themes").codes) == set(vocabulary("themes").codes)
    assert themes_in("Un soir de coutures nocturnes.") == set()
    assert fingerprint(None) == plain


def test_what_is_tried_in_one_thread_is_not_seen_in_another() -> None:
    seen = []
    with trying(Edition({"themes": {CODE: SEAMS}})):
        thread = Thread(target=lambda: seen.append(themes_in("couture nocturne")))
        thread.start()
        thread.join()
    assert seen == [set()]


def test_a_change_of_the_termbase_does_not_have_pages_read_again() -> None:
    plain = fingerprint(None)
    with trying(Edition(termbase={"marsupial fouisseur|noun": WOMBAT})):
        assert key_of(load_terms()[-1]) == "marsupial fouisseur|noun"
        assert [use.text for use in uses("Un marsupial fouisseur dort.", "fr")] == ["marsupial fouisseur"]
        assert fingerprint(None) == plain
    first = key_of(own_terms()[0])
    with trying(Edition(termbase={first: None})):
        assert first not in map(key_of, load_terms())
    assert load_terms() == own_terms()


def test_decisions_that_are_no_changes_of_words_make_no_edition() -> None:
    told = Decision.model_validate(
        {"id": "1", "at": "2026-01-01T00:00:00Z", "by": "a", "action": "propose", "record": THEMES, "path": CODE}
    )
    assert Edition.of([told]).digest == ""


def test_a_change_is_a_decision_that_holds_at_once_and_can_be_undone(world: World) -> None:
    with world.store.session() as session:
        (made,) = define(session, THEMES, CODE, SEAMS_JSON, by="ana", help=world.help, expected="", reason="vu")
    assert (made.action, made.by, made.reason, made.before) == ("define", "ana", "vu", None)
    assert themes_in("couture nocturne") == {CODE}
    world.match()
    with world.store.session() as session:
        assert version_of(session, THEMES, CODE) == made.id
        assert load_edition(session).words == {"themes": {CODE: SEAMS}}
    with world.store.session() as session:
        undo(session, made.id, by="ana", help=world.help)
    with world.store.session() as session:
        refresh_edition(session)
    assert edition().digest == ""


def test_a_word_that_somebody_else_changed_meanwhile_is_a_conflict(world: World) -> None:
    with world.store.session() as session:
        define(session, THEMES, CODE, SEAMS_JSON, by="ana", help=world.help, expected="")
    with pytest.raises(Conflict) as conflict, world.store.session() as session:
        define(session, THEMES, CODE, None, by="bob", help=world.help, expected="")
    assert conflict.value.since[0].by == "ana"
    with world.store.session() as session:
        define(session, THEMES, CODE, None, by="bob", help=world.help, expected=conflict.value.now)
    assert edition().words["themes"][CODE] == TermEdit()


def test_a_proposal_changes_nothing_until_it_is_accepted_and_then_is_open_no_more(world: World) -> None:
    with world.store.session() as session:
        (told,) = propose(session, THEMES, CODE, SEAMS_JSON, by="bob", help=world.help)
    with world.store.session() as session:
        refresh_edition(session)
        assert [one.id for one in proposals(session, THEMES)] == [told.id]
    assert themes_in("couture nocturne") == set()
    with world.store.session() as session:
        define(session, THEMES, CODE, told.value, by="ana", help=world.help, accepts=told.id)
    with world.store.session() as session:
        assert proposals(session) == ()
    assert themes_in("couture nocturne") == {CODE}


@pytest.mark.parametrize(
    ("record", "path"), [("vocabulary/nope", CODE), (THEMES, "nope"), ("termbase", ""), ("ini-00000000", CODE)]
)
def test_what_is_no_word_of_ours_is_refused(world: World, record: str, path: str) -> None:
    with pytest.raises(InvalidAct) as refused, world.store.session() as session:
        define(session, record, path, SEAMS_JSON, by="ana", help=world.help)
    assert refused.value.key == "no-term"


@pytest.mark.parametrize(
    ("words", "key"), [(("…",), "bad-word"), (("x" * 121,), "bad-word"), (("itinérance",), "word-taken")]
)
def test_a_word_that_means_nothing_or_another_term_is_refused(words: tuple[str, ...], key: str) -> None:
    own = term_now("themes", CODE)
    with pytest.raises(InvalidAct) as refused:
        edit_of("themes", CODE, own.label, Synonyms(fr=words))
    assert refused.value.key == key
    assert edit_of("themes", CODE, own.label, own.synonyms) is None


def test_the_effect_names_the_records_that_would_gain_or_lose_a_term(world: World) -> None:
    own = term_now("themes", "poverty")
    edit = edit_of("themes", "poverty", own.label, Synonyms(fr=(*own.synonyms.fr, "filles"), en=own.synonyms.en))
    assert edit
    with world.store.session() as session:
        effect = world.help.vocabulary_effect(session, "themes", "poverty", edit)
        nothing = world.help.vocabulary_effect(session, "themes", "poverty", TermEdit())
    assert [(one.name, one.path) for one in effect.gained] == [("Projet Cousu Main", "description.fr")]
    assert "30 filles" in effect.gained[0].words
    assert (effect.carrying, effect.lost, nothing.gained) == (1, (), ())
    assert edition().digest == "", "nothing was saved"


def test_the_effect_counts_what_pages_say_under_the_words_of_a_curator(world: World) -> None:
    record, edit = world.id("Projet Cousu"), TermEdit(add=Synonyms(fr=("filles",)))

    def gained() -> list[str]:
        with world.store.session() as session:
            return [one.record for one in world.help.vocabulary_effect(session, "themes", "poverty", edit).gained]

    do(world, Act("edit", record, "description.fr", "Pour trente jeunes."))
    assert gained() == [record], "the page is read anew, not what the curator wrote"
    do(world, Act("edit", record, "themes", ["runaway", "homelessness"]))
    assert gained() == [], "what a curator set stays"


def test_the_effect_of_an_entry_names_the_translations_that_would_fail_or_pass_again(world: World) -> None:
    from tests.review.exchange.test_importing import machine_text

    record = machine_text(world)  # « Projet Cousu Main », in English "Sewn By Hand Project"
    world.match()
    key, entry = world.help.entry_of({"fr": {"preferred": "cousu main"}, "en": {"preferred": "hand-stitched"}})
    with world.store.session() as session:
        effect = world.help.entry_effect(session, key, dict(entry))
    assert (effect.used, [(one.record, one.path) for one in effect.worse]) == (1, [(record, "name.en")])
    with world.store.session() as session:
        define(session, "termbase", key, dict(entry), by="ana", help=world.help)
    with world.store.session() as session:
        better = world.help.entry_effect(session, key, None).better
    assert [one.record for one in better] == [record]
    assert key in world.help.entries()


@pytest.mark.parametrize(
    "typed",
    [
        {"fr": {"preferred": "x"}, "en": {"preferred": "wombat"}},
        {"fr": {"preferred": "fouisseur", "avoid": ["Fouisseur"]}, "en": {"preferred": "wombat"}},
        {"fr": {"preferred": "fouisseur"}, "en": {"preferred": "wombat", "feminine": "wombatte"}},
    ],
)
def test_an_entry_that_says_nothing_or_contradicts_itself_is_refused(world: World, typed: dict[str, object]) -> None:
    with pytest.raises(InvalidAct) as refused:
        world.help.entry_of(typed)  # type: ignore[arg-type]
    assert refused.value.key == ("entry-short" if typed["fr"] == {"preferred": "x"} else "bad-entry")
