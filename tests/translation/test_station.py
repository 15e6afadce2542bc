from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translation.align import harvest
from passerelle.translation.argos import ArgosEngine
from passerelle.translation.checks import LEAST_CONFIDENCE
from passerelle.translation.engines import NoEngine
from passerelle.translation.errors import EngineError
from passerelle.translation.memory import Memory, source_hash
from passerelle.translation.protect import Placeholder
from passerelle.translation.rounds import KEPT_LABEL
from passerelle.translation.station import translate
from passerelle.translation.structure import take_apart
from schemas import records
from schemas.base import LanguageMap
from schemas.records import Initiative
from schemas.working import MemoryEntry
from tests.translation.conftest import WHEN, ScriptedEngine

Make = Callable[..., Initiative]
SUMMARY = "Le service est gratuit et ouvert à tous."
ENGLISH = "The service is free and open to everyone."


def test_gaps_are_filled_by_the_engine_and_labelled(record: Make, packages: Path) -> None:
    ours = record(
        summary=SUMMARY, impacts=(LanguageMap(en="youth in every neighbourhood"), LanguageMap(fr="Un", en="One"))
    )
    fillings, entries, issues = translate([ours], Memory(), ArgosEngine(packages))
    found = {filling.path: (filling.text, filling.status.origin, filling.status.engine) for filling in fillings}
    assert found == {
        "summary.en": (ENGLISH, "machine", "argos fr→en 0.1"),
        "impacts.0.fr": ("jeunes dans chaque quartier", "machine", "argos en→fr 0.1"),
    }
    assert fillings[0].status.source_language == "fr"
    assert fillings[0].status.source_hash == source_hash(SUMMARY)
    assert {entry.origin for entry in entries} == {"machine"}
    assert issues == ()


def test_a_second_run_asks_nothing_and_says_the_same(record: Make) -> None:
    ours = record(summary="Bonjour les jeunes.", description="- Un lieu sûr\n- Répété")
    engine = ScriptedEngine(lambda text: "Again again again again." if "Répété" in text else text.upper()[::-1])
    first, entries, issues = translate([ours], Memory(), engine)
    assert engine.asked
    engine.asked.clear()
    again, new, same_issues = translate([ours], Memory(entries), engine)
    assert (again, new, same_issues, engine.asked) == (first, (), issues, [])


def test_a_new_version_of_the_engine_is_asked_anew(record: Make) -> None:
    ours = record(summary="Bonjour.")
    _, entries, _ = translate([ours], Memory(), ScriptedEngine(lambda _: "Hello."))
    newer = ScriptedEngine(lambda _: "Hi there.", version="2")
    ((filling,), _, _) = translate([ours], Memory(entries), newer)
    assert (filling.text, filling.status.engine) == ("Hi there.", "scripted fr→en 2")


def test_a_persons_translation_comes_before_the_engine(record: Make) -> None:
    known = record(1, summary=LanguageMap(fr="Un lieu sûr.", en="A safe place."))
    ours = record(2, conclusion="Un lieu sûr.", description="Un lieu sûr.\n\n- Un lieu sûr.\n")
    engine = ScriptedEngine(str.upper)
    fillings, _, _ = translate([ours], Memory(harvest([known])), engine)
    assert [(filling.text, filling.status.origin) for filling in fillings] == [
        ("A safe place.\n\n- A safe place.\n", "memory"),
        ("A safe place.", "memory"),
    ]
    assert engine.asked == []


def test_one_line_tells_how_to_install_an_engine(record: Make) -> None:
    records = [record(number, summary=SUMMARY, conclusion=LanguageMap(en="The end.")) for number in range(1, 20)]
    fillings, entries, (issue,) = translate(records, Memory(), NoEngine())
    assert {(f.text, f.status.origin, f.status.reason) for f in fillings} == {(None, "pending", "no-engine")}
    assert (issue.severity, issue.code) == ("info", "no-engine")
    assert "38 texts" in issue.message
    assert "`passerelle models install fr-en`" in issue.message
    assert entries == ()


