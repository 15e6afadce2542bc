"""Homes with the example site, made once: taken in only, and after a whole run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from examples.golden import MANIFEST
from passerelle import pipeline
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


def run(home: Path) -> pipeline.RunReport:
    with open_workplace(home) as workplace:
        return pipeline.run(workplace)


def forget_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("PASSERELLE_HOME", "PASSERELLE_DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def home(taken_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    forget_settings(monkeypatch)
    place = tmp_path / "home"
    shutil.copytree(taken_in, place)
    return place


@pytest.fixture(scope="session")
def first_run(taken_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("first-run") / "home"
    shutil.copytree(taken_in, place)
    with pytest.MonkeyPatch.context() as patch:
        forget_settings(patch)
        assert run(place).outcome.status == "published"
    return place


@pytest.fixture
def run_home(first_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of a home in which all stations have run."""
    forget_settings(monkeypatch)
    place = tmp_path / "home"
    shutil.copytree(first_run, place, symlinks=True)
    return place
