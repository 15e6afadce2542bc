"""What goes out to translators' tools and comes back; another library (translate-toolkit) reads and writes it too.

Organisations here are fictional; places are real places of Québec.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from passerelle.translation.align import both_ways
from passerelle.translation.errors import ExchangeError
from passerelle.translation.exchange import writable
from passerelle.translation.memory import Memory
from passerelle.translation.tmx import read_tmx, write_tmx
from passerelle.translation.xliff import read_xliff, waiting, write_xliff
from schemas.base import LanguageMap
from schemas.records import Initiative, TextStatus
from schemas.texts import normal_form
from tests.translation.test_gaps_and_memory import entry

Make = Callable[..., Initiative]
PENDING = TextStatus(origin="pending", source_language="fr", reason="no-engine")
MACHINE = TextStatus(origin="machine", source_language="fr", engine="argos fr→en 0.1")
DESCRIPTION = "## Buts\n\n- Joindre les jeunes\n- Soutenir 12 familles\n\nL’équipe est là « le soir »."


@pytest.fixture
def ours(record: Make) -> Initiative:
    return record(
        summary=LanguageMap(fr="Un lieu sûr.", en="A sure place."),
        description=DESCRIPTION,
        conclusion=LanguageMap(fr="Fin.", en="The end."),
        text_status={"summary.en": MACHINE, "description.en": PENDING},
    )


def segments(path: Path) -> list[etree._Element]:
    return list(etree.parse(path).getroot().iter("{*}segment"))


def translated(path: Path, targets: list[str], states: list[str]) -> None:
    """Write targets and states into a file, as a translator's tool does."""
    tree = etree.parse(path)
    for segment, target, state in zip(tree.getroot().iter("{*}segment"), targets, states, strict=True):
        for old in segment.findall("{*}target"):
            segment.remove(old)
        segment.set("state", state)
        segment.attrib.pop("subState", None)
        etree.SubElement(segment, segment.tag.replace("segment", "target")).text = target
    tree.write(path, encoding="utf-8", xml_declaration=True)


TARGETS = ["A safe place.", "Goals", "Reach young people", "Support 12 families", "The team is there “in the evening”."]


def test_a_tmx_file_comes_back_as_it_went(tmp_path: Path) -> None:
    pairs = [("Un lieu & un toit <ici>", "A place & a roof <here>", "summary"), ("Bonjour", "Hello", None)]
    entries = [one for pair in pairs for one in both_ways(*pair)]
    path = tmp_path / "memory.tmx"
    assert write_tmx([*entries, entry("x", "y", origin="machine", engine="e")], path) == 2
    read = read_tmx(path, Memory())
    assert {one.model_dump_json() for one in read.entries} == {one.model_dump_json() for one in entries}
    again = read_tmx(path, Memory(entries))
    assert (again.entries, again.known, again.complaints) == ((), 4, ())