def test_a_refused_text_stays_pending_with_the_checks_name(record: Make) -> None:
    ours = record(summary="Le projet aide 40 jeunes. Un lieu sûr.")
    ((filling,), _, (issue,)) = translate([ours], Memory(), ScriptedEngine(lambda text: text.replace("4", "1")[::-1]))
    assert (filling.text, filling.status.origin, filling.status.reason) == (None, "pending", "numbers-changed")
    assert (issue.code, issue.record, issue.detail) == ("translation-refused", ours.id, "numbers-changed")
    assert "sentence 1 of summary.en" in issue.message
    assert "la phrase 1 de summary.en" in (issue.message_fr or "")
    assert "jeunes" not in issue.message + (issue.message_fr or "")  # issues are published


def test_a_refused_sentence_is_tried_once_another_way(record: Make) -> None:
    ours = record(summary="La Maison des jeunes L’Éclaircie ouvre.")
    engine = ScriptedEngine(lambda text: "XQ0Q opens" if "XQ0Q" in text else "The Bright Spell Youth Centre opens.")
    ((filling,), _, _) = translate([ours], Memory(), engine)
    assert filling.text == "Maison des jeunes L’Éclaircie opens."
    assert len(engine.asked) == 2


def test_a_missed_term_is_asked_for_again_with_the_term_hidden(record: Make) -> None:
    ours = record(summary="L’équipe fait de la réduction des méfaits.")
    engine = ScriptedEngine(lambda text: "The team does ⟦0⟧." if "⟦0⟧" in text else "The team does less damage.")
    engine.copies = Placeholder("⟦{}⟧", 32)
    ((filling,), _, _) = translate([ours], Memory(), engine)
    assert filling.text == "The team does harm reduction."
    assert engine.asked[1] == "L'équipe fait de la ⟦0⟧."


def test_where_a_term_and_a_number_are_lost_both_are_hidden(record: Make) -> None:
    ours = record(summary="L’équipe de 12 fait de la réduction des méfaits.")
    engine = ScriptedEngine(lambda text: "The team of ⟦0⟧ does ⟦1⟧." if "⟦1⟧" in text else "The team does less.")
    engine.copies = Placeholder("⟦{}⟧", 32)
    ((filling,), _, _) = translate([ours], Memory(), engine)
    assert filling.text == "The team of 12 does harm reduction."


def test_the_article_before_a_term_that_is_put_in_agrees_with_it(record: Make) -> None:
    engine = ScriptedEngine(lambda text: "The team has a ⟦0⟧ here." if "⟦0⟧" in text else "The team has a painter.")
    engine.copies = Placeholder("⟦{}⟧", 32)
    ((filling,), _, _) = translate([record(summary="L’équipe compte une intervenante ici.")], Memory(), engine)
    assert filling.text == "The team has an intervention worker here."


def test_what_the_engine_itself_doubts_stays_pending_now_and_at_the_next_run(record: Make) -> None:
    engine = ScriptedEngine(lambda _: "The hold of light is to their end.")
    engine.confidence = LEAST_CONFIDENCE - 0.1
    ours = record(summary="La lumière du quartier est douce le soir.")
    ((filling,), entries, _) = translate([ours], Memory(), engine)
    assert (filling.text, filling.status.reason, filling.status.checks) == (
        None,
        "low-confidence",
        ("low-confidence",),
    )
    ((again,), _, _) = translate([ours], Memory(entries), engine)
    assert again == filling
    engine.confidence = LEAST_CONFIDENCE + 0.1
    ((sure,), _, _) = translate([ours], Memory(), engine)
    assert (sure.text, sure.status.checks) == ("The hold of light is to their end.", ())


