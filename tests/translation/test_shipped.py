"""The packages that ship with the project: installed where needed, preferred as set, and good enough to use."""

import json
import pickle
from pathlib import Path

import pytest

from passerelle.translation.argos import ArgosEngine, Shipped
from passerelle.translation.errors import EngineError
from passerelle.translation.models import install, installed
from passerelle.translation.shipped import PACKAGES, install_shipped
from tests.translation.tiny_package import build_package

MOST_BYTES = 45_000_000


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tiny packages that say they are this project's, both directions."""
    folder = tmp_path_factory.mktemp("shipped")
    for pair in (("fr", "en"), ("en", "fr")):
        build_package(folder, *pair, "0.2", own=True)
    return folder


@pytest.fixture
def ships(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tiny packages be those that ship."""
    monkeypatch.setattr("passerelle.translation.shipped.PACKAGES", own)


@pytest.mark.usefixtures("ships")
def test_a_home_without_packages_translates_with_the_shipped_ones(tmp_path: Path) -> None:
    engine = ArgosEngine(tmp_path / "packages", shipped=Shipped.LAST)
    assert engine.translate(["Les jeunes"], "fr", "en") == ["The youth"]
    assert engine.label("fr", "en") == "passerelle fr→en 0.2"
    assert {package.label for package in installed(tmp_path / "packages")} == {
        "passerelle fr→en 0.2", "passerelle en→fr 0.2",
    }  # fmt: skip


@pytest.mark.usefixtures("ships")
@pytest.mark.parametrize(
    ("when", "label"), [(Shipped.LAST, "argos fr→en 0.1"), (Shipped.FIRST, "passerelle fr→en 0.2")]
)
def test_anothers_package_goes_first_unless_ours_is_preferred(
    archive: Path, tmp_path: Path, when: Shipped, label: str
) -> None:
    install(str(archive), tmp_path / "packages")
    engine = ArgosEngine(tmp_path / "packages", shipped=when)
    assert engine.label("fr", "en") == label
    assert engine.label("en", "fr") == "passerelle en→fr 0.2"  # none other translates this way
    spawned = pickle.loads(pickle.dumps(engine))  # noqa: S301 (made a line above)
    assert spawned.label("fr", "en") == label
    assert engine.retry is not None
    assert engine.retry.label("fr", "en") == f"{label} (no beam)"


def test_a_shipped_package_is_installed_once_and_an_older_one_renewed(own: Path, tmp_path: Path) -> None:
    packages, older = tmp_path / "packages", tmp_path / "older"
    install(str(build_package(older, version="0.1", own=True)), packages)
    install_shipped(packages, shipped=own)
    assert {package.name for package in installed(packages)} == {"fr-en 0.1", "fr-en 0.2", "en-fr 0.2"}
    receipts = {path: path.stat().st_mtime_ns for path in packages.rglob("*") if path.is_file()}
    install_shipped(packages, shipped=own)
    assert {path: path.stat().st_mtime_ns for path in packages.rglob("*") if path.is_file()} == receipts


@pytest.mark.usefixtures("ships")
def test_a_home_that_cannot_hold_packages_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(EngineError, match="cannot be installed here") as caught:
        ArgosEngine(tmp_path / "file" / "packages", shipped=Shipped.LAST).available("fr", "en")
    assert "ne peut pas s’y installer" in caught.value.french


def test_both_directions_ship_small_enough_pinned_and_with_their_licences_told() -> None:
    archives = sorted(PACKAGES.glob("*.argosmodel"))
    pins = json.loads(PACKAGES.with_name("pins.json").read_text("utf-8"))
    assert [path.stem.rsplit("-", 1)[0] for path in archives] == ["translate-en_fr", "translate-fr_en"]
    assert all(path.stat().st_size < MOST_BYTES for path in archives)
    for path in archives:
        source, target = path.stem.split("-")[1].split("_")
        version = path.stem.rsplit("-", 1)[1].replace("_", ".")
        assert f"{source}-{target} {version}" in pins


@pytest.mark.parametrize(
    ("source", "target", "text", "words"),
    [
        ("fr", "en", "Les jeunes de 12 à 17 ans peuvent participer.", {"young", "youth", "12", "17"}),
        ("en", "fr", "The police work with the schools.", {"police", "écoles"}),
    ],
)
def test_the_shipped_packages_translate_a_plain_sentence(
    tmp_path: Path, source: str, target: str, text: str, words: set[str]
) -> None:
    engine = ArgosEngine(tmp_path / "packages", shipped=Shipped.LAST)
    (answer,) = engine.translate([text], source, target)  # type: ignore[arg-type]
    assert len(words & set(answer.replace(".", " ").split())) >= 2
    assert engine.label(source, target).startswith(f"passerelle {source}→{target} ")  # type: ignore[arg-type]
    assert engine.placeholder(source, target) is not None  # type: ignore[arg-type]
