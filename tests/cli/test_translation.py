"""The commands around translation: memory, xliff, translate-text and the report."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from lxml import etree  # type: ignore[import-untyped]

from passerelle import pipeline
from passerelle.store.records import add_decision, load_matched
from passerelle.store.texts import load_fillings
from passerelle.translation.errors import EngineError
from passerelle.workplace import open_workplace
from schemas.base import Language
from schemas.decision import Decision
from tests.cli.conftest import call
from tests.translation.conftest import ScriptedEngine
from tests.translation.tiny_package import build_package


def translate_first(path: Path, text: str) -> str:
    """Fill in the first text of a translator's file, all its blocks alike; give its place."""
    tree = etree.parse(path)
    unit = next(tree.getroot().iter("{*}unit"))
    for segment in unit.findall("{*}segment"):
        for old in segment.findall("{*}target"):
            segment.remove(old)
        segment.set("state", "final")
        etree.SubElement(segment, segment.tag.replace("segment", "target")).text = text
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return f"{unit.getparent().get('id')} {unit.get('id')}.en"


def test_a_translators_file_goes_out_comes_in_and_is_taken_back(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    out = call(home, "xliff", "export", "--to", "en", path)
    assert out.exit_code == 0, out.output
    untouched = call(home, "xliff", "import", "--dry-run", path)
    assert "translations 0," in untouched.output
    assert "No translation in" in untouched.output
    again = call(home, "xliff", "export", "--to", "en", path)
    assert (again.exit_code, "--force" in again.output) == (2, True)
    assert call(home, "xliff", "export", "--to", "en", "--force", path).exit_code == 0
    place = translate_first(path, "A translator wrote this")
    dry = call(home, "xliff", "import", "--dry-run", path)
    assert place in dry.output
    assert "Nothing was changed" in dry.output
    assert "A translator wrote this" not in call(home, "show", place.split()[0]).output
    done = call(home, "xliff", "import", "--by", "Camille", path)
    assert done.exit_code == 0, done.output
    assert "A translator wrote this" in call(home, "show", place.split()[0]).output
    assert "passerelle run" in done.output
    path.write_text(path.read_text("utf-8").replace("A translator wrote this", "Camille wrote this anew"), "utf-8")
    other = call(home, "xliff", "import", "--by", "Dominique", path)
    assert (other.exit_code, "somebody else wrote it" in other.output) == (1, True)
    assert call(home, "xliff", "import", "--by", "Camille", path).exit_code == 0
    assert "Camille wrote this anew" in call(home, "show", place.split()[0]).output
    shown = call(home, "xliff", "import", "--undo", "--dry-run", path)
    assert "would be taken back: " in shown.output
    assert call(home, "xliff", "import", "--undo", path).exit_code == 0
    assert "A translator wrote this" in call(home, "show", place.split()[0]).output, "what it replaced is back"
    path.write_text(path.read_text("utf-8").replace("wrote this anew", "wrote something else"), "utf-8")
    back = call(home, "xliff", "import", "--undo", path)
    assert "taken back: 1" in back.output
    assert "A translator wrote this" not in call(home, "show", place.split()[0]).output
    assert call(home, "xliff", "import", "--undo", path).exit_code == 2


def test_show_tells_what_changed_since_a_text_was_translated(home: Path) -> None:
    with open_workplace(home) as workplace, workplace.store.session() as session:
        record = next(one for one in load_matched(session).initiatives if one.summary and one.summary.fr)
        assert record.summary is not None
        before = f"Jadis, {record.summary.fr}"
        edit = Decision(
            id="1", at=datetime(2026, 1, 1, tzinfo=UTC), by="Camille", action="edit", record=record.id,
            path="summary.en", value="A person wrote this.", translated_from=before,
        )  # fmt: skip
        add_decision(session, edit)
    assert call(home, "match").exit_code == 0
    shown = call(home, "show", record.id, COLUMNS="200").output
    assert "A person wrote this." in shown
    assert "Its source since then:" in shown
    assert "[-Jadis," in shown
    assert "translation-stale" in call(home, "issues", "--stage", "match").output


def test_the_memory_goes_out_and_comes_in_as_tmx(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    assert call(home, "memory", "export", path).exit_code == 0
    theirs = tmp_path / "theirs.tmx"
    theirs.write_text(
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="fr"><seg>Un lieu sûr.</seg></tuv>'
        '<tuv xml:lang="en"><seg>A safe place.</seg></tuv></tu></body></tmx>',
        "utf-8",
    )
    dry = call(home, "memory", "import", "--dry-run", theirs)
    assert "new texts 2," in dry.output
    assert "new texts 2," in call(home, "memory", "import", theirs).output
    again = call(home, "memory", "import", theirs)
    assert "new texts 0, translated otherwise here 0, there already 2" in again.output
    assert call(home, "memory", "export", path).exit_code == 0
    assert "A safe place." in path.read_text("utf-8")
    assert "would be taken out of the memory: 2" in call(home, "memory", "import", "--undo", "--dry-run", theirs).output
    assert "taken out of the memory: 2; what" in call(home, "memory", "import", "--undo", theirs).output
    nothing = call(home, "memory", "import", "--undo", theirs)
    assert (nothing.exit_code, "nothing in the memory comes from" in nothing.output) == (2, True)
    assert call(home, "memory", "export", path).exit_code == 0
    assert "A safe place." not in path.read_text("utf-8")


def test_a_wrong_language_or_file_is_one_line(home: Path, tmp_path: Path) -> None:
    wrong = call(home, "xliff", "export", "--to", "de", tmp_path / "x.xlf")
    assert (wrong.exit_code, wrong.output.count("\n")) == (2, 1)
    (tmp_path / "odd.xlf").write_text("no xml")
    odd = call(home, "xliff", "import", tmp_path / "odd.xlf")
    assert (odd.exit_code, odd.output.count("\n")) == (2, 1)


def test_lines_are_translated_from_standard_input(home: Path) -> None:
    none = call(home, "translate-text", "--from", "fr", "--to", "en")
    assert (none.exit_code, "models install fr-en" in none.output) == (4, True)
    same = call(home, "translate-text", "--from", "fr", "--to", "fr")
    assert (same.exit_code, "same language" in same.output) == (2, True)


class Shouting(BaseHTTPRequestHandler):
    """A LibreTranslate server of this machine that gives back what it is sent, in its own words."""

    def do_GET(self) -> None:
        known = {"/languages": [{"code": "fr", "targets": ["en"]}], "/spec": {"info": {"version": "9"}}}
        self.answer(known[self.path])

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer({"translatedText": [f"I was sent a line: {len(text)}" for text in asked["q"]]})

    def answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def test_a_libretranslate_server_on_this_machine_translates_lines(home: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Shouting) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}"
            done = call(
                home, "translate-text", "--from", "fr", "--to", "en", "--raw",
                PASSERELLE_ENGINE="libretranslate", PASSERELLE_LIBRETRANSLATE_URL=url, input="Bonjour.\n\nOui.\n",
            )  # fmt: skip
        finally:
            server.shutdown()
            thread.join()
    assert done.stdout.splitlines() == ["I was sent a line: 8", "", "I was sent a line: 4"]


def test_a_report_tells_where_texts_come_from_and_why_some_wait(home: Path) -> None:
    done = call(home, "translate", "--report")
    assert done.exit_code == 0, done.output
    assert "words)" in done.output
    assert re.search(r"^en pending: \d+ · no translation engine$", done.output, re.MULTILINE)
    assert "No engine tried these (PASSERELLE_ENGINE=none)" in done.output
    assert "nothing to translate" not in done.output


def test_a_report_counts_the_prizes_in_news_and_names_checks_and_the_engine(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "chosen_engine", lambda _settings: ScriptedEngine(str.upper))
    done = call(home, "--lang", "fr", "translate", "--report")
    assert re.search(r"^en en attente\u00a0: \d+ · copie non traduite · scripted fr→en 1$", done.output, re.MULTILINE)
    with open_workplace(home) as workplace, workplace.store.session() as session:
        assert {one.record.partition("-")[0] for one in load_fillings(session)} == {"ini", "news"}
    assert call(home, "publish").exit_code == 0
    (prize,) = [
        status
        for item in json.loads((home / "curated/current/news.json").read_text("utf-8"))
        for path, status in item["text_status"].items()
        if path.startswith("awards.")
    ]
    assert prize["origin"] in {"pending", "machine"}


def test_a_line_that_is_no_utf_8_is_told_as_such(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "chosen_engine", lambda _settings: ScriptedEngine(lambda _: "The snow is falling."))
    done = call(home, "translate-text", "--from", "fr", "--to", "en", input=b"La neige tombe.\nL'\xe9t\xe9\n")
    assert done.stdout.splitlines() == ["The snow is falling.", ""]
    assert done.stderr == "line 2: not UTF-8; convert the file\n"


def test_a_report_names_a_server_that_does_not_answer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> str:
        msg = "http://localhost:5000: no answer"
        raise EngineError(msg, "http://localhost:5000\u00a0: pas de réponse")

    monkeypatch.setattr(pipeline, "chosen_engine", lambda _settings: ScriptedEngine(refuse))
    done = call(home, "translate", "--report")
    assert "http://localhost:5000: no answer" in done.output
    assert "nothing to translate" not in done.output


class Interrupted(ScriptedEngine):
    """An engine that a person stops after its first batch."""

    batch = 5

    def translate(self, texts: Sequence[str], source: Language, target: Language) -> list[str]:
        if self.asked and self.stops:
            raise KeyboardInterrupt
        return super().translate(texts, source, target)

    stops = True


def test_what_was_translated_before_ctrl_c_is_not_asked_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Interrupted(str.upper)
    monkeypatch.setattr(pipeline, "chosen_engine", lambda _settings: engine)
    assert call(home, "translate").exit_code == 130
    first = list(engine.asked)
    assert len(first) == 5
    engine.stops = False
    assert call(home, "translate").exit_code == 0
    assert len(engine.asked) > len(first)
    assert not {*engine.asked[len(first) :]} & {*first}


def test_a_bad_package_is_told_listed_and_removed_and_its_neighbour_installed(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "packages"
    source.mkdir()
    build_package(source, "fr", "en", "0.1")
    with zipfile.ZipFile(source / "bad.argosmodel", "w") as opened:
        about = {"package_version": "3.2", "from_code": "fr", "to_code": "en", "type": "sbd"}
        opened.writestr("t/metadata.json", json.dumps(about))
    done = call(home, "models", "install", source)
    assert (done.exit_code, "fr-en 0.1 is installed" in done.output, "type is sbd" in done.output) == (4, True, True)
    (odd,) = (folder.with_name("odd") for folder in home.rglob("translate-fr_en-0_1"))
    odd.mkdir()
    listed = call(home, "models", "list", COLUMNS="40")
    assert re.search(r"^fr-en 0\.1  .*\n    [^ ]*[0-9a-f]{64}$", listed.output, re.MULTILINE), listed.output
    assert "odd is not used" in listed.output
    told = call(home, "--lang", "fr", "models", "verify")
    assert (told.exit_code, "odd ne sert pas" in told.output, "not a" in told.output) == (4, True, False)
    assert "A safe place" not in call(home, "translate").output
    assert call(home, "models", "remove", "odd").exit_code == 0
    assert call(home, "models", "verify").exit_code == 0


REFUSED_IN_FRENCH: list[tuple[tuple[str, ...], dict[str, str], str]] = [
    (("models", "install", "rubbish.argosmodel"), {}, "n’est pas un paquet qui s’installe"),
    (("translate",), {"PASSERELLE_ENGINE": "libretranslate"}, "a besoin de l’adresse"),
    (
        ("translate",),
        {"PASSERELLE_ENGINE": "libretranslate", "PASSERELLE_LIBRETRANSLATE_URL": "ftp://x"},
        "adresse web",
    ),
    (("translate",), {"PASSERELLE_ENGINE": "babel"}, "aucun moteur ne s’appelle"),
    (("xliff", "export", "--to", "en", "no/where.xlf"), {}, "n’existe pas"),
    (("memory", "export", "no/where.tmx"), {}, "n’existe pas"),
    (("terms", "export", "no/where.tbx"), {}, "n’existe pas"),
    (("xliff", "import", "entities.xlf"), {}, "déclare des entités"),
]


@pytest.mark.parametrize(("arguments", "environment", "said"), REFUSED_IN_FRENCH)
def test_what_is_refused_is_one_line_in_french(  # noqa: PLR0917
    arguments: tuple[str, ...],
    environment: dict[str, str],
    said: str,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rubbish.argosmodel").write_bytes(b"rubbish")
    (tmp_path / "entities.xlf").write_text('<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>')
    done = call(home, "--lang", "fr", *arguments, **environment)
    assert done.exit_code in {2, 4}
    assert done.output.count("\n") == 1
    assert said in done.output


def test_a_text_left_in_state_initial_is_told_and_a_failed_check_has_a_name(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "to.xlf"
    assert call(home, "xliff", "export", "--to", "en", path).exit_code == 0
    place = translate_first(path, "A translator wrote 12 words")
    path.write_text(path.read_text("utf-8").replace('state="final"', 'state="initial"'), "utf-8")
    left = call(home, "--lang", "fr", "xliff", "import", "--dry-run", path)
    assert left.exit_code == 1
    assert place in left.output
    assert "leur état étant encore initial\u00a0: 1" in left.output
    path.write_text(path.read_text("utf-8").replace('state="initial"', 'state="final"', 1), "utf-8")
    assert "nombres" in call(home, "--lang", "fr", "xliff", "import", "--dry-run", path).output


def test_issues_say_in_french_what_the_station_found_and_keep_its_english_for_the_curious(home: Path) -> None:
    told = call(home, "--lang", "fr", "issues").output
    assert "texte(s) attendent un moteur de traduction" in told
    english = [line for line in call(home, "issues").output.splitlines()[:-1] if "no-engine" not in line]
    assert english
    said = [line.split(": ", 1)[1] for line in english]
    assert not [one for one in said if one in told]
    loud = call(home, "--lang", "fr", "--verbose", "issues").output
    assert [one for one in said if one in loud] == said
