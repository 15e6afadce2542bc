from collections.abc import Callable

from passerelle.translation.align import harvest
from passerelle.translation.gaps import find_gaps
from passerelle.translation.memory import Memory, source_hash
from passerelle.translation.station import translate
from schemas.base import LanguageMap
from schemas.records import Award, Benefit, Initiative, TextStatus
from schemas.working import MemoryEntry
from tests.translation.conftest import ScriptedEngine

Make = Callable[..., Initiative]


def entry(source: str, target: str, **fields: object) -> MemoryEntry:
    base: dict[str, object] = {
        "source_language": "fr",
        "target_language": "en",
        "source_hash": source_hash(source),
        "source": source,
        "target": target,
        "origin": "human",
    }
    return MemoryEntry.model_validate(base | fields)


def test_a_gap_is_a_text_that_exactly_one_side_has(record: Make) -> None:
    ours = record(
        summary="Un résumé.",
        conclusion=LanguageMap(en="The end."),
        description=LanguageMap(fr="Les deux.", en="Both."),
        impacts=(LanguageMap(), LanguageMap(fr="Un effet.", en="  ")),
        benefits=(Benefit(text=LanguageMap(fr="Un gain.")),),
        awards=(Award(name=LanguageMap(fr="Prix Boréal")),),
    )
    gaps = {gap.path: (gap.source_language, gap.target_language, gap.text) for gap in find_gaps(ours)}
    assert gaps == {
        "summary": ("fr", "en", "Un résumé."),
        "benefits.0.text": ("fr", "en", "Un gain."),
        "impacts.1": ("fr", "en", "Un effet."),
        "conclusion": ("en", "fr", "The end."),
        "awards.0.name": ("fr", "en", "Prix Boréal"),
    }


def test_typography_does_not_hide_a_known_text() -> None:
    memory = Memory([entry("L’équipe « mobile »", "The “mobile” team")])
    found = memory.human('L\'équipe  "mobile"', "fr", "en")
    assert found is not None
    assert found.target == "The “mobile” team"
    assert memory.human("L'équipe mobile", "fr", "en") is None
    assert memory.human("L’équipe « mobile »", "en", "fr") is None


def test_the_same_field_wins_and_the_order_of_entries_does_not_matter() -> None:
    entries = [
        entry("Accueil", "Home", context="summary"),
        entry("Accueil", "Intake", context="benefits.text"),
        entry("Accueil", "Welcome"),
        entry("Accueil", "Admission"),
    ]
    for memory in (Memory(entries), Memory(reversed(entries))):
        found = [memory.human("Accueil", "fr", "en", context) for context in ("benefits.text", "impacts", None)]
        assert [one.target for one in found if one] == ["Intake", "Admission", "Admission"]


def test_a_machine_answer_counts_for_its_own_engine_and_for_those_without_one() -> None:
    memory = Memory([entry("Bonjour", "Hello", origin="machine", engine="argos fr→en 1.8")])
    assert memory.machine("Bonjour", "fr", "en", "argos fr→en 1.9") is None
    found = memory.machine("Bonjour", "fr", "en", None)
    assert found is not None
    assert found.engine == "argos fr→en 1.8"
    assert memory.human("Bonjour", "fr", "en") is None


def test_only_entries_made_during_a_run_are_given_to_be_saved() -> None:
    memory = Memory([entry("Bonjour", "Hello")])
    made = entry("Merci", "Thanks", origin="machine", engine="x")
    memory.add(made)
    assert memory.made == (made,)


def test_texts_that_people_wrote_in_both_languages_enter_the_memory_block_by_block(record: Make) -> None:
    ours = record(
        name=LanguageMap(fr="Ateliers Boréals", en="Boreal Workshops"),
        description=LanguageMap(
            fr="## Buts\n\n- Joindre les jeunes\n- Soutenir 12 familles",
            en="## Goals\n\n* Reach young people\n* Support 12 families",
        ),
    )
    memory = Memory(harvest([ours]))
    for source, target in (("Soutenir 12 familles", "Support 12 families"), ("Ateliers Boréals", "Boreal Workshops")):
        there, back = memory.human(source, "fr", "en"), memory.human(target, "en", "fr")
        assert there is not None
        assert back is not None
        assert (there.target, there.origin, back.target) == (target, "human", source)


def test_texts_that_do_not_say_the_same_are_not_paired(record: Make) -> None:
    numbers = record(1, summary=LanguageMap(fr="Il y a 15 places.", en="There are 50 places."))
    lengths = record(2, summary=LanguageMap(fr="Bref. " * 30, en="In short."))
    blocks = record(3, description=LanguageMap(fr="Un.\n\nDeux.", en="- One.\n\nTwo."))
    texts = {entry.source for entry in harvest([numbers, lengths, blocks])} - {"Projet Aurore"}
    assert texts == {"Un.\n\nDeux.", "- One.\n\nTwo."}


def test_machine_and_stale_texts_never_enter_the_memory(record: Make) -> None:
    both = LanguageMap(fr="Un résumé.", en="A summary.")
    machine = TextStatus(origin="machine", engine="argos fr→en 1.9")
    stale = TextStatus(origin="human", fresh=False)
    human = TextStatus(origin="human")
    sources = [
        {entry.source for entry in harvest([record(summary=both, text_status={"summary.en": status})])}
        for status in (machine, stale, human)
    ]
    assert ["Un résumé." in found for found in sources] == [False, False, True]


def test_a_machine_text_is_redone_when_its_source_changes(record: Make) -> None:
    engine = ScriptedEngine({"Un lieu.": "A place.", "Un autre lieu.": "Another place."}.__getitem__)
    ((first,), learnt, _) = translate([record(summary="Un lieu.")], Memory(), engine)
    ((again,), _, _) = translate([record(summary="Un autre lieu.")], Memory(learnt), engine)
    assert (first.text, again.text) == ("A place.", "Another place.")
    assert first.status.source_hash != again.status.source_hash
