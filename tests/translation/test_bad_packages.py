"""Packages that must not be installed, and folders among the packages that hold none: they harm nothing else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from passerelle.translation import models
from passerelle.translation.archives import unpack
from passerelle.translation.argos import ArgosEngine
from passerelle.translation.errors import ModelError
from passerelle.translation.receipts import PROBES
from passerelle.translation.verification import verify
from tests.translation.tiny_package import build_package


def metadata(**changed: object) -> bytes:
    told = {"package_version": "3.0", "argos_version": "1.9", "from_code": "fr", "to_code": "en"}
    return json.dumps(told | changed).encode()


def package(path: Path, about: bytes, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as opened:
        for name, body in {"metadata.json": about, **members}.items():
            opened.writestr(f"t/{name}", body)
    return path


REFUSED: dict[str, tuple[bytes, dict[str, bytes], str]] = {
    "a sentence splitter": (metadata(type="sbd"), {}, "its type is sbd"),
    "another language": (metadata(from_code="de"), {}, "only fr→en and en→fr"),
    "nothing but metadata": (metadata(), {}, "does not translate"),
    "a model of rubbish": (metadata(), {"model/model.bin": b"x", "sentencepiece.model": b"x"}, "does not translate"),
    "a file that is a folder too": (metadata(), {"a": b"", "a/b": b""}, "a is a file in it and a folder too"),
    "a name too long": (metadata(), {"a" * 300: b""}, "is too long"),
    "metadata nested without end": (b"[" * 100_000, {}, "metadata.json cannot be read"),
    "metadata that is a list": (b"[1, 2]", {}, "metadata.json cannot be read"),
    "a version without end": (metadata(package_version="1" * 5000), {}, "names no languages and version"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_not_translate_is_refused_in_both_languages_and_leaves_the_working_version(
    kind: str, archive: Path, tmp_path: Path
) -> None:
    about, members, said = REFUSED[kind]
    bad = package(tmp_path / "bad.argosmodel", about, **members)
    packages = tmp_path / "packages"
    unpack(archive, packages / "translate-fr_en-0_1")
    before = [path for path in sorted(packages.rglob("*")) if ".argos" not in path.parts]
    with pytest.raises(ModelError, match=said) as caught:
        models.install(str(bad), packages)
    assert "Rien n’a été installé." in caught.value.french
    assert [path for path in sorted(packages.rglob("*")) if ".argos" not in path.parts] == before
    assert ArgosEngine(packages).translate(["Les jeunes"], "fr", "en") == ["The youth"]


@pytest.mark.parametrize(
    ("answer", "english", "french"),
    [
        (PROBES["fr"][0], "untranslated copy", "copie non traduite"),
        ("The garage is quiet and near the river.", "unexpected answer", "réponse inattendue"),
    ],
)
def test_a_model_that_loads_but_does_not_translate_is_refused_with_the_name_of_its_failure(
    answer: str, english: str, french: str, tmp_path: Path
) -> None:
    words = dict(zip(PROBES["fr"][0].split(), answer.split(), strict=True))
    bad = build_package(tmp_path, "fr", "en", "9.0", words=words)
    with pytest.raises(ModelError, match=english) as caught:
        models.install(str(bad), tmp_path / "packages")
    assert french in caught.value.french
    assert models.installed(tmp_path / "packages") == ()


def test_a_model_that_translates_in_other_words_is_taken(tmp_path: Path) -> None:
    other = ["This", "service", "is", "available", "and", "accessible", "to", "all."]
    words = dict(zip(PROBES["fr"][0].split(), other, strict=True))
    (done,) = models.install(str(build_package(tmp_path, "fr", "en", "9.0", words=words)), tmp_path / "packages")
    assert verify(tmp_path / "packages")[0].ok, done


def test_an_odd_folder_is_named_removed_and_in_nobodys_way(archive: Path, tmp_path: Path) -> None:
    unpack(archive, tmp_path / "translate-fr_en-0_1")
    for name, about in (("splitter", metadata(type="sbd")), ("deep", b"[" * 100_000), ("typed", metadata(to_code=3))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "metadata.json").write_bytes(about)
    assert [one.name for one in models.installed(tmp_path)] == ["fr-en 0.1"]
    assert [one.name for one in models.odd_folders(tmp_path)] == ["deep", "splitter", "typed"]
    assert [one.package.name for one in verify(tmp_path)] == ["fr-en 0.1"]
    assert ArgosEngine(tmp_path).translate(["Les jeunes"], "fr", "en") == ["The youth"]
    assert [one.name for one in models.remove("splitter", tmp_path)] == ["splitter"]
    assert not (tmp_path / "splitter").exists()


def test_of_a_folder_the_good_packages_are_installed_and_the_refused_one_is_told(archive: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "b.argosmodel").write_bytes(archive.read_bytes())
    package(source / "a.argosmodel", metadata(type="sbd"))
    with pytest.raises(models.PartlyInstalledError, match=r"a\.argosmodel .* type is sbd") as caught:
        models.install(str(source), tmp_path / "packages")
    assert [one.package.name for one in caught.value.done] == ["fr-en 0.1"]
    assert [one.name for one in models.installed(tmp_path / "packages")] == ["fr-en 0.1"]
