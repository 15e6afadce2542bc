import json
import os
import pickle
from collections.abc import Sequence
from pathlib import Path

import pytest

from passerelle.translation.archives import unpack
from passerelle.translation.argos import ArgosEngine, argos_package
from passerelle.translation.copying import WIDE_BEAM
from passerelle.translation.direction import Direction
from passerelle.translation.engines import Answer, NoEngine, make_engine
from passerelle.translation.errors import EngineError
from passerelle.translation.models import installed
from passerelle.translation.protect import Placeholder
from passerelle.translation.verification import verify
from tests.translation.tiny_package import build_package


def test_a_real_package_is_loaded_tokenised_translated_and_detokenised(packages: Path) -> None:
    engine = ArgosEngine(packages)
    texts = ["Le service est gratuit et ouvert à tous.", "", "Un organisme aide les familles dans le quartier"]
    assert engine.translate(texts, "fr", "en") == [
        "The service is free and open to everyone.",
        "",
        "A organization helps the families in the neighbourhood",
    ]
    assert engine.translate(["The service is free and open to everyone."], "en", "fr") == [
        "Le service est gratuit et ouvert à tous."
    ]


def test_unknown_words_come_out_as_they_went_in(packages: Path) -> None:
    (answer,) = ArgosEngine(packages).translate(["Les jeunes de Kuujjuaq avec XQ0Q a_b"], "fr", "en")
    assert answer == "The youth of Kuujjuaq with XQ0Q a_b"


def test_several_sentences_and_very_long_ones_lose_nothing(packages: Path) -> None:
    engine = ArgosEngine(packages)
    text = "Le service est gratuit. Les jeunes " + "et les parents, avec les intervenants, " * 200 + "fin."
    (answer,) = engine.translate([text], "fr", "en")
    assert answer.startswith("The service is gratuit. The youth and the parents,")
    assert len(answer.split()) == len(text.split())
    assert answer.count("workers") + answer.count("intervenants,") == 200


def test_the_label_names_direction_and_version(packages: Path) -> None:
    engine = make_engine("argos", packages)
    assert engine.available("fr", "en")
    assert (engine.name, engine.label("en", "fr")) == ("argos", "argos en→fr 0.1")