def test_another_library_reads_our_tmx_and_we_read_its(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx(both_ways("Travail de rue", "Street outreach"), path)
    theirs = tmxfile.parsestring(path.read_bytes())
    assert [(unit.source, unit.target) for unit in theirs.units] == [("Travail de rue", "Street outreach")]
    made = tmxfile()
    made.addtranslation("Halte-répit", "fr-FR", "Respite drop-in", "en-US")
    made.savefile(str(tmp_path / "theirs.tmx"))
    read = read_tmx(tmp_path / "theirs.tmx", Memory())
    assert [(one.source, one.target, one.origin) for one in read.new] == [
        ("Halte-répit", "Respite drop-in", "human"),
        ("Respite drop-in", "Halte-répit", "human"),
    ]


def test_a_pair_translated_otherwise_and_a_unit_of_one_language_are_told(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx(both_ways("Halte-répit", "Respite"), path)
    text = path.read_text("utf-8").replace("</body>", '<tu tuid="7"><tuv xml:lang="fr"><seg>x</seg></tuv></tu></body>')
    path.write_text(text.replace("Respite", "<bpt i='1'>[b]</bpt>Respite <hi>care</hi><ept i='1'>[/b]</ept>"), "utf-8")
    read = read_tmx(path, Memory(both_ways("Halte-répit", "Drop-in")))
    assert [(ours.target, theirs.target) for ours, theirs in read.changed] == [("Drop-in", "Respite care")]
    (complaint,) = read.complaints
    assert complaint.what == "7"
    assert complaint.line > 1
    assert "French and an English" in complaint.text("en")


def test_another_version_for_another_field_and_a_failed_check_are_told(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx([*both_ways("Halte-répit", "Respite"), *both_ways("Pour 12 jeunes", "For 21 youth")], path)
    read = read_tmx(path, Memory([*both_ways("Halte-répit", "Drop-in", "name")]))
    assert [(ours.context, theirs.target) for ours, theirs in read.changed] == [("name", "Respite")]
    assert [(one.target, failures[0]) for one, failures in read.remarks] == [("For 21 youth", "numbers-changed")]
    known = read_tmx(path, Memory([*both_ways("Halte-répit", "Respite", "name")]))
    assert (known.known, known.changed) == (2, ())


@given(st.text(min_size=1, max_size=40))
def test_whatever_a_text_holds_a_tmx_file_can_hold_it(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("tmx") / "m.tmx"
    write_tmx(both_ways(text, f"x{text}x"), path)
    found = {normal_form(one.source) for one in read_tmx(path, Memory()).entries}
    assert not writable(text).strip() or normal_form(writable(text)) in found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not xml", "cannot be read as XML"),
        ("<html/>", "not a TMX file"),
        ('<!DOCTYPE tmx [<!ENTITY a "aaaa">]><tmx>&a;</tmx>', "declares entities"),
    ],
)
def test_what_is_no_tmx_file_is_refused_with_its_name(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "odd.tmx"
    path.write_text(content)
    with pytest.raises(ExchangeError, match=rf"odd\.tmx.*{said}"):
        read_tmx(path, Memory())


def test_what_people_translated_of_nearly_the_same_goes_out_as_candidates(ours: Initiative, tmp_path: Path) -> None:
    known = {"Un lieu très sûr.": "A very safe place.", "Un lieu sûr!": "A safe place!", "Un bateau.": "A boat."}
    entries = [entry for pair in known.items() for entry in both_ways(*pair, None)]
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path, Memory(entries))
    (matches,) = etree.parse(path).getroot().iter("{*}matches")
    assert matches.getparent()[0] is matches, "the standard wants it before the notes"
    assert {match.get("ref") for match in matches} == {f"#{segments(path)[0].get('id')}"}
    assert [match.findtext("{*}target") for match in matches] == ["A safe place!", "A very safe place."]
    assert all(75 <= float(match.get("similarity")) < 100 for match in matches)
    assert read_xliff(path, [ours], {}).untouched == 2, "a candidate is no translation"
    theirs = Xliff2File.parsestring(path.read_bytes())
    assert next(unit.source for unit in theirs.units if unit.istranslatable()) == "Un lieu sûr."


def test_pending_and_machine_texts_go_out_block_by_block_all_initial(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    assert write_xliff(waiting([ours], "en"), "en", path) == 2
    root = etree.parse(path).getroot()
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "fr-CA", "en-CA")
    sources = [segment.findtext("{*}source") for segment in segments(path)]
    expected = ["Un lieu sûr.", "Buts", "Joindre les jeunes", "Soutenir 12 familles", "L’équipe est là « le soir »."]
    assert sources == expected
    assert {segment.get("state") for segment in segments(path)} == {"initial"}
    assert segments(path)[0].findtext("{*}target") == "A sure place."
    theirs = Xliff2File.parsestring(path.read_bytes())
    assert [unit.source for unit in theirs.units if unit.istranslatable()] == expected
    assert read_xliff(path, [ours], {}).translations == []


def test_a_translators_file_gives_texts_that_keep_the_structure(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    translated(path, TARGETS, ["final", "translated", "reviewed", "final", "final"])
    read = read_xliff(path, [ours], {})
    assert (read.untouched, read.complaints) == (0, [])
    summary, description = read.translations
    assert (summary.path, summary.text) == ("summary.en", "A safe place.")
    assert (summary.before, summary.source) == ("A sure place.", "Un lieu sûr.")
    assert description.text == (
        "## Goals\n\n- Reach young people\n- Support 12 families\n\nThe team is there “in the evening”."
    )


def test_what_is_left_initial_is_no_translation_even_with_a_target(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    translated(path, TARGETS, ["initial", "final", "final", "initial", "final"])
    read = read_xliff(path, [ours], {})
    assert (read.translations, read.untouched) == ([], 1)
    assert read.still_initial == 1
    initial, complaint = read.complaints
    assert 'set state="translated"' in initial.text("en")
    assert "in part only (3/4" in complaint.text("en")
    assert complaint.line == segments(path)[3].sourceline


def test_a_changed_source_an_empty_target_and_a_gone_record_are_refused_with_their_lines(
    ours: Initiative, record: Make, tmp_path: Path
) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    translated(path, [*TARGETS[:4], " "], ["final"] * 5)
    changed = ours.model_copy(update={"summary": LanguageMap(fr="Un lieu chaleureux.", en="A sure place.")})
    first, second = read_xliff(path, [changed], {}).complaints
    assert "source text in the file is not the record’s" in first.text("en")
    assert "n’est pas celui de la fiche" in first.text("fr")
    assert first.line == segments(path)[0].sourceline
    assert "empty target" in second.text("en")
    assert {one.en for one in read_xliff(path, [record(2)], {}).complaints} == {"is no longer in the records"}
    merged = read_xliff(path, [ours.model_copy(update={"id": "ini-00000009"})], {ours.id: "ini-00000009"})
    assert [one.record for one in merged.translations] == ["ini-00000009"]


def test_what_a_page_or_a_person_says_since_stays(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    translated(path, TARGETS, ["final"] * 5)
    by_page = ours.model_copy(update={"text_status": {"description.en": PENDING}})
    human = ours.model_copy(
        update={"text_status": {"summary.en": TextStatus(origin="human"), "description.en": PENDING}}
    )
    for now, said in ((by_page, "a page gives this text now"), (human, "somebody else wrote it")):
        read = read_xliff(path, [now], {})
        assert [one.path for one in read.translations] == ["description.en"]
        assert [said in one.en for one in read.complaints] == [True]
    corrected = read_xliff(path, [human], {}, {(ours.id, "summary.en")})
    assert ("summary.en", "A sure place.") in [(one.path, one.before) for one in corrected.translations]
    assert corrected.complaints == []


def test_a_state_that_the_standard_does_not_have_is_refused(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    translated(path, TARGETS, ["done", *["final"] * 4])
    read = read_xliff(path, [ours], {})
    assert [one.path for one in read.translations] == ["description.en"]
    (complaint,) = read.complaints
    assert 'the state "done"' in complaint.text("en")
    assert "initial, translated, reviewed, final" in complaint.text("fr")


def test_a_note_says_in_words_where_a_text_stands(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    notes = [note.text for note in etree.parse(path).getroot().iter("{*}note") if note.get("category") == "status"]
    assert notes == ["machine · argos fr→en 0.1", "pending · no translation engine"]


def test_a_doubtful_translation_is_taken_with_a_remark(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    translated(path, [*TARGETS[:3], "Support 21 families", TARGETS[4]], ["final"] * 5)
    read = read_xliff(path, [ours], {})
    assert [one.remarks for one in read.translations] == [(), ("numbers-changed",)]


def test_a_file_of_another_version_or_language_is_refused_and_none_is_written_of_nothing(
    ours: Initiative, record: Make, tmp_path: Path
) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    text = path.read_text("utf-8")
    for change in (('version="2.1"', 'version="1.2"'), ('trgLang="en-CA"', 'trgLang="de"')):
        path.write_text(text.replace(*change), "utf-8")
        with pytest.raises(ExchangeError, match="not XLIFF 2 from French to English"):
            read_xliff(path, [ours], {})
    with pytest.raises(ExchangeError, match="nothing waits"):
        write_xliff(waiting([record(2)], "en"), "en", tmp_path / "none.xlf")
    assert not (tmp_path / "none.xlf").exists()


def test_a_file_is_written_one_element_a_line_and_not_where_there_is_no_folder(
    ours: Initiative, tmp_path: Path
) -> None:
    path = tmp_path / "to.xlf"
    count = write_xliff(waiting([ours], "en"), "en", path)
    lines = [unit.sourceline for unit in etree.parse(path).getroot().iter("{*}unit")]
    assert len(set(lines)) == len(lines) == count > 1
    for place in (tmp_path / "no" / "where.xlf", tmp_path):
        with pytest.raises(ExchangeError) as caught:
            write_xliff(waiting([ours], "en"), "en", place)
        assert "dossier" in caught.value.french


def test_a_unit_without_a_name_is_told_without_none(ours: Initiative, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    write_xliff(waiting([ours], "en"), "en", path)
    tree = etree.parse(path)
    for element in tree.getroot().iter("{*}unit", "{*}file"):
        del element.attrib["id"]
    for segment in tree.getroot().iter("{*}segment"):
        segment.set("state", "final")
    tree.write(path)
    told = [complaint.text("en") for complaint in read_xliff(path, [ours], {}).complaints]
    assert told
    assert not any("None" in one for one in told)