def test_a_text_kept_back_tells_all_its_checks_of_the_try_that_failed_fewest(record: Make) -> None:
    bad = "Again again again again 14."
    engine = ScriptedEngine(lambda text: "Nobody is 14 here." if "40" in text else bad)
    engine.retry = ScriptedEngine(lambda _: bad, version="1 (no beam)")
    ours = record(summary="Le projet aide 40 jeunes ici. Un lieu sûr.")
    ((filling,), _, (issue,)) = translate([ours], Memory(), engine)
    assert filling.status.checks == ("numbers-changed", "negation-added", "repetition")
    assert (filling.status.reason, filling.status.engine) == ("numbers-changed", "scripted fr→en 1")
    assert issue.detail == "numbers-changed"


def test_a_name_that_comes_back_as_another_stays_pending(record: Make) -> None:
    engine = ScriptedEngine(lambda _: "Grow")
    ((filling,), _, _) = translate([record(name=LanguageMap(fr="Réseau Tisserand"))], Memory(), engine)
    assert (filling.text, filling.status.reason) == (None, "name-unlike")
    assert len(engine.asked) == 1, "no second try finds a word in common by chance"


def test_a_sentence_refused_twice_is_tried_without_a_beam_and_says_so(record: Make) -> None:
    engine = ScriptedEngine(lambda _: "The youth youth youth youth.")
    engine.retry = ScriptedEngine(lambda _: "The youth come here.", version="1 (no beam)")
    memory = Memory()
    ((filling,), entries, issues) = translate([record(summary="Les jeunes viennent ici.")], memory, engine)
    assert (filling.text, filling.status.engine, issues) == ("The youth come here.", "scripted fr→en 1 (no beam)", ())
    assert engine.retry.asked == [engine.asked[1]]
    assert len(entries) == 3
    ((again,), _, _) = translate([record(summary="Les jeunes viennent ici.")], Memory(entries), engine)
    assert (again.text, again.status.engine) == (filling.text, filling.status.engine)


def test_a_sentence_refused_twice_is_translated_clause_by_clause(record: Make) -> None:
    whole = {
        "Le groupe se réunit le soir,": "The group meets in the evening,",
        "mais personne n'est refusé.": "But nobody is turned away.",
    }
    engine = ScriptedEngine(lambda text: whole.get(text, "The group meets meets meets meets."))
    ours = record(summary="Le groupe se réunit le soir, mais personne n’est refusé.")
    ((filling,), _, issues) = translate([ours], Memory(), engine)
    assert (filling.text, issues) == ("The group meets in the evening, but nobody is turned away.", ())
    assert len(engine.asked) == 4


def test_clauses_that_do_not_make_a_good_whole_stay_pending(record: Make) -> None:
    engine = ScriptedEngine(
        lambda text: "The group meets in the evening." if text.endswith(",") else "It is open to one and all."
    )
    ours = record(summary="Le groupe se réunit le soir, mais personne n’est refusé.")
    ((filling,), _, _) = translate([ours], Memory(), engine)
    assert (filling.text, filling.status.reason) == (None, "negation-lost")


def test_a_failing_engine_is_one_issue_and_the_run_goes_on(record: Make) -> None:
    class Failing(ScriptedEngine):
        def translate(self, texts: object, source: object, target: object) -> list[str]:
            del texts, source, target
            msg = "the package is broken; run `passerelle models verify`"
            raise EngineError(msg, msg)

    ours = record(summary=SUMMARY, description="Un lieu.\n\nUn autre lieu.")
    fillings, entries, (issue,) = translate([ours], Memory(), Failing(str))
    assert {(filling.status.origin, filling.status.reason) for filling in fillings} == {("pending", "engine-failed")}
    assert (issue.severity, issue.code, entries) == ("error", "engine-failed", ())