def test_the_retry_decodes_without_a_beam_and_loads_nothing_twice(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ArgosEngine(packages)
    first = engine.translate(["Les jeunes"], "fr", "en")
    loaded = engine._direction("fr", "en")
    asked: list[int] = []
    plain = loaded.answer

    def listen(texts: Sequence[str], beam: int) -> list[Answer]:
        asked.append(beam)
        return plain(texts, beam)

    monkeypatch.setattr(loaded, "answer", listen)
    assert engine.retry is not None
    assert engine.retry.translate(["Les jeunes"], "fr", "en") == first == ["The youth"]
    assert (asked, engine.retry.label("fr", "en"), engine.retry.retry) == ([1], "argos fr→en 0.1 (no beam)", None)


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize("prefix", ["", "▁the"])
def test_the_confidence_is_the_mean_log_probability_of_a_token(packages: Path, beam: int, prefix: str) -> None:
    loaded = Direction(argos_package(packages / "translate-fr_en-0_1"), 1)
    loaded._prefix = prefix
    (answer,) = loaded.answer(["Les jeunes"], beam)
    source = loaded._tokenizer.encode("Les jeunes")
    (known,) = loaded._translator.translate_batch(
        [source], beam_size=beam, target_prefix=[[prefix]] if prefix else None, replace_unknowns=True
    )
    (scored,) = loaded._translator.score_batch([source], [known.hypotheses[0]])
    own = scored.log_probs[bool(prefix) :]
    assert answer.confidence == pytest.approx(sum(own) / len(own), rel=1e-3)


def test_a_text_is_as_sure_as_its_worst_sentence(packages: Path) -> None:
    engine = ArgosEngine(packages)
    first, second = engine.answer(["Les jeunes.", "Le service est gratuit."], "fr", "en")
    (both, nothing) = engine.answer(["Les jeunes. Le service est gratuit.", ""], "fr", "en")
    assert first.confidence is not None
    assert second.confidence is not None
    assert both.confidence == pytest.approx(min(first.confidence, second.confidence), rel=1e-3)
    assert nothing == Answer("", None)


def test_the_newest_package_of_a_direction_is_used(packages: Path, tmp_path: Path) -> None:
    for version in ("1.9", "1.10"):
        folder = tmp_path / f"p{version}"
        folder.mkdir()
        metadata = (packages / "translate-fr_en-0_1" / "metadata.json").read_text()
        (folder / "metadata.json").write_text(metadata.replace('"0.1"', f'"{version}"'))
    assert ArgosEngine(tmp_path).label("fr", "en") == "argos fr→en 1.10"


def test_without_a_package_the_engine_says_how_to_install_one(tmp_path: Path) -> None:
    engine = ArgosEngine(tmp_path / "nothing")
    assert not engine.available("fr", "en")
    with pytest.raises(EngineError, match="passerelle models install fr-en"):
        engine.translate(["Bonjour"], "fr", "en")


def test_a_folder_that_is_no_package_is_passed_over_and_a_broken_one_says_so(tmp_path: Path, packages: Path) -> None:
    (tmp_path / "broken").mkdir()
    assert not ArgosEngine(tmp_path).available("fr", "en")
    with pytest.raises(EngineError, match="not a translation package"):
        argos_package(tmp_path / "broken")
    metadata = (packages / "translate-fr_en-0_1" / "metadata.json").read_text()
    (tmp_path / "broken" / "metadata.json").write_text(metadata)
    (tmp_path / "broken" / "sentencepiece.model").write_bytes(b"no model")
    with pytest.raises(EngineError, match="passerelle models verify"):
        ArgosEngine(tmp_path).translate(["Bonjour"], "fr", "en")


def test_an_engine_can_be_sent_to_a_new_process(packages: Path) -> None:
    engine = ArgosEngine(packages)
    engine.translate(["Les jeunes"], "fr", "en")
    copy = pickle.loads(pickle.dumps(engine))  # noqa: S301 (our own)
    assert copy.translate(["Les jeunes"], "fr", "en") == ["The youth"]


def test_nothing_is_left_in_the_users_home_or_environment(packages: Path) -> None:
    before = dict(os.environ)
    assert {problem.name for found in verify(packages) for problem in found.problems} <= {"no-receipt"}
    assert {package.version for package in installed(packages)} == {"0.1"}
    assert dict(os.environ) == before


def test_no_engine_leaves_everything_to_people(tmp_path: Path) -> None:
    engine = make_engine("none", tmp_path)
    assert isinstance(engine, NoEngine)
    assert not engine.available("fr", "en")
    with pytest.raises(EngineError):
        engine.translate(["Bonjour"], "fr", "en")
    with pytest.raises(EngineError, match="argos, libretranslate or none"):
        make_engine("babelfish", tmp_path)


def test_a_package_tells_what_its_model_copies_through(packages: Path, tmp_path: Path) -> None:
    assert ArgosEngine(packages).placeholder("fr", "en") is None
    assert ArgosEngine(tmp_path).placeholder("fr", "en") is None
    metadata = json.loads((packages / "translate-fr_en-0_1" / "metadata.json").read_text())
    (tmp_path / "own").mkdir()

    def told(own: object) -> Placeholder | None:
        (tmp_path / "own" / "metadata.json").write_text(json.dumps(metadata | {"passerelle": own}))
        return ArgosEngine(tmp_path).placeholder("fr", "en")

    assert told({"placeholder": "⟦{}⟧", "placeholders": 32}) == Placeholder("⟦{}⟧", 32)
    assert told({"placeholder": "{}", "placeholders": 32}) is None
    assert told({"placeholder": "⟦{}⟧"}) is None
    assert told("⟦{}⟧") is None


def test_of_several_answers_the_likeliest_that_keeps_what_it_must_is_given(packages: Path) -> None:
    direction = Direction(argos_package(packages / "translate-fr_en-0_1"))
    (usual,) = direction.translate(["Les jeunes"])
    (other,) = direction.answer(["Les jeunes"], WIDE_BEAM, lambda _, target: target != usual)
    assert other.text not in {"", usual}
    assert [answer.text for answer in direction.answer(["Les jeunes"], WIDE_BEAM, lambda *_: False)] == [""]


def test_our_package_of_the_other_way_round_says_how_likely_the_source_is(tmp_path: Path, packages: Path) -> None:
    for source, target in (("fr", "en"), ("en", "fr")):
        path = build_package(tmp_path, source, target, own=True)
        unpack(path, tmp_path / "own" / path.stem)
    engine = ArgosEngine(tmp_path / "own")
    good, bad = engine.answer(["Les jeunes", "Les Kuujjuaq"], "fr", "en")
    assert good.likelihood is not None
    assert bad.likelihood is not None
    assert bad.likelihood < good.likelihood <= 0.0
    assert [one.text for one in (good, bad)] == engine.translate(["Les jeunes", "Les Kuujjuaq"], "fr", "en")
    assert ArgosEngine(packages).answer(["Les jeunes"], "fr", "en")[0].likelihood is None, "theirs was not measured"
