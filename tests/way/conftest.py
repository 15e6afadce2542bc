"""A home with the example site taken in, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from examples.golden import MANIFEST
from passerelle.crawling.ingest import ingest_manifest
from passerelle.workplace import open_workplace

EXAMPLE = MANIFEST


def take_in(manifest: Path, home: Path) -> None:
    with open_workplace(home) as workplace:
        ingest_manifest(manifest, store=workplace.store, raw=workplace.raw, sources=workplace.sources)


def files_of(release: Path) -> dict[str, bytes]:
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("taken-in")
    take_in(EXAMPLE, home)
    return home


@pytest.fixture
def home(taken_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("PASSERELLE_HOME", "PASSERELLE_DATABASE_URL", "PASSERELLE_ENGINE"):
        monkeypatch.delenv(variable, raising=False)
    place = tmp_path / "home"
    shutil.copytree(taken_in, place)
    return place