def test_a_broken_package_is_one_issue_and_the_run_goes_on(record: Make, tmp_path: Path, packages: Path) -> None:
    (tmp_path / "broken").mkdir()
    metadata = (packages / "translate-fr_en-0_1" / "metadata.json").read_bytes()
    (tmp_path / "broken" / "metadata.json").write_bytes(metadata)
    ours = record(summary=SUMMARY, conclusion="Un lieu sûr.")
    fillings, _, (issue,) = translate([ours], Memory(), ArgosEngine(tmp_path))
    assert {filling.status.reason for filling in fillings} == {"engine-failed"}
    assert (issue.code, "does not load" in issue.message) == ("engine-failed", True)


def test_names_may_stay_and_texts_of_names_alone_need_no_engine(record: Make) -> None:
    quoted = records.Testimonial(quote=LanguageMap(fr="CISSS"), author="Zoé Bélanger")
    ours = record(name="Ateliers de la Lune", summary="Maison des jeunes L’Éclaircie", testimonials=(quoted,))
    fillings, _, _ = translate([ours], Memory(), ScriptedEngine(str))
    found = {filling.path: (filling.text, filling.status.engine) for filling in fillings}
    assert found == {
        "name.en": ("Ateliers de la Lune", "scripted fr→en 1"),
        "summary.en": ("Maison des jeunes L’Éclaircie", KEPT_LABEL),
        "testimonials.0.quote.en": ("CISSS", KEPT_LABEL),
    }


def test_a_sentence_that_many_records_share_is_asked_once(record: Make) -> None:
    engine = ScriptedEngine(lambda _: "A safe place.")
    told: list[tuple[int, int]] = []
    records = [record(number, summary="Un lieu sûr.") for number in range(1, 9)]
    fillings, entries, _ = translate(records, Memory(), engine, progress=lambda done, total: told.append((done, total)))
    assert (len(fillings), len(entries), engine.asked, told) == (8, 1, ["Un lieu sûr."], [(1, 1)])


def test_markdown_keeps_its_shape(record: Make) -> None:
    text = "## Les buts\n\n1. Un lieu sûr;\n2. Une écoute.\n\n> Merci\n"
    said = {"Les buts": "The goals", "Un lieu sûr;": "A safe place;", "Une écoute.": "Listening.", "Merci": "Thank you"}
    ((filling,), _, _) = translate([record(description=text)], Memory(), ScriptedEngine(said.__getitem__))
    assert filling.text is not None
    assert [piece.lead for piece in take_apart(filling.text)] == [piece.lead for piece in take_apart(text)]


def test_a_quotation_is_translated_sentence_by_sentence_within_its_marks(record: Make) -> None:
    engine = ScriptedEngine({"Ici, on parle.": "Here, we talk.", "Tout va mieux!": "All is better!"}.__getitem__)
    ((filling,), _, _) = translate([record(conclusion="> « Ici, on parle. Tout va mieux! »")], Memory(), engine)
    assert filling.text == "> “Here, we talk. All is better!”"


blocks = st.lists(st.text(alphabet=st.sampled_from("abé XQ0.;,«»’*_#-1\n[]()@"), max_size=30), max_size=5)


@settings(deadline=None)
@given(blocks)
def test_no_block_is_lost_and_runs_repeat_nothing_whatever_the_text(texts: list[str]) -> None:
    text = "\n\n".join(texts)
    ours = make_record(text)
    fillings, entries, _ = translate([ours], Memory(), ScriptedEngine(str))
    assert len(fillings) == bool(text.strip())
    for filling in fillings:
        assert (filling.text is None) == (filling.status.origin == "pending")
        if filling.text is not None:
            before, after = take_apart(text), take_apart(filling.text)
            assert [bool(piece.words) for piece in before] == [bool(piece.words) for piece in after]
    again, new, _ = translate([ours], Memory(entries), ScriptedEngine(str))
    assert (again, new) == (fillings, ())


def make_record(description: str) -> Initiative:
    when = "2026-03-01T12:00:00Z"
    times = dict.fromkeys(("first_seen", "last_seen", "last_changed"), when)
    name = LanguageMap(fr="Projet Aurore", en="Projet Aurore")
    fields = {"id": "ini-00000001", "slug": "aurore", "kind": "project", "name": name, "sources": ()}
    return Initiative.model_validate({**fields, **times, "description": LanguageMap(fr=description)})


