from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translation import terminology
from passerelle.translation.argos import ArgosEngine
from passerelle.translation.engines import NoEngine
from passerelle.translation.errors import EngineError
from passerelle.translation.lines import Line, translate_lines
from passerelle.translation.memory import Memory
from passerelle.translation.sentences import LONGEST
from schemas.base import Language
from tests.translation.conftest import ScriptedEngine

SOURCE: Language = "fr"
TARGET: Language = "en"


def test_lines_go_through_the_station_and_a_refused_one_is_empty_with_its_reason(packages: Path) -> None:
    lines = ["Le service est gratuit et ouvert à tous.\n", "\n", "  \r\n", "- Un organisme aide 40 familles"]
    done = list(translate_lines(lines, SOURCE, TARGET, Memory(), ArgosEngine(packages)))
    assert done == [
        Line("The service is free and open to everyone."),
        Line(""),
        Line(""),
        Line("- A organization helps 40 families"),
    ]
    wrong = ScriptedEngine(lambda text: text.replace("4", "7")[::-1])
    assert list(translate_lines(lines[3:], SOURCE, TARGET, Memory(), wrong)) == [Line("", "numbers-changed")]


def test_the_bare_engine_is_neither_protected_nor_checked() -> None:
    engine = ScriptedEngine(lambda text: f"<{text}>")
    lines = ["Écrire à info@exemple.ca", "", "Bonjour"]
    done = translate_lines(lines, SOURCE, TARGET, Memory(), engine, raw=True)
    assert [line.text for line in done] == ["<Écrire à info@exemple.ca>", "", "<Bonjour>"]


@pytest.mark.parametrize("raw", [True, False])
def test_a_missing_or_failing_engine_gives_empty_lines_not_fewer(raw: bool) -> None:
    class Failing(ScriptedEngine):
        def translate(self, texts: object, source: object, target: object) -> list[str]:
            del texts, source, target
            msg = "the package is broken"
            raise EngineError(msg, msg)

    done = list(translate_lines(["Un.", "", "Deux."], SOURCE, TARGET, Memory(), Failing(str), raw=raw))
    assert [line.text for line in done] == ["", "", ""]
    assert [line.reason for line in done] == ["the package is broken", None, "the package is broken"]
    (none,) = translate_lines(["Un."], SOURCE, TARGET, Memory(), NoEngine())
    assert none.reason == "no-engine"


def test_lines_come_out_before_all_are_read() -> None:
    read = []

    def lines() -> object:
        for number in range(10):
            read.append(number)
            yield f"Ligne {number}\n"

    stream = translate_lines(lines(), SOURCE, TARGET, Memory(), ScriptedEngine(str.upper), raw=True, batch=3)  # type: ignore[arg-type]
    assert next(stream).text == "LIGNE 0"
    assert len(read) == 3


@given(st.lists(st.text(max_size=30).map(lambda text: text.replace("\n", " ")), max_size=8), st.booleans())
def test_as_many_lines_come_out_as_went_in(texts: list[str], raw: bool) -> None:
    lines = [f"{text}\n" for text in texts]
    done = list(translate_lines(lines, SOURCE, TARGET, Memory(), ScriptedEngine(lambda text: text), raw=raw, batch=3))
    assert len(done) == len(texts)
    assert len("".join(f"{line.text}\n" for line in done).splitlines()) == len(texts)


def test_the_work_on_a_line_without_a_stop_grows_as_the_line_does(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    really = terminology._stands_at

    def counted(*given: Any) -> bool:
        nonlocal compared
        compared += 1
        return really(*given)

    def work(times: int) -> int:
        nonlocal compared
        compared = 0
        terminology._indexed.cache_clear()
        line = "le service est gratuit et ouvert à tous les jeunes, " * times
        engine = ScriptedEngine(lambda text: text.replace("le service", "the centre"))
        list(translate_lines([line], "fr", "en", Memory(), engine))
        assert max(map(len, engine.asked)) <= LONGEST
        return compared

    monkeypatch.setattr(terminology, "_stands_at", counted)
    assert work(400) <= 12 * work(40)