def test_memory_entries_survive_storage(record: Make) -> None:
    _, entries, _ = translate([record(summary=SUMMARY)], Memory(), ScriptedEngine(lambda _: ENGLISH))
    restored = [MemoryEntry.model_validate_json(entry.model_dump_json()) for entry in entries]
    ((filling,), new, _) = translate(
        [record(summary=SUMMARY)], Memory(restored), ScriptedEngine(lambda _: "Asked again.")
    )
    assert (filling.text, new) == (ENGLISH, ())


def test_half_a_character_in_an_answer_costs_that_text_alone(record: Make) -> None:
    engine = ScriptedEngine(lambda text: "\ud800 place" if "calme" in text else "A safe place.")
    ours = record(summary="Un lieu sûr.", conclusion="Un lieu calme.")
    fillings, learnt, (issue,) = translate([ours], Memory(), engine)
    assert {one.path: one.status.reason for one in fillings} == {"summary.en": None, "conclusion.en": "engine-failed"}
    assert [entry.target for entry in learnt] == ["A safe place."]
    assert (issue.code, "characters that do not exist" in issue.message) == ("engine-failed", True)
    assert issue.message_fr is not None


def test_a_refused_text_names_the_engine_that_tried_and_the_check_in_both_languages(record: Make) -> None:
    engine = ScriptedEngine(lambda _: "5 families come to us.")
    fillings, _, (issue,) = translate([record(summary="12 familles viennent.")], Memory(), engine)
    (status,) = {filling.status.engine for filling in fillings}
    assert status == "scripted fr→en 1"
    assert issue.detail == "numbers-changed"
    assert "the check “numbers changed”" in issue.message
    assert "nombres changés" in (issue.message_fr or "")


def test_answers_are_kept_batch_by_batch(record: Make) -> None:
    def answer(text: str) -> str:
        if text.startswith("Un lieu calme"):
            raise KeyboardInterrupt
        return "A place for young people of the neighbourhood."

    kept: list[str] = []
    ours = record(
        summary="Un lieu chaleureux pour les jeunes du quartier.",
        description="Un lieu tranquille pour les jeunes du quartier.",
        conclusion="Un lieu calme.",
    )
    engine = ScriptedEngine(answer)  # asked for two texts at once, the longest first
    with pytest.raises(KeyboardInterrupt):
        translate([ours], Memory(), engine, keep=lambda entries: kept.extend(entry.source for entry in entries))
    assert sorted(kept) == sorted(text for text in engine.asked if "calme" not in text)
    assert len(kept) == 2


def test_the_names_of_prizes_in_news_are_gaps_too() -> None:
    item = records.NewsItem(
        id="news-00000001", title="Un prix", text="Texte.", language="fr", sources=(),
        awards=(records.Award(name=LanguageMap(fr="Prix de la relève en milieu scolaire")),),
        first_seen=WHEN, last_seen=WHEN, last_changed=WHEN,
    )  # fmt: skip
    engine = ScriptedEngine(lambda _: "Award for the next generation in schools")
    (filling,), _, _ = translate([item], Memory(), engine)
    assert (filling.record, filling.path) == ("news-00000001", "awards.0.name.en")
    assert filling.text == "Award for the next generation in schools"
    (waits,), _, _ = translate([item], Memory(), NoEngine())
    assert (waits.status.origin, waits.status.reason) == ("pending", "no-engine")


def test_without_an_engine_no_answer_of_before_fills_a_gap(record: Callable[..., Initiative]) -> None:
    ours = record(summary="Les jeunes aident.")
    (before,), answered, _ = translate([ours], Memory(), ScriptedEngine(lambda _: "The youth help."))
    assert before.status.origin == "machine"
    (after,), _, _ = translate([ours], Memory(answered), NoEngine())
    assert (after.text, after.status.reason) == (None, "no-engine")
